"""What an attached file really is, told by its content; files that could not be bound later are refused here.

Taken are PDF, JPEG, PNG, docx and xlsx. A name proves nothing: scans come as ``.tmp``, web pages as ``.pdf``.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.errors import AttachmentError, PackageError
from pilotdesk.forms.values import Attachment
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pikepdf import Pdf

Kind = Literal["pdf", "jpeg", "png", "docx", "xlsx"]

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of one file; the national system takes no larger ones in sister programmes, and drafts stay movable."""
MOST_PAGES: Final = 2000
"""Of one PDF; more is a mistake or meant to do harm."""
MOST_PIXELS: Final = 80_000_000
"""Of one picture: eight times what A4 needs at 300 dpi, and a quarter of a gigabyte once unpacked."""
MEDIA_TYPES: Final[dict[Kind, str]] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Kind to media type."""

MOST_UNPACKED: Final = 64 << 20
"""Bytes that qpdf unpacks of one stream, for files whose streams nobody can judge before they are unlocked."""
MOST_LISTED: Final = 300_000
"""Entries of one list that qpdf takes."""

_TAIL: Final = 4096
"""Bytes in which a whole PDF says that it ends; Acrobat looks at 1024."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of old Office and WPS programs begin, and those of new ones with a password."""
_MAIN_PARTS: Final[dict[Kind, str]] = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACROS: Final = ("vbaProject.bin", "vbaData.xml")


class Inspected(Record, frozen=True):
    """What a file is. ``pages`` is what it takes when bound: one slip page for docx and xlsx, one for a picture."""

    kind: Kind
    pages: int

    @property
    def media_type(self) -> str:
        """As kept with the attachment."""
        return MEDIA_TYPES[self.kind]


def inspect(file_name: str, content: bytes) -> Inspected:
    """Look into a file before it is kept.

    Args:
        file_name: as the user knows it; only for the sentence.
        content: the whole file.

    Raises:
        AttachmentError: ``attachment_empty``, ``attachment_too_large``, ``attachment_kind``, ``attachment_old_office``,
            ``attachment_macros``, ``office_broken``, ``pdf_broken``, ``pdf_locked``, ``pdf_too_long``, ``pdf_unsafe``,
            ``picture_broken``, ``picture_too_large``.
    """
    if not content:
        raise AttachmentError("attachment_empty", name=file_name)
    if len(content) > LARGEST:
        raise AttachmentError(
            "attachment_too_large", name=file_name, size=f"{len(content) / 1024 / 1024:.0f} MB"
        )
    if b"%PDF-" in content[:1024]:
        return Inspected("pdf", pdf_pages(file_name, content))
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(file_name, content, "jpeg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(file_name, content, "png")
    if content.startswith(b"PK\x03\x04"):
        return Inspected(_office(file_name, content), 1)
    raise AttachmentError(
        "attachment_old_office" if content.startswith(_OLE) else "attachment_kind", name=file_name
    )


def attachment_of(file_name: str, content: bytes) -> Attachment:
    """The attachment that names a content, with its kind and pages found by looking.

    Raises:
        AttachmentError: as :func:`inspect`.
    """
    found = inspect(file_name, content)
    digest = hashlib.sha256(content).hexdigest()
    return Attachment(digest, file_name, len(content), found.media_type, pages=found.pages)


def pdf_pages(file_name: str, content: bytes) -> int:
    """Pages of a PDF that can be shown (PDFium) and bound (qpdf), every one of them.

    Raises:
        AttachmentError: ``pdf_broken``, ``pdf_locked``, ``pdf_too_long``, ``pdf_unsafe``.
    """
    from pikepdf import PasswordError, Pdf, PdfError
    from pikepdf.settings import set_qpdf_limits

    from pilotdesk.documents.pdf.attached import can_be_borne
    from pilotdesk.documents.pdf.pdfium import shown_pages

    # Cut off while it was copied. Both readers mend what they can; what is lost nobody would be told.
    if b"%%EOF" not in content[-_TAIL:]:
        raise AttachmentError("pdf_broken", name=file_name)
    if not can_be_borne(content):
        raise AttachmentError("pdf_unsafe", name=file_name)
    set_qpdf_limits(flate_max_memory=MOST_UNPACKED, parser_max_container_size=MOST_LISTED)
    try:
        with Pdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            pages = len(document.pages)
            safe = pages > MOST_PAGES or _is_safe(document)
    except PasswordError as trouble:
        raise AttachmentError("pdf_locked", name=file_name) from trouble
    except PdfError as trouble:
        raise AttachmentError("pdf_broken", name=file_name) from trouble
    if pages > MOST_PAGES:
        raise AttachmentError("pdf_too_long", name=file_name, pages=pages)
    if not safe:
        raise AttachmentError("pdf_unsafe", name=file_name)
    if not pages or shown_pages(content) != pages:
        raise AttachmentError("pdf_broken", name=file_name)
    return pages


def _is_safe(document: Pdf) -> bool:
    """What can only be judged of an open file: drawings inside drawings, and all of a locked one."""
    from pilotdesk.documents.pdf.attached import can_be_borne
    from pilotdesk.documents.pdf.nested_forms import unfold_too_far

    if document.is_encrypted:
        from pikepdf import StreamDecodeLevel

        unlocked = io.BytesIO()
        document.save(unlocked, encryption=False, stream_decode_level=StreamDecodeLevel.none)
        if not can_be_borne(unlocked.getvalue()):
            return False
    return not unfold_too_far(document)


def _picture(file_name: str, content: bytes, kind: Literal["jpeg", "png"]) -> Inspected:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise AttachmentError(
                    "picture_too_large", name=file_name, size=f"{picture.width}×{picture.height}"
                )
            if kind == "png":
                picture.verify()
            else:
                # The whole file is read, at an eighth of its size: it is only asked whether it can be.
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                picture.load()
    except Image.DecompressionBombError as trouble:
        raise AttachmentError("picture_too_large", name=file_name, size="") from trouble
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as trouble:
        raise AttachmentError("picture_broken", name=file_name) from trouble
    return Inspected(kind, 1)


def _office(file_name: str, content: bytes) -> Kind:
    """Whether a zip is a Word or an Excel file without macros."""
    from pilotdesk.documents.opened.guarding import guard_zip

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = next((kind for kind, part in _MAIN_PARTS.items() if part in names), None)
            if kind is None or "[Content_Types].xml" not in names:
                raise AttachmentError("attachment_kind", name=file_name)
            if any(name.endswith(_MACROS) for name in names):
                raise AttachmentError("attachment_macros", name=file_name)
            guard_zip(archive, file_name)
            if archive.testzip() is not None:
                raise AttachmentError("office_broken", name=file_name)
    except (zipfile.BadZipFile, PackageError, NotImplementedError, EOFError, OSError) as trouble:
        raise AttachmentError("office_broken", name=file_name) from trouble
    return kind
