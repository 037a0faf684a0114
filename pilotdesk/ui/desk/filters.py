"""``FilterBar``: the search, and the chips with their counts, above the desk's table."""

from __future__ import annotations

from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pilotdesk.review.desk.filtering import Filter, filters_of
from pilotdesk.ui.components.basic import Button, Label
from pilotdesk.ui.tables.toolbar import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.desk.table import SubmissionTable
    from pilotdesk.ui.look.theme import Look

SEARCH_PX: Final = 220
LEAST_SEARCH_PX: Final = 96
GAP: Final = 6
KEYS: Final = "空格 勾选　J / K 上下"
RANK_KEYS: Final = "Alt+↑ / ↓ 调名次"


class FilterBar(QWidget):
    """Chooses which lines the table shows.

    Args:
        look: the theme in force.
        sitting: the open desk.
        table: shows them.

    Attributes:
        search: what is looked for. chips: by their filters. keys: what can be pressed.
    """

    def __init__(self, look: Look, sitting: Sitting, table: SubmissionTable) -> None:
        super().__init__()
        self._look = look
        self._sitting = sitting
        self._table = table
        self._fits: dict[str, tuple[bool, ...]] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText("找项目、单位或编号")
        self.search.setAccessibleName("找项目、单位或编号，拼音首字母也行")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(table.search)
        self.search.installEventFilter(self)
        self.chips = {one: Button(look, one.value, "filter", small=True) for one in Filter}
        for one, chip in self.chips.items():
            chip.setAutoExclusive(True)
            chip.clicked.connect(partial(self.choose, one))
        self.chips[Filter.ALL].setChecked(True)
        self.keys = Label(KEYS, "small", "text2")
        self._lay_out()
        table.all_wanted.connect(self.show_all)
        table.ranks_wanted.connect(partial(self.choose, Filter.PICKED))
        sitting.changed.connect(self._on_changed)
        sitting.row_changed.connect(self._on_row_changed)
        look.changed.connect(self._make_room)
        self._on_changed()

    def _lay_out(self) -> None:
        flowing = QWidget()
        flow = FlowLayout(flowing, GAP)
        flow.addWidget(self.search)
        for chip in self.chips.values():
            flow.addWidget(chip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(flowing, 1)
        layout.addWidget(self.keys, 0, Qt.AlignmentFlag.AlignVCenter)

    # -- choosing --------------------------------------------------------------------------------

    def choose(self, chosen: Filter, _checked: bool = True) -> None:
        """Show what a filter lets through."""
        self.chips[chosen].setChecked(True)
        self._table.show_filter(chosen)
        self.keys.setText(RANK_KEYS if chosen is Filter.PICKED else KEYS)

    def show_all(self) -> None:
        """Neither words nor a filter."""
        self.search.clear()
        self.choose(Filter.ALL)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # -- counting --------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._fits = {key: filters_of(row) for key, row in self._sitting.rows.items()}
        self._count()

    def _on_row_changed(self, key: str) -> None:
        row = self._sitting.rows.get(key)
        fits = filters_of(row) if row else None
        if fits is not None and fits != self._fits.get(key):
            self._fits[key] = fits
            self._count()

    def _count(self) -> None:
        counts = map(sum, zip(*self._fits.values(), strict=True)) if self._fits else repeat(0)
        for (one, chip), count in zip(self.chips.items(), counts, strict=False):
            words = f"{one.value} {count}"
            if chip.text() != words:
                chip.set_text(words)
        self._make_room()

    # -- Qt --------------------------------------------------------------------------------------

    def _make_room(self) -> None:
        """The search gives way so that the chips stand in its line; the keys are said where there is room beside all."""
        most, least = self._look.scaled(SEARCH_PX), self._look.scaled(LEAST_SEARCH_PX)
        chips = sum(chip.sizeHint().width() + GAP for chip in self.chips.values())
        left = self.width() - chips
        self.search.setFixedWidth(min(most, left) if left >= least else most)
        self.keys.setVisible(left >= most + GAP + self.keys.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less room."""
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: from the search, Enter and ↓ go to the lines; Esc takes the words away."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self._table.enter()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
