"""Which lines of the desk's table are shown: by what has become of them, and by words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.folding import half_width
from pilotdesk.forms.initials import initials
from pilotdesk.review.desk.records import Conclusion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.review.desk.records import DeskRow


class Filter(Enum):
    """Lines that are looked at together; the value is the word on the chip."""

    ALL = "全部"
    OPEN = "未审"
    TO_RETURN = "要退回"
    DOUBTS = "有疑点"
    PICKED = "推荐"
    AGAIN = "再次报来"


def is_reviewed(row: DeskRow) -> bool:
    """已审: whether a conclusion is drawn for the latest round of handing in."""
    return row.conclusion is not Conclusion.UNSEEN and row.conclusion is not Conclusion.REVIEWING


def is_to_return(row: DeskRow) -> bool:
    """Whether the conclusion is 退回 and no slip has gone out for the latest round yet."""
    return row.conclusion is Conclusion.RETURNED and not row.returned


_TESTS: Final[Mapping[Filter, Callable[[DeskRow], bool]]] = {
    Filter.ALL: lambda _row: True,
    Filter.OPEN: lambda row: not is_reviewed(row),
    Filter.TO_RETURN: is_to_return,
    Filter.DOUBTS: lambda row: bool(row.must or row.ask),
    Filter.PICKED: lambda row: row.picked,
    Filter.AGAIN: lambda row: row.handed > 1,
}


def sieve(chosen: Filter) -> Callable[[DeskRow], bool]:
    """Tells of a line whether a filter lets it through."""
    return _TESTS[chosen]


def filters_of(row: DeskRow) -> tuple[bool, ...]:
    """For every filter in their order whether it lets a line through."""
    return tuple([test(row) for test in _TESTS.values()])


CODE_DIGITS: Final = 6
"""From so many figures on, what was typed is looked for in codes; fewer are the number of a submission."""


class Finder:
    """Finds lines by words of project and unit, by number, by codes, or by pinyin initials.

    What is found stays as it was until :meth:`forget`, so that a thousand lines are folded once and not with every key.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._initials: dict[str, str] = {}

    def forget(self) -> None:
        """Lines have changed."""
        self._texts.clear()
        self._codes.clear()
        self._initials.clear()

    def found(self, rows: Mapping[str, DeskRow], typed: str) -> frozenset[str]:
        """Keys of the lines with every word of what was typed; all of them for nothing."""
        left = set(rows)
        for word in half_width(typed).lower().split():
            left = {key for key in left if self._has(rows[key], word)}
        return frozenset(left)

    def _has(self, row: DeskRow, word: str) -> bool:
        key = row.key
        if key not in self._texts:
            self._texts[key] = _folded(row.facts.title, row.facts.unit)
            self._codes[key] = _folded(row.facts.uscc, row.code, row.returned)
        if word in self._texts[key]:
            return True
        if word.isdecimal() and len(word) < CODE_DIGITS:
            return int(word) == row.number
        if word in self._codes[key]:
            return True
        if not (word.isascii() and word.isalpha()):
            return False
        if key not in self._initials:
            self._initials[key] = f"{initials(row.facts.title)}\n{initials(row.facts.unit)}"
        return word in self._initials[key]


def _folded(*texts: str) -> str:
    return half_width("\n".join(texts)).lower()
