"""One step on one page: groups of fields in one or two columns, scrolled, fed by the session's changes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.values import field_name
from pilotdesk.ui.breakpoints import form_columns
from pilotdesk.ui.components import Rule
from pilotdesk.ui.editors_base import Place
from pilotdesk.ui.field_focus import FocusWatch
from pilotdesk.ui.field_row import FieldRow, Span, SpanLabel, is_answered
from pilotdesk.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from pilotdesk.forms.model import Group, Step
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.services import Services

COLUMN_GAP: Final = 24
ROW_GAP: Final = 13
WIDEST: Final = 640
"""Width of a single field in one column, px at 标准."""


class GroupBlock(QWidget):
    """A group: line above, heading with a half-sentence, fields in one or two columns."""

    def __init__(self, group: Group, session: Session, services: Services) -> None:
        super().__init__()
        self.group = group
        self._session = session
        self._look = services.look
        self._columns = 0
        self.rows = [FieldRow(Place(session, services, field.name)) for field in group.field]
        for row in self.rows:
            row.setParent(self)
        self.rule = Rule()
        self.heading = SpanLabel(services.look)
        spans = [Span(group.label, "group", "text", 700)] if group.label else []
        spans += [Span(f"{'   ' if spans else ''}{group.hint}", "small", "text2")] if group.hint else []
        self.heading.set_spans(*spans)
        if not spans:
            self.heading.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rule)
        self._above = QWidget()
        self._above.setFixedHeight(12)
        layout.addWidget(self._above)
        layout.addWidget(self.heading)
        layout.addSpacing(6 if spans else 0)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(COLUMN_GAP)
        self.grid.setVerticalSpacing(ROW_GAP)
        layout.addLayout(self.grid)

    @property
    def is_relevant(self) -> bool:
        """Whether the group is asked at all now."""
        return self._session.is_relevant(f"group:{self.group.name}") and bool(self.relevant_rows())

    def relevant_rows(self) -> list[FieldRow]:
        """The rows that are asked now, in order."""
        return [row for row in self.rows if self._session.is_relevant(row.name)]

    def arrange(self, columns: int) -> None:
        """Flow the relevant rows into columns; the others are hidden and keep what they show."""
        self._columns = columns
        shown = self.relevant_rows()
        for row in self.rows:
            self.grid.removeWidget(row)
            if row not in shown:
                row.hide()
        line = column = 0
        for row in shown:
            span = columns if row.is_full else 1
            if column and column + span > columns:
                line, column = line + 1, 0
            self.grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            widest = self._look.scaled(WIDEST) if columns == 1 and not row.is_full else 16_777_215
            row.setMaximumWidth(widest)
            row.show()
            column += span
            if column >= columns:
                line, column = line + 1, 0
        for at in range(2):
            self.grid.setColumnStretch(at, 1 if at < columns else 0)
            self.grid.setColumnMinimumWidth(at, 0)
        self.setVisible(self.is_relevant)

    def rearrange(self) -> None:
        """Flow again after a row came or went."""
        if self._columns:
            self.arrange(self._columns)

    def show_rule(self, shown: bool) -> None:
        """A line above every group but the first."""
        self.rule.setVisible(shown)
        self._above.setVisible(shown)


class FieldsBody(QWidget):
    """The scrolled content.

    Signals:
        resized: the layout has just been done; fields may have moved.
    """

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plain", True)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the layout is done before this is called."""
        super().resizeEvent(event)
        self.resized.emit()


