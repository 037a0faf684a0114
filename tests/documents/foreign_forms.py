"""Small foreign forms made in code: paragraphs as texts, tables as rows of cells.

A cell is its text; ``\\n`` begins a paragraph; ``("text", 3)`` is three columns wide; ``"^"`` goes on from the cell above.
Raw XML goes in as it is where a text begins with ``<w:``.
"""

from __future__ import annotations

import zipfile
from xml.sax.saxutils import escape

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str) -> str:
    if text.startswith("<w:"):
        return text
    return f"<w:p>{run(text) if text else ''}</w:p>"


def placed(row):
    """First column, text and columns of every cell."""
    column = 0
    for cell in row:
        text, span = cell if isinstance(cell, tuple) else (cell, 1)
        yield column, text, span
        column += span


def table(rows: list[list[str | tuple[str, int]]]) -> str:
    continued = {
        (at - 1, column) for at, row in enumerate(rows) for column, cell, _ in placed(row) if cell == "^"
    }
    lines = []
    for at, row in enumerate(rows):
        cells = []
        for column, text, span in placed(row):
            merge = "<w:vMerge/>" if text == "^" else ""
            if not merge and (at, column) in continued:
                merge = '<w:vMerge w:val="restart"/>'
            inner = "".join(map(paragraph, ("" if text == "^" else text).split("\n")))
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{inner}</w:tc>')
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(lines)}</w:tbl>"


def document(*blocks: str | list) -> str:
    inner = "".join(table(one) if isinstance(one, list) else paragraph(one) for one in blocks)
    return f"<w:document {NAMES}><w:body>{inner}<w:sectPr/></w:body></w:document>"


def save(path, *blocks, main=MAIN, part="word/document.xml", more=None):
    """Write a form; ``more`` are other parts of the package."""
    parts = {
        "[Content_Types].xml": TYPES.format(main),
        "_rels/.rels": RELATIONS.format(part),
        part: document(*blocks),
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path
