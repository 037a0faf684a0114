"""All drafts of this computer: make one, take one in, hand one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pilotdesk.forms.values import attachments_in
from pilotdesk.projects import (
    APPLICATION,
    current_round,
    package_of,
    session_of_package,
    session_of_record,
)
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.round import Round
    from pilotdesk.session import Session


class NewProject(Record, frozen=True):
    """What is wanted of a new project.

    Attributes:
        pilot_field: a code of the round; empty for later. round: its name; empty for the newest.
    """

    name: str
    unit: str
    pilot_field: str
    round: str = ""


class Shelf:
    """All drafts of this computer.

    Args:
        store: where they are kept.
        clock: the time.
    """

    def __init__(self, store: DraftStore, clock: Clock) -> None:
        self.store = store
        self._clock = clock

    def round(self) -> Round:
        """The current round: the newest that an application can be made for."""
        return current_round()

    def rounds(self) -> tuple[Round, ...]:
        """All rounds that an application can be made for, the newest first."""
        from pilotdesk.forms.installed import rounds_for

        return tuple(rounds_for(APPLICATION)) or (self.round(),)

    def cards(self) -> tuple[DraftCard, ...]:
        """All drafts, the one changed last first."""
        return self.store.cards()

    def open(self, draft_id: str) -> Session:
        """A session over a stored draft.

        Raises:
            StoreError: ``draft_gone`` and those of the database.
            PackError: ``pack_unknown`` when its round is not installed.
        """
        session = session_of_record(self.store.load(draft_id), self._clock.today())
        codes = self.store.histories.final_codes(draft_id)
        session.identity = msgspec.structs.replace(session.identity, final_codes=codes)
        session.is_read_only = self.store.access.refusal is not None
        return session

    def create(self, wanted: NewProject) -> str:
        """Start a project with its application; returns the draft's id."""
        from pilotdesk.forms.installed import current_pack
        from pilotdesk.projects import new_package
        from pilotdesk.projects.life import keep_draft

        package = new_package(current_pack(wanted.round or self.round().name), APPLICATION, None)
        session = session_of_package(package, self._clock.today())
        head = session.form.head
        typed = {
            head.project_name: wanted.name,
            head.unit_name: wanted.unit,
            "pilot_field": wanted.pilot_field,
        }
        for name, text in typed.items():
            if text and name in session.form.fields:
                session.set_value(name, text)
        return keep_draft(self.store, session, origin="typed")

    def take_in(self, package: Package) -> str:
        """Store the draft of a package as a project of its own; returns the draft's id.

        One of an older version than there is here is brought into the one that is.
        """
        from pilotdesk.projects.life import keep_draft
        from pilotdesk.projects.migrating import readable_package

        readable = readable_package(package)
        session = session_of_package(readable, self._clock.today())
        origin = "sample" if package.practice else "imported"
        draft_id = keep_draft(self.store, session, origin=origin, files=package.files)
        if package.share is not None:
            from pilotdesk.projects.sharing import keep_received

            keep_received(self.store, draft_id, readable)
        if package.returned is not None:
            from pilotdesk.projects.returning import keep_received_slip

            keep_received_slip(self.store, draft_id, readable)
        return draft_id

    def sample(self) -> str:
        """The practice sample: the one there is, or a fresh one with all its forms; returns its application's id."""
        for card in self.cards():
            if card.practice and card.form == APPLICATION:
                return card.draft_id
        from pilotdesk.projects.life import keep_project
        from pilotdesk.projects.sample import sample_project

        project_id = keep_project(self.store, sample_project(), self._clock.today(), origin="sample")
        return self.store.drafts_of(project_id)[0].draft_id

    def package(self, draft_id: str) -> Package:
        """A draft as it is now, to be handed on; its attachments are read when they are asked for.

        Raises:
            StoreError: ``draft_gone`` and those of the database.
            PackError: ``pack_unknown`` when its round is not installed.
        """
        session = self.open(draft_id)
        named = sorted({file.sha256 for file in attachments_in(session.values)})
        from pilotdesk.projects.returning import answering

        return answering(self.store, draft_id, package_of(session, self.store.attachments.contents(named)))
