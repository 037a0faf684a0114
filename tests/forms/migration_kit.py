"""The two synthetic packs of tests/packs_next, and random drafts of the older one."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pilotdesk.forms import installed
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.migration import migrate
from pilotdesk.forms.migration_steps import chain, read_steps
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment, Row, Unparsed
from tests.forms import values_strategies as some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pytest

    from pilotdesk.forms.migration import Migration
    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Value

ROOT = Path(__file__).parents[2]
PACKS = Path(__file__).parents[1] / "packs_next"
BEFORE, AFTER = PACKS / "before" / "2099", PACKS / "after" / "2099"
FORM = "synthetic"


@cache
def form(folder: Path) -> Form:
    return load_pack(folder).forms[FORM]


def migrated(values: Mapping[str, Value], *, with_old_form: bool = True) -> Migration:
    steps = chain(read_steps(AFTER, FORM), here=("2099", FORM, 3), there=("2099", FORM, 1))
    return migrate(form(BEFORE) if with_old_form else None, form(AFTER), steps, values)


# --- random drafts

RARE = "𠮷龘㐂①②—…“”＂　 \u200b\u00ad\ufeff\t\x07é́👩‍👩‍👧٣"
words = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(RARE), max_size=30)
headings = st.sampled_from(["工作背景", "一、工作背景：", "工作需求", "（二）工作需求", ""])
paragraphs = st.lists(words | headings, max_size=5).map("\n".join)


def answers(field: Field, of: Form) -> st.SearchStrategy[Value]:
    """Answers such as a field of this type can hold, and texts that it could not read."""
    names = [choice.name for choice in of.lists.get(field.choices, ())] or ["-"]
    listed = st.sampled_from(names)
    other = words.map("other:{}".format) if field.other else listed
    by_type: dict[str, st.SearchStrategy[Value]] = {
        "text": words.map(lambda text: text.replace("\n", " "))
        | st.sampled_from(["镇，路", "，", "86", "约 80 人"]),
        "longtext": paragraphs,
        "integer": st.integers(-(10**9), 10**9),
        "decimal": some.decimals,
        "date": some.dates,
        "month": some.months,
        "month_range": some.month_ranges,
        "choice": listed | other,
        "multi_choice": st.lists(listed | other, max_size=3, unique=True).map(tuple),
        "dependent_choice": st.lists(listed | other, max_size=3, unique=True).map(tuple),
        "region": st.sampled_from(["361021", "360000", "110101"]),
        "evidence": st.lists(st.sampled_from(["E01", "E02:3-4", "E11:1"]), max_size=2, unique=True).map(
            tuple
        ),
        "attachment": st.lists(some.attachments, max_size=2).map(tuple),
    }
    return (
        st.none()
        | by_type[field.type]
        | (st.builds(Unparsed, words) if field.type != "attachment" else st.nothing())
    )


def rows_of(field: Field, of: Form) -> st.SearchStrategy[Value]:
    cells = st.fixed_dictionaries({}, optional={column.name: answers(column, of) for column in field.columns})
    rows = st.tuples(some.row_ids, cells.map(MappingProxyType)).map(lambda parts: Row(*parts))
    return st.lists(rows, max_size=3, unique_by=lambda row: row.id).map(tuple)


@cache
def drafts() -> st.SearchStrategy[dict[str, Value]]:
    """Random drafts of the older form: every type of field, answered or not."""
    old = form(BEFORE)
    places: dict[str, st.SearchStrategy[Value]] = {}
    for name, field in old.fields.items():
        if field.columns:
            places[name] = rows_of(field, old)
        elif field.parts:
            places |= {f"{name}.{part.name}": answers(part, old) for part in field.parts}
        elif field.type != "calculated":
            places[name] = answers(field, old)
    return st.fixed_dictionaries({}, optional=places)


# --- what is in a draft


def leaves(values: Iterable[tuple[str, Value]]) -> Iterable[tuple[str, Value]]:
    """Every single answer with its place."""
    for path, value in values:
        if isinstance(value, tuple) and any(isinstance(part, Row) for part in value):
            for row in value:
                yield from ((f"{path}[].{column}", cell) for column, cell in row.cells.items())
        else:
            yield path, value


def field_of(of: Form, place: str) -> Field | None:
    owner, _, inner = place.partition("[]." if "[]." in place else ".")
    found = of.fields.get(owner)
    if found is None or not inner:
        return found
    return next((one for one in (*found.columns, *found.parts) if one.name == inner), None)


def signs(value: Value, field: Field | None, of: Form) -> Counter[str]:
    """The visible characters of an answer as it stands in its editor; files by content and name."""
    if isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value):
        return Counter(
            "".join(part.sha256 + part.file_name for part in value if isinstance(part, Attachment))
        )
    text = (
        plain_text(value)
        if field is None or field.type in WITHOUT_CODEC
        else codec_for(field, of.lists).edit_text(value)
    )
    return Counter(sign for sign in text if not sign.isspace())


# --- a program that comes with one of the packs


@contextmanager
def program_at(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, with_this_year: bool = False
) -> Iterator[Path]:
    """A program that comes with the older synthetic pack, and with this year's where that is wanted; gives its folder."""
    (root / "forms").mkdir(parents=True)
    if with_this_year:
        (root / "forms" / "2026").symlink_to(ROOT / "forms" / "2026")
    (root / "resources").symlink_to(ROOT / "resources")
    monkeypatch.setenv("PILOTDESK_ROOT", str(root))
    ship(root, BEFORE)
    yield root
    forget()


def ship(root: Path, pack: Path) -> None:
    """Let the program at ``root`` come with a pack, instead of the one that it came with before."""
    target = root / "forms" / pack.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(pack, target)
    forget()


def forget() -> None:
    """Forget the packs that were read, as a new start of the program does."""
    load_shipped.cache_clear()
    installed._loaded.cache_clear()
    installed._whole.cache_clear()
