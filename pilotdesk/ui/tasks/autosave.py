"""Autosave: a change reaches the store after a pause of 400 ms, after 500 ms of typing without one, and at the flush points.

Flush points are changing the page, exporting, losing the window's focus, and closing. A broken promise is
said until it is kept again, and what could not be stored stays pending.

What is stored beside the answers hears of it through a signal and in transactions of its own: a bug in one of them ends
there and goes to the crash hook, and neither the answers nor whoever flushes comes to harm.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from pilotdesk.drafts.records import ORIGINS, TYPED
from pilotdesk.errors import PilotDeskError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtCore import SignalInstance

    from pilotdesk.clock import Clock
    from pilotdesk.documents.export import ExportResult
    from pilotdesk.drafts.records import DraftFacts
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.values import Value
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.tasks.unfinished import Unfinished

DEBOUNCE_MS: Final = 400
LONGEST_MS: Final = 500
"""Whoever never pauses is stored this long after the first key: of all that was typed at most the last second is missing."""
RETRY_MS: Final = 5_000


class Keeping(Protocol):
    """Something beside the answers that is stored with them."""

    typed: SignalInstance

    @property
    def is_pending(self) -> bool:
        """Whether something is not stored yet."""

    def write(self) -> None:
        """Store it."""

    def settle(self) -> None:
        """What was written is kept."""


class Autosave(QObject):
    """Stores the changes of one session.

    Signals:
        saved: local time of the save, ``HH:MM:SS``.
        broken: the sentence of what went wrong, and since when (``HH:MM:SS``).
    """

    saved = Signal(str)
    broken = Signal(str, str)
    _storing = Signal(str)

    def __init__(self, session: Session, store: DraftStore, draft_id: str, clock: Clock) -> None:
        super().__init__()
        self._session = session
        self._store = store
        self._draft_id = draft_id
        self._clock = clock
        self._pending: dict[str, str] = {}
        self._exports: list[ExportResult] = []
        self._accepted = dict(session.accepted)
        self._left_at = self._page = store.left_at(draft_id)
        self._broken_since = ""
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.flush)
        self._limit = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._limit.timeout.connect(self.flush)
        self._unfinished: Unfinished | None = None
        self._beside: list[Keeping] = []
        self._is_storing = False
        self._troubles: list[PilotDeskError] = []
        self._facts: DraftFacts | None = None
        self._facts_due = False
        self._own: frozenset[str] = frozenset()
        for store_these in (
            self._store_answers, self._store_accepted, self._store_beside, self._store_exports, self._store_facts,
            self._store_page,
        ):  # fmt: skip
            self._storing.connect(store_these)
        self._end = session.subscribe(self._on_change)

    @property
    def left_at(self) -> str:
        """The page that the draft was left at; empty for one that is opened for the first time."""
        return self._page

    def remember_page(self, name: str) -> None:
        """Note the page that is shown; stored with the next change, or after the same pause."""
        self._page = name
        if self._page != self._left_at:
            self._soon()

    def gather(self, unfinished: Unfinished) -> None:
        """Store what stands in open editors too: what is acknowledged is all that is on the screen."""
        self._unfinished = unfinished
        unfinished.typed.connect(self._soon)

    def keep_too(self, beside: Keeping) -> None:
        """Store something beside the answers, at the same points and with the same promise."""
        self._beside.append(beside)
        beside.typed.connect(self._soon)

    @property
    def is_pending(self) -> bool:
        """Whether something of the draft is not stored yet."""
        if any(beside.is_pending for beside in self._beside):
            return True
        return bool(self._pending or self._exports) or self._accepted != dict(self._session.accepted)

    def close(self) -> None:
        """Store what is pending and stop listening."""
        self.flush()
        self._timer.stop()
        self._limit.stop()
        self._end()

    def flush(self, by: str = "", own: Collection[str] = ()) -> bool:
        """Store what is pending now; returns whether everything is stored.

        ``by``: who wrote it, if somebody else did. ``own``: paths of what was typed here all the same.
        """
        self._own = frozenset(own)
        if self._unfinished is not None:
            self._unfinished.write()
        self._timer.stop()
        self._limit.stop()
        has_waited = self.is_pending
        if self._is_storing:  # a bug in it asks again: the crash hook does
            return not has_waited
        if not self._store_all(by):
            self._say_broken(self._troubles[0] if self._troubles else StoreError("store_bug"))
            return False
        if has_waited or self._broken_since:  # what could not be stored may have been taken back
            self._broken_since = ""
            self.saved.emit(self._time())
        return True

    def files_gone_out(self) -> frozenset[str]:
        """SHA-256 of every file that was exported from the draft, also of those that could not be noted yet.

        Raises:
            StoreError: the database cannot be read.
        """
        waiting = (file.sha256 for result in self._exports for file in result.files)
        return self._store.histories.files_gone_out(self._draft_id).union(waiting)

    def remember_export(self, result: ExportResult, *, final: bool) -> None:
        """Keep that files went out; what cannot be stored now is stored later.

        A final version counts up the revision, unless it is the last one once more.
        """
        identity, codes = self._session.identity, frozenset(code for _, code in result.check_codes)
        if final and not codes <= identity.final_codes:
            self._session.identity = msgspec.structs.replace(
                identity, revision=identity.revision + 1, final_codes=codes
            )
        self._exports.append(result)
        self.flush()

    def _on_change(self, change: Change) -> None:
        origin = change.origin if isinstance(change.origin, str) and change.origin in ORIGINS else TYPED
        self._pending |= dict.fromkeys((*sorted(change.tables), *sorted(change.paths)), origin)
        if self.is_pending:
            self._soon()

    def _soon(self) -> None:
        """Store after the pause, and at the latest :data:`LONGEST_MS` after the first call; not before the next attempt."""
        if self._broken_since:
            return
        self._timer.start(DEBOUNCE_MS)
        if not self._limit.isActive():
            self._limit.start()

    def _store_all(self, by: str) -> bool:
        self._is_storing = True
        self._troubles.clear()
        self._storing.emit(by)
        self._is_storing = False
        return not self.is_pending

    def _say_broken(self, trouble: PilotDeskError) -> None:
        from pilotdesk.trouble_journal import note

        note(trouble)
        self._broken_since = self._broken_since or self._time()
        self.broken.emit(str(trouble), self._broken_since)
        self._timer.start(RETRY_MS)

    def _is_stored(self, write: Callable[[], object]) -> bool:
        """Store in one transaction, as what is tried again must not be half there; trouble is for who flushes to say."""
        try:
            with self._store.together():
                write()
        except PilotDeskError as trouble:
            self._troubles.append(trouble)
            return False
        return True

    def _store_answers(self, by: str) -> None:
        if not self._pending:
            return
        session = self._session
        values: dict[str, Value] = {
            path: session.value(path)
            for path in self._pending
            if path.split("[")[0] not in self._pending or "[" not in path
            if not session.field(path).calculation
        }
        if self._is_stored(partial(self._save_by, values, by)):
            self._pending.clear()
            self._facts_due = True

    def _save_by(self, values: Mapping[str, Value], by: str) -> None:
        own = {path: value for path, value in values.items() if path in self._own}
        theirs = {path: value for path, value in values.items() if path not in own}
        if own:
            self._store.save(self._draft_id, own, origin=TYPED)
        if theirs:
            origins = {path: self._pending[path] for path in theirs}
            self._store.save(self._draft_id, theirs, origin=TYPED, origins=origins, by=by)

    def _store_accepted(self) -> None:
        accepted = dict(self._session.accepted)
        if accepted != self._accepted and self._is_stored(
            partial(self._store.accept, self._draft_id, accepted)
        ):
            self._accepted = accepted

    def _store_beside(self) -> None:
        for beside in self._beside:
            if beside.is_pending and self._is_stored(beside.write):
                beside.settle()

    def _store_exports(self) -> None:
        """Note what went out, once the answers that it shows are stored: it counts as made of all that are."""
        if self._exports and not self._pending and self._is_stored(self._log_exports):
            self._exports.clear()

    def _log_exports(self) -> None:
        for file in (file for result in self._exports for file in result.files):
            self._store.log_export(
                self._draft_id,
                kind=file.kind,
                file_name=file.path.name,
                sha256=file.sha256,
                check_code=file.check_code,
            )
        if any(result.check_codes for result in self._exports):
            self._store.count_revision(self._draft_id, self._session.identity.revision)

    def _store_facts(self) -> None:
        """What the start page shows follows from the answers: tried again with what is stored next, over a bug with answers."""
        from pilotdesk.projects import facts_of

        if not self._facts_due:
            return
        self._facts_due = False
        facts = facts_of(self._session)
        save = partial(self._store.save, self._draft_id, {}, origin=TYPED, facts=facts)
        if facts != self._facts:
            self._facts_due = not self._is_stored(save)
            self._facts = self._facts if self._facts_due else facts

    def _store_page(self) -> None:
        """Store the page shown. It is no answer: where it cannot be kept now, nothing is lost that was promised."""
        if self._page == self._left_at:
            return
        with suppress(StoreError):
            self._store.remember_step(self._draft_id, self._page)
            self._left_at = self._page

    def _time(self) -> str:
        return f"{self._clock.now().astimezone():%H:%M:%S}"
