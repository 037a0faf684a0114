"""意见修改对照表: what the province said, what stood there, what stands there now, and what the unit says of it.

It goes along with the documents of a draft that was sent back. Nobody prescribes such a paper; ours says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Heading, Origin, Outline, PrintedAnswer, Table
from pilotdesk.drafts.compare import compare_rows, marked, rows_of
from pilotdesk.drafts.returned_lines import COMPARISON, LINE_ANCHOR, MENDED, SAID_ANCHOR, STILL_OPEN, Done
from pilotdesk.projects.returning import states_in
from pilotdesk.projects.sharing_words import row_words, value_words
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pilotdesk.drafts.compare import Piece
    from pilotdesk.drafts.returned import Returned, ReturnSlip
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Row
    from pilotdesk.session import Session

TITLE: Final = COMPARISON
REFERENCE: Final = "参考格式——用 PilotDesk 生成，不是国家统一制定的文书"
WORDS: Final = {Severity.ERROR: "必须改", Severity.WARNING: "请核实", Severity.HINT: "建议"}
WHOLE: Final = "整份材料"
NONE: Final = "—"
_WIDTHS: Final = (12.0, 70.0, 36.0, 46.0, 46.0, 35.0)
_HEAD: Final = ("序号", "意　见", "依　据", "原　来", "现　在", "说　明")
_LONG: Final = 160
"""Signs of a text from which on only what changed is shown, with a little around it."""
_AROUND: Final = 16
_MOST_ROWS: Final = 12


def papers_of(store: DraftStore, session: Session) -> tuple[Outline, ...]:
    """What goes along with the documents of a stored draft: the table for its newest slip; nothing where there is none.

    Raises:
        StoreError: those of the database.
    """
    returned = store.returns.newest(session.identity.draft_id)
    return () if returned is None else (comparison_outline(session, returned),)


def comparison_outline(session: Session, returned: Returned) -> Outline:
    """The table as a document; it carries no 校验码 of its own."""
    form, slip = session.form, returned.slip
    listed = states_in(returned, session)
    table = Table(
        "",
        "",
        _WIDTHS,
        _HEAD,
        tuple(_rows(form, listed)),
        "returned",
        note=_note(slip, session),
        landscape=True,
    )
    return Outline(
        title=TITLE,
        name=TITLE,
        project=_named(session, form.head.project_name),
        unit=_named(session, form.head.unit_name),
        reference_line=REFERENCE,
        revision=0,
        draft=False,
        watermark="",
        check_code="",
        token=f"PDA;{slip.slip_id};{slip.code.replace('-', '')[:8]}",
        blocks=(Heading(1, TITLE, ""), table),
        answers=tuple(_printed(listed)),
        origin=Origin(),
    )


def place_words(state: LineState) -> str:
    """Where it is: ``9.2 量化指标表，第 3 行``."""
    return f"{state.line.number} {state.line.label}".strip() or WHOLE


def side_words(form: Form, state: LineState) -> tuple[str, str]:
    """What stood there and what stands there now; the first is :data:`NONE` where it is not known.

    Of tables only the rows that differ, of long texts only what changed.
    """
    if not state.path:
        return NONE, NONE
    now = value_words(form, state.path, state.now)
    if not state.watched:
        return NONE, now
    rows = rows_of(state.before) or rows_of(state.now)
    if rows and state.path in form.fields:
        return _table_sides(form, form.fields[state.path], state)
    before = value_words(form, state.path, state.before)
    if max(len(before), len(now)) <= _LONG:
        return before, now
    if state.done is not Done.CHANGED:
        return _cut(before), "（没有改）"
    pieces = marked(before, now)
    return _excerpt(pieces, "gone"), _excerpt(pieces, "come")


# -- inside --------------------------------------------------------------------------------------


def _rows(form: Form, listed: Sequence[LineState]) -> Iterator[tuple[Cell, ...]]:
    for at, state in enumerate(listed, 1):
        line = state.line
        before, now = side_words(form, state)
        yield (
            Cell(str(at), "text", "center"),
            Cell(_opinion(state), path=f"{LINE_ANCHOR}{line.id}"),
            Cell(line.clause or NONE),
            Cell(before),
            Cell(now),
            Cell(_said(state), path=f"{SAID_ANCHOR}{line.id}"),
        )


def _printed(listed: Sequence[LineState]) -> Iterator[PrintedAnswer]:
    """What is looked for again in the written files."""
    for state in listed:
        yield PrintedAnswer(f"{LINE_ANCHOR}{state.line.id}", place_words(state), _opinion(state))
        yield PrintedAnswer(f"{SAID_ANCHOR}{state.line.id}", f"{place_words(state)}，说明", _said(state))


def _opinion(state: LineState) -> str:
    return f"{WORDS[state.line.severity]}：{place_words(state)}\n{state.line.sentence}"


def _said(state: LineState) -> str:
    if state.done is Done.OPEN:
        return STILL_OPEN
    return state.remark or MENDED


def _note(slip: ReturnSlip, session: Session) -> str:
    code = f"，校验码 {slip.code}" if slip.code else ""
    unit = _named(session, session.form.head.unit_name) or slip.unit
    return f"承担单位：{unit}。意见见{slip.bureau}{_day(slip.on)}的退回单（第 {slip.handing} 次报送{code}）。"


def _named(session: Session, name: str) -> str:
    value = session.value(name)
    return "" if value is None else value_words(session.form, name, value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _table_sides(form: Form, table: Field, state: LineState) -> tuple[str, str]:
    before, now = rows_of(state.before), rows_of(state.now)
    changes = compare_rows(before, now)
    if not changes:
        return f"{len(before)} 行", f"{len(now)} 行（没有改）"
    shown = changes[:_MOST_ROWS]
    old = [_row_side(form, table, one.before, one.place_before) for one in shown if one.before]
    new = [_row_side(form, table, one.after, one.place_after) for one in shown if one.after]
    more = [f"……共 {len(changes)} 行有改动"] if len(changes) > _MOST_ROWS else []
    gone = len(now) < len(before)
    return (
        "\n".join([f"{len(before)} 行", *old]),
        "\n".join([f"{len(now)} 行{'（有删去的）' if gone else ''}", *new, *more]),
    )


def _row_side(form: Form, table: Field, row: Row, place: int) -> str:
    return f"第 {place} 行：{_cut(row_words(table, form, row))}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}……"


def _excerpt(pieces: Sequence[Piece], kind: str) -> str:
    """One side of a long text: what changed, and a little of what stayed around it."""
    shown: list[str] = []
    for at, piece in enumerate(pieces):
        if piece.kind == kind:
            shown.append(piece.text)
        elif piece.kind == "same":
            head = piece.text[:_AROUND] if at else ""
            tail = piece.text[-_AROUND:] if at < len(pieces) - 1 else ""
            whole = len(piece.text) <= len(head) + len(tail)
            shown.append(piece.text if whole else f"{head}……{tail}")
    return "".join(shown).strip() or "（删去了）"
