"""The three years of a project: at which stage it is, what is due when, and what is known about each date.

A round's calendar says when each form is due. What only people know is never guessed: whether an application
was handed in, whether the project is on the list of pilots, which day is set for the self-assessment. The user
says so, and it is kept among the project's dates (name to day):

* ``self_assessment`` — the day of a deadline for which the notice gives none;
* ``upload.county``, ``.city``, ``.province`` — an earlier day set inside the province, for any deadline;
* ``upload.handed_in`` — the day a form was handed in, for any deadline;
* ``admitted``, ``declined`` — the day on which the project was, or was not, put on the list.

Nothing here reads answers, so that a start page full of projects costs no more than its list of drafts.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.round import Deadline, Round

ADMITTED: Final = "admitted"
DECLINED: Final = "declined"
HANDED_IN: Final = "handed_in"
LEVELS: Final = {"county": "县级", "city": "市级", "province": "省级"}
"""Who may set an earlier day, from the first to the last."""

FORM_OF: Final = {"upload": "application"}
"""The deadlines that are not called like the form that is due at them."""

MILESTONES: Final = ("cycle_start", "cycle_end")
"""Deadlines at which no form is due."""

SOON_DAYS: Final = 30


class Stage(Enum):
    """Where a project stands in its three years, as far as the user has said so."""

    PREPARING = "preparing"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    ADMITTED = "admitted"
    BUILDING = "building"
    SELF_ASSESSMENT = "self_assessment"
    ENDED = "ended"


class Basis(Enum):
    """Where a date comes from: the notice, the user, or our own suggestion where the notice is silent."""

    NOTICE = "notice"
    USER = "user"
    INFERRED = "inferred"


class State(Enum):
    """What is to be said about something that is due.

    ``HANDED_IN``: the user said so. ``DONE``: a final version was exported. ``SOON``: within 30 days.
    ``LATER``: needed only once the project is on the list. ``CLOSED``: the round took no more applications.
    """

    HANDED_IN = "handed_in"
    DONE = "done"
    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"
    LATER = "later"
    CLOSED = "closed"


class Due(Record, frozen=True, kw_only=True):
    """One thing that is due.

    Attributes:
        name: of the round's deadline. form: the form that is due. label: the deadline's own words.
        level: ``county``, ``city`` or ``province`` for an earlier day inside the province, else empty.
        day: ``None`` where nobody knows one. days: from today to it, negative once it is past.
        source: keys of the pack's sources that give the day; empty when the user set it.
        percent, errors, revision, draft_id: of the form's draft; 0 and empty while there is none.
        edited: whether the draft was written in since its final version went out.
        finished: the day it was handed in, as the user said.
    """

    name: str
    form: str
    label: str
    level: str = ""
    day: date | None
    days: int | None
    basis: Basis
    source: tuple[str, ...]
    state: State
    percent: int = 0
    errors: int = 0
    revision: int = 0
    edited: bool = False
    draft_id: str = ""
    finished: date | None = None

    @property
    def key(self) -> str:
        """Its name among the project's dates, stable: ``summary_2027`` or ``summary_2027.county``."""
        return f"{self.name}.{self.level}" if self.level else self.name

    @property
    def settled(self) -> bool:
        """Whether nobody has to be reminded of it."""
        return self.state in {State.HANDED_IN, State.DONE, State.LATER, State.CLOSED}


class Timeline(Record, frozen=True, kw_only=True):
    """A project's three years on one day.

    Attributes:
        stage: see :class:`Stage`. year: 1, 2 … of the build period while it runs, else 0.
        forms: what is due, one for each form, in order. internal: the earlier days that the user set.
        admitted: whether the user said that the project is on the list.
        asks: whether the user should be asked if the project is on the list.
        closed: whether the round takes no more applications.
        today: the local day that it was worked out for.
    """

    stage: Stage
    year: int
    forms: tuple[Due, ...]
    internal: tuple[Due, ...]
    admitted: bool
    asks: bool
    closed: bool
    today: date

    @property
    def dated(self) -> tuple[Due, ...]:
        """Everything that has a day, the earliest first; a day inside the province before the final one."""
        known = [due for due in (*self.internal, *self.forms) if due.day is not None]
        return tuple(sorted(known, key=lambda due: (due.day or date.max, not due.level)))

    def next_due(self) -> Due | None:
        """What is to be done first, what is overdue before all; ``None`` when nothing is open."""
        return next((due for due in self.dated if not due.settled), None)

    def pressing(self) -> tuple[Due, ...]:
        """What the user is reminded of: overdue, or due within 30 days."""
        return tuple(due for due in self.dated if due.state in {State.OVERDUE, State.SOON})


