"""校验码: eight characters that stand for the text of every printed answer.

Word, PDF and a later read-back give the same code exactly when they hold the same answers, because it
is computed from what is printed, not from what is stored.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.blocks import PrintedAnswer

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs without 0 O 1 I, which are mistaken for each other on paper."""

_SPACE: Final = re.compile(r"\s+")


def normal_text(text: str) -> str:
    """Text as compared and digested: NFC, every run of white space taken out.

    White space goes because a carrier may break a line anywhere between two ideographs.
    """
    return _SPACE.sub("", unicodedata.normalize("NFC", text))


def check_code(answers: Iterable[PrintedAnswer]) -> str:
    """The code ``XXXX-XXXX`` (40 bits of SHA-256) of printed answers in their order of printing.

    Row ids do not count, only the order of the rows: the code of a draft is the same on every computer.
    """
    rows: dict[str, int] = {}
    digest = hashlib.sha256()
    for answer in answers:
        place = split_cell_path(answer.path)
        name = answer.path
        if place:
            name = f"{place[0]}[{rows.setdefault(place[1], len(rows))}].{place[2]}"
        digest.update(f"{name}\t{normal_text(answer.text)}\n".encode("utf-8", "surrogatepass"))
    number = int.from_bytes(digest.digest()[:5], "big")
    signs = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"
