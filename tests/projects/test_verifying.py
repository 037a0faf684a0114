"""核对: which version a file is, whether it was changed, and what differs between carriers."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from dataclasses import replace as with_values
from datetime import date

import pytest
from docx import Document
from msgspec.structs import replace

from pilotdesk.cli.main import run
from pilotdesk.documents.carriers import Carrier, read_carrier
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.projects import (
    export_session,
    package_of,
    sample_package,
    session_of_package,
    verifying,
)
from pilotdesk.projects.verifying import to_json, verify

TODAY = date(2026, 6, 12)


def look(*files):
    return verify(files, read=read_package, today=TODAY)


def replaced(path, old, new):
    """The Word file with a text of its body replaced once."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def without_row(path, text):
    """The Word file without the first row of a table that has a text in a cell."""
    document = Document(str(path))
    rows = (row for table in document.tables for row in table.rows)
    row = next(row for row in rows if any(cell.text == text for cell in row.cells))
    row._tr.getparent().remove(row._tr)
    document.save(str(path))


@pytest.fixture
def kit(tmp_path):
    """A summary as package, Word and PDF, all of the same answers."""
    package = sample_package("summary_2027")
    result = export_session(session_of_package(package, TODAY), tmp_path)
    files = {
        file.path.suffix: file.path for file in result.files if file.path.name.startswith("2027年度工作总结")
    }
    write_package(package, tmp_path / "总结.pilot")
    return tmp_path / "总结.pilot", files[".docx"], files[".pdf"]


def test_package_word_and_pdf_of_the_same_answers_agree(kit):
    found = look(*kit)
    assert [finding.state for finding in found.findings] == ["package", "unchanged", "unchanged"]
    assert found.agrees
    assert found.readable
    assert [group.files for group in found.groups] == [(0, 1, 2)]


def test_what_was_changed_in_word_is_told_by_its_place(kit):
    package, word, pdf = kit
    text = read_package(package).values["filler_name"]
    replaced(word, text, "改成别人")
    found = look(package, word, pdf)
    assert not found.agrees
    assert found.findings[1].state == "changed"
    assert [one.path for one in found.findings[1].changed] == ["filler_name"]
    (difference,) = found.groups[0].differences
    assert difference.texts == (text, "改成别人", text)
    assert difference.label == "0.6 填报人"


def test_a_draft_that_went_on_differs_from_its_files_which_are_unchanged(kit):
    package, word, pdf = kit
    session = session_of_package(read_package(package), TODAY)
    rows = session.value("figures")
    session.remove_rows("figures", [rows[0].id])
    write_package(package_of(session, read_package(package).files), package)
    found = look(package, word, pdf)
    assert [finding.state for finding in found.findings] == ["package", "unchanged", "unchanged"]
    assert found.groups[0].differences
    assert {difference.path.partition("[")[0] for difference in found.groups[0].differences} == {"figures"}
    assert all("第 1 行" in difference.label for difference in found.groups[0].differences)


def test_a_broken_file_and_one_of_others_stand_beside_good_ones(kit, tmp_path):
    package, word, _ = kit
    broken = tmp_path / "坏.docx"
    broken.write_bytes(word.read_bytes()[:500])
    other = tmp_path / "通知.txt"
    other.write_text("x")
    found = look(package, broken, other, tmp_path / "没有.pilot", word)
    assert [finding.state for finding in found.findings] == [
        "package",
        "unreadable",
        "foreign",
        "unreadable",
        "unchanged",
    ]
    assert not found.readable
    assert found.groups[0].files == (0, 4)
    assert all(finding.sentence for finding in found.findings)


def test_another_project_is_another_group(kit, tmp_path):
    package, word, _ = kit
    other = read_package(package)
    session = session_of_package(other, TODAY)
    session.set_value("project_name", "别的县别的项目", origin="test")
    (tmp_path / "b").mkdir()
    files = export_session(session, tmp_path / "b", pdf=False).files
    found = look(word, files[0].path)
    assert found.groups == ()


