"""Preview and export: the pages of the real PDF, and beside them what to make of them."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pilotdesk.ui.components import Button, Label, Rule, Surface, row
from pilotdesk.ui.components_text import WrappedLabel
from pilotdesk.ui.export_panel import WIDTH, ExportPanel
from pilotdesk.ui.navigator import CHECK
from pilotdesk.ui.page import Page
from pilotdesk.ui.page_view import FIT_WIDTH, PageView, Thumbnails, picture_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pdf import PageImage, PdfResult
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.autosave import Autosave
    from pilotdesk.ui.services import Services
    from pilotdesk.ui.worker import Progress, Task

WITH_THUMBS: Final = 900
"""Effective width from which thumbnails and remarks have room."""
ZOOM_STEPS: Final = (50, 67, 80, 100, 125, 150, 200)


class PreviewPage(Page):
    """Draws the PDF in the background whenever the draft has changed since."""

    wide = True
    headed = False

    def __init__(self, session: Session, services: Services, autosave: Autosave | None) -> None:
        super().__init__("surface")
        self._session = session
        self._services = services
        self._look = services.look
        self._stale = True
        self._task: Task | None = None
        self._drawing = False
        self._folder = tempfile.TemporaryDirectory(prefix="pilotdesk-", ignore_cleanup_errors=True)
        self._file: Path | None = None
        self._made = 0
        self._fitted = True
        self.view = PageView(self._look)
        self.thumbs = Thumbnails(self._look, self._page_name)
        self.export_panel = ExportPanel(session, services, autosave)
        self.number = QLineEdit()
        self._of = Label("", "body", "text2")
        self._zoom = Button(self._look, "适合宽度", "ghost", small=True, name="适合宽度")
        self._stack = QStackedWidget()
        self._message = WrappedLabel(self._look, "正在排版……", "body", "text2")
        self._build()
        self._connect()
        self._end = session.subscribe(self._on_change)

    # -- building --------------------------------------------------------------------------------

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
        left.addWidget(self._build_bar())
        left.addWidget(Rule())
        left.addWidget(self._stack, 1)
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addLayout(left, 1)
        self._outer.addWidget(Rule(vertical=True))
        self._outer.addWidget(self.export_panel)

    def _build_bar(self) -> QWidget:
        look = self._look
        bar = Surface("surface")
        bar.setFixedHeight(look.scaled(42))
        self.number.setAccessibleName("页码")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFixedWidth(look.scaled(54))
        self._remark = Label("看到的就是打印出来的", "small", "text2")
        rule = Rule(vertical=True)
        rule.setFixedHeight(20)
        line = row(
            self._tool("chevron-left", "上一页", self._on_previous),
            Label("第", "body", "text2"),
            self.number,
            self._of,
            self._tool("chevron-right", "下一页", self._on_next),
            rule,
            self._tool("zoom-out", "缩小", self._on_zoom_out),
            self._zoom,
            self._tool("zoom-in", "放大", self._on_zoom_in),
            None,
            self._remark,
        )
        line.setContentsMargins(14, 0, 14, 0)
        bar.setLayout(line)
        return bar

    def _tool(self, icon: str, name: str, slot: Callable[[], None]) -> Button:
        button = Button(self._look, "", "ghost", icon=icon, small=True, name=name)
        button.clicked.connect(slot)
        return button

    def _connect(self) -> None:
        self.view.page_changed.connect(self._on_page)
        self.view.wanted.connect(self._on_wanted)
        self.thumbs.wanted.connect(self._on_thumb_wanted)
        self.thumbs.chosen.connect(self.view.show_page)
        self.number.editingFinished.connect(self._on_number)
        self._zoom.clicked.connect(self._on_fit)
        self.export_panel.check_requested.connect(self._on_check)
        self.export_panel.flush_requested.connect(self.commit_open_editors)

    # -- page ------------------------------------------------------------------------------------

    def page_shown(self) -> None:
        """Draw anew if the draft has changed."""
        self.export_panel.refresh()
        self.redraw()

    def focus_first(self) -> None:
        """The pages take the keys: arrows, PgUp and PgDn scroll."""
        self.view.setFocus()

    def go_to(self, path: str) -> None:
        """``export`` focuses the export button."""
        self.export_panel.start.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_page(self) -> None:
        """Stop drawing and drop the file."""
        self._end()
        self._file = None
        if self._task is not None:
            self._task.cancel()
        with contextlib.suppress(OSError):
            self._folder.cleanup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the thumbnails go first where it is narrow."""
        super().resizeEvent(event)
        effective = self.width() / self._look.theme.factor
        self.thumbs.setVisible(effective >= WITH_THUMBS)
        self._remark.setVisible(effective >= WITH_THUMBS)
        self.export_panel.setFixedWidth(min(self._look.scaled(WIDTH), self.width() // 2))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another style sheet may change the widths."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self.export_panel.setFixedWidth(min(self._look.scaled(WIDTH), max(1, self.width() // 2)))

    # -- drawing ---------------------------------------------------------------------------------

    @property
    def is_drawn(self) -> bool:
        """Whether the pages shown are those of the draft as it is."""
        return not self._stale and self._file is not None

    def redraw(self) -> None:
        """Lay the draft out in the background, if it has changed since."""
        if not self._stale or self._drawing:
            return
        self._stale, self._drawing = False, True
        from pilotdesk.projects import outline_of

        outline = outline_of(self._session, draft=bool(self._draft_only()))
        self._made += 1
        target = Path(self._folder.name) / f"preview{self._made}.pdf"
        self._task = self._services.runner.run(
            _Draw(outline, target), self._on_drawn, failed=self._on_failed, progress=self._on_progress
        )

    def _draft_only(self) -> bool:
        return self.export_panel.draft.isChecked()

    def _on_change(self, change: Change) -> None:
        if change.paths or change.tables or change.relevance:
            self._stale = True
        if self.isVisible():
            self.export_panel.refresh()
            self.redraw()

    def _on_progress(self, done: int, total: int) -> None:
        self._message.set_text(f"正在排版，第 {done} 页，共 {total} 页")

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._drawing = False
        self._message.set_text(str(trouble))
        self._stack.setCurrentIndex(0)

    def _on_drawn(self, drawn: tuple[Path, PdfResult, int]) -> None:
        self._drawing = False
        self._file, _, count = drawn
        page = self.view.current()
        self.view.set_pages(count)
        self.thumbs.set_pages(count)
        self._of.setText(f"/ {count - 1} 页")
        self._stack.setCurrentIndex(1)
        self.view.show_page(page)
        self._on_page(self.view.current())
        if self._stale:
            self.redraw()

    def _on_wanted(self, index: int, scale: float) -> None:
        self._ask(index, scale, self.view)

    def _on_thumb_wanted(self, index: int, scale: float) -> None:
        self._ask(index, scale * 2, self.thumbs)  # drawn larger and shrunk: thin lines stay thin

    def _ask(self, index: int, scale: float, stack: PageView | Thumbnails) -> None:
        if self._file is None:
            return
        ratio = self.devicePixelRatioF()
        file = self._file

        def work(_progress: Progress) -> PageImage:
            from pilotdesk.documents.pdf import render_page

            return render_page(file, index, scale)

        def show(image: PageImage) -> None:
            if file == self._file:
                for each in (self.view, self.thumbs):
                    each.set_shape(index, image.width > image.height)
                stack.show_picture(index, picture_of(image, ratio))

        self._services.runner.run(work, show)

    # -- bar -------------------------------------------------------------------------------------

    def _page_name(self, index: int) -> str:
        return str(index) if index else "封面"

    def _on_page(self, index: int) -> None:
        if not self.number.hasFocus():
            self.number.setText(self._page_name(index))
        self.thumbs.show_current(index)
        self._show_zoom()

    def _on_number(self) -> None:
        text = self.number.text().strip()
        if text.isdecimal():
            self.view.show_page(min(int(text), self.view.count - 1))
        self.number.setText(self._page_name(self.view.current()))

    def _on_previous(self) -> None:
        self.view.show_page(self.view.current() - 1)

    def _on_next(self) -> None:
        self.view.show_page(self.view.current() + 1)

    def _on_zoom_in(self) -> None:
        self._set_zoom(next((step for step in ZOOM_STEPS if step > self.view.percent()), ZOOM_STEPS[-1]))

    def _on_zoom_out(self) -> None:
        self._set_zoom(
            next((step for step in reversed(ZOOM_STEPS) if step < self.view.percent()), ZOOM_STEPS[0])
        )

    def _on_fit(self) -> None:
        self._set_zoom(FIT_WIDTH)

    def _set_zoom(self, percent: int) -> None:
        self.view.set_zoom(percent)
        self._fitted = percent == FIT_WIDTH
        self._show_zoom()

    def _show_zoom(self) -> None:
        self._zoom.setText("适合宽度" if self._fitted else f"{self.view.percent()} %")

    def _on_check(self) -> None:
        self.request_page.emit(CHECK)


class _Draw:
    """Lays an outline out, on the worker's thread."""

    def __init__(self, outline: Outline, target: Path) -> None:
        self._outline, self._target = outline, target

    def __call__(self, progress: Progress) -> tuple[Path, PdfResult, int]:
        """Write the PDF; returns its path, what the writer says of it, and its pages with the cover."""
        from pilotdesk.documents.pdf import page_count, write_pdf

        result = write_pdf(self._outline, self._target, progress)
        return self._target, result, page_count(self._target)
