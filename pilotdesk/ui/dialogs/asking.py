"""Dialogs: only for decisions that need a choice. Everything that waits for a click is an ``ask_*`` or ``tell`` here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.basic import Button, Label, SymbolLabel, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.overlay import FocusRing
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.file_asking import open_name, save_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from pilotdesk.forms.round import Round
    from pilotdesk.projects.shelf import NewProject
    from pilotdesk.ui.look.theme import Look

WIDTH = 480
PACKAGE_FILTER = "PilotDesk 草稿 (*.pilot)"


class Dialog(QDialog):
    """Title states the fact, text says what one can do, buttons name actions; Esc is the harmless one.

    Attributes:
        chosen: index of the action chosen; -1 after Esc.
    """

    def __init__(
        self, parent: QWidget | None, look: Look, title: str, text: str = "", icon: str = ""
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.chosen = -1
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(look.scaled(WIDTH))
        FocusRing(look, self)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 16)
        self.body.setSpacing(10)
        head = row(spacing=10)
        if icon:
            head.addWidget(
                SymbolLabel(look, icon, "warn" if "alert" in icon else "primary", 22),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        head.addWidget(WrappedLabel(look, f"**{title}**", "group", "text", line_em=1.35), 1)
        self.body.addLayout(head)
        if text:
            self.body.addWidget(WrappedLabel(look, text, "body", "text2"))

    def add_field(self, label: str, editor: QWidget, *, required: bool = False) -> None:
        """Add a labelled editor."""
        caption = Label(f"{label} *" if required else label, "body", weight=500)
        caption.setBuddy(editor)
        caption.setWordWrap(True)
        editor.setAccessibleName(f"{label}，必填" if required else label)
        self.body.addSpacing(2)
        self.body.addWidget(caption)
        self.body.addWidget(editor)

    def add_actions(self, actions: Sequence[str]) -> None:
        """Add buttons, the last one primary; Enter chooses it."""
        buttons = []
        for at, words in enumerate(actions):
            last = at == len(actions) - 1
            button = Button(self.look, words, "primary" if last else "plain")
            button.setDefault(last)
            button.setProperty("action", at)
            button.clicked.connect(self._on_action)
            buttons.append(button)
        self.body.addSpacing(8)
        self.body.addLayout(row(None, *buttons))

    def grow_within(self, window: QWidget, room: int) -> None:
        """Give what scrolls ``room`` px more than its least height, as far as the window has the height.

        Left to itself Qt takes two thirds of the screen at most, and lays parts over one another below that.
        """
        needed = self.body.totalMinimumHeightForWidth(self.width())
        self.resize(self.width(), max(needed, min(needed + room, window.height() - 24)))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: no lower than its parts need, whatever Qt's two thirds of the screen are; closer together in a low window."""
        needed = self.body.totalMinimumHeightForWidth(self.width())
        parent = self.parentWidget()
        if parent is not None and needed > parent.window().height():
            self.body.setContentsMargins(24, 10, 24, 8)
            self.body.setSpacing(6)
            needed = self.body.totalMinimumHeightForWidth(self.width())
            self.resize(self.width(), needed)
        if self.height() < needed:
            self.resize(self.width(), needed)
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        """Qt: as high as the width needs; left to itself it counts with the width of the buttons alone."""
        return QSize(self.width(), self.body.totalHeightForWidth(self.width()))

    def _on_action(self) -> None:
        self.chosen = int(self.sender().property("action"))
        self.accept()


