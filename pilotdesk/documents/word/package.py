"""The parts of the Word file and what relates them, put into one zip, the same bytes every time.

Source: ECMA-376 part 2 (Open Packaging Conventions): content types, relationships.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.documents.plain_zip import plain_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_TYPE: Final = "application/vnd.openxmlformats-officedocument"
_PACKAGE_TYPE: Final = "application/vnd.openxmlformats-package"
_WORD_TYPE: Final = f"{_OFFICE_TYPE}.wordprocessingml"
_BY_ENDING: Final = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "rels": f"{_PACKAGE_TYPE}.relationships+xml",
    "xml": "application/xml",
}
"""Types of the parts that have none of their own."""

_ALWAYS: Final = frozenset({"rels", "xml"})


class WordPart:
    """One part of the file; its relationships can be made before its content.

    Args:
        name: path in the zip.
        content_type: empty for one told by its ending.
        markup: text of an XML part.
        content: bytes of any other.
    """

    def __init__(self, name: str, content_type: str = "", markup: str = "", content: bytes = b"") -> None:
        self.name = name
        self.content_type = content_type
        self.markup = markup
        self._content = content
        self._related: dict[WordPart, str] = {}

    @property
    def content(self) -> bytes:
        """The part as it is stored."""
        return self._content or self.markup.encode()

    @property
    def related(self) -> Iterable[WordPart]:
        """Parts that this one relates to, in order."""
        return self._related

    def relate_to(self, part: WordPart, kind: str) -> str:
        """The id of the relationship to a part, a new one when there is none yet."""
        if part not in self._related:
            self._related[part] = kind
        return f"rId{list(self._related).index(part) + 1}"

    def relationships(self) -> tuple[str, bytes]:
        """Name and content of the part that lists the relationships; nothing relates to what lies outside its folder."""
        folder, slash, file = self.name.rpartition("/")
        entries = "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{part.name.removeprefix(folder + slash)}"/>'
            for number, (part, kind) in enumerate(self._related.items(), start=1)
        )
        listed = f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
        return f"{folder}{slash}_rels/{file}.rels", f"{_DECLARATION}{listed}".encode()


class WordPackage:
    """A growing Word file. Parts are stored in the order in which they are related, each before what it relates to."""

    def __init__(self) -> None:
        self._root = WordPart("")
        self.document = WordPart("word/document.xml", f"{_WORD_TYPE}.document.main+xml")
        self._root.relate_to(self.document, f"{_OFFICE}/officeDocument")
        self._pictures: dict[bytes, WordPart] = {}

    def add_fixed_parts(self, *, styles: str, settings: str, fonts: str, theme: str) -> None:
        """Styles, settings, font table and theme."""
        for name, content_type, kind, markup in (
            ("styles", f"{_WORD_TYPE}.styles+xml", "styles", styles),
            ("settings", f"{_WORD_TYPE}.settings+xml", "settings", settings),
            ("fontTable", f"{_WORD_TYPE}.fontTable+xml", "fontTable", fonts),
            ("theme/theme1", f"{_OFFICE_TYPE}.theme+xml", "theme", theme),
        ):
            self.document.relate_to(WordPart(f"word/{name}.xml", content_type, markup), f"{_OFFICE}/{kind}")

    def add_properties(self, *, core: str, app: str, custom: str) -> None:
        """Core, extended and custom document properties."""
        core_type = f"{_PACKAGE_TYPE}.core-properties+xml"
        core_kind = f"{_PACKAGE}/relationships/metadata/core-properties"
        self._root.relate_to(WordPart("docProps/core.xml", core_type, core), core_kind)
        for name, kind, markup in (("app", "extended", app), ("custom", "custom", custom)):
            part = WordPart(f"docProps/{name}.xml", f"{_OFFICE_TYPE}.{kind}-properties+xml", markup)
            self._root.relate_to(part, f"{_OFFICE}/{kind}-properties")

    def add_header(self, number: int, markup: str) -> str:
        """A header; returns its relationship id."""
        part = WordPart(f"word/header{number}.xml", f"{_WORD_TYPE}.header+xml", markup)
        return self.document.relate_to(part, f"{_OFFICE}/header")

    def add_footer(self, number: int) -> tuple[WordPart, str]:
        """An empty footer and its relationship id."""
        part = WordPart(f"word/footer{number}.xml", f"{_WORD_TYPE}.footer+xml")
        return part, self.document.relate_to(part, f"{_OFFICE}/footer")

    def add_picture(self, part: WordPart, content: bytes, kind: Literal["png", "jpeg"] = "png") -> str:
        """Let a part show a picture, stored once however often it is shown; returns the relationship id."""
        picture = self._pictures.get(content)
        if picture is None:
            name = f"word/media/image{len(self._pictures) + 1}.{kind}"
            picture = self._pictures[content] = WordPart(name, content=content)
        return part.relate_to(picture, f"{_OFFICE}/image")

    def to_bytes(self) -> bytes:
        """The finished file: no times, no mark of the machine that wrote it."""
        parts = list(dict.fromkeys(_below(self._root)))
        stored = [("[Content_Types].xml", _content_types(parts)), self._root.relationships()]
        for part in parts:
            stored.append((part.name, part.content))
            if part.related:
                stored.append(part.relationships())
        return plain_zip(stored)


def _below(part: WordPart) -> Iterator[WordPart]:
    """All parts that are reached from one, each before those that it relates to."""
    for related in part.related:
        yield related
        yield from _below(related)


def _content_types(parts: Iterable[WordPart]) -> bytes:
    """The list of what each part is: by its ending, or by its name."""
    endings = _ALWAYS | {part.name.rpartition(".")[2] for part in parts if not part.content_type}
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{_BY_ENDING[ending]}"/>' for ending in sorted(endings)
    )
    own = sorted((part.name, part.content_type) for part in parts if part.content_type)
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in own)
    types = f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'
    return f"{_DECLARATION}{types}".encode()
