"""Writing one draft together without a network: parts of it go out as packages and are merged when they come back.

What goes out is the whole draft, with the parts that are asked for named in it, so that whoever gets it sees what stands
around them. What comes back is merged with what both began from (:mod:`pilotdesk.drafts.merge`); after that, what came
back is what both sides know, so that the same package taken in twice changes nothing, and a second one brings only what
is new since the first.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.drafts.merge import Conflict, Merged, differences, is_same, merge_reasons, merge_values
from pilotdesk.drafts.merge_choices import Choice, resolved, resolved_reasons
from pilotdesk.drafts.share import Share, new_share_id
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.errors import PackageError
from pilotdesk.forms.values import Row, Value, attachments_in, field_name, split_cell_path
from pilotdesk.projects import package_of, session_of_record
from pilotdesk.projects.sharing_codes import with_codes_apart
from pilotdesk.projects.sharing_known import is_older
from pilotdesk.projects.sharing_people import with_people_whole
from pilotdesk.record import Record
from pilotdesk.session import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.model import Form
    from pilotdesk.session import Session

    Writer = Callable[[Package, Path, str | None], None]

    Values = Mapping[str, Value]

MERGED: Final = "merged"


class Wanted(Record, frozen=True, kw_only=True):
    """What is asked of somebody.

    Attributes:
        parts: names of steps. person, sender, note: as typed, empty where nobody said. due: ``None`` for no day.
    """

    parts: tuple[str, ...]
    person: str = ""
    sender: str = ""
    note: str = ""
    due: date | None = None


class Incoming(Record, frozen=True, kw_only=True):
    """A package beside the draft that it is to be merged into.

    Attributes:
        package: what came. known: whether there is a common ancestor; without one every difference is a conflict.
        merged: the outcome, its conflicts in form order. came: what is taken over without asking, ``here`` before and
            ``there`` after, in form order.
        codes: of pieces of evidence: the code there to the one given instead, as the first is another piece's here.
    """

    package: Package
    known: bool
    merged: Merged
    came: tuple[Conflict, ...]
    codes: Mapping[str, str] = MappingProxyType({})

    @property
    def person(self) -> str:
        """Whose it is; empty where nobody said."""
        return self.package.share.person if self.package.share else ""


# -- handing out and back ------------------------------------------------------------------------


def shared_package(package: Package, wanted: Wanted, clock: Clock) -> Package:
    """The package of a draft with parts asked for; calculated answers are not in it.

    Raises:
        PackageError: ``share_empty`` when no part is asked for.
    """
    from dataclasses import replace

    if not wanted.parts:
        raise PackageError("share_empty")
    share = Share(
        share_id=new_share_id(),
        parts=wanted.parts,
        person=wanted.person,
        sender=wanted.sender,
        note=wanted.note,
        due=wanted.due.isoformat() if wanted.due else "",
        at=clock.stamp(),
    )
    return replace(package, share=share)


def hand_out(
    store: DraftStore,
    draft_id: str,
    wanted: Wanted,
    target: Path,
    clock: Clock,
    *,
    password: str = "",
    write: Writer | None = None,
) -> KeptShare:
    """Write parts of a stored draft into a package for somebody, and remember who has them.

    Args:
        store: where the draft is kept.
        draft_id: the draft.
        wanted: what is asked of whom.
        target: the file.
        clock: the time.
        password: empty for a package that anybody opens.
        write: writes the package, and raises to leave it; :func:`write_package` when not given.

    Raises:
        PackageError: ``share_empty``.
        ExportError: the file cannot be written.
        StoreError: ``draft_gone``, ``attachment_gone``, ``attachment_damaged``, and those of the database.
    """
    from pilotdesk.drafts.package import write_package

    package = shared_package(_stored_package(store, draft_id, clock), wanted, clock)
    (write or write_package)(package, target, password or None)
    assert package.share is not None  # noqa: S101  for the type checker: made two lines above
    share = _with_ancestor(package.share, package)
    kept = KeptShare(draft_id=draft_id, incoming=False, share=share)
    store.shares.keep(kept)
    return kept


def keep_received(store: DraftStore, draft_id: str, package: Package) -> None:
    """Remember of a draft that was just taken in from a package which parts of it are asked for, if it says so.

    Raises:
        StoreError: those of the database.
    """
    if package.share is not None and not package.share.returned:
        share = _with_ancestor(package.share, package)
        store.shares.keep(KeptShare(draft_id=draft_id, incoming=True, share=share))


def _with_ancestor(share: Share, package: Package) -> Share:
    """A share that remembers what the package said: what both sides know."""
    return msgspec.structs.replace(share, ancestor=dict(package.values), reasons=dict(package.accepted))


def received(store: DraftStore, draft_id: str) -> KeptShare | None:
    """The share that a draft was taken in with; ``None`` for a draft of our own."""
    return next((kept for kept in store.shares.of_draft(draft_id) if kept.incoming), None)


def hand_back(
    store: DraftStore,
    kept: KeptShare,
    target: Path,
    clock: Clock,
    *,
    password: str = "",
    write: Writer | None = None,
) -> None:
    """Write a draft that was asked of us into a package for whoever asked; it stays here, and can go back again.

    Args:
        store: where the draft is kept.
        kept: what was asked.
        target: the file.
        clock: the time.
        password: empty for a package that anybody opens.
        write: as for :func:`hand_out`.

    Raises:
        ExportError: the file cannot be written.
        StoreError: as for :func:`hand_out`.
    """
    from dataclasses import replace

    from pilotdesk.drafts.package import write_package

    share = msgspec.structs.replace(kept.share, returned=clock.stamp(), copy=kept.draft_id)
    package = replace(_stored_package(store, kept.draft_id, clock), share=share)
    (write or write_package)(package, target, password or None)
    remembered = msgspec.structs.replace(kept, share=share)
    store.shares.keep(remembered)


def _stored_package(store: DraftStore, draft_id: str, clock: Clock) -> Package:
    from pilotdesk.projects.returning import answering

    session = session_of_record(store.load(draft_id), clock.today())
    named = sorted({file.sha256 for file in attachments_in(session.values)})
    return answering(store, draft_id, package_of(session, store.attachments.contents(named)))


# -- merging -------------------------------------------------------------------------------------


def look_into(
    session: Session, package: Package, base: Values | None = None, reasons: Mapping[str, str] | None = None
) -> Incoming:
    """Lay a package beside a draft; nothing is written.

    Args:
        session: the draft.
        package: what came.
        base: what both began from, as it was remembered here; ``None`` when nothing was, and then the package says
            from where its author began, if it says so.
        reasons: ``code@path`` to reason of the 请核实 that were answered in ``base``; ``None`` when nobody noted them: then
            none is taken for withdrawn.

    Raises:
        PackageError: ``share_other_form``, ``share_other_version``: it is of another form, or of another version of it.
    """
    head = session.form.head
    if (package.round, package.form) != (session.round.name, head.name):
        raise PackageError("share_other_form", title=head.title)
    if package.form_version != head.version:
        raise PackageError("share_other_version", there=package.form_version, here=head.version)
    form = session.form
    if base is None and package.share is not None:
        # A share that was never handed back is what it was when it went out.
        out = package.share.ancestor is None
        base = package.values if out else package.share.ancestor
        reasons = package.accepted if out else package.share.reasons
    known = base is not None
    here, there = typed_values(form, session.values), typed_values(form, package.values)
    began, came_apart, codes = with_codes_apart(
        form, None if base is None else typed_values(form, base), here, there
    )
    found = with_people_whole(form, merge_values(began, here, came_apart), began, here, came_apart)
    answered, clashes = merge_reasons(reasons or {} if known else None, session.accepted, package.accepted)
    merged = Merged(found.values, _in_form_order(form, (*found.conflicts, *clashes)), answered)
    came = (*differences(here, found.values), *merge_reasons(None, session.accepted, answered)[1])
    asked = {(one.path, part) for one in merged.conflicts for part in one.parts}
    came = tuple(one for one in came if not asked & {(one.path, part) for part in one.parts})
    came = _in_form_order(form, came) if known else ()
    return Incoming(package=package, known=known, merged=merged, came=came, codes=codes)


def gone_again(incoming: Incoming, again: Incoming) -> tuple[Conflict, ...]:
    """What was taken in before and is not here any more: that merge was undone, or an older version put back.

    Args:
        incoming: a package compared with what was taken in last.
        again: the same compared with what its author began from.

    Returns:
        What ``again`` would bring without asking and ``incoming`` does not speak of.
    """
    told = {one.key for one in (*incoming.came, *incoming.merged.conflicts)}
    return tuple(one for one in again.came if one.key not in told)


def take_over(session: Session, incoming: Incoming, choices: Mapping[str, Choice]) -> Change:
    """Write what came into an open draft as one step that can be undone.

    The reasons of answered 请核实 are no part of that step: each can be taken back where it stands.

    Args:
        session: the draft, as it was when the package was laid beside it.
        incoming: what came.
        choices: by :attr:`Conflict.key`; a conflict without one leaves what is here.
    """
    written = _written(session, resolved(incoming.merged, choices))
    change = session.set_values(written, origin=MERGED) if written else Change(origin=MERGED)
    answered = _answer(session, resolved_reasons(incoming.merged, choices))
    return msgspec.structs.replace(change, issues=change.issues | answered)


def _answer(session: Session, reasons: Mapping[str, str]) -> frozenset[str]:
    """Answer 请核实 as they were answered elsewhere, where what they are about is there; returns the paths."""
    changed = []
    for key in sorted({*session.accepted, *reasons}):
        code, _, path = key.partition("@")
        if session.accepted.get(key) != reasons.get(key) and _is_there(session, path):
            session.accept(code, path, reasons.get(key), origin=MERGED)
            changed.append(path)
    return frozenset(changed)


def _is_there(session: Session, path: str) -> bool:
    """Whether the form has the path, and the table its row: a package may be made by hand, and rows go."""
    try:
        session.field(path)
    except KeyError:
        return False
    place = split_cell_path(path)
    return place is None or any(row.id == place[1] for row in session.rows(place[0]))


def keep_files(store: DraftStore, draft_id: str, package: Package) -> None:
    """Keep the attachments that came, before any answer names them.

    Raises:
        StoreError: those of the database.
        PackageError: ``package_missing``, ``package_damaged``: the file is not what it was when it was looked into.
    """
    from pilotdesk.drafts.attaching import attach

    for sha256 in sorted({file.sha256 for file in attachments_in(package.values)} & package.files.keys()):
        attach(store, draft_id, package.files, sha256)


def settle(store: DraftStore, draft_id: str, incoming: Incoming, clock: Clock) -> None:
    """Note that what came back is what both sides know from now on; once the merged answers are stored, not before.

    What is older than what was taken in before changes nothing of that.

    Raises:
        StoreError: those of the database.
    """
    package = incoming.package
    if package.share is None:
        return
    kept = store.shares.handed_out(package.share.share_id)
    if kept and kept.draft_id == draft_id and is_older(kept, package):
        return
    share = kept.share if kept and kept.draft_id == draft_id else package.share
    share = msgspec.structs.replace(share, copy=package.share.copy)
    store.shares.move_on(
        KeptShare(draft_id=draft_id, incoming=False, share=share),
        package.values,
        package.accepted,
        package.share.returned or clock.stamp(),
    )


def typed_values(form: Form, values: Values) -> dict[str, Value]:
    """The answers without those that are calculated, whole or in the cells of tables."""
    typed: dict[str, Value] = {}
    for path, value in values.items():
        field = form.fields.get(path.partition(".")[0])
        if field is None or field.calculation:
            continue
        calculated = {column.name for column in field.columns if column.calculation}
        typed[path] = _without(value, calculated) if calculated else value
    return typed


def _without(value: Value, columns: set[str]) -> Value:
    if not isinstance(value, tuple):
        return value
    rows = (row for row in value if isinstance(row, Row))
    return tuple(
        Row(
            row.id,
            MappingProxyType({name: cell for name, cell in row.cells.items() if name not in columns}),
            row.parent,
        )
        for row in rows
    )


def _written(session: Session, values: Values) -> dict[str, Value]:
    """What to write so that a draft holds these answers: cells by their paths where no rows come, go or move."""
    here = typed_values(session.form, session.values)
    written: dict[str, Value] = {}
    for path in dict.fromkeys((*here, *values)):
        before, after = here.get(path), values.get(path)
        if is_same(before, after):
            continue
        parts = differences({path: before}, {path: after}) if _shape(before) == _shape(after) else ()
        if parts and all(one.kind == "value" and one.path != path for one in parts):
            written |= {one.path: one.there for one in parts}
        else:
            written[path] = after
    return written


def _shape(value: Value) -> tuple[tuple[str, str | None], ...]:
    """Ids and parents of the rows in their order; empty for anything else."""
    rows: Iterable[object] = value if isinstance(value, tuple) else ()
    return tuple((row.id, row.parent) for row in rows if isinstance(row, Row))


def _in_form_order(form: Form, conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    order = {name: at for at, name in enumerate(form.fields)}

    def place(one: Conflict) -> int:
        path = one.path.partition("@")[2] if one.kind == "reason" else one.path
        return order.get(field_name(path), len(order))

    return tuple(sorted(conflicts, key=place))
