"""Drafts of the sample, their Word files as LibreOffice saves them, and a hand that edits such files like a person.

The files are kept in ``tests/data/edited``, so that nobody needs LibreOffice to run the tests;
``python -m tests.documents.edited_kit`` makes them anew from the sample and the packs of today.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from copy import deepcopy
from datetime import date
from pathlib import Path

from lxml import etree

from pilotdesk.documents.digest import canonical
from pilotdesk.documents.word import write_docx
from pilotdesk.documents.word.marks import cover_name, mark_name
from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import outlines_of, sample_package
from pilotdesk.session import Session

HERE = Path(__file__).parent.parent / "data" / "edited"
TODAY = date(2029, 1, 15)
DOCUMENTS = (
    ("application", ""), ("summary_2027", "form"), ("summary_2027", "directory"), ("summary_2028", "form"),
    ("summary_2028", "directory"), ("self_assessment", "form"), ("self_assessment", "report"),
    ("self_assessment", "directory"),
)  # fmt: skip
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HAN = "试点标准服务事项管理县政务流程规范改进评价材料办理时限群众窗口"


def kept_session(form):
    """The sample's draft with the row ids that the kept files have."""
    kept = json.loads((HERE / f"{form}.json").read_text(encoding="utf-8"))
    values = {path: from_json(value) for path, value in kept.items()}
    return Session(load_shipped("2026"), form, values, today=TODAY)


def kept_file(form, document):
    return HERE / f"{form}-{document or 'form'}.docx"


def written(session, document, target):
    """The Word file as the program writes it."""
    outline = next(one for one in outlines_of(session, draft=True) if one.origin.document == document)
    write_docx(outline, target, pages=None)
    return outline


