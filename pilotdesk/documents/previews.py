"""Pictures of attached files for the screen: a page of a PDF, a photograph upright."""

from __future__ import annotations

import io

from pilotdesk.documents.attachments import MEDIA_TYPES
from pilotdesk.documents.pdf.reading import PageImage

PICTURES = frozenset({MEDIA_TYPES["jpeg"], MEDIA_TYPES["png"]})


def has_picture(media_type: str) -> bool:
    """Whether files of this type can be shown: PDF, JPEG and PNG."""
    return media_type in PICTURES or media_type == MEDIA_TYPES["pdf"]


def page_picture(content: bytes, media_type: str, index: int, width: int, height: int) -> PageImage | None:
    """A page of an attached file, as large as fits into ``width`` × ``height`` device px.

    Args:
        content: the file.
        media_type: as kept with the attachment.
        index: of the page, the first is 0; pictures have one.
        width: px at most.
        height: px at most.

    Returns:
        The picture; ``None`` for a page or a kind of file that cannot be shown.
    """
    if media_type == MEDIA_TYPES["pdf"]:
        from pilotdesk.documents.pdf.attached import can_be_borne
        from pilotdesk.documents.pdf.pdfium import page_of_content

        # Looked at again: a package of somebody else brings files that nobody has attached here.
        drawn = page_of_content(content, index, width, height) if can_be_borne(content) else None
        return PageImage(*drawn) if drawn else None
    return _photograph(content, width, height) if media_type in PICTURES and index == 0 else None


def _photograph(content: bytes, width: int, height: int) -> PageImage | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.draft("RGB", (width, height))
            picture.thumbnail((max(width, height), max(width, height)))
            shown = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError):
        return None
    shown.thumbnail((width, height))
    return PageImage(shown.width, shown.height, shown.tobytes())
