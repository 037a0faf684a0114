"""The words to the unit: of which place, what is stored, which phrases fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.review.checking.points import MATERIAL, filled_in
from pilotdesk.review.desk.sight import WHOLE, place_words, point_of
from pilotdesk.ui.desk.phrase_popup import PhrasePopup, ReadyPhrase
from pilotdesk.ui.desk.point_details import Said
from pilotdesk.ui.desk.words_box import WordsBox
from pilotdesk.ui.desk.words_keeper import WordsKeeper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.records import Dossier, Opinion
    from pilotdesk.review.desk.sight import Sight
    from pilotdesk.review.records import Finding
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


class PanelWords(QObject):
    """Binds the text to a place of the submission that is looked at.

    Signals:
        escaped: the text is left for the keys.
        place_changed: another place is spoken of.

    Attributes:
        box: the widget. place: that is spoken of.
    """

    escaped = Signal()
    place_changed = Signal()

    def __init__(self, look: Look, sitting: Sitting) -> None:
        super().__init__()
        self._look = look
        self._sitting = sitting
        self.keeper = WordsKeeper(sitting, self)
        self.box = WordsBox(look)
        self.place = WHOLE
        self._point = MATERIAL
        self._phrase = ""
        self._dossier: Dossier | None = None
        self._sight: Sight | None = None
        self._points: Points | None = None
        self.box.written.connect(self._on_written)
        self.box.left.connect(self.flush)
        self.box.place_chosen.connect(self.speak_of)
        self.box.phrases_wanted.connect(self.open_phrases)
        self.box.escaped.connect(self.escaped)
        self.keeper.held_changed.connect(self.box.show_held)

    # -- shown -----------------------------------------------------------------------------------

    def show_one(self, dossier: Dossier, sight: Sight, points: Points | None, refusal: str) -> None:
        """Take over what is known of a submission; the place stays while it is the same one."""
        is_other = self._dossier is None or self._dossier.row.key != dossier.row.key
        self._dossier, self._sight, self._points = dossier, sight, points
        if is_other:
            self._point = -1
        self.box.hold(refusal)

    def show_point(self, number: int, finding: Finding | None = None) -> None:
        """Speak of a point, or of the answer that a finding is bound to; staying at a point keeps the place."""
        if self._sight is None:
            return
        if number != self._point or finding is not None:
            self.flush()
            self._point = number
            self._bind(finding.path if finding and finding.path else self._sight.point(number).place)
        self._show()

    def speak_of(self, place: str) -> None:
        """Speak of another place."""
        self.flush()
        self._bind(place)
        self._show()

    def said_of(self, sight: Sight) -> dict[int, tuple[Said, ...]]:
        """The opinions of this round by point, but for the one that stands in the text."""
        return {
            point.number: tuple(self._said(one) for one in point.opinions if one.place != self.place)
            for point in sight.points
        }

    def before_of(self, sight: Sight) -> dict[int, tuple[Said, ...]]:
        """Those of the round before, with whether the unit changed the answer since."""
        return {
            point.number: tuple(self._said(one, self._became_of(one)) for one in point.before)
            for point in sight.points
        }

    def flush(self) -> bool:
        """Store what was written; whether all of it is."""
        return self.keeper.flush()

    def _bind(self, place: str) -> None:
        if place != self.place:
            self.place = place
            self.place_changed.emit()

    def _became_of(self, opinion: Opinion) -> str:
        history = self._dossier.history if self._dossier is not None else ()
        changed = {one.path for one in history[-1].changed} if history else set()
        if not opinion.place or opinion.place.startswith("point:"):
            return ""
        table = opinion.place.partition("[")[0]
        touched = opinion.place in changed or (
            table == opinion.place and any(path.partition("[")[0] == table for path in changed)
        )
        return "这一处改了" if touched else "这一处没改"

    def _said(self, opinion: Opinion, note: str = "") -> Said:
        return Said(opinion.place, self._words_of(opinion.place), opinion.text, note)

    def _words_of(self, place: str) -> str:
        dossier, sight = self._dossier, self._sight
        if dossier is None or sight is None:
            return place
        form = self._sitting.pack.forms[dossier.row.form]
        return place_words(place, sight, form, dossier.submission.values)

    def _show(self) -> None:
        dossier, sight = self._dossier, self._sight
        if dossier is None or sight is None:
            return
        places = list(dict.fromkeys((*self._places(), self.place)))
        self.box.show_places([(place, self._words_of(place)) for place in places], self.place)
        key = dossier.row.key
        stored = sight.opinion_at(self.place)
        self._phrase = stored.phrase if stored else ""
        waiting = self.keeper.waiting(key, self.place)
        text = waiting if waiting is not None else stored.text if stored else ""
        self.box.show_words(f"{key} {dossier.row.handed} {self.place}", text)

    def _places(self) -> Iterator[str]:
        """What can be spoken of: the point, the answers that something was found at or said of, the whole."""
        if self._sight is None:
            return
        point = self._sight.point(self._point)
        yield point.place
        yield from (finding.path for finding in point.findings if finding.path)
        yield from (opinion.place for opinion in point.opinions)
        yield WHOLE

    # -- writing ---------------------------------------------------------------------------------

    def _on_written(self, text: str) -> None:
        if self._dossier is not None:
            self.keeper.write(self._dossier.row.key, self.place, text, self._phrase)

    def open_phrases(self) -> None:
        """Show the phrases that fit the place, those used most first."""
        if self._dossier is None or self._points is None or self._sitting.is_look_only:
            return
        popup = PhrasePopup(self._look, self.box, tuple(self._phrases(self._points)))
        popup.chosen.connect(self._on_phrase)
        popup.open_below(self.box.phrases)

    def _phrases(self, points: Points) -> Iterator[ReadyPhrase]:
        used = self._sitting.desk.phrases_used()
        number, label = self._spoken_of()
        findings = self._dossier.submission.findings if self._dossier is not None else ()
        at = point_of(self.place, points, findings) if self.place else self._point
        phrases = points.phrases(at)
        own = [phrase for phrase in phrases if phrase.point]
        rest = [phrase for phrase in phrases if not phrase.point]
        for some in (own, rest):
            for phrase in sorted(some, key=lambda one: -used.get(one.name, 0)):
                yield ReadyPhrase(phrase.name, filled_in(phrase.text, number, label))

    def _spoken_of(self) -> tuple[str, str]:
        """Number and label of the answer that is spoken of; empty for a point."""
        if not self.place or self.place.startswith("point:"):
            return "", ""
        words = self._words_of(self.place)
        number, _, label = words.partition(" ")
        return (number, label) if number[:1].isdigit() else ("", words)

    def _on_phrase(self, phrase: ReadyPhrase) -> None:
        if not self.box.area.toPlainText().strip():
            self._phrase = phrase.name
        self.box.add_phrase(phrase.text)
