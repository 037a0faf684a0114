"""The years after the choice: who has not handed in yet, and what was promised against what was achieved.

Only what the units themselves write is put side by side: nobody goes and looks, the notice wants no more from the units than
the annual summary and the self-assessment.

Source: notice, items 5 and 6.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import Row, Unparsed
from pilotdesk.record import Record
from pilotdesk.rules.functions_promises import completion, falls_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.forms.model import Field, Form, FormPack
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.records import Submission

BASELINE: Final = "application"
_TARGETS: Final = "targets"
_CHINA: Final = timezone(timedelta(hours=8))
"""A deadline of the notice is a day in China, wherever the computer is set."""


class Standing(Enum):
    """How a paper stands against its deadline; the value is its word.

    ``OPEN``: it is not due yet. ``NO_DAY``: the notice gives no day, and nobody set one.
    """

    IN_TIME = "按时"
    LATE = "逾期报送"
    MISSING = "逾期未报"
    OPEN = "未到期"
    NO_DAY = "未报，未定日期"


class Duty(Record, frozen=True, kw_only=True):
    """One paper that one project owes.

    Attributes:
        key: of the project's application at the desk. title, unit, field, contact, phone: as it says.
        form, paper: name of the form, and what it is called (``2027年度工作总结``).
        due: ``None`` where there is no day. received: when it first came in; ``None`` when it has not.
        days: by how many days it is late, until today when it has not come; 0 for none.
    """

    key: str
    title: str
    unit: str
    field: str
    contact: str
    phone: str
    form: str
    paper: str
    due: date | None
    received: date | None
    standing: Standing
    days: int


class Promise(Record, frozen=True, kw_only=True):
    """One figure of one project in one year.

    Attributes:
        title, unit: of the project. form, paper: where it is told. year: that it is promised for.
        indicator, measure: name and unit of the figure.
        base, promised, changed, achieved: numbers; ``None`` for those that are not there or cannot be read. ``changed`` is the
            promise as it was changed later.
        gap: achieved less what is promised now. share: 完成率 in percent.
        kept: whether the promise was kept; ``None`` when that cannot be told.
        estimated: whether December is only estimated. reason: why not, in the unit's words.
        in_application: what the application promised, where that is another number; ``None`` where it is the same.
    """

    title: str
    unit: str
    form: str
    paper: str
    year: str
    indicator: str
    measure: str
    base: Decimal | None
    promised: Decimal | None
    changed: Decimal | None
    achieved: Decimal | None
    gap: Decimal | None
    share: Decimal | None
    kept: bool | None
    estimated: bool
    reason: str
    in_application: Decimal | None


def duties_of(
    desk: DeskReading, pack: FormPack, today: date, days: Mapping[str, date] | None = None
) -> tuple[Duty, ...]:
    """What every recommended project owes, in the order of recommendation, then by deadline.

    Args:
        desk: with the applications and what came later.
        pack: whose forms have deadlines.
        today: the day to count until.
        days: by name of the form, where the bureau set a day of its own or the notice has none.
    """
    rows = [row for row in desk.rows() if not row.practice]
    projects = sorted((row for row in rows if row.form == BASELINE and row.picked), key=lambda row: row.rank)
    later = [row for row in rows if row.form != BASELINE]
    return tuple(
        _duty(project, form, _received(desk, later, project, form.head.name), due, today)
        for project in projects
        for form, due in _owed(pack, days or {})
    )


def promises_of(submissions: Iterable[Submission], pack: FormPack) -> tuple[Promise, ...]:
    """Every figure that the later papers tell, by project, then by year, in the order of the form.

    Args:
        submissions: applications and later papers, of any projects; without its application a project's promises are those
            that the later paper carries.
        pack: of the forms.
    """
    listed = list(submissions)
    applications = [one for one in listed if one.form == BASELINE]
    later = [one for one in listed if one.form != BASELINE and one.form in pack.forms]
    order = {name: at for at, (name, _) in enumerate(_by_deadline(pack, {}))}
    later.sort(key=lambda one: (one.facts.unit, one.facts.title, order.get(one.form, len(order)), one.key))
    found: list[Promise] = []
    for one in later:
        own = next((other for other in applications if _same_project(other, one)), None)
        found += _promises(one, own, pack.forms[one.form])
    return tuple(found)


def promises_at(desk: DeskReading, pack: FormPack) -> tuple[Promise, ...]:
    """The same of everything at a desk; nothing is read of projects that have handed in no later paper."""
    rows = [row for row in desk.rows() if not row.practice]
    later = [row for row in rows if row.form != BASELINE]
    wanted = [
        row for row in rows if row.form == BASELINE and any(_same_project(row, other) for other in later)
    ]
    return promises_of((desk.submission(row.key) for row in (*wanted, *later)), pack)


def forms_without_day(pack: FormPack) -> tuple[tuple[str, str], ...]:
    """Name and paper of every later form that the round gives no day for."""
    return tuple((name, paper_name(pack.forms[name])) for name, due in _by_deadline(pack, {}) if due is None)


def paper_name(form: Form) -> str:
    """What the paper is called: ``2027年度工作总结``, 自评表."""
    documents = form.head.document
    return (documents[0].file or documents[0].short) if documents else form.head.short


# -- who has handed in -----------------------------------------------------------------------------


def _by_deadline(pack: FormPack, days: Mapping[str, date]) -> list[tuple[str, date | None]]:
    """Forms that come after the application with their days, those without one last."""
    known = {deadline.name: deadline.day for deadline in pack.round.deadline}
    forms = [
        (name, days.get(name, known.get(form.head.deadline)))
        for name, form in pack.forms.items()
        if name != BASELINE and form.head.deadline
    ]
    return sorted(forms, key=lambda one: (one[1] or date.max, one[0]))


def _owed(pack: FormPack, days: Mapping[str, date]) -> Iterator[tuple[Form, date | None]]:
    return ((pack.forms[name], due) for name, due in _by_deadline(pack, days))


def _received(desk: DeskReading, later: Sequence[DeskRow], project: DeskRow, form: str) -> date | None:
    """When a paper of a project first came; ``None`` when it has not."""
    own = [row for row in later if row.form == form and _same_project(row, project)]
    return min((_day(desk.one(row.key).history[0].at) for row in own), default=None)


def _duty(project: DeskRow, form: Form, received: date | None, due: date | None, today: date) -> Duty:
    standing = _standing(due, received, today)
    late = due is not None and standing in {Standing.LATE, Standing.MISSING}
    facts = project.facts
    return Duty(
        key=project.key,
        title=facts.title,
        unit=facts.unit,
        field=facts.field,
        contact=facts.contact,
        phone=facts.phone,
        form=form.head.name,
        paper=paper_name(form),
        due=due,
        received=received,
        standing=standing,
        days=((received or today) - due).days if late and due else 0,
    )


def _standing(due: date | None, received: date | None, today: date) -> Standing:
    if received is not None:
        return Standing.LATE if due is not None and received > due else Standing.IN_TIME
    if due is None:
        return Standing.NO_DAY
    return Standing.MISSING if today > due else Standing.OPEN


def _day(stamp: str) -> date:
    """The day in China of a UTC time stamp."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).replace(tzinfo=UTC).astimezone(_CHINA).date()


