"""更新: what was installed and how it goes back, whose files are believed, and the way to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk import __version__
from pilotdesk.ui.components.basic import Button, Card, Label, Surface, row
from pilotdesk.ui.components.text import ISSUE_EM, ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.updates.words import (
    INTRODUCTION,
    NOTHING_INSTALLED,
    UNTRUSTED,
    installed_words,
    origin_words,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.record import InstalledUpdate

WIDTH: Final = 720
MOST_HEIGHT: Final = 440
"""Of the lists, px at 标准; what is longer scrolls."""
NOTES_SIGNS: Final = 160
"""Of what the distributor said; all of it was to be read before it was installed."""
SHOWN: Final = 30
"""Updates that are listed; older ones are in the journal only."""


class UpdatesDialog(Dialog):
    """Two lists, the newest on top.

    Signals:
        file_wanted, key_wanted: a file to install, or the key of a distributor, is to be chosen.
        undo_wanted: with an installed update. removal_wanted: with a distributor.
    """

    file_wanted = Signal()
    key_wanted = Signal()
    undo_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, parent: QWidget, look: Look, today: date) -> None:
        super().__init__(parent, look, f"更新　PilotDesk {__version__}", INTRODUCTION, "package")
        self.setFixedWidth(min(look.scaled(WIDTH), max(560, parent.width() - 40)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self._column = QVBoxLayout()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(look.scaled(110))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName("装过的更新和登记的发放单位")
        self.body.addWidget(self._area, 1)
        self._said = ElidedLabel("", "small", "ok")
        self.install = Button(look, "从文件装…", icon="folder-open")
        self.install.clicked.connect(self.file_wanted)
        self.closing = Button(look, "看完了", "primary")
        self.closing.setDefault(True)
        self.closing.clicked.connect(self.close)
        self.body.addLayout(row(self.install, self._said, None, self.closing))

    def fill(self, installed: Sequence[InstalledUpdate], distributors: Sequence[Distributor]) -> None:
        """Show what is there by now."""
        ground = Surface("sunken")
        column = self._column = QVBoxLayout(ground)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(Label("装过的更新", "body", weight=700))
        for update in installed[:SHOWN]:
            column.addWidget(self._build_update(update))
        if not installed:
            column.addWidget(WrappedLabel(self.look, NOTHING_INSTALLED, "body", "text2"))
        column.addSpacing(6)
        column.addLayout(self._build_keys_head())
        for distributor in distributors:
            column.addWidget(self._build_key(distributor))
        if not distributors:
            column.addWidget(WrappedLabel(self.look, UNTRUSTED, "body", "text2"))
        column.addStretch(1)
        place = self._area.verticalScrollBar().value()
        self._area.setWidget(ground)
        self._area.verticalScrollBar().setValue(place)

    def grow(self, window: QWidget) -> None:
        """Be as high as what is listed wants it, within the window."""
        wanted = self._column.totalHeightForWidth(self.width() - 2 * self.look.scaled(30))
        most = self.look.scaled(MOST_HEIGHT)
        self.grow_within(window, max(0, min(wanted, most) - self._area.minimumHeight()))

    def say(self, said: str) -> None:
        """Say what was done."""
        self._said.set_text(said)

    def _build_update(self, update: InstalledUpdate) -> Card:
        undo = "撤销…" if update.undoable else ""
        return self._entry(
            update.title, undo, partial(self.undo_wanted.emit, update),
            (installed_words(update, self._today), short(update.notes, NOTES_SIGNS)),
        )  # fmt: skip

    def _build_keys_head(self) -> QVBoxLayout:
        register = Button(self.look, "登记…", icon="plus", small=True)
        register.setAccessibleName("登记发放单位")
        register.clicked.connect(self.key_wanted)
        head = QVBoxLayout()
        head.addLayout(row(Label("登记的发放单位", "body", weight=700), None, register))
        return head

    def _build_key(self, distributor: Distributor) -> Card:
        removal = "去掉…" if distributor.origin == "added" else ""
        return self._entry(
            distributor.name, removal, partial(self.removal_wanted.emit, distributor),
            (f"指纹 {distributor.fingerprint}", origin_words(distributor, self._today)),
        )  # fmt: skip

    def _entry(self, title: str, words: str, action: Callable[[], object], lines: Sequence[str]) -> Card:
        """A card with a title, a button at its right (no words: none) and lines below."""
        card = Card(margins=(14, 7, 10, 8))
        card.body.setSpacing(2)
        head = row(ElidedLabel(title, "body", weight=700), None)
        if words:
            button = Button(self.look, words, small=True)
            button.setAccessibleName(f"{words.rstrip('…')}：{title}")
            button.clicked.connect(lambda: action())
            head.addWidget(button)
        card.body.addLayout(head)
        for line in filter(None, lines):
            card.body.addWidget(
                WrappedLabel(self.look, line, "small", "text2", line_em=ISSUE_EM, selectable=True)
            )
        card.setAccessibleName("，".join((title, *filter(None, lines))))
        return card
