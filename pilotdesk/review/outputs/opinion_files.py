"""审核意见表 of many projects, one after the other, straight from the desk into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import replacing
from pilotdesk.errors import ExportError
from pilotdesk.forms.kit_pattern import safe_name
from pilotdesk.review.checking.points import Points, evidence_lines
from pilotdesk.review.desk.said import place_of
from pilotdesk.review.desk.sight import point_of
from pilotdesk.review.outputs.opinion_papers import SheetHead, opinion_docx, opinion_name
from pilotdesk.review.outputs.summary_table import in_table_order
from pilotdesk.review.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.review_sheet import ReviewFile
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import Dossier

_LONGEST: Final = 100


class OpinionFiles:
    """Makes the sheets.

    Args:
        desk: with what was decided.
        pack: of the submissions. review: its review file; ``None`` when it has none.
        bureau: who reviewed. today: for the lines that speak of dates.
    """

    def __init__(
        self, desk: DeskReading, pack: FormPack, review: ReviewFile | None, *, bureau: str, today: date
    ) -> None:
        self._desk = desk
        self._pack = pack
        self._review = review
        self._bureau = bureau
        self._today = today
        self._order = {key: at for at, key in enumerate(in_table_order(pack.round, desk.picks()), 1)}
        self._fields = {field.code: field.label for field in pack.round.pilot_field}

    def write(
        self, keys: Sequence[str], folder: Path, progress: Callable[[int, int], None] | None = None
    ) -> tuple[Path, ...]:
        """Write a sheet for each of these submissions; one that is there already is replaced.

        Args:
            keys: of the submissions.
            folder: where to; made when missing.
            progress: called with (sheets done, sheets); may raise to stop, those before stay.

        Raises:
            DeskError: ``desk_gone``. ExportError: ``copy_differs``, and those of :mod:`pilotdesk.atomic`.
        """
        written: list[Path] = []
        for done, key in enumerate(keys):
            if progress is not None:
                progress(done, len(keys))
            dossier = self._desk.one(key)
            target = folder / f"{safe_name(opinion_name(dossier), longest=_LONGEST)}.docx"
            content = opinion_docx(dossier, self._head(dossier))
            with replacing(target) as part:
                part.write_bytes(content)
                if part.read_bytes() != content:
                    raise ExportError("copy_differs", folder=folder)
            written.append(target)
        if progress is not None:
            progress(len(keys), len(keys))
        return tuple(written)

    def _head(self, dossier: Dossier) -> SheetHead:
        label = self._fields.get(dossier.row.facts.field, "")
        return SheetHead(
            bureau=self._bureau,
            field=label,
            evidence=self._evidence(dossier),
            places=self._places(dossier),
            order=self._order.get(dossier.row.key, 0),
        )

    def _places(self, dossier: Dossier) -> dict[str, tuple[int, str]]:
        """Where each opinion belongs, as the pack says: a carrier may not bring the field that is spoken of."""
        submission = dossier.submission
        form = self._pack.forms.get(submission.form)
        if form is None:
            return {}
        points = Points(self._pack, submission.form, self._review)
        found: dict[str, tuple[int, str]] = {}
        for place in {one.place for one in dossier.opinions}:
            number, label = place_of(place, points, form, submission.values)
            point = point_of(place, points, submission.findings)
            found[place] = point, f"{number} {label}" if number else ""
        return found

    def _evidence(self, dossier: Dossier) -> tuple[str, ...]:
        """A line for every point; none for a Word file of somebody else, where an answer may only have had no place."""
        submission = dossier.submission
        if submission.form not in self._pack.forms or submission.source is Kind.PLAIN_WORD:
            return ()
        points = Points(self._pack, submission.form, self._review, source=submission.source)
        return evidence_lines(points, self._pack, submission.values, self._today)
