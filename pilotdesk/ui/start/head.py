"""The header of the start page: the program's name, the way to the province's desk, type size, help, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, Surface, SymbolLabel, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.look.theme import Look


class StartHead(Surface):
    """Stands over the projects.

    Signals:
        desk_requested, help_requested, menu_requested: a button was chosen.
        display_requested: with the button to open the popup below.
    """

    desk_requested = Signal()
    help_requested = Signal()
    menu_requested = Signal()
    display_requested = Signal(QWidget)

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self.desk = Button(look, "省级审核台", "ghost", icon="building-bank", small=True)
        self.desk.setToolTip("省级市场监管部门收材料、审核、推荐用；填报单位用不着")
        self.desk.clicked.connect(self.desk_requested)
        self._display = Button(look, "字号和颜色", "ghost", icon="text-size", small=True)
        self._display.clicked.connect(self._on_display)
        keys = Button(look, "帮助", "ghost", icon="help", small=True)
        keys.clicked.connect(self.help_requested)
        self.menu = Button(look, "", "ghost", icon="dots", small=True, name="更多，Alt")
        self.menu.clicked.connect(self.menu_requested)
        brand, use = Label("PilotDesk", "group"), Label("国家标准化试点项目申报", "body", "text2")
        self._dropped = (use, brand)
        line = row(
            SymbolLabel(look, "pilotdesk", "primary", 24),
            brand,
            use,
            None,
            self.desk,
            self._display,
            keys,
            self.menu,
        )
        line.setContentsMargins(24, 0, 14, 0)
        line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._line = line
        self.setLayout(line)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_display(self) -> None:
        self.display_requested.emit(self._display)

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self._look.metric("header"))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Qt: it may be as narrow as it likes; what does not fit goes."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: drop what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The buttons are never cut: the name of the program makes room for them."""
        for part in self._dropped:
            part.show()
        for part in self._dropped:
            self._line.invalidate()
            if self._line.sizeHint().width() <= self.width():
                break
            part.hide()
