"""Which lines of the desk's table are shown: by what has become of them, and by words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.folding import half_width
from pilotdesk.forms.initials import initials
from pilotdesk.review.desk.records import Conclusion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.review.desk.records import DeskRow


class Filter(Enum):
    """Lines that are looked at together; the value is the word on the chip."""

    ALL = "全部"
    OPEN = "未审"
    TO_RETURN = "要退回"
    DOUBTS = "有疑点"
    PICKED = "推荐"
    AGAIN = "再次报来"


NOT_YET: Final = frozenset({Conclusion.UNSEEN, Conclusion.REVIEWING})


def is_reviewed(row: DeskRow) -> bool:
    """已审: whether a conclusion is drawn for the latest round of handing in."""
    return row.conclusion not in NOT_YET


def is_to_return(row: DeskRow) -> bool:
    """Whether the conclusion is 退回 and no slip has gone out for the latest round yet."""
    return row.conclusion is Conclusion.RETURNED and not row.returned


def filters_of(row: DeskRow) -> frozenset[Filter]:
    """All filters that let a line through."""
    told = {
        Filter.ALL: True,
        Filter.OPEN: not is_reviewed(row),
        Filter.TO_RETURN: is_to_return(row),
        Filter.DOUBTS: bool(row.must or row.ask),
        Filter.PICKED: row.picked,
        Filter.AGAIN: row.handed > 1,
    }
    return frozenset(one for one, lets_through in told.items() if lets_through)


class Finder:
    """Finds lines by words of project and unit, by number, by codes, or by pinyin initials.

    What is found stays as it was until :meth:`forget`, so that a thousand lines are folded once and not with every key.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._initials: dict[str, str] = {}

    def forget(self) -> None:
        """Lines have changed."""
        self._texts.clear()
        self._initials.clear()

    def found(self, rows: Mapping[str, DeskRow], typed: str) -> frozenset[str]:
        """Keys of the lines with every word of what was typed; all of them for nothing."""
        left = set(rows)
        for word in half_width(typed).lower().split():
            left = {key for key in left if self._has(rows[key], word)}
        return frozenset(left)

    def _has(self, row: DeskRow, word: str) -> bool:
        if word.isdecimal() and len(word) <= len(str(row.number)) + 1 and int(word) == row.number:
            return True
        if row.key not in self._texts:
            self._texts[row.key] = _folded(row)
        if word in self._texts[row.key]:
            return True
        if not (word.isascii() and word.isalpha()):
            return False
        if row.key not in self._initials:
            self._initials[row.key] = f"{initials(row.facts.title)}\n{initials(row.facts.unit)}"
        return word in self._initials[row.key]


def _folded(row: DeskRow) -> str:
    facts = row.facts
    return half_width("\n".join((facts.title, facts.unit, facts.uscc, row.code, row.returned))).lower()
