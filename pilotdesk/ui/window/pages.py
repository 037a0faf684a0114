"""Builds a page by its name; each kind is imported with its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.ui.navigation.navigator import CHECK, PREVIEW, RETURNED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.forms.model import Form
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.page import Page
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.autosave import Autosave


def build_page(
    name: str,
    session: Session,
    services: Services,
    autosave: Autosave | None,
    parent: QWidget | None = None,
) -> Page:
    """Make the page of a name; a step of fields as a child of ``parent``, which saves it a move.

    Raises:
        StopIteration: there is no such step.
        IndexError: the page of a return slip of a draft that was not sent back.
    """
    if name == CHECK:
        from pilotdesk.ui.checking.page import CheckPage

        return CheckPage(session, services)
    if name == PREVIEW:
        from pilotdesk.ui.preview.page import PreviewPage

        return PreviewPage(session, services, autosave)
    if name == RETURNED:
        from pilotdesk.ui.sharing.returned_page import ReturnedPage

        return ReturnedPage(services.returns[0], services)
    step = next(step for step in session.form.steps if step.name == name)
    if step.page == "standards":
        from pilotdesk.ui.trees.standards_page import StandardsPage

        return StandardsPage(session, step, services)
    if step.page == "evidence":
        from pilotdesk.ui.evidence.page import EvidencePage

        return EvidencePage(session, step, services)
    from pilotdesk.ui.steps.step_page import StepPage

    return StepPage(session, step, services, parent)


def is_plain(session: Session, name: str) -> bool:
    """Whether a page is a step of fields, which needs nothing but its session."""
    return any(step.name == name and step.page == "fields" for step in session.form.steps)


def title_of(form: Form, name: str) -> str:
    """The heading of a step: its number and its name."""
    step = next(step for step in form.steps if step.name == name)
    return f"{step.number}、{step.label}" if step.number else step.label
