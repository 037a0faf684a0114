"""已承担过试点的单位: a list of the province's own, in Excel or Word, and who of the applicants stands in it.

The notice says that a unit that has undertaken a pilot is in principle not to undertake one again (third article).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackageError
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.regions import divisions
from pilotdesk.record import Record
from pilotdesk.review.beside.sameness import plain_name
from pilotdesk.review.beside.sheets_read import sheets_of
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.beside.sheet_rows import SheetRows
    from pilotdesk.review.records import Facts

CODE: Final = "desk_former"
# Column to words of its head; the first that fits a head counts, so 原承担单位 is not the unit.
_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "earlier": ("原名", "曾用名", "原单位", "原承担单位", "更名前"),
    "uscc": ("信用代码", "社会信用代码", "机构代码"),
    "project": ("项目名称", "试点名称", "试点项目", "项目"),
    "unit": ("承担单位", "实施单位", "建设单位", "申报单位", "试点单位", "单位名称", "单位"),
    "year": ("年份", "年度", "下达时间", "批准时间", "立项时间", "时间", "年"),
    "result": ("结论", "结果", "评估情况", "状态"),
}
_HEAD_ROWS: Final = 30
"""Rows that may stand above the head of a list: title, unit, date."""
_LONGEST_HEAD: Final = 16
_NO_HEAD: Final = LazyPattern(r"[:：\d]|(?:名单|汇总表|一览表|统计表|表)$")
_YEAR: Final = LazyPattern(r"(?:19|20)\d\d")
_USCC: Final = LazyPattern(r"[0-9A-HJ-NPQRTUWXY]{18}")
_EARLIER: Final = LazyPattern(r"[(（](?:原名?|曾用名|原名称|更名前)[:：为]?(?P<name>[^()（）]{4,40})[)）]")
_LEGAL: Final = LazyPattern(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)$")
_PLACE: Final = LazyPattern(r"^(?:[一-鿿]{2,6}?(?:省|自治区|自治州|市|盟|自治县|县|区|旗))")
_ANY_PLACE: Final = LazyPattern(r"(?:省|自治区|自治州|市|盟|县|区|旗)$")
_LEAST_CORE: Final = 4


class FormerPilot(Record, frozen=True, kw_only=True):
    """One row of the list.

    Attributes:
        unit: as written. earlier: other names that it had.
        uscc: 18 characters, empty when there is none or it cannot be one.
        project, result: as written, may be empty. year: four digits, or empty.
        place: sheet and row, to find it again: ``2019—2023年 第 7 行``.
    """

    unit: str
    earlier: tuple[str, ...] = ()
    uscc: str = ""
    project: str = ""
    year: str = ""
    result: str = ""
    place: str = ""


class FormerMatch(Record, frozen=True, kw_only=True):
    """An applicant that stands in the list, or may.

    Attributes:
        pilot: the row. sure: by its code, or by its name; otherwise somebody has to look.
        why: Chinese, half a sentence: 统一社会信用代码一样.
    """

    pilot: FormerPilot
    sure: bool
    why: str


class FormerList:
    """A list that can be asked; looking somebody up takes the same time however long it is.

    Args:
        pilots: its rows.
    """

    def __init__(self, pilots: Sequence[FormerPilot]) -> None:
        self.pilots: Final = tuple(pilots)
        self._by_uscc: dict[str, list[FormerPilot]] = {}
        self._by_name: dict[str, list[FormerPilot]] = {}
        self._by_earlier: dict[str, list[FormerPilot]] = {}
        self._by_core: dict[str, list[FormerPilot]] = {}
        for pilot in self.pilots:
            if pilot.uscc:
                self._by_uscc.setdefault(pilot.uscc, []).append(pilot)
            self._by_name.setdefault(plain_name(pilot.unit), []).append(pilot)
            for name in pilot.earlier:
                self._by_earlier.setdefault(plain_name(name), []).append(pilot)
            self._by_core.setdefault(_core(pilot.unit)[1], []).append(pilot)

    def match(self, facts: Facts) -> tuple[FormerMatch, ...]:
        """The rows that an applicant is, or may be; sure ones first, each row once.

        Args:
            facts: of the submission; participants are not looked up: the notice does not bar them.
        """
        code, name = "".join(_half(facts.uscc).upper().split()), plain_name(facts.unit)
        found: dict[int, FormerMatch] = {}
        for pilot in self._by_uscc.get(code, ()) if code else ():
            _add(found, pilot, sure=True, why="统一社会信用代码一样")
        for pilot in self._by_name.get(name, ()) if name else ():
            differs = bool(code and pilot.uscc and code != pilot.uscc)
            _add(found, pilot, sure=not differs, why="名称一样，代码不一样" if differs else "名称一样")
        for pilot, why in self._near(facts, name) if name else ():
            _add(found, pilot, sure=False, why=why)
        return tuple(sorted(found.values(), key=lambda match: not match.sure))

    def _near(self, facts: Facts, name: str) -> Iterator[tuple[FormerPilot, str]]:
        for pilot in self._by_earlier.get(name, ()):
            yield pilot, "和名单里的原名一样"
        for earlier in earlier_names(facts.unit):
            for pilot in self._by_name.get(plain_name(earlier), ()):
                yield pilot, "原名在名单里"
        places, core = _core(facts.unit)
        for pilot in self._by_core.get(core, ()) if len(core) >= _LEAST_CORE else ():
            theirs = _core(pilot.unit)[0]
            company = bool(_LEGAL.search(name) or _LEGAL.search(plain_name(pilot.unit)))
            if (places <= theirs or theirs <= places) and (company or (places and theirs)):
                yield pilot, "名称相近"


def _add(found: dict[int, FormerMatch], pilot: FormerPilot, *, sure: bool, why: str) -> None:
    found.setdefault(id(pilot), FormerMatch(pilot=pilot, sure=sure, why=why))


def read_former(path: Path) -> FormerList:
    """Read a list of former pilots: every visible sheet, or table of a Word file, that has a column for the unit.

    Rows above the head are skipped, columns may stand in any order. A cell that is empty because several rows were merged
    says what the row above says, as long as the row has a project of its own.

    Raises:
        PackageError: ``list_no_head`` (name) when no sheet has a column for the unit; ``list_empty`` (name) when nobody
            stands in it; those of :func:`pilotdesk.review.beside.sheets_read.sheets_of`.
    """
    sheets = sheets_of(path)
    heads = list(_with_heads(sheets))
    if not heads:
        raise PackageError("list_no_head", name=path.name)
    pilots = [pilot for sheet, (at, columns) in heads for pilot in _pilots(sheet, at, columns)]
    if not pilots:
        raise PackageError("list_empty", name=path.name)
    return FormerList(pilots)


def match_former(facts: Facts, former: FormerList) -> tuple[FormerMatch, ...]:
    """See :meth:`FormerList.match`."""
    return former.match(facts)


def former_findings(
    matches: Sequence[FormerMatch], pack: FormPack, *, point: int = 0, path: str = "", number: str = ""
) -> tuple[Finding, ...]:
    """One 请核实 for the likeliest row; the notice says "in principle", so nothing is barred.

    Args:
        matches: of :func:`match_former`.
        pack: of the round.
        point: review point of the answer.
        path: of the answer that says whether there was a pilot before.
        number: its number.
    """
    if not matches:
        return ()
    best = matches[0]
    pilot = best.pilot
    told = "，".join(filter(None, (f"{pilot.year}年" if pilot.year else "", pilot.project, pilot.result)))
    said = f"“{pilot.unit}”" + (f"（{told}）" if told else "")
    more = f"，名单里共有 {len(matches)} 条" if len(matches) > 1 else ""
    verdict = "在已承担过试点的单位名单里" if best.sure else "可能在已承担过试点的单位名单里"
    cure = "原则上不能再作为承担单位，请核实理由。" if best.sure else "请核实是不是同一个单位。"
    return (
        Finding(
            code=CODE,
            severity=Severity.WARNING,
            point=point,
            path=path,
            number=number,
            sentence=f"{verdict}：{said}，{best.why}{more}。{cure}",
            clause=clause_of(("notice_3_prior",), pack),
        ),
    )


def earlier_names(text: str) -> tuple[str, ...]:
    """Names in brackets after a name: 甲中心（原乙站）."""
    return tuple(found["name"].strip() for found in _EARLIER.finditer(text))


def _half(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _with_heads(sheets: Sequence[SheetRows]) -> Iterator[tuple[SheetRows, tuple[int, dict[str, int]]]]:
    """Every sheet with its head; a table of Word that goes on after a break has that of the table before."""
    before: tuple[int, dict[str, int]] | None = None
    width = 0
    for sheet in sheets:
        found = _head_of(sheet)
        if found is None and before is not None and sheet.columns == width > 0:
            found = 0, before[1]
        if found is not None:
            yield sheet, found
            before, width = found, sheet.columns


def _head_of(sheet: SheetRows) -> tuple[int, dict[str, int]] | None:
    """Number of the head's row and column of every part; ``None`` when no row has a column for the unit.

    Of the rows at the top the one with most parts is the head: 填报单位 above it has one.
    """
    best: tuple[int, dict[str, int]] | None = None
    for number, row in sheet.rows[:_HEAD_ROWS]:
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            part = _part_of(cell)
            if part:
                columns.setdefault(part, column)
        if "unit" in columns and (best is None or len(columns) > len(best[1])):
            best = number, columns
    return best


def _part_of(cell: str) -> str:
    """What a column of this head holds; empty when it is nothing we need, or no head: titles, dates, 填报单位：省局."""
    text = " ".join(_half(cell).split())
    head = re.sub(r"[\s(].*$", "", text) or text
    if not head or len(head) > _LONGEST_HEAD or _NO_HEAD.search(head):
        return ""
    return next((part for part, words in _HEADS.items() if any(word in head for word in words)), "")


def _pilots(sheet: SheetRows, head: int, columns: Mapping[str, int]) -> Iterator[FormerPilot]:
    above = ""
    sheet_year = _year(sheet.name)
    for number, row in sheet.rows:
        if number <= head:
            continue
        told = {part: row[column] if column < len(row) else "" for part, column in columns.items()}
        unit = told["unit"] or (above if told.get("project") else "")
        if not unit or (_part_of(unit) == "unit" and len(unit) <= 6):
            continue  # notes below the list, and the head repeated on the next page
        above = unit
        code = "".join(_half(told.get("uscc", "")).upper().split())
        names = (told.get("earlier", ""), *earlier_names(unit))
        yield FormerPilot(
            unit=unit,
            earlier=tuple(dict.fromkeys(filter(None, names))),
            uscc=code if _USCC.fullmatch(code) else "",
            project=told.get("project", ""),
            year=_year(told.get("year", "")) or sheet_year,
            result=told.get("result", ""),
            place=f"{sheet.name} 第 {number} 行".strip(),
        )


def _year(text: str) -> str:
    found = _YEAR.search(_half(text))
    return found[0] if found else ""


def _core(unit: str) -> tuple[frozenset[str], str]:
    """The places that a name begins with, without their ending, and what is left without brackets and legal form."""
    name = re.sub(r"\([^()]*\)", "", plain_name(unit))
    places: set[str] = set()
    while found := _PLACE.match(name):
        places.add(_ANY_PLACE.sub("", found[0]))
        name = name[found.end() :]
    short = next((one for one in _provinces() if name.startswith(one)), "")
    if short:
        places.add(short)
    return frozenset(places), _LEGAL.sub("", name.removeprefix(short))


@cache
def _provinces() -> frozenset[str]:
    """江西, 内蒙古: provinces as names begin with them."""
    listed = divisions()
    names = (listed.names[code] for code in listed.below[""])
    return frozenset(name[: 3 if name.startswith(("内蒙", "黑龙")) else 2] for name in names)
