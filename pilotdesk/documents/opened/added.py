"""Pictures that are added to a package: the part, its relationship, and the type of PNG where the package has none."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

TYPES: Final = "[Content_Types].xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


class AddedParts:
    """What was added to the package of one document part."""

    def __init__(self, part: str) -> None:
        folder, name = posixpath.split(part)
        self._folder = folder
        self._relations = posixpath.join(folder, "_rels", f"{name}.rels")
        self._pictures: dict[str, tuple[str, bytes]] = {}

    def add_picture(self, png: bytes, archive: zipfile.ZipFile) -> str:
        """Remember a picture; returns the id of its relationship, which no other has."""
        taken = set()
        if self._relations in archive.namelist():
            taken = {one.get("Id") for one in _parsed(archive.read(self._relations))}
        number = len(self._pictures) + 1
        while f"rIdPilotDesk{number}" in taken | self._pictures.keys():
            number += 1
        name = posixpath.join(self._folder, "media", f"pilotdesk{number}.png")
        self._pictures[f"rIdPilotDesk{number}"] = (name, png)
        return f"rIdPilotDesk{number}"

    def given_to(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts of a package with the pictures among them; the same when there are none."""
        made = dict(parts)
        if not self._pictures:
            return made
        empty = f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>'.encode()
        relations, types = _parsed(made.get(self._relations, empty)), _parsed(made[TYPES])
        for identity, (name, png) in self._pictures.items():
            made[name] = png
            target = posixpath.relpath(name, self._folder or ".")
            etree.SubElement(relations, f"{_RELATIONS}Relationship", Id=identity, Type=_IMAGE, Target=target)
        if not any(one.get("Extension", "").casefold() == "png" for one in types):
            types.insert(0, etree.Element(f"{_TYPES}Default", Extension="png", ContentType="image/png"))
        return made | {self._relations: _written(relations), TYPES: _written(types)}


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