def test_the_command_says_it_in_lines_and_in_json(kit, capsys):
    assert run(["verify", *map(str, kit)]) == 0
    assert "内容一致" in capsys.readouterr().out
    assert run(["verify", "--json", *map(str, kit)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["agrees"] is True
    assert told["groups"][0]["differences"] == []
    replaced(kit[1], read_package(kit[0]).values["filler_name"], "改成别人")
    assert run(["verify", *map(str, kit)]) == 1
    shown = capsys.readouterr().out
    assert "改过 1 处" in shown
    assert "改成别人" in shown
    assert run(["verify", str(kit[0]), str(kit[0].with_name("没有.docx"))]) == 2


def test_the_command_says_what_stands_in_a_changed_place_now(kit, capsys):
    name = read_package(kit[0]).values["filler_name"]
    replaced(kit[1], name, "改成别人")
    assert run(["verify", str(kit[1])]) == 1
    shown = capsys.readouterr().out
    assert "填报人，现在是“改成别人”" in shown
    assert name not in shown  # of what stood there a Word file knows a fingerprint only
    replaced(kit[1], "改成别人", "")
    without_row(kit[1], read_package(kit[0]).values["figures"][1].cell("indicator"))
    assert run(["verify", str(kit[1])]) == 1
    shown = capsys.readouterr().out
    assert "填报人，现在没有了" in shown
    assert "改过 2 处" in shown
    assert "3.1 量化指标完成情况，原来的一行，现在没有了" in shown


def test_the_command_shows_the_place_where_long_texts_differ(tmp_path, capsys):
    package = sample_package("summary_2027")
    long = "办理事项前后都一样的很长一段话，" * 6
    for name, end in (("甲.pilot", "九月办完"), ("乙.pilot", "十月办完")):
        values = {**package.values, "filler_name": f"{long}{end}"}
        write_package(with_values(package, values=values), tmp_path / name)
    assert run(["verify", str(tmp_path / "甲.pilot"), str(tmp_path / "乙.pilot")]) == 1
    shown = capsys.readouterr().out
    assert "九月办完" in shown
    assert "十月办完" in shown


def test_json_holds_all_files_and_documents(kit):
    told = to_json(look(*kit))
    assert [file["file"] for file in told["files"]] == [path.name for path in kit]
    assert len(told["files"][0]["documents"]) == 2  # 工作总结 and 佐证材料目录
    json.dumps(told, ensure_ascii=False)


def test_a_pdf_with_pictures_is_read(tmp_path):
    package = sample_package()
    session = session_of_package(package, TODAY)
    files = export_session(session, tmp_path, word=False, content=package.files.get).files
    assert b"/Subtype /Image" in files[0].path.read_bytes()
    assert [finding.state for finding in look(files[0].path).findings] == ["unchanged"]


# -- very many files ---------------------------------------------------------------------------------


def test_answers_that_were_not_kept_are_read_again_and_give_the_same(kit, tmp_path, monkeypatch):
    package, word, pdf = kit
    replaced(word, read_package(package).values["filler_name"], "改成别人")
    again = tmp_path / "又一份.pdf"
    again.write_bytes(pdf.read_bytes())
    whole = look(package, word, pdf, again)
    assert whole.groups[0].differences
    monkeypatch.setattr(verifying, "MOST_KEPT", 1)
    assert look(package, word, pdf, again) == whole


def test_a_file_that_goes_away_while_it_is_looked_at_is_told_of(kit, monkeypatch):
    package, word, pdf = kit
    replaced(word, read_package(package).values["filler_name"], "改成别人")
    monkeypatch.setattr(verifying, "MOST_KEPT", 0)
    seen = []

    def read_once(path):
        if path in seen:
            path.unlink(missing_ok=True)
        seen.append(path)
        return read_package(path)

    found = verify((package, word, pdf), read=read_once, today=TODAY)
    assert [finding.state for finding in found.findings] == ["unreadable", "changed", "unchanged"]
    assert found.groups[0].files == (1, 2)
    assert found.groups[0].differences[0].texts == (
        "改成别人",
        read_carrier(pdf).answers["filler_name"],
    )


def carrier_of(path, identity, size):
    """What reading such a file gives, without one."""
    answers = {"unit_profile": f"{path.name}{'长' * size}"}
    identity = replace(identity, project="", title=path.name)
    return Carrier(
        kind="docx",
        file_name=path.name,
        identity=identity,
        answers=answers,
        digest=identity.digest,
        changed=(),
    )


def test_memory_does_not_grow_with_files_that_nothing_is_compared_with(kit, tmp_path, monkeypatch):
    identity, size, kept = read_carrier(kit[1]).identity, 50_000, 4
    monkeypatch.setattr(verifying, "MOST_KEPT", kept)
    monkeypatch.setattr(verifying, "read_carrier", lambda path: carrier_of(path, identity, size))
    files = [tmp_path / f"{number}.docx" for number in range(300)]
    look(*files[:2])  # the pack is read
    tracemalloc.start()
    try:
        found = look(*files)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.findings) == len(files)
    assert found.groups == ()
    assert peak < 2 * size * (kept + 6) + 4_000 * len(files)
