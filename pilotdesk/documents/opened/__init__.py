"""A Word file that somebody else made, opened to be read and filled.

Everything that is not changed goes back as it was: other parts of the package byte for byte, the document part node by
node. Nothing in a foreign file is trusted, see :mod:`pilotdesk.documents.opened.guarding`.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import replacing
from pilotdesk.documents.opened.added import AddedParts
from pilotdesk.documents.opened.grids import Grid, GridCell, cell_text, grids_below
from pilotdesk.documents.opened.guarding import MAX_TOTAL_BYTES, guarded_docx, parse_part
from pilotdesk.documents.opened.margins import Margins
from pilotdesk.documents.opened.names import P, W, seen
from pilotdesk.documents.opened.texts import Piece, paragraph_text, pieces, replace_text, set_box
from pilotdesk.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

__all__ = [
    "Grid",
    "GridCell",
    "OpenedDocx",
    "Piece",
    "cell_text",
    "paragraph_text",
    "pieces",
    "replace_text",
    "set_box",
]

_RELATIONS: Final = "_rels/.rels"
_MAIN: Final = "/officeDocument"
_STRICT: Final = "http://purl.oclc.org/ooxml"


class OpenedDocx:
    """A .docx in memory.

    Attributes:
        name: file name. sha256: of the file as it was opened, 64 hex digits.
        part: name of the document part. root: its ``w:document``; body: its ``w:body``.
    """

    def __init__(self, name: str, content: bytes, part: str, root: _Element, margins: Margins) -> None:
        self.name: Final = name
        self.sha256: Final = hashlib.sha256(content).hexdigest()
        self.part: Final = part
        self.root: Final = root
        self._content = content
        self._margins = margins
        self._added = AddedParts(part)

    @classmethod
    def open(cls, path: Path) -> OpenedDocx:
        """Open a file.

        Raises:
            PackageError: ``docx_missing``, ``docx_unreadable``, ``docx_unsafe``; for files that Word can turn into a
                .docx ``docx_is_doc``, ``docx_is_wps``, ``docx_encrypted``, ``docx_macros``, ``docx_strict``,
                ``docx_is_other`` (a PDF, an .rtf, an .odt, a web page).
        """
        content = _read(path)
        with guarded_docx(io.BytesIO(content), path) as archive:
            part = _main_part(archive, path.name)
            root = parse_part(archive, part, path.name)
            margins = Margins(archive, part, path.name)
        if root.tag.startswith(f"{{{_STRICT}"):
            raise PackageError("docx_strict", name=path.name)
        if root.find(f"{W}body") is None:
            raise PackageError("docx_unreadable", name=path.name)
        return cls(path.name, content, part, root, margins)

    @property
    def body(self) -> _Element:
        """``w:body``."""
        return next(self.root.iterchildren(f"{W}body"))

    @property
    def margins(self) -> tuple[_Element, ...]:
        """``w:hdr`` and ``w:ftr`` of every header and footer."""
        return tuple(self._margins.roots.values())

    def tables(self) -> tuple[Grid, ...]:
        """All tables in order, those in cells and text boxes too; those of headers and footers after all others."""
        return tuple(grid for root in (self.body, *self.margins) for grid in grids_below(root))

    def paragraphs(self) -> tuple[_Element, ...]:
        """All ``w:p`` in order, those in tables too; those of a text box once; those of headers and footers last."""
        roots = (self.body, *self.margins)
        return tuple(element for root in roots for element in seen(root) if element.tag == P)

    def parts(self) -> dict[str, bytes]:
        """Every part of the package by name; the document part, headers and footers as they are by now."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            made = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        return self._added.given_to(made | {self.part: self._document()} | self._margins.changed())

    def add_picture(self, png: bytes) -> str:
        """Take a PNG into the package; returns the id of its relationship to the document part."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            return self._added.add_picture(png, archive)

    def save(self, target: Path) -> None:
        """Write the file, whole or not at all; every part in which nothing changed goes back byte for byte.

        Raises:
            ExportError: ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``.
        """
        with replacing(target) as part:
            self.write(part)

    def write(self, path: Path) -> None:
        """Write to a path that nobody else looks at yet."""
        with (
            zipfile.ZipFile(io.BytesIO(self._content)) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            parts = self.parts()
            for entry in old.infolist():
                new.writestr(entry, parts.pop(entry.filename, b""))
            for name, data in parts.items():
                new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)

    def _document(self) -> bytes:
        from lxml import etree

        return etree.tostring(
            self.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_TOTAL_BYTES:
            raise PackageError("docx_unsafe", name=path.name)
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise PackageError("docx_missing", name=path.name) from exc
    except OSError as exc:
        raise PackageError("docx_unreadable", name=path.name) from exc


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """Name of the document part, as the package says; some programs call it ``word/document2.xml``."""
    for relation in parse_part(archive, _RELATIONS, name):
        if (relation.get("Type") or "").endswith(_MAIN):
            return posixpath.normpath((relation.get("Target") or "").lstrip("/"))
    raise PackageError("docx_unreadable", name=name)
