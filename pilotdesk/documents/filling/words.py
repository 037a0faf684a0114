"""What the labels of a form may mean: its own, those of the pack's aliases, and what they mean below another label."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.cores import Cores
from pilotdesk.documents.filling.normal import NUMERALS, folded, normal, without_ending
from pilotdesk.documents.filling.stems import stems
from pilotdesk.forms.aliases import KEYED
from pilotdesk.forms.lookup import field_at
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.forms.aliases import Aliases
    from pilotdesk.forms.model import Choice, Field, Form

FUZZY: Final = 0.85
"""Likeness from which a label is worth a suggestion; below it wrong ones outnumber right ones."""

_ROW: Final = re.compile(r"\[[^\]]*\]")
_PRINTLESS: Final = frozenset({"statement", "signature", "attachment", "evidence"})
_CONTAINERS: Final = frozenset({"table", "tree"})


class Meaning(Record, frozen=True, kw_only=True):
    """What a label can mean. ``below``: only where this normal label stands over it or left of it; empty: anywhere."""

    path: str
    below: str = ""


class Words:
    """The labels of one form.

    Attributes:
        form: the form. cores: the words of which labels of its fields are put together.
    """

    def __init__(self, form: Form, aliases: Aliases) -> None:
        self.form: Final = form
        self._aliases = aliases
        self.cores: Final = Cores({path: said for path, said in aliases.core.items() if is_there(form, path)})
        self._plain: dict[str, list[Meaning]] = {}
        self._likenesses: dict[str, tuple[float, str]] = {}
        self._holders: dict[str, list[str]] = {}  # sign to the labels that have it
        self._owners: dict[str, str] = {}
        self._parts: dict[str, dict[str, str]] = {}
        self._tables: dict[str, str] = {}
        self._columns: dict[str, dict[str, list[Meaning]]] = {}
        for name, field in form.fields.items():
            self._take(name, field)
        for path, labels in aliases.alias.items():
            self._take_aliases(path, labels)
        self._take_blocks()
        self._compose_parts()

    # -- asking ----------------------------------------------------------------------------------

    def meanings(self, label: str) -> tuple[Meaning, ...]:
        """What a normal label can mean where no table is filled row by row."""
        return tuple(self._plain.get(folded(label), ()))

    def part(self, owner: str, label: str) -> str:
        """The path of a person's part by its own label (姓名); empty when the person has none."""
        return self._parts.get(owner, {}).get(folded(label), "")

    def is_part(self, label: str) -> bool:
        """Whether a normal label means something only below a person."""
        return any(folded(label) in parts for parts in self._parts.values())

    def owner(self, label: str) -> str:
        """The person that a label over a group of parts names (项目负责人); empty for none."""
        shorter = (stem.text for stem in stems(label))
        found = (self._owners.get(folded(one)) for one in (label, without_ending(label), *shorter))
        return next((name for name in found if name), "")

    def table(self, label: str) -> str:
        """The table that a heading names; empty for none."""
        bare = label.rstrip(NUMERALS)
        found = (self._tables.get(folded(one)) for one in (label, without_ending(label), bare))
        return next((name for name in found if name), "")

    def column(self, table: str, label: str, over: str = "") -> str:
        """The path of a table's column by the normal label of a head; ``over`` is what stands above a head of two rows."""
        listed = self._columns.get(table, {})
        for key in (
            label,
            over + label,
            label.removesuffix("年度") + "年" if label.endswith("年度") else label,
        ):
            for meaning in listed.get(folded(key), ()):
                if not meaning.below or meaning.below in over:
                    return meaning.path
        return ""

    def tables(self) -> Iterator[str]:
        """Every table of the form."""
        yield from self._columns

    def is_common(self, label: str) -> bool:
        """Whether several tables have a column with this normal label, so that it says little."""
        return sum(folded(label) in columns for columns in self._columns.values()) > 1

    def alike(self, label: str) -> tuple[str, float]:
        """The path whose label is most like one that nobody knows, and how like; empty below :data:`FUZZY`."""
        label = folded(label)
        if label not in self._likenesses:
            pairs = ((_alike(label, known), self._plain[known][0].path) for known in self._near(label))
            self._likenesses[label] = max(pairs, default=(0.0, ""))
        best = self._likenesses[label]
        return (best[1], best[0]) if len(label) > 2 and best[0] >= FUZZY else ("", 0.0)

    def choice_of(self, choices: Iterable[Choice], list_name: str, words: str) -> str:
        """The name of the choice that words beside a box stand for; empty for none."""
        wanted = normal(words)
        also = self._aliases.choice.get(list_name, {})
        listed = [
            (choice.name, [normal(one) for one in (choice.label, *also.get(choice.name, ()))])
            for choice in choices
        ]
        for name, labels in listed:
            if wanted in labels:
                return name
        if all(
            len(labels[0]) == 1 for _, labels in listed
        ):  # 是 and 否, also as 有 and 无, at the beginning of a sentence
            sign = {"有": "是", "无": "否", "没": "否", "未": "否"}.get(wanted[:1], wanted[:1])
            return next((name for name, labels in listed if sign in labels), "")
        near = [
            name
            for name, labels in listed
            if any(len(one) > 1 and (wanted.startswith(one) or one.startswith(wanted)) for one in labels)
        ]
        return near[0] if wanted and len(near) == 1 else ""

    def _near(self, label: str) -> Iterator[str]:
        """Labels that share enough signs with one to be like it."""
        if not self._holders:
            for known in self._plain:
                for sign in set(known):
                    self._holders.setdefault(sign, []).append(known)
        shared = Counter(known for sign in set(label) for known in self._holders.get(sign, ()))
        least = FUZZY * len(set(label)) / 2
        yield from (known for known, amount in shared.items() if amount >= least)

    # -- gathering -------------------------------------------------------------------------------

    def _take(self, name: str, field: Field) -> None:
        if field.type in _PRINTLESS:
            return
        if field.type in _CONTAINERS:
            self._columns[name] = {}
            if field.type == "table":
                for label in {normal(field.label), normal(field.print.caption)} - {""}:
                    self._tables.setdefault(folded(label), name)
            else:
                self._add(normal(field.label), Meaning(path=name))
            for column in field.columns:
                for label in {normal(column.label), normal(column.print.label)} - {""}:
                    self._column(name, label, Meaning(path=f"{name}[].{column.name}"))
            return
        path = field.calculation if field.calculation in self.form.fields else name
        if field.parts:
            self._parts[name] = {folded(normal(part.label)): f"{name}.{part.name}" for part in field.parts}
            self._own(normal(field.label), name)
        elif not field.print.block:
            for label in {normal(field.label), normal(field.print.label)} - {""}:
                self._add(label, Meaning(path=path))

    def _own(self, label: str, owner: str) -> None:
        self._owners.setdefault(folded(label), owner)
        first = next(iter(self._parts[owner].values()))
        self._add(label, Meaning(path=first))

    def _take_aliases(self, path: str, labels: Iterable[str]) -> None:
        if not is_there(self.form, path):
            return  # an older version of the form, which the pack's aliases are not for
        for said in labels:
            *above, last = (normal(part) for part in said.split(">"))
            self._take_alias(path, last, above[-1] if above else "")

    def _take_alias(self, path: str, label: str, below: str) -> None:
        first = path.partition("+")[0]
        owner = first.partition(".")[0].partition("[")[0]
        field = self.form.fields[owner]
        meaning = Meaning(path=path, below=below)
        if "[]" in first:
            self._column(owner, label, meaning)
        elif KEYED.search(first) or field.type not in _CONTAINERS:
            if not field.parts:
                self._add(label, meaning)
            elif "." not in first:
                self._own(label, owner)
            elif any(known in label for known, person in self._owners.items() if person == owner):
                self._add(label, meaning)
            else:
                self._parts[owner].setdefault(folded(label), path)
        elif field.type == "tree":
            self._add(label, meaning)
        else:
            self._tables.setdefault(folded(label), owner)

    def _take_blocks(self) -> None:
        """Fields that share a block on our own print: their short labels mean something only below its name."""
        for name, field in self.form.fields.items():
            if not field.print.block or field.type in _PRINTLESS | _CONTAINERS:
                continue
            if folded(normal(field.label)) not in self._plain:
                self._add(normal(field.label), Meaning(path=name))
            if field.print.label:
                self._add(normal(field.print.label), Meaning(path=name, below=normal(field.print.block)))

    def _compose_parts(self) -> None:
        """联系人 and 手机 make 联系人手机."""
        for owner_label, owner in list(self._owners.items()):
            for part_label, path in self._parts[owner].items():
                if owner_label + part_label not in self._plain:
                    self._add(owner_label + part_label, Meaning(path=path))

    def _add(self, label: str, meaning: Meaning) -> None:
        listed = self._plain.setdefault(folded(label), [])
        if meaning not in listed:
            listed.append(meaning)

    def _column(self, table: str, label: str, meaning: Meaning) -> None:
        listed = self._columns[table].setdefault(folded(label), [])
        if meaning not in listed:
            listed.append(meaning)


def exists(form: Form, path: str) -> bool:
    """Whether a form has a place, written as in a mapping; nothing and the counter of rows are everywhere."""
    if path in {"", "#"}:
        return True
    try:
        field_at(form, _ROW.sub("[r_0]", path))
    except KeyError:
        return False
    return True


def is_there(form: Form, path: str) -> bool:
    """Whether a form has every one of some joined places; an older version of it may not."""
    return all(exists(form, one) for one in path.split("+"))


def _alike(one: str, other: str) -> float:
    least = FUZZY * (len(one) + len(other)) / 2
    if min(len(one), len(other)) < least or sum(sign in other for sign in one) < least:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
