"""The keyboard map of the desk: every action has a key and stands in the menu.

Single letters and figures act only outside text fields: a field that is being written in keeps them for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Command(NamedTuple):
    """One line of the menu: its name, words, keys; no words is a separator. ``writes``: whether it changes the desk."""

    name: str
    words: str = ""
    keys: tuple[str, ...] = ()
    writes: bool = False


COMMANDS: Final = (
    Command("find", "找项目、单位或编号", ("Ctrl+F",)),
    Command("next_one", "下一件", ("J",)),
    Command("previous_one", "上一件", ("K",)),
    Command("next_area", "到下一块（表、审核）", ("F6",)),
    Command("previous_area", "到上一块", ("Shift+F6",)),
    Command("material", "看材料", ("Ctrl+M",)),
    Command(""),
    Command("passed", "这一点通过", ("1",), writes=True),
    Command("amend", "这一点核实", ("2",), writes=True),
    Command("refused", "这一点退回", ("3",), writes=True),
    Command("next_doubt", "下一处疑点", ("F8",)),
    Command("previous_doubt", "上一处疑点", ("Shift+F8",)),
    Command("phrases", "短语", ("/",), writes=True),
    Command("save_and_next", "存并下一件", ("Ctrl+Return", "Ctrl+Enter"), writes=True),
    Command("tick", "推荐，或不再推荐", ("Ctrl+Space",), writes=True),
    Command("undo", "撤销", ("Ctrl+Z",), writes=True),
    Command(""),
    Command("intake", "收件…", ("Ctrl+O",), writes=True),
    Command("slips", "退回单…", ("Ctrl+B",), writes=True),
    Command("summary", "推荐汇总表…", ("Ctrl+E",)),
    Command("letter", "起草公文…", ("Ctrl+L",)),
)

More = tuple[str, str, "Callable[[], object]"]
"""Words of a line of the menu, its keys, empty for none, and what it does; no words is a separator."""


class DeskKeys(QObject):
    """The actions of one desk's page.

    Args:
        page: where the keys work.
        calls: what the commands do, by their names.
        held: why nothing can be decided; empty while it can.

    Attributes:
        actions: the commands by their names.
    """

    def __init__(self, page: QWidget, calls: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(page)
        self._page = page
        self._more: dict[str, QAction] = {}
        self.actions: dict[str, QAction] = {
            command.name: self._action(command.words, command.keys, calls[command.name])
            for command in COMMANDS
            if command.words
        }

    def add(self, lines: Iterable[More]) -> None:
        """Have the keys of the menu's other lines work."""
        for words, keys, call in lines:
            if words:
                self._more[words] = self._action(words, (keys,) if keys else (), call)

    def hold(self, reason: str) -> None:
        """Grey what writes, with the reason; empty lets go of it."""
        for command in COMMANDS:
            if command.writes:
                self.actions[command.name].setEnabled(not reason)
                self.actions[command.name].setToolTip(reason)

    def open_menu(self, anchor: QWidget, more: Sequence[More]) -> QMenu:
        """The menu with all actions and the other lines, below a button."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for command in COMMANDS:
            if command.words:
                menu.addAction(self.actions[command.name])
            else:
                menu.addSeparator()
        menu.addSeparator()
        for words, _keys, call in more:
            if words in self._more:
                menu.addAction(self._more[words])
            elif words:
                menu.addAction(words, call)
            else:
                menu.addSeparator()
        corner = anchor.mapToGlobal(anchor.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)
        return menu

    def _action(self, words: str, keys: tuple[str, ...], call: Callable[[], object]) -> QAction:
        action = QAction(words, self._page)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: call())
        self._page.addAction(action)
        return action
