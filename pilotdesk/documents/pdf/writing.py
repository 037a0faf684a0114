"""Writing an outline as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pdf.pages import HeadingPlace
    from pilotdesk.documents.pictures import Album


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What was written.

    Attributes:
        pages: numbered pages; the cover is not counted.
        page_of: path of each printed answer → printed number of the page where it first stands; answers that stand
            on the cover only are not in it.
        headings: those of level 1, in order.
        missing: characters of answers that no face has, printed as 〓.
    """

    pages: int
    page_of: dict[str, int]
    headings: list[HeadingPlace]
    missing: frozenset[str]


def write_pdf(
    outline: Outline,
    target: Path,
    progress: Callable[[int, int], None] | None = None,
    album: Album | None = None,
) -> PdfResult:
    """Write an outline as PDF; the same outline always gives the same bytes.

    Args:
        outline: what is printed.
        target: the file, replaced when it is there.
        progress: called after each page with pages drawn and pages in all.
        album: gives the attached pictures; without it frames stand for them.

    Raises:
        PilotDeskError: ``program_incomplete`` when a font is missing.
        OSError: the file cannot be written.
    """
    from pilotdesk.documents.fonts import shipped_fonts
    from pilotdesk.documents.pdf.canvas import Press
    from pilotdesk.documents.pdf.layout import lay_out
    from pilotdesk.documents.pdf.properties import FileProperties, whole_texts

    layout = lay_out(outline, album)
    properties = FileProperties.of_outline(outline)
    press = Press(shipped_fonts(), properties, token=outline.token, texts=whole_texts(outline))
    target.write_bytes(press.print(layout.flow.pages, progress))
    return PdfResult(layout.numbered, layout.flow.page_of, layout.flow.headings, layout.missing)
