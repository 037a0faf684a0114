"""The codec of evidence references: ``E03 第5—6页；E07`` points into the 佐证材料目录 of the form.

Kept as a tuple of texts, ``E03`` for a whole piece of evidence and ``E03:5-6,9`` for pages of it. The code is the one
printed on the piece itself, as on the exhibits of a court file, so that paper and program name it alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from pilotdesk.forms.codec_base import PlainCodec, plain_text
from pilotdesk.forms.folding import clean, half_width, plain_dashes
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Unparsed
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar, Value

_BETWEEN: Final = r"[;、,\n]"
_PIECE: Final = LazyPattern(r"(?:[Ee]|佐?证)\s*0*(?P<number>[1-9]\d{0,3})(?!\d)(?P<pages>.*)", re.DOTALL)
_PAGES: Final = LazyPattern(
    r"[\s:(]*(?:第|[pP]{1,2}\.?)?\s*0*(?P<first>[1-9]\d{0,4})"
    r"(?:\s*页?\s*[-~至到]+\s*第?\s*0*(?P<last>[1-9]\d{0,4}))?\s*页?[\s)]*"
)


def evidence_code(number: int) -> str:
    """The code of the n-th piece of evidence: ``E03``."""
    return f"E{number:02d}"


def piece_code(text: str) -> str | None:
    """The code that a text names, as all are written: ``E03`` for ``e3`` or ``证3``; ``None`` when it names none."""
    found = _PIECE.fullmatch(half_width(text).strip())
    return evidence_code(int(found["number"])) if found and not found["pages"].strip() else None


class EvidenceRef(Record, frozen=True):
    """One reference. ``pages`` are (first, last) pairs, counted from 1 inside the piece; empty: the whole piece."""

    code: str
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def kept(self) -> str:
        """As it stands in the value: ``E03:5-6,9``."""
        return self.code + ":" * bool(self.pages) + ",".join(_range(pair, "-") for pair in self.pages)

    @property
    def words(self) -> str:
        """As it is shown and printed: ``E03 第5—6、9页``."""
        return self.code + (
            f" 第{'、'.join(_range(pair, '—') for pair in self.pages)}页" if self.pages else ""
        )


def evidence_refs(value: Value) -> tuple[EvidenceRef, ...]:
    """The references of a kept value in their order; none for an unanswered or unreadable one."""
    kept = [part for part in value if isinstance(part, str)] if isinstance(value, tuple) else []
    return tuple(_from_kept(part) for part in kept)


class EvidenceCodec(PlainCodec, frozen=True):
    """References to evidence, typed as ``E3 第5页；E7`` or ``证3 p5-6``."""

    expected: ClassVar[str] = "请写佐证编号和页码，如 E03 第5—6页；E07。"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; a piece without a code is another page of the one before it."""
        kept = clean(text)
        if not kept.strip():
            return None
        found: list[EvidenceRef] = []
        for piece in filter(str.strip, re.split(_BETWEEN, plain_dashes(kept))):
            read = _read_piece(piece.strip(), found[-1] if found else None)
            if read is None:
                return Unparsed(kept)
            if found and read.code == found[-1].code:
                found.pop()
            found.append(read)
        return tuple(ref.kept for ref in found) or Unparsed(kept)

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return "；".join(ref.words for ref in evidence_refs(value)) or plain_text(value)

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, list) and all(isinstance(part, str) for part in answer):
            return self.parse("；".join(answer))
        return self.parse(answer) if isinstance(answer, str) else Unparsed("")


def _read_piece(text: str, before: EvidenceRef | None) -> EvidenceRef | None:
    piece = _PIECE.fullmatch(text)
    code = evidence_code(int(piece["number"])) if piece else before.code if before else None
    pages = _read_pages(piece["pages"] if piece else text)
    if code is None or pages is None or (piece is None and not pages):
        return None
    same = before is not None and before.code == code
    return EvidenceRef(code, tuple(dict.fromkeys((*(before.pages if before and same else ()), *pages))))


def _read_pages(text: str) -> tuple[tuple[int, int], ...] | None:
    """The pages in the rest of a piece; empty for none, ``None`` when it cannot be read."""
    if not text.strip():
        return ()
    pages = []
    for part in text.split(","):
        found = _PAGES.fullmatch(part)
        if found is None:
            return None
        first = int(found["first"])
        pages.append((first, int(found["last"] or first)))
    return tuple(pages) if all(first <= last for first, last in pages) else None


def _from_kept(kept: str) -> EvidenceRef:
    code, _, pages = kept.partition(":")
    return EvidenceRef(code, _read_pages(pages) or ())


def _range(pair: tuple[int, int], dash: str) -> str:
    first, last = pair
    return f"{first}{dash}{last}" if last > first else f"{first}"
