"""Headers and footers of a document: parts of their own that may ask for something too."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from pilotdesk.documents.opened.guarding import parse_part

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from lxml.etree import _Element

_KINDS: Final = ("/header", "/footer")


class Margins:
    """The headers and footers that a document part names.

    Attributes:
        roots: name of the part to its ``w:hdr`` or ``w:ftr``.
    """

    def __init__(self, archive: zipfile.ZipFile, part: str, name: str) -> None:
        self.roots: Final = {one: parse_part(archive, one, name) for one in _named(archive, part, name)}
        self._before: Final = {one: etree.tostring(root) for one, root in self.roots.items()}

    def changed(self) -> dict[str, bytes]:
        """The parts that are no longer what they were, by name."""
        return {
            name: _written(root)
            for name, root in self.roots.items()
            if etree.tostring(root) != self._before[name]
        }


def _named(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[str]:
    """The parts in the order of the package; those that are named and not there are left out."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    there = archive.namelist()
    if relations not in there:
        return
    told = parse_part(archive, relations, name)
    targets = {
        posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip("/")
        for one in told
        if (one.get("Type") or "").endswith(_KINDS) and one.get("TargetMode") != "External"
    }
    yield from (one for one in dict.fromkeys(there) if one in targets)


def _written(root: _Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
