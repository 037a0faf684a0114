"""The popup 字号和颜色: type size and theme, with a sentence to try them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.overlay import Popup
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.look.theme import ThemeName
from pilotdesk.ui.look.tokens import TypeSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from pilotdesk.ui.look.theme import Look


class DisplayMenu(Popup):
    """Both choices work at once and are kept.

    Signals:
        size_chosen: a :class:`TypeSize`.
        theme_chosen: a :class:`ThemeName`.
    """

    size_chosen = Signal(object)
    theme_chosen = Signal(object)

    def __init__(self, look: Look, size: TypeSize, theme: ThemeName, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._sizes = QButtonGroup(self)
        self._themes = QButtonGroup(self)
        self.body.addWidget(Label("字号", "small", "text2"))
        sizes = [(each.label, each is size) for each in TypeSize]
        self.body.addLayout(self._buttons(self._sizes, sizes))
        self.body.addSpacing(6)
        self.body.addWidget(Label("颜色", "small", "text2"))
        themes = [(each.label, each is theme) for each in ThemeName]
        self.body.addLayout(self._buttons(self._themes, themes))
        self.body.addSpacing(6)
        sample = WrappedLabel(look, "试读：承担单位应具备独立法人资格。2.2", "body", "text")
        sample.setMinimumWidth(look.scaled(300))
        self.body.addWidget(sample)
        self.body.addWidget(Label("Ctrl+Alt+= 放大，Ctrl+Alt+- 缩小", "tiny", "text3"))
        self._sizes.idClicked.connect(self._on_size)
        self._themes.idClicked.connect(self._on_theme)
        look.changed.connect(self.adjustSize)

    def _buttons(self, group: QButtonGroup, choices: list[tuple[str, bool]]) -> QHBoxLayout:
        buttons = []
        for at, (label, chosen) in enumerate(choices):
            button = Button(self._look, label, "filter")
            button.setChecked(chosen)
            group.addButton(button, at)
            buttons.append(button)
        return row(*buttons, None)

    def _on_size(self, at: int) -> None:
        self.size_chosen.emit(list(TypeSize)[at])

    def _on_theme(self, at: int) -> None:
        self.theme_chosen.emit(list(ThemeName)[at])
