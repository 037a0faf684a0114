"""Drawings inside drawings of an attached PDF: ten that draw the next one ten times are a billion.

PDFium unfolds all of them when a page is loaded. Looked at with qpdf, which only follows what points where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.documents.pdf.entries import entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Pdf

MAX_DRAWINGS: Final = 2_000_000
"""That one page may unfold to; the densest maps have some ten thousand."""
_DEEPEST: Final = 30
_DRAWN: Final = re.compile(rb"\bDo\b")


def unfold_too_far(document: Pdf) -> bool:
    """Whether some page draws more than can be borne. The file was judged already, its streams are of bounded size."""
    known: dict[tuple[int, int], int] = {}
    for page in document.pages:
        inside = max((_drawings(form, known, 1) for form in _forms(page.obj)), default=0)
        if inside and inside * _times(_contents(page.obj)) > MAX_DRAWINGS:
            return True
    return False


def _drawings(form: Any, known: dict[tuple[int, int], int], depth: int) -> int:  # noqa: ANN401
    """The most that a form can unfold to: each of its calls may draw the worst of those in it."""
    key = form.objgen
    if key in known:
        return known[key]
    known[key] = MAX_DRAWINGS + 1  # for one that draws itself
    inside = (
        [_drawings(one, known, depth + 1) for one in _forms(form)] if depth < _DEEPEST else [MAX_DRAWINGS]
    )
    known[key] = min(MAX_DRAWINGS + 1, 1 + (max(inside) * _times([form]) if inside else 0))
    return known[key]


def _forms(owner: Any) -> list[Any]:  # noqa: ANN401
    from pikepdf import Dictionary, Name, Stream

    resources = entry(owner, Name.Resources)
    listed = entry(resources, Name.XObject) if isinstance(resources, Dictionary) else None
    if not isinstance(listed, Dictionary):
        return []
    return [
        one for one in listed.values() if isinstance(one, Stream) and entry(one, Name.Subtype) == Name.Form
    ]


def _contents(page: Any) -> list[Any]:  # noqa: ANN401
    from pikepdf import Array, Name, Stream

    contents = entry(page, Name.Contents)
    return [
        one for one in (contents if isinstance(contents, Array) else [contents]) if isinstance(one, Stream)
    ]


def _times(streams: Iterable[Any]) -> int:
    from pikepdf import PdfError

    try:
        return sum(len(_DRAWN.findall(one.read_bytes())) for one in streams)
    except PdfError:
        return 0  # cannot be unpacked, and so draws nothing
