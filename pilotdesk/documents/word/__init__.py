"""The Word carrier: an outline as .docx, as the print target describes it.

Importing this package is cheap; segno and Pillow are imported when something is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pdf.pages import HeadingPlace
    from pilotdesk.documents.pictures import Album


def write_docx(
    outline: Outline,
    target: Path | BinaryIO,
    *,
    pages: int | None,
    contents: Sequence[HeadingPlace] = (),
    album: Album | None = None,
) -> None:
    """Write the Word file; characters that XML cannot hold are left out.

    Args:
        outline: what is printed.
        target: a path, overwritten without asking, or a stream open for writing.
        pages: numbered pages in all, as the PDF has them, for 共 n 页; ``None``: no total is printed.
        contents: the headings of parts as the PDF has them; one that is missing gets no page number. In a document
            with contents those that begin a page there begin one here, so that the contents are right although Word
            sets its lines a little differently; in every document the one over the seals.
        album: gives the attached pictures; without it words stand for them.

    Raises:
        OSError: the path cannot be written; :func:`pilotdesk.atomic.replacing` turns it into a sentence.
    """
    from pilotdesk.documents.word.writer import Writer

    data = Writer(outline, pages, contents, album).to_bytes()
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)
