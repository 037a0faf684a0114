"""Line numbers agree with what tomllib reads."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.toml_lines import line_numbers, line_of
from tests.forms.conftest import COVER, FORM, PLAN, ROUND, SOURCES, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

TRICKY = '''\
# [comment]
title = "a [b] = {c}" # x = 1
"quoted key" = 'single "quotes"'
dotted.inner = 1
text = """
[not.a.table]
no = "key"
"""
raw = \'\'\'
[neither] = 'x'
\'\'\'
widths = [
  11, 2.5, # [three]
  ["nested"],
  [1, 2],
  ["last"]
]
issued = 2026-04-09

[plain]  # a comment
key = 1
[plain."odd name"]
key = 2

[[group]]
name = "g1"
inline = { a = 1, b = [ { c = 1 }, { c = 2 } ], d.e = 5 }
  [[group.field]]
  name = "f1"
  [[group.field]]
  name = "f2"
  choices = [
    { name = "x",
      label = "y" },
    { name = "z" },
  ]
    [group.field.print]
    layout = "none"
[[group]]
name = "g2"
[[group.field]]
name = "f3"
'''.replace(",\n      label", ", label")


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every key, with the places of lists of tables."""
    if path and isinstance(path[-1], str):
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))


@pytest.mark.parametrize("text", [TRICKY, ROUND, SOURCES, FORM, COVER, UNIT, PLAN])
def test_every_key_has_the_line_it_stands_on(text: str) -> None:
    lines, split = line_numbers(text), text.splitlines()
    for path in leaves(tomllib.loads(text)):
        assert path in lines, path
        assert str(path[-1]) in split[lines[path] - 1], path


def test_keys_of_one_name_are_told_apart() -> None:
    lines = line_numbers(TRICKY)
    rows = TRICKY.splitlines()
    for path, row in {
        ("group", 0, "field", 0, "name"): '  name = "f1"',
        ("group", 0, "field", 1, "name"): '  name = "f2"',
        ("group", 1, "field", 0, "name"): 'name = "f3"',
        ("group", 0, "field", 1, "choices", 1, "name"): '    { name = "z" },',
        ("group", 0, "field", 1, "print", "layout"): '    layout = "none"',
        ("plain", "key"): "key = 1",
        ("plain", "odd name", "key"): "key = 2",
    }.items():
        assert rows[lines[path] - 1] == row


def test_what_has_no_line_has_that_of_what_is_around_it() -> None:
    lines = line_numbers(TRICKY)
    assert line_of(lines, ("group", 1, "field", 0, "missing")) == lines["group", 1, "field", 0]
    assert line_of(lines, ("nothing",)) == 1
