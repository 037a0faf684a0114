"""The editor of a tree: tools, the nodes, and other ways to build it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.forms.values import cell_path, split_cell_path
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.editors.base import FieldEditor, Place, show_below
from pilotdesk.ui.tables.toolbar import FlowLayout
from pilotdesk.ui.trees.commands import TreeCommands
from pilotdesk.ui.trees.links import remarks_of
from pilotdesk.ui.trees.menu import NodeMenu
from pilotdesk.ui.trees.nodes import Nodes
from pilotdesk.ui.trees.view import TreeView

if TYPE_CHECKING:
    from pilotdesk.rules.issue import Severity
    from pilotdesk.session import Change
    from pilotdesk.ui.trees.schemes import SchemePopup

LEAST_PX: Final = 22
"""Height of the nodes in the lowest window, px at 标准: one of them, so that nothing lies over anything else."""
CHOOSE: Final = "选一种搭法"
CHANGE: Final = "换一种搭法"
FROM_NOTHING: Final = "还没有框架。点“加下级”，从体系名称开始一条条写"
FROM_LIBRARY: Final = "；点下面的“选一种搭法”，用现成的结构开头，再改成自己的"


class TreeEditor(FieldEditor):
    """A tree of the form; the only place where it is changed."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        look, field = place.look, place.field
        self.view = TreeView(look)
        self.add = Button(look, "加下级", icon="plus", small=True)
        self.change = Button(look, "改名", "ghost", icon="pencil", small=True)
        self.up = Button(look, "", "ghost", icon="arrow-up", small=True, name="上移，Alt+↑")
        self.down = Button(look, "", "ghost", icon="arrow-down", small=True, name="下移，Alt+↓")
        self.more = Button(look, "", "ghost", icon="dots", small=True, name="更多")
        self.more.setEnabled(self.isEnabled())
        self.more.setParent(self)
        self.schemes = Button(look, CHOOSE, "soft", icon="template", small=True)
        self.levels = Label(f"{field.levels[0]}–{field.levels[1]} 层", "small", "text2")
        self.nodes = Nodes(())
        self.commands = TreeCommands(place, self.view)
        self._build()
        self._connect()
        self.show_value()

    def _build(self) -> None:
        tools = QWidget()
        flow = FlowLayout(tools)
        for button in (self.add, self.change, self.up, self.down):
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        self.view.setMinimumHeight(self.place.look.scaled(LEAST_PX))
        self.view.placeholder = FROM_NOTHING
        if self.place.field.library:
            self.view.placeholder += FROM_LIBRARY
        else:
            self.schemes.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(tools)
        layout.addWidget(self.view, 1)
        layout.addLayout(row(self.schemes, None, self.levels))
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        for name, button in (
            ("child", self.add),
            ("rename", self.change),
            ("up", self.up),
            ("down", self.down),
        ):
            button.setProperty("command", name)
            button.clicked.connect(self._on_button)
        self.more.clicked.connect(self._on_more)
        self.schemes.clicked.connect(self.open_schemes)
        view.command.connect(self.commands.run)
        view.renamed.connect(self.commands.rename)
        view.renamed.connect(self._on_renamed)
        view.given_up.connect(self.commands.give_up)
        view.typed.connect(self._on_typed)
        view.dropped.connect(self.commands.drop)
        self.commands.done.connect(self.edited)
        view.chosen.connect(self._on_chosen)
        view.customContextMenuRequested.connect(self.open_menu)

    # -- FieldEditor -----------------------------------------------------------------------------

    @property
    def issue_paths(self) -> tuple[str, ...]:
        """See :class:`FieldEditor`."""
        return tuple(sorted(self.place.session.engine.found_issues.paths(self.path)))

    def head_widget(self) -> QWidget:
        """See :class:`FieldEditor`: everything else one can do with a node."""
        return self.more

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.view

    def focus_path(self) -> str:
        """See :class:`FieldEditor`: the name of the current node."""
        node = self.view.current_id
        return cell_path(self.path, node, "name") if node else self.path

    def go_to(self, path: str) -> QWidget:
        """See :class:`FieldEditor`: a cell path selects its node."""
        place = split_cell_path(path)
        if place is not None:
            self.view.choose(place[1])
        elif not self.view.current_id and self.view.ids():
            self.view.choose(self.view.ids()[0])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.view

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        self.nodes = Nodes(self.place.session.rows(self.path))
        self.commands.nodes = self.nodes
        filled = bool(self.nodes.by_id)
        self.schemes.set_text(CHANGE if filled else CHOOSE)
        self.schemes.set_kind("link" if filled else "soft")
        self.view.fill(self.nodes, remarks_of(self.place.session, self.place.field, self.nodes))

    def take_change(self, change: Change) -> None:
        """See :class:`FieldEditor`: nodes follow every change, remarks also those of the linked table."""
        name = self.path
        if self.commands.open.is_writing:
            self._follow()
        elif name in change.tables or any(path.startswith(f"{name}[") for path in change.paths):
            self.show_value()
        elif change.tables or any("[" in path for path in (*change.paths, *change.issues)):
            self.view.mark(remarks_of(self.place.session, self.place.field, self.nodes))

    def commit(self) -> None:
        """See :class:`FieldEditor`."""
        self.view.commit_editor()

    def mark_issue(self, severity: Severity | None) -> None:
        """See :class:`FieldEditor`: the nodes carry the symbols."""

    # -- menus -----------------------------------------------------------------------------------

    def open_menu(self, at: QPoint) -> NodeMenu:
        """The menu of the current node, at a place of the view."""
        menu = NodeMenu(self, self.place, self.nodes, self.view.current_id)
        menu.chosen.connect(self.commands.run)
        menu.state_chosen.connect(self.commands.set_state)
        menu.popup(self.view.viewport().mapToGlobal(at))
        return menu

    def open_schemes(self) -> SchemePopup:
        """Show the ways to build the tree that the pack knows."""
        from pilotdesk.ui.trees.schemes import SchemePopup

        popup = SchemePopup(self.place, self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(self.commands.take_scheme)
        show_below(popup, self.schemes)
        return popup

    # -- inside ----------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Know the nodes as they are now; the view keeps its line edit and is filled once that is closed."""
        self.nodes = Nodes(self.place.session.rows(self.path))
        self.commands.nodes = self.nodes

    def _on_typed(self) -> None:
        self.place.services.unfinished.begin(self.commands.write_on)

    def _on_renamed(self) -> None:
        if self.commands.open.settle():
            self.show_value()

    def _on_button(self) -> None:
        self.commands.run(str(self.sender().property("command")))

    def _on_more(self) -> None:
        corner = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.open_menu(self.view.viewport().mapFromGlobal(corner))

    def _on_chosen(self, row_id: str) -> None:
        if self.view.hasFocus():
            self.place_moved.emit()
