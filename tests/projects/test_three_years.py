"""One project through all its years on an injected clock, and then on the successor's computer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import Clock
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.answers_file import begun_values
from pilotdesk.forms.carry import merged_with
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, Row
from pilotdesk.paths import resources_dir
from pilotdesk.projects import (
    export_session,
    facts_of,
    new_package,
    outlines_of,
    read_answers_file,
    session_of_record,
)
from pilotdesk.projects.handover import project_copy, read_kit
from pilotdesk.projects.handover.making import write_kit
from pilotdesk.projects.life import pending_differences, start_form
from pilotdesk.projects.timeline import Stage, State, timeline
from pilotdesk.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pilotdesk.forms.values import Value
    from pilotdesk.projects.timeline import Timeline

PACK = load_shipped("2026")
SAMPLE = resources_dir() / "sample"


class Office:
    """One computer: a store, a clock that the test sets, somebody who types."""

    def __init__(self, folder: Path, day: date, who: str) -> None:
        self.today = day
        self.clock = Clock(lambda: datetime(self.today.year, self.today.month, self.today.day, 3, tzinfo=UTC))
        self.store = DraftStore(folder / "data", self.clock, by=who)
        self.folder = folder

    def open(self, draft_id: str) -> Session:
        return session_of_record(self.store.load(draft_id), self.today)

    def fill_in(self, draft_id: str) -> Session:
        """Type the sample's answers into a draft, attach its files, store both as the window does."""
        session = self.open(draft_id)
        name = session.form.head.name
        typed, files = read_answers_file(PACK, name, SAMPLE / f"{name}.json")
        answers = begun_values(session.form, merged_with(session.form, session.carried, typed))
        change = session.set_values(answers, origin="typed")
        for sha256, content in files.items():
            self.store.attach(draft_id, sha256, content)
        self.store.save(
            draft_id,
            {path: session.value(path) for path in (*change.paths, *change.tables)},
            origin="typed",
            facts=facts_of(session),
        )
        return session

    def finish(self, draft_id: str) -> dict[str, str]:
        """Export the final version; returns the check codes by document."""
        session = self.open(draft_id)
        result = export_session(session, self.folder / "out", word=False)
        for file in result.files:
            self.store.log_export(
                draft_id,
                kind=file.kind,
                file_name=file.path.name,
                sha256=file.sha256,
                check_code=file.check_code,
            )
        self.store.count_revision(draft_id, session.identity.revision + 1)
        return dict(result.check_codes)

    def stand(self, project_id: str) -> Timeline:
        return timeline(
            self.store.drafts_of(project_id), PACK.round, self.store.projects.dates(project_id), self.today
        )


def begin(office: Office) -> tuple[str, str]:
    """Start the project with its application; returns the ids of project and draft."""
    package = new_package(PACK, "application", None)
    facts = facts_of(Session(PACK, "application", package.values, today=office.today))
    draft = office.store.create(PACK, "application", package.values, facts=facts, origin="typed")
    return office.store.load(draft).card.project_id, draft


def cells(session: Session, table: str, column: str) -> dict[str, Value]:
    return {row.id: row.cell(column) for row in session.rows(table)}


def typed_values(session: Session) -> dict[str, Value]:
    return {path: value for path, value in session.values.items() if not session.field(path).calculation}


def files_in(values: Mapping[str, Value]) -> set[str]:
    found: set[str] = set()
    for value in values.values():
        for part in value if isinstance(value, tuple) else ():
            inner = part.cells.values() if isinstance(part, Row) else ((part,),)
            for cell in inner:
                held = cell if isinstance(cell, tuple) else ()
                found |= {file.sha256 for file in held if isinstance(file, Attachment)}
    return found


