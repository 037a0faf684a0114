"""From a file that was read to what the checks of the form of the material look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.carriers import WORD
from pilotdesk.documents.identity import identity_of
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.review.checking.formal_checks import Handed
from pilotdesk.review.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.carriers import Carrier
    from pilotdesk.forms.model import Form


def handed_print(carrier: Carrier, place: str, form: Form) -> Handed:
    """A Word file or PDF of ours.

    Args:
        carrier: as it was read.
        place: where it lies.
        form: that it is of; an answer that the form does not have is named by its path.
    """
    rows = _rows(carrier.answers)
    return Handed(
        place=place,
        kind=Kind.WORD if carrier.kind == WORD else Kind.PDF,
        identity=carrier.identity,
        digest=carrier.digest,
        changed=tuple(_label(form, rows, path) for path in carrier.changed),
    )


def handed_package(outlines: Iterable[Outline], place: str) -> Iterator[Handed]:
    """A package: every document as it would be printed now, none as a draft."""
    for outline in outlines:
        identity = identity_of(outline)
        yield Handed(place=place, kind=Kind.PILOT, identity=identity, digest=identity.digest)


def _rows(paths: Iterable[str]) -> dict[str, tuple[Row, ...]]:
    """The rows that paths name, table by table in their order, without cells."""
    rows: dict[str, dict[str, Row]] = {}
    for place in filter(None, map(split_cell_path, paths)):
        rows.setdefault(place[0], {})[place[1]] = Row(place[1])
    return {table: tuple(listed.values()) for table, listed in rows.items()}


def _label(form: Form, rows: dict[str, tuple[Row, ...]], path: str) -> str:
    try:
        return number_and_label(form, path, rows)
    except KeyError:
        return path
