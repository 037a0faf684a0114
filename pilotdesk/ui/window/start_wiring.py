"""The start page of a window: what its buttons and cards open there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.ui.start.desk import StartDesk
from pilotdesk.ui.start.search_hits import open_place
from pilotdesk.ui.tasks.cover import Cover

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.start.page import StartPage
    from pilotdesk.ui.window.main_window import MainWindow


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
    page.help_requested.connect(partial(_show_help, window, look))
    page.notice_requested.connect(partial(_show_notice, window, look))
    page.head.menu_requested.connect(partial(_open_menu, window, look, page))
    window.menu_wanted.connect(partial(_open_menu, window, look, page))
    window.start_shown.connect(page.focus_first)
    return desk


def _open_menu(window: MainWindow, look: Look, page: StartPage) -> None:
    if page.isVisible():  # Alt is heard wherever the window is
        from pilotdesk.ui.window.start_menu import open_menu

        open_menu(window, look, page)


def _show_help(window: MainWindow, look: Look) -> None:
    from pilotdesk.ui.window.help import show_help

    show_help(window, look)


def _show_notice(window: MainWindow, look: Look) -> None:
    from pilotdesk.ui.window.help import show_notice

    round_ = window.shelf.round()
    show_notice(window, look, round_.name, round_.notice_title)


def _enter_desk(window: MainWindow) -> None:
    Cover(window, "正在打开审核台…")  # what its page is made of takes a moment the first time
    window.door.enter()
