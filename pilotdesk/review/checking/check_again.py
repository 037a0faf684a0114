"""The 校验码 of stored answers, worked out anew: the proof that what the desk shows is what the unit handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.digest import digest_of
from pilotdesk.documents.outline import build_outline
from pilotdesk.forms.answer_book import AnswerBook
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.rules.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.values import Value


def code_again(pack: FormPack, form: Form, values: Mapping[str, Value], received_on: date) -> str:
    """The 校验码 of the first document of a form with these answers.

    Args:
        pack: of the form.
        form: the form.
        values: path to answer.
        received_on: the day for what is calculated from it.
    """
    book = AnswerBook(form, values)
    engine = Engine(form, pack.round, received_on)
    book.write(engine.start(book.values, check_later=True).values)
    snapshot = Snapshot(values=book.values, irrelevant=engine.irrelevant, accepted={})
    return digest_of(build_outline(pack, form, snapshot))
