"""Preview and export: the pages of the real PDF, and beside them what to make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pilotdesk.forms.form_documents import documents_of
from pilotdesk.ui.components.basic import Rule, Surface
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.navigation.page import Page
from pilotdesk.ui.preview.bar import PreviewBar
from pilotdesk.ui.preview.drawing import PreviewDrawing
from pilotdesk.ui.preview.export_panel import WIDTH, ExportPanel
from pilotdesk.ui.preview.page_view import FIT_WIDTH, PageView, Thumbnails, picture_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.autosave import Autosave

WITH_THUMBS: Final = 900
"""Effective width from which thumbnails and remarks have room."""
ZOOM_STEPS: Final = (50, 67, 80, 100, 125, 150, 200)


class PreviewPage(Page):
    """Draws the PDF in the background whenever the draft has changed since."""

    wide = True
    headed = False

    def __init__(self, session: Session, services: Services, autosave: Autosave | None) -> None:
        super().__init__("surface")
        self._look = services.look
        self._fitted = True
        self.drawing = PreviewDrawing(session, services.runner, services.attachments.reader())
        self.view = PageView(self._look)
        self.thumbs = Thumbnails(self._look, self._page_name)
        self.export_panel = ExportPanel(session, services, autosave)
        self.bar = PreviewBar(self._look, documents_of(session.form))
        self._covered = True
        self._stack = QStackedWidget()
        self._message = WrappedLabel(self._look, "正在排版……", "body", "text2")
        self._build()
        self._connect()
        self._end = session.subscribe(self._on_change)

    def _build(self) -> None:
        pages = QWidget()
        both = QHBoxLayout(pages)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.thumbs)
        both.addWidget(self.view, 1)
        waiting = Surface("sunken")
        middle = QVBoxLayout(waiting)
        middle.setContentsMargins(48, 48, 48, 48)
        middle.addWidget(self._message)
        middle.addStretch(1)
        self._stack.addWidget(waiting)
        self._stack.addWidget(pages)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bar)
        left.addWidget(Rule())
        left.addWidget(self._stack, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left, 1)
        outer.addWidget(Rule(vertical=True))
        outer.addWidget(self.export_panel)

    def _connect(self) -> None:
        self.view.page_changed.connect(self._on_page)
        self.view.clicked.connect(self._on_clicked)
        self.view.wanted.connect(self._on_wanted)
        self.thumbs.wanted.connect(self._on_thumb_wanted)
        self.thumbs.chosen.connect(self.view.show_page)
        self.bar.page_wanted.connect(self._on_number)
        self.bar.turned.connect(self._on_turned)
        self.bar.zoomed.connect(self._on_zoomed)
        self.bar.document_chosen.connect(self._on_kind)
        self.drawing.drawn.connect(self._on_drawn)
        self.drawing.failed.connect(self._on_failed)
        self.drawing.progressed.connect(self._on_progress)
        self.export_panel.page_requested.connect(self.request_page)
        self.export_panel.place_requested.connect(self.request_go_to)
        self.export_panel.draft.toggled.connect(self._on_kind)
        self._look.changed.connect(self._fit)

    # -- page ------------------------------------------------------------------------------------

    def page_shown(self) -> None:
        """Draw anew if the draft has changed."""
        self.export_panel.refresh()
        self._redraw()

    def focus_first(self) -> None:
        """The pages take the keys: arrows, PgUp and PgDn scroll."""
        self.view.setFocus()

    def go_to(self, path: str) -> None:
        """``export`` focuses the export button."""
        self.export_panel.start.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_page(self) -> None:
        """Stop drawing and drop the file."""
        self._end()
        self.drawing.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the thumbnails go first where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() / self._look.theme.factor >= WITH_THUMBS
        self.thumbs.setVisible(roomy)
        self.bar.set_roomy(roomy)
        self.export_panel.setFixedWidth(min(self._look.scaled(WIDTH), max(1, self.width() // 2)))

    # -- drawing ---------------------------------------------------------------------------------

    def _redraw(self) -> None:
        self.drawing.redraw(draft=self.export_panel.draft.isChecked(), document=self.bar.document)

    def _on_change(self, change: Change) -> None:
        if change.paths or change.tables or change.relevance:
            self.drawing.spoil()
        if self.isVisible():
            self.export_panel.refresh()
            self._redraw()

    def _on_kind(self) -> None:
        """A draft is printed with a watermark, a final version without; another document begins at its first page."""
        if self.sender() is self.bar:
            self.view.show_page(0)
        self.drawing.spoil()
        if self.isVisible():
            self._redraw()

    def _on_progress(self, done: int, total: int) -> None:
        self._message.set_text(f"正在排版，第 {done} 页，共 {total} 页")

    def _on_failed(self, sentence: str) -> None:
        self._message.set_text(sentence)
        self._stack.setCurrentIndex(0)

    def _on_drawn(self, count: int, numbered: int) -> None:
        page = self.view.current()
        self._covered = numbered < count
        self.view.set_pages(count)
        self.thumbs.set_pages(count)
        self.bar.show_count(numbered)
        self._stack.setCurrentIndex(1)
        self.view.show_page(page)
        self._on_page(self.view.current())

    def _on_wanted(self, index: int, scale: float) -> None:
        def show(image: PageImage) -> None:
            self._show_picture(self.view, index, image)

        self.drawing.picture(index, scale, show)

    def _on_thumb_wanted(self, index: int, scale: float) -> None:
        def show(image: PageImage) -> None:
            self._show_picture(self.thumbs, index, image)

        # Drawn larger and shrunk: thin lines stay thin.
        self.drawing.picture(index, scale * 2, show)

    def _on_clicked(self, index: int, x: float, y: float) -> None:
        self.drawing.answer_at(index, (x, y), self._go_to_answer)

    def _go_to_answer(self, path: str) -> None:
        if path and self.isVisible():
            self.request_go_to.emit(path)

    def _show_picture(self, stack: PageView | Thumbnails, index: int, image: PageImage) -> None:
        for each in (self.view, self.thumbs):
            each.set_shape(index, image.width > image.height)
        stack.show_picture(index, picture_of(image, self.devicePixelRatioF()))

    # -- bar -------------------------------------------------------------------------------------

    def _page_name(self, index: int) -> str:
        if not self._covered:
            return str(index + 1)
        return str(index) if index else "封面"

    def _on_page(self, index: int) -> None:
        self.bar.show_page(self._page_name(index))
        self.thumbs.show_current(index)
        self.bar.show_zoom(self.view.percent(), fitted=self._fitted)

    def _on_number(self, text: str) -> None:
        if text.isdecimal():
            self.view.show_page(min(int(text) - (not self._covered), self.view.count - 1))
        self.bar.number.setText(self._page_name(self.view.current()))

    def _on_turned(self, step: int) -> None:
        self.view.show_page(self.view.current() + step)

    def _on_zoomed(self, step: int) -> None:
        now = self.view.percent()
        larger = [percent for percent in ZOOM_STEPS if percent > now]
        smaller = [percent for percent in ZOOM_STEPS if percent < now]
        wanted = {1: (*larger, ZOOM_STEPS[-1])[0], -1: (ZOOM_STEPS[0], *smaller)[-1], 0: FIT_WIDTH}[step]
        self._fitted = wanted == FIT_WIDTH
        self.view.set_zoom(wanted)
        self.bar.show_zoom(self.view.percent(), fitted=self._fitted)
