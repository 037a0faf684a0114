"""Where an answer came from: which other form of the project, which place in it, and what stood there then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.codecs import WITHOUT_CODEC, plain_text
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.lookup import column_of, field_at
from pilotdesk.forms.values import Row, is_blank, split_cell_path

if TYPE_CHECKING:
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.values import Value
    from pilotdesk.session import Session

LEFT_ALONE = "带入，可以改"
CHANGED = "带入后改过"


def carried_value(session: Session, path: str) -> Value:
    """What was carried to a path, as the other forms had it when they were last looked at; ``None`` for nothing."""
    place = split_cell_path(path)
    if place is None:
        return session.carried.get(path)
    rows = session.carried.get(place[0])
    found = (
        (row for row in rows if isinstance(row, Row) and row.id == place[1])
        if isinstance(rows, tuple)
        else ()
    )
    return next((row.cell(place[2]) for row in found), None)


def carried_note(session: Session, path: str) -> str:
    """A few words over a field that was carried and can be changed; empty for all others."""
    field = session.field(path)
    kept = carried_value(session, path) if field.carry and not (field.columns or field.fixed) else None
    if is_blank(kept):
        return ""
    return LEFT_ALONE if session.value(path) == kept else CHANGED


def origin_words(session: Session, path: str) -> str:
    """``带自申报书 9.2 量化指标表“基期值”，带来时是“90.3”。``; empty for an answer that no other form gives."""
    field = session.field(path)
    if not field.carry:
        return ""
    places = [place_words(session.pack, source) for source in field.carry]
    words = f"带自{places[0]}"
    if len(places) > 1:
        words += f"；那里没有的，带自{'、'.join(places[1:])}"
    kept = carried_value(session, path)
    if not field.columns and not is_blank(kept):
        words += f"。带来时是“{_text(session, path, kept)}”"
        if session.value(path) != kept:
            words += "，这里改过"
    return f"{words}。{'要改到那张表里改。' if field.fixed else ''}"


def place_words(pack: FormPack, source: str) -> str:
    """A place of another form in words: ``申报书 9.2 量化指标表“基期值”``."""
    name, _, inner = source.partition(".")
    form = pack.forms[name]
    first = documents_of(form)[0]
    owner_name, _, part = inner.partition(".")
    owner = form.fields[owner_name]
    where = f"{owner.number} {owner.label}".strip()
    if part:
        found = column_of(owner, part) if owner.columns else field_at(form, inner)
        where += f"“{found.label}”"
    return f"{first.file or first.short} {where}"


def _text(session: Session, path: str, value: Value) -> str:
    if session.field(path).type in WITHOUT_CODEC:
        return plain_text(value)
    return session.codec(path).print_text(value)