class FieldsView(QScrollArea):
    """Groups of fields in a scroll area; where the focus is, nothing moves away.

    Signals:
        focus_moved: path that has the focus now; empty when it left.
        request_go_to, request_page: as of the rows. sources_requested: path.
    """

    focus_moved = Signal(str)
    request_go_to = Signal(str)
    request_page = Signal(str)
    sources_requested = Signal(str)

    def __init__(self, groups: Sequence[Group], session: Session, services: Services) -> None:
        super().__init__()
        self._session = session
        self._look = services.look
        self._margin = 24
        self._anchor: int | None = None
        self._columns = 0
        self._focus = FocusWatch(self, session)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = FieldsBody()
        self.blocks = [GroupBlock(group, session, services) for group in groups]
        for block in self.blocks:
            self.body.column.addWidget(block)
            for row in block.rows:
                self._connect(row)
        self.body.column.addStretch(1)
        self._set_margins()
        self.setWidget(self.body)
        self.body.resized.connect(self._hold_anchor)
        self.verticalScrollBar().valueChanged.connect(self._note_anchor)
        services.look.changed.connect(self._fit)
        self._focus.moved.connect(self.focus_moved)
        self._focus.entered.connect(self._on_entered)
        self._focus.changed.connect(self._on_focus_changed)

    def _connect(self, row: FieldRow) -> None:
        row.request_go_to.connect(self._on_go_to)
        row.request_page.connect(self.request_page)
        row.sources_requested.connect(self.sources_requested)
        row.place_moved.connect(self._focus.place_moved)
        row.place_moved.connect(self._on_place_moved)
        row.finished.connect(self._on_finished)

    # -- rows ------------------------------------------------------------------------------------

    def rows(self) -> list[FieldRow]:
        """The rows that are asked now, in reading order."""
        return [row for block in self.blocks if block.is_relevant for row in block.relevant_rows()]

    def row_of(self, path: str) -> FieldRow | None:
        """The row that a path belongs to; ``None`` when it is not on this page."""
        name = field_name(path)
        return next((row for block in self.blocks for row in block.rows if row.name == name), None)

    def first_open_path(self) -> str:
        """Path of the first field that is unfilled or has an issue, else of the first one that is answered here.

        Empty without fields.
        """
        rows = self.rows()
        answered = [row for row in rows if is_answered(row.place.field)] or rows
        row = next((row for row in rows if row.has_work), answered[0] if answered else None)
        return row.place.path if row is not None else ""

    def go_to(self, path: str) -> bool:
        """Bring a path into view and give it the focus; whether it is on this page."""
        row = self.row_of(path)
        if row is None or row not in self.rows():
            return False
        row.go_to(path)
        self.show_row(row)
        return True

    def focus_path(self, path: str) -> None:
        """Give the focus to a path without saying that it is unfilled."""
        row = self.row_of(path)
        if row is not None:
            row.editor.go_to(path)
            self.show_row(row)

    def show_row(self, row: FieldRow) -> None:
        """Bring a row into view: all of it, or its top and the place inside that has the focus."""
        self.body.column.activate()
        if row.height() <= self.viewport().height():
            self.ensureWidgetVisible(row, 0, 12)
        else:
            top = row.mapTo(self.body, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - 8)
        self._show_place(row)

    def _show_place(self, row: FieldRow) -> None:
        """Bring the place with the focus into view, such as the current cell."""
        area = row.editor.focus_area()
        center = row.editor.mapTo(self.body, area.center())
        half = min(area.height(), self.viewport().height() - 24) // 2
        self.ensureVisible(self.viewport().width() // 2, center.y(), 0, half + 8)

    def take_change(self, change: Change) -> None:
        """Hand a change to the rows it concerns; show and hide what became relevant or ceased to be."""
        flipped = change.relevance
        for block in self.blocks:
            for row in block.rows:
                row.take_change(change)
            names = {f"group:{block.group.name}", *(row.name for row in block.rows)}
            if not names.isdisjoint(flipped):
                block.rearrange()
        if flipped:
            self._show_rules()

    # -- fitting ---------------------------------------------------------------------------------

    def set_compact(self, compact: bool) -> None:
        """Margins of 16 instead of 24."""
        margin = 16 if compact else 24
        if margin != self._margin:
            self._margin = margin
            self._set_margins()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: columns follow the width, long texts the height."""
        super().resizeEvent(event)
        self._fit()

    def _set_margins(self) -> None:
        self.body.column.setContentsMargins(self._margin, 4, self._margin, 24)

    def _fit(self) -> None:
        columns = form_columns(self.width(), self._look.theme.factor)
        if columns != self._columns:
            self._columns = columns
            for block in self.blocks:
                block.arrange(columns)
            self._show_rules()
        for row in self.rows():
            row.editor.fit_view(self.viewport().height())

    def _show_rules(self) -> None:
        first = True
        for block in self.blocks:
            block.show_rule(not first)
            first = first and not block.is_relevant

    def _anchor_y(self) -> int | None:
        """Where the row with the focus begins in the body; ``None`` when it is out of view."""
        row = self._focus.outer_row
        if row is None or not row.isVisible():
            return None
        top = row.mapTo(self.body, QPoint(0, 0)).y()
        seen = QRect(0, self.verticalScrollBar().value(), 1, self.viewport().height())
        return top if seen.intersects(QRect(0, top, 1, row.height())) else None

    def _note_anchor(self) -> None:
        self._anchor = self._anchor_y()

    def _hold_anchor(self) -> None:
        """After a layout: scroll by what the row with the focus has moved, so that it stays where it was."""
        before, row = self._anchor, self._focus.outer_row
        if row is not None and before is not None and row.isVisible():
            now = row.mapTo(self.body, QPoint(0, 0)).y()
            if now != before:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + now - before)
        self._note_anchor()

    def _on_focus_changed(self) -> None:
        """Bring what has the focus into view, such as the reason that is asked for below a field."""
        self._note_anchor()
        focused, row = QApplication.focusWidget(), self._focus.row
        if focused is None or row is None or focused is row.editor.focus_target():
            return
        if focused.height() < self.viewport().height():
            self.ensureWidgetVisible(focused, 0, 12)

    def _on_entered(self, row: FieldRow) -> None:
        self._show_place(row)

    def _on_place_moved(self) -> None:
        row = self.sender()
        if isinstance(row, FieldRow) and row.editor_has_focus:
            self._show_place(row)

    def _on_go_to(self, path: str) -> None:
        if not self.go_to(path):
            self.request_go_to.emit(path)

    def _on_finished(self) -> None:
        """Enter: the next field, never the next step."""
        rows = self.rows()
        at = rows.index(self.sender()) + 1  # type: ignore[arg-type]
        if at < len(rows):
            self.focus_path(rows[at].place.path)


class StepPage(Page):
    """A step of fields. Heading and footer are the shell's."""

    def __init__(self, session: Session, step: Step, services: Services) -> None:
        super().__init__("surface")
        self.step = step
        self._session = session
        self.view = FieldsView(step.group, session, services)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        wire_view(self, self.view)
        self._end = session.subscribe(self.view.take_change)

    def go_to(self, path: str) -> None:
        """See :class:`Page`."""
        self.view.go_to(path)

    def focus_first(self) -> None:
        """See :class:`Page`."""
        self.view.focus_path(self.first_open_path())

    def first_open_path(self) -> str:
        """Path of the first field that is unfilled or has an issue; else of the first one."""
        return self.view.first_open_path()

    def commit_open_editors(self) -> None:
        """See :class:`Page`."""
        for row in self.view.rows():
            row.editor.commit()

    def set_compact(self, compact: bool) -> None:
        """See :class:`Page`."""
        self.view.set_compact(compact)

    def close_page(self) -> None:
        """See :class:`Page`."""
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: PgUp and PgDn scroll, wherever the focus is."""
        if not scroll_by_key(self.view, event):
            super().keyPressEvent(event)


def wire_view(page: Page, view: FieldsView) -> None:
    """Hand the signals of a view on to its page."""
    view.focus_moved.connect(page.focus_changed)
    view.request_go_to.connect(page.request_go_to)
    view.request_page.connect(page.request_page)
    view.sources_requested.connect(page.focus_changed)


def scroll_by_key(view: QScrollArea, event: QKeyEvent) -> bool:
    """Scroll for PgUp and PgDn without Ctrl; whether the key was one of them."""
    step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
    if not step or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + step * bar.pageStep())
    return True
