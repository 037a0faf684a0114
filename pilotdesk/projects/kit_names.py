"""Names in a 上报材料包, by the pattern of the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.kit_pattern import filled_pattern, safe_name
from pilotdesk.forms.regions import provinces, region_name
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.session import Session


class KitNames(Record, frozen=True):
    """Fills the patterns.

    Attributes:
        folder_pattern, file_pattern: see :class:`pilotdesk.forms.round.KitRules`.
        words: what is known of the draft, by the names of the pattern's parts.
    """

    folder_pattern: str
    file_pattern: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, session: Session, today: date) -> KitNames:
        """The names of one draft's kit, made on a day."""
        head, first = session.form.head, documents_of(session.form)[0]
        words = {
            "province": _province(session),
            "field": _text(session, "pilot_field", raw=True),
            "unit": _text(session, head.unit_name),
            "project": _text(session, head.project_name),
            "form": first.file or first.short,
            "day": f"{today:%Y%m%d}",
        }
        return cls(session.round.kit.folder, session.round.kit.file, words)

    def folder(self) -> str:
        """Name of the folder."""
        return filled_pattern(self.folder_pattern, self.words)

    def file(self, number: int, material: str, *, mark: str = "") -> str:
        """Name of a file without its ending; ``mark`` (草稿, 样张) in brackets behind it."""
        words = {**self.words, "number": f"{number:02}", "material": material}
        return filled_pattern(self.file_pattern, words) + (f"（{mark}）" if mark else "")

    def original(self, code: str, file_name: str) -> str:
        """Name of an attached file, with its ending."""
        stem, point, ending = file_name.rpartition(".")
        if not point:
            return safe_name(f"{code}_{file_name}")
        return f"{safe_name(f'{code}_{stem}')}.{safe_name(ending, longest=8)}"


def _text(session: Session, name: str, *, raw: bool = False) -> str:
    field, value = session.form.fields.get(name), session.value(name)
    if field is None or value is None:
        return ""
    return str(value) if raw else codec_for(field, session.form.lists).print_text(value)


def _province(session: Session) -> str:
    """The province of the place where the pilot is carried out; empty where the form does not ask for it."""
    place = session.value("region")
    if not isinstance(place, str):
        return ""
    return next((region_name(code) or "" for code in provinces() if code[:2] == place[:2]), "")
