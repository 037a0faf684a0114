"""Packs that tests write to disk, change in one place, and read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class MiniPack:
    """A pack on disk; ``change`` replaces one text, which must be there exactly once."""

    folder: Path

    def write(self, file: str, text: str) -> MiniPack:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return self

    def change(self, file: str, old: str, new: str) -> MiniPack:
        text = (self.folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        return self.write(file, text.replace(old, new))

    def line(self, file: str, text: str) -> int:
        """The line where a text stands first."""
        content = (self.folder / file).read_text("utf-8")
        return content.count("\n", 0, content.index(text)) + 1
