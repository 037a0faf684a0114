"""What is typed into the online system, one place after the other: the steps of the 录入助手.

The online system has no import. Every answer becomes one step, in the order of the form, with the text exactly as it is to
be typed: a number without its unit, a day as 2026-06-12, a choice by its label, a period by its two months, a person part
by part, a table row by row and in the row cell by cell. What is hidden by the form has no step.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed, cell_path, field_name
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field, Form, Step
    from pilotdesk.forms.snapshot import Snapshot
    from pilotdesk.forms.values import Value

CopyKind = Literal["typed", "chosen", "file", "blank"]

_CHOSEN: Final = frozenset({"choice", "multi_choice", "dependent_choice", "region"})
_AS_IN_EDITOR: Final = frozenset({"date", "month"})
"""Types that an entry field takes as 2026-06-12 and 2026-06; print writes them out."""
_SILENT: Final = frozenset({"statement", "signature"})
"""Printed and signed, never typed."""


class CopyStep(Record, frozen=True):
    """One thing to type, choose or upload.

    Attributes:
        key: tells it from all others as long as the row is there: its path, with ``#start`` or ``#end`` for the months of a
            period and ``#1`` for the second file.
        path: of the answer, for :meth:`pilotdesk.session.Session.value`.
        part: number and name of the part of the form: ``二、承担单位``. part_name: the name of its step in the pack.
        number, label: of the field: ``2.2`` and ``统一社会信用代码``; ``number`` may be empty.
        place: the row, ``第 3 行，共 8 行`` or ``节点 F1``; empty outside tables. about: what stands first in the row.
        detail: column, person part, or end of the period: ``年份``; empty for a field that is one.
        value: the text to be typed; empty for a blank one.
        unit: said beside, never typed.
        kind: how it gets into the system: ``typed``, ``chosen`` from a list, ``file`` to be uploaded, or ``blank``.
        unread: whether it is what was typed and could not be read.
    """

    key: str
    path: str
    part: str
    part_name: str
    number: str
    label: str
    place: str = ""
    about: str = ""
    detail: str = ""
    value: str = ""
    unit: str = ""
    kind: CopyKind = "typed"
    unread: bool = False

    @property
    def field(self) -> str:
        """Name of the field in the pack."""
        return field_name(self.path)

    @property
    def name(self) -> str:
        """The words at its place in the form: ``9.2 量化指标表，第 3 行，共 8 行，2027年目标值``."""
        head = f"{self.number} {self.label}".strip()
        return "，".join(filter(None, (head, self.place, self.detail)))

    @property
    def trace(self) -> str:
        """Four hex digits that change with the value, and from which nobody can tell it."""
        return f"{zlib.crc32(self.value.encode()) & 0xFFFF:04x}"


def copy_steps(form: Form, snapshot: Snapshot) -> tuple[CopyStep, ...]:
    """Everything there is to type of a draft, blank ones among it, in the order of the form."""
    return tuple(_Walk(form, snapshot).steps())


class _Walk:
    """Walks over one draft."""

    def __init__(self, form: Form, snapshot: Snapshot) -> None:
        self._form = form
        self._snapshot = snapshot

    def steps(self) -> Iterator[CopyStep]:
        """All steps."""
        for step in self._form.steps:
            for group in step.group:
                if {f"step:{step.name}", f"group:{group.name}"} & self._snapshot.irrelevant:
                    continue
                for field in group.field:
                    if field.name not in self._snapshot.irrelevant and field.type not in _SILENT:
                        yield from self._field(step, field)

    def _field(self, step: Step, field: Field) -> Iterator[CopyStep]:
        part = f"{step.number}、{step.label}" if step.number else step.label
        blank = CopyStep(field.name, field.name, part, step.name, field.number, field.label, kind="blank")
        if field.parts:
            for one in field.parts:
                yield from self._answer(_at(blank, f"{field.name}.{one.name}", one.label), one)
        elif field.columns:
            yield from self._table(blank, field)
        else:
            yield from self._answer(blank, field)

    def _table(self, blank: CopyStep, field: Field) -> Iterator[CopyStep]:
        value = self._snapshot.value(field.name)
        rows = [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []
        if not rows:
            yield blank
        for at, row in enumerate(rows, 1):
            node = (row.cell("code") or row.cell("name")) if field.type == "tree" else None
            place = f"节点 {node}" if isinstance(node, str) else f"第 {at} 行，共 {len(rows)} 行"
            ahead = replace(blank, place=place, about="" if node else _about(field, row))
            for column in field.columns:
                path = cell_path(field.name, row.id, column.name)
                if path not in self._snapshot.irrelevant:
                    yield from self._answer(_at(ahead, path, column.label), column, row.cell(column.name))

    def _answer(self, blank: CopyStep, field: Field, cell: Value = None) -> Iterator[CopyStep]:
        """The steps of one answer; ``cell`` is its value where it stands in a row."""
        value = cell if blank.place else self._snapshot.value(blank.path)
        files = [part for part in value if isinstance(part, Attachment)] if isinstance(value, tuple) else []
        for at, file in enumerate(files):
            detail = f"第 {at + 1} 个文件，共 {len(files)} 个" if len(files) > 1 else ""
            yield _filled(blank, f"#{at}" * bool(at), file.file_name, detail=detail, kind="file")
        if isinstance(value, MonthRange):
            for mark, words, month in (("#start", "起", value.start), ("#end", "止", value.end)):
                detail = f"{blank.detail}（{words}）" if blank.detail else words
                yield _filled(blank, mark, month or "", detail=detail)
        elif not files:
            yield self._scalar(blank, field, value)

    def _scalar(self, blank: CopyStep, field: Field, value: Value) -> CopyStep:
        if isinstance(value, Unparsed):
            return _filled(blank, "", value.text, unit=field.unit, unread=True)
        if value is None or field.type == "attachment":
            return blank
        codec: Codec = codec_for(field, self._form.lists)
        text = codec.edit_text(value) if field.type in _AS_IN_EDITOR else codec.print_text(value)
        chosen: CopyKind = "chosen" if field.type in _CHOSEN else "typed"
        return _filled(blank, "", text, unit=field.unit, kind=chosen)


def _at(blank: CopyStep, path: str, detail: str) -> CopyStep:
    return replace(blank, key=path, path=path, detail=detail)


def _about(table: Field, row: Row) -> str:
    """The first text of a row, which is what people call it."""
    texts = (row.cell(column.name) for column in table.columns if column.type in {"text", "longtext"})
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _filled(
    blank: CopyStep,
    mark: str,
    value: str,
    *,
    detail: str = "",
    unit: str = "",
    kind: CopyKind = "typed",
    unread: bool = False,
) -> CopyStep:
    """A step with its value; one that turns out to be empty stays blank."""
    kept = value.strip("\n")
    return replace(
        blank,
        key=blank.key + mark,
        detail=detail or blank.detail,
        value=kept,
        unit=unit if kept else "",
        kind=kind if kept.strip() else "blank",
        unread=unread,
    )
