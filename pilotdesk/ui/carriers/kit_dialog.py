"""上报材料包: what goes into it and what is missing, where it is to stand, the making, and what came of it — in one dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Card, Label, Surface, SymbolLabel, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.progress import ProgressBar, ProgressPanel
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, ask_folder, scrolled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.projects.upload_kit import MadeKit, Plan
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 620
WHAT: Final = (
    "一个文件夹装齐要上传的：Word、PDF、附件合订本和附件原件、材料清单。写好后每个文件再读一遍，一致了才算。"
)
RUNNING: Final = "做好以后每个文件都再读一遍。取消了不留半个文件夹。"


def contents_words(plan: Plan) -> Iterator[str]:
    """What will be in the folder, a line each."""
    yield "材料清单（Word、PDF）：有哪些文件、多大、校验码，还要自己办的事"
    for outline in plan.outlines:
        yield f"{outline.name}（Word、PDF）"
    if plan.enclosed:
        yield f"附件合订本（PDF，带书签）：{len(plan.enclosed)} 件合成一本"
        yield f"附件原件：{len(plan.enclosed)} 个文件"
        for one in plan.enclosed:
            yield f"　{one.code}　{one.title}：{one.file.file_name}"
    else:
        yield "附件：一个也没有附"


class KitDialog(Dialog):
    """Asks, shows how far it is, and says what was made.

    Signals:
        wanted: the kit is to be made in ``folder``; whether as a draft.
        cancelled: what is being made is not wanted any more.
    """

    wanted = Signal(str, bool)
    cancelled = Signal()

    def __init__(self, parent: QWidget, look: Look, plan: Plan, folder: str, why_not: str) -> None:
        """Lay it out.

        Args:
            parent: the window.
            look: the theme in force.
            plan: what would go in.
            folder: where it is to be put at first.
            why_not: why there is no final version now; empty when there is one.
        """
        super().__init__(parent, look, "上报材料包", "", "package")
        self.what = WrappedLabel(look, WHAT, "body", "text2")
        self.body.addWidget(self.what)
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self.final = OptionRow(look, "radio", "定稿", why_not or "没有必须改的，可以定稿；印校验码")
        self.draft = OptionRow(look, "radio", "草稿", "每页印水印，先看看样子")
        self.folder = QLineEdit(folder)
        self.trouble = WrappedLabel(look, "", "small", "error")
        self.start = Button(look, "做材料包", "primary", icon="package")
        self.leave = Button(look, "先不做")
        self.progress = ProgressPanel(look, "正在做材料包", RUNNING)
        self._room = parent.height() - 24
        self.outcome: QScrollArea | None = None
        self._asked = QWidget()
        self._lay_out(plan)
        self.final.setEnabled(not why_not)
        (self.draft if why_not else self.final).setChecked(True)
        self._connect()
        self.grow_within(parent, look.scaled(150))
        self._first_height = self.height()

    def _lay_out(self, plan: Plan) -> None:
        look = self.look
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(6)
        kinds = QButtonGroup(self)
        line = row(spacing=18)
        for option in (self.final, self.draft):
            kinds.addButton(option)
            line.addWidget(option, 1)
        asked.addLayout(line)
        if plan.missing:
            asked.addWidget(_missing_card(look, plan.missing))
        asked.addWidget(self._list(plan), 1)
        caption = Label("放到", "small", "text2")
        caption.setBuddy(self.folder)
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("放到的文件夹")
        change = Button(look, "更改", small=True, name="更改放到的文件夹")
        change.clicked.connect(self._on_change_folder)
        place = row(spacing=6)
        place.addWidget(caption)
        place.addWidget(self.folder, 1)
        place.addWidget(change)
        asked.addLayout(place)
        self.body.addWidget(self._asked, 1)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.start.setDefault(True)
        self.body.addLayout(row(None, self.leave, self.start))

    def _list(self, plan: Plan) -> QScrollArea:
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 8)
        listed.setSpacing(3)
        for words in contents_words(plan):
            listed.addWidget(WrappedLabel(self.look, words.replace("**", "*\u200b*"), "small", "text"))
        listed.addStretch(1)
        return scrolled(ground, "材料包里有什么", self.look.scaled(56))

    def _connect(self) -> None:
        self.start.clicked.connect(self._on_start)
        self.leave.clicked.connect(self.reject)
        self.progress.cancelled.connect(self._on_cancel)
        self.finished.connect(self.cancelled)

    def _on_change_folder(self) -> None:
        folder = ask_folder(self, "材料包放到哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    # -- what happens ----------------------------------------------------------------------------

    def _on_start(self) -> None:
        self.trouble.hide()
        self._asked.hide()
        self.start.hide()
        self.leave.hide()
        self.progress.show_progress("正在排版", None)
        self.progress.show()
        self._settle()
        self.wanted.emit(self.folder.text(), self.draft.isChecked())

    def _on_cancel(self) -> None:
        self.cancelled.emit()
        self._ask_again()

    def _ask_again(self) -> None:
        self.progress.hide()
        self._asked.show()
        self.start.show()
        self.start.setFocus()
        self.leave.show()
        self._settle()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is, in files."""
        self.progress.show_progress(f"第 {done + 1} 步，共 {total} 步", 100 * done / max(1, total))

    def show_trouble(self, sentence: str) -> None:
        """Say why there is none; one can try again."""
        self._ask_again()
        self.trouble.set_text(sentence)
        self.trouble.show()
        self._settle()

    def show_made(self, made: MadeKit) -> None:
        """The green card, in the place of what was asked."""
        self.progress.hide()
        self.what.hide()
        self.outcome = _outcome(self.look, made)
        self.body.addWidget(self.outcome, 1)
        self._folder_url = QUrl.fromLocalFile(str(made.folder))
        opening = Button(self.look, "打开文件夹", "primary", icon="folder-open")
        opening.clicked.connect(self._on_open)
        opening.setDefault(True)
        done = Button(self.look, "好了")
        done.clicked.connect(self.accept)
        self.body.addLayout(row(None, done, opening))
        opening.setFocus()
        QTimer.singleShot(0, self, self._settle)  # new labels know their height once they are polished

    def _on_open(self) -> None:
        QDesktopServices.openUrl(self._folder_url)

    def _settle(self) -> None:
        """As high as what is shown now needs; while it asks, what scrolls has the rest of the first height.

        What was made scrolls where the window is lower than that: its buttons never stand below the screen.
        """
        self.body.activate()
        if self.outcome is not None:
            needed = self.body.totalMinimumHeightForWidth(self.width())
            inside = self.outcome.widget().heightForWidth(self.outcome.width())
            whole = needed - self.outcome.minimumHeight() + inside
            self.resize(self.width(), max(needed, min(whole, self._room)))
        elif self._asked.isHidden():
            self.resize(self.width(), self.body.totalHeightForWidth(self.width()))
        else:
            needed = self.body.totalMinimumHeightForWidth(self.width())
            self.resize(self.width(), max(needed, self._first_height))


