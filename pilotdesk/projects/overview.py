"""Projects as the start page shows them: their drafts together, and where each of them stands today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.projects.timeline import State, timeline
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.round import Round
    from pilotdesk.projects.timeline import Due, Timeline


class Overview(Record, frozen=True, kw_only=True):
    """One project.

    Attributes:
        cards: its drafts, the one changed last first; at least one.
        dates: what the user said about its days. line: where it stands.
    """

    project_id: str
    cards: tuple[DraftCard, ...]
    dates: Mapping[str, date]
    line: Timeline

    @property
    def latest(self) -> DraftCard:
        """The draft that was changed last; one of an older version of its form only where there is no other."""
        return next(card for card in self.cards if card not in self.older())

    @property
    def practice(self) -> bool:
        """Whether it is the practice sample."""
        return self.latest.practice

    @property
    def title(self) -> str:
        """The project's name in the draft changed last that has one; empty while nobody has typed it."""
        return next((card.facts.title for card in self.cards if card.facts.title), "")

    @property
    def unit(self) -> str:
        """The undertaking unit, in the same way."""
        return next((card.facts.unit for card in self.cards if card.facts.unit), "")

    @property
    def pilot_field(self) -> str:
        """The pilot field, in the same way."""
        return next((card.facts.pilot_field for card in self.cards if card.facts.pilot_field), "")

    def older(self) -> tuple[DraftCard, ...]:
        """Drafts of which there is a newer version of the same form."""
        newest = {card.form: card for card in sorted(self.cards, key=lambda card: card.recency)}
        return tuple(card for card in self.cards if newest[card.form] is not card)

    def to_begin(self) -> Due | None:
        """The form that is next in the project's life and has no draft yet; ``None`` when there is none to begin."""
        due = next((due for due in self.line.forms[1:] if not due.settled), None)
        return due if due is not None and not due.draft_id else None


def overviews(
    cards: Iterable[DraftCard],
    dates_of: Callable[[str], Mapping[str, date]],
    round_of: Callable[[str], Round],
    today: date,
) -> tuple[Overview, ...]:
    """The projects of these drafts, the one changed last first.

    Args:
        cards: all drafts, the one changed last first.
        dates_of: gives what the user said about the days of a project.
        round_of: gives a round by its name.
        today: the local day.
    """
    projects: dict[str, list[DraftCard]] = {}
    for card in cards:
        projects.setdefault(card.project_id, []).append(card)
    found = []
    for project_id, drafts in projects.items():
        dates = dates_of(project_id)
        line = timeline(drafts, round_of(drafts[0].round), dates, today)
        found.append(Overview(project_id=project_id, cards=tuple(drafts), dates=dates, line=line))
    return tuple(found)


def pressing(projects: Iterable[Overview]) -> tuple[tuple[Overview, Due], ...]:
    """What the user is reminded of, over all projects, the most pressing first; the practice sample reminds nobody.

    Each form once: an earlier day inside the province speaks for the final one as well.
    """
    found = [(each, due) for each in projects if not each.practice for due in each.line.pressing()]
    found.sort(key=lambda pair: (pair[1].state is not State.OVERDUE, pair[1].days or 0))
    once = {(each.project_id, due.form): (each, due) for each, due in reversed(found)}
    return tuple(pair for pair in found if pair in once.values())
