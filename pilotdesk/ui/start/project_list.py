"""The projects of the start page: some of them at a time, in an order, and only those that have some words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pilotdesk.projects.overview import Order
from pilotdesk.record import MutableRecord
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.start.project_card import ProjectCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pilotdesk.projects.overview import Overview, Overviews
    from pilotdesk.projects.search_words import FoundIn
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.start.project_card import ProjectTile

PAGE: Final = 12
"""Projects shown at a time: more than most offices have, and few enough to stand at once."""

ROOMY: Final = 3
"""Cards that stand with all they can tell; of more there would be hardly two on the screen."""

BAR_FROM: Final = 6
"""Projects from which on there is something to look for."""

PAUSE_MS: Final = 150
"""After the last key of a search."""

ORDERS: Final = {Order.CHANGED: "最近改动", Order.NAME: "按名称", Order.DUE: "按到期"}


class Shown(MutableRecord):
    """What of the list is shown; outlives the widgets.

    Attributes:
        order: see :class:`Order`. first: place of the first project shown.
        words: what is searched for. found: ids of the drafts that have it; ``None`` for all. remark: on the search.
        places: gives for each of some projects where in it the words are, so many places of each.
    """

    order: Order = Order.CHANGED
    first: int = 0
    words: str = ""
    found: frozenset[str] | None = None
    remark: str = ""
    places: Callable[[Sequence[Overview], int], Sequence[FoundIn]] | None = None


class ProjectList(QWidget):
    """Search box and order, cards, and the way to the others.

    Args:
        look: colours and sizes.
        projects: all of them, the one changed last first.
        shown: what to begin with; changed as the user chooses.
        wired: what is to be done with each card that is made; returns it.

    Signals:
        searched: with the words; empty for all projects.
        place_chosen: with a draft's id and the path of a field or a cell that has the words.
    """

    searched = Signal(str)
    place_chosen = Signal(str, str)

    def __init__(
        self, look: Look, projects: Overviews, shown: Shown, wired: Callable[[ProjectTile], QWidget]
    ) -> None:
        super().__init__()
        self._look = look
        self._projects = projects
        self._shown = shown
        self._wired = wired
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field = QLineEdit(shown.words)
        self.order = ChoiceBox(look)
        self.remark = Label("", "small", "text2")
        self.place = Label("", "small", "text2")
        self.back = Button(look, "前一页", icon="chevron-left", small=True)
        self.on = Button(look, "后一页", icon="chevron-right", small=True)
        self._cards: QWidget | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(10)
        self._body.addWidget(self._build_bar())
        self._foot = QWidget()
        foot = row(self.place, None, self.back, self.on)
        foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setLayout(foot)
        self._body.addWidget(self._foot)
        self.back.clicked.connect(lambda: self._turn(-PAGE))
        self.on.clicked.connect(lambda: self._turn(PAGE))
        self._fill()

    def _build_bar(self) -> QWidget:
        bar = QWidget()
        self.field.setPlaceholderText("找项目：名称、单位或里面写的词")
        self.field.setAccessibleName("找项目")
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(lambda: self._pause.start())
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._search)
        self.order.setAccessibleName("项目的排列顺序")
        for order, words in ORDERS.items():
            self.order.addItem(words, order.value)
        self.order.setCurrentIndex(list(ORDERS).index(self._shown.order))
        self.order.activated.connect(self._on_order)
        line = row(self.field, self.order, self.remark, spacing=10)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        bar.setLayout(line)
        bar.setVisible(len(self._projects) >= BAR_FROM)
        return bar

    def show_found(self) -> None:
        """Show what a search found, from the first on unless it is the same search."""
        self._fill()

    def _on_text(self, text: str) -> None:
        """An emptied box shows all projects at once."""
        if not text:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        if self.field.text().strip() != self._shown.words:
            self._shown.words = self.field.text().strip()
            self._shown.first = 0
            self.searched.emit(self._shown.words)

    def _on_order(self) -> None:
        self._shown.order = Order(self.order.currentData())
        self._shown.first = 0
        self._fill()

    def _turn(self, by: int) -> None:
        self._shown.first += by
        self._fill()

    def _fill(self) -> None:
        """Make the cards of what is to be shown in place of those that are there."""
        shown = self._shown
        wanted = self._projects if shown.found is None else self._projects.having(shown.found)
        wanted = wanted.in_order(shown.order)
        shown.first = max(0, min(shown.first, (len(wanted) - 1) // PAGE * PAGE))
        part = wanted.part(shown.first, PAGE)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for tile in self._tiles(part):
            column.addWidget(self._wired(tile))
        if self._cards is not None:
            self._body.removeWidget(self._cards)
            self._cards.hide()
            self._cards.deleteLater()
        self._cards = cards
        self._body.insertWidget(1, cards)
        cards.show()
        self._tell(len(wanted), len(part))

    def _tiles(self, part: Sequence[Overview]) -> Iterator[ProjectTile]:
        """A card for each project; one with the places found while something is searched for."""
        if self._shown.found is None or self._shown.places is None:
            for at, project in enumerate(part):
                yield ProjectCard(self._look, project, primary=at == 0, compact=len(part) > ROOMY)
            return
        from pilotdesk.projects.search_words import SHOWN
        from pilotdesk.ui.start.search_hits import FoundCard

        places = self._shown.places
        for at, (project, found) in enumerate(zip(part, places(part, SHOWN), strict=True)):
            card = FoundCard(self._look, project, found, primary=at == 0)
            card.all_places = places
            card.place_chosen.connect(self.place_chosen)
            yield card

    def _tell(self, count: int, here: int) -> None:
        shown = self._shown
        self.remark.setText(shown.remark)
        self.remark.setVisible(bool(shown.remark))
        self.place.setText(f"第 {shown.first + 1}—{shown.first + here} 个，共 {count} 个")
        self.back.setEnabled(shown.first > 0)
        self.on.setEnabled(shown.first + PAGE < count)
        self._foot.setVisible(count > PAGE)
