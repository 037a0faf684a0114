"""Read-back from a Word file that people edited: what they changed, with its value, wherever its place has got to.

A place is found by its bookmark, else by the printed words beside it, else by where it stands in its table. What was
changed is what differs from the fingerprints that the file itself carries; a draft that was changed since is no edit of the
file, and where both were changed they are shown side by side. Nothing is dropped: text that belongs nowhere and places that
are gone are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.blank import blank_outline, hints_in, without_hints
from pilotdesk.documents.digest import fingerprint, normal_text
from pilotdesk.documents.edited.base import base_without, marks_of, read_base
from pilotdesk.documents.edited.judging import Judge
from pilotdesk.documents.edited.layout import Running, Sheet, layout_of, own_words
from pilotdesk.documents.edited.notes import Note
from pilotdesk.documents.edited.paper import pieces_of, read_paper, said_otherwise
from pilotdesk.documents.edited.records import Edit, Edits, How, Missing, RowEdit
from pilotdesk.documents.edited.row_judging import RowJudge
from pilotdesk.documents.edited.rows import Known
from pilotdesk.documents.edited.sections import Leftover, find_sections
from pilotdesk.documents.edited.settling import Settler
from pilotdesk.documents.edited.tables import Reading, TableReader, Tables
from pilotdesk.documents.edited.values import PrintedValues
from pilotdesk.documents.outline import build_outline
from pilotdesk.errors import PackageError
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.values import field_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.edited.base import Base
    from pilotdesk.documents.edited.paper import Paper
    from pilotdesk.documents.edited.sections import Sections
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.snapshot import Snapshot

__all__ = ["Edit", "Edits", "How", "Leftover", "Missing", "Note", "RowEdit", "read_edited"]

_ANY: Final = "　"
"""A watermark: what is compared is no final version."""
_ENOUGH: Final = 0.5
"""Share of a form's own words that a file without properties must have."""


def read_edited(pack: FormPack, form: Form, snapshot: Snapshot, path: Path) -> Edits:
    """Every difference that was made in a Word file of ours since it was written.

    Args:
        pack: the pack of the draft.
        form: its form.
        snapshot: the draft as it is now.
        path: the file, however it was saved since.

    Raises:
        PackageError: ``docx_foreign`` when it is no form of this draft, ``readback_other_form`` and
            ``readback_other_version`` when it is of another form than the draft, and those of
            :meth:`pilotdesk.documents.opened.OpenedDocx.open`.
    """
    paper = read_paper(path)
    base = _base(paper, pack, form, snapshot, path)
    outline = build_outline(pack, form, snapshot, document=base.identity.document, watermark=_ANY)
    values = PrintedValues(form, snapshot)
    judge = Judge(outline, base, values)
    rows = RowJudge(base, values, judge.text_of)
    printed = _printed(pack, form, snapshot, base, outline)
    if base.blank:
        hints = hints_in(printed)
        paper = said_otherwise(paper, lambda text: without_hints(text, hints))
    layout = [one for one in layout_of(form, printed) if not isinstance(one, Running) or base.held(one.path)]
    sections = find_sections(paper, layout, marks_of(base.paths))
    found = _tables(sections, base, values, judge, rows)
    readings = [*_running(sections), *(one for one in found.readings if base.held(one.path))]
    return Edits(
        identity=base.identity,
        blank=base.blank,
        edits=tuple(judge.edits(readings)),
        rows=tuple(rows.row_edits(found.orders, found.new)),
        orders={table: tuple(order) for table, order in found.orders.items()},
        missing=tuple(judge.missing([*_gone(sections, base), *found.missing], readings)),
        notes=tuple(_placed_notes(paper, readings, judge)),
        leftover=(*sections.leftover, *(Leftover("", text) for text in found.leftover)),
        compared=len({reading.path for reading in readings}),
        known=bool(base.prints),
    )


