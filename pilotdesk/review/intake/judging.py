"""Files that belong together become a submission: its answers, what is found in them, and whether its carriers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.review.checking.formal_checks import PRINTS, Received
from pilotdesk.review.checking.judging import judge
from pilotdesk.review.intake import words
from pilotdesk.review.intake.grouping import counting, older
from pilotdesk.review.intake.packing import unpacked
from pilotdesk.review.intake.packs import form_for, points_for
from pilotdesk.review.records import Agreement, AnsweringPaper, Differing, Kind, State, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.review.intake.records import Card, Gathered, Kept
    from pilotdesk.review.records import ReceivedFile

MOST_DIFFERING: Final = 300
"""Answers that are shown side by side; more is another text altogether."""


def submission_of(gathered: Gathered, today: date, due: date | None) -> Submission:
    """Judge files that belong together.

    Args:
        gathered: the files.
        today: the day on which they came.
        due: the last day for them; ``None`` where there is none.

    Raises:
        PackError: the form is not installed any more.
    """
    return _Judging(gathered).submission(today, due)


class _Judging:
    """The files of one submission, unpacked."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._source: Card = counting(gathered.cards)
        self._old = {card.number: card for card in older(gathered.cards)}
        self._kept: dict[int, Kept] = {card.number: unpacked(card.kept) for card in gathered.cards}

    def submission(self, today: date, due: date | None) -> Submission:
        source, kept = self._source, self._kept[self._source.number]
        pack, form = form_for(source.round, source.form)
        kind = source.file.kind
        received = self._received(today, due)
        values = self._values(form, received.printed)
        judged = judge(
            received, values, kept.accepted, pack=pack,
            points=points_for(source.round, source.form, kind, frozenset(kept.unread)), answering=kept.returned,
        )  # fmt: skip
        apart = judged.agreement not in {Agreement.ALL, Agreement.ALONE}
        return Submission(
            key=self._gathered.key, round=source.round, form=source.form, form_version=source.form_version,
            project=next((card.project for card in self._by_age() if card.project), ""), facts=judged.facts,
            values=values, source=kind, code=source.digest, revision=self._revision(), practice=source.practice,
            files=received.files, agreement=judged.agreement,
            differing=tuple(self._differing(form)) if apart else (), filled=judged.filled, asked=judged.asked,
            findings=judged.findings, attachments=self._attachments(), missing_attachments=judged.missing_attachments,
        )  # fmt: skip

    def _by_age(self) -> list[Card]:
        """The files, that whose answers count first, newer versions before older ones."""
        rest = sorted(
            (card for card in self._gathered.cards if card is not self._source),
            key=lambda card: (-card.revision, card.file.place, card.number),
        )
        return [self._source, *rest]

    def _revision(self) -> int:
        return max(card.revision - (card.draft and card.revision > 0) for card in self._gathered.cards)

    def _received(self, today: date, due: date | None) -> Received:
        source, kept = self._source, self._kept[self._source.number]
        files = [*map(self._told, self._gathered.cards), *self._gathered.others]
        kept_all = [self._kept[card.number] for card in self._by_age()]
        return Received(
            documents=tuple(document for one in kept_all for document in one.documents),
            files=tuple(sorted(files, key=lambda file: (file.place, file.sha256))),
            source=source.file.kind,
            form_version=source.form_version,
            practice=source.practice,
            printed=self._printed() if source.file.kind in PRINTS else {},
            damaged=kept.damaged,
            filled=source.file.filled,
            asked=source.file.asked,
            received_on=today,
            due=due,
        )

    def _told(self, card: Card) -> ReceivedFile:
        """A file with the word that another one counts."""
        if card.number not in self._old:
            return card.file
        package = counting(one for one in self._gathered.cards if one.file.kind is Kind.PILOT)
        same = card.digest == package.digest
        return replace(
            card.file, sentence=(words.second_copy if same else words.older_package)(package.file.place)
        )

    def _printed(self) -> dict[str, str]:
        """What stands in the prints of the version that counts, of several documents together."""
        source = self._source
        printed: dict[str, str] = {}
        for card in reversed(self._by_age()):
            if (card.file.kind, card.revision, card.draft) == (
                source.file.kind,
                source.revision,
                source.draft,
            ):
                printed |= self._kept[card.number].printed
        return printed

    def _values(self, form: Form, printed: Mapping[str, str]) -> Mapping[str, Value]:
        stored = self._kept[self._source.number].values
        if self._source.file.kind in PRINTS and not stored:
            from pilotdesk.review.intake.printed_values import (
                values_of,
            )  # much comes with it, and most send packages

            return values_of(form, printed)
        return {path: value for path, value in stored.items() if _exists(form, path)}

    def _attachments(self) -> int:
        inside = self._kept[self._source.number].attachments
        others = (file for file in self._gathered.others if not isinstance(file, AnsweringPaper))
        beside = (file for file in others if file.kind is Kind.ATTACHMENT)
        return inside or sum(file.state is not State.REFUSED for file in beside)

    def _differing(self, form: Form) -> Iterator[Differing]:
        """Answers that are not the same in all carriers of ours, each document by itself, older packages left out."""
        documents: dict[str, list[Card]] = {}
        for card in self._by_age():
            if card.number not in self._old and card.file.kind is not Kind.PLAIN_WORD:
                for document in self._kept[card.number].documents:
                    documents.setdefault(document.identity.document, []).append(card)
        left = MOST_DIFFERING
        for cards in documents.values():
            for one in self._between(form, cards):
                if not left:
                    return
                left -= 1
                yield one

    def _between(self, form: Form, cards: Sequence[Card]) -> Iterator[Differing]:
        texts = [(card.file.place, self._kept[card.number].printed) for card in cards]
        paths = dict.fromkeys(path for _, printed in texts for path in printed)
        rows = _rows(paths)
        for path in paths:
            told = tuple((place, printed.get(path, "")) for place, printed in texts)
            if len({text for _, text in told}) > 1:
                yield Differing(path, _label(form, rows, path), told)


def _exists(form: Form, path: str) -> bool:
    try:
        field_at(form, path)
    except KeyError:
        return False
    return True


def _rows(paths: Mapping[str, object]) -> dict[str, tuple[Row, ...]]:
    """The rows that paths name, table by table in their order, without cells."""
    rows: dict[str, dict[str, Row]] = {}
    for place in filter(None, map(split_cell_path, paths)):
        rows.setdefault(place[0], {})[place[1]] = Row(place[1])
    return {table: tuple(listed.values()) for table, listed in rows.items()}


def _label(form: Form, rows: Mapping[str, tuple[Row, ...]], path: str) -> str:
    try:
        return number_and_label(form, path, rows)
    except KeyError:
        return path
