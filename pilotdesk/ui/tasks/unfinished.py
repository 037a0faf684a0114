"""What stands in an open editor and is not in the draft yet: cells are written when they are left, but kept before that.

A field is written with every key. A cell is like one of a spreadsheet: Enter writes it, Esc drops it. Whoever writes a long
sentence into one and loses power must not lose the sentence: before anything is stored, the open cell is written too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable


class Unfinished(QObject):
    """The one open editor of a draft that writes late.

    Signals:
        typed: something was typed into it.
    """

    typed = Signal()
    _wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._write: Callable[[], object] | None = None
        self._wanted.connect(self._put)

    def begin(self, write: Callable[[], object]) -> None:
        """Something was typed; ``write`` puts it into the session, and does nothing once the editor is closed."""
        self._write = write
        self.typed.emit()

    def write(self) -> None:
        """Put what was typed into the session; the editor stays open. A bug in it goes to the crash hook and no further."""
        self._wanted.emit()

    def _put(self) -> None:
        if self._write is not None:
            self._write()
