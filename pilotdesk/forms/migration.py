"""Bring the answers of a draft into a newer version of its form, on a copy and without losing a character.

What a pack says about it is in :mod:`pilotdesk.forms.migration_steps`. Every answer ends in a field of the newer form
or, with its words and the reason, in the attic; what is read anew and would not show as it was typed is in both.
Row ids and files stay. Only line ends go, where a text is cut or a paragraph becomes one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.migration_fit import NO_PLACE, OTHER_SHAPE, fit
from pilotdesk.forms.migration_moves import KEPT, apply
from pilotdesk.forms.migration_steps import PLACE
from pilotdesk.forms.migration_work import Known, Work
from pilotdesk.forms.values import field_name
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.migration_steps import VersionStep
    from pilotdesk.forms.migration_work import ChangeKind, Noted
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value


class Change(Record, frozen=True):
    """One thing that is different in the newer form.

    Attributes:
        kind: ``rename``, ``split``, ``merge``, ``move``, ``delete`` (also: no place and nobody said why), ``choice``
            or ``type``.
        words: a Chinese sentence with the old label and the new ones.
        touched: whether the draft had anything there.
    """

    kind: ChangeKind
    words: str
    touched: bool


class Migration(Record, frozen=True):
    """The result: new values by path, what has no place any more, and what changed, in the older form's order."""

    values: Mapping[str, Value]
    attic: tuple[AtticEntry, ...]
    changes: tuple[Change, ...]


def migrate(
    old_form: Form | None, new_form: Form, steps: Iterable[VersionStep], values: Mapping[str, Value]
) -> Migration:
    """Go the steps and fit the answers into the newer form.

    Args:
        old_form: the form that the draft was written for; without it (``None``) its words are its paths.
        new_form: the form to come into.
        steps: in order, as :func:`pilotdesk.forms.migration_steps.chain` gives them.
        values: path to value of the draft; not changed.
    """
    work = Work(old_form, values)
    for step in steps:
        apply(step, work)
    kept = fit(work, new_form)
    noted = sorted(work.noted, key=lambda one: _number(one.old[0]))
    changes = [_change(one, new_form) for one in noted]
    changes += _unplaced(work)
    listed = dict.fromkeys(change for change in changes if change is not None)
    places = {name: at for at, name in enumerate(old_form.fields)} if old_form else {}
    attic = sorted(work.attic, key=lambda entry: places.get(field_name(entry.path), len(places)))
    return Migration(kept, tuple(attic), tuple(listed))


def _unplaced(work: Work) -> list[Change]:
    """A change for every place that the newer form does not have and no step spoke of."""
    owners = dict.fromkeys(
        _without_row(entry.label) for entry in work.attic if entry.why in {NO_PLACE, OTHER_SHAPE}
    )
    return [Change("delete", f"“{label}”在新版里没有位置。{KEPT}", touched=True) for label in owners]


def _without_row(label: str) -> str:
    return "，".join(
        part for part in label.split("，") if not (part.startswith("第 ") and part.endswith(" 行"))
    )


def _change(noted: Noted, form: Form) -> Change | None:
    """A noted change in the words of the newer form; ``None`` where one would see the same words as before."""
    new = [label for place in noted.places if (label := _label(form, place))]
    if noted.kind == "rename" and [_bare(old) for old in noted.old] == [_bare(one) for one in new]:
        return None
    was = "、".join(f"“{label}”" for label in noted.old)
    now = "和".join(f"“{label}”" for label in new)
    if (noted.places and not now) or (noted.choice and noted.old[-1] == _choice_label(noted, form)):
        return None
    return Change(noted.kind, noted.words(was, now, _choice_label(noted, form)), noted.touched)


def _known(form: Form, place: str) -> Known | None:
    found = PLACE.fullmatch(place)
    owner = form.fields.get(found["owner"]) if found else None
    if found is None or owner is None:
        return None
    label = f"{owner.number} {owner.label}".strip()
    inner = found["column"] or found["part"]
    if not inner:
        return Known(place, label, owner, form.lists)
    field = next((one for one in (*owner.columns, *owner.parts) if one.name == inner), None)
    return Known(place, f"{label}，{field.label}", field, form.lists) if field else None


def _label(form: Form, place: str) -> str:
    known = _known(form, place)
    return known.label if known else ""


def _choice_label(noted: Noted, form: Form) -> str:
    known = _known(form, noted.places[0]) if noted.choice and noted.places else None
    return known.choice_label(noted.choice) if known else noted.choice


def _number(label: str) -> tuple[int, ...]:
    """The spoken number in front of a label, for the order; labels without one come last."""
    number = label.partition(" ")[0].split(".")
    return tuple(map(int, number)) if all(part.isdecimal() for part in number) else (1_000,)


def _bare(label: str) -> str:
    """A label without the number in front."""
    number, _, words = label.partition(" ")
    return words if number.replace(".", "").isdecimal() else label
