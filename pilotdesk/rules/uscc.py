"""统一社会信用代码 by GB 32100-2015: form, check character, kind of unit, registering region.

Written here and not taken from ``stdnum.cn.uscc``, which asks for eight leading digits and so refuses the
codes of rural collectives (N…) and others (Y1…); the tests compare both where both apply.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs, without I, O, S, V and Z. Source: GB 32100-2015."""
WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
"""Weights of the first 17 signs, 3^(i-1) mod 31. Source: GB 32100-2015."""
_FORM: Final = LazyPattern(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}\Z")

KIND_BY_START: Final[dict[str, str]] = {
    "11": "government",
    "12": "institution",
    "13": "association",
    "51": "association",
    "52": "service_body",
    "53": "other",
    "91": "enterprise",
    "93": "cooperative",
    "Y1": "other",
}
"""First two signs to the choice name of 单位性质. 92 (个体工商户) is missing: it is no legal person.

Source: the pairs that public implementations of GB 32100-2015 name; ``N`` + digit are rural collectives. 13 is
编办直接管理机构编制的群众团体, 53 基金会.
"""


def tidy(text: str) -> str:
    """The code without spaces and hyphens, half-width, in capitals: what the check works on."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def well_formed(code: str) -> bool:
    """Whether there are 18 signs of the alphabet with digits at places 3 to 8; says nothing about the check sign."""
    return _FORM.match(tidy(code)) is not None


def check_character(code: str) -> str | None:
    """The 18th sign that follows from the first 17; ``None`` when those are not signs of the alphabet.

    Real codes whose check sign does not fit are known (91350211M0000XUF46), so a difference is worth a second look,
    never a refusal.
    """
    signs = tidy(code)[:17]
    if len(signs) < 17 or any(sign not in ALPHABET for sign in signs):
        return None
    total = sum(weight * ALPHABET.index(sign) for weight, sign in zip(WEIGHTS, signs, strict=True))
    return ALPHABET[-total % 31]


def unit_kind(code: str) -> str | None:
    """The choice name of 单位性质 by the first two signs; ``None`` while the code is incomplete or says nothing."""
    signs = tidy(code)
    if not well_formed(signs):
        return None
    return "other" if signs[0] == "N" else KIND_BY_START.get(signs[:2])


def region(code: str) -> str | None:
    """The GB/T 2260 code of the registering authority (places 3 to 8); ``None`` while the code is incomplete."""
    signs = tidy(code)
    return signs[2:8] if well_formed(signs) else None
