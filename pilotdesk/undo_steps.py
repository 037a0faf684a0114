"""The steps of a session that can be taken back and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import MutableRecord

if TYPE_CHECKING:
    from pilotdesk.forms.values import Value

UNDO_DEPTH: Final = 500
"""Steps kept for undo; older ones are still in the draft's history."""
TAKEN_AWAY: Final = 5
"""Characters that go at once from which on one may want them back, and not all that was typed before them gone too."""


class Edit(MutableRecord):
    """One undo step: value before and after by path; whole tables stand under their name.

    ``typing`` is the path that is still being typed in, ``None`` once the step is closed.
    """

    before: dict[str, Value]
    after: dict[str, Value]
    origin: object
    typing: str | None = None

    def is_continued_by(self, edit: Edit) -> bool:
        """Whether another edit only types on in the same place."""
        if not edit.typing or (self.typing, self.origin) != (edit.typing, edit.origin):
            return False
        old, new = self.after.get(edit.typing), edit.after[edit.typing]
        left = len(new) if isinstance(new, str) else 0
        return not isinstance(old, str) or len(old) - left < TAKEN_AWAY


class UndoSteps:
    """The steps that can be taken back and done again, across all pages."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step taken back can be done again."""
        return bool(self._undone)

    @property
    def done(self) -> tuple[object, ...]:
        """The steps that can be taken back, the last one last, to be compared by identity."""
        return tuple(self._done)

    def remember(self, edit: Edit) -> None:
        """Keep a step; typing on in the same path from the same origin joins the last one, unless text is taken away."""
        last = self._done[-1] if self._done else None
        self._undone.clear()
        if last and last.is_continued_by(edit):
            last.after |= edit.after
            last.before = edit.before | last.before
            return
        self._done.append(edit)
        del self._done[:-UNDO_DEPTH]

    def end_typing(self, *, goes_on_in: str | None = None) -> None:
        """Close the step that typing has open; or let typing in a path go on in the last step."""
        if self._done:
            self._done[-1].typing = goes_on_in

    def back(self) -> tuple[dict[str, Value], object]:
        """Values before the last step, which moves to the undone ones, and an origin that names what is taken back.

        The values are empty when there is none.
        """
        if not self._done:
            return {}, None
        self.end_typing()
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.before, f"undone_{edit.origin}" if isinstance(edit.origin, str) else None

    def forward(self) -> tuple[dict[str, Value], object]:
        """Values after the step undone last, and its origin if that has a name; empty values when there is none."""
        if not self._undone:
            return {}, None
        edit = self._undone.pop()
        self._done.append(edit)
        return edit.after, edit.origin if isinstance(edit.origin, str) else None
