"""The keyboard map of the desk: every action has a key and stands in the menu.

Single letters and figures act only outside text fields: a field that is being written in keeps them for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QMenu, QWidget


class Command(NamedTuple):
    """One line of the menu: its name, words, keys. ``writes``: whether it changes the desk; no words is a separator."""

    name: str = ""
    words: str = ""
    keys: tuple[str, ...] = ()
    writes: bool = False


BATCH: Final = (
    Command("intake", "收件…", ("Ctrl+O",), writes=True),
    Command("slips", "退回单…", ("Ctrl+B",)),
    Command("summary", "推荐汇总表…", ("Ctrl+E",)),
    Command("letter", "起草公文…", ("Ctrl+L",)),
)
ONE: Final = (
    Command("next_one", "下一件", ("J",)),
    Command("previous_one", "上一件", ("K",)),
    Command("save_and_next", "存并下一件", ("Ctrl+Return", "Ctrl+Enter")),
    Command("tick", "推荐，或不再推荐", ("Ctrl+Space",), writes=True),
    Command("material", "看材料", ("Ctrl+M",)),
    Command("back", "回到刚才那一件", ("Alt+Left",)),
    Command("changes", "只看改动", ("Ctrl+D",)),
    Command(),
    Command("passed", "这一点通过", ("1",), writes=True),
    Command("amend", "这一点补正", ("2",), writes=True),
    Command("refused", "这一点不通过", ("3",), writes=True),
    Command("next_doubt", "下一处疑点", ("F8",)),
    Command("previous_doubt", "上一处疑点", ("Shift+F8",)),
    Command("next_point", "下一个要点", ("Ctrl+Down",)),
    Command("previous_point", "上一个要点", ("Ctrl+Up",)),
    Command("phrases", "短语", ("/",), writes=True),
)
PLACE: Final = (
    Command("find", "找项目、单位或编号", ("Ctrl+F",)),
    Command("undo", "撤销", ("Ctrl+Z",), writes=True),
    Command("save", "立刻存一次", ("Ctrl+S",), writes=True),
    Command("next_area", "到下一块（表、审核）", ("F6",)),
    Command("previous_area", "到上一块", ("Shift+F6",)),
)
KEYS: Final = (Command("keys", "快捷键…", ("F1",)),)
COMMANDS: Final = (*BATCH, *ONE, *PLACE, *KEYS)


class DeskKeys(QObject):
    """The actions of one desk's page.

    Args:
        page: where the keys work.
        calls: what the commands do, by their names.

    Attributes:
        actions: the commands by their names.
    """

    def __init__(self, page: QWidget, calls: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(page)
        self._page = page
        self.actions: dict[str, QAction] = {
            command.name: self._action(command, calls[command.name]) for command in COMMANDS if command.name
        }

    def hold(self, reason: str) -> None:
        """Grey what writes, with the reason; empty lets go of it."""
        for command in COMMANDS:
            if command.writes:
                self.actions[command.name].setEnabled(not reason)
                self.actions[command.name].setToolTip(plain_tip(reason))

    def fill(self, menu: QMenu, commands: Iterable[Command]) -> None:
        """Put commands at the end of a menu."""
        for command in commands:
            if command.name:
                menu.addAction(self.actions[command.name])
            else:
                menu.addSeparator()

    def _action(self, command: Command, call: Callable[[], object]) -> QAction:
        action = QAction(command.words, self._page)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(not command.writes)  # a key that is held down decides once
        action.triggered.connect(lambda: call())
        self._page.addAction(action)
        return action
