"""Lint of the labels of other offices: places and choices that exist, no label empty, none said twice of one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.aliases import KEYED, alias_files
from pilotdesk.forms.lint_scope import Place
from pilotdesk.forms.mistakes import suggested
from pilotdesk.forms.reader import PackFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pilotdesk.forms.aliases import Aliases
    from pilotdesk.forms.lint_scope import FormScope
    from pilotdesk.forms.mistakes import Mistake


def lint_aliases(folder: Path, scopes: Iterable[FormScope]) -> Iterator[Mistake]:
    """Everything to mend in the alias files of a pack.

    Args:
        folder: the pack's.
        scopes: its forms.
    """
    forms = {scope.head.entry.name: scope for scope in scopes}
    for name, read in alias_files(folder):
        if not isinstance(read, PackFile):
            yield from read
        elif name in forms:
            yield from _lint_file(read, forms[name])


def _lint_file(file: PackFile[Aliases], scope: FormScope) -> Iterator[Mistake]:
    places = set(_places(scope))
    entries = [("alias", *one) for one in file.entry.alias.items()]
    entries += [("core", *one) for one in file.entry.core.items()]
    for part, key, labels in entries:
        for one in key.split("+"):
            if KEYED.sub("[]", one) not in places:
                text = f"表单里没有“{one}”这一栏。"
                yield Place(file, (part,)).mistake(key, text, suggested(one, tuple(places)))
        yield from _lint_labels(file, (part,), key, labels)
    for name, choices in file.entry.choice.items():
        if name not in scope.lists:
            text = f"表单里没有“{name}”这个选项表。"
            yield Place(file, ("choice",)).mistake(name, text, suggested(name, tuple(scope.lists)))
            continue
        known = [choice.name for choice in scope.lists[name]]
        for choice, labels in choices.items():
            if choice not in known:
                text = f"选项表里没有“{choice}”。"
                yield Place(file, ("choice", name)).mistake(choice, text, suggested(choice, known))
            yield from _lint_labels(file, ("choice", name), choice, labels)


def _lint_labels(
    file: PackFile[Aliases], path: tuple[str, ...], key: str, labels: tuple[str, ...]
) -> Iterator[Mistake]:
    if not all(part.strip() for label in labels for part in label.split(">")):
        yield Place(file, path).mistake(key, "有一个叫法是空的。")
    if len(set(labels)) < len(labels):
        yield Place(file, path).mistake(key, "有一个叫法写了两遍。")


def _places(scope: FormScope) -> Iterator[str]:
    """Every place of a form as ``pack show`` lists it."""
    for name, known in scope.fields.items():
        yield name
        yield from (f"{name}[].{column.name}" for column in known.field.columns)
        yield from (f"{name}.{part.name}" for part in known.field.parts)
