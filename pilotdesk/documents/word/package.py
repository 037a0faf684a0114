"""The parts of the Word file put together with python-docx's package layer, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from typing import Final, Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can tell."""

_CUSTOM_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


class MarkupPart(Part):
    """A part written as text; its relationships can be made before its text."""

    def __init__(self, name: str, content_type: str, package: Package, markup: str = "") -> None:
        super().__init__(PackURI(name), content_type, package=package)
        self.markup = markup

    @property
    def blob(self) -> bytes:
        """The part as it is stored."""
        return self.markup.encode()


class WordPackage:
    """A growing Word file. Parts are stored in the order in which they are added."""

    def __init__(self) -> None:
        self._package = Package()
        self.document = MarkupPart("/word/document.xml", CT.WML_DOCUMENT_MAIN, self._package)
        self._package.relate_to(self.document, RT.OFFICE_DOCUMENT)
        self._pictures: dict[bytes, Part] = {}

    def add_fixed_parts(self, *, styles: str, settings: str, fonts: str, theme: str) -> None:
        """Styles, settings, font table and theme."""
        for name, content_type, kind, markup in (
            ("styles", CT.WML_STYLES, RT.STYLES, styles),
            ("settings", CT.WML_SETTINGS, RT.SETTINGS, settings),
            ("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, fonts),
            ("theme/theme1", CT.OFC_THEME, RT.THEME, theme),
        ):
            self.document.relate_to(
                MarkupPart(f"/word/{name}.xml", content_type, self._package, markup), kind
            )

    def add_properties(self, *, core: str, app: str, custom: str) -> None:
        """Core, extended and custom document properties."""
        for name, content_type, kind, markup in (
            ("core", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core),
            ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, app),
            ("custom", _CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, custom),
        ):
            self._package.relate_to(
                MarkupPart(f"/docProps/{name}.xml", content_type, self._package, markup), kind
            )

    def add_header(self, number: int, markup: str) -> str:
        """A header; returns its relationship id."""
        part = MarkupPart(f"/word/header{number}.xml", CT.WML_HEADER, self._package, markup)
        return self.document.relate_to(part, RT.HEADER)

    def add_footer(self, number: int) -> tuple[MarkupPart, str]:
        """An empty footer and its relationship id."""
        part = MarkupPart(f"/word/footer{number}.xml", CT.WML_FOOTER, self._package)
        return part, self.document.relate_to(part, RT.FOOTER)

    def add_picture(self, part: MarkupPart, content: bytes, kind: Literal["png", "jpeg"] = "png") -> str:
        """Let a part show a picture, stored once however often it is shown; returns the relationship id."""
        picture = self._pictures.get(content)
        if picture is None:
            name = PackURI(f"/word/media/image{len(self._pictures) + 1}.{kind}")
            media_type = CT.PNG if kind == "png" else CT.JPEG
            picture = self._pictures[content] = Part(name, media_type, content, self._package)
        return part.relate_to(picture, RT.IMAGE)

    def to_bytes(self) -> bytes:
        """The finished file."""
        stream = io.BytesIO()
        self._package.save(stream)
        return without_times(stream)


def without_times(stream: io.BytesIO) -> bytes:
    """The same zip with every time set to 1980 and no mark of the machine that wrote it."""
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            plain = zipfile.ZipInfo(entry.filename, _NO_TIME)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.create_system = 0
            target.writestr(plain, source.read(entry))
    return result.getvalue()
