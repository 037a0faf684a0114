"""The return slip of an open draft: how its lines stand as one writes, and what is said of them, stored like every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.drafts.returned_lines import open_count
from pilotdesk.projects.returning import states_in, with_remark
from pilotdesk.projects.sharing_slips import remarks_came

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import Outline
    from pilotdesk.drafts.returned import Returned, ReturnSlip
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.session import Change, Session


class ReturnedDraft(QObject):
    """What the province sent back of an open draft.

    Args:
        session: the open draft.
        store: where its slip is kept.
        returned: the slip.

    Attributes:
        may_write: whether something can be said of the lines; not in a draft that may only be looked at.

    Signals:
        typed: something was said that is to be stored.
        changed: a line stands otherwise than before.
    """

    typed = Signal()
    changed = Signal()

    def __init__(self, session: Session, store: DraftStore, returned: Returned) -> None:
        super().__init__()
        self._session = session
        self._store = store
        self._returned = returned
        self._unsaved = False
        self.may_write = not session.is_read_only
        self._end = session.subscribe(self._on_change)

    @property
    def draft_id(self) -> str:
        """The draft that was sent back."""
        return self._session.identity.draft_id

    @property
    def slip(self) -> ReturnSlip:
        """What the province wrote."""
        return self._returned.slip

    def states(self) -> tuple[LineState, ...]:
        """Every line as it stands now."""
        return states_in(self._returned, self._session)

    def count(self) -> int:
        """How many lines are still open."""
        return open_count(self.states())

    def say(self, line_id: str, text: str) -> None:
        """Keep what the unit says of a line; blank takes it away."""
        said = with_remark(self._returned, line_id, text)
        if said == self._returned:
            return
        self._returned, self._unsaved = said, True
        self.typed.emit()
        self.changed.emit()

    def remark(self, line_id: str) -> str:
        """What is said of a line, as it was typed."""
        return self._returned.remarks.get(line_id, "")

    def take(self, came: Returned | None) -> int:
        """Add what a colleague said of the lines; returns of how many. ``None``: nobody said anything."""
        said = remarks_came(self._returned, came)
        for line_id, text in said.items():
            self.say(line_id, text)
        return len(said)

    def paper(self) -> Outline:
        """意见修改对照表 as it would be printed now."""
        from pilotdesk.projects.returned_paper import comparison_outline

        return comparison_outline(self._session, self._returned)

    # -- for the autosave ------------------------------------------------------------------------

    @property
    def is_pending(self) -> bool:
        """Whether something that was said is not stored yet."""
        return self._unsaved

    def write(self) -> None:
        """Store what was said.

        Raises:
            StoreError: those of the database.
        """
        if self._unsaved:
            self._store.returns.keep(self._session.identity.draft_id, self._returned)

    def settle(self) -> None:
        """What was written is kept."""
        self._unsaved = False

    def close(self) -> None:
        """Stop listening to the session."""
        self._end()

    def _on_change(self, _change: Change) -> None:
        self.changed.emit()
