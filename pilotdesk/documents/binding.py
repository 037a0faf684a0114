"""All pieces of evidence in one PDF: in the order of the ledger, with bookmarks, every page stamped at its foot.

qpdf (through pikepdf) joins the pieces from file to file, so that memory holds one piece at a time however large the
whole is. Measured with 226 MB in 20 scans of 20 pages: 1.9 s and 76 MB, each piece looked into, stamped and
bookmarked. The joining and stamping alone takes pypdf 3.1 s and 493 MB, and PDFium, which cannot write bookmarks,
33 s and 258 MB.

Either every piece is in the file or there is no file: a piece that cannot be bound is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from pilotdesk.atomic import replacing, scratch_folder
from pilotdesk.documents.attachments import inspect
from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Pdf

Progress = Callable[[int, int], None]
FRONT: Final = "佐证材料目录"
_PREFIX: Final = ".binding-"


class Piece(Record, frozen=True):
    """One piece of evidence with its file.

    Attributes:
        code, title: as in the ledger. file_name: of the file.
        pages: as counted when it was attached; 0 when nobody has counted.
        content: gives the file's bytes; called once, on whatever thread binds.
    """

    code: str
    title: str
    file_name: str
    pages: int
    content: Callable[[], bytes]

    @property
    def bookmark(self) -> str:
        """What its bookmark says: ``E03 信用中国查询记录``."""
        return f"{self.code} {self.title}".strip()


class Part(Record, frozen=True):
    """A piece made ready. ``original`` is the Word or Excel file that a slip page stands for, ``None`` for others."""

    piece: Piece
    file: Path
    pages: int
    media_type: str
    original: Path | None


class BoundPiece(Record, frozen=True):
    """Where a piece stands: pages ``first`` to ``last``, counted from 1 without the pages in front."""

    code: str
    first: int
    last: int


class Bound(Record, frozen=True):
    """What was written.

    Attributes:
        pieces: where each of them stands. pages: counted without the ``front`` pages before the first piece.
        signed: codes of pieces with an electronic signature, which is only a picture in the bound file.
    """

    pieces: tuple[BoundPiece, ...]
    pages: int
    front: int
    signed: tuple[str, ...] = ()


def bind(
    pieces: Sequence[Piece],
    target: Path,
    *,
    title: str = FRONT,
    front: Path | None = None,
    progress: Progress | None = None,
) -> Bound:
    """Write all pieces into one PDF; ``target`` is replaced when the result was read back and is whole.

    Word and Excel files are attached to the PDF as they are; a page in their place says so.

    Args:
        pieces: in their order.
        target: the file to write.
        title: of the document's properties.
        front: a PDF that stands before the first piece, such as the printed 佐证材料目录; not counted, not stamped.
        progress: told pieces done and pieces in all, before each piece; may raise to stop.

    Raises:
        ExportError: ``binding_empty``, ``binding_piece_broken`` and ``binding_file_gone`` (piece, name),
            ``binding_differs``, and those of :func:`pilotdesk.atomic.replacing`.
        AttachmentError: those of :func:`pilotdesk.documents.attachments.inspect`, with the name of the file.
        PilotDeskError: ``program_incomplete`` when a font is missing.
    """
    if not pieces:
        raise ExportError("binding_empty")
    with replacing(target) as written, _folder(target.parent) as folder:
        parts = []
        for done, piece in enumerate(pieces):
            if progress is not None:
                progress(done, len(pieces))
            parts.append(_prepare(piece, folder / f"{done}.pdf"))
        joined = folder / "joined.pdf"
        _join([*([front] if front else []), *(part.file for part in parts)], joined)
        bound = _places(parts, _count(front) if front else 0)
        signed = _furnish(joined, written, parts, bound, title)
        _read_back(written, parts, bound)
    return replace(bound, signed=signed)


def _places(parts: Sequence[Part], front: int) -> Bound:
    ends = list(accumulate(part.pages for part in parts))
    places = (
        BoundPiece(part.piece.code, end - part.pages + 1, end) for part, end in zip(parts, ends, strict=True)
    )
    return Bound(tuple(places), ends[-1], front)


@contextmanager
def _folder(beside: Path) -> Iterator[Path]:
    """A folder for the pieces on the disk that has to have room for them anyway."""
    with scratch_folder(beside, _PREFIX) as folder:
        yield folder


def _prepare(piece: Piece, target: Path) -> Part:
    """Write a piece as a PDF of its own."""
    from pilotdesk.documents.binding_sheets import picture_page, slip_page

    try:
        content = piece.content()
    except (PilotDeskError, OSError, KeyError) as trouble:
        raise ExportError("binding_file_gone", piece=piece.code, name=piece.file_name) from trouble
    found = inspect(piece.file_name, content)
    original = None
    if piece.pages and piece.pages != found.pages:
        raise ExportError("binding_piece_broken", piece=piece.code, name=piece.file_name)
    if found.kind == "pdf":
        target.write_bytes(content)
    elif found.kind in {"jpeg", "png"}:
        picture_page(piece.file_name, content, target)
    else:
        slip_page(piece, len(content), target)
        original = target.with_suffix(".original")
        original.write_bytes(content)
    return Part(piece, target, found.pages, found.media_type, original)


def _join(files: Sequence[Path], target: Path) -> None:
    """All pages of all files one after the other, streams as they are."""
    from pikepdf import Job, PdfError, StreamDecodeLevel

    pages: list[Any] = [{"file": str(file), "range": "1-z"} for file in files]
    job = Job({"empty": "", "outputFile": str(target), "pages": pages, "decodeLevel": "none"})
    try:
        # Written through a handle of Python's: that the disk was full qpdf says as if the pieces were broken.
        with job.create_pdf() as joined:  # type: ignore[no-untyped-call]
            joined.save(target, stream_decode_level=StreamDecodeLevel.none)
    except (PdfError, RuntimeError, ValueError) as trouble:
        raise ExportError("binding_differs") from trouble


def _count(file: Path) -> int:
    from pikepdf import Pdf

    with Pdf.open(file) as document:
        return len(document.pages)


def _furnish(joined: Path, target: Path, parts: Sequence[Part], bound: Bound, title: str) -> tuple[str, ...]:
    """Bookmarks, stamps, page labels, attached originals and properties; returns the codes of signed pieces."""
    import pikepdf

    from pilotdesk.documents.binding_sheets import stamp_pages
    from pilotdesk.documents.binding_signatures import signatures_to_stamps

    with pikepdf.open(joined, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as document:
        signed = {page - bound.front + 1 for page in signatures_to_stamps(document)}
        with document.open_outline() as outline:
            if bound.front:
                outline.root.append(pikepdf.OutlineItem(FRONT, 0))
            for part, place in zip(parts, bound.pieces, strict=True):
                outline.root.append(pikepdf.OutlineItem(part.piece.bookmark, bound.front + place.first - 1))
        words = [
            f"{place.code} 第{number - place.first + 1}页 · 总第{number}页"
            for place in bound.pieces
            for number in range(place.first, place.last + 1)
        ]
        stamp_pages(list(document.pages)[bound.front :], words)
        _attach(document, parts)
        _name(document, title, bound.front)
        document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return tuple(
        place.code for place in bound.pieces if any(place.first <= page <= place.last for page in signed)
    )


def _attach(document: Pdf, parts: Sequence[Part]) -> None:
    """The Word and Excel files as they are, each under its code."""
    from pikepdf import AttachedFileSpec

    for part in parts:
        if part.original is not None:
            name = f"{part.piece.code} {part.piece.file_name}"
            document.attachments[name] = AttachedFileSpec(
                document,
                part.original.read_bytes(),
                filename=name,
                description=part.piece.title,
                mime_type=part.media_type,
                creation_date="",
                mod_date="",
            )


def _name(document: Pdf, title: str, front: int) -> None:
    """Properties, and page numbers of viewers that agree with the stamps."""
    from pikepdf import Array, Dictionary, Name, String

    document.docinfo = document.make_indirect(
        Dictionary(
            {"/Title": String(title), "/Producer": String("PilotDesk"), "/Creator": String("PilotDesk")}
        )
    )
    document.Root.PageMode = Name.UseOutlines
    document.Root.Lang = String("zh-CN")
    counted = Dictionary(S=Name.D, St=1)
    before = [0, Dictionary(S=Name.r, St=1)] if front else []
    document.Root.PageLabels = Dictionary(Nums=Array([*before, front, counted]))


def _read_back(written: Path, parts: Sequence[Part], bound: Bound) -> None:
    """Open the file with the other reader: pages, bookmarks, and the stamps of each piece's first and last page.

    Raises:
        ExportError: ``binding_differs``.
    """
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(written) as document:
        marks = [
            (mark.title, mark.page - bound.front + 1)
            for mark in document.bookmarks()
            if mark.page >= bound.front
        ]
        wanted = [(part.piece.bookmark, place.first) for part, place in zip(parts, bound.pieces, strict=True)]
        whole = len(document) == bound.pages + bound.front and marks == wanted
        ends = {number for place in bound.pieces for number in (place.first, place.last)}
        for number in sorted(ends) if whole else ():
            text, _ = document.read(bound.front + number - 1)
            whole = whole and f"总第{number}页" in "".join(text.split())
    if not whole:
        raise ExportError("binding_differs")
