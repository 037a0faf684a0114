"""Searching the projects of the start page: what is known is shown at once, what is not read yet follows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.folding import half_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.drafts.search_index import SearchIndex
    from pilotdesk.projects.overview import Overview, Overviews
    from pilotdesk.projects.search_words import FoundIn
    from pilotdesk.projects.shelf import Shelf
    from pilotdesk.ui.start.page import StartPage
    from pilotdesk.ui.tasks.worker import Runner


class ProjectSearch(QObject):
    """Answers the searches of a start page.

    Args:
        page: the page; owns this.
        shelf: the drafts.
        runner: reads the drafts that changed, off the window's thread.
    """

    def __init__(self, page: StartPage, shelf: Shelf, runner: Runner) -> None:
        super().__init__(page)
        self._page = page
        self._shelf = shelf
        self._runner = runner
        self._reads = False
        self._projects: Overviews | None = None
        self._names: dict[str, str] = {}
        self._shown: tuple[str, frozenset[str], str] = ("", frozenset(), "")
        page.searched.connect(self._on_searched)

    @cached_property
    def _index(self) -> SearchIndex:
        from pilotdesk.drafts.search_index import SearchIndex

        return SearchIndex(self._shelf.store.path.parent)

    def _on_searched(self, words: str) -> None:
        self._show("")
        if words and not self._reads and self._shelf.store.access.refusal is None:
            self._read()

    def refresh(self, projects: Overviews) -> None:
        """The projects are shown anew: what was searched for may be in others now."""
        self._projects, self._names = projects, {}
        if self._page.words:
            self._on_searched(self._page.words)

    def _read(self) -> None:
        self._reads = True
        self._runner.run(self._index.catch_up, self._on_read, failed=self._on_failed)

    def _on_read(self, left: int) -> None:
        self._reads = False
        if not self._page.words:
            return
        self._show(f"还有 {left} 份草稿正在读" if left else "", again=not left)
        if left:
            self._read()

    def _on_failed(self, _trouble: PilotDeskError) -> None:
        """Titles and units are found all the same."""
        self._reads = False
        self._show("只找了名称和单位")

    def _show(self, remark: str, *, again: bool = False) -> None:
        words = self._page.words
        if not words:
            self._page.show_found(None, "", None)
            return
        found = self._index.find(words) | self._named(words)
        remark = remark or ("" if found else "没有找到，换一个词试试")
        shown = (words, found, remark)
        if again and shown == self._shown:  # what was read since has not changed anything
            return
        self._shown = shown
        self._page.show_found(found, remark, self._places)

    def _places(self, projects: Sequence[Overview], most: int) -> Sequence[FoundIn]:
        """Where the words are in some projects; nowhere where that cannot be read, as the names are there all the same."""
        from pilotdesk.projects.search_words import FoundIn, found_in

        try:
            cards = [project.cards for project in projects]
            return found_in(self._shelf.store.path.parent, cards, self._page.words, most)
        except PilotDeskError:
            return [FoundIn()] * len(projects)

    def _named(self, words: str) -> frozenset[str]:
        """Drafts with every word in title or unit: those need no index."""
        wanted = half_width(words).lower().split()
        if not self._names and self._projects is not None:
            self._names = {draft_id: half_width(name).lower() for draft_id, name in self._projects.names()}
        left = [*self._names.items()]
        for word in wanted:
            left = [(draft_id, name) for draft_id, name in left if word in name]
        return frozenset(draft_id for draft_id, _ in left)
