"""校验码: eight signs that stand for the text of every printed answer.

Word, PDF and a later read-back give the same code exactly when they hold the same answers of the same form, because
it is computed from what is printed, not from what is stored. Layout does not count: fonts, lines, pages and how much
white stands between two words. Wording does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.documents.blocks import Outline

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs without 0 O 1 I, which are mistaken for each other on paper."""

_SIGNS: Final = 7
_FIELD: Final = 0b100101
"""x⁵ + x² + 1: signs are numbers of GF(32), whose powers of 2 are all different."""

_BLANKS: Final = re.compile(r"[^\S\n]+")
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e01ef]"
)

# Nearly every answer: signs that are composed and seen, single blanks and line feeds between them.
_SEEN: Final = "[!-~\u00b7\u2010-\u2027\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]"
_CANONICAL: Final = re.compile(f"{_SEEN}++(?:[ \n]{_SEEN}++)*+")


def normal_text(text: str) -> str:
    """Text as compared where lines may be broken anywhere: NFC, every run of white space taken out."""
    return "".join(unicodedata.normalize("NFC", text).split())


def canonical(text: str) -> str:
    r"""Text as it is digested: NFC, paragraphs separated by ``\\n``, one blank for a run of blanks.

    Blanks at the ends of a paragraph, blank paragraphs and signs that cannot be seen do not count.
    """
    if _CANONICAL.fullmatch(text):
        return text
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in seen.split("\n"))
    return "\n".join(line for line in lines if line)


def digest_of(outline: Outline) -> str:
    """The code of what an outline prints, also of a draft, which does not print it."""
    origin = outline.origin
    answers = {answer.path: answer.text for answer in outline.printed}
    return check_code(answers, pack=origin.pack, attachments=attachments_digest(origin.attachments))


def attachments_digest(attachments: Iterable[str]) -> str:
    """16 hex digits for the SHA-256 of attached files in their order; empty for none."""
    listed = "\n".join(attachments)
    return hashlib.sha256(listed.encode()).hexdigest()[:16] if listed else ""


def check_code(answers: Mapping[str, str], *, pack: str, attachments: str) -> str:
    """The code ``XXXX-XXXX`` of printed answers: 35 bits of SHA-256, and a sign that finds a slip of the pen.

    Row ids do not count, only the order of the rows: the code of a draft is the same on every computer.

    Args:
        answers: path to text. Rows are numbered table by table in the order in which they first come.
        pack: round, form, version and document, joined by ``/``.
        attachments: see :func:`attachments_digest`.
    """
    digest = hashlib.sha256(f"{pack}\n{attachments}\n".encode())
    for name, text in sorted(_numbered(answers)):
        digest.update(f"[{quoted(name)}, {quoted(text)}]\n".encode())
    number = int.from_bytes(digest.digest()[:5], "big") >> 5
    values = [number >> shift & 31 for shift in range(5 * (_SIGNS - 1), -1, -5)]
    signs = "".join(ALPHABET[value] for value in (*values, _check_value(values)))
    return f"{signs[:4]}-{signs[4:]}"


def is_code(text: str) -> bool:
    """Whether a code read or typed by a person can be one: finds a wrong sign, and two that changed places."""
    signs = text.strip().upper().replace("-", "").replace("—", "")
    if len(signs) != _SIGNS + 1 or any(sign not in ALPHABET for sign in signs):
        return False
    values = [ALPHABET.index(sign) for sign in signs]
    return _check_value(values[:-1]) == values[-1]


def fingerprint(text: str) -> bytes:
    """Three bytes that stand for one answer: a changed text has others in all but one of 16 million cases."""
    return hashlib.blake2s(canonical(text).encode("utf-8", "surrogatepass"), digest_size=3).digest()


def _check_value(values: Iterable[int]) -> int:
    """Sum of the values, each times a power of 2 of its own in GF(32)."""
    total = 0
    for value in values:
        total ^= value
        total <<= 1
        if total > 31:
            total ^= _FIELD
    return total


def _numbered(answers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Names that hold on every computer, with canonical texts; an answer that prints nothing is none."""
    rows: dict[str, dict[str, int]] = {}
    for path, text in answers.items():
        seen = canonical(text)
        if not seen:
            continue
        name, place = path, split_cell_path(path)
        if place:
            listed = rows.setdefault(place[0], {})
            name = f"{place[0]}[{listed.setdefault(place[1], len(listed))}].{place[2]}"
        yield name, seen
