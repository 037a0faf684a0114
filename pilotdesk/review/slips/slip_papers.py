"""审核意见告知单: the return slip on paper, all that is wrong told at once, as Word and PDF.

Nobody prescribes such a paper: ours says that it was made with PilotDesk, and no seal is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import (
    Body,
    Cell,
    Grid,
    GridRow,
    Heading,
    Notes,
    Outline,
    PrintedAnswer,
    Table,
)
from pilotdesk.documents.export import export_documents, safe_stem
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.blocks import Block
    from pilotdesk.documents.export import ExportResult
    from pilotdesk.drafts.returned import ReturnSlip, SlipLine
    from pilotdesk.forms.model import FormPack

TITLE: Final = "审核意见告知单"
REFERENCE: Final = "参考格式——用 PilotDesk 生成，不是国家统一制定的文书"
GROUPS: Final = ((Severity.ERROR, "必须改"), (Severity.WARNING, "请核实"))
WHOLE: Final = "整份材料"
NO_CLAUSE: Final = "—"
_NUMERALS: Final = "一二"
_GRID: Final = (30.0, 18.0, 36.0, 26.0, 46.0)
_WIDTHS: Final = (11.0, 38.0, 71.0, 36.0)
_HEAD: Final = ("序号", "位　置", "问题和要求", "依　据")


def write_notice(slip: ReturnSlip, pack: FormPack, folder: Path) -> ExportResult:
    """Write the notice as Word and PDF, and read both back.

    Args:
        slip: what is told.
        pack: names the form and the review points.
        folder: where to; made when missing.

    Raises:
        ExportError: those of :func:`pilotdesk.documents.export.export_documents`.
    """
    return export_documents((notice_outline(slip, pack),), folder, stem=lambda _outline: notice_stem(slip))


def notice_stem(slip: ReturnSlip) -> str:
    """The name of its files without an ending."""
    return f"{TITLE}_{safe_stem(slip.title or slip.unit)}（第{slip.handing}次报送）"


def notice_outline(slip: ReturnSlip, pack: FormPack) -> Outline:
    """The notice as a document; it carries no 校验码 of its own."""
    answers = tuple(
        PrintedAnswer(_path(line), place_words(line), line.sentence) for line in _in_order(slip.lines)
    )
    return Outline(
        title=TITLE,
        name=TITLE,
        project=slip.title,
        unit=slip.bureau,
        reference_line=REFERENCE,
        revision=0,
        draft=False,
        watermark="",
        check_code="",
        token=f"PDB;{slip.slip_id};{slip.code.replace('-', '')[:8]}",
        blocks=tuple(_blocks(slip, pack)),
        answers=answers,
    )


def place_words(line: SlipLine) -> str:
    """Where it is: ``9.2 量化指标表，第 3 行``."""
    return f"{line.number} {line.label}".strip() or WHOLE


def day_words(day: date) -> str:
    """``2026年6月22日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def _blocks(slip: ReturnSlip, pack: FormPack) -> Iterator[Block]:
    yield Notes(TITLE, ())
    yield Grid(
        _GRID,
        (
            _row("项目名称", slip.title),
            _row("承担单位", slip.unit),
            _row("报送材料", _handed(slip, pack)),
        ),
    )
    yield Body(_opening(slip), None)
    groups = [(word, [line for line in slip.lines if line.severity is severity]) for severity, word in GROUPS]
    for numeral, (word, lines) in zip(_NUMERALS, [group for group in groups if group[1]], strict=False):
        yield Heading(1, f"{numeral}、{word}（{len(lines)} 处）", "")
        yield _table(lines)
    yield Body(_closing(), None)
    people = [_half("审核单位", slip.bureau, "审核日期", day_words(slip.on))]
    if slip.reviewer:
        people.append(_row("审核人", slip.reviewer))
    if slip.contact:
        people.append(_row("联系人和电话", slip.contact))
    yield Grid(_GRID, tuple(people))


def _handed(slip: ReturnSlip, pack: FormPack) -> str:
    form = pack.forms.get(slip.form)
    name = form.head.short if form is not None else slip.form
    code = f"，校验码 {slip.code}" if slip.code else ""
    return f"{name}，第 {slip.handing} 次报送{code}"


def _opening(slip: ReturnSlip) -> str:
    due = f"请于{day_words(slip.due)}前改好再报。" if slip.due else "请改好再报。"
    counts = [f"{word} {count} 处" for severity, word in GROUPS if (count := _count(slip.lines, severity))]
    return f"贵单位报来的材料已经看过，共有 {len(slip.lines)} 处要改或要说明（{'，'.join(counts)}），一次告知如下。{due}"


def _closing() -> str:
    return (
        "“必须改”的，请照所列要求改正；“请核实”的，核对后有误就改，无误就写明理由。"
        "用 PilotDesk 打开同时发来的退回单文件（后缀 .pilotback），会逐处带到要改的栏目，改好后自动列出意见和修改对照表。"
    )


def _count(lines: Sequence[SlipLine], severity: Severity) -> int:
    return sum(line.severity is severity for line in lines)


def _in_order(lines: Sequence[SlipLine]) -> Iterator[SlipLine]:
    """The lines as they are printed, group by group."""
    for severity, _ in GROUPS:
        yield from (line for line in lines if line.severity is severity)


def _path(line: SlipLine) -> str:
    return f"line_{line.id}"


def _table(lines: Sequence[SlipLine]) -> Table:
    rows = tuple(
        (
            Cell(str(at), "text", "center"),
            Cell(place_words(line)),
            Cell(line.sentence, path=_path(line)),
            Cell(line.clause or NO_CLAUSE),
        )
        for at, line in enumerate(lines, 1)
    )
    return Table("", "", _WIDTHS, _HEAD, rows, f"lines_{lines[0].severity.value}")


def _row(label: str, value: str) -> GridRow:
    return GridRow((Cell(label, "label", "center"), Cell(value or NO_CLAUSE, "value", span=4)))


def _half(first: str, one: str, second: str, other: str) -> GridRow:
    return GridRow(
        (
            Cell(first, "label", "center"),
            Cell(one or NO_CLAUSE, "value", span=2),
            Cell(second, "label", "center"),
            Cell(other, "value"),
        )
    )
