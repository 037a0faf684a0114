"""体系和明细表: the tree at the left, the rows of the chosen node and the figure at the right, the rest on a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pilotdesk.forms.values import field_name
from pilotdesk.ui.components.basic import Button, Chip, Rule
from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.fields.focus import FocusWatch
from pilotdesk.ui.fields.row import FieldRow, has_work
from pilotdesk.ui.fields.view import FieldsView
from pilotdesk.ui.look.breakpoints import LOW_HEIGHT, MIDDLE
from pilotdesk.ui.navigation.page import Page
from pilotdesk.ui.steps.step_page import wire_view
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.trees.editor import TreeEditor
from pilotdesk.ui.trees.figure_view import FigureView
from pilotdesk.ui.trees.links import LINK, codes_of, linked_table, next_link, node_of_row
from pilotdesk.ui.trees.nodes import node_text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.forms.model import Field, Group, Step
    from pilotdesk.forms.values import Row, Scalar
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.services import Services

TREE_PX: Final = 268
BOARD, TABLE, FIGURE, REST = "框架", "明细表", "结构图", "rest"


class Board(QWidget):
    """Tree, table and figure of one step, each fed by the others.

    Args:
        session: the open draft.
        tree: the tree's field.
        table: the table whose rows belong to its nodes.
        services: collaborators.
    """

    def __init__(self, session: Session, tree: Field, table: Field, services: Services) -> None:
        super().__init__()
        look = services.look
        self._session = session
        self._table = table
        self._node = ""
        self._tree_px = look.scaled(TREE_PX)
        self.tree_row = FieldRow(Place(session, services, tree.name))
        self.table_row = FieldRow(Place(session, services, table.name))
        self.figure = FigureView(session, tree, services)
        self.chip = Chip(look, "")
        self.all = Button(look, "", "ghost", icon="filter-off", small=True)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._build()
        self.tree_editor.view.chosen.connect(self.show_node)
        self.figure.node_chosen.connect(self.tree_editor.view.choose)
        self.all.clicked.connect(self.lift_filter)
        self.table_editor.unfiltered.connect(self.lift_filter)
        self.show_node("")

    def _build(self) -> None:
        for row in (self.tree_row, self.table_row):
            row.fill_height()
        self.table_row.show_head()
        self.chip.setParent(self)
        self.table_row.head.add(self.chip)
        self.table_row.head.add(self.table_editor.toolbar)
        self.table_row.head.add(self.all)
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(14, 8, 8, 8)
        left.addWidget(self.tree_row)
        self.left.setFixedWidth(self._tree_px)
        self.rule = Rule(vertical=True)
        upper = _pane(self.table_row, (16, 8, 16, 6))
        self.splitter.addWidget(upper)
        self.splitter.addWidget(_pane(self.figure, (16, 6, 16, 6)))
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setCollapsible(0, False)
        self.splitter.setHandleWidth(3)
        self.splitter.setSizes([262, 278])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.left)
        layout.addWidget(self.rule)
        layout.addWidget(self.splitter, 1)

    @property
    def tree_editor(self) -> TreeEditor:
        """The editor of the tree."""
        editor = self.tree_row.editor
        if not isinstance(editor, TreeEditor):
            raise TypeError(type(editor).__name__)
        return editor

    @property
    def table_editor(self) -> TableEditor:
        """The editor of the table."""
        editor = self.table_row.editor
        if not isinstance(editor, TableEditor):
            raise TypeError(type(editor).__name__)
        return editor

    def show_parts(self, *, tree: bool, table: bool, figure: bool) -> None:
        """Show some of the three parts."""
        self.left.setVisible(tree)
        self.rule.setVisible(tree and (table or figure))
        self.splitter.setVisible(table or figure)
        self.splitter.widget(0).setVisible(table)
        self.splitter.widget(1).setVisible(figure)
        wide = tree and not (table or figure)
        self.left.setMaximumWidth(16_777_215 if wide else self._tree_px)
        self.left.setMinimumWidth(0 if wide else self.left.maximumWidth())

    def show_node(self, row_id: str) -> None:
        """Show the rows of a node and of all below it; the root, or no node, shows all rows."""
        self._node = row_id
        self.figure.show_chosen(row_id)
        self._filter()

    def take_change(self, change: Change) -> None:
        """Hand a change on; filter and figure follow it."""
        self.tree_row.take_change(change)
        self.table_row.take_change(change)
        names = {self._table.name, self.tree_editor.path}
        if names & change.tables or any(field_name(path) in names for path in change.paths):
            self._filter()
            self.figure.redraw_soon()

    def lift_filter(self) -> None:
        """Show all rows, whatever node is chosen."""
        self._node = ""
        self._filter()

    # -- inside ----------------------------------------------------------------------------------

    def _filter(self) -> None:
        nodes = self.tree_editor.nodes
        model = self.table_editor.model
        every = len(self._session.rows(self._table.name))
        self.all.set_text(f"看全部 {every} 项")
        if self._node not in nodes.by_id or nodes.parent(self._node) is None:
            model.show_only(None)
            self.chip.show_state("", "primary")
            self.table_editor.chip.show()
            self.all.hide()
            return
        branch = {row.id for row in nodes.branch(self._node)}
        coded = codes_of(nodes)

        def keeps(row: Row) -> bool:
            return node_of_row(row, coded) in branch

        code = nodes.by_id[self._node].cell("code")
        preset: dict[str, Scalar] = {}
        if isinstance(code, str) and not nodes.below(self._node):
            preset[LINK] = next_link(self._session, self._table, code)
        model.show_only(keeps, preset)
        name = node_text(nodes.by_id[self._node])
        self.chip.show_state(f"{name} · {len(model.rows)} 项", "primary")
        self.table_editor.chip.hide()
        self.all.show()


class StandardsPage(Page):
    """A step with a tree, a table and a figure; its other fields are on a tab of their own."""

    wide = True

    def __init__(self, session: Session, step: Step, services: Services) -> None:
        super().__init__("surface")
        self.step = step
        self._session = session
        self._look = services.look
        tree, table = _tree_and_table(session, step)
        self.board = Board(session, tree, table, services)
        rest = _rest(step, {tree.name, table.name})
        self.view = FieldsView(rest, session, services)
        self.tabs = QTabBar()
        self.stack = QStackedWidget()
        self._keys: list[str] = []
        self._rest_label = _rest_label(rest)
        self._build()
        self._focus = FocusWatch(self.board, session)
        self._connect()
        self._end = session.subscribe(self._on_change)

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("这一步的几块")
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.view)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self.tabs)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(Rule())
        layout.addWidget(self.stack, 1)
        self._fit()

    def _connect(self) -> None:
        wire_view(self, self.view)
        self._focus.moved.connect(self.focus_changed)
        for row in (self.board.tree_row, self.board.table_row):
            row.place_moved.connect(self._focus.place_moved)
            row.request_go_to.connect(self._on_go_to)
            row.request_page.connect(self.request_page)
            row.sources_requested.connect(self.sources_requested)
        self.tabs.currentChanged.connect(self._on_tab)
        self._look.changed.connect(self._fit)

    # -- Page ------------------------------------------------------------------------------------

    def go_to(self, path: str) -> None:
        """See :class:`Page`."""
        name = field_name(path)
        board = self.board
        if name == board.tree_editor.path:
            self._show(BOARD)
            board.tree_row.go_to(path)
        elif name == board.table_editor.path:
            self._show(TABLE if TABLE in self._keys else BOARD)
            board.table_row.go_to(path)
        else:
            self._show(REST)
            self.view.go_to(path)

    def focus_first(self) -> None:
        """See :class:`Page`."""
        rows = (self.board.tree_row, self.board.table_row)
        first = next((row for row in rows if has_work(self._session, row.name)), None)
        if first is not None or not self.view.first_open_path():
            self._show(BOARD if first is not self.board.table_row or TABLE not in self._keys else TABLE)
            (first or self.board.tree_row).editor.go_to((first or self.board.tree_row).place.path)
        else:
            self._show(BOARD)
            self.board.tree_row.editor.go_to(self.board.tree_row.place.path)

    def first_open_path(self) -> str:
        """Path of the first field that is unfilled or has an issue; else of the tree."""
        rows = (self.board.tree_row, self.board.table_row)
        first = next((row for row in rows if has_work(self._session, row.name)), None)
        return first.place.path if first is not None else self.board.tree_row.place.path

    def commit_open_editors(self) -> None:
        """See :class:`Page`."""
        for row in (self.board.tree_row, self.board.table_row, *self.view.rows()):
            row.editor.commit()

    def set_compact(self, compact: bool) -> None:
        """See :class:`Page`."""
        self.view.set_compact(compact)

    def close_page(self) -> None:
        """See :class:`Page`."""
        self._end()

    # -- arranging -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: side by side, or one part at a time."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Offer the tabs that the width asks for; the part that was shown stays shown."""
        window, factor = self.window(), self._look.theme.factor
        wide = window.width() / factor >= MIDDLE and window.height() / factor >= LOW_HEIGHT
        keys = [BOARD] if wide else [BOARD, TABLE, FIGURE]
        keys += [REST] if self._rest_label else []
        if keys == self._keys:
            return
        shown = self._keys[self.tabs.currentIndex()] if self._keys else BOARD
        self._keys = []
        while self.tabs.count():
            self.tabs.removeTab(0)
        self._keys = keys
        words = {BOARD: "框架和明细表" if wide else BOARD, REST: self._rest_label}
        for key in keys:
            self.tabs.addTab(words.get(key, key))
        self._show(shown if shown in keys else BOARD)
        self._on_tab(self.tabs.currentIndex())

    def _show(self, key: str) -> None:
        self.tabs.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)

    def _on_tab(self, at: int) -> None:
        if not 0 <= at < len(self._keys):
            return
        key, wide = self._keys[at], TABLE not in self._keys
        self.stack.setCurrentWidget(self.view if key == REST else self.board)
        if key != REST:
            self.board.show_parts(
                tree=wide or key == BOARD, table=wide or key == TABLE, figure=wide or key == FIGURE
            )

    # -- inside ----------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        self.board.take_change(change)
        self.view.take_change(change)

    def _on_go_to(self, path: str) -> None:
        if self._session.form.step_of.get(field_name(path)) == self.step.name:
            self.go_to(path)
        else:
            self.request_go_to.emit(path)


def _pane(content: QWidget, margins: tuple[int, int, int, int]) -> QWidget:
    pane = QWidget()
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(*margins)
    layout.addWidget(content)
    return pane


def _tree_and_table(session: Session, step: Step) -> tuple[Field, Field]:
    """The tree of a step and the table that belongs to it.

    Raises:
        StopIteration: the step has no tree; LookupError: it has no table with a column of its codes.
    """
    tree = next(field for group in step.group for field in group.field if field.type == "tree")
    table = linked_table(session, tree)
    if table is None:
        raise LookupError(step.name)
    return tree, table


def _rest(step: Step, taken: set[str]) -> list[Group]:
    """The groups of a step without the fields that the board shows."""
    groups = [
        msgspec.structs.replace(group, field=tuple(field for field in group.field if field.name not in taken))
        for group in step.group
    ]
    return [group for group in groups if group.field]


def _rest_label(groups: list[Group]) -> str:
    """Words of the tab with the other fields; empty when there are none."""
    fields = [field for group in groups for field in group.field]
    if not fields:
        return ""
    return fields[0].label if len(fields) == 1 else f"{fields[0].label}等 {len(fields)} 栏"
