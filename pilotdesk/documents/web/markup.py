"""Blocks as markup. Elements that show an answer carry its path in ``data-path``, which reading back goes by."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from pilotdesk.documents.blocks import (
    Body,
    Contents,
    Cover,
    Figure,
    Grid,
    Heading,
    Notes,
    Pictures,
    Pledge,
    SealBlock,
    Table,
)
from pilotdesk.documents.web.page import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pilotdesk.documents.blocks import Block, Cell, FigureNode, Outline, Tick


def document_markup(outline: Outline) -> Iterator[str]:
    """Everything of one document, block by block."""
    if outline.reference_line:
        yield f'<p class="reference">{text(outline.reference_line)}</p>'
    if outline.mark:
        yield f'<p class="mark">{text(outline.mark)}</p>'
    for block in outline.blocks:
        yield from _block(block)
    if outline.check_code:
        yield f'<p class="note">第 {outline.revision} 版　校验码 {text(outline.check_code)}</p>'


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading() | Body() | Pledge() | Notes():
            return (_prose(block),)
        case Grid() | Table():
            return table_markup(block)
        case Cover():
            return _cover(block)
        case Figure():
            return _figure(block)
        case SealBlock():
            return _seal(block)
        case Pictures() | Contents():
            return _captions(block)


def _captions(block: Pictures | Contents) -> Iterator[str]:
    """What pictures show; the files lie beside the page. Page numbers mean nothing here."""
    for picture in block.pictures if isinstance(block, Pictures) else ():
        yield f'<p class="note">{text(f"{picture.number}　{picture.caption}")}</p>'


def _prose(block: Heading | Body | Pledge | Notes) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{text(block.text)}</h{block.level + 1}>"
        case Body():
            return f'<div class="body"{_path(block.path)}>{_paragraphs(block.text)}</div>'
        case Pledge():
            return "".join(f"<p>{text(paragraph)}</p>" for paragraph in block.paragraphs)
        case Notes():
            entries = "".join(f"<li>{text(entry)}</li>" for entry in block.entries)
            return f"<h1>{text(block.title)}</h1>" + (f"<ol>{entries}</ol>" if entries else "")


def _path(path: str | None) -> str:
    return "" if path is None else f' data-path="{escape(path)}"'


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{text(line)}</p>" for line in words.split("\n"))


def _cover(block: Cover) -> Iterator[str]:
    yield f'<div class="cover"><h1>{text(block.title[0])}<br>{text(block.title[1])}</h1>'
    yield f'<p class="center">{text(block.year)}</p><dl>'
    for line in block.lines:
        values = text("\n".join(line.values))
        yield f"<dt>{text(line.label)}</dt><dd{_path(line.path)}>{values}</dd>"
    yield "</dl></div>"


def _row(cells: Sequence[Cell], *, total: bool = False) -> str:
    return f"<tr>{''.join(_cell(cell, total=total) for cell in cells)}</tr>"


def _cell(cell: Cell, *, total: bool) -> str:
    named = (cell.role, cell.align, "total" if total else "")
    classes = [name for name in named if name in {"label", "head", "center", "right", "total"}]
    spans = f' colspan="{cell.span}"' if cell.span > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    look = f' class="{" ".join(classes)}"' if classes else ""
    shown = _ticks(cell.ticks) if cell.ticks else text(cell.text)
    return f"<td{spans}{look}{_path(cell.path)}>{shown}</td>"


def _ticks(ticks: Sequence[Tick]) -> str:
    return "　".join(
        f"☑ <b data-taken>{text(tick.label)}</b>" if tick.taken else f"☐ {text(tick.label)}" for tick in ticks
    )


def table_markup(block: Grid | Table) -> Iterator[str]:
    """A table as it is printed, in the same widths."""
    shares = "".join(f'<col style="width:{width / sum(block.widths):.1%}">' for width in block.widths)
    caption = (
        "　".join(part for part in (block.number, block.caption) if part) if isinstance(block, Table) else ""
    )
    heads = "".join(f"<th>{text(head)}</th>" for head in block.head) if isinstance(block, Table) else ""
    yield "<table>" + (f"<caption>{text(caption)}</caption>" if caption else "")
    yield f"<colgroup>{shares}</colgroup>" + (f"<thead><tr>{heads}</tr></thead>" if heads else "")
    rows = tuple(row.cells for row in block.rows) if isinstance(block, Grid) else block.rows
    for cells in rows:
        yield _row(cells)
    for cells in block.totals if isinstance(block, Table) else ():
        yield _row(cells, total=True)
    yield "</table>"
    if isinstance(block, Table) and block.note:
        yield f'<p class="note">注：{text(block.note)}</p>'


def _figure(block: Figure) -> Iterator[str]:
    """The structure as a list of lists; the drawn figure is in the PDF."""
    yield f'<div{_path(block.path)}><ul class="tree">{"".join(_node(node) for node in block.roots)}</ul></div>'
    yield f'<p class="center"><b>{text(f"{block.number}　{block.caption}")}</b></p>'


def _node(node: FigureNode) -> str:
    children = f'<ul class="tree">{"".join(map(_node, node.children))}</ul>' if node.children else ""
    planned = f"，其中待制定 {node.planned} 项" if node.planned else ""
    count = f"（标准 {node.count} 项{planned}）" if node.count else ""
    return f"<li>{text(node.code)}　{text(node.name)}{count}{children}</li>"


def _seal(block: SealBlock) -> Iterator[str]:
    yield f'<div class="seal"><b>{text(block.label)}</b>'
    for paragraph in block.paragraphs:
        yield f"<p>{text(paragraph)}</p>"
    if block.checks:
        yield "<table>"
        for point, ask in block.checks:
            yield f"<tr><td>{text(point)}</td><td>{text(ask)}</td><td>☐ 符合　☐ 不符合</td></tr>"
        yield "</table>"
    if block.path is not None:
        yield f"<div{_path(block.path)}>{_paragraphs(block.answer)}</div>"
    yield f'<div class="foot"><span>{text(block.left)}</span><span>{text(block.right)}</span></div>'
    yield '<p class="right">年　　月　　日</p></div>'
