"""Nodes of a tree as rows: who stands under whom, and every way to move them; plain functions, no widgets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import Row, Scalar, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CODE: Final = re.compile(r"(?P<code>[0-9A-Za-z][0-9A-Za-z.\-]*)\s+(?P<name>\S.*)", re.DOTALL)
_ENDING: Final = re.compile(r"(?P<head>.*?)(?P<number>[0-9]+)")


class Nodes:
    """The nodes of one tree, in their order.

    A node whose parent is gone stands at the top, so that none is ever out of reach.

    Args:
        rows: as the session holds them.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.by_id: Final = {row.id: row for row in rows}
        self._below: dict[str | None, list[Row]] = {}
        for row in rows:
            parent = row.parent if row.parent in self.by_id else None
            self._below.setdefault(parent, []).append(row)

    def below(self, row_id: str | None) -> tuple[Row, ...]:
        """The nodes right under a node; ``None`` gives the topmost."""
        return tuple(self._below.get(row_id, ()))

    def parent(self, row_id: str) -> str | None:
        """The node above; ``None`` at the top."""
        above = self.by_id[row_id].parent
        return above if above in self.by_id else None

    def level(self, row_id: str) -> int:
        """1 at the top."""
        above = self.parent(row_id)
        return 1 if above is None else 1 + self.level(above)

    def height(self, row_id: str) -> int:
        """Levels of a node and all below it, its own counted."""
        return 1 + max((self.height(row.id) for row in self.below(row_id)), default=0)

    def branch(self, row_id: str) -> list[Row]:
        """A node and all below it, from top to bottom."""
        found = [self.by_id[row_id]]
        for row in self.below(row_id):
            found += self.branch(row.id)
        return found

    def leaves(self, row_id: str) -> list[Row]:
        """The lowest nodes of a branch."""
        return [row for row in self.branch(row_id) if not self.below(row.id)]

    def in_order(self) -> tuple[Row, ...]:
        """All nodes from top to bottom."""
        return tuple(row for top in self.below(None) for row in self.branch(top.id))

    # -- moving ----------------------------------------------------------------------------------

    def place(self, row_id: str) -> int:
        """The place of a node among its siblings, from 0."""
        return [row.id for row in self.below(self.parent(row_id))].index(row_id)

    def moved(self, row_id: str, step: int) -> tuple[Row, ...] | None:
        """The rows after a node changed places with the sibling before (-1) or after (1); ``None``: there is none."""
        siblings = list(self.below(self.parent(row_id)))
        at = self.place(row_id)
        if not 0 <= at + step < len(siblings):
            return None
        siblings[at], siblings[at + step] = siblings[at + step], siblings[at]
        return self._with_order(self.parent(row_id), siblings)

    def indented(self, row_id: str) -> tuple[Row, ...] | None:
        """The rows after a node went under the sibling before it, as the last; ``None``: there is none."""
        at = self.place(row_id)
        if at == 0:
            return None
        above = self.below(self.parent(row_id))[at - 1].id
        return self.put(row_id, above, len(self.below(above)))

    def outdented(self, row_id: str) -> tuple[Row, ...] | None:
        """The rows after a node went up beside its parent, right after it; ``None`` at the top."""
        above = self.parent(row_id)
        return None if above is None else self.put(row_id, self.parent(above), self.place(above) + 1)

    def put(self, row_id: str, parent: str | None, at: int) -> tuple[Row, ...] | None:
        """The rows after a node went under ``parent`` at a place; ``None`` when that is below itself."""
        if parent is not None and any(row.id == parent for row in self.branch(row_id)):
            return None
        moved = self.by_id[row_id]
        rows = [Row(row.id, row.cells, parent) if row.id == row_id else row for row in self.in_order()]
        fresh = Nodes(rows)
        siblings = [row for row in fresh.below(parent) if row.id != row_id]
        siblings.insert(min(at, len(siblings)), Row(moved.id, moved.cells, parent))
        return fresh._with_order(parent, siblings)

    def _with_order(self, parent: str | None, siblings: list[Row]) -> tuple[Row, ...]:
        other = Nodes(self.in_order())
        other._below[parent] = siblings
        return other.in_order()

    # -- codes -----------------------------------------------------------------------------------

    def next_code(self, parent: str | None) -> str:
        """The code that a new node at the end of a level probably gets; empty when nothing can be told.

        After 201…204 comes 205; the first under 200 is 201, under 1.2 it is 1.2.1.
        """
        codes = [str(row.cell("code")) for row in self.below(parent) if not is_blank(row.cell("code"))]
        if codes:
            return self._after(codes)
        above = self.by_id[parent].cell("code") if parent is not None else None
        if not isinstance(above, str):
            return "100" if parent is not None else ""
        return f"{above[:-1]}1" if above.endswith("0") and above.isdecimal() else f"{above}.1"

    def _after(self, codes: list[str]) -> str:
        found = _ENDING.fullmatch(codes[-1])
        if not found:
            return ""
        step = 100 if all(code.isdecimal() and code.endswith("00") for code in codes) else 1
        number = str(int(found["number"]) + step).zfill(len(found["number"]))
        code = f"{found['head']}{number}"
        taken = {row.cell("code") for row in self.by_id.values()}
        return "" if code in taken else code


def node_text(row: Row) -> str:
    """``201 事项清单``; what is missing is left out."""
    return " ".join(str(part) for part in (row.cell("code"), row.cell("name")) if not is_blank(part))


def read_node(text: str) -> Mapping[str, Scalar]:
    """Code and name of a text such as ``201 事项清单``; without a code all of it is the name.

    A single word of digits and letters is a code.
    """
    folded = text.replace("\u3000", " ").strip()
    found = _CODE.fullmatch(folded)
    if found:
        return {"code": found["code"].upper(), "name": found["name"].strip()}
    if re.fullmatch(r"[0-9][0-9A-Za-z.\-]*", folded):
        return {"code": folded.upper(), "name": None}
    return {"code": None, "name": folded or None}
