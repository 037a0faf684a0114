"""What ``review`` writes beside the desk's file: figures of the batch, and the list of what was picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.review.outputs.of_desk import STATISTICS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.file import Desk


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
    from pilotdesk.review.outputs.of_desk import figures_of
    from pilotdesk.review.outputs.statistics_book import statistics_book

    figures = figures_of(desk, pack)
    if figures.total:
        yield f"{STATISTICS}.xlsx", statistics_book(figures, desk.settings()["bureau"], SYSTEM_CLOCK.today())


def _summary(desk: Desk, pack: FormPack) -> tuple[dict[str, bytes], str]:
    """The list; nothing, and why, while more is picked than may be."""
    from pilotdesk.errors import ExportError
    from pilotdesk.review.outputs.of_desk import summary_files, summary_of

    if not desk.picks():
        return {}, ""
    try:
        table = summary_of(desk, pack, SYSTEM_CLOCK.today())
    except ExportError as trouble:
        return {}, str(trouble)
    return summary_files(table), ""
