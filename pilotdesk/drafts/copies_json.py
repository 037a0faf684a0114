"""A whole project as JSON and back, attachments aside. What is read may come from anywhere and is believed in nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.drafts.copies import DraftCopy, ExportEntry, ProjectCopy
from pilotdesk.drafts.records import DraftCard, DraftFacts, DraftRecord, HistoryEntry, NamedVersion
from pilotdesk.drafts.returned import returned_from_json, returned_to_json
from pilotdesk.drafts.share import share_from_json, share_to_json
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.drafts.stored_json import attic_from_json, attic_to_json
from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.forms.values import Value

_ID = LazyPattern(r"[pd]_[0-9a-z]{1,32}")
_NAME = LazyPattern(r"[a-z0-9_]{1,64}")
_DATE_NAME = LazyPattern(r"[a-z0-9_]{1,64}(\.[a-z_]{1,32})?")


def copy_to_json(copy: ProjectCopy) -> dict[str, object]:
    """The project as something ``json.dumps`` takes."""
    return {
        "project_id": copy.project_id,
        "practice": copy.practice,
        "created": copy.created,
        "dates": {name: day.isoformat() for name, day in sorted(copy.dates.items())},
        "drafts": [_draft_to_json(draft) for draft in copy.drafts],
    }


def copy_from_json(stored: Mapping[str, Any], files: Mapping[str, bytes]) -> ProjectCopy:
    """The project that :func:`copy_to_json` made this of.

    Args:
        stored: the parsed JSON.
        files: SHA-256 to content of the attachments.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it did not.
    """
    practice = stored["practice"]
    if not isinstance(practice, bool):
        raise TypeError("practice")
    project_id = _fitting(stored["project_id"], _ID)
    return ProjectCopy(
        project_id=project_id,
        practice=practice,
        created=_stamp(stored["created"]),
        dates={
            _fitting(name, _DATE_NAME): date.fromisoformat(_text(day))
            for name, day in stored["dates"].items()
        },
        drafts=tuple(_draft_from_json(draft, project_id, practice) for draft in stored["drafts"]),
        files=files,
    )


# -- inside --------------------------------------------------------------------------------------


def _values_to_json(values: Mapping[str, Value]) -> dict[str, object]:
    return {path: to_json(value) for path, value in sorted(values.items())}


def _values_from_json(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {_text(path): from_json(value) for path, value in stored.items()}


def _draft_to_json(copy: DraftCopy) -> dict[str, object]:
    record, card = copy.record, copy.record.card
    return {
        "draft_id": card.draft_id,
        "form": card.form,
        "round": card.round,
        "form_version": record.form_version,
        "pack_digest": record.pack_digest,
        "revision": card.revision,
        "step": card.step,
        "created": card.created,
        "updated": card.updated,
        "facts": msgspec.structs.asdict(card.facts),
        "values": _values_to_json(record.values),
        "carried": _values_to_json(record.carried),
        "accepted": dict(sorted(record.accepted.items())),
        "attic": [attic_to_json(entry) for entry in record.attic],
        "exports": [_words_of(entry) for entry in copy.exports],
        "export_entries": [place_of(entry, copy) for entry in copy.exports],
        "history": [
            {"path": e.path, "value": to_json(e.value), "origin": e.origin, "at": e.at, "by": e.by}
            for e in copy.history
        ],
        "versions": _versions_to_json(copy),
        "shares": [{"incoming": kept.incoming, "share": share_to_json(kept.share)} for kept in copy.shares],
        "returns": [returned_to_json(returned) for returned in copy.returns],
    }


def _draft_from_json(stored: Mapping[str, Any], project_id: str, practice: bool) -> DraftCopy:
    card = DraftCard(
        draft_id=_fitting(stored["draft_id"], _ID),
        project_id=project_id,
        form=_fitting(stored["form"], _NAME),
        round=_fitting(stored["round"], _NAME),
        facts=_facts(stored["facts"]),
        practice=practice,
        revision=_count(stored["revision"]),
        created=_stamp(stored["created"]),
        updated=_stamp(stored["updated"]),
        step=_text(stored["step"]),
    )
    record = DraftRecord(
        card=card,
        form_version=_count(stored["form_version"]),
        pack_digest=_text(stored["pack_digest"]),
        values=_values_from_json(stored["values"]),
        accepted={_text(key): _text(reason) for key, reason in stored["accepted"].items()},
        carried=_values_from_json(stored["carried"]),
        attic=tuple(attic_from_json(entry) for entry in stored["attic"]),
    )
    history = enumerate(stored["history"], start=1)
    return DraftCopy(
        record=record,
        history=tuple(_history(entry, seq) for seq, entry in history),
        exports=_exports(stored["exports"], stored.get("export_entries")),
        versions=tuple(_version(entry, number) for number, entry in enumerate(stored.get("versions", ()), 1)),
        shares=tuple(_share(entry, card.draft_id) for entry in stored.get("shares", ())),
        returns=tuple(returned_from_json(entry) for entry in stored.get("returns", ())),
    )


def _history(stored: Mapping[str, Any], seq: int) -> HistoryEntry:
    words = _texts({name: stored[name] for name in ("path", "origin", "at", "by")})
    return HistoryEntry(seq=seq, value=from_json(stored["value"]), **words)


def _words_of(export: ExportEntry) -> dict[str, str]:
    return {name: word for name, word in msgspec.structs.asdict(export).items() if name != "seq"}


def place_of(export: ExportEntry, copy: DraftCopy) -> int | None:
    """The place of its last entry in the list of the history, counted from 1; beside it, as older programs take words alone."""
    return None if export.seq is None else sum(entry.seq <= export.seq for entry in copy.history)


def _exports(stored: Sequence[Mapping[str, Any]], places: Sequence[object] | None) -> tuple[ExportEntry, ...]:
    """``places`` as :func:`place_of` has them; ``None`` from a program that knew only the time."""
    known = [None] * len(stored) if places is None else places
    return tuple(
        ExportEntry(**_texts(words), seq=None if place is None else _count(place))
        for words, place in zip(stored, known, strict=True)
    )


def _versions_to_json(copy: DraftCopy) -> list[dict[str, object]]:
    """Each with the place of its entry in the list of the history, counted from 1."""
    places = {entry.seq: place for place, entry in enumerate(copy.history, 1)}
    return [
        {"name": one.name, "entry": places[one.seq], "at": one.at, "by": one.by}
        for one in copy.versions
        if one.seq in places
    ]


def _version(stored: Mapping[str, Any], number: int) -> NamedVersion:
    words = _texts({name: stored[name] for name in ("name", "at", "by")})
    return NamedVersion(version_id=number, seq=_count(stored["entry"]), **words)


def _share(stored: Mapping[str, Any], draft_id: str) -> KeptShare:
    share, incoming = share_from_json(stored["share"]), stored["incoming"]
    if share.ancestor is None or not isinstance(incoming, bool):
        raise TypeError("a kept share expected")
    return KeptShare(draft_id=draft_id, incoming=incoming, share=share)


def _facts(stored: Mapping[str, Any]) -> DraftFacts:
    return DraftFacts(
        title=_text(stored["title"]),
        unit=_text(stored["unit"]),
        pilot_field=_text(stored["pilot_field"]),
        percent=_count(stored["percent"]),
        errors=_count(stored["errors"]),
        warnings=_count(stored["warnings"]),
    )


def _texts(stored: Mapping[str, Any]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in stored.items()}


def _text(stored: object) -> str:
    if not isinstance(stored, str):
        raise TypeError("text expected")
    return stored


def _fitting(stored: object, pattern: LazyPattern) -> str:
    text = _text(stored)
    if not pattern.fullmatch(text):
        raise ValueError("another name expected")
    return text


def _count(stored: object) -> int:
    if not isinstance(stored, int) or isinstance(stored, bool) or stored < 0:
        raise TypeError("a count expected")
    return stored


def _stamp(stored: object) -> str:
    text = _text(stored)
    datetime.fromisoformat(text)
    return text
