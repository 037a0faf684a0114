"""Calls of registered functions inside compiled expressions: their arguments looked at, their results remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.forms.values import Unparsed
from pilotdesk.rules.registry import accepts

if TYPE_CHECKING:
    from pilotdesk.rules.registry import Context, Function

Lookup = Callable[[str], object]
"""Gives the value of a (dotted) name; ``None`` or ``Unparsed`` when it is not known."""
Memo = dict[object, Any]
"""Results of calls that are the same in every row: by the text of the call, or by the lists it was given."""
LISTS: Final = frozenset({"list", "rows"})


class Scope:
    """What one evaluation may see; ``memo`` keeps results that do not depend on a row."""

    __slots__ = ("context", "lookup", "memo")

    def __init__(self, lookup: Lookup, context: Context | None = None, memo: Memo | None = None) -> None:
        self.lookup = lookup
        self.context = context
        self.memo = memo


Term = Callable[[Scope], object]


def call_term(called: Function, terms: tuple[Term, ...], named: tuple[bool, ...]) -> Term:
    """A call that is made every time; ``named`` says which arguments are plain names."""
    call = _checked(called, named)
    return lambda scope: call(scope, [term(scope) for term in terms])


def remembered(key: str, term: Term) -> Term:
    """A term that is the same in every row, by its text."""

    def known(scope: Scope) -> object:
        memo = scope.memo
        if memo is None:
            return term(scope)
        if key not in memo:
            memo[key] = term(scope)
        return memo[key]

    return known


def takes_lists(called: Function, constant: tuple[bool, ...]) -> bool:
    """Whether a function goes through a list that is not written into the expression."""
    return any(not fixed and called.kind_at(index) in LISTS for index, fixed in enumerate(constant))


def remembered_by_lists(
    called: Function, terms: tuple[Term, ...], constant: tuple[bool, ...], named: tuple[bool, ...]
) -> Term:
    """A call that is made once for the same lists: in every row, and for every text that is compared with a table.

    A bare name may be a cell or a whole table, which shows only when it is looked up. Lists do not change, so the one
    that is remembered is known by its identity; it is kept, so that no other can take its place.
    """
    call = _checked(called, named)
    name = called.name

    def known(scope: Scope) -> object:
        values = [term(scope) for term in terms]
        memo = scope.memo
        pairs = list(zip(constant, values, strict=True))
        if memo is None or not all(fixed or type(value) is tuple for fixed, value in pairs):
            return call(scope, values)
        key = (name, *((type(value), value) if fixed else id(value) for fixed, value in pairs))
        if key not in memo:
            memo[key] = (values, call(scope, values))
        return memo[key][1]

    return known


def _checked(called: Function, named: tuple[bool, ...]) -> Callable[[Scope, list[object]], object]:
    """Calls a function when its arguments are known and of their kinds; unknown otherwise.

    A column is not looked through for unknown cells: what a name means has none (:meth:`TableState.column`), and there may
    be three hundred of them at every keystroke. Lists that are written down or come from another function may.
    """
    kinds = tuple((called.kind_at(index), not plain) for index, plain in enumerate(named))
    function, wants_context, takes_unknown = called.call, called.wants_context, called.takes_unknown

    def call(scope: Scope, values: list[object]) -> object:
        for (kind, may_lack), value in zip(kinds, values, strict=True):
            if (
                value is None
                or isinstance(value, Unparsed)
                or (may_lack and type(value) is tuple and None in value)
            ):
                if not takes_unknown:
                    return None
            elif not accepts(kind, value):
                return None
        if not wants_context:
            return function(*values)
        return None if scope.context is None else function(scope.context, *values)

    return call
