"""The start page of a window: what its buttons and cards open there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.ui.cover import Cover
from pilotdesk.ui.search_hits import open_place
from pilotdesk.ui.start_desk import StartDesk

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.main_window import MainWindow
    from pilotdesk.ui.settings import Settings
    from pilotdesk.ui.start_page import StartPage
    from pilotdesk.ui.theme import Look


def wired_start(window: MainWindow, look: Look, *, clock: Clock, settings: Settings) -> StartDesk:
    """The start page of a window and what stands behind it."""
    desk = StartDesk(
        window, look, window.shelf, clock=clock, toast=window.toast, settings=settings, runner=window.runner,
        promises=window.promises,
    )  # fmt: skip
    desk.package_chosen.connect(window.open_package)
    desk.made.connect(window.open_draft)
    page = desk.page
    page.remedy_requested.connect(lambda promise: window.safety.mend(promise))
    page.opened.connect(window.open_draft)
    page.place_chosen.connect(partial(open_place, window))
    page.sample_requested.connect(window.open_sample)
    page.display_requested.connect(window.display.open_below)
    page.again_requested.connect(window.reading.again_requested)
    page.restore_requested.connect(lambda: window.safety.restore_wanted.emit())
    page.desk_requested.connect(partial(_enter_desk, window))
    page.head.menu_requested.connect(partial(_open_menu, window, look, page))
    window.menu_wanted.connect(partial(_open_menu, window, look, page))
    return desk


def _open_menu(window: MainWindow, look: Look, page: StartPage) -> None:
    if page.isVisible():  # Alt is heard wherever the window is
        from pilotdesk.ui.start_menu import open_menu

        open_menu(window, look, page)


def _enter_desk(window: MainWindow) -> None:
    Cover(window, "正在打开审核台…")  # what its page is made of takes a moment the first time
    window.door.enter()
