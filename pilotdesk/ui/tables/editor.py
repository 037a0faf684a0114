"""The editor of a table: tools, the rows as a spreadsheet, and the same rows one by one as a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pilotdesk.forms.values import split_cell_path
from pilotdesk.ui.components.basic import Chip
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.base import FieldEditor, Place, show_below
from pilotdesk.ui.tables.commands import TableCommands
from pilotdesk.ui.tables.explain import open_explanation
from pilotdesk.ui.tables.fit import MOST_ROWS
from pilotdesk.ui.tables.issues import table_issues
from pilotdesk.ui.tables.menu import RowsMenu
from pilotdesk.ui.tables.model import RowsModel
from pilotdesk.ui.tables.paste import PasteSlot
from pilotdesk.ui.tables.toolbar import TableToolbar
from pilotdesk.ui.tables.view import RowsView
from pilotdesk.ui.tables.walk import first_open

if TYPE_CHECKING:
    from pilotdesk.rules.issue import Issue, Severity
    from pilotdesk.session import Change
    from pilotdesk.ui.look.tokens import Tone
    from pilotdesk.ui.tables.library import LibraryPopup
    from pilotdesk.ui.tables.row_form import RowForm

FEWEST_ROWS: Final = 4
"""Rows that are shown even in the lowest window."""


class TableEditor(FieldEditor):
    """A table of the form.

    Attributes:
        model_of: makes the model of its rows.

    Signals:
        unfiltered: all rows are shown, because one was asked for that was hidden.
    """

    unfiltered = Signal()
    model_of: type[RowsModel] = RowsModel
    stays_enabled = True

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        look, table = place.look, place.field
        self.model = self.model_of(place.session, table)
        self.view = RowsView(look, self.model)
        self.view.delegate.services = place.services
        self.toolbar = TableToolbar(look, table)
        self.commands = TableCommands(self.view, self.model, place.services)
        self.chip = Chip(look, "")
        self.chip.setParent(self)
        self.row_form: RowForm | None = None
        self.slot = PasteSlot(look, self.model)
        self._empty = WrappedLabel(look, _empty_words(place), "small", "text2")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(6)
        for widget in (self.toolbar, self.slot, self.view, self._empty):
            self._column.addWidget(widget)
        self.setFocusProxy(self.view)
        if self.model.is_read_only:
            self.toolbar.hide()
        self._connect()
        self._show_tools()
        self.show_value()

    def _connect(self) -> None:
        bar, commands, view = self.toolbar, self.commands, self.view
        bar.add.clicked.connect(commands.add)
        bar.library.clicked.connect(self.open_library)
        bar.paste.clicked.connect(commands.paste_at_end)
        bar.form.clicked.connect(self.show_form)
        for name, button in (
            ("fill", bar.fill),
            ("duplicate", bar.duplicate),
            ("up", bar.up),
            ("down", bar.down),
            ("remove", bar.remove),
        ):
            button.setProperty("command", name)
            button.clicked.connect(self._on_button)
        view.command.connect(commands.run)
        view.current_moved.connect(self._on_moved)
        view.customContextMenuRequested.connect(self.open_menu)
        view.fits_changed.connect(self._show_tools)
        commands.preview_wanted.connect(self.slot.show_plan)
        commands.nothing_to_paste.connect(self.slot.say_empty)
        commands.done.connect(self.edited)
        self.slot.accepted.connect(commands.carry_out)
        self.slot.read_otherwise.connect(commands.ask_again)
        self.slot.closed.connect(self.view.setFocus)

    # -- FieldEditor -----------------------------------------------------------------------------

    @property
    def tail(self) -> str:
        """See :class:`FieldEditor`."""
        plain = self.model.is_read_only or self.toolbar.is_brief
        return "" if plain else "逐格填；Enter 到下一行，Tab 到右边一格"

    def head_widget(self) -> QWidget:
        """See :class:`FieldEditor`: the number of rows."""
        return self.chip

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.view

    def focus_area(self) -> QRect:
        """See :class:`FieldEditor`: the current cell."""
        view, focused = self.view, QApplication.focusWidget()
        if self.row_form is not None and focused is not None and self.row_form.isAncestorOf(focused):
            return QRect(focused.mapTo(self, QPoint(0, 0)), focused.size())
        if self.row_form is not None or not view.currentIndex().isValid():
            return self.rect()
        cell = view.visualRect(view.currentIndex())
        return QRect(view.viewport().mapTo(self, cell.topLeft()), cell.size())

    def focus_path(self) -> str:
        """See :class:`FieldEditor`: the current cell, or the table in a row that does not exist yet."""
        if self.row_form is not None:
            return self.row_form.focus_path() or self.path
        here = self.view.currentIndex()
        return (self.model.path(here.row(), here.column()) if here.isValid() else "") or self.path

    def go_to(self, path: str) -> QWidget:
        """See :class:`FieldEditor`: a cell path selects its cell."""
        place = split_cell_path(path)
        if place is not None and self.row_form is not None:
            return self.row_form.go_to(path)
        index = self.model.place(place[1], place[2]) if place is not None else None
        if index is not None and not index.isValid():
            self.model.show_only(None)
            self.unfiltered.emit()
            index = self.model.place(place[1], place[2]) if place is not None else None
        if index is not None and index.isValid():
            self.view.set_current(index.row(), index.column())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.view

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        self.model.sync()
        self._count()

    def take_change(self, change: Change) -> None:
        """See :class:`FieldEditor`: the model follows every change, its own too."""
        self.model.take_change(change)
        if self.row_form is not None:
            self.row_form.take_change(change)
        self._count()
        if change.origin is self.model:
            self.edited.emit()
            if self.row_form is None:
                open_explanation(self.view, change)

    def fill_height(self) -> None:
        """See :class:`FieldEditor`: with fewer tools, the others stand in the menu of a row."""
        self.view.fill_height()
        self._column.setStretch(self._column.indexOf(self.view), 1)
        self.toolbar.make_brief()

    def fit_view(self, height: int) -> None:
        """See :class:`FieldEditor`: label, tools and rows together fit into the view; more rows scroll inside."""
        look = self.place.look
        beside = look.scaled(90) + self.view.horizontalHeader().height()
        rows = (height - beside) // self.view.verticalHeader().defaultSectionSize()
        most = rows if self.view.shape.wraps else min(MOST_ROWS, rows)
        self.view.set_most_rows(max(FEWEST_ROWS, most))

    def commit(self) -> None:
        """See :class:`FieldEditor`."""
        self.view.commit_editor()

    def set_visited(self) -> None:
        """See :class:`FieldEditor`: missing cells get their tint."""
        if not self.model.says_unfilled:
            self.model.says_unfilled = True
            self.view.viewport().update()

    def mark_issue(self, severity: Severity | None) -> None:
        """See :class:`FieldEditor`: the cells carry the tint, the table no border."""

    @property
    def issue_paths(self) -> tuple[str, ...]:
        """See :class:`FieldEditor`: every path with something found, open or confirmed."""
        return tuple(self.place.session.engine.found_issues.paths(self.path))

    def issues(self, *, unfilled: bool) -> tuple[tuple[Issue, ...], int]:
        """See :class:`FieldEditor`: those of the current cell first, then the gravest; only a few in words."""
        shown = {row.id: at for at, row in enumerate(self.model.rows)}
        return table_issues(
            self.place.session, self.path, here=self.focus_path(), shown=shown, unfilled=unfilled
        )

    # -- tools -----------------------------------------------------------------------------------

    def open_library(self) -> LibraryPopup:
        """Show the rows one can pick from."""
        from pilotdesk.ui.tables.library import LibraryPopup

        self.view.commit_editor()
        popup = LibraryPopup(self.place.look, self.model, self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(self.commands.add_rows)
        show_below(popup, self.toolbar.library)
        return popup

    def open_menu(self, at: QPoint) -> RowsMenu:
        """The menu of rows and cells, at a place of the view."""
        menu = RowsMenu(self, fixed=self.model.is_fixed)
        menu.chosen.connect(self.commands.run)
        menu.popup(self.view.viewport().mapToGlobal(at))
        return menu

    def show_form(self) -> None:
        """逐行填写: one row as a form."""
        from pilotdesk.ui.tables.row_form import RowForm

        self.view.commit_editor()
        here = self.view.currentIndex()
        self.row_form = RowForm(self.place, self.model, max(0, here.row()))
        self.row_form.closed.connect(self.show_table)
        self.row_form.place_moved.connect(self.place_moved)
        self.row_form.request_go_to.connect(self.request_go_to)
        self._column.addWidget(self.row_form)
        self.view.hide()
        self.toolbar.hide()
        self._empty.hide()
        self.row_form.focus_first()

    def show_table(self) -> None:
        """Back from the form to the table, to the same row."""
        form, self.row_form = self.row_form, None
        if form is None:
            return
        row = form.row
        form.hide()
        form.deleteLater()
        self.view.show()
        self.toolbar.show()
        self._count()
        row = min(row, self.model.rowCount() - 1)
        self.view.set_current(*(first_open(self.model, self.view.hidden_columns(), row) or (row, 0)))

    # -- inside ----------------------------------------------------------------------------------

    def _count(self) -> None:
        rows, least = len(self.place.session.rows(self.path)), self.place.field.min_rows
        text = f"{rows} 行 · 至少 {least} 行" if least else f"{rows} 行"
        tone: Tone = "neutral" if not rows else "ok" if 0 < least <= rows else "primary"
        if self.model.is_fixed:
            tally = self.view.shape.tally()
            text, tone = f"合计 {tally}" if tally else "", "primary"
        self.chip.show_state(text, tone)
        may_stay = not self.place.session.engine.is_required(self.path) or bool(self.place.field.carry)
        self._empty.setVisible(not rows and may_stay and self.row_form is None)

    def _show_tools(self) -> None:
        wanted = not self.view.fits or self.view.shape.wraps
        self.toolbar.form.setVisible(wanted and not self.model.is_read_only)

    def _on_button(self) -> None:
        self.commands.run(str(self.sender().property("command")))

    def _on_moved(self) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and (focused is self.view or self.view.isAncestorOf(focused))
        self.model.quiet_row = self.view.currentIndex().row() if inside else -1
        if inside:
            self.place_moved.emit()


def _empty_words(place: Place) -> str:
    """What a table without rows says: that it may stay so, or where its rows come from."""
    if not place.field.carry:
        return "没有就空着，打印时写“无”。"
    form, _, name = place.field.carry[0].partition(".")
    source = place.session.pack.forms[form]
    field = source.fields[name]
    return (
        f"这里的行从{source.head.short}{field.number}“{field.label}”带来，现在还没有。"
        f"先在同一个项目的{source.head.short}里填好，再打开这一份，上面会提示带入。"
    )
