"""What is not finished when a project is handed over: lines of a return slip that nobody mended, parts that others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.web.page import text
from pilotdesk.drafts.returned_lines import Done
from pilotdesk.projects.returning import states_in
from pilotdesk.projects.sharing_words import part_words, until_words
from pilotdesk.projects.timeline_words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.drafts.copies import DraftCopy
    from pilotdesk.drafts.returned import Returned
    from pilotdesk.drafts.share import Share
    from pilotdesk.forms.model import Form
    from pilotdesk.session import Session


def open_matters(drafts: Iterable[tuple[str, DraftCopy, Session]]) -> Iterator[str]:
    """Markup of the section; nothing where all is finished.

    Args:
        drafts: the name of each, and what is known of it.
    """
    said = [words for name, draft, session in drafts for words in _of_draft(name, draft, session)]
    if said:
        yield "<h3>还没有做完的</h3><ul>"
        yield from (f"<li>{one}</li>" for one in said)
        yield "</ul>"


def _of_draft(name: str, draft: DraftCopy, session: Session) -> Iterator[str]:
    if draft.returns:
        yield from _sent_back(name, draft.returns[-1], session)
    for kept in draft.shares:
        share = kept.share
        if kept.incoming or not share.returned:
            words = _asked_of_us(share) if kept.incoming else _asked(share, session.form)
            yield f"{text(name)}：{text(words)}"


def _sent_back(name: str, returned: Returned, session: Session) -> Iterator[str]:
    slip = returned.slip
    left = [state.line for state in states_in(returned, session) if state.done is Done.OPEN]
    if not left:
        return
    due = f"，{day_words(slip.due)}前改好再报" if slip.due else ""
    ask = "，".join(filter(None, (slip.reviewer, slip.contact)))
    asked = f"，可以问{ask}" if ask else ""
    head = f"{day_words(slip.on)}{slip.bureau}退回，还有 {len(left)} 处没改{due}{asked}。"
    places = ((line, f"{line.number} {line.label}".strip()) for line in left)
    lines = "<br>".join(
        text(f"{place}：{line.sentence}" if place else line.sentence) for line, place in places
    )
    yield f"{text(name)}：{text(head)}<br>{lines}"


def _asked(share: Share, form: Form) -> str:
    parts = "；".join(part_words(form, part) for part in share.parts)
    return f"{parts}，请{share.person or '人'}填了，还没有收回{until_words(share.due)}。"


def _asked_of_us(share: Share) -> str:
    return f"这一份是{share.sender or '别人'}请填的，填好要交回去{until_words(share.due)}。"
