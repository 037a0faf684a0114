"""From a template under construction to a file and its truth: marks found, written down and taken out."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import parse_xml
from lxml import etree

from tests.documents import filling_kit as kit

if TYPE_CHECKING:
    from tests.data.templates.building import Container, RowsTruth, Template

W = kit.W
SPACES = {
    "w": W,
    "w14": kit.W14,
    "mc": kit.MC,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
MARKS = range(0xE000, 0xE800)


def packaged(template: Template) -> bytes:
    """The .docx with its marks."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = 7560310, 10692130  # A4
    section.left_margin = section.right_margin = 900000
    if template.header:
        section.header.paragraphs[0].text = template.header
    if template.footer:
        section.footer.paragraphs[0].text = template.footer
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
    made = parse_xml(f"<w:body {declared}>{template.xml()}</w:body>")
    for number, child in enumerate(list(made)):
        body.insert(number, child)
    if template.protected:
        protection = parse_xml(f'<w:documentProtection xmlns:w="{W}" w:edit="forms" w:enforcement="1"/>')
        document.settings.element.insert(0, protection)
    stream = io.BytesIO()
    document.save(stream)
    return dated(stream.getvalue())


def dated(content: bytes) -> bytes:
    """The same package with one date for all parts, so that equal templates are equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def saved_by_libreoffice(content: bytes) -> bytes:
    """The file as LibreOffice writes it."""
    with tempfile.TemporaryDirectory() as folder:
        there, out = Path(folder, "template.docx"), Path(folder, "out")
        there.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
            str(out),
        ]
        subprocess.run([*command, str(there)], check=True, capture_output=True, timeout=280)
        return dated((out / "template.docx").read_bytes())


def resolved(template: Template, content: bytes) -> tuple[bytes, str]:
    """The file without its marks, and the truth as TOML."""
    root = kit.root_of(content)
    where = {}
    for text in root.iter(f"{{{W}}}t"):
        for sign in text.text or "":
            if ord(sign) in MARKS and kit.nearest(text, kit.FALLBACK) is None:
                where[sign] = text
    marks = template.writer.marks
    _told(marks.containers, marks.rows, where)
    lines = [
        "[template]",
        f"form = {json.dumps(template.form)}",
        f"layouts = {_quoted(template.layouts)}",
    ]
    if template.margins:
        told = ", ".join(f"{_quoted(part)} = {_quoted(text)}" for part, text in template.margins.items())
        lines.append(f"margins = {{ {told} }}")
    for container in marks.containers:
        lines += _container_lines(container, where)
    for rows in marks.rows:
        lines += _rows_lines(rows, where)
    _strip(root)
    return kit.replaced(content, root), "\n".join(lines) + "\n"


def _told(containers: list[Container], rows: list[RowsTruth], where: dict[str, etree._Element]) -> None:
    wanted = {place.mark: place.path for part in containers for place in part.places} | {
        one.mark: one.path for one in rows
    }
    lost = [path for mark, path in wanted.items() if mark not in where]
    if lost:
        raise ValueError(f"marks that were lost on the way: {lost}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _container_lines(container: Container, where: dict[str, etree._Element]) -> list[str]:
    text = where[container.places[0].mark]
    holder = kit.nearest(text, kit.TC)
    box = kit.nearest(text, f"{{{W}}}txbxContent")
    if holder is None or (box is not None and kit.nearest(box, kit.TC) is holder):
        holder = kit.nearest(text, kit.P)
    lines = ["", "[[container]]", f'at = "{kit.address(holder)}"', f"text = {_quoted(container.text)}"]
    for place in container.places:
        lines += ["[[container.place]]", f'path = "{place.path}"']
        if place.shown:
            lines.append(f"shown = {_quoted(place.shown)}")
        if place.accept:
            lines.append(f"accept = [{', '.join(_quoted(text) for text in place.accept)}]")
        if place.optional:
            lines.append("optional = true")
    return lines


def _rows_lines(rows: RowsTruth, where: dict[str, etree._Element]) -> list[str]:
    row = kit.nearest(where[rows.mark], kit.TR)
    lines = ["", "[[rows]]", f'at = "{kit.address(row)}"', f'path = "{rows.path}"']
    lines.append(f"columns = [{', '.join(_quoted(name) for name in rows.columns)}]")
    lines += [f"blank = {rows.blank}", f"surplus = {_quoted(rows.surplus)}"]
    if rows.optional:
        lines.append("optional = true")
    return lines


def _strip(root: etree._Element) -> None:
    """Take the marks out, and runs that held nothing else."""
    for text in list(root.iter(f"{{{W}}}t")):
        before = text.text or ""
        after = "".join(sign for sign in before if ord(sign) not in MARKS)
        if after == before:
            continue
        text.text = after
        run = text.getparent()
        if not after:
            run.remove(text)
            if all(etree.QName(child).localname == "rPr" for child in run):
                run.getparent().remove(run)
