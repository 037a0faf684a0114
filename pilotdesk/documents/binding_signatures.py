"""Electronic signatures of pieces that are bound: the seal stays to be seen, what it proved does not come along.

A signature covers the bytes of its own file. In a file of many it covers nothing, and viewers would call it broken, as
if somebody had tampered with the piece. So each becomes a plain stamp that looks the same, and the user is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pdf.entries import entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Array, Dictionary, Object, Pdf

DEEPEST: Final = 16
"""Fields above and below a field that are looked at: in a broken file they go round."""


def signatures_to_stamps(document: Pdf) -> frozenset[int]:
    """Make every given signature a stamp; returns the pages that had one, counted from 0."""
    from pikepdf import Name

    signed = set()
    for at, page in enumerate(document.pages):
        for mark in _dictionaries(entry(page.obj, "/Annots")):
            if _inherited(mark, "/FT") == Name.Sig and _inherited(mark, "/V") is not None:
                signed.add(at)
                _make_stamp(mark)
    form = entry(document.Root, "/AcroForm")
    if signed and form is not None:
        form.Fields = _without_signatures(entry(form, "/Fields"))
        if "/SigFlags" in form:
            del form["/SigFlags"]
    return frozenset(signed)


def _dictionaries(listed: object) -> list[Dictionary]:
    """What stands in a list, as far as it is one: broken files have anything there."""
    from pikepdf import Array, Dictionary

    return [one for one in listed if isinstance(one, Dictionary)] if isinstance(listed, Array) else []


def _inherited(mark: Object, key: str) -> Object | None:
    """An entry of a form field, from the fields above it where it has none; ``None`` when there is none."""
    for field in _upwards(mark):
        if key in field:
            return field[key]
    return None


def _upwards(mark: Object) -> Iterator[Object]:
    from pikepdf import Dictionary

    field: object = mark
    for _ in range(DEEPEST):
        if not isinstance(field, Dictionary):
            return
        yield field
        field = entry(field, "/Parent")


def _make_stamp(mark: Object) -> None:
    from pikepdf import Name

    mark.Subtype = Name.Stamp
    for key in ("/FT", "/V", "/T", "/TU", "/Ff", "/Parent", "/Lock", "/SV", "/MK", "/A", "/AA"):
        if key in mark:
            del mark[key]


def _without_signatures(fields: object, depth: int = 0) -> Array:
    """Fields without those that were signatures: they are no fields any more."""
    from pikepdf import Array, Name

    kept = []
    for field in _dictionaries(fields) if depth < DEEPEST else ():
        if entry(field, "/FT") == Name.Sig or entry(field, "/Subtype") == Name.Stamp:
            continue
        if "/Kids" in field:
            field.Kids = _without_signatures(field.Kids, depth + 1)
        kept.append(field)
    return Array(kept)
