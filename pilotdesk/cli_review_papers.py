"""What ``review`` writes beside the desk's file: figures of the batch, and the list of what was picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.file import Desk

STATISTICS, SUMMARY = "申报材料统计", "推荐汇总表"
_ANNEX: Final = "附件1"


def write_papers(desk: Desk, pack: FormPack, folder: Path) -> tuple[tuple[Path, ...], str]:
    """Write them, all or none; those of the time before are replaced.

    Args:
        desk: open.
        pack: of its round.
        folder: where to.

    Returns:
        The files, and a sentence about what could not be made; empty for nothing.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``, ``target_open_elsewhere``.
    """
    from pilotdesk.atomic import replacing_together

    contents = dict(_statistics(desk, pack))
    listed, lacking = _summary(desk, pack)
    with replacing_together() as beside:
        for name, content in (contents | listed).items():
            beside(folder / name).write_bytes(content)
    return tuple(folder / name for name in (contents | listed)), lacking


def _statistics(desk: Desk, pack: FormPack) -> Iterator[tuple[str, bytes]]:
    from pilotdesk.review.desk.records import CONCLUSION_WORDS
    from pilotdesk.review.outputs.statistics import statistics_of
    from pilotdesk.review.outputs.statistics_book import statistics_book

    figures = statistics_of(
        pack.round,
        desk.submissions(),
        {row.key: CONCLUSION_WORDS[row.conclusion] for row in desk.rows()},
        [pick.key for pick in desk.picks()],
        tuple(CONCLUSION_WORDS.values()),
    )
    if figures.total:
        yield f"{STATISTICS}.xlsx", statistics_book(figures, desk.settings()["bureau"], SYSTEM_CLOCK.today())


def _summary(desk: Desk, pack: FormPack) -> tuple[dict[str, bytes], str]:
    """The list; nothing, and why, while more is picked than may be."""
    from pilotdesk.errors import ExportError
    from pilotdesk.review.outputs.summary_book import summary_book
    from pilotdesk.review.outputs.summary_paper import summary_paper
    from pilotdesk.review.outputs.summary_table import Pick, summary_table_of

    picks = [Pick(key=pick.key, facts=desk.row(pick.key).facts, note=pick.reason) for pick in desk.picks()]
    if not picks:
        return {}, ""
    try:
        table = summary_table_of(pack.round, desk.settings()["bureau"], picks, SYSTEM_CLOCK.today())
    except ExportError as trouble:
        return {}, str(trouble)
    return {f"{SUMMARY}.xlsx": summary_book(table), f"{SUMMARY}.docx": summary_paper(table, annex=_ANNEX)}, ""