def resaved(files, folder, profile):
    """The files as LibreOffice saves them."""
    folder.mkdir(exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    return [folder / file.name for file in files]


class Hand:
    """Edits one Word file as people do, and remembers what it did.

    ``changed`` maps paths to the text that stands there afterwards, ``removed`` and ``moved`` are (table, row id),
    ``added`` is (table, words of the first cell that says something).
    """

    def __init__(self, source, outline, form, seed):
        self.random = random.Random(seed)
        with zipfile.ZipFile(source) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self._parts["word/document.xml"])
        self._marks = {}
        for mark in self.root.iter(f"{W}bookmarkStart"):  # LibreOffice begins some twice
            self._marks.setdefault(mark.get(f"{W}name"), mark)
        self.outline, self.form = outline, form
        self.changed, self.removed, self.moved, self.added = {}, set(), set(), []
        self._rows_taken = set()

    def save(self, target, *, marks=True):
        self._parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                if name == "word/document.xml" and not marks:
                    content = re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", content)
                archive.writestr(name, content)
        return target

    # -- finding places ----------------------------------------------------------------------

    def paragraphs(self, path):
        """The paragraphs of an answer: all of its cell, or of the body up to the next heading or table."""
        mark = self._marks[mark_name(path)]
        paragraph = next((p for p in mark.iterancestors(f"{W}p")), None)
        if paragraph is None:
            paragraph = mark.getnext()
            while paragraph.tag != f"{W}p":
                paragraph = paragraph.getnext()
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is not None:
            return list(cell.findall(f"{W}p"))
        found = [paragraph]
        style = style_of(paragraph)
        following = paragraph.getnext()
        while following is not None and following.tag == f"{W}p" and style_of(following) == style:
            found.append(following)
            following = following.getnext()
        return found

    def has(self, path):
        return mark_name(path) in self._marks

    def row_of(self, path):
        mark = self._marks[mark_name(path)]
        return next(mark.iterancestors(f"{W}tr"))

    def said(self, path):
        return canonical("\n".join(map(text_of, self.paragraphs(path))))

    # -- what people do ----------------------------------------------------------------------

    def replace(self, path, text):
        """The text selected and typed over; a line each becomes a paragraph each."""
        paragraphs = self.paragraphs(path)
        for paragraph in paragraphs[1:]:
            paragraph.getparent().remove(paragraph)
        for run in [*paragraphs[0].iter(f"{W}r")]:
            run.getparent().remove(run)
        last = paragraphs[0]
        for number, line in enumerate(text.split("\n")):
            if number:
                last.addnext(etree.Element(f"{W}p"))
                last = last.getnext()
            etree.SubElement(etree.SubElement(last, f"{W}r"), f"{W}t").text = line
        self._done(path)

    def on_cover(self, path, text):
        """The underlined line of the cover typed over."""
        name = next(name for name in self._marks if name == cover_name(path, 1, continued=False))
        paragraph = next(self._marks[name].iterancestors(f"{W}p"))
        texts = list(paragraph.iter(f"{W}t"))
        texts[0].text = text
        for other in texts[1:]:
            other.text = ""

    def first_of(self, table, row):
        """Some cell of a row."""
        return next(
            answer.path
            for answer in self.outline.answers
            if answer.path.startswith(f"{table}[{row}]") and self.has(answer.path)
        )

    def write_below_table(self, table, text):
        path = next(
            a.path for a in self.outline.answers if a.path.startswith(f"{table}[") and self.has(a.path)
        )
        made = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = text
        next(self.row_of(path).iterancestors(f"{W}tbl")).addnext(made)

    def delete_table(self, path):
        table = next(self.row_of(path).iterancestors(f"{W}tbl"))
        table.getparent().remove(table)

    def type_into(self, path):
        """Other words in the middle of a text."""
        nodes = [t for p in self.paragraphs(path) for t in p.iter(f"{W}t") if (t.text or "").strip()]
        node = self.random.choice(nodes)
        at = self.random.randrange(len(node.text) + 1)
        node.text = node.text[:at] + self.words() + node.text[at:]
        node.set(XML_SPACE, "preserve")
        self._done(path)

    def cut_from(self, path):
        """Some words less."""
        nodes = [t for p in self.paragraphs(path) for t in p.iter(f"{W}t") if len((t.text or "").strip()) > 3]
        if not nodes:
            self.type_into(path)
            return
        node = self.random.choice(nodes)
        at = self.random.randrange(len(node.text) - 2)
        node.text = node.text[:at] + node.text[at + 2 :] + "了"
        self._done(path)

    def type_in_runs(self, path):
        """Words that Word keeps in several runs, one of them with another look, behind the bookmark's end."""
        paragraph = self.paragraphs(path)[-1]
        for number, sign in enumerate(self.words()):
            run = etree.SubElement(paragraph, f"{W}r")
            if number == 1:
                etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
            etree.SubElement(run, f"{W}t").text = sign
        self._done(path)

    def track(self, path):
        """With tracked changes on: a text taken out, other words put in."""
        paragraph = next(p for p in self.paragraphs(path) if p.find(f"{W}r/{W}t") is not None)
        run = next(r for r in paragraph.findall(f"{W}r") if r.find(f"{W}t") is not None)
        made = etree.Element(f"{W}ins", {f"{W}id": "901", f"{W}author": "某人"})
        new = etree.SubElement(made, f"{W}r")
        etree.SubElement(new, f"{W}t").text = self.words()
        gone = etree.Element(f"{W}del", {f"{W}id": "902", f"{W}author": "某人"})
        run.addprevious(gone)
        gone.append(run)
        for text in run.iter(f"{W}t"):
            text.tag = f"{W}delText"
        gone.addnext(made)
        self._done(path)

    def empty(self, path):
        """The whole cell selected and deleted, its bookmark with it."""
        paragraphs = self.paragraphs(path)
        for paragraph in paragraphs:
            for child in list(paragraph):
                if child.tag != f"{W}pPr":
                    paragraph.remove(child)
        for paragraph in paragraphs[1:]:
            paragraph.getparent().remove(paragraph)
        self.changed[path] = ""

    def add_paragraph(self, path):
        """A paragraph more at the end of a long text, typed after the last sign and so behind the bookmark."""
        last = self.paragraphs(path)[-1]
        made = etree.Element(f"{W}p")
        if last.find(f"{W}pPr") is not None:
            made.append(deepcopy(last.find(f"{W}pPr")))
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = f"另外，{self.words()}。"
        last.addnext(made)
        self._done(path)

    def move_tick(self, path):
        """Another box ticked by hand, as □ √ ☑ ■ or with √ typed behind the words."""
        runs = [t for p in self.paragraphs(path) for t in p.iter(f"{W}t")]
        boxes = [t for t in runs if (t.text or "").strip() in {"☑", "□"}]
        empty = [t for t in boxes if t.text.strip() == "□"]
        for box in boxes:
            box.text = box.text.replace("☑", "□")
        chosen = self.random.choice(empty)
        chosen.text = self.random.choice(["☑", "√", "■", "√□"])
        behind = runs[runs.index(chosen) + 1 :]
        label = "".join(
            t.text or "" for t in behind[: next((n for n, t in enumerate(behind) if t in boxes), len(behind))]
        )
        self.changed[path] = canonical(label)

    def copy_row(self, path):
        """A row copied and pasted below, as Word does: the bookmarks stay with the first; then typed over."""
        row = self.row_of(path)
        made = deepcopy(row)
        for mark in [*made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        first = ""
        for cell in made.findall(f"{W}tc"):
            nodes = list(cell.iter(f"{W}t"))
            if nodes and not re.fullmatch(r"\d+|无|—", "".join(t.text or "" for t in nodes).strip()):
                nodes[0].text = self.words() + (nodes[0].text or "")
                first = first or nodes[0].text
        row.addnext(made)
        self.added.append((path.partition("[")[0], first))

    def delete_row(self, path):
        row = self.row_of(path)
        row.getparent().remove(row)
        table, _, rest = path.partition("[")
        self.removed.add((table, rest.partition("]")[0]))

    def move_row(self, path, by):
        """Cut and pasted elsewhere in its table; Word takes the bookmarks along."""
        row = self.row_of(path)
        rows = row.getparent().findall(f"{W}tr")
        at = rows.index(row)
        row.getparent().remove(row)
        (rows[at + by]).addnext(row)
        table, _, rest = path.partition("[")
        self.moved.add((table, rest.partition("]")[0]))

    def words(self):
        return "".join(self.random.choice(HAN) for _ in range(self.random.randint(2, 6)))

    def _done(self, path):
        self.changed[path] = self.said(path)


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def text_of(paragraph):
    """The text as accepted, read in another way than the program does."""
    gone = {t for d in paragraph.iter(f"{W}del") for t in d.iter()}
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else signs.get(node.tag, "")
        for node in paragraph.iter()
        if node not in gone and not any(a.tag == f"{W}pPr" for a in node.iterancestors())
    )


def main():
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for form in dict.fromkeys(form for form, _ in DOCUMENTS):
            session = Session(load_shipped("2026"), form, sample_package(form).values, today=TODAY)
            kept = {
                path: to_json(value)
                for path, value in session.values.items()
                if not session.field(path).calculation
            }
            text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            (HERE / f"{form}.json").write_text(text, encoding="utf-8")
            for name, document in DOCUMENTS:
                if name == form:
                    plain.append(Path(folder) / kept_file(form, document).name)
                    written(session, document, plain[-1])
        resaved(plain, HERE, Path(folder) / "profile")


if __name__ == "__main__":
    main()
