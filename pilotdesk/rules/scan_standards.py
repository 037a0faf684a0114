"""Numbers of standards in running text: replaced ones, and ones that the table lists in another edition."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from pilotdesk.forms.folding import plain_dashes
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.paths import resources_dir
from pilotdesk.rules.standard_numbers import StandardNumber, read_standard_number

_NUMBER: Final = LazyPattern(
    r"(?<![A-Za-z0-9])(?:DB\d{2,4}|T/[A-Z0-9]{2,12}|Q/[A-Z0-9]{2,12}|[A-Z]{2,3})(?:/[TZ])?\s{0,2}"
    r"[A-Z]{0,2}\d+(?:\.\d+)*\s?-{1,2}\s?(?:19|20)\d{2}(?!\d)"
)
"""In text whose dashes are plain: input methods and other programs write a dozen kinds of them."""


@lru_cache(maxsize=2048)
def numbers_in(text: str) -> tuple[StandardNumber, ...]:
    """The numbers of standards in a text that give their year."""
    plain = plain_dashes(text)
    if "-" not in plain:
        return ()
    read = (read_standard_number(found) for found in _NUMBER.findall(plain))
    return tuple(dict.fromkeys(number for number in read if number is not None and number.year))


def replaced_in(text: str) -> tuple[str, ...]:
    """Numbers that are known to be replaced, each with what replaces it: ``GB/T 1.1—2009（现行的是GB/T 1.1—2020）``."""
    found = [(number, _replaced().get(_undated(number), {})) for number in numbers_in(text)]
    return tuple(
        f"{number}（现行的是{editions[number.year]}）"
        for number, editions in found
        if number.year in editions
    )


def cited_otherwise(text: str, listed: tuple[object, ...]) -> tuple[str, ...]:
    """Numbers whose standard the table lists, but only in another edition; replaced ones are named elsewhere."""
    cited = numbers_in(text)
    if not cited:
        return ()
    editions = _editions(listed)
    return tuple(
        f"{number}（明细表里是{'、'.join(sorted(known))}）"
        for number in cited
        if (known := editions.get(_undated(number)))
        and str(number) not in known
        and number.year not in _replaced().get(_undated(number), {})
    )


def named_in(text: str, listed: tuple[object, ...]) -> tuple[str, ...]:
    """Those of the listed numbers that a text names."""
    cited = numbers_in(text)
    known = (
        {str(number) for cell in listed if isinstance(cell, str) and (number := _read(cell))} if cited else {}
    )
    return tuple(str(number) for number in cited if str(number) in known)


@lru_cache(maxsize=4)
def _editions(listed: tuple[object, ...]) -> dict[str, set[str]]:
    """Number without its year to the numbers as listed."""
    editions: dict[str, set[str]] = {}
    for cell in listed:
        number = _read(cell) if isinstance(cell, str) else None
        if number is not None and number.year:
            editions.setdefault(_undated(number), set()).add(str(number))
    return editions


@lru_cache(maxsize=4096)
def _read(cell: str) -> StandardNumber | None:
    return read_standard_number(cell)


def _undated(number: StandardNumber) -> str:
    return f"{number.prefix} {number.number}"


@cache
def _replaced() -> dict[str, dict[str, str]]:
    """Number without its year to replaced year to the number in force."""
    import tomllib

    listed = tomllib.loads((resources_dir() / "replaced_standards.toml").read_text("utf-8"))
    replaced: dict[str, dict[str, str]] = {}
    for old, new in listed["replaced"].items():
        number = read_standard_number(old)
        if number is not None:
            replaced.setdefault(_undated(number), {})[number.year] = new
    return replaced
