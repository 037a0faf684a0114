"""One step on one page, fed by the session's changes only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk.ui.fields.view import FieldsView
from pilotdesk.ui.navigation.page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pilotdesk.forms.model import Step
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services


class StepPage(Page):
    """A step of fields. Heading and footer are the shell's."""

    def __init__(
        self, session: Session, step: Step, services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__("surface", parent)
        self.step = step
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.view = FieldsView(step.group, session, services, self)
        layout.addWidget(self.view)
        wire_view(self, self.view)
        self._end = session.subscribe(self.view.take_change)

    def go_to(self, path: str) -> None:
        """See :class:`Page`."""
        self.view.go_to(path)

    def focus_first(self) -> None:
        """See :class:`Page`."""
        self.view.focus_path(self.first_open_path())

    def first_open_path(self) -> str:
        """Path of the first field that is unfilled or has an issue; else of the first one."""
        return self.view.first_open_path()

    def commit_open_editors(self) -> None:
        """See :class:`Page`."""
        for row in self.view.rows():
            row.editor.commit()

    def set_compact(self, compact: bool) -> None:
        """See :class:`Page`."""
        self.view.set_compact(compact)

    def close_page(self) -> None:
        """See :class:`Page`."""
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: PgUp and PgDn scroll, wherever the focus is."""
        if not scroll_by_key(self.view, event):
            super().keyPressEvent(event)


def wire_view(page: Page, view: FieldsView) -> None:
    """Hand the signals of a view on to its page."""
    view.focus_moved.connect(page.focus_changed)
    view.request_go_to.connect(page.request_go_to)
    view.request_page.connect(page.request_page)
    view.sources_requested.connect(page.sources_requested)
    view.ended.connect(page.ended)


def scroll_by_key(view: QScrollArea, event: QKeyEvent) -> bool:
    """Scroll for PgUp and PgDn without Ctrl; whether the key was one of them."""
    step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
    if not step or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + step * bar.pageStep())
    return True
