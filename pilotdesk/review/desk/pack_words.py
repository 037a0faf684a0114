"""What the desk needs of packs: the form of a submission for labels, and the names of its review points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.errors import PackError
from pilotdesk.forms.installed import current_folder, current_pack
from pilotdesk.forms.review_sheet import read_review, sheet_of
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form, FormPack


class FormWords(Record, frozen=True):
    """Of the newest pack of a round, by which submissions are judged.

    ``pack`` and ``form`` are ``None`` where there is none on this computer; ``points``: labels, by number from 1.
    """

    pack: FormPack | None
    form: Form | None
    points: tuple[str, ...]


class PackWords:
    """Remembers what it has read."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], FormWords] = {}

    def of(self, round_name: str, form_name: str) -> FormWords:
        """The words for a form of a round."""
        if (round_name, form_name) not in self._known:
            self._known[round_name, form_name] = _read(round_name, form_name)
        return self._known[round_name, form_name]


def _read(round_name: str, form_name: str) -> FormWords:
    try:
        pack = current_pack(round_name)
    except PackError:
        return FormWords(None, None, ())
    form = pack.forms.get(form_name)
    labels = {point.name: point.label for point in pack.round.review_point}
    try:
        sheet = sheet_of(read_review(current_folder(round_name)), form_name)
    except PackError:
        return FormWords(pack, form, ())
    return FormWords(
        pack, form, tuple(point.label or labels.get(point.name, point.name) for point in sheet.point)
    )
