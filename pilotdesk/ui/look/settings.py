"""What the user chose for the window: one small typed JSON file in the data directory.

Not ``QSettings``: its INI files lose types between processes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec

from pilotdesk.paths import found, kept
from pilotdesk.record import MutableRecord
from pilotdesk.ui.look.theme import ThemeName
from pilotdesk.ui.look.tokens import TypeSize

FILE_NAME: Final = "window.json"
_PLACES: Final = ("desk_file", "desk_folder", "export_folder")
"""Choices that are paths; in the file they stand as :func:`pilotdesk.paths.kept` writes them."""


class Choices(MutableRecord):
    """The settings themselves.

    Attributes:
        theme, type_size: values of their enums.
        hints_open: whether the hint panel is docked where there is room for it.
        sidebar_open: whether the sidebar is full where there is room for it.
        export_folder: where files went last; empty before the first export.
        geometry: per set of monitors ``[x, y, width, height, maximised]`` in logical px.
        reminded_on, quiet_on: day (``2027-11-16``) on which a reminder came up last, and on which the user wanted no
            more of them.
        zoom: preview zoom in percent; 0 fits the width.
        desk_file: the province's desk that was open last; empty where there was none.
        desk_folder: where its papers went last; empty before the first one.
        desk_columns: names of the columns that its table shows; empty for the usual ones.
        updates_later: SHA-256 of the update files on sticks that the user does not want to hear of again, the latest last.
    """

    theme: str = ThemeName.SYSTEM.value
    type_size: str = TypeSize.STANDARD.value
    hints_open: bool = True
    sidebar_open: bool = True
    export_folder: str = ""
    zoom: int = 0
    reminded_on: str = ""
    quiet_on: str = ""
    desk_file: str = ""
    desk_folder: str = ""
    desk_columns: list[str] = msgspec.field(default_factory=list)
    updates_later: list[str] = msgspec.field(default_factory=list)
    geometry: dict[str, list[int]] = msgspec.field(default_factory=dict)


class Settings:
    """Reads and keeps :class:`Choices`; a file that cannot be read gives the defaults.

    Args:
        path: the JSON file; ``None`` keeps nothing (pictures, tests).
        keeps: whether the file is written as well.
    """

    def __init__(self, path: Path | None, *, keeps: bool = True) -> None:
        self._path = path if keeps else None
        self.choices: Final = _read(path)

    @property
    def theme(self) -> ThemeName:
        """The chosen theme."""
        known = {name.value: name for name in ThemeName}
        return known.get(self.choices.theme, ThemeName.SYSTEM)

    @property
    def type_size(self) -> TypeSize:
        """The chosen type size."""
        known = {size.value: size for size in TypeSize}
        return known.get(self.choices.type_size, TypeSize.STANDARD)

    def keep(self, **changed: object) -> None:
        """Change some choices and write the file when any differs.

        Raises:
            ExportError: the file cannot be written.
        """
        if all(getattr(self.choices, name) == value for name, value in changed.items()):
            return
        for name, value in changed.items():
            setattr(self.choices, name, value)
        if self._path is None:
            return
        from pilotdesk.atomic import replacing

        stored = msgspec.structs.asdict(self.choices)
        stored |= {name: kept(Path(stored[name])) for name in _PLACES if stored[name]}
        with replacing(self._path) as part:
            part.write_text(json.dumps(stored, ensure_ascii=False, indent=1), "utf-8")


def _read(path: Path | None) -> Choices:
    choices = Choices()
    if path is None:
        return choices
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return choices
    if not isinstance(stored, dict):
        return choices
    for name in choices.__struct_fields__:
        value = stored.get(name)
        if type(value) is type(getattr(choices, name)):
            setattr(choices, name, str(found(value)) if name in _PLACES and value else value)
    return choices
