"""What goes into a hand-over file, made from the project as it is now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from pilotdesk.atomic import scratch_folder
from pilotdesk.documents.web import document_markup, missing_answers, page
from pilotdesk.errors import ExportError, PackError
from pilotdesk.projects import outlines_of, session_of_record
from pilotdesk.projects.calendar_file import calendar_file, events_of
from pilotdesk.projects.handover.archive import GUIDE, write_archive
from pilotdesk.projects.handover.guide import Told, guide_page
from pilotdesk.projects.handover.naming import attachment_members
from pilotdesk.projects.handover.readable import readable
from pilotdesk.projects.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.documents.blocks import Outline
    from pilotdesk.drafts.copies import DraftCopy, ProjectCopy
    from pilotdesk.forms.round import Round
    from pilotdesk.session import Session

CALENDAR = "到期日历.ics"


def write_kit(
    copy: ProjectCopy,
    round_: Round,
    target: Path,
    clock: Clock,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make the file: whole, read back and compared, or not at all.

    Args:
        copy: the project.
        round_: the round it applied in.
        target: the file.
        clock: gives day and time.
        progress: called with (drafts done, drafts) on the way.

    Raises:
        ExportError: ``readback_differs``, ``handover_differs``, and those of :mod:`pilotdesk.atomic`.
        StoreError: an attachment is gone or damaged.
    """
    today = clock.today()
    told = [_told(draft, number, today) for number, draft in enumerate(copy.drafts, start=1)]
    names = attachment_members(copy, [each.folder for each in told])

    def members() -> Iterator[tuple[str, bytes]]:
        line = timeline([draft.record.card for draft in copy.drafts], round_, copy.dates, today)
        title = next((each.session_title for each in told if each.session_title), "")
        documents = list(_documents(told, copy.files.get, progress))
        files = [name for name, _ in documents]
        guide = guide_page(told, line, round_, today=today, files=files, attachments=names)
        yield GUIDE, guide.encode()
        yield CALENDAR, calendar_file(events_of(copy.project_id, title, line), clock)
        for each in told:
            yield from _pages(each)
        yield from documents

    write_archive(target, copy, members(), names, now=clock.now().astimezone())


def _told(draft: DraftCopy, number: int, today: date) -> Told:
    """A draft with its session; without one where its form is not installed here."""
    try:
        session: Session | None = session_of_record(draft.record, today)
    except PackError:
        session = None
    return Told(number=number, draft=draft, session=session)


def _pages(told: Told) -> Iterator[tuple[str, bytes]]:
    """The draft as a web page and as JSON, for people without the program."""
    if told.session is None:
        return
    outlines = _outlines(told)
    markup = page(told.name, (piece for outline in outlines for piece in document_markup(outline)))
    missing = missing_answers(outlines, markup)
    if missing:
        raise ExportError("readback_differs", labels="；".join(missing[:20]))
    yield f"{told.stem}.html", markup.encode()
    content = json.dumps(readable(told.session, told.draft.record.attic), ensure_ascii=False, indent=1)
    yield f"{told.stem}.json", content.encode("utf-8", "surrogatepass")


def _documents(
    told: Sequence[Told],
    content: Callable[[str], bytes | None],
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[str, bytes]]:
    """Word and PDF of every document of every draft, made now and read back."""
    from pilotdesk.documents.export import export_documents

    for done, each in enumerate(told):
        if progress is not None:
            progress(done, len(told))
        if each.session is None:
            continue
        with scratch_folder() as folder:
            for file in export_documents(_outlines(each), folder, content=content).files:
                yield f"导出/{each.folder}/{file.path.name}", file.path.read_bytes()


def _outlines(told: Told) -> tuple[Outline, ...]:
    """What is printed: the last final version where nothing was changed since, else a draft with its mark.

    Handing over makes no version of its own; whether the answers are still those of the last final version is told by
    its check codes, which were kept when it went out.
    """
    session = told.session
    if session is None:
        return ()
    draft = outlines_of(session, draft=True)
    revision = told.draft.record.card.revision
    if not revision or session.identity.practice:
        return draft
    kept = frozenset(entry.check_code for entry in told.draft.exports if entry.check_code)
    session.identity = msgspec.structs.replace(session.identity, final_codes=kept)
    final = outlines_of(session, draft=False)
    return final if all(outline.check_code in kept for outline in final) else draft
