"""Where a 统一社会信用代码 may be broken in a narrow cell: at 8 + 10, the unit's number behind kind and region.

The PDF breaks it so by itself. Word and LibreOffice would end the line wherever it is full, so a sign without width
stands there that offers a better place; readers take it away again. No stored answer holds such a sign, see
:func:`pilotdesk.forms.folding.clean`.

Source: GB 32100-2015 §5 (1 + 1 + 6 signs for who registered the unit, what it is and where; 9 + 1 for which it is).
"""

from __future__ import annotations

import re
from typing import Final

JOINT: Final = "\u200b"
BEFORE_JOINT: Final = 8
_LENGTH: Final = 18
_SIGN = "[0-9A-HJ-NP-RTUWXY]"
CREDIT_CODE: Final = re.compile(rf"(?<![0-9A-Z]){_SIGN}{{{_LENGTH}}}(?![0-9A-Z])")
_JOINED: Final = re.compile(rf"(?<![0-9A-Z])({_SIGN}{{8}}){JOINT}({_SIGN}{{10}})(?![0-9A-Z])")


def with_joints(text: str) -> str:
    """A text whose credit codes may be broken."""
    if len(text) < _LENGTH:
        return text
    return CREDIT_CODE.sub(lambda found: f"{found[0][:BEFORE_JOINT]}{JOINT}{found[0][BEFORE_JOINT:]}", text)


def without_joints(text: str) -> str:
    """The text as it was."""
    return _JOINED.sub(r"\1\2", text) if JOINT in text else text
