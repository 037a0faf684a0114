"""``SubmissionTable``: what has been handed in, one line each; ticking, ranking, sorting, and what a pick breaks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.review.desk.cells import Column, row_words
from pilotdesk.review.desk.filtering import Filter
from pilotdesk.review.desk.remarks import picks_of, remarks_on
from pilotdesk.ui.desk.empty_table import EmptyTable
from pilotdesk.ui.desk.remark_line import MOST, RemarkLine
from pilotdesk.ui.desk.table_columns import ColumnChoice
from pilotdesk.ui.desk.table_menu import open_columns_menu, table_menu
from pilotdesk.ui.desk.table_model import SubmissionModel
from pilotdesk.ui.desk.table_view import SubmissionView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look

LOW_LINES: Final = 8
"""Height of the whole in lines of the table, below which only the gravest remark is shown."""


class SubmissionTable(QWidget):
    """The table and the line below it.

    Args:
        look: the theme in force.
        sitting: the open desk.
        settings: keep which columns are shown; ``None`` keeps nothing.

    Signals:
        activated: a submission is to be opened, by Enter or a double click; with its key.
        shown_changed: other lines are shown, or the same in another order.
        all_wanted: the lines that are not shown are to be shown.
        ranks_wanted: the picks are to be shown in their ranking.

    Attributes:
        model: which lines are shown. view: shows them. below: says more of the one that is looked at.
        empty: stands in the place of the lines while there are none.
    """

    activated = Signal(str)
    shown_changed = Signal()
    all_wanted = Signal()
    ranks_wanted = Signal()

    def __init__(self, look: Look, sitting: Sitting, settings: Settings | None = None) -> None:
        super().__init__()
        self._sitting = sitting
        self._is_moving = False
        self._leaving = QTimer(self, singleShot=True, interval=0)
        self._leaving.timeout.connect(self._drop_guest)
        self.model = SubmissionModel(sitting)
        self.view = SubmissionView(look, self.model, ColumnChoice(settings))
        self.below = RemarkLine(look)
        self.empty = EmptyTable(look, self.view)
        self.empty.all_wanted.connect(self.all_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.view.across)
        layout.addWidget(self.below)
        self.setFocusProxy(self.view)
        self._connect()
        self._follow(sitting.current)
        self._tell()

    def _connect(self) -> None:
        view, sitting = self.view, self._sitting
        view.looked_at.connect(self._on_looked_at)
        view.ticked.connect(self._on_ticked)
        view.moved.connect(self.move_pick)
        view.chosen.connect(self._on_chosen)
        view.head.chosen.connect(self.turn_order)
        view.fitted.connect(self._tell)
        view.menu_wanted.connect(self._on_menu)
        view.head.menu_wanted.connect(partial(open_columns_menu, self))
        view.columns.changed.connect(self._on_columns)
        sitting.changed.connect(self._on_changed)
        sitting.row_changed.connect(self._on_row_changed)
        sitting.quota_changed.connect(self._on_quota_changed)
        sitting.shown.connect(self._follow)
        sitting.failed.connect(view.viewport().update)  # somebody else may have taken over: no ticks then

    # -- what is shown ---------------------------------------------------------------------------

    def show_filter(self, chosen: Filter) -> None:
        """Show the lines that a filter lets through; picks in their ranking, with a column for it."""
        if chosen is self.model.filter:
            return
        ranked = chosen is Filter.PICKED
        if ranked != self.view.shows_ranks:
            self.model.sorted_by = Column.RANK if ranked else Column.NUMBER
            self.model.descending = False
            self.view.shows_ranks = ranked
        self.model.filter = chosen
        self._lay_out()
        self.view.fit()

    def search(self, typed: str) -> None:
        """Show the lines that have these words."""
        if typed != self.model.typed:
            self.model.typed = typed
            self._lay_out()

    def turn_order(self, column: Column) -> None:
        """Sort by a column; by the same again the other way round; a third time as it was."""
        model = self.model
        usual = Column.RANK if self.view.shows_ranks else Column.NUMBER
        if column is not model.sorted_by:
            self.sort(column)
        elif not model.descending:
            self.sort(column, descending=True)
        else:
            self.sort(usual)

    def sort(self, column: Column, *, descending: bool = False) -> None:
        """Sort by a column."""
        self.model.sorted_by, self.model.descending = column, descending
        self._lay_out(keeps_guest=True)
        self.view.head.viewport().update()

    # -- moving and deciding ---------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Look at the line so many lines below, or above."""
        self.view.step(by)

    def enter(self) -> None:
        """Take the keyboard, with the first line where none is looked at."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid():
            self.view.step(0)

    def tick(self) -> None:
        """Turn the tick of the line that is looked at."""
        here = self.view.currentIndex()
        if here.isValid():
            self._on_ticked(here.row())

    def move_pick(self, by: int) -> None:
        """Put the pick that is looked at before the one above it (-1) or after the one below it (1).

        Where the ranking is not shown it is asked for, and nobody is moved yet: above it stands somebody else there.
        """
        here = self.view.currentIndex().row()
        if here < 0 or self._sitting.is_look_only:
            return
        if not self.view.shows_ranks:
            if self.model.row(here).picked:
                self.ranks_wanted.emit()
            return
        if self.model.sorted_by is not Column.RANK or self.model.descending:
            self.sort(Column.RANK)
            here = self.model.at(self._sitting.current)
        there = here + by
        if not (0 <= there < len(self.model.keys) and self.model.row(here).picked):
            return
        key, other = self.model.keys[here], self.model.keys[there]
        order = [one for one, _ in picks_of(self._sitting.rows.values()) if one != key]
        if other in order:
            order.insert(order.index(other) + (by > 0), key)
            self._sitting.rank(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is little height, the lines need it."""
        super().resizeEvent(event)
        is_low = event.size().height() < LOW_LINES * self.view.line_height
        self.below.set_most(1 if is_low else MOST)

    # -- inside ----------------------------------------------------------------------------------

    def _on_looked_at(self, at: int) -> None:
        if not self._is_moving:
            self._sitting.show_one(self.model.keys[at] if at >= 0 else "")
            self._tell()
            self._leaving.start()  # later: a click would go on with the places that it found

    def _drop_guest(self) -> None:
        if self.model.guest != self._sitting.current:
            self._quietly(self.model.drop_guest)
            self._settle()

    def _on_ticked(self, at: int) -> None:
        if not self._sitting.is_look_only:
            row = self.model.row(at)
            self._sitting.pick(row.key, not row.picked)

    def _on_chosen(self) -> None:
        at = self.view.currentIndex().row()
        if at >= 0:
            self.activated.emit(self.model.keys[at])

    def _on_changed(self) -> None:
        self._quietly(self.model.read_again, follows=False)
        self._settle()

    def _on_row_changed(self, key: str) -> None:
        model, is_current = self.model, key == self._sitting.current
        fits, is_shown = model.fits(key), model.at(key) >= 0
        row = self._sitting.rows.get(key)
        if row is not None and row.picked:
            model.weigh()
        if is_current and is_shown:  # it stays until another one is looked at
            model.guest = "" if fits else key
        if is_shown and (fits or is_current):
            model.show_row(key)
        elif is_shown or fits:
            self._lay_out(keeps_guest=True)
        if is_current:
            self._tell()

    def _on_quota_changed(self) -> None:
        self.model.weigh()
        if self.model.is_behind:
            return
        if self.view.shows_ranks and self.model.sorted_by is Column.RANK:
            self.model.guest = self._sitting.current if self.model.at(self._sitting.current) >= 0 else ""
            self._lay_out(keeps_guest=True)
        else:
            self.model.show_column(Column.PICK)
        self._tell()

    def _follow(self, key: str) -> None:
        """Look at the line of a submission; it is shown even when the filter would not let it through."""
        at, here = self.model.at(key), self.view.currentIndex().row()
        if self._is_moving or (key and at >= 0 and at == here):
            return
        if key and at < 0:
            self.model.guest = key
            self._quietly(self.model.lay_out)
        else:
            self._quietly(lambda: None)
        self._settle()

    def _lay_out(self, *, keeps_guest: bool = False) -> None:
        if not keeps_guest:
            self.model.guest = ""
        self._quietly(self.model.lay_out)
        self._settle()

    def _on_columns(self) -> None:
        """Nobody knows by what the lines are sorted once its column is gone."""
        if self.model.sorted_by not in self.view.wanted:
            self.sort(Column.RANK if self.view.shows_ranks else Column.NUMBER)
        self._tell()

    def _quietly(self, action: Callable[[], None], *, follows: bool = True) -> None:
        """Change what is shown; what is looked at stays the same, and with ``follows`` it is in view."""
        bar = self.view.verticalScrollBar()
        was, self._is_moving = bar.value(), True
        try:
            action()
            bar.setValue(was)
            self.view.show_line(self.model.at(self._sitting.current), scrolls=follows)
        finally:
            self._is_moving = False

    def _settle(self) -> None:
        only = "" if self.model.filter is Filter.ALL else self.model.filter.value
        total, shown = len(self._sitting.rows), len(self.model.keys)
        self.empty.show_for(
            total=total, shown=shown, only=only, typed=bool(self.model.typed.strip()),
            may_take=not self._sitting.is_look_only,
        )  # fmt: skip
        self._tell()
        self.shown_changed.emit()

    def _tell(self) -> None:
        """Say how the submission that is looked at stands."""
        row = self._sitting.rows.get(self._sitting.current)
        if row is None:
            self.below.show_remarks("", ())
            return
        hidden = [f"{one.value} {self.model.words.cell(row, one).text}" for one in self.view.hidden()]
        remarks = remarks_on(row, self._sitting.rows, self._sitting.quota, self.model.words)
        self.below.show_remarks(" · ".join([row_words(row), *hidden]), remarks)

    def _on_menu(self, place: QPoint) -> None:
        table_menu(self, is_look_only=self._sitting.is_look_only).popup(place)