def scrolled(content: QWidget, name: str, least: int) -> QScrollArea:
    """Content of any height in a dialog: it scrolls up and down, never sideways.

    Args:
        content: what scrolls.
        name: what a screen reader calls it.
        least: height that is always shown of it, px.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumHeight(least)
    area.setAccessibleName(name)
    inside = cast("list[QWidget]", content.findChildren(QWidget))
    if any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in inside):
        # It would have the focus first, and nothing to show it by.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def ask_choice(
    parent: QWidget | None, look: Look, title: str, text: str, *, actions: Sequence[str],
    link: Callable[[QWidget, Look], QWidget] | None = None,
) -> int:  # fmt: skip
    """Ask for one of several actions; returns its index, -1 for Esc. The last is the primary one.

    ``link`` makes something that stands below the text and leaves the choice open.
    """
    dialog = Dialog(parent, look, title, text, "alert-triangle-filled")
    if link is not None:
        dialog.body.addLayout(row(link(dialog, look), None))
    dialog.add_actions(actions)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen


def tell(parent: QWidget | None, look: Look, title: str, text: str) -> None:
    """Say something that must be read before going on."""
    dialog = Dialog(parent, look, title, text, "info-circle")
    dialog.add_actions(["知道了"])
    dialog.exec()
    dialog.deleteLater()


def tell_trouble(parent: QWidget, look: Look, trouble: PilotDeskError) -> None:
    """Show the sentence of expected trouble."""
    from pilotdesk.trouble_journal import note

    note(trouble)
    tell(parent, look, "这一步没有做成", str(trouble))


def guarded(parent: QWidget, look: Look, action: Callable[..., object], *given: object) -> bool:
    """Do something that may meet expected trouble and say its sentence; returns whether it was done."""
    try:
        action(*given)
    except PilotDeskError as trouble:
        tell_trouble(parent, look, trouble)
        return False
    return True


def ask_reason(parent: QWidget, look: Look, place: str) -> str:
    """Ask why a 请核实 is right as it is; empty when it was not answered."""
    dialog = Dialog(parent, look, "核实无误，写一句说明", f"{place}。说明只留在这份草稿里，不印出来。")
    editor = QPlainTextEdit()
    editor.setTabChangesFocus(True)
    editor.setFixedHeight(look.scaled(90))
    editor.setPlaceholderText("如：证书上就是这样")
    dialog.add_field("说明", editor)
    dialog.add_actions(["先不写", "确认无误"])
    editor.setFocus()
    dialog.exec()
    dialog.deleteLater()
    return (editor.toPlainText().strip() or "已核实无误") if dialog.chosen == 1 else ""


class NewProjectDialog(Dialog):
    """Three short questions; all of it can be changed on the cover later. Which round, where there are several."""

    def __init__(self, parent: QWidget, look: Look, rounds: Sequence[Round]) -> None:
        several = len(rounds) > 1
        text = "先选好哪一轮，别的都能以后再改。" if several else "三样都能以后再改，现在不清楚可以空着。"
        super().__init__(parent, look, "新建项目", text, "plus")
        self._rounds = rounds
        self.round = ChoiceBox(look)
        for each in rounds:
            self.round.addItem(f"{each.name} 年度", each.name)
        self.round.setCurrentIndex(0)
        self.name = QLineEdit()
        self.name.setPlaceholderText("如：某某县政务服务标准化试点")
        self.unit = QLineEdit()
        self.unit.setPlaceholderText("与公章一致的全称")
        self.field = ChoiceBox(look, "请选择领域")
        self._show_fields()
        self.round.currentIndexChanged.connect(self._show_fields)
        self.add_field("项目名称", self.name)
        self.add_field("承担单位", self.unit)
        if several:
            self._add_beside((("哪一轮", self.round), ("试点领域", self.field)))
        else:
            self.add_field("试点领域", self.field)
            self.round.setParent(self)
            self.round.hide()
        self.add_actions(["先不建", "建好，开始填"])

    def _add_beside(self, fields: Sequence[tuple[str, ChoiceBox]]) -> None:
        """Put labelled editors beside each other, the last one widest: the smallest window is no higher than this dialog."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(self.body.spacing())
        for at, (words, editor) in enumerate(fields):
            caption = Label(words, "body", weight=500)
            caption.setBuddy(editor)
            editor.setAccessibleName(words)
            grid.addWidget(caption, 0, at)
            grid.addWidget(editor, 1, at)
            grid.setColumnStretch(at, at + 1)
        self.body.addSpacing(2)
        self.body.addLayout(grid)

    def answer(self) -> NewProject:
        """What was typed."""
        from pilotdesk.projects.shelf import NewProject

        return NewProject(
            self.name.text().strip(),
            self.unit.text().strip(),
            str(self.field.currentData() or ""),
            str(self.round.currentData() or ""),
        )

    def show_answer(self, typed: NewProject) -> None:
        """Show what was typed before."""
        self.name.setText(typed.name)
        self.unit.setText(typed.unit)
        self.round.setCurrentIndex(max(0, self.round.findData(typed.round)))
        self.field.setCurrentIndex(self.field.findData(typed.pilot_field) if typed.pilot_field else -1)

    def _show_fields(self) -> None:
        """The fields of the chosen round; the one that was chosen stays, where the round has it."""
        chosen = self.field.currentData()
        self.field.clear()
        for each in self._rounds[max(0, self.round.currentIndex())].pilot_field:
            self.field.addItem(f"{each.label}（专项）" if each.special else each.label, each.code)
        self.field.setCurrentIndex(self.field.findData(chosen) if chosen else -1)


def ask_new_project(
    parent: QWidget, look: Look, rounds: Sequence[Round], typed: NewProject | None = None
) -> NewProject | None:
    """Ask for the beginnings of a project; ``None`` when it was left. The first of the rounds is proposed.

    ``typed`` is what was answered before.
    """
    dialog = NewProjectDialog(parent, look, rounds)
    if typed is not None:
        dialog.show_answer(typed)
    dialog.name.setFocus()
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer() if dialog.chosen == 1 else None


def ask_package(parent: QWidget) -> Path | None:
    """Ask for a package to open; ``None`` when it was left."""
    name = open_name(parent, "打开草稿", PACKAGE_FILTER)
    return Path(name) if name else None


def ask_package_target(parent: QWidget, look: Look, suggestion: str) -> tuple[Path, str] | None:
    """Ask for the password of a package, empty for none, and where it is to be put; ``None`` when it was left."""
    from pilotdesk.ui.dialogs.passwords import ask_seal

    password = ask_seal(parent, look)
    if password is None:
        return None
    name = save_name(parent, "存成文件", f"{suggestion}.pilot", PACKAGE_FILTER)
    return (Path(name).with_suffix(".pilot"), password) if name else None


def ask_pdf_target(parent: QWidget, title: str, suggestion: Path) -> Path | None:
    """Ask where a PDF is to be put; ``None`` when it was left."""
    name = save_name(parent, title, str(suggestion), "PDF 文件 (*.pdf)")
    return Path(name).with_suffix(".pdf") if name else None


def ask_folder(parent: QWidget | None, title: str, folder: str) -> Path | None:
    """Ask for a folder; ``None`` when it was left."""
    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None
