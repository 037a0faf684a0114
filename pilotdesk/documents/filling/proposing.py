"""A mapping for a template that nobody has looked at yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.filling.mapping import Mapping, Template
from pilotdesk.documents.filling.matching import Matching
from pilotdesk.documents.filling.reading import Read
from pilotdesk.documents.filling.words import Words

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.documents.opened import OpenedDocx
    from pilotdesk.forms.aliases import Aliases
    from pilotdesk.forms.model import Form


def propose(form: Form, aliases: Aliases, opened: OpenedDocx, *, round_name: str, today: date) -> Mapping:
    """Where the answers of a form belong in a foreign file, with a confidence each; no answer is looked at.

    Args:
        form: our form.
        aliases: how others call its fields.
        opened: the file.
        round_name: the round, for the mapping.
        today: the day, for the mapping.
    """
    matching = Matching(Words(form, aliases), Read(opened))
    template = Template(
        sha256=opened.sha256,
        file_name=opened.name,
        round=round_name,
        form=form.head.name,
        version=form.head.version,
        made_on=today,
    )
    unclaimed = tuple(dict.fromkeys(one for one in matching.unclaimed if one))
    return Mapping(template=template, place=tuple(matching.places), unclaimed=unclaimed)
