"""Word files of other offices, filled in by hand, read by their labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.installed import mapping_for
from pilotdesk.documents.filling.saving import save_filled
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.values import Unparsed
from pilotdesk.projects import session_of_package
from pilotdesk.review.intake.labels import read_labels
from pilotdesk.review.records import Agreement, Kind, State
from tests.documents.foreign_forms import save, table
from tests.review.intake_kit import DAY, Told, sample

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
WHOLE = [
    "01-plain-pairs",
    "02-six-columns",
    "03-merged-both-ways",
    "07-before-after",
    "21-science-project-style",
    "30-groups-of-people",
]


def filled(name: str, target: Path) -> set[str]:
    """A template with the sample in it; the single answers that are in it."""
    session = session_of_package(sample(), DAY)
    opened = OpenedDocx.open(TEMPLATES / f"{name}.docx")
    mapping = mapping_for(opened, session.form, round_name="2026", today=DAY)
    made = fill(
        opened, mapping, session.form, session.freeze(), read_aliases(current_folder("2026"), "application")
    )
    save_filled(opened, made, target)
    return {path for placed in made.placed for path in placed.path.split("+") if "[" not in path}


@pytest.mark.parametrize("name", WHOLE)
def test_what_stands_beside_known_labels_is_read_as_it_was_written(tmp_path, name):
    placed = filled(name, tmp_path / "a.docx")
    read = read_labels(tmp_path / "a.docx")
    values = sample().values
    single = {path for path in placed if not isinstance(values.get(path), tuple) or path == "directions"}
    assert {path: read.kept.values.get(path) for path in single} == {path: values[path] for path in single}
    assert (read.form, read.unit) == ("application", "南汀县政务服务中心")
    assert not any(isinstance(value, Unparsed) for value in read.kept.values.values())


def test_answers_that_had_no_place_are_told_from_those_left_empty(tmp_path):
    filled("01-plain-pairs", tmp_path / "a.docx")
    unread = read_labels(tmp_path / "a.docx").kept.unread
    assert "standards" in unread
    assert "unit_name" not in unread


def test_rules_and_reports_of_a_unit_are_no_application(tmp_path):
    save(
        tmp_path / "a.docx",
        table([["承担单位", "南汀县政务服务中心"], ["序号", "制度名称"], ["1", "考勤制度"]]),
    )
    assert read_labels(tmp_path / "a.docx") is None


def test_a_foreign_word_file_makes_a_submission_that_says_how_much_was_read(tmp_path):
    filled("21-science-project-style", tmp_path / "申报书.docx")
    save(tmp_path / "制度.docx", table([["序号", "制度名称"], ["1", "考勤制度"]]))
    found = Told([tmp_path]).only
    assert (found.source, found.agreement) == (Kind.PLAIN_WORD, Agreement.UNKNOWN)
    word, rules = sorted(found.files, key=lambda file: -file.filled)
    assert (word.state, word.kind) == (State.PARTLY, Kind.PLAIN_WORD)
    assert f"读出 {word.filled} 栏" in word.sentence
    assert rules.kind is Kind.ATTACHMENT
    assert "desk_plain_word" in {finding.code for finding in found.findings}
    assert found.facts.uscc == sample().values["uscc"]
