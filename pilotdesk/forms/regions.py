"""Administrative divisions down to the county, by GB/T 2260 code; read when first asked for.

``resources/regions.json`` holds them. The levels that the standard puts between a municipality and its
districts (市辖区) are no divisions of their own and do not appear here.

A place that the list does not have, such as a county founded since or a development zone, is kept as
``361000:南汀县``: the code of the division above it and its own name. So the first two digits are a province
in every kept region.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pilotdesk.forms.codec_base import PlainCodec, plain_text
from pilotdesk.forms.folding import clean, half_width
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Unparsed
from pilotdesk.paths import resources_dir
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar, Value

_UNLISTED_NAME: Final = r"[\u4e00-\u9fff]{1,14}(?:[市县区旗州盟镇乡园]|街道|林场|农场)"
_UNLISTED: Final = LazyPattern(rf"(?P<above>[0-9]{{6}}):(?P<name>{_UNLISTED_NAME})")
MOST_FOUND: Final = 50
"""Regions that a search returns at most."""


class Divisions(Record, frozen=True):
    """All divisions, in code order.

    Attributes:
        names: code to own name (临川区). labels: code to full name (江西省抚州市临川区).
        codes: full name to code. below: code to the codes one level down, provinces under ``""``.
    """

    names: dict[str, str]
    labels: dict[str, str]
    codes: dict[str, str]
    below: dict[str, tuple[str, ...]]


@cache
def divisions() -> Divisions:
    """The shipped divisions, read once."""
    shipped = json.loads((resources_dir() / "regions.json").read_text("utf-8"))
    known = Divisions({}, {}, {}, {})
    known.below[""] = _take(shipped["provinces"], "", frozenset(shipped["grouping"]), known)
    known.codes.update({label: code for code, label in known.labels.items()})
    return known


def _take(
    listed: list[list[Any]], prefix: str, grouping: frozenset[str], known: Divisions
) -> tuple[str, ...]:
    """Add divisions and all below them; returns their codes, those inside a grouping level among them."""
    codes: list[str] = []
    for code, name, *inner in listed:
        children = inner[0] if inner else []
        if name in grouping:
            codes += _take(children, prefix, grouping, known)
            continue
        codes.append(code)
        known.names[code] = name
        known.labels[code] = prefix + name
        known.below[code] = _take(children, prefix + name, grouping, known)
    return tuple(codes)


def region_label(region: str) -> str | None:
    """The full name of a kept region, ``江西省抚州市临川区``; ``None`` when its code is not in the list."""
    labels = divisions().labels
    unlisted = _UNLISTED.fullmatch(region)
    if unlisted:
        above = labels.get(unlisted["above"])
        return above + unlisted["name"] if above else None
    return labels.get(region)


def provinces() -> tuple[str, ...]:
    """Codes of the provinces, in code order."""
    return divisions().below[""]


def children(code: str) -> tuple[str, ...]:
    """Codes one level down, in code order; empty for counties and for codes that are not in the list."""
    return divisions().below.get(code, ())


def region_name(code: str) -> str | None:
    """The own name of a listed division (临川区); ``None`` when the code is not in the list."""
    return divisions().names.get(code)


def find_regions(text: str) -> tuple[str, ...]:
    """Codes of listed divisions whose name has ``text`` in it, the closest first, at most ``MOST_FOUND``."""
    sought = "".join(half_width(text).split())
    if not sought:
        return ()
    known = divisions()
    ranked = [
        (0 if name == sought else 1 if name.startswith(sought) else 2, code)
        for code, name in known.names.items()
        if sought in known.labels[code] or code.startswith(sought)
    ]
    return tuple(code for _, code in sorted(ranked)[:MOST_FOUND])


class RegionCodec(PlainCodec, frozen=True):
    """Regions, kept by code; editor and print show the full name."""

    expected: ClassVar[str] = "请写到县（市、区）的全称，如“江西省抚州市临川区”，或六位代码。"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; a name that stands for one division only is enough (``抚州市临川区``)."""
        folded = "".join(half_width(clean(text)).split())
        return (_read_region(folded) or Unparsed(clean(text))) if folded else None

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return (region_label(value) or value) if isinstance(value, str) else plain_text(value)


def _read_region(folded: str) -> str | None:
    """The region that a text without blanks means; ``None`` when there is none or more than one."""
    known = divisions()
    if region_label(folded):
        return folded
    if folded in known.codes:
        return known.codes[folded]
    endings = [
        code
        for code, label in known.labels.items()
        if label.endswith(folded) and label.removesuffix(folded) in known.codes
    ]
    if endings:
        return endings[0] if len(endings) == 1 else None
    for length in range(len(folded) - 1, 1, -1):
        above = known.codes.get(folded[:length])
        if above:
            return f"{above}:{folded[length:]}" if re.fullmatch(_UNLISTED_NAME, folded[length:]) else None
    return None
