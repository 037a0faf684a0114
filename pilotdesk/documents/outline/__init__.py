"""The outline: the one place that decides what is printed. Word, PDF, preview and check code all come from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.blocks import Contents, Cover, CoverLine, Heading, Notes, Origin, Outline
from pilotdesk.documents.digest import digest_of
from pilotdesk.documents.outline.grid import grid, printed_label
from pilotdesk.documents.outline.parts import Part
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.documents.outline.tables import attachment_table
from pilotdesk.forms.form_documents import document_of, steps_of
from pilotdesk.forms.model import Print
from pilotdesk.forms.values import attachments_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.documents.blocks import Block
    from pilotdesk.forms.model import Document, Field, Form, FormPack, Step
    from pilotdesk.forms.snapshot import Snapshot

__all__ = ["as_version", "build_outline"]

NOTES_TITLE: Final = "填写说明"
ATTACHMENTS_TITLE: Final = "附件清单"
FULL_ROW: Final = Print(layout="full")
COVER_UNITS: Final = 3
"""Participating units that the cover names one by one (print target §6)."""


def build_outline(
    pack: FormPack, form: Form, snapshot: Snapshot, *, document: str = "", watermark: str = ""
) -> Outline:
    """Everything that is printed of a draft in one document.

    Args:
        pack: the pack, for round and review points.
        form: the form of the draft.
        snapshot: its answers.
        document: name of the document; the form's first when empty.
        watermark: ``草　稿`` or ``样　张``; empty for a final version, which carries the check code.

    Raises:
        KeyError: the form has no such document.
    """
    printing = Printing(form, snapshot)
    wanted = document_of(form, document)
    blocks = tuple(_blocks(pack, form, printing, wanted))
    outline = Outline(
        title=_title(wanted),
        name=wanted.file or wanted.short,
        project=_named(form, snapshot, form.head.project_name),
        unit=_named(form, snapshot, form.head.unit_name),
        reference_line=None if form.head.official else f"参考稿——以{pack.round.system_name}下载的模板为准",
        revision=0,
        draft=bool(watermark),
        watermark=watermark,
        check_code="",
        token="",
        blocks=blocks,
        answers=tuple(printing.answers),
        printed=tuple(printing.printed),
        origin=_origin(pack, form, snapshot, printing, wanted),
    )
    code = "" if watermark else digest_of(outline)
    return as_version(replace(outline, check_code=code), snapshot.revision + 1)


def as_version(outline: Outline, revision: int) -> Outline:
    """The same with the number of a version; what was not changed since goes out again as the version that it is."""
    ending = outline.check_code.replace("-", "") or "DRAFT"
    origin = outline.origin
    # At most 42 bytes, the room of a version 3 code at level M (print target §2.2).
    token = f"PD1;{origin.round};{origin.form[:3]};{origin.project};{revision};{ending}"
    return replace(outline, revision=revision, token=token)


def _title(document: Document) -> str:
    """What the files call themselves: as the cover does, with the year that stands in a line of its own there."""
    dated = document.year and document.file.startswith(document.year) and document.year not in document.title
    return document.title.removesuffix(document.short) + document.file if dated else document.title


def _named(form: Form, snapshot: Snapshot, name: str) -> str:
    return Printing(form, snapshot).plain(form.fields[name], snapshot.value(name))


def _blocks(pack: FormPack, form: Form, printing: Printing, document: Document) -> Iterator[Block]:
    yield from _front(pack, form, printing, document)
    place = 0
    steps = steps_of(form, document)
    for step in steps:
        place += bool(step.number)
        if printing.shows(step):
            yield from Part(printing, step, place if step.number else 0, pack.round).blocks()
    files = [field for field in _fields(steps, printing) if field.type == "attachment"]
    table = attachment_table(printing, files)
    if table:
        yield Heading(1, ATTACHMENTS_TITLE, form.steps[-1].name)
        yield table


def _origin(pack: FormPack, form: Form, snapshot: Snapshot, printing: Printing, document: Document) -> Origin:
    """What the outline is, in the names of the pack."""
    return Origin(
        round=pack.round.name,
        form=form.head.name,
        document=document.name,
        version=form.head.version,
        project=snapshot.project,
        attachments=_attached(form, printing, document),
    )


def _fields(steps: Iterable[Step], printing: Printing) -> Iterator[Field]:
    """The fields of these steps that are relevant now."""
    for step in steps:
        for group in step.group:
            if printing.is_relevant(step) and printing.is_relevant(group):
                yield from (field for field in group.field if printing.is_relevant(field))


def _attached(form: Form, printing: Printing, document: Document) -> tuple[str, ...]:
    """SHA-256 of every file that the document names, in its order."""
    values = {field.name: printing.value(field.name) for field in _fields(steps_of(form, document), printing)}
    return tuple(file.sha256 for file in attachments_in(values))


def _front(pack: FormPack, form: Form, printing: Printing, document: Document) -> Iterator[Block]:
    """Cover, notes and contents; a document without a cover begins with its title, project and unit."""
    cover = next((step for step in form.steps if step.name == document.cover and printing.shows(step)), None)
    if cover is None:
        yield Notes(document.file or document.short, ())
        named = [form.fields[name] for name in (form.head.project_name, form.head.unit_name)]
        lines = grid(printing, [msgspec.structs.replace(field, print=FULL_ROW) for field in named])
        if lines:
            yield lines
    else:
        fields = [field for group in cover.group if printing.shows(group) for field in group.field]
        yield _cover(pack, document, printing, fields)
    if document.notes:
        yield Notes(NOTES_TITLE, document.notes)
    if document.contents:
        yield Contents()


def _cover(pack: FormPack, document: Document, printing: Printing, fields: list[Field]) -> Cover:
    lines = tuple(_cover_line(printing, field) for field in fields if printing.shows(field))
    year = document.year or f"{pack.round.name}年度"
    return Cover((document.title.removesuffix(document.short), document.short), f"（{year}）", lines)


def _cover_line(printing: Printing, field: Field) -> CoverLine:
    """One line of the cover; a list of units takes a line each, a long one is cut with where to find the rest."""
    value = printing.value(field.name)
    if (
        isinstance(value, tuple)
        and value
        and all(isinstance(part, str) for part in value)
        and not field.choices
    ):
        names = tuple(str(part) for part in value)
        if len(names) > COVER_UNITS:
            names = (f"{names[0]}等{len(names)}家（见第三部分）",)
        printing.note(field.name, "\n".join(names))
        return CoverLine(printed_label(field), names, field.name)
    text = printing.text(field.name, field, value)
    return CoverLine(printed_label(field), tuple(text.split("\n")), field.name)