@pytest.fixture(scope="module")
def story(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Office, str, dict[str, str], dict[str, dict[str, str]]]:
    """The office after three years: project, draft by form, check codes by form."""
    office = Office(tmp_path_factory.mktemp("office"), date(2026, 6, 10), "吴小舟")
    project, application = begin(office)
    assert office.stand(project).stage is Stage.PREPARING
    office.fill_in(application)
    codes = {"application": office.finish(application)}
    drafts = {"application": application}
    office.today = date(2026, 7, 3)
    assert office.stand(project).closed
    office.store.projects.set_date(project, "admitted", date(2026, 11, 10))
    for form, day, stage in (
        ("summary_2027", date(2027, 11, 15), Stage.BUILDING),
        ("summary_2028", date(2028, 11, 15), Stage.BUILDING),
        ("self_assessment", date(2029, 1, 20), Stage.SELF_ASSESSMENT),
    ):
        office.today = day
        assert office.stand(project).stage is stage, form
        assert form in {due.form for due in office.stand(project).forms if due.state is not State.DONE}
        drafts[form] = start_form(office.store, project, form, office.today)
        office.fill_in(drafts[form])
        codes[form] = office.finish(drafts[form])
        assert {due.form: due.state for due in office.stand(project).forms}[form] is State.DONE
    return office, project, drafts, codes


@pytest.mark.parametrize("form", ["application", "summary_2027", "summary_2028", "self_assessment"])
def test_every_form_of_the_sample_is_final_in_its_year(story, form):
    office, _project, drafts, codes = story
    session = office.open(drafts[form])
    assert session.all_issues() == ()
    assert facts_of(session).percent == 100
    assert all(len(code) == 9 for code in codes[form].values())


def test_what_was_promised_stands_in_every_later_form_in_the_same_rows(story):
    office, _project, drafts, _codes = story
    targets = office.open(drafts["application"])
    for year, form in ((2027, "summary_2027"), (2028, "summary_2028")):
        later = office.open(drafts[form])
        assert cells(later, "figures", "promised") == cells(targets, "targets", f"value_{year}")
        assert cells(later, "figures", "base_value") == cells(targets, "targets", "base_value")
    last = office.open(drafts["self_assessment"])
    assert cells(last, "results", "promised") == cells(targets, "targets", "value_2028")
    achieved = cells(office.open(drafts["summary_2027"]), "figures", "achieved")
    assert cells(last, "results", "achieved_2027") == achieved


def test_nothing_is_pending_between_the_forms(story):
    office, _project, drafts, _codes = story
    for draft in drafts.values():
        assert pending_differences(office.store, draft) == ()


def test_the_successor_has_every_value_every_step_of_history_and_every_file(story, tmp_path):
    office, project, drafts, codes = story
    office.today = date(2029, 2, 1)
    kit = tmp_path / "交接包.zip"
    write_kit(project_copy(office.store, project), PACK.round, kit, office.clock)
    other = Office(tmp_path / "another machine 接手人", date(2030, 3, 1), "接手人")
    taken = other.store.projects.put(read_kit(kit))
    assert {card.form for card in other.store.drafts_of(taken)} == set(drafts)
    assert other.store.projects.dates(taken) == office.store.projects.dates(project)
    for card in other.store.drafts_of(taken):
        before, after = office.store.load(drafts[card.form]), other.store.load(card.draft_id)
        assert after.values == before.values
        assert after.carried == before.carried
        assert after.attic == before.attic
        assert after.card.revision == before.card.revision == 1
        session = other.open(card.draft_id)
        assert typed_values(session) == typed_values(office.open(drafts[card.form]))
        for path in before.values:
            assert [
                (step.value, step.origin, step.at, step.by)
                for step in other.store.histories.of_path(card.draft_id, path)
            ] == [
                (step.value, step.origin, step.at, step.by)
                for step in office.store.histories.of_path(drafts[card.form], path)
            ]
        for sha256 in files_in(before.values):
            assert other.store.attachment(card.draft_id, sha256) == office.store.attachment(
                drafts[card.form], sha256
            )
        session.identity = office.open(drafts[card.form]).identity
        printed = {made.name: made.check_code for made in outlines_of(session, draft=False)}
        assert printed == codes[card.form]
