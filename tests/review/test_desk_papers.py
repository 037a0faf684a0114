"""审核意见表 and the report of an incident, read back."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from pilotdesk.forms.review_sheet import read_review
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.outputs.incident import Incident, Proposal, incident_docx, incident_paper
from pilotdesk.review.outputs.opinion_files import OpinionFiles
from pilotdesk.review.outputs.opinion_papers import REFERENCE, SheetHead, opinion_docx, opinion_name
from pilotdesk.review.records import Kind
from pilotdesk.rules.issue import Severity
from tests.review.desk_kit import desk_in, finding, opened, sample_submission, submission

ROUND = load_shipped("2026").round
FINDINGS = (
    finding(),
    finding(
        "x",
        Severity.WARNING,
        5,
        sentence="没有写责任人。",
        path="schedule[r_1].person",
        number="10.1",
        label="责任人",
    ),
    finding(
        "desk_pdf_older", Severity.HINT, 0, path="", number="", label="", sentence="PDF 旧了。", clause=""
    ),
)
HEAD = SheetHead(
    bureau="江西省市场监督管理局",
    field="社会管理与公共服务领域",
    evidence=("无不良记录", "事业单位", "F6", "专职 2 人", "六项活动齐", "8 个指标"),
    order=1,
)
INCIDENT = Incident(
    bureau="江西省市场监督管理局",
    code="赣市监标",
    number="88",
    year=2027,
    signer="王小明",
    title="南汀县政务服务标准化试点",
    unit="南汀县行政审批局",
    field="社会管理与公共服务领域",
    causes=("受到通报批评", "系统停机"),
    happened=date(2027, 8, 3),
    course="大厅停机。\n8月5日恢复。",
    influence="三百人受影响。",
    measures="已补办。",
    proposal=Proposal.MEND,
    reasons="问题已查明。",
    annexes=("通报复印件",),
    contact="丁一帆",
    phone="0791-0000512",
    dated=date(2027, 8, 20),
    issued_by="局办公室",
)


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def dossier(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(submission(findings=FINDINGS))
        for point in range(1, 6):
            desk.verdict("k1", point, Verdict.AMEND if point == 5 else Verdict.PASSED)
        desk.opinion("k1", "point:5", "请写明责任人。")
        desk.opinion("k1", "uscc", "请核对代码。")
        desk.opinion("k1", "point:2", "/")
        desk.opinion("k1", "", "先改这两处。")
        desk.conclude("k1", Conclusion.RETURNED, "等补正")
        desk.pick("k1", yes=True)
        yield desk.one("k1")


def test_sheet_says_what_the_desk_decided(dossier, tmp_path):
    content = opinion_docx(dossier, HEAD)
    assert content == opinion_docx(dossier, HEAD)
    path = tmp_path / f"{opinion_name(dossier)}.docx"
    path.write_bytes(content)
    assert path.name == "审核意见表_001_甲县服务中心.docx"
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    document = docx.Document(str(path))
    assert document.paragraphs[0].text == REFERENCE
    assert "参考格式" in REFERENCE
    project, points, found, conclusion = map(cells, document.tables)
    assert project[0] == ["项目名称", "甲县标准化试点", "编　号", "001"]
    assert project[3][:2] == ["领　域", "社会管理与公共服务领域"]
    assert project[4][3] == "2026-06-02"
    labels = list(dossier.point_labels)
    assert [row[1] for row in points[1:]] == [*labels, "形式和整体"]
    assert [row[2] for row in points[1:]] == ["通过", "通过", "通过", "通过", "补正", "—", "—"]
    assert [row[3] for row in points[1:]] == [*HEAD.evidence, "—"]
    assert [row[4] for row in points[1:]] == [
        "请核对代码。",
        "—",
        "—",
        "—",
        "请写明责任人。",
        "—",
        "先改这两处。",
    ]
    assert [row[1] for row in found[1:]] == ["必须改", "请核实", "建议"]
    assert found[1][3] == f"{FINDINGS[0].sentence}（{FINDINGS[0].clause}）"
    assert found[3][2:] == ["形式和整体", "PDF 旧了。"]
    assert conclusion[0] == ["审核结论", "退回（等补正）", "推　荐", "推荐，排第 1"]
    assert [row[0] for row in conclusion[1:]] == ["审核人（签字）", "复核人（签字）"]
    # what is signed never stands alone on a page
    stays = [
        cell.paragraphs[-1].paragraph_format.keep_with_next for cell in document.tables[2].rows[-1].cells
    ]
    assert all(stays)


def test_sheet_without_findings_and_with_text_that_is_no_xml(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        one = submission(findings=())
        desk.take(replace(one, facts=replace(one.facts, title="<甲>&\x0b乙", directions=())))
        document = docx.Document(io.BytesIO(opinion_docx(desk.one("k1"), replace(HEAD, evidence=()))))
    assert len(document.tables) == 3
    nothing = next(one for one in document.paragraphs if one.text == "没有疑点。")
    assert nothing.paragraph_format.keep_with_next
    assert cells(document.tables[0])[0][1].startswith("<甲>&")


def test_sheets_of_a_desk_are_files_with_what_the_answers_say(tmp_path):
    pack, today, told = load_shipped("2026"), date(2026, 7, 1), []
    with opened(desk_in(tmp_path)) as desk:
        desk.take(sample_submission())
        desk.take(submission("k2", source=Kind.PLAIN_WORD))
        maker = OpinionFiles(desk, pack, read_review(forms_dir() / "2026"), bureau="某局", today=today)
        files = maker.write(["sample", "k2"], tmp_path / "out", lambda done, all_: told.append((done, all_)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert sorted(files) == sorted((tmp_path / "out").iterdir())
    sample, other = (cells(docx.Document(str(file)).tables[1])[1:7] for file in files)
    lines = [row[3] for row in sample]
    assert "专职" in lines[3]
    assert all(line not in {"", "—"} for line in lines)
    assert [row[3] for row in other] == ["—"] * 6


def test_incident_is_a_report_of_what_was_said(tmp_path):
    content = incident_docx(INCIDENT, ROUND)
    assert content == incident_docx(INCIDENT, ROUND)
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    document = docx.Document(str(path))
    lines = [one.text for one in document.paragraphs]
    at = lines.index("特此报告。")  # never alone with the signature on a page
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs[at - 1 : at + 1])
    assert document.paragraphs[at - 2].paragraph_format.keep_with_next is None
    heads = [line for line in lines if line[:2] in {"一、", "二、", "三、", "四、", "五、"}]
    assert heads == ["一、项目基本情况", "二、事由和经过", "三、影响", "四、已采取的措施", "五、处理意见"]
    for line in (
        "事由：受到通报批评、系统停机。时间：2027年8月3日。",
        "大厅停机。",
        "8月5日恢复。",
        "三百人受影响。",
        "已补办。",
        "建议该试点项目限期整改，整改期间继续建设。",
        "特此报告。",
        "附件：通报复印件",
    ):
        assert line in lines
    assert "建设周期为2027年1月至2028年12月。" in "".join(lines)
    assert "".join(lines[6:9]).startswith("江西省市场监督管理局关于")
    assert incident_paper(INCIDENT, ROUND).blanks == ()


@pytest.mark.parametrize("proposal", Proposal)
def test_each_proposal_says_its_word(proposal):
    text = "".join(text for _, text in incident_paper(replace(INCIDENT, proposal=proposal), ROUND).text)
    assert proposal.value in text


def test_incident_leaves_open_what_nobody_said():
    bare = Incident(bureau="某省市场监督管理局", year=2027, title="甲试点", unit="")
    paper = incident_paper(bare, ROUND)
    text = "".join(text for _, text in paper.text)
    for words in (
        "事由",
        "发生的时间",
        "经过",
        "造成的影响",
        "已采取的措施",
        "继续、整改、暂停或者终止",
        "承担单位",
    ):
        assert f"【请填写：{words}" in text
    assert not any(word in text for word in ("督导", "考核", "验收"))


def test_an_opinion_on_an_answer_stands_under_its_point_with_its_name(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(replace(sample_submission(), findings=()))
        desk.opinion("sample", "uscc", "请核对代码。")
        desk.opinion("sample", "background", "4.1 请写明依据的文件。")
        review = read_review(forms_dir() / "2026")
        maker = OpinionFiles(desk, load_shipped("2026"), review, bureau="某局", today=date(2026, 7, 1))
        (file,) = maker.write(["sample"], tmp_path / "out")
    points = cells(docx.Document(str(file)).tables[1])[1:]
    told = {row[1]: row[4] for row in points if row[4] != "—"}
    assert set(told.values()) == {"2.2 统一社会信用代码：请核对代码。", "4.1 请写明依据的文件。"}
    assert "形式和整体" not in told
