"""Projects as the start page shows them: their drafts together, and where each of them stands today."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.projects.timeline import State, timeline
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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
        """The form that is next in the project's life and has no draft yet; ``None`` when there is none to begin.

        One that is begun and overdue does not hold up the next: it may have been handed in without a word to us.
        """
        left = (due for due in self.line.forms[1:] if not due.settled)
        due = next((due for due in left if not (due.draft_id and due.state is State.OVERDUE)), None)
        return due if due is not None and not due.draft_id else None


class Order(Enum):
    """How the projects stand in a list. Nothing typed, and nothing due, stands last."""

    CHANGED = "changed"
    NAME = "name"
    DUE = "due"


class Overviews:
    """Projects in an order; each is worked out when it is looked at, so that ten thousand open as fast as ten.

    Args:
        drafts: the cards of each project, the one changed last first; at least one each.
        make: gives the overview of one.
    """

    def __init__(
        self, drafts: Iterable[tuple[DraftCard, ...]], make: Callable[[tuple[DraftCard, ...]], Overview]
    ) -> None:
        self._drafts = tuple(drafts)
        self._make = make
        self._made: dict[str, Overview] = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def __iter__(self) -> Iterator[Overview]:
        return map(self._overview, self._drafts)

    def part(self, first: int, count: int) -> tuple[Overview, ...]:
        """So many from the one at ``first`` on; fewer at the end."""
        return tuple(map(self._overview, self._drafts[first : first + count]))

    def of(self, project_id: str) -> Overview:
        """One project.

        Raises:
            KeyError: it is not among them.
        """
        for drafts in self._drafts:
            if drafts[0].project_id == project_id:
                return self._overview(drafts)
        raise KeyError(project_id)

    def names(self) -> Iterator[tuple[str, str]]:
        """Id, and title with unit, of every draft."""
        return (
            (card.draft_id, f"{card.facts.title} {card.facts.unit}")
            for drafts in self._drafts
            for card in drafts
        )

    def newest(self) -> str:
        """The stamp of the latest change; empty where there is no draft."""
        return max((drafts[0].updated for drafts in self._drafts), default="")

    def practice(self, wanted: bool) -> Overviews:
        """Those that are practice samples, or those that are none."""
        return self._like(drafts for drafts in self._drafts if drafts[0].practice is wanted)

    def having(self, draft_ids: frozenset[str]) -> Overviews:
        """Those of which one of these drafts is a part."""
        return self._like(
            drafts
            for drafts in self._drafts
            if drafts[0].draft_id in draft_ids
            or (len(drafts) > 1 and any(card.draft_id in draft_ids for card in drafts))
        )

    def in_order(self, order: Order) -> Overviews:
        """The same in another order; those that are alike in it stay as they are."""
        if order is Order.CHANGED:
            return self
        key = _by_name if order is Order.NAME else lambda drafts: _by_due(self._overview(drafts))
        return self._like(sorted(self._drafts, key=key))

    def _like(self, drafts: Iterable[tuple[DraftCard, ...]]) -> Overviews:
        made = Overviews(drafts, self._make)
        made._made = self._made  # what was worked out once
        return made

    def _overview(self, drafts: tuple[DraftCard, ...]) -> Overview:
        project_id = drafts[0].project_id
        if project_id not in self._made:
            self._made[project_id] = self._make(drafts)
        return self._made[project_id]


def overviews(
    cards: Iterable[DraftCard],
    dates_of: Callable[[str], Mapping[str, date]],
    round_of: Callable[[str], Round],
    today: date,
) -> Overviews:
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

    def make(drafts: tuple[DraftCard, ...]) -> Overview:
        project_id = drafts[0].project_id
        dates = dates_of(project_id)
        line = timeline(drafts, round_of(drafts[0].round), dates, today)
        return Overview(project_id=project_id, cards=drafts, dates=dates, line=line)

    return Overviews(map(tuple, projects.values()), make)


def pressing(projects: Iterable[Overview]) -> tuple[tuple[Overview, Due], ...]:
    """What the user is reminded of, over all projects, the most pressing first; the practice sample reminds nobody.

    Each form once: an earlier day inside the province speaks for the final one as well.
    """
    found = [(each, due) for each in projects if not each.practice for due in each.line.pressing()]
    found.sort(key=lambda pair: (pair[1].state is not State.OVERDUE, pair[1].days or 0))
    once: dict[tuple[str, str], tuple[Overview, Due]] = {}
    for each, due in found:
        once.setdefault((each.project_id, due.form), (each, due))
    return tuple(once.values())


def _by_name(drafts: tuple[DraftCard, ...]) -> tuple[bool, bytes]:
    """The national character set has its common characters in the order of their sounds."""
    title = next((card.facts.title for card in drafts if card.facts.title), "")
    return not title, title.encode("gb18030", "replace")


def _by_due(project: Overview) -> tuple[bool, date]:
    due = project.line.next_due()
    return due is None, due.day if due is not None and due.day is not None else date.max
