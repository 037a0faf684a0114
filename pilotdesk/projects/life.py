"""The life of a project: its later forms begin with what is known, and hear of what changes in the others.

A form of the project is never changed by another one. What the other forms say is laid beside the draft; whoever fills it
in takes it over, or leaves it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.records import BEGUN, TYPED
from pilotdesk.forms.answers_file import begun_values
from pilotdesk.forms.carry import (
    carried_values,
    caught_up,
    compare_carried,
    merged_with,
    settled,
    still_carried,
    taken_over,
)
from pilotdesk.forms.installed import current_pack, pack_for
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row
from pilotdesk.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftRecord
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.carry import Difference
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Scalar, Value

FORMS_IN_ORDER: Final = ("application", "summary_2027", "summary_2028", "self_assessment")
"""The forms of a project in the order of its life."""


def first_values(
    form: Form, others: Mapping[str, Mapping[str, Value]], typed: Mapping[str, Value] | None = None
) -> tuple[dict[str, Value], dict[str, Value]]:
    """What a new draft begins with.

    Args:
        form: its form.
        others: name of each other form of the project to the values of its draft.
        typed: answers that are there already; they go over everything else.

    Returns:
        Path to value of the draft: what is typed, else what is carried, else what the pack begins with; and of what is
        carried alone.
    """
    carried = carried_values(form, others)
    return begun_values(form, merged_with(form, carried, typed or {})), carried


def others_of(store: DraftStore, project_id: str, form_name: str) -> dict[str, Mapping[str, Value]]:
    """Name of each other form of a project to the values of its draft, the newest version where there are several."""
    cards = sorted(store.drafts_of(project_id), key=lambda card: card.recency)
    latest = {card.form: card.draft_id for card in cards if card.form != form_name}
    return {name: store.load(draft_id).values for name, draft_id in latest.items()}


def earlier_pieces(store: DraftStore, draft_id: str) -> tuple[Mapping[str, Scalar], ...]:
    """Cells of the pieces in the ledgers of the forms that come before a stored draft's, in the order of their life.

    Raises:
        StoreError: ``draft_gone``, and those of the database.
        PackError: the pack of the draft is not installed.
    """
    card = (record := store.load(draft_id)).card
    pack = pack_for(card.round, card.form, record.form_version, record.pack_digest)
    others = others_of(store, card.project_id, card.form)
    found: list[Mapping[str, Scalar]] = []
    for name in FORMS_IN_ORDER[: FORMS_IN_ORDER.index(card.form)] if card.form in FORMS_IN_ORDER else ():
        rows = others.get(name, {}).get(pack.forms[name].head.ledger) if name in pack.forms else None
        found += [row.cells for row in rows if isinstance(row, Row)] if isinstance(rows, tuple) else []
    return tuple(found)


def start_form(store: DraftStore, project_id: str, form_name: str, today: date) -> str:
    """Begin a form of a project with what the others carry into it; returns the id of its draft, new or there before.

    Args:
        store: where the project is kept.
        project_id: the project.
        form_name: one of :data:`FORMS_IN_ORDER`.
        today: the day that rules see.

    Raises:
        StoreError: ``project_gone`` when the project has no draft to begin from, and those of the database.
        PackError: its round is not installed.
        KeyError: the round has no such form.
    """
    from pilotdesk.errors import StoreError

    cards = sorted(store.drafts_of(project_id), key=lambda card: card.recency, reverse=True)
    if not cards:
        raise StoreError("project_gone")
    for card in cards:
        if card.form == form_name:
            return card.draft_id
    pack = current_pack(cards[0].round)
    values, carried = first_values(pack.forms[form_name], others_of(store, project_id, form_name))
    identity = Snapshot(values={}, accepted={}, carried=carried)
    session = Session(pack, form_name, values, today=today, identity=identity)
    return keep_draft(store, session, origin="carried", project_id=project_id)


def keep_draft(
    store: DraftStore,
    session: Session,
    *,
    origin: str,
    files: Mapping[str, bytes] | None = None,
    project_id: str = "",
) -> str:
    """Put a draft that is only open so far into the store; returns its id.

    Args:
        store: where to keep it.
        session: the draft; what is calculated is worked out anew, and not kept.
        origin: how its answers came, see :meth:`DraftStore.save`.
        files: SHA-256 to content of its attachments.
        project_id: the project that it belongs to; empty for one of its own.

    Raises:
        StoreError: ``project_gone``, and those of the database.
    """
    from pilotdesk.drafts.attaching import attach

    files = files or {}
    with store.together():
        draft_id = _keep_answers(store, session, origin, project_id)
        for sha256 in files:
            attach(store, draft_id, files, sha256)
        _keep_beside(store, draft_id, session)
    return draft_id


def _keep_answers(store: DraftStore, session: Session, origin: str, project_id: str) -> str:
    from pilotdesk.projects import facts_of

    pack, form_name, facts = session.pack, session.form.head.name, facts_of(session)
    values = {path: value for path, value in session.values.items() if not session.field(path).calculation}
    begun = _begun(session.form, values) if origin in {TYPED, "carried"} else {}
    values = {path: values[path] for path in begun} | values  # so that the history names it once
    if project_id:
        return store.add_draft(
            project_id, pack, form_name, values, carried=session.carried, facts=facts, origin=origin,
            origins=begun,
        )  # fmt: skip
    return store.create(
        pack, form_name, values, carried=session.carried, facts=facts, origin=origin, origins=begun,
        practice=session.identity.practice,
    )  # fmt: skip


def _begun(form: Form, values: Mapping[str, Value]) -> dict[str, str]:
    """Path to origin of the values that the form itself begins with."""
    first = begun_values(form, {})
    return {path: BEGUN for path, value in values.items() if path in first and _alike(first[path], value)}


def _alike(one: Value, other: Value) -> bool:
    """Whether two values say the same; the ids of rows are made anew each time."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike_entries, one, other))
    return one == other


