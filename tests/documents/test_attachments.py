"""What a file is, told by its content."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from pilotdesk.documents import attachments
from pilotdesk.documents.attachments import inspect
from pilotdesk.errors import AttachmentError
from tests.documents.evidence_files import DOCX, OLD_WORD, XLSX, office, pdf, picture

NAME = "检测报告.pdf"


@pytest.mark.parametrize(
    ("content", "kind", "pages"),
    [
        (pdf("a", "b", "c"), "pdf", 3),
        (pdf("a", owner="for printing only"), "pdf", 1),
        (picture(), "jpeg", 1),
        (picture(mode="CMYK"), "jpeg", 1),
        (picture(kind="PNG"), "png", 1),
        (DOCX, "docx", 1),
        (XLSX, "xlsx", 1),
    ],
)
def test_the_content_tells_kind_and_pages_whatever_the_name(content, kind, pages):
    found = inspect(NAME, content)
    assert (found.kind, found.pages) == (kind, pages)
    assert found.media_type == attachments.MEDIA_TYPES[kind]


def cut(content: bytes, share: float = 0.6) -> bytes:
    return content[: int(len(content) * share)]


def without_its_end() -> bytes:
    """A file that begins with what shows its first page; readers find all pages without its last lines too."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(*(f"page {n}" for n in range(60))))) as document:
        document.save(stream, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return stream.getvalue()[:-100]


def flipped(content: bytes) -> bytes:
    """One byte of the packed content is another."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.infolist()[1].header_offset + 30 + len(archive.infolist()[1].filename) + 2
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment_empty"),
        (b"%PDF-1.7 nothing else %%EOF", "pdf_broken"),
        (cut(pdf("a", "b", "c")), "pdf_broken"),
        (without_its_end(), "pdf_broken"),
        (pdf("a", password="geheim"), "pdf_locked"),
        (pdf(), "pdf_broken"),
        (cut(picture()), "picture_broken"),
        (cut(picture(kind="PNG")), "picture_broken"),
        (OLD_WORD, "attachment_old_office"),
        (office("word/document.xml", "word/vbaProject.bin"), "attachment_macros"),
        (office("ppt/presentation.xml"), "attachment_kind"),
        (cut(DOCX), "office_broken"),
        (flipped(DOCX), "office_broken"),
        (b"<html>404</html>", "attachment_kind"),
        (b"GIF89a....", "attachment_kind"),
    ],
)
def test_what_cannot_be_bound_is_refused_with_its_name_and_the_way_out(content, code):
    with pytest.raises(AttachmentError) as refused:
        inspect(NAME, content)
    assert refused.value.code == code
    assert f"“{NAME}”" in str(refused.value)
    assert "再添加" in str(refused.value)


def test_pictures_that_blow_up_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_PIXELS", 600 * 400 - 1)
    with pytest.raises(AttachmentError, match="600×400"):
        inspect(NAME, picture(kind="PNG"))


def test_files_and_documents_that_are_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_PAGES", 2)
    with pytest.raises(AttachmentError, match="3 页"):
        inspect(NAME, pdf("a", "b", "c"))
    monkeypatch.setattr(attachments, "LARGEST", 10)
    with pytest.raises(AttachmentError, match="50 MB"):
        inspect(NAME, pdf("a"))


def test_an_office_file_that_unpacks_to_far_more_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, bytes(30_000_000))
    with pytest.raises(AttachmentError, match="完整"):
        inspect(NAME, stream.getvalue())
