"""Comments, footnotes and endnotes of an edited Word file. They are no answers: listed with where they hang, never taken over."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.documents.opened import paragraph_text
from pilotdesk.documents.opened.guarding import guarded_docx, parse_part
from pilotdesk.documents.opened.names import P, W, seen
from pilotdesk.record import Record

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lxml.etree import _Element

Kind = Literal["comment", "footnote", "endnote"]
KIND_WORDS: Final[Mapping[Kind, str]] = {"comment": "批注", "footnote": "脚注", "endnote": "尾注"}
MOST_NOTES: Final = 2_000
"""Of one kind; what comes behind is not listed."""

_ANCHORS: Final[Mapping[str, Kind]] = {
    f"{W}commentRangeStart": "comment",
    f"{W}commentReference": "comment",
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
}
_DOCUMENT: Final = "word/document.xml"

Key = tuple[Kind, str]
"""Kind and number of a note, as its place in the text names it."""


class Note(Record, frozen=True, kw_only=True):
    """What somebody wrote beside the text.

    Attributes:
        kind: see :data:`Kind`. text: of the note. author: as the file names them, empty for unknown.
        path: of the answer that it hangs on, empty where it hangs on none; label: number and label of that.
        where: words of the line or cell that it hangs on; empty where it hangs on nothing.
    """

    kind: Kind
    text: str
    author: str = ""
    path: str = ""
    label: str = ""
    where: str = ""


def anchor_of(element: _Element) -> Key | None:
    """Kind and number of the note that hangs on an element; ``None`` when none does."""
    kind = _ANCHORS.get(str(element.tag))
    return (kind, element.get(f"{W}id") or "") if kind else None


def read_notes(path: Path) -> dict[Key, Note]:
    """The notes of a file without their places, comments first, each kind in the order of the file.

    Raises:
        PackageError: as :meth:`pilotdesk.documents.opened.OpenedDocx.open`.
    """
    with path.open("rb") as opened, guarded_docx(opened, path) as archive:
        parts = set(archive.namelist())
        found: dict[Key, Note] = {}
        for kind, part in _parts(archive, path.name):
            if part in parts:
                found |= {(kind, number): note for number, note in _notes(archive, part, kind, path.name)}
    return found


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[Kind, str]]:
    """The parts that hold notes, as the document part names them."""
    main = _target(parse_part(archive, "_rels/.rels", name), "officeDocument", "") or _DOCUMENT
    folder, base = posixpath.split(main)
    relations = f"{folder}/_rels/{base}.rels".lstrip("/")
    if relations not in archive.namelist():
        return
    listed = parse_part(archive, relations, name)
    for kind in KIND_WORDS:
        part = _target(listed, f"{kind}s", folder)
        if part:
            yield kind, part


def _target(relations: _Element, kind: str, folder: str) -> str:
    for relation in relations:
        if (relation.get("Type") or "").endswith(f"/{kind}"):
            target = relation.get("Target") or ""
            return posixpath.normpath(
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            ).lstrip("/")
    return ""


def _notes(archive: zipfile.ZipFile, part: str, kind: Kind, name: str) -> Iterator[tuple[str, Note]]:
    """The lines that part notes from the text are notes of their own kind, and no notes."""
    for number, one in enumerate(parse_part(archive, part, name)):
        if one.get(f"{W}type") in {None, "normal"} and number < MOST_NOTES:
            text = "\n".join(filter(None, (_text(line) for line in seen(one) if line.tag == P)))
            if text:
                yield one.get(f"{W}id") or "", Note(kind=kind, text=text, author=one.get(f"{W}author") or "")


def _text(paragraph: _Element) -> str:
    return paragraph_text(paragraph).strip()


def counted(notes: Iterable[Note]) -> str:
    """``3 条批注、1 条脚注``; empty for none."""
    kinds = [note.kind for note in notes]
    return "、".join(f"{kinds.count(kind)} 条{words}" for kind, words in KIND_WORDS.items() if kind in kinds)
