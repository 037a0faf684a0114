"""Pictures of attached files."""

from __future__ import annotations

import pytest
from PIL import Image

from pilotdesk.documents.attachments import MEDIA_TYPES
from pilotdesk.documents.previews import has_picture, page_picture
from tests.documents.evidence_files import DOCX, pdf, picture

PDF, JPEG, PNG, WORD = (MEDIA_TYPES[kind] for kind in ("pdf", "jpeg", "png", "docx"))


def test_a_page_of_a_pdf_fits_into_the_room_there_is():
    shown = page_picture(pdf("a", "b"), PDF, 1, 200, 200)
    assert shown is not None
    assert shown.height in {199, 200}
    assert shown.width < 150
    assert len(shown.pixels) == shown.width * shown.height * 4


@pytest.mark.parametrize(("orientation", "upright"), [(1, False), (6, True), (8, True)])
def test_photographs_stand_upright(orientation, upright):
    shown = page_picture(picture((1200, 800), orientation=orientation), JPEG, 0, 300, 300)
    assert shown is not None
    assert (shown.height > shown.width) is upright
    assert max(shown.width, shown.height) <= 300
    image = Image.frombytes("RGBA", (shown.width, shown.height), shown.pixels)
    first = image.getpixel((5, 5))
    assert (first[0] > 150) is (orientation != 8)


@pytest.mark.parametrize(
    ("content", "kind", "index"),
    [
        (pdf("a"), PDF, 1),
        (pdf("a"), PDF, -1),
        (b"%PDF-1.7 nothing", PDF, 0),
        (picture(), JPEG, 1),
        (picture()[:300], JPEG, 0),
        (DOCX, WORD, 0),
    ],
)
def test_what_cannot_be_shown_gives_nothing(content, kind, index):
    assert page_picture(content, kind, index, 100, 100) is None


def test_kinds_with_pictures():
    assert [has_picture(kind) for kind in (PDF, JPEG, PNG, WORD)] == [True, True, True, False]
