"""The blank Word form: for colleagues without the program, filled in with any word processor and read back.

It is the printed form without answers: the same bookmarks, empty rows to fill in, and in grey 【…】 what to write where. What
stands in the grey brackets is taken for no answer, however much of it was left.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.blocks import (
    Body,
    Cell,
    Contents,
    Cover,
    Figure,
    Grid,
    GridRow,
    Notes,
    PrintedAnswer,
    SealBlock,
    Table,
)
from pilotdesk.documents.digest import normal_text
from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.outline.columns import columns_of
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.documents.outline.tables import list_table
from pilotdesk.forms.answers_file import initial_values
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.lookup import column_of, field_at
from pilotdesk.forms.model import Print
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row, cell_path, is_blank, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Block, Outline
    from pilotdesk.forms.model import Field, Form, FormPack
    from pilotdesk.forms.values import Value

BLANK_PROPERTY: Final = "pilotdesk.blank"
"""The custom property of a blank form: the names of its parts joined by commas, ``all`` for a whole one."""

ALL_PARTS: Final = "all"

WATERMARK: Final = "空白表"
_ROWS: Final = 8
_MANY_ROWS: Final = 20
_MOST_CHOICES: Final = 12
_WORKED_OUT: Final = "自动算出，不用填"
_LONGEST_HINT: Final = 60
_BRACKETED: Final = re.compile("【([^【】]*)】")
_HINT_RUN: Final = re.compile('<w:r>(<w:t xml:space="preserve">【[^<]*】</w:t>)</w:r>')
_GREY: Final = '<w:rPr><w:color w:val="808080"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
_HOW: Final = (
    "这是一份空白表，用 WPS 或 Word 打开就能填，不用装别的程序。填好后存成 .docx，交给装有 PilotDesk 的同事，由他读进去。",
    "在空格里直接填。灰色【】里的字是提示，可以删掉，也可以留着，读的时候不算。",
    "有□的，把选中的□改成☑或√，也可以在旁边打√。",
    "表格的行不够，就复制一行再填；空着的行不用删。不要删表头、栏名和大标题，也不要合并、拆分单元格。",
    "不会填的先空着。附件、签字和盖章不在这里办。",
)
_FORMATS: Final = {
    "date": "如 2026-06-02", "month": "如 2027-01", "month_range": "如 2027年1月—2027年3月",
    "region": "写到县（市、区）的全称", "evidence": "如 E03 第5—6页；E07",
}  # fmt: skip


def write_blank(
    pack: FormPack, form: Form, target: Path, *, document: str = "", parts: Sequence[str] = ()
) -> None:
    """Write the blank form of one document, or of some of its parts.

    Args:
        pack: the pack.
        form: one of its forms.
        target: the .docx, replaced whole.
        document: name of the document; the form's first when empty.
        parts: names of steps; all of them when empty.

    Raises:
        ExportError: those of :func:`pilotdesk.atomic.replacing`.
    """
    from pilotdesk.atomic import replacing

    with replacing(target) as part:
        outline = blank_outline(pack, form, document=document, parts=parts)
        part.write_bytes(_as_docx(outline, ",".join(parts) or ALL_PARTS))


def blank_outline(pack: FormPack, form: Form, *, document: str = "", parts: Sequence[str] = ()) -> Outline:
    """The blank form as an outline; what depends on answers is all there.

    Args: see :func:`write_blank`.
    """
    left_out = {f"step:{step.name}" for step in form.steps if parts and step.name not in parts}
    snapshot = Snapshot(values=_first_values(form), accepted={}, irrelevant=frozenset(left_out))
    outline = build_outline(pack, form, snapshot, document=document, watermark=WATERMARK)
    maker = _Blank(form, Printing(form, snapshot))
    blocks = (Notes("怎么填这张表", _HOW), *(maker.block(block) for block in outline.blocks))
    return replace(outline, blocks=blocks, printed=_printed(blocks))


def _first_values(form: Form) -> dict[str, Value]:
    """What the pack begins with; rows that it gives no id get the same in every blank form, so that it is found again."""
    values = initial_values(form)
    for name, value in values.items():
        if isinstance(value, tuple) and form.fields[name].rows:
            values[name] = tuple(
                row
                if not isinstance(row, Row) or "id" in given
                else Row(f"r_first{number}", row.cells, row.parent)
                for number, (row, given) in enumerate(zip(value, form.fields[name].rows, strict=True), 1)
            )  # type: ignore[assignment]
    return values


def _printed(blocks: Sequence[Block]) -> tuple[PrintedAnswer, ...]:
    """What stands in a blank form, so that a filled one can be told from it."""
    rows = (
        cells
        for block in blocks
        if isinstance(block, Grid | Table)
        for cells in ((row.cells for row in block.rows) if isinstance(block, Grid) else block.rows)
    )
    cells = [(cell.path, cell.text) for listed in rows for cell in listed if cell.path]
    texts = [(block.path, block.text) for block in blocks if isinstance(block, Body) and block.path]
    seals = [(block.path, block.answer) for block in blocks if isinstance(block, SealBlock) and block.path]
    return tuple(PrintedAnswer(path, "", text) for path, text in (*cells, *texts, *seals) if text)


def document_with(form: Form, parts: Sequence[str]) -> str | None:
    """The document that these parts are printed in; ``None`` where they are in several."""
    first = documents_of(form)[0].name
    found = {step.document or first for step in form.steps if step.name in parts} or {first}
    return found.pop() if len(found) == 1 else None


def without_hints(text: str, hints: frozenset[str]) -> str:
    """What somebody wrote into a blank form: without its grey hints, also where they wrote inside the brackets.

    Args:
        text: of a cell or of running text.
        hints: see :func:`hints_in`.
    """

    def kept(found: re.Match[str]) -> str:
        inside = found[1]
        begun = [hint for hint in hints if hint and normal_text(inside).startswith(hint)]
        if begun:
            return _behind(inside, max(begun, key=len))
        return inside if found[0] == text.strip() else found[0]

    return _BRACKETED.sub(kept, text)


def hints_in(outline: Outline) -> frozenset[str]:
    """All hints of a blank form, without blanks."""
    texts = (text for block in outline.blocks for text in _texts(block))
    return frozenset(normal_text(found[1]) for text in texts for found in _BRACKETED.finditer(text))


def _behind(text: str, hint: str) -> str:
    """The rest of a text that begins with a hint, which may have blanks in it."""
    at = 0
    for sign in hint:
        at = text.index(sign, at) + 1
    return text[at:]


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Body) and block.path:
        yield block.text
    elif isinstance(block, SealBlock):
        yield block.answer
    elif isinstance(block, Grid | Table):
        rows = (row.cells for row in block.rows) if isinstance(block, Grid) else block.rows
        yield from (cell.text for cells in rows for cell in cells)


class _Blank:
    """Makes the blocks of a printed form those of a blank one."""

    def __init__(self, form: Form, printing: Printing) -> None:
        self._form = form
        self._printing = printing

    def block(self, block: Block) -> Block:
        """One block without answers."""
        made = block
        match block:
            case Cover():
                made = replace(block, lines=tuple(replace(line, values=("",)) for line in block.lines))
            case Body(path=str(path)):
                made = replace(block, text=self._hint(path))
            case SealBlock(path=str(path)):
                made = replace(block, answer=self._hint(path))
            case Grid():
                rows = (GridRow(tuple(map(self._cell, row.cells)), row.keep_next) for row in block.rows)
                made = replace(block, rows=tuple(rows))
            case Figure():
                field = self._form.fields[block.path]
                plain = msgspec.structs.replace(field, print=Print(caption=block.caption))
                made = self._table(list_table(self._printing, plain, block.number), plain)
            case Table() if block.path in self._form.fields:
                made = self._table(block, self._form.fields[block.path])
        return made

    def _table(self, table: Table, field: Field) -> Table:
        """The rows that the pack begins with, and empty ones to fill in; below it, what may be written where."""
        if field.calculation:
            told = Cell(f"【{_WORKED_OUT}】", "text", "center", span=len(table.widths))
            return replace(table, rows=((told,),), totals=())
        rows = [tuple(map(self._cell, row)) for row in table.rows if any(cell.path for cell in row)]
        columns = columns_of(self._form, field)
        many = _MANY_ROWS if table.style == "tight" or field.type == "tree" else _ROWS
        for number in range(1, 1 + (0 if field.fixed_rows and rows else max(many, field.min_rows))):
            serial = str(len(rows) + 1) if field.print.serial else ""
            rows.append(tuple(self._empty(field, names, number, serial) for names in columns))
        chosen = [f"{one.label}：{words}" for one in field.columns if (words := self._choices(one))]
        note = "；".join((*filter(None, (table.note.rstrip("。"),)), *chosen))
        return replace(table, rows=tuple(rows), totals=(), note=note)

    def _choices(self, column: Field) -> str:
        """What may be written into a column of a list, for the note below it; empty where anything may."""
        if not column.choices or column.calculation or column.fixed or column.print.layout == "none":
            return ""
        labels = [choice.label for choice in self._form.lists[column.choices]]
        return "／".join(labels) if len(labels) <= _MOST_CHOICES else ""

    def _empty(self, field: Field, names: Sequence[str], number: int, serial: str) -> Cell:
        """A cell of an empty row; the first such row shows how dates and references are written."""
        if not names:
            return Cell(serial, "text", "center")
        hints = [_FORMATS.get(column_of(field, name).type, "") for name in names] if number == 1 else []
        text = "\n".join(f"【{hint}】" for hint in hints if hint)
        return Cell(text, "text", path=cell_path(field.name, f"r_blank{number}", names[0]))

    def _cell(self, cell: Cell) -> Cell:
        """A cell without an answer; what the pack begins with is kept."""
        if cell.path is None or self._is_answered(cell.path):
            return cell
        if cell.ticks:
            return replace(cell, ticks=tuple(replace(tick, taken=False) for tick in cell.ticks))
        return replace(cell, text=self._hint(cell.path))

    def _is_answered(self, path: str) -> bool:
        place = split_cell_path(path)
        if place is None:
            return not is_blank(self._printing.value(path))
        rows = self._printing.rows(place[0])
        return any(row.id == place[1] and not is_blank(row.cell(place[2])) for row in rows)

    def _hint(self, path: str) -> str:
        words = self._words(field_at(self._form, path))
        return f"【{words}】" if words else ""

    def _words(self, field: Field) -> str:
        """What to write, in a few words; empty where the label says it."""
        if field.calculation or field.type == "calculated":
            return _WORKED_OUT
        if field.fixed:
            return "不用填"
        listed = [choice.label for choice in self._form.lists[field.choices]] if field.choices else []
        if listed and len(listed) <= _MOST_CHOICES:
            return f"{'选一个' if field.type == 'choice' else '可以选几个，中间用分号'}：{'／'.join(listed)}"
        if field.type in {"integer", "decimal"}:
            return f"填数字，单位：{field.unit}" if field.unit else "填数字"
        words = _FORMATS.get(field.type) or (
            field.hint.partition("\n")[0] if not listed else f"如：{field.example}"
        )
        if field.type == "longtext" and field.max_chars:
            words = f"{words[:_LONGEST_HINT]}（{field.min_chars}—{field.max_chars}字）"
        return re.sub(
            "[【】\\s]", "", words if len(words) <= 2 * _LONGEST_HINT else f"{words[:_LONGEST_HINT]}…"
        )


def _on_paper(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What a blank form needs on paper: no contents, for nobody knows its pages, and one wording of each pledge."""
    return tuple(
        replace(block, paragraphs=_one_wording(block.paragraphs)) if isinstance(block, SealBlock) else block
        for block in blocks
        if not isinstance(block, Contents)
    )


