"""撤销 of a toast: it takes back what the toast speaks of, and never what was typed after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

LATER: Final = "后来又改了别处，这里没有动。按 Ctrl+Z 一步步撤销，或在“历史…”里恢复。"


def taking_back(
    session: Session, services: Services, undo: Callable[[], object] | None = None
) -> Callable[[], None]:
    """What takes the step back that was done last, as long as it is the last one; afterwards it says how to do it.

    Args:
        session: the open draft, right after the step.
        services: for what is still typed into an open cell, which counts as a later step, and for the sentence.
        undo: takes the last step back; ``None`` for nothing but the session's own.
    """
    step = session.steps.last

    def take_back() -> None:
        services.unfinished.write()
        if session.steps.last is step:
            (undo or session.undo)()
        else:
            services.toasts.show_done(LATER)

    return take_back