def _same_project(one: DeskRow | Submission, other: DeskRow | Submission) -> bool:
    """Whether two papers are of one project: by its id, or where one has none by unit and title."""
    if one.project and other.project:
        return one.project == other.project
    return _plain(one) == _plain(other)


def _plain(one: DeskRow | Submission) -> tuple[str, str]:
    return "".join(one.facts.unit.split()), "".join(one.facts.title.split())


# -- promised and achieved -------------------------------------------------------------------------


def _promises(one: Submission, application: Submission | None, form: Form) -> Iterator[Promise]:
    """The rows of every table that takes over the application's targets and says what became of them."""
    for table in form.fields.values():
        column = next((column for column in table.columns if column.changed_into), None)
        if column is None or f"{BASELINE}.{_TARGETS}" not in table.carry:
            continue
        source = column.carry[0].rpartition(".")[2]
        targets = {row.id: row for row in _rows(application, _TARGETS)}
        for row in _rows(one, table.name):
            yield _promise(
                one, form, row, column, _number(targets[row.id], source) if row.id in targets else None
            )


def _promise(one: Submission, form: Form, row: Row, column: Field, wanted: Decimal | None) -> Promise:
    base, promised = _number(row, "base_value"), _number(row, column.name)
    changed, achieved = _number(row, column.changed_into), _number(row, "achieved")
    first = promised if promised is not None else wanted
    now = changed if changed is not None else first
    return Promise(
        title=one.facts.title,
        unit=one.facts.unit,
        form=one.form,
        paper=paper_name(form),
        year=column.carry[0][-4:],
        indicator=_text(row, "indicator"),
        measure=_text(row, "unit"),
        base=base,
        promised=first,
        changed=changed,
        achieved=achieved,
        gap=achieved - now if achieved is not None and now is not None else None,
        share=_share(base, now, achieved),
        kept=_kept(base, now, achieved),
        estimated=row.cell("estimated") == "estimated",
        reason=_text(row, "reason"),
        in_application=wanted if wanted != first else None,
    )


def _share(base: Decimal | None, now: Decimal | None, achieved: Decimal | None) -> Decimal | None:
    if base is None or now is None or achieved is None:
        return None
    share = completion(base, now, achieved)
    return None if share is None else Decimal(share)


def _kept(base: Decimal | None, now: Decimal | None, achieved: Decimal | None) -> bool | None:
    if base is None or now is None or achieved is None:
        return None
    short = falls_short(base, now, achieved)
    return None if short is None else not short


def _rows(one: Submission | None, table: str) -> tuple[Row, ...]:
    value = one.values.get(table) if one else None
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def _number(row: Row, column: str) -> Decimal | None:
    cell = row.cell(column)
    return Decimal(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else None


def _text(row: Row, column: str) -> str:
    cell = row.cell(column)
    return cell.text if isinstance(cell, Unparsed) else cell if isinstance(cell, str) else ""
