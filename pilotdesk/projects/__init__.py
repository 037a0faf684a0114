"""Where drafts, sessions and documents meet: opening, packing, exporting one draft.

The window and the command line both work through these functions, so that neither knows more than the other.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.errors import AnswersError, ExportError
from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.installed import current_pack, pack_for, rounds_for
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import attachments_in
from pilotdesk.rules.issue import Severity
from pilotdesk.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.export import ExportResult
    from pilotdesk.documents.pictures import Content
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftRecord
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.round import Round
    from pilotdesk.forms.values import Attachment, Value

CURRENT_ROUND: Final = "2026"
APPLICATION: Final = "application"
WATERMARK_DRAFT: Final = "草　稿"
WATERMARK_PRACTICE: Final = "样　张"


def current_round() -> Round:
    """The round that is worked on now: the newest that an application can be made for, an installed update among them."""
    return next(rounds_for(APPLICATION), None) or current_pack(CURRENT_ROUND).round


def read_answers_file(
    pack: FormPack, form_name: str, source: Path
) -> tuple[dict[str, Value], dict[str, bytes]]:
    """Answers typed into a JSON file, and the contents of the files that they name.

    Attachments are named relative to the folder of the answers file.

    Returns:
        Path to value, and SHA-256 to content.

    Raises:
        AnswersError: ``answers_missing``, ``answers_not_json``, ``answers_attachment_missing``, and those of
            :func:`pilotdesk.forms.answers_file.read_answers`.
        AttachmentError: a named file is broken, or of a kind that is not taken.
    """
    from pilotdesk.documents.attachments import attachment_of
    from pilotdesk.forms.answers_file import read_answers

    try:
        data: Any = json.loads(source.read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        raise AnswersError("answers_missing", name=source.name) from trouble
    except (
        ValueError,
        RecursionError,
    ) as trouble:  # thousands of brackets in each other are too deep for the reader
        raise AnswersError("answers_not_json", name=source.name) from trouble
    files: dict[str, bytes] = {}

    def keep(name: str) -> Attachment:
        try:
            content = (source.parent / name).read_bytes()
        except OSError as trouble:
            raise AnswersError("answers_attachment_missing", name=name) from trouble
        attached = attachment_of(PurePath(name.replace("\\", "/")).name, content)
        files[attached.sha256] = content
        return attached

    return read_answers(pack.forms[form_name], data, attachment=keep), files


def new_package(
    pack: FormPack,
    form_name: str,
    answers: Path | None,
    *,
    practice: bool = False,
    given: Sequence[Package] = (),
) -> Package:
    """A new draft: the form's defaults, over them what other forms carry into it, over that the answers of a file.

    Args:
        pack: the pack.
        form_name: which of its forms.
        answers: an answers file; ``None`` for none.
        practice: whether it is the practice sample.
        given: drafts of the project's other forms.

    Raises:
        AnswersError: see :func:`read_answers_file`.
    """
    from pilotdesk.drafts.package import Package
    from pilotdesk.projects.life import first_values

    form = pack.forms[form_name]
    typed, files = read_answers_file(pack, form_name, answers) if answers else ({}, {})
    values, carried = first_values(form, {package.form: package.values for package in given}, typed)
    named = {file.sha256 for file in attachments_in(values)} - files.keys()
    return Package(
        round=pack.round.name,
        form=form_name,
        form_version=form.head.version,
        pack_digest=pack.digest,
        values=values,
        carried=carried,
        files=files | {sha256: one.files[sha256] for one in given for sha256 in named & one.files.keys()},
        practice=practice,
    )


def sample_package(form_name: str = APPLICATION) -> Package:
    """One draft of the practice sample, a fictional unit whose forms are all filled in: its application."""
    from pilotdesk.projects.sample import sample_project

    return sample_project(form_name)[-1]


def session_of_package(package: Package, today: date, *, check_later: bool = False) -> Session:
    """A session over a package, without a store behind it.

    Args:
        package: the package.
        today: what its dates are compared with.
        check_later: whether its checks wait until somebody asks for issues, as for a draft that is only printed.

    Raises:
        PackError: ``pack_unknown`` when its round is not installed, ``pack_version_gone`` when another version is.
    """
    identity = Snapshot(
        values={},
        accepted={},
        project_id=package.project,
        revision=package.revision,
        practice=package.practice,
        carried=package.carried,
        attic=package.attic,
    )
    pack = pack_for(package.round, package.form, package.form_version, package.pack_digest)
    day = _day_of(package.values, today) if package.practice else today
    return Session(
        pack,
        package.form,
        package.values,
        today=day,
        accepted=package.accepted,
        identity=identity,
        check_later=check_later,
    )


def _day_of(values: Mapping[str, Value], today: date) -> date:
    """The day on which the practice sample is looked at: it tells of years to come, and nothing in it is too early."""
    return max((today, *(value for value in values.values() if isinstance(value, date))))


def session_of_record(record: DraftRecord, today: date) -> Session:
    """A session over a stored draft; its checks wait until somebody asks for issues.

    Raises:
        PackError: ``pack_unknown`` when its round is not installed, ``pack_version_gone`` when another version is.
    """
    card = record.card
    identity = Snapshot(
        values={},
        accepted={},
        project_id=card.project_id,
        draft_id=card.draft_id,
        revision=card.revision,
        practice=card.practice,
        carried=record.carried,
        attic=record.attic,
    )
    pack = pack_for(card.round, card.form, record.form_version, record.pack_digest)
    return Session(
        pack,
        card.form,
        record.values,
        today=_day_of(record.values, today) if card.practice else today,
        accepted=record.accepted,
        identity=identity,
        check_later=True,
    )


def package_of(session: Session, files: Mapping[str, bytes]) -> Package:
    """The package of a session; ``files`` are the contents of its attachments by SHA-256."""
    from pilotdesk.drafts.package import Package

    snapshot = session.freeze()
    return Package(
        round=session.round.name,
        form=session.form.head.name,
        form_version=session.form.head.version,
        pack_digest=session.pack.digest,
        values={p: v for p, v in snapshot.values.items() if not session.field(p).calculation},
        accepted=snapshot.accepted,
        carried=snapshot.carried,
        attic=snapshot.attic,
        files=files,
        revision=snapshot.revision,
        practice=snapshot.practice,
        project=snapshot.project,
    )


def facts_of(session: Session) -> DraftFacts:
    """What the start page shows of a draft."""
    from pilotdesk.rules.completeness import open_issues, progress_now

    head, found = session.form.head, open_issues(session.engine)

    def printed(name: str) -> str:
        field = session.form.fields.get(name)
        value = session.value(name)
        if field is None or value is None:
            return ""
        return codec_for(field, session.form.lists).print_text(value)

    return DraftFacts(
        title=printed(head.project_name),
        unit=printed(head.unit_name),
        pilot_field=printed("pilot_field"),
        percent=progress_now(session.engine),
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
    )


def outline_of(session: Session, *, draft: bool, document: str = "") -> Outline:
    """What would be printed now in one document, the form's first when not named.

    The practice sample is never a final version; it prints 样张.
    """
    from pilotdesk.forms.form_documents import document_of, documents_of

    if draft or not session.identity.final_codes:
        return _outline(session, document, draft=draft)
    # Whether it is the last version once more, all documents together tell.
    at = documents_of(session.form).index(document_of(session.form, document))
    return outlines_of(session, draft=False)[at]


def outlines_of(session: Session, *, draft: bool) -> tuple[Outline, ...]:
    """What would be printed now in all documents of the form, in their order.

    Where no document has another check code than in the last final version, it is that version that is printed, however
    often: what is stamped and what is uploaded have one number.
    """
    from pilotdesk.documents.outline import as_version
    from pilotdesk.forms.form_documents import documents_of

    outlines = tuple(_outline(session, one.name, draft=draft) for one in documents_of(session.form))
    if {one.check_code for one in outlines} <= session.identity.final_codes:
        return tuple(as_version(one, session.identity.revision) for one in outlines)
    return outlines


def _outline(session: Session, document: str, *, draft: bool) -> Outline:
    from pilotdesk.documents.outline import build_outline

    snapshot = session.freeze()
    watermark = WATERMARK_PRACTICE if snapshot.practice else WATERMARK_DRAFT if draft else ""
    return build_outline(session.pack, session.form, snapshot, document=document, watermark=watermark)


def refuse_errors(session: Session) -> None:
    """A final version waits until nothing is 必须改; the practice sample never becomes one and may be printed.

    Raises:
        ExportError: ``errors_left`` (count).
    """
    left = sum(issue.severity is Severity.ERROR for issue in session.all_issues())
    if left and not session.freeze().practice:
        raise ExportError("errors_left", count=left)


def export_session(
    session: Session,
    folder: Path,
    *,
    word: bool = True,
    pdf: bool = True,
    draft: bool = False,
    papers: Sequence[Outline] = (),
    content: Content | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExportResult:
    """Export a draft or a final version: every document of the form, with the pictures that ``content`` gives.

    ``papers`` go along behind them.

    Raises:
        ExportError: ``errors_left`` when a final version is asked for while something is 必须改, and those of
            :func:`pilotdesk.documents.export.export_documents`.
    """
    from pilotdesk.documents.export import export_documents

    if not draft:
        refuse_errors(session)
    outlines = (*outlines_of(session, draft=draft), *papers)
    return export_documents(outlines, folder, word=word, pdf=pdf, content=content, progress=progress)
