"""A person whom two people replaced, or one replaced and the other corrected, is decided as a whole.

Part by part the merge would give one name the telephone number of another, and nothing would look wrong.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from pilotdesk.drafts.merge import Conflict, is_same
from pilotdesk.forms.values import Row, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.drafts.merge import Merged
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar

    Values = Mapping[str, Value]


def with_people_whole(form: Form, merged: Merged, base: Values | None, here: Values, there: Values) -> Merged:
    """A merge in which every person of another name on each side, whom both changed, is one conflict.

    Args:
        form: the form of all three.
        merged: what came of the merge, part by part.
        base: path to value of what both began from; ``None`` when that is not known.
        here: path to value of the draft.
        there: path to value of what came.

    Returns:
        The same with these people as they are here, and with a conflict of kind ``person`` for each.
    """
    values, conflicts = dict(merged.values), list(merged.conflicts)
    for field in form.fields.values():
        paths = _paths(field)
        if not paths or not _is_asked(paths, base, here, there):
            continue
        conflicts = [one for one in conflicts if one.path not in paths]
        sides = (None if base is None else _person(field, base), _person(field, here), _person(field, there))
        conflicts.append(
            Conflict(kind="person", path=field.name, base=sides[0], here=sides[1], there=sides[2])
        )
        values = {path: value for path, value in values.items() if path not in paths}
        values |= {path: here[path] for path in paths if path in here}
    return replace(merged, values=values, conflicts=tuple(conflicts))


def _paths(field: Field) -> tuple[str, ...]:
    """Where the parts of a person stand, the name first; none for any other field."""
    return tuple(f"{field.name}.{part.name}" for part in field.parts) if field.type == "person" else ()


def _is_asked(paths: tuple[str, ...], base: Values | None, here: Values, there: Values) -> bool:
    name = paths[0]
    if None in {here.get(name), there.get(name)} or is_same(here.get(name), there.get(name)):
        return False  # whoever emptied it is asked about the part
    return base is None or (_differs(paths, here, base) and _differs(paths, there, base))


def _differs(paths: Iterable[str], one: Values, other: Values) -> bool:
    return any(not is_same(one.get(path), other.get(path)) for path in paths)


def _person(field: Field, values: Values) -> Value:
    """A person as a row of his parts; ``None`` for nobody."""
    paths = dict(zip(_paths(field), field.parts, strict=True))
    cells = {part.name: cast("Scalar", values[path]) for path, part in paths.items() if path in values}
    return (Row(field.name, MappingProxyType(cells), None),) if cells else None
