"""The three later forms of the practice sample, opened as the program opens them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pilotdesk.projects import session_of_package
from pilotdesk.projects.sample import sample_project
from pilotdesk.ui.window.workspace import Workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.package import Package
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

LATER = ("summary_2027", "summary_2028", "self_assessment")
TODAY = date(2029, 1, 20)


@cache
def packages() -> dict[str, Package]:
    """Every draft of the sample by the name of its form."""
    return {package.form: package for package in sample_project()}


def later_session(form: str) -> Session:
    """A session of one of them."""
    return session_of_package(packages()[form], TODAY)


def open_workspace(
    qtbot: QtBot, session: Session, services: Services, size: tuple[int, int] = (1366, 697)
) -> Workspace:
    """The draft on the screen."""
    workspace = Workspace(session, services, None)
    qtbot.addWidget(workspace)
    workspace.resize(*size)
    workspace.show()
    workspace.activateWindow()
    qtbot.waitUntil(workspace.isActiveWindow)
    return workspace
