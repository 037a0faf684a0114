"""The keyboard map of an open draft: every action has a key and stands in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from pilotdesk.ui.navigation.navigator import CHECK, PREVIEW

if TYPE_CHECKING:
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.window.workspace import Workspace


GOING: Final = "走到、显示"
"""The menu within the menu, of what has a button or a key anyway; all in one are too high for a low screen."""


class Command(NamedTuple):
    """One line of the menu: method of :class:`Commands`, words, keys; no words is a separator."""

    method: str
    words: str = ""
    keys: tuple[str, ...] = ()
    going: bool = False
    """Whether it stands in the menu within the menu."""


HELP: Final = Command("help", "帮助和快捷键…", ("Ctrl+F1",))
"""The last line of the menu, below what there is for the draft only."""
COMMANDS: Final = (
    Command("undo", "撤销", ("Ctrl+Z",)),
    Command("redo", "重做", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command("save", "立刻存一次", ("Ctrl+S",)),
    Command(""),
    Command("find", "找栏目", ("Ctrl+F",), going=True),
    Command("next_issue", "下一个问题", ("F8",), going=True),
    Command("previous_issue", "上一个问题", ("Shift+F8",), going=True),
    Command("check", "检查问题", ("Ctrl+K",), going=True),
    Command("preview", "预览", ("Ctrl+P",), going=True),
    Command("export", "导出 Word 和 PDF", ("Ctrl+E",), going=True),
    Command("", going=True),
    Command("next_step", "下一步", ("Ctrl+PgDown",), going=True),
    Command("previous_step", "上一步", ("Ctrl+PgUp",), going=True),
    Command("first_step", "回到第一步", ("Ctrl+Home",), going=True),
    Command("next_area", "到下一块（步骤、栏目、提示、安全条）", ("F6",), going=True),
    Command("previous_area", "到上一块", ("Shift+F6",), going=True),
    Command("", going=True),
    Command("toggle_hints", "显示或收起提示", ("F1",), going=True),
    Command("toggle_sidebar", "展开或收起步骤栏", ("Ctrl+B",), going=True),
    HELP,
)


class Commands(QObject):
    """Actions of one workspace.

    Args:
        workspace: what they act on; also where the keys work.
        services: for settings and the toast.
    """

    def __init__(self, workspace: Workspace, services: Services) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._services = services
        self._search: QWidget | None = None
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            if command.words:
                self.actions[command.method] = self._action(command)
        header = workspace.shell.header
        header.undo_requested.connect(self.undo)
        header.redo_requested.connect(self.redo)
        header.search_requested.connect(self.find)
        header.menu_requested.connect(self.open_menu)
        workspace.shell.sidebar.expand_requested.connect(self.toggle_sidebar)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.words, self._workspace)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(getattr(self, command.method))
        self._workspace.addAction(action)
        return action

    def open_menu(self) -> None:
        """The menu with all actions, below its button."""
        menu = QMenu(self._workspace)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(self._workspace.session.is_read_only)
        going = QMenu(GOING, menu)
        for command in COMMANDS[:-1]:
            lines = going if command.going else menu
            if command.words:
                lines.addAction(self.actions[command.method])
            else:
                lines.addSeparator()
        menu.addMenu(going)
        menu.addSeparator()
        for words, action in self._workspace.more_actions:
            menu.addAction(words, action)
        menu.addSeparator()
        menu.addAction(self.actions[HELP.method])
        anchor = self._workspace.shell.header.menu
        corner = anchor.mapToGlobal(anchor.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def undo(self) -> None:
        """Take the last step back and show where it was."""
        self._workspace.navigator.commit()
        self._show_place(self._workspace.session.undo().paths)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._show_place(self._workspace.session.redo().paths)

    def _show_place(self, paths: frozenset[str]) -> None:
        typed = [path for path in paths if not self._workspace.session.field(path).calculation]
        if len(typed) == 1:
            self._workspace.navigator.go_to(typed[0])

    def save(self) -> None:
        """Store now."""
        self._workspace.flush()

    def find(self) -> None:
        """Open the search box in its place in the header."""
        from pilotdesk.ui.navigation.search_panel import SearchPanel

        workspace = self._workspace
        panel = SearchPanel(self._services.look, workspace.session, workspace)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.place_chosen.connect(workspace.navigator.go_to)
        header = workspace.shell.header
        panel.open_at(header.search if header.search.isVisible() else header.search_icon)
        self._search = panel

    def next_issue(self) -> None:
        """Go to the next issue."""
        self._walk(forward=True)

    def previous_issue(self) -> None:
        """Go to the issue before."""
        self._walk(forward=False)

    def _walk(self, *, forward: bool) -> None:
        navigator = self._workspace.navigator
        navigator.commit()
        page = navigator.page()
        inside = page is not None and page.walk_issues(forward)
        if not inside and not navigator.walk_issues(forward):
            self._services.toasts.show_done("没有要改的问题")

    def check(self) -> None:
        """Open the check page."""
        self._workspace.navigator.show(CHECK)

    def preview(self) -> None:
        """Open the preview."""
        self._workspace.navigator.show(PREVIEW)

    def export(self) -> None:
        """Open the preview with the focus on the export button."""
        self._workspace.navigator.show(PREVIEW, focus=False).go_to("export")

    def next_step(self) -> None:
        """Go on."""
        self._workspace.navigator.show_next()

    def previous_step(self) -> None:
        """Go back."""
        self._workspace.navigator.show_previous()

    def first_step(self) -> None:
        """Go to the first step."""
        self._workspace.navigator.show_first()

    def help(self) -> None:
        """Open the help."""
        from pilotdesk.ui.window.help import show_help

        show_help(self._workspace.window(), self._services.look)

    def toggle_hints(self) -> None:
        """Show or hide the hint panel."""
        self._workspace.shell.toggle_hints()

    def toggle_sidebar(self) -> None:
        """Full sidebar or rail; where there is no room for the full one it opens as a list."""
        shell, settings = self._workspace.shell, self._services.settings
        if shell.arrangement.narrow:
            self._open_steps()
            return
        settings.keep(sidebar_open=not settings.choices.sidebar_open)
        shell.rearrange()

    def _open_steps(self) -> None:
        from pilotdesk.ui.navigation.step_list import StepListPopup

        shell = self._workspace.shell
        popup = StepListPopup(self._services.look, shell.sidebar.steps, self._workspace)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.page_chosen.connect(self._workspace.navigator.show_page)
        popup.open_over(shell.sidebar)

    def next_area(self) -> None:
        """Move the focus to the next area."""
        self._cycle(1)

    def previous_area(self) -> None:
        """Move the focus to the area before."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        shell = self._workspace.shell
        areas: list[QWidget] = [shell.sidebar.steps, shell.stack, *shell.hint_areas(), shell.safety.saved]
        focused = QApplication.focusWidget()
        inside = [
            area for area in areas if focused is not None and (area is focused or area.isAncestorOf(focused))
        ]
        at = areas.index(inside[0]) + step if inside else 0
        target = areas[at % len(areas)]
        if target is shell.stack:
            page = self._workspace.navigator.page()
            if page is not None:
                page.focus_first()
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
