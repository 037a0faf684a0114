"""Answers of somebody, and what somebody else made of them: material for the tests of the merge."""

from __future__ import annotations

import random
from decimal import Decimal
from types import MappingProxyType

from pilotdesk.forms.values import Attachment, Row, Value

Values = dict[str, Value]
COLUMNS = ("name", "figure", "proof")
FIELDS = ("goal", "leader.name", "leader.mobile", "amount", "choices")
SIGNS = "标准化试点申报工作目标完成率满意度政务服务农业林业0123456789"


def text(chance: random.Random) -> str:
    return "".join(chance.choices(SIGNS, k=chance.randint(1, 12)))


def file(chance: random.Random) -> Attachment:
    name = chance.choice(["证照", "名单", text(chance)])
    return Attachment(f"{chance.getrandbits(256):064x}", f"{name}.pdf", 7, "application/pdf", text(chance))


def cell(chance: random.Random, column: str):
    if column == "figure":
        return Decimal(chance.randint(0, 99_999)) / 100
    return tuple(file(chance) for _ in range(2)) if column == "proof" else text(chance)


def row(chance: random.Random, parent: str | None = None) -> Row:
    cells = {column: cell(chance, column) for column in COLUMNS if chance.random() < 0.8}
    return Row(f"r_{chance.getrandbits(32):08x}", MappingProxyType(cells), parent)


def begun(seed: int, size: int) -> Values:
    """Answers with a table and a tree of so many rows each."""
    chance = random.Random(f"begun {seed}")
    table = tuple(row(chance) for _ in range(size))
    nodes: list[Row] = []
    for _ in range(size):
        nodes.append(row(chance, chance.choice(nodes).id if nodes and chance.random() < 0.7 else None))
    files = tuple(file(chance) for _ in range(min(size, 5)))
    scalars = {path: _answer(chance, path) for path in FIELDS if chance.random() < 0.8}
    values = {**scalars, "table": table, "tree": tuple(nodes), "files": files}
    return {path: value for path, value in values.items() if value != ()}


def _answer(chance: random.Random, path: str) -> Value:
    if path == "amount":
        return cell(chance, "figure")
    return tuple(chance.sample(["a", "b", "c", "d"], 2)) if path == "choices" else text(chance)


def changed(values: Values, seed: int, edits: int, *, deleting: bool = True) -> Values:
    """What a colleague makes of answers with so many edits of every kind."""
    chance = random.Random(f"changed {seed}")
    mine = dict(values)
    kinds = [_write, _add, _write_cell, _write_cell, _add, _move, _hang, _files]
    for _ in range(edits):
        chance.choice([*kinds, _delete] if deleting else kinds)(chance, mine)
    return {path: value for path, value in mine.items() if value not in (None, ())}


def _table_of(chance: random.Random, values: Values) -> tuple[str, list[Row]]:
    name = chance.choice(["table", "tree"])
    return name, list(values.get(name, ()))


def _write(chance: random.Random, values: Values) -> None:
    path = chance.choice(FIELDS)
    values[path] = None if chance.random() < 0.2 else _answer(chance, path)


def _write_cell(chance: random.Random, values: Values) -> None:
    name, rows = _table_of(chance, values)
    if rows:
        at, column = chance.randrange(len(rows)), chance.choice(COLUMNS)
        rows[at] = rows[at].with_cell(column, None if chance.random() < 0.2 else cell(chance, column))
        values[name] = tuple(rows)


def _add(chance: random.Random, values: Values) -> None:
    name, rows = _table_of(chance, values)
    parent = chance.choice(rows).id if name == "tree" and rows and chance.random() < 0.7 else None
    at = len(rows) if chance.random() < 0.5 else chance.randint(0, len(rows))
    rows[at:at] = [row(chance, parent) for _ in range(chance.randint(1, 3))]
    values[name] = tuple(rows)


def _delete(chance: random.Random, values: Values) -> None:
    name, rows = _table_of(chance, values)
    if rows:
        gone = {chance.choice(rows).id}
        while more := {one.id for one in rows if one.parent in gone} - gone:
            gone |= more
        values[name] = tuple(one for one in rows if one.id not in gone)


def _move(chance: random.Random, values: Values) -> None:
    name, rows = _table_of(chance, values)
    if rows:
        moved = rows.pop(chance.randrange(len(rows)))
        rows.insert(chance.randint(0, len(rows)), moved)
        values[name] = tuple(rows)


def _hang(chance: random.Random, values: Values) -> None:
    """Put a node below another one that does not stand below it."""
    rows = {one.id: one for one in values.get("tree", ())}
    if rows:
        moved, target = chance.choice(list(rows)), chance.choice(list(rows))
        above: str | None = target
        while above is not None and above != moved:
            above = rows[above].parent
        if above is None:
            rows[moved] = Row(moved, rows[moved].cells, target)
            values["tree"] = tuple(rows.values())


def _files(chance: random.Random, values: Values) -> None:
    files = list(values.get("files", ()))
    what = chance.random()
    if not files or what < 0.4:
        files.insert(chance.randint(0, len(files)), file(chance))
    elif what < 0.6:
        del files[chance.randrange(len(files))]
    elif what < 0.8:
        at = chance.randrange(len(files))
        files[at] = Attachment(f"{chance.getrandbits(256):064x}", files[at].file_name, 8, "application/pdf")
    else:
        at = chance.randrange(len(files))
        files[at] = Attachment(files[at].sha256, files[at].file_name, 7, "application/pdf", text(chance))
    values["files"] = tuple(files)
