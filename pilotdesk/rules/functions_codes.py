"""Functions over 统一社会信用代码 and codes of administrative regions."""

from __future__ import annotations

import re
from typing import Final

from pilotdesk.rules import uscc
from pilotdesk.rules.registry import function

USCC_STANDARD: Final = "GB 32100-2015"
REGION_STANDARD: Final = "GB/T 2260"
UNIT_KINDS: Final = frozenset({*uscc.KIND_BY_START.values(), "other"})


@function("text", returns="flag", source=USCC_STANDARD)
def uscc_ok(code: str) -> bool:
    """Whether a text has the form of a 统一社会信用代码: 18 signs, no I O S V Z; the check sign is not looked at."""
    return uscc.well_formed(code)


@function("text", returns="text", source=USCC_STANDARD)
def uscc_check_char(code: str) -> str | None:
    """The 18th sign as it follows from the first 17, for messages."""
    return uscc.check_character(code)


@function("text", returns="flag", source=USCC_STANDARD)
def uscc_check_ok(code: str) -> bool | None:
    """Whether the check sign fits; unknown while the code has not its form, which is another issue."""
    return uscc.check_character(code) == uscc.tidy(code)[17] if uscc.well_formed(code) else None


@function("text", returns="text", source=USCC_STANDARD, results=UNIT_KINDS)
def uscc_kind(code: str) -> str | None:
    """The choice name of 单位性质 by the first two signs, once the code is complete; unknown for 个体工商户 (92)."""
    return uscc.unit_kind(code)


@function("text", returns="text", source=USCC_STANDARD)
def uscc_class(code: str) -> str | None:
    """The first two signs of a complete code: authority and kind, 92 for 个体工商户."""
    return uscc.tidy(code)[:2] if uscc.well_formed(code) else None


@function("text", returns="text", source=USCC_STANDARD)
def uscc_province(code: str) -> str | None:
    """The province of the registering authority, ``360000``; unknown for central registration (100000)."""
    region = uscc.region(code)
    return None if region is None or region.startswith("10") else province_of(region)


@function("text", returns="text", source=REGION_STANDARD)
def province_of(region: str) -> str | None:
    """The province code of a region: ``360000`` for 361022 and for a place that is kept as ``361000:南汀县``."""
    return region[:2] + "0000" if re.match(r"[0-9]{6}(?::|\Z)", region) else None
