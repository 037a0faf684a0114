"""What may not change as long as the version of a form stays: its places.

A draft is read with whichever pack of its version holds, and which one does changes without a word to it: by an installation,
by undoing it, by a newer program. An answer whose place the present pack does not have can be neither shown nor handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.migration_work import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.model import Field, Form


_MEND: Final = "，版本号却没有变。请把 version 加 1，写上 migration.toml。"


def unspoken(old: Form, new: Form) -> Iterator[str]:
    """What has gone, come or become another type between two forms of one version, whole sentences for who made the pack."""
    before, places = dict(_places(old)), dict(_places(new))
    for place, field in before.items():
        now = places.get(place)
        if now is None:
            yield f"去掉了“{field.label}”（{place}）{_MEND}"
        elif now.type != field.type:
            yield f"“{field.label}”（{place}）由 {field.type} 改成了 {now.type}{_MEND}"
        else:
            kept = {choice.name for choice in new.lists.get(now.choices, ())}
            for choice in old.lists.get(field.choices, ()):
                if choice.name not in kept:
                    yield f"“{field.label}”去掉了选项“{choice.label}”（{choice.name}）{_MEND}"
    for place, field in places.items():
        if place not in before:
            yield f"加了“{field.label}”（{place}）{_MEND}"


def _places(form: Form) -> Iterator[tuple[str, Field]]:
    for field in form.fields.values():
        yield field.name, field
        yield from ((f"{field.name}{CELL}{column.name}", column) for column in field.columns)
        yield from ((f"{field.name}.{part.name}", part) for part in field.parts)
