"""One export: an outline becomes Word and PDF, both are read back, and only then stand in their place."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pilotdesk.documents.blocks import Outline

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_STEM: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One file that was written and read back. ``kind`` is ``docx`` or ``pdf``."""

    kind: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What an export made.

    Attributes:
        files: the files, Word first.
        pages: numbered pages of the PDF (the cover is not counted).
        answers: printed answers that were found again, all of them, in every file.
        check_code: empty for a draft.
    """

    files: tuple[ExportedFile, ...]
    pages: int
    answers: int
    check_code: str


def file_stem(outline: Outline) -> str:
    """The name of the files without their ending: form, project, and what kind of version it is."""
    project = _FORBIDDEN.sub("", outline.project).strip(" .") or "未命名项目"
    mark = f"（{outline.mark}）" if outline.draft else f"（第{outline.revision}版）"
    return f"{outline.title[-3:]}_{project[:_LONGEST_STEM]}{mark}"


def export_documents(
    outline: Outline,
    folder: Path,
    *,
    word: bool = True,
    pdf: bool = True,
    stem: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> ExportResult:
    """Write, read back and put in place.

    Args:
        outline: what is printed.
        folder: where to; made when missing.
        word: whether a .docx is wanted.
        pdf: whether a PDF is wanted.
        stem: file name without ending; the outline's own when empty.
        progress: called with (page, pages) while the PDF is laid out.

    Raises:
        ExportError: ``glyphs_missing`` (final), ``readback_differs``, and those of :mod:`pilotdesk.atomic`.
    """
    from pilotdesk.documents.pdf import write_pdf
    from pilotdesk.documents.word import write_docx

    ensure_folder(folder)
    _refuse_missing_glyphs(outline)
    targets = {kind: folder / f"{stem or file_stem(outline)}.{kind}" for kind in ("docx", "pdf")}
    with _part(targets["pdf"], kept=pdf) as pdf_part, _part(targets["docx"], kept=word) as docx_part:
        # Laid out even when only Word is wanted: Word's contents and 共 n 页 come from the PDF.
        result = write_pdf(outline, pdf_part, progress)
        parts = {"pdf": pdf_part} if pdf else {}
        if word:
            write_docx(outline, docx_part, pages=result.pages, contents=result.headings)
            parts = {"docx": docx_part, **parts}
        _refuse_differences(outline, parts)
        files = tuple(_file(kind, targets[kind], part) for kind, part in parts.items())
    counted = len(outline.answers)
    return ExportResult(files=files, pages=result.pages, answers=counted, check_code=outline.check_code)


def _file(kind: str, target: Path, part: Path) -> ExportedFile:
    return ExportedFile(kind=kind, path=target, sha256=hashlib.sha256(part.read_bytes()).hexdigest())


@contextlib.contextmanager
def _part(target: Path, *, kept: bool) -> Iterator[Path]:
    """A fresh path that becomes ``target`` in the end, or vanishes when it was only needed on the way."""
    if kept:
        with replacing(target) as part:
            yield part
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / target.name


def _refuse_missing_glyphs(outline: Outline) -> None:
    """A final version never holds a sign that no font can draw; a draft prints 〓 in its place."""
    from pilotdesk.documents.fonts import missing_glyphs

    missing = missing_glyphs(answer.text for answer in outline.answers)
    if missing and not outline.draft:
        raise ExportError("glyphs_missing", signs="、".join(sorted(missing)))


def _refuse_differences(outline: Outline, parts: dict[str, Path]) -> None:
    """Read the written files back; one answer that is not there, and none of them is kept."""
    labels = [label for kind, part in parts.items() for label in _differences(outline, kind, part)]
    if labels:
        raise ExportError("readback_differs", labels="；".join(dict.fromkeys(labels)))


def _differences(outline: Outline, kind: str, part: Path) -> list[str]:
    """Labels of the answers that are not in the written file as they should be."""
    if kind == "docx":
        from pilotdesk.documents.readback import compare_docx

        return [difference.label for difference in compare_docx(outline, part)]
    from pilotdesk.documents.fonts import GETA, missing_glyphs
    from pilotdesk.documents.pdf import find_missing, read_pdf_text

    # A draft's PDF shows 〓 for a sign that no font has; Word keeps the sign itself.
    undrawn = dict.fromkeys(map(ord, missing_glyphs(answer.text for answer in outline.answers)), GETA)
    drawn = tuple(replace(answer, text=answer.text.translate(undrawn)) for answer in outline.answers)
    return [answer.label for answer in find_missing(replace(outline, answers=drawn), read_pdf_text(part))]
