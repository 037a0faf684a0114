"""One export: outlines become Word and PDF, all are read back, and only then stand in their place."""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing_together, scratch_folder
from pilotdesk.errors import ExportError
from pilotdesk.forms.kit_pattern import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pictures import Album, Content

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_STEM: Final = 80
_KINDS: Final = ("docx", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One file that was written and read back. ``kind`` is ``docx`` or ``pdf``; ``check_code`` empty for a draft."""

    kind: str
    path: Path
    sha256: str
    check_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What an export made.

    Attributes:
        files: the files, document by document, Word first.
        pages: numbered pages of the PDFs (covers are not counted).
        answers: printed answers that were found again, all of them, in every file.
        check_codes: (what it is, its 校验码) of every document; none for a draft.
        left_out: (path, label) of the answers with signs that no document can hold; they were left out.
    """

    files: tuple[ExportedFile, ...]
    pages: int
    answers: int
    check_codes: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def left_out_sentence(self) -> str:
        """What to tell the user of :attr:`left_out`; empty when there is nothing to tell."""
        if not self.left_out:
            return ""
        labels = "；".join(dict.fromkeys(label for _, label in self.left_out))
        return f"这几栏里夹着看不见的控制符，文件里存不下，已经略去：{labels}。去看一眼字有没有少。"


def file_stem(outline: Outline) -> str:
    """The name of the files without their ending: form, project, and what kind of version it is."""
    if not outline.revision:  # a paper without versions
        return f"{outline.name}_{safe_stem(outline.project)}"
    mark = f"（{outline.mark}）" if outline.draft else f"（第{outline.revision}版）"
    return f"{outline.name}_{safe_stem(outline.project)}{mark}"


def safe_stem(project: str) -> str:
    """A project's name as a part of a file's name: without signs that no system takes, not too long, never empty."""
    return cut(_FORBIDDEN.sub("", project).strip(" .") or "未命名项目", _LONGEST_STEM)


def export_documents(
    outlines: Sequence[Outline],
    folder: Path,
    *,
    word: bool = True,
    pdf: bool = True,
    mark: str = "",
    stem: Callable[[Outline], str] = file_stem,
    ours: Container[str] | None = None,
    content: Content | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExportResult:
    """Write, read back and put in place: all documents, or none of them.

    Args:
        outlines: what is printed, one for each document of the form.
        folder: where to; made when missing.
        word: whether .docx files are wanted.
        pdf: whether PDFs are wanted.
        mark: put behind the names of the files.
        stem: names the files of a document, without their ending.
        ours: SHA-256 of the files that may be replaced, those that went out before; ``None`` for any.
        content: gives the attached pictures by their SHA-256; without it frames stand for them.
        progress: called with (page, pages) while a PDF is laid out.

    Raises:
        ExportError: ``glyphs_missing`` (final), ``readback_differs``, ``target_changed``, those of ``atomic``.
    """
    ensure_folder(folder)
    _refuse_missing_glyphs(outlines)
    kinds = tuple(kind for kind, wanted in (("docx", word), ("pdf", pdf)) if wanted)
    _refuse_changed([folder / f"{stem(one)}{mark}.{kind}" for one in outlines for kind in kinds], ours)
    files, pages = list[ExportedFile](), 0
    with replacing_together() as beside, _aside() as aside:
        for outline in outlines:
            target = folder / f"{stem(outline)}{mark}"
            parts = {kind: (beside if kind in kinds else aside)(_with_kind(target, kind)) for kind in _KINDS}
            made, counted = _export_one(outline, target, parts, kinds, (content, progress))
            files, pages = [*files, *made], pages + counted
    return _result(outlines, files, pages)


def _result(outlines: Sequence[Outline], files: Sequence[ExportedFile], pages: int) -> ExportResult:
    return ExportResult(
        files=tuple(files),
        pages=pages,
        answers=sum(len(outline.answers) for outline in outlines),
        check_codes=tuple((outline.name, outline.check_code) for outline in outlines if outline.check_code),
        left_out=tuple(pair for outline in outlines for pair in _left_out(outline)),
    )


def _export_one(
    outline: Outline,
    stem: Path,
    parts: dict[str, Path],
    kinds: tuple[str, ...],
    calls: tuple[Content | None, Callable[[int, int], None] | None],
) -> tuple[list[ExportedFile], int]:
    """Write one document and read it back; its files, as they are going to stand in place, and pages."""
    from pilotdesk.documents.pictures import Album

    content, progress = calls
    pages = _write(outline, parts, Album(content), word="docx" in kinds, progress=progress)
    _refuse_differences(outline, {kind: parts[kind] for kind in kinds})
    return [_file(outline, stem, kind, parts[kind]) for kind in kinds], pages


def _left_out(outline: Outline) -> Iterator[tuple[str, str]]:
    """Path and label of the answers that hold signs XML and paper have no way to show."""
    from pilotdesk.documents.word.markup import has_forbidden

    return ((answer.path, answer.label) for answer in outline.answers if has_forbidden(answer.text))


def _write(
    outline: Outline,
    parts: dict[str, Path],
    album: Album,
    *,
    word: bool,
    progress: Callable[[int, int], None] | None,
) -> int:
    """Write one document; returns the PDF's pages.

    It is laid out even when only Word is wanted: Word's contents and 共 n 页 come from the PDF.
    """
    from pilotdesk.documents.pdf import write_pdf
    from pilotdesk.documents.word import write_docx

    result = write_pdf(outline, parts["pdf"], progress, album)
    if word:
        write_docx(outline, parts["docx"], pages=result.pages, contents=result.headings, album=album)
    return result.pages


def _file(outline: Outline, stem: Path, kind: str, part: Path) -> ExportedFile:
    return ExportedFile(
        kind=kind,
        path=_with_kind(stem, kind),
        sha256=hashlib.sha256(part.read_bytes()).hexdigest(),
        check_code=outline.check_code,
    )


def _with_kind(stem: Path, kind: str) -> Path:
    """The file of a kind; the stem may hold points of its own."""
    return stem.with_name(f"{stem.name}.{kind}")


@contextlib.contextmanager
def _aside() -> Iterator[Callable[[Path], Path]]:
    """What gives a path for a file that is only needed on the way."""
    with contextlib.ExitStack() as stack:

        def path_for(target: Path) -> Path:
            return stack.enter_context(scratch_folder()) / target.name

        yield path_for


def _refuse_changed(targets: Sequence[Path], ours: Container[str] | None) -> None:
    """What others wrote into a file that went out is only there; so is what another draft of that name printed."""
    if ours is None:
        return
    for target in targets:
        if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() not in ours:
            raise ExportError("target_changed", name=target.name)


def _refuse_missing_glyphs(outlines: Sequence[Outline]) -> None:
    """A final version never holds a sign that no font can draw; a draft prints 〓 in its place."""
    from pilotdesk.documents.fonts import missing_glyphs

    final = [outline for outline in outlines if not outline.draft]
    missing = missing_glyphs(answer.text for outline in final for answer in outline.answers)
    if missing:
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
    if undrawn:
        drawn = (replace(answer, text=answer.text.translate(undrawn)) for answer in outline.answers)
        outline = replace(outline, answers=tuple(drawn))
    return [answer.label for answer in find_missing(outline, read_pdf_text(part, whole_pages=False))]
