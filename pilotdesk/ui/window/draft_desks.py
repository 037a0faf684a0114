"""What looks after an open draft: its history, newer versions of its form, shares of it, its backups, news from other forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.ui.carriers.menu import look_after_carriers
from pilotdesk.ui.navigation.taking_back import withdraw_undone
from pilotdesk.ui.sharing.desk import desk_of
from pilotdesk.ui.sharing.returned_desk import returns_desk_of
from pilotdesk.ui.versions.handed_in import tell_handed_in
from pilotdesk.ui.versions.history_desk import HistoryDesk
from pilotdesk.ui.versions.version_desk import VersionDesk

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.ui.window.workspace import Workspace


def look_after(window: MainWindow, workspace: Workspace, services: Services) -> None:
    """Fill the menu of a draft that has just been opened, and say what is to be known of it."""
    store = window.shelf.store
    workspace.closed.connect(window.toast.withdraw)
    workspace.session.subscribe(partial(withdraw_undone, window.toast))
    history = window.findChild(HistoryDesk)
    if history is None:
        history = HistoryDesk(window, services.look, store, services.clock)
    history.look_after(workspace)
    desk = window.findChild(VersionDesk)
    if desk is None:
        desk = VersionDesk(window, services.look, store, services.clock, services.toasts)
        desk.converted.connect(window.open_draft)
    desk.look_after(workspace, services.runner)
    desk_of(window, services.look, services.clock).look_after(workspace)
    window.safety.look_after(workspace, workspace.shell.safety)
    tell_handed_in(workspace, store, services)
    returns_desk_of(window, services.look, services.clock).look_after(workspace, services)
    look_after_carriers(window, workspace, services)
    if workspace.session.carried:
        from pilotdesk.ui.versions.carry_desk import CarryDesk

        CarryDesk(window, services.look, store, services.toasts).look_after(workspace)


def gives_up(window: MainWindow, look: Look) -> bool:
    """Whether the user leaves a draft that could not be stored."""
    from pilotdesk.ui.dialogs.asking import ask_choice

    text = "先别关。照下面红条里说的做，存上以后再离开；现在离开，最后改的几处就没有了。"
    return ask_choice(window, look, "刚才改的还没有存上", text, actions=("不要了，离开", "留下来")) == 0
