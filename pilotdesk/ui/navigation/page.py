"""``Page``: what the shell may ask of anything that stands in the middle."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pilotdesk.ui.components.basic import Surface


class Page(Surface):
    """Base of step pages, check page and preview page. Pages are built on first visit and kept.

    Attributes:
        wide: whether the page needs the width itself, so that the hint panel starts as an overlay.
        headed: whether the shell shows the heading row and the footer of a step around it.

    Signals:
        focus_changed: path of the field that has the focus; empty for none.
        request_go_to: path of a field in any step.
        request_page: name of a page: a step, ``check`` or ``preview``.
        sources_requested: path of which the user wants to see what it rests on.
        ended: Enter was pressed in the last field; the way on is to have the focus.
    """

    wide = False
    headed = True

    focus_changed = Signal(str)
    request_go_to = Signal(str)
    request_page = Signal(str)
    sources_requested = Signal(str)
    ended = Signal()

    def go_to(self, path: str) -> None:
        """Bring the field into view, focus it and make it noticeable."""

    def focus_first(self) -> None:
        """Focus the first field that is unfilled or has an issue."""

    def walk_issues(self, forward: bool) -> bool:
        """Go to the next or previous issue inside the page; ``False`` when it shows none to walk through."""
        return False

    def commit_open_editors(self) -> None:
        """Write what is still in an open editor; called before every flush, export and page change."""

    def set_compact(self, compact: bool) -> None:
        """Smaller margins in low windows."""

    def page_shown(self) -> None:
        """Called each time the page comes to the front."""

    def close_page(self) -> None:
        """Stop listening to the session; called once before the page goes."""
