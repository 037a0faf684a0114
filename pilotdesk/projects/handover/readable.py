"""A draft as JSON that a person can read: what each answer is called, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.outline.printing import Printing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row
    from pilotdesk.session import Session

_ABOUT = (
    "这是 PilotDesk 存的一份材料，按栏目列出，内容与印出来的文字相同。用任何文本编辑器都能打开。"
    "要在程序里接着填，请打开整个交接包。"
)


def readable(session: Session, attic: tuple[AtticEntry, ...] = ()) -> dict[str, object]:
    """The draft with Chinese keys, in form order; unanswered fields are left out."""
    printing = Printing(session.form, session.freeze())
    parts = []
    for step in session.form.steps:
        fields = [entry for group in step.group for field in group.field for entry in _entry(printing, field)]
        if fields:
            parts.append(
                {"部分": f"{step.number}、{step.label}" if step.number else step.label, "栏目": fields}
            )
    kept: dict[str, object] = {
        "说明": _ABOUT,
        "表单": session.form.head.title,
        "年度": session.round.name,
        "内容": parts,
    }
    if attic:
        kept["另外保留的旧内容"] = [
            {"原来的位置": entry.label, "内容": entry.text, "为什么": entry.why} for entry in attic
        ]
    return kept


def _entry(printing: Printing, field: Field) -> Iterator[dict[str, object]]:
    named = {"编号": field.number} if field.number else {}
    if field.columns:
        rows = [_row(printing, field, row) for row in printing.rows(field.name)]
        if rows:
            yield {**named, "栏目": field.label, "行": rows}
    elif field.parts:
        told = {
            part.label: printing.plain(part, printing.value(f"{field.name}.{part.name}"))
            for part in field.parts
        }
        if any(told.values()):
            yield {
                **named,
                "栏目": field.label,
                "内容": {label: words for label, words in told.items() if words},
            }
    else:
        words = printing.plain(field, printing.value(field.name))
        if words:
            yield {**named, "栏目": field.label, "内容": words}


def _row(printing: Printing, field: Field, row: Row) -> dict[str, str]:
    told = {
        column.label or column.name: printing.plain(column, row.cell(column.name)) for column in field.columns
    }
    return {label: words for label, words in told.items() if words}
