"""A stored draft in a newer version of its form: what would change, and the conversion, which makes a second draft.

The old draft is not touched and stays open to be read; the new one stands beside it in the same project, with the old
one's attic and what did not find a place this time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pilotdesk.errors import PackError
from pilotdesk.forms.answers_file import initial_values
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.installed import current_folder, current_pack, pack_for
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.migration import Migration, migrate
from pilotdesk.forms.migration_steps import chain, read_steps
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftRecord
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.migration_steps import VersionStep
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.values import Value


class Outlook(Record, frozen=True, kw_only=True):
    """What a conversion would do.

    Attributes:
        pack: the newer pack. title: of its form.
        old_form: the form of the draft; ``None`` when its pack is not on this computer any more.
        steps: what is gone through.
        migration: the new answers, the attic of this time, and the changes in words.
    """

    pack: FormPack
    title: str
    old_form: Form | None
    steps: tuple[VersionStep, ...]
    migration: Migration


def look_ahead(store: DraftStore, draft_id: str, round_name: str = "") -> Outlook:
    """What converting a draft would do; nothing is written.

    Args:
        store: where it is kept.
        draft_id: the draft.
        round_name: the round to bring it into; empty for its own.

    Raises:
        StoreError: ``draft_gone``.
        PackError: ``migration_needless`` when the draft is of this version, ``migration_missing`` when the pack does not
            say how, and those of packs that cannot be read.
    """
    return _outlook(store.load(draft_id), round_name)


def migrate_draft(store: DraftStore, draft_id: str, today: date, round_name: str = "") -> str:
    """Convert a draft on a copy; returns the id of the new draft.

    Args:
        store: where both are kept.
        draft_id: the old draft; it stays as it is.
        today: the day that rules see.
        round_name: the round to bring it into; empty for its own.

    Raises:
        PackError: ``migration_done`` when the project has a draft of this form and version already, and those of
            :func:`look_ahead`.
        StoreError: those of the database.
    """
    from pilotdesk.projects import facts_of
    from pilotdesk.session import Session

    record = store.load(draft_id)
    outlook = _outlook(record, round_name)
    form = outlook.pack.forms[record.card.form]
    _refuse_twice(store, record, outlook)
    values = _with_beginnings(outlook.migration.values, outlook.old_form, form)
    accepted, reasons = _accepted(record, outlook.old_form, form, values)
    session = Session(outlook.pack, record.card.form, values, today=today, accepted=accepted)
    with store.together():
        new_id = store.add_draft(
            record.card.project_id,
            outlook.pack,
            record.card.form,
            values,
            carried=migrate(outlook.old_form, form, outlook.steps, record.carried).values,
            facts=facts_of(session),
            origin="migrated",
        )
        store.keep_attic(new_id, (*record.attic, *outlook.migration.attic, *reasons))
        store.accept(new_id, accepted)
        for returned in store.returns.of_draft(draft_id):  # what was sent back is to be mended in the new one
            store.returns.keep(new_id, returned)
    return new_id


def readable_package(package: Package) -> Package:
    """A package as this computer can open it: as it is, or brought into the newer version that is here.

    What finds no place then is in its attic; its own pack is not at hand, so that the words there are what the
    migration file has, or paths.

    Raises:
        PackError: ``pack_unknown``; ``pack_version_gone`` when no steps lead from its version to the one here.
    """
    there = (package.round, package.form, package.form_version)
    try:
        pack_for(*there, package.pack_digest)
    except PackError as trouble:
        pack = current_pack(package.round)
        form = pack.forms.get(package.form)
        if trouble.code != "pack_version_gone" or form is None:
            raise
        here = (package.round, package.form, form.head.version)
        try:
            steps = chain(read_steps(current_folder(package.round), package.form), here=here, there=there)
        except PackError:
            raise trouble from None
        migration = migrate(None, form, steps, package.values)
        accepted, reasons = _accepted(package, None, form, migration.values)
        return replace(
            package,
            form_version=form.head.version,
            pack_digest=pack.digest,
            values=migration.values,
            accepted=accepted,
            carried=migrate(None, form, steps, package.carried).values,
            attic=(*package.attic, *migration.attic, *reasons),
        )
    return package


def _outlook(record: DraftRecord, round_name: str) -> Outlook:
    card = record.card
    there = (card.round, card.form, record.form_version)
    pack = current_pack(round_name or card.round)
    form = pack.forms.get(card.form)
    if form is None:
        raise PackError("form_unknown", name=card.form, known="、".join(pack.forms))
    here = (pack.round.name, card.form, form.head.version)
    if here == there:
        raise PackError("migration_needless")
    steps = chain(read_steps(current_folder(pack.round.name), card.form), here=here, there=there)
    old_form = _form_of(record)
    return Outlook(
        pack=pack,
        title=form.head.title,
        old_form=old_form,
        steps=steps,
        migration=migrate(old_form, form, steps, record.values),
    )


def _form_of(record: DraftRecord) -> Form | None:
    card = record.card
    try:
        return pack_for(card.round, card.form, record.form_version, record.pack_digest).forms.get(card.form)
    except PackError:  # the words of its places are lost, its answers are not
        return None


def _refuse_twice(store: DraftStore, record: DraftRecord, outlook: Outlook) -> None:
    version = outlook.pack.forms[record.card.form].head.version
    for card in store.drafts_of(record.card.project_id):
        same = (card.form, card.round) == (record.card.form, outlook.pack.round.name)
        if same and card.form_version == version:
            raise PackError("migration_done")


def _with_beginnings(values: Mapping[str, Value], old_form: Form | None, form: Form) -> dict[str, Value]:
    """The answers, and what a new draft begins with in fields that the older form did not have."""
    if old_form is None:
        return dict(values)
    begun = {
        path: value
        for path, value in initial_values(form).items()
        if path.partition(".")[0] not in old_form.fields and values.get(path) is None
    }
    return dict(values) | begun


def _accepted(
    old: DraftRecord | Package, old_form: Form | None, form: Form, values: Mapping[str, Value]
) -> tuple[dict[str, str], list[AtticEntry]]:
    """The answered 请核实 whose places are still there; the reasons of the others for the attic."""
    kept: dict[str, str] = {}
    gone: list[AtticEntry] = []
    for key, reason in old.accepted.items():
        path = key.partition("@")[2]
        if _is_there(form, path, values):
            kept[key] = reason
            continue
        label = number_and_label(old_form, path, old.values) if old_form and _has(old_form, path) else path
        why = "这是核实时写的说明，新版里没有这一处了。"
        gone.append(AtticEntry(path=path, label=label, text=reason, value=reason, why=why))
    return kept, gone


def _has(form: Form, path: str) -> bool:
    try:
        field_at(form, path)
    except KeyError:
        return False
    return True


def _is_there(form: Form, path: str, values: Mapping[str, Value]) -> bool:
    place = split_cell_path(path)
    rows = values.get(place[0]) if place else ()
    listed: Iterable[object] = rows if isinstance(rows, tuple) else ()
    is_row = not place or any(isinstance(row, Row) and row.id == place[1] for row in listed)
    return _has(form, path) and is_row
