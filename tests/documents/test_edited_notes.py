"""Comments, footnotes and endnotes of an edited file are listed with where they hang, and are no answers."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from pilotdesk.cli.main import run
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.edited.notes import counted
from pilotdesk.drafts.package import write_package
from pilotdesk.errors import PackageError
from pilotdesk.projects import package_of
from tests.documents.edited_kit import W, kept_file, kept_session, resaved, written

SPACE = W[1:-1]
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = ("comment", "footnote", "endnote")
MARK = {
    "comment": '<w:r><w:commentReference w:id="{0}"/></w:r>',
    "footnote": '<w:r><w:footnoteReference w:id="{0}"/></w:r>',
    "endnote": '<w:r><w:endnoteReference w:id="{0}"/></w:r>',
}


@pytest.fixture(scope="module")
def draft():
    return kept_session("summary_2027")


def annotated(source, target, notes, *, author="王处长"):
    """The file with notes: (kind, words that the note stands behind, text of the note)."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    body = parts["word/document.xml"]
    for number, (kind, words, _) in enumerate(notes, 2):
        at = body.index("</w:r>", body.index(f">{words}<")) + len("</w:r>")
        body = body[:at] + MARK[kind].format(number) + body[at:]
    parts["word/document.xml"] = body
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    for kind in KINDS:
        inside = "".join(
            f'<w:{kind} w:id="{number}" w:author="{author}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
            for number, (one, _, text) in enumerate(notes, 2)
            if one == kind
        )
        if kind != "comment":
            inside = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:t>——</w:t></w:r></w:p></w:{kind}>{inside}'
        parts[f"word/{kind}s.xml"] = f'<w:{kind}s xmlns:w="{SPACE}">{inside}</w:{kind}s>'
        link = f'<Relationship Id="rIdN{kind}" Type="{TYPES}/{kind}s" Target="{kind}s.xml"/>'
        parts[rels] = parts[rels].replace("</Relationships>", f"{link}</Relationships>")
        told = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        entry = f'<Override PartName="/word/{kind}s.xml" ContentType="{told}"/>'
        parts[types] = parts[types].replace("</Types>", f"{entry}</Types>")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))
    return target


def notes_of(session, target, source):
    """On the cover, in a list, at the head of a table, and at the end of a long answer."""
    row = session.rows("figures")[1]
    notes = [
        ("comment", session.value("filler_phone"), "请写手机"),
        ("footnote", row.cell("indicator"), "按年报口径"),
        ("comment", "变更后时间", "这一栏谁填"),
        ("endnote", session.value("progress_needs"), "见附件"),
    ]
    places = {
        "请写手机": "filler_phone",
        "按年报口径": f"figures[{row.id}].indicator",
        "这一栏谁填": "",
        "见附件": "progress_needs",
    }
    return annotated(source, target, notes), places


def read(session, path):
    return read_edited(session.pack, session.form, session.freeze(), path)


def checked(session, path, places):
    edits = read(session, path)
    assert (edits.edits, edits.rows, edits.missing, edits.leftover) == ((), (), (), ())
    assert edits
    assert counted(edits.notes) == "2 条批注、1 条脚注、1 条尾注"
    told = {note.text: note for note in edits.notes}
    assert {text: note.path for text, note in told.items()} == places
    assert told["请写手机"].label == "0.7 联系电话"
    assert "第 2 行" in told["按年报口径"].label
    assert (told["这一栏谁填"].label, told["这一栏谁填"].where) == ("", "变更后时间")
    assert told["请写手机"].author == "王处长"


def test_notes_are_listed_with_their_answers_and_change_nothing(draft, tmp_path):
    own = tmp_path / "own.docx"
    written(draft, "form", own)
    before = read_carrier(own)
    path, places = notes_of(draft, tmp_path / "批注.docx", own)
    checked(draft, path, places)
    assert read_carrier(path).digest == before.digest
    assert read_carrier(path).unchanged


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_notes_of_a_file_that_libreoffice_saved(draft, tmp_path):
    own = tmp_path / "own.docx"
    written(draft, "form", own)
    path, places = notes_of(draft, tmp_path / "批注.docx", own)
    (saved,) = resaved([path], tmp_path / "saved", tmp_path / "profile")
    checked(draft, saved, places)


def test_a_file_without_notes_has_none(draft):
    edits = read(draft, kept_file("summary_2027", "form"))
    assert edits.notes == ()
    assert not edits


def test_the_command_tells_of_them(draft, tmp_path, capsys):
    own, pilot = tmp_path / "own.docx", tmp_path / "总结.pilot"
    written(draft, "form", own)
    path, places = notes_of(draft, tmp_path / "批注.docx", own)
    write_package(package_of(draft, {}), pilot)
    assert run(["readback", "--json", str(pilot), str(path)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["says"] == "文件里有 2 条批注、1 条脚注、1 条尾注，读回时不采用"
    assert [note["kind"] for note in told["notes"]] == ["comment", "comment", "footnote", "endnote"]
    assert told["notes"][2]["path"] == places["按年报口径"]
    assert run(["readback", str(pilot), str(path)]) == 1
    shown = capsys.readouterr().out
    assert "批注（在“0.7 联系电话”）：请写手机" in shown
    assert "读回时不采用。" in shown


def test_notes_that_would_do_harm_are_refused(draft, tmp_path):
    own = tmp_path / "own.docx"
    written(draft, "form", own)
    path, _ = notes_of(draft, tmp_path / "批注.docx", own)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    declared = b"<!--" + b"x" * 5_000 + b'--><!DOCTYPE a [<!ENTITY b "c">]>'
    parts["word/comments.xml"] = declared + parts["word/comments.xml"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(PackageError) as refused:
        read(draft, path)
    assert refused.value.code == "docx_unsafe"
