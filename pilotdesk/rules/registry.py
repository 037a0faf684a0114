"""The register of functions that expressions may call.

Each function is written in a ``functions_*`` module, is pure, and says in its docstring what it gives; the
decorator says what it takes, what it returns and where the rule behind it comes from. Nothing outside the
register can be called from a pack.

Kinds of value, as the lint and the evaluator know them::

    flag    true or false            number  int or Decimal         text    str, months and choice names too
    date    a day                    months  a MonthRange           list    tuple of plain values
    rows    tuple of rows            any     whatever is known

Parameters may carry a sign: ``text?`` may be left out, ``text*`` may be repeated (at least once, last only).
Four kinds are text that the lint looks up in the pack: ``pattern``, ``list_name``, ``deadline_name``,
``column_name``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from pilotdesk.forms.values import MonthRange
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.model import Choice
    from pilotdesk.forms.round import Round

LOOKED_UP: Final = frozenset({"pattern", "list_name", "deadline_name", "column_name"})
"""Kinds that are text at run time and a name of the pack for the lint."""
_Call = TypeVar("_Call", bound=Callable[..., object])


class Context(Record, frozen=True):
    """What functions may know beside their arguments.

    Attributes:
        today: the local day on which the check is made.
        round: the round; ``None`` makes every function that needs it unknown.
        lists: the choice lists of the form by name.
    """

    today: date
    round: Round | None = None
    lists: Mapping[str, tuple[Choice, ...]] = msgspec.field(default_factory=dict)


class Function(Record, frozen=True, kw_only=True):
    """One function of the language.

    Attributes:
        name: as called. call: the Python function behind it.
        takes: kinds of its parameters in order, with their sign. returns: kind of its result.
        source: where its rule comes from, in words.
        takes_unknown: whether it is called with unanswered arguments; otherwise one unknown makes the result unknown.
        wants_context: whether :class:`Context` is passed as the first argument.
        results: choice names it can return, when they are few; the lint compares them with the choice list.
        glance: of a function that finds things in a text, its first argument or the one after the rows: whether there is
            anything in the text to be judged at all; what it says never changes for the same text.
    """

    name: str
    call: Callable[..., object]
    takes: tuple[str, ...]
    returns: str
    source: str
    takes_unknown: bool = False
    wants_context: bool = False
    results: frozenset[str] = frozenset()
    glance: Callable[[str], bool] | None = None

    @property
    def least(self) -> int:
        """Fewest arguments."""
        return sum(1 for kind in self.takes if not kind.endswith("?"))

    @property
    def most(self) -> int | None:
        """Most arguments; ``None`` for any number."""
        return None if self.takes and self.takes[-1].endswith("*") else len(self.takes)

    def kind_at(self, index: int) -> str:
        """The bare kind of the argument at ``index``; repeated groups of names and values alternate."""
        if index < len(self.takes):
            return self.takes[index].rstrip("?*")
        repeated = tuple(kind.rstrip("*") for kind in self.takes if kind.endswith("*"))
        return repeated[(index - len(self.takes)) % len(repeated)]


FUNCTIONS: Final[dict[str, Function]] = {}
"""Every function by name; filled by importing :mod:`pilotdesk.rules.functions`."""


def function(
    *takes: str,
    returns: str,
    source: str = "",
    takes_unknown: bool = False,
    wants_context: bool = False,
    results: frozenset[str] = frozenset(),
    glance: Callable[[str], bool] | None = None,
) -> Callable[[_Call], _Call]:
    """Puts a function into the register under its own name, without a closing underscore (``sum_`` is ``sum``)."""

    def register(call: _Call) -> _Call:
        name = call.__name__.removesuffix("_")
        FUNCTIONS[name] = Function(
            name=name,
            call=call,
            takes=takes,
            returns=returns,
            source=source,
            takes_unknown=takes_unknown,
            wants_context=wants_context,
            results=results,
            glance=glance,
        )
        return call

    return register


def kind_of(value: object) -> str:
    """The kind of a known value; ``any`` for what the language does not compute with."""
    exact = _EXACT.get(type(value))
    if exact is not None:
        return exact
    if isinstance(value, bool):
        return "flag"
    for types, kind in _KINDS:
        if isinstance(value, types):
            return kind
    return "any"


_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (str, "text"),
    ((int, Decimal), "number"),
    (tuple, "list"),
    (date, "date"),
    (MonthRange, "months"),
)


_EXACT: Final[dict[type, str]] = {
    bool: "flag",
    str: "text",
    int: "number",
    Decimal: "number",
    tuple: "list",
    date: "date",
    MonthRange: "months",
}
"""Kinds by exact type, which nearly every value has: this is asked tens of thousands of times in a full check."""


def accepts(kind: str, value: object) -> bool:
    """Whether a known value may stand where ``kind`` is expected. Rows are a tuple like any other here."""
    if kind == "any":
        return True
    found = kind_of(value)
    return found == kind or (found == "list" and kind == "rows") or (found == "text" and kind in LOOKED_UP)
