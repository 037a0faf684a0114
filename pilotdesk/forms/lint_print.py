"""Lint of printed tables: column widths and heads."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.lint_scope import FormScope, Known
    from pilotdesk.forms.mistakes import Mistake

PORTRAIT_MM: Final = 156
LANDSCAPE_MM: Final = 245
GRID_LABEL_MM: Final = 30
"""Width of the label cell of a grid, beside which a short table without serial numbers may stand."""


def lint_print(scope: FormScope) -> Iterator[Mistake]:
    """Tables whose widths do not fill the page or do not match the columns; pictures of what has none.

    Source: print target §5.1, widths of the type area with 28 mm and 26 mm margins.
    """
    for known in scope.fields.values():
        if known.field.type == "table" and known.field.print.layout in {"auto", "table"}:
            yield from _table_mistakes(known)
        elif known.field.print.layout == "pictures" and known.field.type != "attachment":
            yield known.place.inside("print").mistake("layout", "只有附件栏能按图片打印（pictures）。")


def _table_mistakes(known: Known) -> Iterator[Mistake]:
    field, place = known.field, known.place.inside("print") if known.field.print.widths else known.place
    printed = [column for column in field.columns if column.print.layout != "none"]
    standing = [column for column in printed if not column.print.join]
    if printed and printed[0].print.join:
        yield known.place.mistake("columns", f"第一列“{printed[0].name}”前面没有列，不能并进去（join）。")
    count = len(standing) + field.print.serial
    widths, pages = field.print.widths, _page_widths(known)
    if not widths:
        yield place.mistake("print", "打印的表格要写各列宽度（print.widths）。")
    elif len(widths) != count:
        serial = "（含序号列）" if field.print.serial else ""
        yield place.mistake("widths", f"打印 {count} 列{serial}，宽度写了 {len(widths)} 个。")
    elif min(widths) <= 0 or not any(isclose(sum(widths), page, abs_tol=0.05) for page in pages):
        wanted = " 或 ".join(map(str, pages))
        yield place.mistake("widths", f"各列宽度加起来要等于 {wanted} 毫米，现在是 {sum(widths):g}。")
    if field.print.heads and len(field.print.heads) != len(standing):
        yield place.mistake("heads", f"打印 {len(standing)} 列，表头写了 {len(field.print.heads)} 个。")


def _page_widths(known: Known) -> tuple[int, ...]:
    """What the widths may add up to: the page, or inside a grid what its label leaves."""
    if known.field.print.landscape:
        return (LANDSCAPE_MM,)
    group = known.place.file.entry.group[known.place.path[1]]
    in_grid = group.layout == "grid" and known.field.print.layout == "auto" and not known.field.print.serial
    return (PORTRAIT_MM, PORTRAIT_MM - GRID_LABEL_MM) if in_grid else (PORTRAIT_MM,)
