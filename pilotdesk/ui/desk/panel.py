"""The review of one submission: six points with their verdicts, what was found, the words to the unit, the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.records import Verdict
from pilotdesk.review.desk.sight import point_of, sight_of
from pilotdesk.ui.desk.closer_looks import CloserLooks
from pilotdesk.ui.desk.panel_frame import PanelFrame
from pilotdesk.ui.desk.panel_words import PanelWords
from pilotdesk.ui.desk.typed_keeper import TypedKeeper

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from pilotdesk.clock import Clock
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.looking import CloserLook
    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.review.desk.sight import Sight
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Runner


class ReviewPanel(PanelFrame):
    """Shows the submission that the sitting looks at.

    Args:
        look: the theme in force.
        sitting: the open desk.
        runner: off the window's thread; best one of its own, for whatever else it does holds up the lines of the points.
        clock: the time.

    Signals:
        next_wanted, previous_wanted: another submission is to be looked at; everything that was written is kept.
        material_wanted: the document is to be shown, at a path or from its beginning.
        place_shown: a finding at this path is looked at; the document follows where it is open.
        changes_wanted: only what changed is to be shown.
    """

    next_wanted = Signal()
    previous_wanted = Signal()
    material_wanted = Signal(str)
    place_shown = Signal(str)
    changes_wanted = Signal()

    def __init__(self, look: Look, sitting: Sitting, *, runner: Runner, clock: Clock) -> None:
        self.words = PanelWords(look, sitting)
        self._reasons = TypedKeeper(sitting, self.words)
        super().__init__(look, self.words.box, self._reasons)
        self.words.setParent(self)
        self._sitting = sitting
        self._clock = clock
        self._points: Points | None = None
        self._closer = CloserLooks(sitting.desk.path, sitting.pack, runner, self)
        self._connect()
        for form, source in dict.fromkeys((one.form, one.source) for one in sitting.rows.values()):
            self._closer.points(form, source)  # read before it is asked for
        self._on_shown(sitting.current)

    def _connect(self) -> None:
        sitting = self._sitting
        sitting.shown.connect(self._on_shown)
        sitting.row_changed.connect(self._on_row_changed)
        sitting.changed.connect(self._on_changed)
        self._closer.ready.connect(self._on_ready)
        self._closer.seen.connect(self._on_seen)
        self._closer.failed.connect(sitting.failed)
        self.head.material_wanted.connect(self._on_material)
        self.points.material_wanted.connect(self.material_wanted)
        self.points.verdict_chosen.connect(self._on_verdict)
        self.points.current_changed.connect(self._on_current)
        self.points.say_wanted.connect(self.speak_of)
        self.words.escaped.connect(self.points.focus_current)
        self.words.place_changed.connect(self._on_place)
        self.conclusion.drawn.connect(sitting.conclude)
        self.conclusion.failed.connect(sitting.failed)
        self.keep_button.clicked.connect(self.keep_verdicts)
        self.head.changes_wanted.connect(self.changes_wanted)
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.save_and_next)

    # -- what keys and menu ask for -----------------------------------------------------------------

    def give(self, verdict: Verdict) -> None:
        """Give the current point a verdict and go on to the next; one that is out of view is only brought there.

        What is wanted of a unit is still to be said: until the next verdict the text speaks of the point that was judged.
        """
        number = self.points.current
        if not self.points.is_in_view():
            self.points.bring_into_view()
        elif self._give(number, verdict):
            self.points.go_on(number)
            if verdict is not Verdict.PASSED and self.points.sight is not None:
                self.words.speak_of(self.points.sight.point(number).place)

    def next_doubt(self, step: int = 1) -> None:
        """Go to the next finding that must be mended or confirmed, or with -1 to the one before."""
        self.points.next_doubt(step)

    def next_point(self, step: int = 1) -> None:
        """Go to the next point, or with -1 to the one before."""
        self.points.step(step)

    def open_phrases(self) -> None:
        """Show the phrases for the place that is spoken of."""
        self.area.ensureWidgetVisible(self.words.box)
        self.words.open_phrases()

    def save_and_next(self) -> None:
        """Store what was written and ask for the next submission."""
        self.words.flush()
        self.next_wanted.emit()

    def go_back(self) -> None:
        """Store what was written and ask for the submission before."""
        self.words.flush()
        self.previous_wanted.emit()

    def speak_of(self, place: str) -> None:
        """Write to the unit about a place: the path of an answer, ``point:5``, empty for the whole."""
        dossier = self._dossier()
        if self._points is not None and dossier is not None:
            home = point_of(place, self._points, dossier.submission.findings)
            self.points.go_to(home, self.points.finding_at(place))
        self.words.speak_of(place)
        self.words.box.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(self.words.box)

    def flush(self) -> bool:
        """Store what was written; whether all of it is. The page asks before it closes."""
        return all((self.words.flush(), self._reasons.flush()))

    def keep_verdicts(self) -> None:
        """沿用: what was passed in the round before stays passed."""
        sight = self.points.sight
        if sight is not None:
            self._sitting.keep_verdicts(self._sitting.current, sight.keepable())

    # -- showing ---------------------------------------------------------------------------------

    @property
    def _refusal(self) -> str:
        refusal = self._sitting.desk.access.refusal
        return str(refusal) if refusal is not None else ""

    def _on_shown(self, _key: str) -> None:
        self.words.flush()
        self._closer.stop()
        self._points = None
        dossier = self._dossier()
        if dossier is not None:
            self._points = self._closer.points(dossier.row.form, dossier.row.source)
        self.show_page(
            self._points is not None
        )  # the first of its kind follows as soon as its points are read
        if dossier is None or self._points is None:
            return
        sight = sight_of(dossier, self._points)
        self.points.begin(sight)
        self._show(dossier, sight)
        self.area.verticalScrollBar().setValue(0)
        self.points.come_into_view()
        self._closer.look(dossier, self._points)

    def _on_ready(self) -> None:
        if self._points is None and self._sitting.current:
            self._on_shown(self._sitting.current)

    def _on_row_changed(self, key: str) -> None:
        dossier = self._dossier() if key == self._sitting.current else None
        if dossier is not None and self._points is not None:
            self._show(dossier, sight_of(dossier, self._points))

    def _on_changed(self) -> None:
        """Submissions came in: the one looked at may be another round now."""
        if self._sitting.current in self._sitting.rows:
            self._on_row_changed(self._sitting.current)
            dossier = self._dossier()
            if dossier is not None and self._points is not None:
                self._closer.look(dossier, self._points)

    def _dossier(self) -> Dossier | None:
        try:
            return self._sitting.dossier()
        except DeskError as trouble:
            self._sitting.failed.emit(trouble)
            return None

    def _show(self, dossier: Dossier, sight: Sight) -> None:
        refusal = self._refusal
        self.head.show_one(dossier)
        self.words.show_one(dossier, sight, self._points, refusal)
        self.points.show_sight(
            sight, said=self.words.said_of(sight), before=self.words.before_of(sight), refusal=refusal,
            numbers={key: self._sitting.rows[key].number for key in sight.others() if key in self._sitting.rows},
        )  # fmt: skip
        self.words.show_point(self.points.current)
        self.conclusion.show_one(dossier, refusal)
        self.hold(refusal)
        self.show_keepable(0 if refusal else len(sight.keepable()))

    def _on_seen(self, closer: CloserLook | None) -> None:
        self.head.show_untouched(closer.untouched if closer is not None else None)
        self.points.show_lines(closer.lines if closer is not None else ())

    # -- deciding --------------------------------------------------------------------------------

    def _give(self, number: int, verdict: Verdict | None) -> bool:
        """Give a point a verdict; whether it has it now."""
        key, sight = self._sitting.current, self.points.sight
        if not key or sight is None or self._points is None or self._refusal:
            return False
        self._sitting.verdict(key, number, verdict)
        now = self.points.sight
        given = now.point(number).given if now is not None else None
        return (given.verdict if given else None) is verdict

    def _on_verdict(self, number: int, verdict: Verdict) -> None:
        """A click gives a verdict, and takes back the one that is given."""
        sight = self.points.sight
        if sight is None:
            return
        given = sight.point(number).given
        taken_back = given is not None and given.verdict is verdict
        self.points.go_to(number)
        self._give(number, None if taken_back else verdict)

    def _on_current(self, number: int) -> None:
        finding = self.points.finding
        self.words.show_point(number, finding)
        if finding is not None and finding.path:
            self.place_shown.emit(finding.path)

    def _on_place(self) -> None:
        sight = self.points.sight
        if sight is not None:
            self.points.show_said(self.words.said_of(sight))

    def _on_material(self) -> None:
        finding = self.points.finding
        self.material_wanted.emit(finding.path if finding is not None else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: nothing that was written is left behind."""
        self.words.flush()
        super().closeEvent(event)
