"""新建审核台: whose desk it is, who reviews, where its file goes; or the file of one that there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pilotdesk.drafts.places import wrong_with
from pilotdesk.projects import current_round
from pilotdesk.record import Record
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, ask_folder, scrolled
from pilotdesk.ui.dialogs.file_asking import open_name
from pilotdesk.ui.dialogs.papers_place import papers_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.round import Round, Submitter
    from pilotdesk.ui.look.theme import Look

TITLE: Final = "新建审核台"
TEXT: Final = "一个省一个年度一个文件，材料、意见和推荐都存在里面。"
LEAST: Final = 150
"""Height of the fields that is always in view, px at 标准; the others are scrolled to."""
LATER, OTHER, MAKE = "先不建", "打开已有的…", "建好，开始收件"


class NewDesk(Record, frozen=True, kw_only=True):
    """What was asked for: name of the province, folder of the file, what it begins with."""

    province: str
    folder: Path
    round: Round
    settings: Mapping[str, str]


class NewDeskDialog(Dialog):
    """Province, bureau, reviewer, folder; the bureau follows the province until it is written in."""

    def __init__(self, parent: QWidget, look: Look, round_: Round, folder: Path) -> None:
        super().__init__(parent, look, TITLE, TEXT, "building-bank")
        self._fields = QWidget()
        self._round = round_
        self._offered = ""
        self.province = ChoiceBox(look, "请选择省份")
        for each in round_.submitter:
            self.province.addItem(province_of(each), each)
        self.province.setCurrentIndex(-1)
        self.bureau = QLineEdit()
        self.bureau.setPlaceholderText("如：江西省市场监督管理局")
        self.reviewer = QLineEdit()
        self.reviewer.setPlaceholderText("写进操作记录，如：李敏")
        self.folder = QLineEdit(str(folder))
        self.folder.setReadOnly(True)
        self.warning = WrappedLabel(look, "", "small", "warn", line_em=ISSUE_EM)
        self._build(look)
        self.province.currentIndexChanged.connect(self._on_province)
        self._look_at(folder)

    def _build(self, look: Look) -> None:
        """Two things in a line where they are short: it has to fit into a window of 441 px."""
        choose = Button(look, "换一个…")
        choose.clicked.connect(self._on_choose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        shown = (("省份 *", self.province), ("审核人", self.reviewer), ("推荐单位", self.bureau))
        for at, (words, editor) in enumerate(shown):
            line, span = (0, 1) if at < 2 else (2, 2)
            grid.addWidget(_caption(words, editor), line, at % 2, 1, span)
            grid.addWidget(editor, line + 1, at % 2, 1, span)
        grid.addWidget(_caption("存在哪个文件夹", self.folder), 4, 0, 1, 2)
        place = row(spacing=8)
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        grid.addLayout(place, 5, 0, 1, 2)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setRowStretch(6, 1)
        self._fields.setLayout(grid)
        self.body.addWidget(scrolled(self._fields, TITLE, look.scaled(LEAST)), 1)
        self.body.addWidget(self.warning)
        self.add_actions([LATER, OTHER, MAKE])
        self.make: Button = list(self.findChildren(Button))[-1]
        self._on_province()
        self.province.setFocus()

    def answer(self) -> NewDesk:
        """What was chosen and typed."""
        submitter: Submitter = self.province.currentData()
        province = province_of(submitter)
        settings = {
            "province": province,
            "submitter": submitter.code,
            "bureau": self.bureau.text().strip(),
            "reviewer": self.reviewer.text().strip(),
        }
        return NewDesk(
            province=province, folder=Path(self.folder.text()), round=self._round, settings=settings
        )

    def _on_province(self) -> None:
        submitter = self.province.currentData()
        self.make.setEnabled(submitter is not None)
        self.make.setToolTip("" if submitter is not None else "先选省份")
        if submitter is not None and self.bureau.text() in {"", self._offered}:
            self._offered = submitter.label
            self.bureau.setText(submitter.label)

    def _on_choose(self) -> None:
        folder = ask_folder(self, "审核台存在哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))
            self._look_at(folder)

    def _look_at(self, folder: Path) -> None:
        """Say what is wrong with the place; it may be taken nevertheless."""
        unfit = wrong_with(folder)
        self.warning.set_text(unfit.sentence if unfit else "")
        self.warning.setVisible(unfit is not None)
        room = self._fields.sizeHint().height() - self.look.scaled(LEAST)
        parent = self.parentWidget()
        if parent is not None:
            self.grow_within(parent.window(), room)


def _caption(words: str, editor: QWidget) -> Label:
    caption = Label(words, "body", weight=500)
    caption.setBuddy(editor)
    required = words.endswith(" *")
    editor.setAccessibleName(f"{words.removesuffix(' *')}，必填" if required else words)
    return caption


def province_of(submitter: Submitter) -> str:
    """Name of the province of a 推荐单位: the beginning of its own name up to 省, 市, 自治区 or 兵团."""
    for end in ("自治区", "建设兵团", "省", "市"):
        name, found, _rest = submitter.label.partition(end)
        if found:
            return name + end
    return submitter.label


def ask_new_desk(parent: QWidget, look: Look) -> NewDesk | Path | None:
    """Ask for what a new desk needs; the file of one that there is, or ``None`` when it was left."""
    dialog = NewDeskDialog(parent, look, current_round(), documents_folder())
    dialog.exec()
    dialog.deleteLater()
    if dialog.chosen == 1:
        return ask_desk_file(parent)
    return dialog.answer() if dialog.chosen == 2 else None


def documents_folder() -> Path:
    """Where a desk's file goes when nothing else is wanted: 审核台 in the user's documents."""
    return papers_place() / "审核台"


def ask_desk_file(parent: QWidget) -> Path | None:
    """Ask for the file of a desk; ``None`` when it was left."""
    name = open_name(parent, "打开审核台", "审核台文件 (*.db)")
    return Path(name) if name else None
