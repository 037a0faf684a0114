"""Writing a filled form: opened again before it takes its name, and every text looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.atomic import replacing
from pilotdesk.documents.opened import OpenedDocx, paragraph_text
from pilotdesk.errors import ExportError, PackageError

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.documents.filling.filling import Filled


def save_filled(opened: OpenedDocx, filled: Filled, target: Path) -> None:
    """Write a filled form, whole or not at all.

    Args:
        opened: the file as it was filled.
        filled: what was filled in.
        target: where it goes.

    Raises:
        ExportError: ``filled_differs`` (name) when the written file does not hold every text, or lost something else;
            ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``.
    """
    numbers = {paragraph: number for number, paragraph in enumerate(opened.paragraphs())}
    wanted = [(numbers.get(paragraph), text) for paragraph, text in filled.written.lines]
    with replacing(target) as part:
        opened.write(part)
        try:
            again = OpenedDocx.open(part)
        except PackageError as trouble:
            raise ExportError("filled_differs", name=target.name) from trouble
        found = [paragraph_text(paragraph) for paragraph in again.paragraphs()]
        there = all(
            number is not None and number < len(found) and text in found[number] for number, text in wanted
        )
        if not there or again.parts() != opened.parts():
            raise ExportError("filled_differs", name=target.name)
