"""The bar above the material: which document, which page, how large; and what one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker

from pilotdesk.ui.preview.bar import PreviewBar
from pilotdesk.ui.preview.page_view import FIT_WIDTH, PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import Document
    from pilotdesk.ui.look.theme import Look

ZOOM_STEPS: Final = (50, 67, 80, 100, 125, 150, 200)


class PagesBar(PreviewBar):
    """Moves and scales a view of pages; the first page is the cover where not all are numbered."""

    def __init__(self, look: Look, view: PageView) -> None:
        super().__init__(look, ())
        self._view = view
        self._remark.setText("照报来的答案排的，不能改")
        self._covered = True
        self._fitted = True
        view.page_changed.connect(self._on_page)
        self.page_wanted.connect(self._on_typed)
        self.turned.connect(self._on_turned)
        self.zoomed.connect(self._on_zoomed)

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Offer the documents of a form."""
        with QSignalBlocker(self.documents):
            self.documents.clear()
            for document in documents:
                self.documents.addItem(document.short, document.name)
            self.documents.setCurrentIndex(0)
        self.documents.setVisible(len(documents) > 1)

    def show_document(self, name: str) -> None:
        """Name the document that is shown."""
        with QSignalBlocker(self.documents):
            self.documents.setCurrentIndex(self.documents.findData(name))

    def show_pages(self, numbered: int, pages: int) -> None:
        """How many pages there are, and how many of them have a number."""
        self._covered = numbered < pages
        self.show_count(numbered)
        self._on_page(self._view.current())

    def _on_page(self, index: int) -> None:
        name = str(index) if self._covered and index else "封面" if self._covered else str(index + 1)
        self.show_page(name)
        self.show_zoom(self._view.percent(), fitted=self._fitted)

    def _on_typed(self, text: str) -> None:
        if text.isdecimal():
            self._view.show_page(min(int(text) - (not self._covered), self._view.count - 1))
        self._on_page(self._view.current())

    def _on_turned(self, step: int) -> None:
        self._view.show_page(self._view.current() + step)

    def _on_zoomed(self, step: int) -> None:
        now = self._view.percent()
        larger = [percent for percent in ZOOM_STEPS if percent > now]
        smaller = [percent for percent in ZOOM_STEPS if percent < now]
        wanted = {1: (*larger, ZOOM_STEPS[-1])[0], -1: (ZOOM_STEPS[0], *smaller)[-1], 0: FIT_WIDTH}[step]
        self._fitted = wanted == FIT_WIDTH
        self._view.set_zoom(wanted)
        self.show_zoom(self._view.percent(), fitted=self._fitted)
