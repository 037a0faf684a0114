"""The form that a received file was written for, as it is installed here, and what is printed of a package."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pilotdesk.documents.outline import build_outline
from pilotdesk.errors import PackError
from pilotdesk.forms.answer_book import AnswerBook
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.installed import current_folder, current_pack
from pilotdesk.forms.review_sheet import read_review, sheet_of
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.review.checking.points import Points
from pilotdesk.rules.engine import Engine

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.review_sheet import ReviewFile, Sheet
    from pilotdesk.review.records import Kind


def form_for(round_name: str, form_name: str) -> tuple[FormPack, Form]:
    """The newest pack of a round and a form of it; a submission for an older version is judged by the newest.

    Raises:
        PackError: ``pack_unknown``; ``form_unknown`` when the round has no such form.
    """
    pack = current_pack(round_name)
    form = pack.forms.get(form_name)
    if form is None:
        raise PackError("form_unknown", name=form_name, known="、".join(pack.forms))
    return pack, form


def review_for(round_name: str) -> ReviewFile | None:
    """The review file of a round; ``None`` when its pack has none."""
    return _review_in(current_folder(round_name))


@cache
def _review_in(folder: Path) -> ReviewFile | None:
    """Remembered by the folder: an update brings another one while the program runs."""
    return read_review(folder)


def sheet_for(round_name: str, form_name: str) -> Sheet:
    """How a form is reviewed."""
    return sheet_of(review_for(round_name), form_name)


def points_for(round_name: str, form_name: str, source: Kind, unread: frozenset[str] = frozenset()) -> Points:
    """The review points of a form, for the kind of file that the answers come from."""
    return _points_in(current_folder(round_name), round_name, form_name, source, unread)


@cache
def _points_in(
    _folder: Path, round_name: str, form_name: str, source: Kind, unread: frozenset[str]
) -> Points:
    pack = current_pack(round_name)
    return Points(pack, form_name, review_for(round_name), source=source, unread=unread)


def outlines_of(pack: FormPack, form: Form, package: Package, today: date) -> tuple[Outline, ...]:
    """Every document of a package as it would be printed now, as a final version.

    Args:
        pack: that it is read with.
        form: of the pack.
        package: its answers; those that the form does not have print nothing.
        today: the day that calculations see.
    """
    book = AnswerBook(form, package.values)
    engine = Engine(form, pack.round, today)
    book.write(engine.start(book.values, package.accepted, check_later=True).values)
    snapshot = Snapshot(
        values=book.values,
        irrelevant=engine.irrelevant,
        accepted=package.accepted,
        revision=package.revision,
        practice=package.practice,
        carried=package.carried,
        attic=package.attic,
    )
    return tuple(
        build_outline(pack, form, snapshot, document=document.name) for document in documents_of(form)
    )