def _one_wording(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The first of several wordings, of which the answers would choose one; each begins with the same sentence."""
    end = paragraphs.index(paragraphs[0], 1) if paragraphs and paragraphs[0] in paragraphs[1:] else None
    return tuple(paragraphs[:end])


def _as_docx(outline: Outline, parts: str) -> bytes:
    """The file of a blank form: hints in grey, and the property that tells what it is."""
    from pilotdesk.documents.word import write_docx

    stream, target = io.BytesIO(), io.BytesIO()
    write_docx(replace(outline, blocks=_on_paper(outline.blocks)), stream, pages=None)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = _HINT_RUN.sub(rf"<w:r>{_GREY}\1</w:r>", content.decode()).encode()
            elif entry.filename == "docProps/custom.xml":
                content = _with_property(content.decode(), parts).encode()
            made.writestr(entry, content)
    return target.getvalue()


def _with_property(part: str, value: str) -> str:
    """The custom properties with one more, made like the last of them."""
    last = part[part.rindex("<property ") : part.rindex("</Properties>")]
    number = int(re.search(r'pid="(\d+)"', last)[1]) + 1  # type: ignore[index]
    made = re.sub(r'pid="\d+" name="[^"]*"', f'pid="{number}" name="{BLANK_PROPERTY}"', last)
    made = re.sub(">[^<>]+<", f">{value}<", made)
    return part.replace("</Properties>", f"{made}</Properties>")
