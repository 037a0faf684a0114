"""The outline: the one place that decides what is printed. Word, PDF, preview and check code all come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Contents, Cover, CoverLine, Heading, Notes, Outline
from pilotdesk.documents.digest import check_code
from pilotdesk.documents.outline.grid import printed_label
from pilotdesk.documents.outline.parts import Part
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.documents.outline.tables import attachment_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.blocks import Block
    from pilotdesk.forms.model import Field, Form, FormPack
    from pilotdesk.forms.snapshot import Snapshot

__all__ = ["build_outline"]

NOTES_TITLE: Final = "填写说明"
ATTACHMENTS_TITLE: Final = "附件清单"
COVER_UNITS: Final = 3
"""Participating units that the cover names one by one (print target §6)."""


def build_outline(pack: FormPack, form: Form, snapshot: Snapshot, *, watermark: str = "") -> Outline:
    """Everything that is printed of a draft.

    Args:
        pack: the pack, for round and review points.
        form: the form of the draft.
        snapshot: its answers.
        watermark: ``草　稿`` or ``样　张``; empty for a final version, which carries the check code.
    """
    printing = Printing(form, snapshot)
    blocks = tuple(_blocks(pack, form, printing))
    code = "" if watermark else check_code(printing.answers)
    project = _named(printing, form.head.project_name)
    revision = snapshot.revision + 1
    short_id = snapshot.project_id.removeprefix("p_")[:12]
    ending = code.replace("-", "") or "DRAFT"
    return Outline(
        title=form.head.title,
        project=project,
        unit=_named(printing, form.head.unit_name),
        reference_line=None if form.head.official else f"参考稿——以{pack.round.system_name}下载的模板为准",
        revision=revision,
        draft=bool(watermark),
        watermark=watermark,
        check_code=code,
        # At most 42 bytes, the room of a version 3 code at level M (print target §2.2).
        token=f"PD1;{pack.round.name};{form.head.name[:3]};{short_id};{revision};{ending}",
        blocks=blocks,
        answers=tuple(printing.answers),
    )


def _named(printing: Printing, name: str) -> str:
    return printing.plain(printing.form.fields[name], printing.value(name))


def _blocks(pack: FormPack, form: Form, printing: Printing) -> Iterator[Block]:
    place = 0
    for step in form.steps:
        place += bool(step.number)
        if not printing.shows(step):
            continue
        if step.number:
            yield from Part(printing, step, place, pack.round).blocks()
            continue
        fields = [field for group in step.group if printing.shows(group) for field in group.field]
        yield _cover(pack, form, printing, fields)
        yield Notes(NOTES_TITLE, form.head.notes)
        yield Contents()
    files = [
        field
        for field in form.fields.values()
        if field.type == "attachment" and _is_asked(form, printing, field)
    ]
    table = attachment_table(printing, files)
    if table:
        yield Heading(1, ATTACHMENTS_TITLE, form.steps[-1].name)
        yield table


def _is_asked(form: Form, printing: Printing, field: Field) -> bool:
    """Whether a field, its group and its step are relevant; attachments are printed in the closing list only."""
    step = next(step for step in form.steps if step.name == form.step_of[field.name])
    group = next(group for group in step.group if field in group.field)
    return printing.is_relevant(field) and printing.is_relevant(group) and printing.is_relevant(step)


def _cover(pack: FormPack, form: Form, printing: Printing, fields: list[Field]) -> Cover:
    head = form.head
    lines = tuple(_cover_line(printing, field) for field in fields if printing.shows(field))
    return Cover((head.title.removesuffix(head.short), head.short), f"（{pack.round.name}年度）", lines)


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
