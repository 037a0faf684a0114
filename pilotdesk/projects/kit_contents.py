"""材料清单: what is in a 上报材料包, with sizes and 校验码, and what is still to be done by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Heading, Notes, Table
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pilotdesk.documents.blocks import Block, Outline

TITLE: Final = "上报材料清单"
_FILES: Final = ((11.0, 66.0, 36.0, 19.0, 24.0), ("序号", "文　件", "内　容", "大　小", "校验码"))
_CHECKS: Final = ((11.0, 105.0, 40.0), ("序号", "事　项", "情　况"))
_MB: Final = 1 << 20


class KitFile(Record, frozen=True):
    """A file of the kit: name with its subfolder, size in bytes, SHA-256."""

    name: str
    size: int
    sha256: str


class KitLine(Record, frozen=True):
    """A file with what it is, its 校验码 (empty for none) and the SHA-256 that it must have."""

    file: KitFile
    what: str
    code: str
    wanted: str


class Needed(Record, frozen=True):
    """An attachment that the form asks for."""

    label: str
    given: bool
    required: bool


def contents_outline(
    first: Outline, lines: Sequence[KitLine], needed: Sequence[Needed], by_hand: Sequence[str]
) -> Outline:
    """The list as a document of the kit; nothing in it is an answer, so it carries no 校验码 of its own.

    Args:
        first: the kit's first document, for project, unit and the 参考稿 line.
        lines: the files, in their order.
        needed: attachments that the form asks for.
        by_hand: what has to be done outside the program.
    """
    blocks: list[Block] = [
        Notes(TITLE, (f"项目：{first.project}", f"单位：{first.unit}")),
        Heading(1, "一、文件", ""),
        _table(_FILES, list(_file_rows(lines)), "files"),
        Heading(1, "二、核对", ""),
        _table(_CHECKS, list(_check_rows(needed, by_hand)), "checks"),
    ]
    return replace(
        first,
        title=TITLE,
        name=TITLE,
        check_code="",
        token=f"{first.token[:30]};KIT",
        blocks=tuple(blocks),
        answers=(),
        printed=(),
    )


def _file_rows(lines: Sequence[KitLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        yield line.file.name.replace("/", "／"), line.what, size_words(line.file.size), line.code or "—"


def _check_rows(needed: Sequence[Needed], by_hand: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for one in needed:
        state = "已附" if one.given else "没有附，要补上" if one.required else "没有附（可以没有）"
        yield one.label, f"{'☑' if one.given else '□'} {state}"
    for words in by_hand:
        yield words, "□ 办好了打勾"


def _table(
    shape: tuple[tuple[float, ...], tuple[str, ...]], rows: Sequence[tuple[str, ...]], path: str
) -> Table:
    widths, head = shape
    cells = tuple(
        (Cell(str(at), "text", "center"), *(Cell(words, "text") for words in row))
        for at, row in enumerate(rows, 1)
    )
    return Table("", "", widths, head, cells or (tuple(Cell("") for _ in head),), path)


def size_words(size: int) -> str:
    """``3 KB``, ``2.4 MB``."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / 1024))} KB"
