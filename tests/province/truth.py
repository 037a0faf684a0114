"""What is true of a made province: who handed in what, what is wrong with it, and what must be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.review.records import Facts

ROUND: Final = "2026"
FORM: Final = "application"
ANY_POINT: Final = -1
"""Where the truth does not say to which review point a finding belongs."""


class Expected(Record, frozen=True, kw_only=True):
    """One finding that there must be.

    Attributes:
        code: of the pack's check, or of the desk (``desk_…``).
        severity: ``error``, ``warning``, ``hint``; empty when the truth leaves it open.
        point: 0 to 6, :data:`ANY_POINT` when it is left open.
        path: the answer, with the id of its row; empty for the whole.
    """

    code: str
    severity: str = ""
    point: int = ANY_POINT
    path: str = ""


class Seeded(Record, frozen=True, kw_only=True):
    """One defect that was put in.

    Attributes:
        name: of its function. expected: what must be found in this unit.
        also: codes that rightly come along with it. others: numbers of the units that are concerned too.
    """

    name: str
    expected: tuple[Expected, ...] = ()
    also: tuple[str, ...] = ()
    others: tuple[int, ...] = ()


class UnitTruth(Record, frozen=True, kw_only=True):
    """One unit and what it handed in.

    Attributes:
        number: from 0, in the order in which they were made. facts: as the desk must show them.
        title, uscc… stand in ``facts``. region_code: six digits.
        carriers: of ``pilot``, ``docx``, ``pdf``, ``word`` (a foreign Word form), in this order.
        place: its folder or archive, relative; files: places as :class:`pilotdesk.review.records.ReceivedFile` writes them.
        attachments: files attached in the package, or lying beside where there is no package.
        revision: of its newest final documents. code: 校验码 of the final documents; empty without any.
        placed: of a foreign form, paths that were filled in; empty for others.
        password: of its package; empty for none.
        seeded: what is wrong. A unit without has no finding at all that is 必须改 or 请核实.
        hints: codes of 建议 that the checks of the pack rightly have for the unit although nothing was seeded.
    """

    number: int
    facts: Facts
    region_code: str
    carriers: tuple[str, ...]
    place: str
    files: tuple[str, ...]
    attachments: int = 0
    revision: int = 1
    code: str = ""
    placed: tuple[str, ...] = ()
    password: str = ""
    seeded: tuple[Seeded, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def expected(self) -> tuple[Expected, ...]:
        """Everything that must be found."""
        return tuple(one for seeded in self.seeded for one in seeded.expected)

    @property
    def allowed(self) -> frozenset[str]:
        """Codes that may be found: those expected, those that come along, and hints."""
        codes = {one.code for one in self.expected} | {code for one in self.seeded for code in one.also}
        return frozenset(codes | set(self.hints))


class Former(Record, frozen=True, kw_only=True):
    """A row of the list of former pilots: unit, its code (may be empty), project, year, result."""

    unit: str
    uscc: str
    project: str
    year: int
    result: str


class Truth(Record, frozen=True, kw_only=True):
    """A whole province.

    Attributes:
        province: its code (430000). seed: it was made with. units: by number.
        former: rows of ``former.xlsx``, in words; the heads are :data:`FORMER_HEADS`.
        shared_runs: runs of characters that two units have in common by chance, although they should not.
    """

    province: str
    seed: int
    units: tuple[UnitTruth, ...]
    former: tuple[Former, ...] = ()
    shared_runs: int = 0

    @property
    def clean(self) -> tuple[UnitTruth, ...]:
        """Units in which nothing is wrong."""
        return tuple(unit for unit in self.units if not unit.seeded)

    def with_defect(self, name: str) -> tuple[UnitTruth, ...]:
        """Units with a defect of this name."""
        return tuple(unit for unit in self.units if any(one.name == name for one in unit.seeded))

    def write(self, target: Path) -> None:
        """As JSON, to be looked at."""
        target.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1))


FORMER_HEADS: Final = ("承担单位", "统一社会信用代码", "项目名称", "下达年份", "评估结论")
