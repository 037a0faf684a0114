"""Projects: what a unit works on for three years, with one draft a form and dates of its own."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING

from pilotdesk.drafts.connection import reading_what_was_kept
from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from pilotdesk.drafts.attachments_folder import AttachmentsFolder
    from pilotdesk.drafts.connection import Connection
    from pilotdesk.drafts.copies import ProjectCopy
    from pilotdesk.drafts.records import DraftRecord


class ProjectsTable:
    """The projects of an open database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, db: Database, *, practice: bool, now: str) -> str:
        """Begin a project inside a transaction; returns its id."""
        project_id = f"p_{os.urandom(6).hex()}"
        db.table("project").insert({"project_id": project_id, "practice": int(practice), "created": now})
        return project_id

    def dates(self, project_id: str) -> Mapping[str, date]:
        """What the user said about the days of a project: name of a deadline to day.

        Raises:
            StoreError: ``project_gone``.
        """
        rows = self._connection.read("SELECT dates FROM project WHERE project_id = ?", (project_id,))
        if not rows:
            raise StoreError("project_gone")
        with reading_what_was_kept(self._connection.path.parent):
            return {name: date.fromisoformat(day) for name, day in json.loads(rows[0][0]).items()}

    def all_dates(self) -> Mapping[str, Mapping[str, date]]:
        """The same for all projects of which the user said any: project id to :meth:`dates`."""
        rows = self._connection.read("SELECT project_id, dates FROM project WHERE dates <> '{}'")
        with reading_what_was_kept(self._connection.path.parent):
            return {
                project_id: {name: date.fromisoformat(day) for name, day in json.loads(text).items()}
                for project_id, text in rows
            }

    def set_date(self, project_id: str, name: str, day: date | None) -> None:
        """Keep a day of a project; ``None`` takes it away.

        Raises:
            StoreError: ``project_gone``.
        """
        kept = {known: old.isoformat() for known, old in self.dates(project_id).items() if known != name}
        if day is not None:
            kept[name] = day.isoformat()
        with self._connection.writing() as db:
            db.table("project").update(project_id, {"dates": json.dumps(kept)})

    def copy(self, project_id: str, records: tuple[DraftRecord, ...]) -> ProjectCopy:
        """Everything of a project, to be taken elsewhere; see :func:`pilotdesk.drafts.copies.copy_of`.

        Raises:
            StoreError: ``project_gone``.
        """
        from pilotdesk.drafts.copies import copy_of

        return copy_of(self._connection, self._files(), project_id, records)

    def put(self, copy: ProjectCopy) -> str:
        """Put in what was taken elsewhere, as a project of its own; returns its id here.

        Raises:
            StoreError: as for every write.
        """
        from pilotdesk.drafts.copies import put_copy

        return put_copy(self._connection, self._files(), copy)

    def _files(self) -> AttachmentsFolder:
        from pilotdesk.drafts.attachments_folder import AttachmentsFolder

        return AttachmentsFolder(self._connection.path.parent)
