"""Functions over the 佐证材料目录 (a table with ``code``, ``issued``, ``file``) and references into it.

References come as lists of kept texts, ``E03`` or ``E03:5-6``: the value of one ``evidence`` field, or a whole column
of them. Codes are compared as they are meant: ``E3``, ``e03`` and ``证3`` name the same piece.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.evidence_codecs import evidence_refs, piece_code
from pilotdesk.forms.values import Attachment, Row, is_blank
from pilotdesk.rules.registry import function

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pilotdesk.forms.evidence_codecs import EvidenceRef

LEDGER: Final = "ledger of the form: every piece of evidence has a code"
FRESH_DAYS: Final = 30
"""Age of a credit query at upload, in days, from which it is worth making a new one; no rule sets a figure."""


@function("text", returns="text", source=LEDGER)
def evidence_code(code: str) -> str | None:
    """The code as all are written: ``E03`` for ``e3``; unknown for what is no code."""
    return piece_code(code)


@function("list", returns="list", source=LEDGER)
def repeated_evidence(codes: tuple[object, ...]) -> tuple[str, ...]:
    """Codes that more than one piece has.

    ``evidence_code(value) not in repeated_evidence(evidence.code)`` holds for a code of its own.
    """
    return tuple(code for code, count in Counter(_codes(codes)).items() if count > 1)


@function("list", "list", returns="list", source=LEDGER)
def unknown_evidence(refs: tuple[object, ...], codes: tuple[object, ...]) -> tuple[str, ...]:
    """Codes that are referred to and that no piece has: ``unknown_evidence(value, evidence.code)``."""
    known = set(_codes(codes))
    return tuple(dict.fromkeys(ref.code for ref in _refs(refs) if ref.code not in known))


@function("list", "rows", returns="list", source=LEDGER)
def pages_beyond(refs: tuple[object, ...], ledger: tuple[object, ...]) -> tuple[str, ...]:
    """References to pages that the file does not have: ``E03 第9页（共 5 页）``.

    Only pieces with one counted file are looked at; paper has no pages that could be counted.

    Args:
        refs: the references.
        ledger: the rows of the ledger, ``pages_beyond(value, evidence)``.
    """
    pages = {code: count for code, row in _pieces(ledger) if (count := _page_count(row))}
    return tuple(
        dict.fromkeys(
            f"{ref.words}（共 {pages[ref.code]} 页）"
            for ref in _refs(refs)
            if ref.code in pages and any(last > pages[ref.code] for _, last in ref.pages)
        )
    )


@function("list", "list*", returns="list", source=LEDGER)
def unused_evidence(codes: tuple[object, ...], *refs: tuple[object, ...]) -> tuple[str, ...]:
    """Pieces that nothing refers to: ``unused_evidence(evidence.code, figures.proof, tasks_done.proof)``."""
    used = {ref.code for column in refs for ref in _refs(column)}
    return tuple(code for code in dict.fromkeys(_codes(codes)) if code not in used)


@function("rows", "column_name", returns="list", source=LEDGER)
def evidence_without_file(ledger: tuple[object, ...], paper_only: str) -> tuple[str, ...]:
    """Codes of pieces with no file, those whose ``paper_only`` column is answered left out."""
    return tuple(
        code for code, row in _pieces(ledger) if is_blank(row.cell("file")) and is_blank(row.cell(paper_only))
    )


@function(
    "date", "date", returns="flag", source="no rule gives a figure; provinces look at the day of the query"
)
def stale_credit(issued: date, upload: date) -> bool:
    """Whether a credit query is older than 30 days on the day of the upload: ``stale_credit(issued, filing_date)``."""
    return (upload - issued).days > FRESH_DAYS


def _refs(kept: tuple[object, ...]) -> tuple[EvidenceRef, ...]:
    return evidence_refs(tuple(part for part in kept if isinstance(part, str)))


def _codes(column: Iterable[object]) -> list[str]:
    return [code for cell in column if isinstance(cell, str) and (code := piece_code(cell))]


def _pieces(ledger: Iterable[object]) -> list[tuple[str, Row]]:
    """Code and row of every piece that has a code."""
    rows = [row for row in ledger if isinstance(row, Row)]
    return [(code, row) for row in rows for code in _codes((row.cell("code"),))]


def _page_count(row: Row) -> int:
    """Pages of the piece's file; 0 while there is none, or when it was not counted."""
    files = row.cell("file")
    return (
        sum(file.pages for file in files if isinstance(file, Attachment)) if isinstance(files, tuple) else 0
    )
