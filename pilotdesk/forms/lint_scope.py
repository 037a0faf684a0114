"""What the lint knows while it looks at a pack: every field with its place in a file, and all names to refer to."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.forms.loader import field_places
from pilotdesk.forms.mistakes import Mistake, suggested
from pilotdesk.forms.model import OFFICIAL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.forms.model import Check, Choice, Field, FormHead, Source, Step
    from pilotdesk.forms.reader import PackFile
    from pilotdesk.forms.toml_lines import TomlPath

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
RESERVED: Final = frozenset({"value", "id", "children", "parent", *keyword.kwlist})
"""Words that mean something else in expressions or in answers files."""


@dataclass(frozen=True, slots=True)
class Place:
    """One table of one file."""

    file: PackFile[Any]
    path: TomlPath

    def mistake(self, key: str, text: str, suggestion: str = "") -> Mistake:
        """A mistake in this table."""
        return self.file.mistake(self.path, key, text, suggestion)

    def inside(self, *path: str | int) -> Place:
        """A table further inside."""
        return Place(self.file, (*self.path, *path))


@dataclass(frozen=True, slots=True)
class Known:
    """A field, column or part with its place; ``owner`` is the table or person it belongs to."""

    place: Place
    field: Field
    owner: Field | None = None

    @property
    def path(self) -> str:
        """As a key of another form names it: ``project_name``, ``leader.mobile``, ``targets.base_value``."""
        return f"{self.owner.name}.{self.field.name}" if self.owner else self.field.name

    @property
    def source(self) -> tuple[str, ...]:
        """Its sources; columns and parts without any have those of their owner."""
        return self.field.source or (self.owner.source if self.owner else ())


@dataclass(frozen=True)
class FormScope:
    """One form with everything its keys may refer to.

    Attributes:
        folder: name of its folder. sources: of the pack, by key. lists: choice lists, the round's among them.
    """

    folder: str
    head: PackFile[FormHead]
    steps: list[PackFile[Step]]
    sources: Mapping[str, Source]
    lists: Mapping[str, tuple[Choice, ...]]

    @cached_property
    def fields(self) -> dict[str, Known]:
        """Every field by name, in form order, without columns and parts."""
        return {
            found.name: Known(Place(step, path), found)
            for step in self.steps
            for path, found in field_places(step.entry)
        }

    @cached_property
    def everything(self) -> list[Known]:
        """Every field, each followed by its columns and parts."""
        known: list[Known] = []
        for one in self.fields.values():
            known.append(one)
            for key, inner in (("columns", one.field.columns), ("parts", one.field.parts)):
                known += [Known(one.place.inside(key, at), part, one.field) for at, part in enumerate(inner)]
        return known

    def checks(self) -> Iterator[tuple[Place, Check]]:
        """Every check of the form with its place: of the form, of fields, of columns and parts."""
        yield from ((Place(self.head, ("check", at)), one) for at, one in enumerate(self.head.entry.check))
        for known in self.everything:
            yield from ((known.place.inside("check", at), one) for at, one in enumerate(known.field.check))

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that a key may name: fields, ``person.part`` and ``table.column``."""
        return frozenset(known.path for known in self.everything)


def name_mistakes(place: Place, name: str, key: str = "name") -> Iterator[Mistake]:
    """A name that is not well formed, or means something else."""
    if not NAME.fullmatch(name):
        yield place.mistake(key, f"名字“{name}”要用小写英文字母开头，只含小写字母、数字和下划线。")
    elif name in RESERVED:
        yield place.mistake(key, f"名字“{name}”在表达式或答案文件里另有用处。", "请换一个名字。")


def repeated(names: Iterable[tuple[Place, str]], what: str, key: str = "name") -> Iterator[Mistake]:
    """Names that stood in this run before."""
    seen: set[str] = set()
    for place, name in names:
        if name in seen:
            yield place.mistake(key, f"{what}“{name}”已经用过了。", "请换一个。")
        seen.add(name)


def reference_mistakes(
    place: Place, key: str, name: str, known: Iterable[str], what: str
) -> Iterator[Mistake]:
    """A word that refers to something that does not exist; blank refers to nothing."""
    possible = list(known)
    if name and name not in possible:
        yield place.mistake(key, f"没有名叫“{name}”的{what}。", suggested(name, possible))


def source_mistakes(place: Place, keys: tuple[str, ...], sources: Mapping[str, Source]) -> Iterator[Mistake]:
    """Source keys that ``sources.toml`` does not have."""
    for key in keys:
        yield from reference_mistakes(place, "source", key, sources, "来源")


def severity_mistakes(
    place: Place, severity: str, keys: tuple[str, ...], sources: Mapping[str, Source]
) -> Iterator[Mistake]:
    """必须改 without the notice or a standard behind it (design §5)."""
    kinds = {sources[key].kind for key in keys if key in sources}
    if severity == "error" and not kinds & OFFICIAL_KINDS:
        text = "“必须改”（error）要有通知或标准作依据，这里的来源里没有。"
        yield place.mistake("severity", text, "改成 warning，或写上通知、标准的来源。")
