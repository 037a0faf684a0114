"""An export is whole and read back, or it is not there at all."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from pilotdesk.documents.blocks import PrintedAnswer
from pilotdesk.documents.export import export_documents, file_stem
from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.readback import read_docx
from pilotdesk.errors import ExportError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import export_session, outline_of
from pilotdesk.session import Session
from tests.contract.filler import Filler

TODAY = date(2026, 6, 12)
NOBODY_HAS = "\U0003134b"
"""An ideograph of extension H that no shipped font draws."""


def session_with(**values):
    return Session(load_shipped("2026"), "application", values, today=TODAY)


def final_outline(**values):
    session = session_with(**values)
    return build_outline(session.pack, session.form, session.freeze())


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_both_files_stand_there_with_their_digests(tmp_path):
    result = export_documents([final_outline(project_name="甲标准化试点")], tmp_path)
    assert [file.kind for file in result.files] == ["docx", "pdf"]
    for file in result.files:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert left_in(tmp_path) == ["申报书_甲标准化试点（第1版）.docx", "申报书_甲标准化试点（第1版）.pdf"]
    assert [(name, len(code)) for name, code in result.check_codes] == [("申报书", 9)]
    assert {file.check_code for file in result.files} == {result.check_codes[0][1]}


@pytest.mark.parametrize(("word", "pdf"), [(True, False), (False, True)])
def test_only_what_was_asked_for_is_kept(tmp_path, word, pdf):
    export_documents([final_outline()], tmp_path, word=word, pdf=pdf)
    assert [name.rsplit(".")[-1] for name in left_in(tmp_path)] == (["docx"] if word else ["pdf"])


@pytest.mark.parametrize(("word", "pdf"), [(True, False), (False, True), (True, True)])
def test_an_answer_that_does_not_read_back_leaves_no_file(tmp_path, word, pdf):
    outline = final_outline(project_name="甲标准化试点")
    lost = PrintedAnswer("unit_introduction", "2.30 单位简介", "这一句没有印出来。")
    with pytest.raises(ExportError) as trouble:
        export_documents([replace(outline, answers=(*outline.answers, lost))], tmp_path, word=word, pdf=pdf)
    assert trouble.value.code == "readback_differs"
    assert "2.30 单位简介" in str(trouble.value)
    assert left_in(tmp_path) == []


def test_an_older_export_stays_when_the_new_one_fails(tmp_path):
    outline = final_outline(project_name="甲标准化试点")
    export_documents([outline], tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in left_in(tmp_path)}
    lost = PrintedAnswer("unit_introduction", "单位简介", "没有印出来")
    with pytest.raises(ExportError):
        export_documents([replace(outline, answers=(*outline.answers, lost))], tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in left_in(tmp_path)} == before


def test_a_sign_that_no_font_has_blocks_the_final_version_only(tmp_path):
    with pytest.raises(ExportError) as trouble:
        export_documents([final_outline(project_name=f"{NOBODY_HAS}县标准化试点")], tmp_path)
    assert trouble.value.code == "glyphs_missing"
    assert NOBODY_HAS in str(trouble.value)
    assert left_in(tmp_path) == []
    draft = outline_of(session_with(project_name=f"{NOBODY_HAS}县标准化试点"), draft=True)
    export_documents([draft], tmp_path)
    assert len(left_in(tmp_path)) == 2


def test_the_same_answers_give_the_same_bytes(tmp_path):
    outline = final_outline(project_name="甲标准化试点")
    first, second = (export_documents([outline], tmp_path / name) for name in ("a", "b"))
    assert [file.sha256 for file in first.files] == [file.sha256 for file in second.files]


def test_an_unwritable_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as trouble:
        export_documents([final_outline()], tmp_path / "file" / "out")
    assert trouble.value.code == "folder_unwritable"


@pytest.mark.parametrize(
    ("project", "stem"),
    [
        ("甲/乙:丙?", "申报书_甲乙丙（第1版）"),
        ("", "申报书_未命名项目（第1版）"),
        ("字" * 200, f"申报书_{'字' * 66}（第1版）"),
        ("x" * 200, f"申报书_{'x' * 80}（第1版）"),
    ],
)
def test_the_file_name_is_one_that_windows_and_linux_take(project, stem):
    assert file_stem(final_outline(project_name=project)) == stem


def test_signs_that_no_document_can_hold_are_left_out_and_told(tmp_path):
    odd = final_outline(unit_introduction="甲\x07乙\x01丙", needs="一\u0085二")
    result = export_documents([odd], tmp_path)
    assert [path for path, _ in result.left_out] == ["unit_introduction"]
    assert "2.30 单位简介" in result.left_out_sentence
    assert read_docx(result.files[0].path)["unit_introduction"] == "甲乙丙"
    assert export_documents([final_outline(needs="一")], tmp_path).left_out_sentence == ""


def test_final_versions_wait_for_what_must_be_mended(tmp_path):
    session = session_with()
    with pytest.raises(ExportError) as trouble:
        export_session(session, tmp_path)
    assert trouble.value.code == "errors_left"
    export_session(session, tmp_path, draft=True)
    assert len(left_in(tmp_path)) == 2


def test_progress_is_told_page_by_page(tmp_path):
    told = []
    pack = load_shipped("2026")
    session = Session(pack, "application", Filler(pack.forms["application"]).values(), today=TODAY)
    export_documents([outline_of(session, draft=True)], tmp_path, progress=lambda *step: told.append(step))
    assert told
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_several_documents_are_written_all_or_none(tmp_path):
    first = replace(final_outline(project_name="甲标准化试点"), name="自评表")
    second = replace(final_outline(project_name="甲标准化试点"), name="自评报告")
    lost = PrintedAnswer("unit_introduction", "2.30 单位简介", "这一句没有印出来。")
    with pytest.raises(ExportError):
        export_documents([first, replace(second, answers=(*second.answers, lost))], tmp_path)
    assert left_in(tmp_path) == []
    result = export_documents([first, second], tmp_path)
    assert [file.path.name.partition("_")[0] for file in result.files] == ["自评表"] * 2 + ["自评报告"] * 2
    assert [name for name, _ in result.check_codes] == ["自评表", "自评报告"]
    assert result.answers == len(first.answers) + len(second.answers)


def test_a_file_that_was_changed_after_it_went_out_is_not_replaced(tmp_path):
    first = export_documents([final_outline()], tmp_path, pdf=False)
    ours = {file.sha256 for file in first.files}
    edited = first.files[0].path
    export_documents([final_outline()], tmp_path, pdf=False, ours=ours)
    edited.write_bytes(edited.read_bytes() + b"what a colleague wrote")
    with pytest.raises(ExportError) as trouble:
        export_documents([final_outline()], tmp_path, ours=ours)
    assert trouble.value.code == "target_changed"
    assert left_in(tmp_path) == [edited.name]
    assert edited.read_bytes().endswith(b"what a colleague wrote")
