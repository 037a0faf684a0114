"""Choices survive a restart with their types; a broken file is no reason not to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.look.theme import ThemeName
from pilotdesk.ui.look.tokens import TypeSize

if TYPE_CHECKING:
    from pathlib import Path


def test_choices_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    Settings(path).keep(theme="dark", type_size="extra", hints_open=False, geometry={"a": [1, 2, 3, 4, 0]})
    again = Settings(path)
    assert again.theme is ThemeName.DARK
    assert again.type_size is TypeSize.EXTRA
    assert again.choices.hints_open is False
    assert again.choices.geometry == {"a": [1, 2, 3, 4, 0]}


def test_a_broken_file_gives_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    for text in ("{", "[]", '{"theme": 3, "hints_open": "no", "surprise": 1}'):
        path.write_text(text, "utf-8")
        settings = Settings(path)
        assert settings.theme is ThemeName.SYSTEM
        assert settings.choices.hints_open is True


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    Settings(path).keep(hints_open=True)
    assert not path.exists()
