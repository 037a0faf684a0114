"""Lint of migration files: versions without a gap, places that exist, and nothing of an older version forgotten.

What was in the older version can only be told where its pack is at hand: a sibling folder of the pack for another
round, or a folder that is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackError
from pilotdesk.forms.lint_scope import Place, reference_mistakes
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.migration_steps import PLACE, chain, migration_files
from pilotdesk.forms.migration_work import CELL
from pilotdesk.forms.reader import PackFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.forms.lint_scope import FormScope
    from pilotdesk.forms.migration_steps import MigrationFile, Move, Rename, VersionStep
    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.model import Choice, Field, Form

UNANSWERED: Final = frozenset({"statement", "signature", "calculated"})
"""Types without an answer that could be lost."""
Version = tuple[str, str, int]


def lint_migrations(
    folder: Path, scopes: Iterable[FormScope], round_name: str, older: Iterable[Path]
) -> Iterator[Mistake]:
    """Everything to mend in the migration files of a pack.

    Args:
        folder: the pack's.
        scopes: its forms.
        round_name: its round.
        older: folders of packs with older versions; such as cannot be read are left out.
    """
    forms = {scope.head.entry.name: scope for scope in scopes}
    files = list(migration_files(folder))
    known = _older_forms(older) if files else {}
    written: set[str] = set()
    for name, read in files:
        written.add(name)
        if not isinstance(read, PackFile):
            yield from read
        elif name in forms:
            yield from _lint_file(read, forms[name], (round_name, name), known)
    for name, scope in forms.items():
        if scope.head.entry.version > 1 and name not in written:
            text = "第 2 版起要写明怎样从旧版转过来（migration.toml）。"
            yield Place(scope.head, ()).mistake("version", text)


def _older_forms(folders: Iterable[Path]) -> dict[Version, Form]:
    forms: dict[Version, Form] = {}
    for folder in folders:
        try:
            pack = load_pack(folder)
        except PackError:  # a folder beside the pack that is none, or is being worked on
            continue
        forms |= {(pack.round.name, name, form.head.version): form for name, form in pack.forms.items()}
    return forms


def _lint_file(
    file: PackFile[MigrationFile], scope: FormScope, here: tuple[str, str], older: Mapping[Version, Form]
) -> Iterator[Mistake]:
    version = scope.head.entry.version
    for at, step in enumerate(file.entry.step):
        place = Place(file, ("step", at))
        if step.to_version > version:
            yield place.mistake("to_version", f"这张表单现在是第 {version} 版。")
        elif not step.from_round and not step.from_form and step.from_version >= step.to_version:
            yield place.mistake("to_version", "要转到更新的版本。")
        yield from _entry_mistakes(place, step, scope)
    top = Place(file, ())
    target = (*here, version)
    for before in range(1, version):
        if _way(file.entry.step, target, (*here, before)) is None:
            yield top.mistake("step", f"没有写怎样从第 {before} 版一步步转到第 {version} 版。")
    for there, form in older.items():
        way = _way(file.entry.step, target, there)
        if way:
            said = f"第 {there[2]} 版" if there[0] == here[0] else f"{there[0]} 年"
            yield from _forgotten(top, way, form, scope, said)


def _way(steps: Iterable[VersionStep], here: Version, there: Version) -> tuple[VersionStep, ...] | None:
    try:
        return chain(steps, here=here, there=there)
    except PackError:
        return None


# -- single entries ----------------------------------------------------------------------------------


def _entry_mistakes(place: Place, step: VersionStep, scope: FormScope) -> Iterator[Mistake]:
    """Places that are not written as places, and in the last step such as the form does not have."""
    known = _places(known.field for known in scope.fields.values())
    is_last = step.to_version == scope.head.entry.version
    for key in ("rename", "move", "split", "merge", "delete", "choice", "retype"):
        for at, entry in enumerate(getattr(step, key)):
            inside = place.inside(key, at)
            for word in ("source", "path", "to"):
                named = getattr(entry, word, ())
                if key == "choice" and word != "path":
                    continue
                for one in (named,) if isinstance(named, str) else named:
                    shown = "from" if word == "source" else word
                    if not PLACE.fullmatch(one):
                        text = f"“{one}”不是一个位置。"
                        advice = "写成 uscc、leader.mobile 或 targets[].value_2027。"
                        yield inside.mistake(shown, text, advice)
                    elif is_last and word == "to":
                        yield from reference_mistakes(inside, "to", one, known, "栏目")
    for at, split in enumerate(step.split):
        if split.by == "headings" and len(split.headings) != len(split.to):
            yield place.inside("split", at).mistake("headings", "小标题要和拆成的各栏一一对应。")
        if (split.by == "sign") != bool(split.sign):
            yield place.inside("split", at).mistake(
                "sign", '按符号拆（by = "sign"）时写上符号，别的时候不写。'
            )


def _places(fields: Iterable[Field]) -> dict[str, Field]:
    """Every place of a form, as ``pack show`` lists it."""
    places: dict[str, Field] = {}
    for field in fields:
        places[field.name] = field
        places |= {f"{field.name}{CELL}{column.name}": column for column in field.columns}
        places |= {f"{field.name}.{part.name}": part for part in field.parts}
    return places


# -- what was forgotten ------------------------------------------------------------------------------


def _forgotten(
    top: Place, way: tuple[VersionStep, ...], old: Form, scope: FormScope, said: str
) -> Iterator[Mistake]:
    """Places and choices of an older version that nothing is said about, and types that changed without a word."""
    new = _places(known.field for known in scope.fields.values())
    retyped = {entry.path for step in way for entry in step.retype}
    for place, field in _places(old.fields.values()).items():
        if field.type in UNANSWERED or field.calculation:
            continue
        ends, is_remade = _ends(place, way)
        for end in ends:
            now = new.get(end)
            if now is None:
                text = f"{said}的“{place}”（{field.label}）在新版里没有位置。"
                yield top.mistake(
                    "step", text, "用 rename、move、split、merge 写明去处，或用 delete 写明为什么不要了。"
                )
            elif now.type != field.type and not is_remade and end not in retyped:
                text = f"{said}的“{place}”原来是 {field.type}，现在是 {now.type}。"
                yield top.mistake("step", text, "用 retype 写明。")
        spoken = {entry.source for step in way for entry in step.choice}
        left = [choice for choice in old.lists.get(field.choices, ()) if choice.name not in spoken]
        yield from _forgotten_choices(top, place, left, new.get(ends[0]) if len(ends) == 1 else None, scope)


def _ends(place: str, way: Iterable[VersionStep]) -> tuple[tuple[str, ...], bool]:
    """Where a place ends; none for deleted. Second: whether its answer was made anew on the way."""
    ends: tuple[str, ...] = (place,)
    is_remade = False
    for step in way:
        went: dict[str, tuple[str, ...]] = {gone.path: () for gone in step.delete}
        moved: tuple[Rename | Move, ...] = (*step.rename, *step.move)
        went |= {one.source: (one.to,) for one in moved}
        remade: dict[str, tuple[str, ...]] = {cut.source: cut.to for cut in step.split}
        for joined in step.merge:
            remade |= dict.fromkeys(joined.source, (joined.to,))
        is_remade |= any(end in remade or any(CELL in to for to in went.get(end, ())) for end in ends)
        ends = tuple(to for end in ends for to in _next(end, went | remade))
    return ends, is_remade


def _next(place: str, went: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if place in went:
        return went[place]
    mark = CELL if CELL in place else "."
    owner, found, inner = place.partition(mark)
    return tuple(f"{to}{found}{inner}" for to in went[owner]) if found and owner in went else (place,)


def _forgotten_choices(
    top: Place, place: str, choices: Iterable[Choice], now: Field | None, scope: FormScope
) -> Iterator[Mistake]:
    if now is None or not now.choices:
        return
    present = {choice.name for choice in scope.lists.get(now.choices, ())}
    for choice in choices:
        if choice.name not in present:
            text = f"“{place}”的选项“{choice.name}”（{choice.label}）在新版里没有了。"
            yield top.mistake("step", text, "用 choice 写明改成哪一个，或者不要了。")
