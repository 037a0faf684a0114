"""退回单 in the hands of the unit: whose it is, what of it is done, and what goes back to the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pilotdesk.drafts.returned import LONGEST_REMARK, Returned, seen_sign, value_at
from pilotdesk.drafts.returned_lines import Done, found_now, open_count, states
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.snapshot import PROJECT_SIGNS
from pilotdesk.forms.values import Row, cell_path, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.history import Past
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.returned import ReturnSlip, SlipLine
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.session import Session

    Values = Mapping[str, Value]

# -- whose it is ---------------------------------------------------------------------------------


def owner_of(slip: ReturnSlip, cards: Sequence[DraftCard]) -> DraftCard | None:
    """The draft that a slip speaks of, by the id of its project, the newest of several; ``None`` when that does not tell.

    Args:
        slip: the slip.
        cards: the drafts here, deleted ones not among them.
    """
    if not slip.project:
        return None
    found = [card for card in _of_form(slip, cards) if _printed_id(card) == slip.project]
    one_project = len({card.project_id for card in found}) == 1
    return max(found, key=lambda card: (card.recency, card.draft_id)) if one_project else None


def candidates(slip: ReturnSlip, cards: Sequence[DraftCard]) -> tuple[DraftCard, ...]:
    """The drafts that a slip can speak of: same form; those of the same title and unit first, then as they come."""
    wanted = (slip.title, slip.unit)

    def differing(card: DraftCard) -> int:
        said = (" ".join(card.facts.title.split()), " ".join(card.facts.unit.split()))
        return sum(one != other for one, other in zip(said, wanted, strict=True))

    return tuple(sorted(_of_form(slip, cards), key=differing))


def _of_form(slip: ReturnSlip, cards: Sequence[DraftCard]) -> Iterator[DraftCard]:
    return (
        card for card in cards if (card.round, card.form) == (slip.round, slip.form) and not card.practice
    )


def _printed_id(card: DraftCard) -> str:
    return card.project_id.removeprefix("p_")[:PROJECT_SIGNS]


# -- taking it in --------------------------------------------------------------------------------


def take_slip(store: DraftStore, session: Session, slip: ReturnSlip, clock: Clock) -> Returned:
    """Take a slip into a stored draft; taken in again, what was said of its lines stays.

    Args:
        store: where the draft is kept.
        session: the draft, everything of it stored.
        slip: what the province sent back.
        clock: the time.

    Raises:
        StoreError: those of the database.
    """
    draft_id = session.identity.draft_id
    kept = next((one for one in store.returns.of_draft(draft_id) if one.slip.slip_id == slip.slip_id), None)
    if kept is not None:
        return kept
    past = store.histories.read(draft_id)
    reviewed = _reviewed(past, slip.code)
    places: dict[str, str] = {}
    before: dict[str, Value] = {}
    for line in slip.lines:
        path = _place_here(session, line)
        if not path:
            continue
        places[line.id] = path
        if not _is_calculated(session.form, path):
            before[line.id] = _before(slip, line, path, (session.values, reviewed, past))
    returned = Returned(slip=slip, at=clock.stamp(), places=places, before=before, remarks={})
    store.returns.keep(draft_id, returned)
    return returned


def _reviewed(past: Past, code: str) -> Values | None:
    """The answers as they went out under a 校验码; ``None`` when nothing did, or none is known."""
    marks = [mark.seq for mark in past.exports if code and mark.check_code == code]
    return past.state(marks[-1]) if marks else None


def _before(slip: ReturnSlip, line: SlipLine, path: str, known: tuple[Values, Values | None, Past]) -> Value:
    """What stood at a path when it was reviewed: as the slip's sign, the version of its code, or else what is there."""
    values, reviewed, past = known
    here = value_at(values, path)
    if line.seen == seen_sign(slip.slip_id, line.path, here):
        return here
    if reviewed is not None:
        return value_at(reviewed, path)
    for entry in reversed(past.of_field(path)):
        if entry.path == path and line.seen == seen_sign(slip.slip_id, line.path, entry.value):
            return entry.value
    return here


def _place_here(session: Session, line: SlipLine) -> str:
    """The path that a line speaks of in the draft here; empty when there is none.

    Rows read out of a Word file have ids of their own; they are found by their number.
    """
    try:
        field_at(session.form, line.path)
    except KeyError:
        return ""
    place = split_cell_path(line.path)
    if place is None:
        return line.path
    rows = session.values.get(place[0])
    here = [row for row in rows if isinstance(row, Row)] if isinstance(rows, tuple) else []
    if any(row.id == place[1] for row in here):
        return line.path
    named = [word for word in line.label.split("，") if word.startswith("第 ") and word.endswith(" 行")]
    number = named[0].removeprefix("第 ").removesuffix(" 行") if named else ""
    at = int(number) if number.isdecimal() and len(number) < 5 else 0
    return cell_path(place[0], here[at - 1].id, place[2]) if 0 < at <= len(here) else place[0]


def _is_calculated(form: Form, path: str) -> bool:
    return bool(field_at(form, path).calculation)


def keep_received_slip(store: DraftStore, draft_id: str, package: Package) -> None:
    """Keep the slip that a package answers, for a draft that was just taken in from it.

    Raises:
        StoreError: those of the database.
    """
    if package.returned is not None:
        store.returns.keep(draft_id, package.returned)


# -- how it stands -------------------------------------------------------------------------------


def with_remark(returned: Returned, line_id: str, text: str) -> Returned:
    """The slip with what the unit says of a line; blank takes it away.

    Signs that cannot be stored are left out, and what is longer than may be is cut.
    """
    remarks = {key: said for key, said in returned.remarks.items() if key != line_id}
    if text.strip():
        remarks[line_id] = text[:LONGEST_REMARK]
    return msgspec.structs.replace(returned, remarks=remarks)


def states_in(returned: Returned, session: Session) -> tuple[LineState, ...]:
    """Every line and how it stands in a draft, in the order of the slip."""
    return states(returned, session.form, session.values, found_now(session.engine.listed_issues()))


def open_in_store(store: DraftStore, draft_ids: Sequence[str], today: date) -> dict[str, int]:
    """How many lines are open, of those of the drafts that were sent back; read from what is stored.

    Args:
        store: with the drafts.
        draft_ids: which may have been sent back.
        today: the day that the checks see.

    Raises:
        StoreError: those of the database.
        PackError: the pack of one of them is not here.
    """
    from pilotdesk.forms.installed import pack_for
    from pilotdesk.projects import session_of_record

    counts: dict[str, int] = {}
    for draft_id in sorted(store.returns.drafts().intersection(draft_ids)):
        returned = store.returns.newest(draft_id)
        if returned is None:
            continue
        record = store.load(draft_id)
        card = record.card
        form = pack_for(card.round, card.form, record.form_version, record.pack_digest).forms[card.form]
        listed = states(returned, form, record.values, {})
        if any(state.line.check and state.done is Done.CHANGED for state in listed):
            listed = states_in(
                returned, session_of_record(record, today)
            )  # a tenth of a second: all checks run
        counts[draft_id] = open_count(listed)
    return counts


def answering(store: DraftStore, draft_id: str, package: Package) -> Package:
    """A package of a draft that also says which slip it answers, and how.

    Raises:
        StoreError: those of the database.
    """
    from dataclasses import replace

    returned = store.returns.newest(draft_id)
    return package if returned is None else replace(package, returned=returned)
