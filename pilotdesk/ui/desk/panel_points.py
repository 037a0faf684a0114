"""The points of a submission one below the other; the current one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.records import SharedFinding
from pilotdesk.ui.desk.point_details import PointDetails, Shown
from pilotdesk.ui.desk.point_row import PointRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.review.desk.sight import Sight
    from pilotdesk.review.records import Finding
    from pilotdesk.ui.desk.point_details import Said
    from pilotdesk.ui.look.theme import Look

    SaidOf = Mapping[int, tuple[Said, ...]]

USUAL: Final = 7
"""Points of an application with the form of the material; their rows are made with the panel, not when the first is shown."""


class PanelPoints(QWidget):
    """Rows of points, and below the current one its details.

    Signals:
        current_changed: number of the point that is current now, or whose finding is.
        verdict_chosen: number of a point, and the verdict that was clicked.
        material_wanted: the material is to be shown at a path.
        say_wanted: something is to be said of a place.
        other_wanted: see :class:`pilotdesk.ui.desk.point_details.PointDetails`.
        rebuilt: widgets came or moved.

    Attributes:
        sight: what is shown; ``None`` before anything is.
        current: number of the current point.
    """

    current_changed = Signal(int)
    verdict_chosen = Signal(int, object)
    material_wanted = Signal(str)
    say_wanted = Signal(str)
    other_wanted = Signal(str, str)
    rebuilt = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.sight: Sight | None = None
        self.current = MATERIAL
        self.rows: list[PointRow] = []
        self.details = PointDetails(look)
        self._finding = -1
        self._asks = self._whole = False
        self._said: SaidOf = {}
        self._before: SaidOf = {}
        self._refusal = ""
        self._numbers: Mapping[str, int] = {}
        self._coming = QTimer(self, singleShot=True, interval=0)
        self._coming.timeout.connect(self.bring_into_view)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.details)  # until the rows are there; a page that shows none closes it too
        for _ in range(USUAL):
            self._add_row()
        self.details.place_wanted.connect(self.material_wanted)
        self.details.say_wanted.connect(self.say_wanted)
        self.details.other_wanted.connect(self.other_wanted)
        self.details.asks_toggled.connect(self._on_asks)
        self.details.more_wanted.connect(self._on_more)

    # -- shown -----------------------------------------------------------------------------------

    def begin(self, sight: Sight) -> None:
        """Another submission: begin with its first open point."""
        self.current = sight.first_open()
        self._finding, self._whole = -1, False

    def show_sight(
        self, sight: Sight, *, said: SaidOf, before: SaidOf, refusal: str, numbers: Mapping[str, int]
    ) -> None:
        """Show what is known now.

        Args:
            sight: of the submission.
            said: opinions of this round by point.
            before: of the round before.
            refusal: why nothing can be decided; empty when it can.
            numbers: of the other submissions that its findings speak of, by key.
        """
        self._numbers = numbers
        self.sight, self._said, self._before, self._refusal = sight, said, before, refusal
        while len(self.rows) < len(sight.points):
            self._add_row()
        for at, one in enumerate(self.rows):
            one.setVisible(at < len(sight.points))
            if at < len(sight.points):
                one.show_point(sight.points[at], refusal)
        self._show_current()

    def show_said(self, said: SaidOf) -> None:
        """Show the opinions of this round anew."""
        self._said = said
        self._show_current()

    def show_lines(self, lines: Sequence[str]) -> None:
        """How things stand with each point; none while that is worked out."""
        for at, one in enumerate(self.rows):
            one.show_evidence(lines[at] if at < len(lines) else "")
            is_material = one.number == MATERIAL
            one.evidence.setVisible(not is_material)

    def _add_row(self) -> None:
        made = PointRow(self._look)
        made.chosen.connect(self.go_to)
        made.verdict_chosen.connect(self.verdict_chosen)
        made.material_wanted.connect(self.material_wanted)
        self.rows.append(made)
        self._layout.addWidget(made)

    def _show_current(self) -> None:
        sight = self.sight
        if sight is None:
            return
        numbers = [point.number for point in sight.points]
        if self.current not in numbers:
            self.current = sight.first_open()
        at = numbers.index(self.current)
        follows = any(one.is_current and one.hasFocus() for one in self.rows)
        for each, one in enumerate(self.rows):
            one.set_current(each == at)
        if follows:  # the ring stays with what the figures act on: Enter would lead back from anywhere else
            self.focus_current()
        if self._layout.indexOf(self.details) != at + 1:
            self._layout.removeWidget(self.details)
            self._layout.insertWidget(at + 1, self.details)
        point = sight.points[at]
        self._finding = min(self._finding, len(point.findings) - 1)
        is_new = self.details.show_point(
            Shown(
                point=msgspec.structs.replace(point, opinions=()),
                numbers=self._numbers,
                said=self._said.get(self.current, ()),
                before=self._before.get(self.current, ()),
                finding=self._finding, asks=self._asks, whole=self._whole, refusal=self._refusal,
            )
        )  # fmt: skip
        if is_new:
            self.rebuilt.emit()

    # -- walking ---------------------------------------------------------------------------------

    @property
    def finding(self) -> Finding | None:
        """The finding that is looked at; ``None`` when none is."""
        if self.sight is None or self._finding < 0:
            return None
        return self.sight.point(self.current).findings[self._finding]

    def finding_at(self, path: str) -> int:
        """Place of the finding looked at when it is bound to this answer; -1 else."""
        finding = self.finding
        return self._finding if finding is not None and finding.path == path else -1

    def look_for(self, other: str, code: str) -> None:
        """Look at what is the same in another submission, best by the same code; nothing happens where nothing is."""
        shared = [
            (one.code != code, point.number, at)
            for point in (self.sight.points if self.sight is not None else ())
            for at, one in enumerate(point.findings)
            if isinstance(one, SharedFinding) and other in one.others
        ]
        if shared:
            self.go_to(*min(shared, key=lambda found: found[0])[1:])

    def go_to(self, number: int, finding: int = -1) -> None:
        """Make a point the current one, and look at one of its findings."""
        if (number, finding) != (self.current, self._finding):
            self._whole = self._whole and number == self.current
            self.current, self._finding = number, finding
            self._show_current()
            self.current_changed.emit(number)
        elif finding >= 0:  # the only doubt: its place is spoken of and shown again
            self.current_changed.emit(number)
        self.come_into_view()

    def step(self, step: int) -> None:
        """Go on by so many points."""
        if self.sight is not None:
            self.go_to(self.sight.after(self.current, step))

    def go_on(self, number: int) -> None:
        """After a verdict: to the next point; to the form of the material only where something was found."""
        if self.sight is None:
            return
        following = self.sight.after(number)
        if following == MATERIAL and not self.sight.point(MATERIAL).findings:
            following = number
        self.go_to(following)

    def next_doubt(self, step: int) -> None:
        """To the next doubt, round from the last to the first; with -1 to the one before."""
        doubts = self.sight.doubts() if self.sight is not None else ()
        if self.sight is None or not doubts:
            return
        order = [point.number for point in self.sight.points]
        here = (order.index(self.current), self._finding)
        places = [(order.index(number), at) for number, at in doubts]
        if step > 0:
            chosen = next((at for at, place in enumerate(places) if place > here), 0)
        else:
            before = [at for at, place in enumerate(places) if place < here]
            chosen = before[-1] if before else len(places) - 1
        self.go_to(*doubts[chosen])

    def focus_current(self) -> None:
        """Take the keys away from the text."""
        for one in self.rows:
            if one.is_current:
                one.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_in_view(self) -> bool:
        """Whether the whole line of the current point can be seen, or some of the finding looked at; or will be in a moment."""
        current = next((one for one in self.rows if one.is_current), None)
        finding = self.details.current_finding()
        if current is None or self._coming.isActive():
            return current is not None
        if finding is not None and not finding.visibleRegion().isEmpty():
            return True
        return current.visibleRegion().boundingRect().height() >= current.height()

    def come_into_view(self) -> None:
        """Bring the current point into view once the rows have their new places."""
        self._coming.start()

    def bring_into_view(self) -> None:
        """Scroll to the current point, and to the finding that is looked at; while hidden they have no size to scroll by."""
        area = self.parentWidget()
        while area is not None and not hasattr(area, "ensureWidgetVisible"):
            area = area.parentWidget()
        current = next((one for one in self.rows if one.is_current), None)
        for widget in (current, self.details.current_finding()):
            if area is not None and widget is not None and widget.isVisible():
                area.ensureWidgetVisible(widget, 0, 4)

    def _on_asks(self) -> None:
        self._asks = not self._asks
        self._show_current()

    def _on_more(self) -> None:
        self._whole = True
        self._show_current()