def _outcome(look: Look, made: MadeKit) -> QScrollArea:
    """The cards one below the other; they scroll in a low window."""
    ground = Surface("bg")
    listed = QVBoxLayout(ground)
    listed.setContentsMargins(0, 0, 0, 0)
    listed.setSpacing(10)
    listed.addWidget(_made_card(look, made))
    if made.missing:
        listed.addWidget(_missing_card(look, made.missing))
    listed.addStretch(1)
    area = scrolled(ground, "做成的材料包", look.scaled(120))
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def _missing_card(look: Look, missing: tuple[str, ...]) -> Card:
    """The amber card: required attachments that are not there. It holds nobody up."""
    card = Card("warn", margins=(12, 8, 12, 8))
    line = row(spacing=8)
    line.addWidget(SymbolLabel(look, "alert-triangle-filled", "warn", 17), 0, Qt.AlignmentFlag.AlignTop)
    text = f"**要附的还缺 {len(missing)} 样**，不补也能先做：{'、'.join(missing)}。"
    line.addWidget(WrappedLabel(look, text, "small", "warn"), 1)
    card.body.addLayout(line)
    return card


def _made_card(look: Look, made: MadeKit) -> Card:
    card = Card("ok", margins=(14, 12, 14, 12))
    head = row(SymbolLabel(look, "circle-check-filled", "ok", 20))
    head.addWidget(WrappedLabel(look, "**材料包做好了，核对一致**", "group", "ok", line_em=1.3), 1)
    card.body.addLayout(head)
    count = Label(f"{made.compared} / {made.compared} 一致", "body", weight=700)
    card.body.addLayout(row(Label("重新读过、逐栏逐件核对", "small", "text2"), None, count))
    bar = ProgressBar(look, name="核对")
    bar.set_percent(100, "ok")
    card.body.addWidget(bar)
    for name, code in made.codes:
        card.body.addLayout(row(Label(f"{name}校验码", "small", "text2"), None, Label(code, "group")))
    text = f"“{made.folder.name}”，共 {len(made.files)} 个文件。"
    card.body.addWidget(WrappedLabel(look, text, "small", "text2"))
    return card
