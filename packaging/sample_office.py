"""Word and Excel files of a few lines, the same from run to run: a zip with fixed dates and the fewest parts that open."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS: Final = "application/vnd.openxmlformats-officedocument"
MADE: Final = (2029, 1, 1, 0, 0, 0)


def write_docx(target: Path, lines: Iterable[str]) -> None:
    """A Word file: the first line as a title, the others as paragraphs."""
    paragraphs = []
    for place, line in enumerate(lines):
        style = '<w:pPr><w:jc w:val="center"/></w:pPr>' if place == 0 else ""
        size = (
            '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>' if place == 0 else '<w:rPr><w:sz w:val="24"/></w:rPr>'
        )
        words = f'<w:t xml:space="preserve">{escape(line)}</w:t>'
        paragraphs.append(f"<w:p>{style}<w:r>{size}{words}</w:r></w:p>")
    body = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    _write(
        target,
        {
            "[Content_Types].xml": _types(
                {"/word/document.xml": f"{KINDS}.wordprocessingml.document.main+xml"}
            ),
            "_rels/.rels": _links({"officeDocument": "word/document.xml"}),
            "word/document.xml": body,
        },
    )


def write_xlsx(target: Path, rows: Iterable[Iterable[str | float]]) -> None:
    """An Excel file with one sheet; numbers are numbers, everything else is text."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}/relationships">'
        '<sheets><sheet name="统计" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    _write(
        target,
        {
            "[Content_Types].xml": _types(
                {
                    "/xl/workbook.xml": f"{KINDS}.spreadsheetml.sheet.main+xml",
                    "/xl/worksheets/sheet1.xml": f"{KINDS}.spreadsheetml.worksheet+xml",
                }
            ),
            "_rels/.rels": _links({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _links({"worksheet": "worksheets/sheet1.xml"}),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{lines}</sheetData></worksheet>',
        },
    )


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def _types(parts: Mapping[str, str]) -> str:
    links = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = f'<Default Extension="rels" ContentType="{links}"/>'
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _links(targets: Mapping[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _write(target: Path, parts: Mapping[str, str]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), HEAD + content, zipfile.ZIP_DEFLATED)