def _alike_entries(one: object, other: object) -> bool:
    if isinstance(one, Row) and isinstance(other, Row):
        return one.cells == other.cells and (one.parent is None) == (other.parent is None)
    return one == other


def _keep_beside(store: DraftStore, draft_id: str, session: Session) -> None:
    if session.accepted:
        store.accept(draft_id, session.accepted)
    if session.identity.attic:
        store.keep_attic(draft_id, session.identity.attic)
    if session.identity.revision:
        store.count_revision(draft_id, session.identity.revision)


def keep_project(store: DraftStore, packages: Iterable[Package], today: date, *, origin: str) -> str:
    """Put several drafts into the store as one project; returns its id.

    Raises:
        StoreError: those of the database.
        PackError: the round of a package is not installed.
    """
    from pilotdesk.projects import session_of_package

    project_id = ""
    with store.together():
        for package in packages:
            session = session_of_package(package, today)
            draft_id = keep_draft(store, session, origin=origin, files=package.files, project_id=project_id)
            project_id = project_id or store.load(draft_id).card.project_id
    return project_id


def pending_differences(
    store: DraftStore, draft_id: str, session: Session | None = None
) -> tuple[Difference, ...]:
    """What the other forms of its project say now that a stored draft does not say, and that nobody has settled.

    Where the draft says the same by now, that is noted as its new baseline.

    Args:
        store: where the draft is kept.
        draft_id: the draft.
        session: the same draft where it is open: it hears of the new baseline; ``None`` where it is not.

    Raises:
        StoreError: ``draft_gone``, and those of the database.
        PackError: the pack of the draft is not installed.
    """
    record = store.load(draft_id)
    if not record.carried and len(store.drafts_of(record.card.project_id)) == 1:
        return ()
    form = _form_of(record)
    others = others_of(store, record.card.project_id, record.card.form)
    now = still_carried(form, record.carried, carried_values(form, others), others)
    before = caught_up(form, record.carried, now, record.values)
    if before != record.carried:
        store.keep_carried(draft_id, before)
    if session is not None:
        session.carried = MappingProxyType(before)
    return compare_carried(form, before, now, record.values)


def take_over(session: Session, differences: Iterable[Difference], *, overwrite: bool = False) -> Change:
    """Write differences into an open draft as one step that can be undone.

    Args:
        session: the draft.
        differences: those to write.
        overwrite: whether answers that somebody wrote in the draft give way: only after these very differences were
            shown beside them.

    Returns:
        What changed; nothing where the draft has moved on since they were found.
    """
    written = taken_over(session.form, differences, session.values, overwrite=overwrite)
    return session.set_values(written, origin="carried") if written else Change(origin="carried")


def leave(store: DraftStore, session: Session, differences: Iterable[Difference]) -> None:
    """Leave the answers of an open draft as they are: these differences are not shown again.

    Raises:
        StoreError: ``draft_gone``, and those of the database.
    """
    session.carried = settled(session.carried, differences)
    store.keep_carried(session.identity.draft_id, session.carried)


def _form_of(record: DraftRecord) -> Form:
    card = record.card
    return pack_for(card.round, card.form, record.form_version, record.pack_digest).forms[card.form]
