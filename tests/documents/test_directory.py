"""The printed 佐证材料目录: where each piece is used, in few words, however many rows point to it."""

from __future__ import annotations

from pilotdesk.documents.blocks import Table
from pilotdesk.projects import outline_of
from tests.packs.life_kit import sample_sessions


def directory(name):
    outline = outline_of(sample_sessions()[name], draft=True, document="directory")
    (table,) = [block for block in outline.blocks if isinstance(block, Table)]
    return {row[0].text: [cell.text for cell in row] for row in table.rows}


def test_rows_that_follow_one_another_are_said_in_one_go():
    uses = {code: cells[-1].split("、") for code, cells in directory("self_assessment").items()}
    assert "补充制定标准完成情况第1—8行" in uses["E06"]
    assert uses["E06"][:2] == ["3.1", "任务完成情况第4行"]
    assert uses["E17"] == ["3.3"]
    assert max(len("、".join(places)) for places in uses.values()) < 90


def test_a_table_is_named_by_its_number_where_it_has_one():
    uses = {code: cells[-1] for code, cells in directory("summary_2027").items()}
    assert uses["E01"] == "1.1第1行"
    assert uses["E02"] == "1.1第2—3行、3.1第1—2行"


def test_the_first_piece_begins_on_the_first_page_and_each_after_the_one_before():
    counted = [
        (int(cells[-3]), int(cells[-2]))
        for cells in directory("summary_2027").values()
        if cells[-2].isdigit()
    ]
    assert len(counted) > 5
    begin = 1
    for pages, first in counted:
        assert first == begin
        begin += pages


def test_a_piece_that_is_kept_on_paper_has_no_pages():
    assert directory("summary_2027")["E11"][-3:-1] == ["—", "纸质"]
