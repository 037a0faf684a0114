"""撤销 of a toast: it takes back what the toast speaks of, and never what was typed after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.session import Change, Session
    from pilotdesk.ui.components.overlay import Toast
    from pilotdesk.ui.navigation.services import Services

LATER: Final = "后来又改了别处，这里没有动。按 Ctrl+Z 一步步撤销，或在“历史…”里恢复。"


class TakingBack:
    """Takes the step back that was done last, as long as it is the last one; afterwards it says how to do it.

    Args:
        session: the open draft, right after the step.
        services: for what is still typed into an open cell, which counts as a later step, and for the sentence.
        undo: takes the last step back; ``None`` for nothing but the session's own.
    """

    def __init__(
        self, session: Session, services: Services, undo: Callable[[], object] | None = None
    ) -> None:
        self._session = session
        self._services = services
        self._undo = undo or session.undo
        self._step = next(reversed(session.steps.done), None)

    @property
    def stands(self) -> bool:
        """Whether the step is still done: nobody took it back another way, say with Ctrl+Z."""
        return any(step is self._step for step in self._session.steps.done)

    def __call__(self) -> None:
        """Take it back, or say why not."""
        self._services.unfinished.write()
        if next(reversed(self._session.steps.done), None) is self._step:
            self._undo()
        else:
            self._services.toasts.show_done(LATER)


def withdraw_undone(toast: Toast, _change: Change) -> None:
    """After a change: let a toast go whose step was taken back another way."""
    if isinstance(toast.undo, TakingBack) and not toast.undo.stands:
        toast.withdraw()
