"""What the papers of the desk are made of, read from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.archive import Archive
    from pilotdesk.review.outputs.statistics import Statistics
    from pilotdesk.review.outputs.summary_table import SummaryTable

SUMMARY: Final = "推荐汇总表"
STATISTICS: Final = "申报材料统计"
ANNEX: Final = "附件1"
"""Stands above the table in its Word file, which goes along with the letter."""


def summary_of(desk: DeskReading, pack: FormPack, on: date | None) -> SummaryTable:
    """The table of the picks, in the order of recommendation.

    Raises:
        ExportError: ``nothing_picked``; ``quota_over`` (sentence).
    """
    from pilotdesk.review.outputs.summary_table import Pick, summary_table_of

    picks = [Pick(key=pick.key, facts=desk.row(pick.key).facts, note=pick.reason) for pick in desk.picks()]
    return summary_table_of(pack.round, desk.settings()["bureau"], picks, on)


def summary_files(table: SummaryTable, stem: str = SUMMARY) -> dict[str, bytes]:
    """The table as Excel and Word files, by name."""
    from pilotdesk.review.outputs.summary_book import summary_book
    from pilotdesk.review.outputs.summary_paper import summary_paper

    return {f"{stem}.xlsx": summary_book(table), f"{stem}.docx": summary_paper(table, annex=ANNEX)}


def figures_of(desk: DeskReading, pack: FormPack) -> Statistics:
    """The figures of everything that came in."""
    from pilotdesk.review.desk.records import CONCLUSION_WORDS
    from pilotdesk.review.outputs.statistics import statistics_of

    return statistics_of(
        pack.round,
        desk.submissions(),
        {row.key: CONCLUSION_WORDS[row.conclusion] for row in desk.rows()},
        [pick.key for pick in desk.picks()],
        tuple(CONCLUSION_WORDS.values()),
    )


def archive_of(
    desk: DeskReading, pack: FormPack, keys: Sequence[str], taken_from: Sequence[Path], day: date
) -> Archive:
    """A package of what was received of these submissions, in this order.

    Args:
        desk: with them.
        pack: has the patterns of the names.
        keys: of the submissions.
        taken_from: see :class:`pilotdesk.review.outputs.archive.Archive`.
        day: for the names.

    Raises:
        ExportError: ``nothing_picked`` without keys. DeskError: ``desk_gone``.
    """
    from pilotdesk.errors import ExportError
    from pilotdesk.review.outputs.archive import Archive

    if not keys:
        raise ExportError("nothing_picked")
    return Archive(
        [desk.submission(key) for key in keys],
        taken_from,
        pack.round.kit,
        form=pack.forms["application"].head.short,
        province=desk.settings()["province"],
        day=f"{day:%Y%m%d}",
    )


def write_opinions(
    desk: DeskReading,
    pack: FormPack,
    keys: Sequence[str],
    folder: Path,
    *,
    today: date,
    progress: Callable[[int, int], None],
) -> tuple[Path, ...]:
    """A sheet for each of these submissions in a folder of their own, all of them or, in a new folder, none.

    Args:
        desk: with what was decided.
        pack: of the round.
        keys: of the submissions.
        folder: one that is there keeps what else is in it.
        today: for the lines that speak of dates.
        progress: called with (sheets done, sheets); may raise to stop.

    Raises:
        DeskError: ``desk_gone``. ExportError: those of :mod:`pilotdesk.atomic`, ``copy_differs``.
    """
    from pilotdesk.atomic import ensure_folder, folder_in_place, scratch_folder
    from pilotdesk.forms.installed import current_folder
    from pilotdesk.forms.review_sheet import read_review
    from pilotdesk.review.outputs.opinion_files import OpinionFiles

    review = read_review(current_folder(pack.round.name))
    maker = OpinionFiles(desk, pack, review, bureau=desk.settings()["bureau"], today=today)
    if folder.is_dir():
        return maker.write(keys, folder, progress)
    ensure_folder(folder.parent)
    with scratch_folder(beside=folder.parent, prefix=".pilotdesk-") as scratch:
        inside = scratch / folder.name
        written = maker.write(keys, inside, progress)
        made = folder_in_place(inside, folder)
    return tuple(made / path.name for path in written)
