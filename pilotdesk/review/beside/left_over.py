"""Names of other applicants and of their counties in running text: left over when a text was taken from them.

The rules of the pack find names of any unit that is neither the applicant's nor of its region; here only names of those
who handed in something themselves are looked for, which finds units without a place in their name too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import Row
from pilotdesk.record import Record
from pilotdesk.rules.scan_units import AMBIGUOUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pilotdesk.review.records import Submission

LEAST_UNIT: Final = 6
"""Characters of a unit's name that nothing else is called."""
LEAST_COUNTY: Final = 3
MENTIONS: Final = 2
"""A county next door is named once with good reason; a text that was taken over names it again and again."""
_TAIL: Final = 3
_COUNTY: Final = re.compile(r"(?:.*(?:省|自治区|自治州|地区|市|盟|州))?(?P<county>.{2,}(?:县|区|旗|市))$")
_MORE: Final = frozenset("域间内级块外")
"""Characters that make a word of a county before them: 新建区域."""


class LeftOver(Record, frozen=True, kw_only=True):
    """A name in the text of one submission that is the other's.

    Attributes:
        keys: in whose text it stands, and whose it is. name: of the unit or of the county.
        paths: of the answers that it stands in.
    """

    keys: tuple[str, str]
    name: str
    paths: tuple[str, ...]


def left_over_names(
    group: Sequence[Submission], written: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[LeftOver]:
    """Names that are at home elsewhere, in the order of the submissions in whose text they stand.

    Args:
        group: submissions for one form.
        written: key to path and text of the running texts.
    """
    owners: dict[str, str] = {}
    counties: set[str] = set()
    for one in group:
        owners.setdefault(one.facts.unit, one.key)
        county = county_of(one.facts.region)
        counties.add(county)
        owners.setdefault(county, one.key)
    counties -= AMBIGUOUS
    wanted = {
        name
        for name in owners
        if (
            len(name) >= LEAST_COUNTY
            if name in counties
            else len(name) >= LEAST_UNIT and name not in AMBIGUOUS
        )
    }
    tails: dict[str, list[str]] = {}
    for name in sorted(wanted, key=len, reverse=True):
        tails.setdefault(name[-_TAIL:], []).append(name)
    ends = (
        re.compile("[" + "".join(sorted({re.escape(name[-1]) for name in wanted})) + "]") if wanted else None
    )
    for one in group if ends else ():
        own, home = _own_names(one, written[one.key]), county_of(one.facts.region)
        for name, paths in _named(written[one.key], ends, tails).items():
            least = MENTIONS if name in counties else 1
            at_home = bool(home) and name.startswith(home)
            if owners[name] != one.key and len(paths) >= least and name not in own and not at_home:
                keys = (one.key, owners[name])
                yield LeftOver(keys=keys, name=name, paths=tuple(dict.fromkeys(paths)))


def county_of(region: str) -> str:
    """The last division of a region in words: 南汀县 of 江西省抚州市南汀县; empty when it names none."""
    found = _COUNTY.match("".join(region.split()))
    return found["county"] if found else ""


def _own_names(submission: Submission, written: Sequence[tuple[str, str]]) -> str:
    """What the form itself says in short answers: its own unit and region, participants, authorities, members."""
    running = {path for path, _ in written}
    facts = submission.facts
    own = [facts.unit, facts.region, facts.title, *facts.participants]
    for path, value in submission.values.items():
        if isinstance(value, str) and path not in running:
            own.append(value)
        elif isinstance(value, tuple):
            cells = (cell for row in value if isinstance(row, Row) for cell in row.cells.items())
            own += [cell for _, cell in cells if isinstance(cell, str) and len(cell) <= 40]
    return "\n".join(own)


def _named(
    texts: Sequence[tuple[str, str]], ends: re.Pattern[str] | None, tails: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Names to the paths where they stand, once for every time; of two that end in one place the longer."""
    found: dict[str, list[str]] = {}
    for path, text in texts:
        for match in ends.finditer(text) if ends else ():
            end = match.end()
            for name in tails.get(text[max(0, end - _TAIL) : end], ()):
                if text.endswith(name, 0, end) and text[end : end + 1] not in _MORE:
                    found.setdefault(name, []).append(path)
                    break
    return found
