"""Groups of fields in a scroll area, built as they are needed; where the focus is, nothing moves away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.values import field_name
from pilotdesk.ui.fields.focus import FocusWatch
from pilotdesk.ui.fields.group import GroupBlock
from pilotdesk.ui.fields.row import FieldRow, has_work, is_answered
from pilotdesk.ui.look.breakpoints import form_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.forms.model import Group
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.services import Services

NEAR_TOP: Final = 3
"""Fields that are in view at the top of a page."""
FIRST_WEIGHT: Final = 10
"""Lines of text that are built before the page is first shown."""


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
        ended: Enter was pressed in the last field.
    """

    focus_moved = Signal(str)
    request_go_to = Signal(str)
    request_page = Signal(str)
    sources_requested = Signal(str)
    ended = Signal()

    def __init__(
        self, groups: Sequence[Group], session: Session, services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
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
        # From the outside to the inside: every move to another parent hands fonts and colours down to all below.
        self.body = FieldsBody()
        self.body.column.setContentsMargins(24, 4, 24, 24)
        self.setWidget(self.body)
        self.blocks = [GroupBlock(group, session, services) for group in groups]
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._build_more)
        for block in self.blocks:
            self.body.column.addWidget(block)
            block.built.connect(self._on_built)
        self.body.column.addStretch(1)
        self._build_first()
        self.body.resized.connect(self._hold_anchor)
        self.verticalScrollBar().valueChanged.connect(self._note_anchor)
        services.look.changed.connect(self._fit)
        self._focus.moved.connect(self.focus_moved)
        self._focus.entered.connect(self._on_entered)
        self._focus.changed.connect(self._on_focus_changed)

    # -- building --------------------------------------------------------------------------------

    def _build_first(self) -> None:
        """Make what one sees at first; the rest follows when there is nothing else to do."""
        weight = 0
        for block in self.blocks:
            if block.is_relevant and weight < FIRST_WEIGHT:
                block.build()
                weight += block.weight
        self._more.start()

    def _build_more(self) -> None:
        block = next((block for block in self.blocks if block.is_relevant and not block.rows), None)
        if block is not None:
            block.build()
            self._more.start()

    def _build_until(self, name: str) -> None:
        """Make everything down to a field, so that its place is known."""
        groups = [any(field.name == name for field in block.group.field) for block in self.blocks]
        for block in self.blocks[: groups.index(True) + 1] if True in groups else []:
            if block.is_relevant or groups[self.blocks.index(block)]:
                block.build()

    def _on_built(self, block: GroupBlock) -> None:
        for row in block.rows:
            row.request_go_to.connect(self._on_go_to)
            row.request_page.connect(self.request_page)
            row.sources_requested.connect(self.sources_requested)
            row.place_moved.connect(self._focus.place_moved)
            row.place_moved.connect(self._on_place_moved)
            row.finished.connect(self._on_finished)
        if self._columns:
            self._show_rules()
            for row in block.rows:
                row.editor.fit_view(self.maximumViewportSize().height())

    # -- rows ------------------------------------------------------------------------------------

    def rows(self) -> list[FieldRow]:
        """The rows that are asked now and built, in reading order."""
        return [row for block in self.blocks if block.is_relevant for row in block.relevant_rows()]

    def row_of(self, path: str) -> FieldRow | None:
        """The row that a path belongs to; ``None`` when it is not on this page."""
        name = field_name(path)
        self._build_until(name)
        return next((row for block in self.blocks for row in block.rows if row.name == name), None)

    def first_open_path(self) -> str:
        """Path of the first field that is unfilled or has an issue, else of one at the top; empty without fields."""
        relevant = self._session.is_relevant
        asked = [
            field
            for block in self.blocks
            if block.is_relevant
            for field in block.group.field
            if relevant(field.name)
        ]
        for field in asked:
            if is_answered(field) and has_work(self._session, field.name):
                return field.name
        # Nothing is left to do: begin at the top, where the first field that one may change is in view.
        first = next((field for field in asked[:NEAR_TOP] if is_answered(field)), asked[0] if asked else None)
        return first.name if first is not None else ""

    def go_to(self, path: str) -> bool:
        """Bring a path into view and give it the focus; whether it is on this page."""
        row = self.row_of(path)
        if row is None or row not in self.rows():
            return False
        row.go_to(path)
        self.show_row(row)
        self._focus.tell(row)
        return True

    def focus_path(self, path: str) -> None:
        """Give the focus to a path without saying that it is unfilled."""
        row = self.row_of(path)
        if row is not None:
            row.editor.go_to(path)
            self.show_row(row)
            self._focus.tell(row)

    def show_row(self, row: FieldRow) -> None:
        """Bring a row into view: all of it, or its top and the place inside that has the focus."""
        self.body.column.activate()
        if row.height() <= self.maximumViewportSize().height():
            self.ensureWidgetVisible(row, 0, 12)
        else:
            top = row.mapTo(self.body, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - 8)
        self._show_place(row)

    def _show_place(self, row: FieldRow) -> None:
        """Bring the place with the focus into view, such as the current cell."""
        area = row.editor.focus_area()
        center = row.editor.mapTo(self.body, area.center())
        half = min(area.height(), self.maximumViewportSize().height() - 24) // 2
        self.ensureVisible(self.viewport().width() // 2, center.y(), 0, half + 8)

    def take_change(self, change: Change) -> None:
        """Hand a change to the rows it concerns; show and hide what became relevant or ceased to be."""
        flipped = change.relevance
        for block in self.blocks:
            for row in block.rows:
                row.take_change(change)
            names = {f"group:{block.group.name}", *(field.name for field in block.group.field)}
            if not names.isdisjoint(flipped):
                block.rearrange()
        if flipped:
            self._more.start()
            self._show_rules()

    # -- fitting ---------------------------------------------------------------------------------

    def set_compact(self, compact: bool) -> None:
        """Margins of 16 instead of 24."""
        margin = 16 if compact else 24
        if margin != self._margin:
            self._margin = margin
            self.body.column.setContentsMargins(margin, 4, margin, 24)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: columns follow the width, long texts the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = form_columns(self.width(), self._look.theme.factor)
        if columns != self._columns:
            self._columns = columns
            for block in self.blocks:
                block.arrange(columns)
            self._show_rules()
        for row in self.rows():
            row.editor.fit_view(self.maximumViewportSize().height())

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
        seen = QRect(0, self.verticalScrollBar().value(), 1, self.maximumViewportSize().height())
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
        if focused.height() < self.maximumViewportSize().height():
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
        """Enter: the next field that one writes in, never the next step; from the last one to the way on."""
        while self._more.isActive():
            self._more.stop()
            self._build_more()
        rows = self.rows()
        after = rows[rows.index(self.sender()) + 1 :]  # type: ignore[arg-type]
        # In a field carried over Enter leads to where it comes from: who only goes on would land on another page.
        following = next((row for row in after if is_answered(row.place.field)), None)
        if following is not None:
            self.focus_path(following.place.path)
        else:
            self.ended.emit()
