"""Sheets of the program's own to be read and printed: no form, so without a check code, a unit and a watermark."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk import __version__
from pilotdesk.documents.blocks import Cell, Outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.documents.blocks import Block


def reading_sheet(title: str, reference: str, blocks: tuple[Block, ...]) -> Outline:
    """The sheet as the writer takes it; ``reference`` stands at the head of each page."""
    return Outline(
        title=title, name=title, project=f"{title}　第 {__version__} 版", unit="", reference_line=reference,
        revision=0, draft=False, watermark="", check_code="", token=f"PDK;{__version__}", blocks=blocks,
    )  # fmt: skip


def label_cells(lines: Iterable[Sequence[str]]) -> tuple[tuple[Cell, ...], ...]:
    """Lines of a table, lines × columns."""
    return tuple(tuple(Cell(text, "label") for text in line) for line in lines)


def two_beside(lines: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The first half of the lines beside the second, so that twice as many stand on a page."""
    half = (len(lines) + 1) // 2
    pairs = zip_longest(lines[:half], lines[half:], fillvalue=("", ""))
    return tuple((*left, *right) for left, right in pairs)


def save_sheet(sheet: Outline, name: str) -> Path:
    """Write a sheet as a PDF; ``.pdf`` is added when the name lacks it.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``, ``target_open_elsewhere``.
        PilotDeskError: ``program_incomplete``.
    """
    from pilotdesk.atomic import replacing
    from pilotdesk.documents.pdf.writing import write_pdf

    target = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
    with replacing(target) as part:
        write_pdf(sheet, part)
    return target