def timeline(cards: Iterable[DraftCard], round_: Round, dates: Mapping[str, date], today: date) -> Timeline:
    """Work out where a project stands.

    Args:
        cards: the project's drafts; of several of one form the newest version counts.
        round_: the round it applied in.
        dates: what the user said, see above; names that are not known are passed over.
        today: the local day.
    """
    drafts: dict[str, DraftCard] = {}
    for card in sorted(cards, key=lambda card: card.recency):
        drafts[card.form] = card
    admitted = ADMITTED in dates
    closed = _closed(round_, today)
    forms = tuple(
        _due(each, drafts.get(form_of(each.name)), round_, dates, today)
        for each in round_.deadline
        if each.name not in MILESTONES
    )
    stage, year = _stage(forms, round_, dates, today)
    begun = any(due.draft_id for due in forms[1:])
    first = forms[0].state if forms else State.OPEN
    # Not only with a final version here: many hand in what they filled in elsewhere, or a draft that they mended by hand.
    waiting = first in {State.DONE, State.HANDED_IN, State.CLOSED} and closed
    return Timeline(
        stage=stage,
        year=year,
        forms=forms,
        internal=tuple(inner for due in forms for inner in _internal(due, dates, today)),
        admitted=admitted,
        asks=not admitted and DECLINED not in dates and (waiting or begun),
        closed=closed,
        today=today,
    )


def form_of(deadline: str) -> str:
    """The form that is due at a deadline."""
    return FORM_OF.get(deadline, deadline)


def date_names(round_: Round) -> tuple[str, ...]:
    """Every name under which a user can say a day of a project of this round, the list first, then by deadline."""
    names = [ADMITTED, DECLINED]
    for each in round_.deadline:
        if each.name not in MILESTONES:
            names += [each.name] if each.day is None else []
            names += [f"{each.name}.{part}" for part in (*LEVELS, HANDED_IN)]
    return tuple(names)


def suggested_day(round_: Round) -> date:
    """Our own suggestion for the self-assessment: the last day of the month after the build period."""
    year, month = (int(part) for part in round_.cycle[1].split("-"))
    after_next = year * 12 + month + 1  # months since the year 0; the month after the one that is meant
    return date(after_next // 12, after_next % 12 + 1, 1) - timedelta(days=1)


# -- inside --------------------------------------------------------------------------------------


def _closed(round_: Round, today: date) -> bool:
    upload = next((each.day for each in round_.deadline if each.name == "upload"), None)
    return upload is not None and today > upload


def _due(
    each: Deadline, card: DraftCard | None, round_: Round, dates: Mapping[str, date], today: date
) -> Due:
    day, basis, source = _day(each, round_, dates)
    days = None if day is None else (day - today).days
    first = form_of(each.name) == "application"
    # Who is on the list has handed the application in, whichever way that was done.
    handed = dates.get(f"{each.name}.{HANDED_IN}") or (dates.get(ADMITTED) if first else None)
    wanted = first or ADMITTED in dates or card is not None
    if handed:
        state = State.HANDED_IN
    elif card is not None and card.revision:
        state = State.DONE
    elif not wanted or (DECLINED in dates and not first):
        state = State.LATER
    elif first and days is not None and days < 0:
        state = State.CLOSED
    else:
        state = _pressure(days)
    return Due(
        name=each.name,
        form=form_of(each.name),
        label=each.label,
        day=day,
        days=days,
        basis=basis,
        source=source,
        state=state,
        percent=card.facts.percent if card else 0,
        errors=card.facts.errors if card else 0,
        revision=card.revision if card else 0,
        edited=card.edited if card else False,
        draft_id=card.draft_id if card else "",
        finished=handed,
    )


def _day(
    each: Deadline, round_: Round, dates: Mapping[str, date]
) -> tuple[date | None, Basis, tuple[str, ...]]:
    """A day that the notice gives stands; where it gives none the user's, else our suggestion."""
    if each.day is not None:
        return each.day, Basis.NOTICE, each.source
    if each.name in dates:
        return dates[each.name], Basis.USER, ()
    if each.name == "self_assessment":
        return suggested_day(round_), Basis.INFERRED, each.source
    return None, Basis.INFERRED, each.source


def _pressure(days: int | None) -> State:
    if days is None or days > SOON_DAYS:
        return State.OPEN
    return State.OVERDUE if days < 0 else State.SOON


def _internal(due: Due, dates: Mapping[str, date], today: date) -> Iterable[Due]:
    """The earlier days of one deadline; done with the form itself, and no matter any more once its own day is past."""
    if due.days is not None and due.days < 0:
        return
    for level, words in LEVELS.items():
        day = dates.get(f"{due.name}.{level}")
        if day is None:
            continue
        days = (day - today).days
        yield Due(
            name=due.name,
            form=due.form,
            label=f"{words}内部截止：{due.label}",
            level=level,
            day=day,
            days=days,
            basis=Basis.USER,
            source=(),
            state=due.state if due.settled else _pressure(days),
            percent=due.percent,
            errors=due.errors,
            revision=due.revision,
            edited=due.edited,
            draft_id=due.draft_id,
            finished=due.finished,
        )


def _stage(
    forms: tuple[Due, ...], round_: Round, dates: Mapping[str, date], today: date
) -> tuple[Stage, int]:
    if DECLINED in dates and ADMITTED not in dates:
        return Stage.DECLINED, 0
    if ADMITTED not in dates:
        submitted = bool(forms) and forms[0].state is State.HANDED_IN
        return (Stage.SUBMITTED if submitted else Stage.PREPARING), 0
    if forms and forms[-1].state is State.HANDED_IN:
        return Stage.ENDED, 0
    first, last = (int(month[:4]) for month in round_.cycle)
    month = f"{today:%Y-%m}"
    if month < round_.cycle[0]:
        return Stage.ADMITTED, 0
    if month > round_.cycle[1]:
        return Stage.SELF_ASSESSMENT, 0
    return Stage.BUILDING, min(today.year, last) - first + 1