def _tables(sections: Sections, base: Base, values: PrintedValues, judge: Judge, rows: RowJudge) -> Tables:
    """What the tables say, their rows settled."""
    reader = TableReader(
        marks_of(base.paths),
        lambda path, text: base.is_same(path, values.said(path, text)),
        lambda sheet: _known(sheet, base, values, judge, rows),
    )
    for sheet, tables in sections.tables:
        reader.read(sheet, tables)
    return Settler(reader.found, base, values, judge.text_of).settled()


def _base(paper: Paper, pack: FormPack, form: Form, snapshot: Snapshot, path: Path) -> Base:
    """What the file says of itself; of one that lost its properties what is seen: whose words it has."""
    try:
        base = read_base(path)
    except PackageError as trouble:
        if trouble.code != "docx_foreign":
            raise
        words = {normal_text(one.text) for one in pieces_of(paper)}
        for document in documents_of(form):
            outline = build_outline(pack, form, snapshot, document=document.name, watermark=_ANY)
            printed = {normal_text(text) for text in own_words(layout_of(form, outline))}
            if len(printed & words) >= _ENOUGH * len(printed):
                return base_without(outline)
        raise
    _check_form(base, pack, form, path)
    return base


def _check_form(base: Base, pack: FormPack, form: Form, path: Path) -> None:
    identity = base.identity
    if (identity.round, identity.form) != (pack.round.name, form.head.name):
        raise PackageError("readback_other_form", name=path.name, title=form.head.title)
    if identity.version != form.head.version:
        raise PackageError(
            "readback_other_version", name=path.name, there=identity.version, here=form.head.version
        )


def _printed(pack: FormPack, form: Form, snapshot: Snapshot, base: Base, outline: Outline) -> Outline:
    """The outline by which the file is read: with fields that are not asked any more, if it has answers of theirs."""
    if base.blank:
        return blank_outline(pack, form, document=base.identity.document, parts=base.parts)
    known = {field_name(answer.path) for answer in outline.printed}
    known |= {field_name(path) for block in outline.blocks if (path := getattr(block, "path", None))}
    if all(field_name(path) in known for path in base.paths):
        return outline
    whole = msgspec.structs.replace(snapshot, irrelevant=frozenset())
    return build_outline(pack, form, whole, document=base.identity.document, watermark=_ANY)


def _known(sheet: Sheet, base: Base, values: PrintedValues, judge: Judge, rows: RowJudge) -> Known:
    """The rows of a list table: those it was written with, or without such a list those of the draft."""
    ids = base.rows.get(sheet.table) or tuple(row.id for row in values.printing.rows(sheet.table))
    made = Known(table=sheet.table, ids=ids, columns=sheet.columns, prints=base.prints, texts={})
    if not base.prints:
        paths = [made.path(row_id, column) for row_id in ids for column in range(len(sheet.columns))]
        prints = {path: fingerprint(judge.text_of(path)) for path in paths if path}
        made = msgspec.structs.replace(made, prints=prints)
    return msgspec.structs.replace(made, texts={row_id: rows.row_text(sheet.table, row_id) for row_id in ids})


def _running(sections: Sections) -> list[Reading]:
    return [
        Reading(
            path=one.path,
            text="\n".join(one.lines),
            how=one.how,
            confidence=1.0 if one.how == "bookmark" else 0.9,
            notes=one.notes,
        )
        for one in sections.running
    ]


def _placed_notes(paper: Paper, readings: Sequence[Reading], judge: Judge) -> Iterator[Note]:
    """The notes of a file, each with the answer that it hangs on, or with the words of the line or cell."""
    paths = {key: reading.path for reading in readings for key in reading.notes}
    words = {key: one.text for one in pieces_of(paper) for key in one.notes}
    for key, note in paper.notes.items():
        path = paths.get(key, "")
        where = " ".join(words.get(key, "").split())
        yield msgspec.structs.replace(note, path=path, label=judge.label(path) if path else "", where=where)


def _gone(sections: Sections, base: Base) -> list[str]:
    """Paths of the running text and tables that were not found."""
    paths: list[str] = []
    for one in sections.missing:
        if not isinstance(one, Sheet):
            paths.append(one.path)
        elif one.kind == "list":
            paths += [path for path in base.paths if field_name(path) == one.table]
        else:
            paths += one.paths
    return paths
