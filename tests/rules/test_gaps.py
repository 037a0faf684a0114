"""Missing cells of a table in one line, with the way to the first."""

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import new_package, session_of_package
from pilotdesk.rules.issue import Severity
from tests.rules.sample_form import TODAY


def fresh():
    return session_of_package(new_package(load_shipped("2026"), "application", None), TODAY)


def of(issues, table):
    return [issue for issue in issues if issue.path.startswith(f"{table}[")]


def test_missing_cells_of_a_table_are_one_issue_in_the_place_of_the_first():
    session = fresh()
    every = session.all_issues()
    cells = of(every, "schedule")
    assert len(cells) > 20
    (line,) = of(session.engine.listed_issues(), "schedule")
    assert line.path == cells[0].path
    assert line.gaps == tuple(cell.path for cell in cells)
    assert line.what == f"10.1 试点任务和进度安排表还有 {len(cells)} 格没有填。"
    assert "完成标志 7 格" in line.fix
    others = [issue for issue in every if issue.path.partition("[")[1] == ""]
    assert [
        issue for issue in session.engine.listed_issues() if not issue.gaps and "[" not in issue.path
    ] == others


def test_severities_stay_apart_and_keys_differ():
    lines = of(fresh().engine.listed_issues(), "credit_queries")
    assert {line.severity for line in lines} == {Severity.ERROR, Severity.WARNING}
    assert len({line.key for line in lines}) == 2


def test_the_last_missing_cell_is_said_by_its_own_words():
    session = fresh()
    for path in of(session.engine.listed_issues(), "schedule")[0].gaps[:-1]:
        before = of(session.engine.listed_issues(), "schedule")[0].key
        session.set_text(path, "标准化科 陈立")
    (line,) = of(session.engine.listed_issues(), "schedule")
    assert line.code == "required"
    assert "第 8 行" in line.what
    assert before != line.key
