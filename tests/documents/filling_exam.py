"""Marks a filled template against its truth: what stands where it belongs, what is missing, what was touched besides."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tests.data.templates.answers import accepted, answers
from tests.documents import filling_kit as kit

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
RIGHT, MISSING, UNTIDY, WRONG, EMPTY = "right", "missing", "untidy", "wrong", "empty"


@dataclass(frozen=True)
class Truth:
    """One template: its file, our form, what it has in it, containers and rows of the TOML."""

    name: str
    content: bytes  # numbered, see filling_kit.tagged
    form: str
    layouts: str
    containers: list[dict]
    rows: list[dict]
    margins: dict[str, str] = field(default_factory=dict)  # header or footer to its text once it is filled

    @classmethod
    def read(cls, path: Path) -> Truth:
        told = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
        head = told["template"]
        content = kit.tagged(path.read_bytes())
        return cls(
            path.stem, content, head["form"], head["layouts"], told.get("container", []), told.get("rows", []),
            head.get("margins", {}),
        )  # fmt: skip


def templates(folder: Path = TEMPLATES) -> list[Path]:
    return sorted(folder.glob("*.docx"))


@dataclass(frozen=True)
class Outcome:
    """What became of one place."""

    path: str
    at: str
    state: str
    optional: bool = False
    text: str = ""


@dataclass
class Report:
    """What became of a template."""

    name: str
    outcomes: list[Outcome] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)  # texts that changed outside every place
    parts: list[str] = field(default_factory=list)  # other parts of the package that changed
    skeleton: bool = True  # everything outside the places is the same XML
    crowded: list[str] = field(default_factory=list)  # labels that an answer before them runs into
    faces: list[str] = field(default_factory=list)  # places whose value is not in the type of the form

    def counted(self) -> list[Outcome]:
        """One outcome for each field: pieces of a field are one, empty answers and optional places left do not count."""
        pieces: dict[tuple[str, str], list[Outcome]] = {}
        for one in self.outcomes:
            name, _, piece = one.path.partition("#")
            where = one.at.rsplit("/", 1)[0] if piece else one.at
            pieces.setdefault((name, where), []).append(one)
        merged = [_merged(name, where, group) for (name, where), group in pieces.items()]
        return [one for one in merged if one.state != EMPTY and not (one.optional and one.state == MISSING)]

    def states(self) -> Counter[str]:
        return Counter(one.state for one in self.counted())

    def wrong(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.state == WRONG]


def _merged(name: str, where: str, group: list[Outcome]) -> Outcome:
    states = {one.state for one in group}
    worst = next((state for state in (WRONG, UNTIDY, MISSING, EMPTY, RIGHT) if state in states), RIGHT)
    if worst == MISSING and RIGHT in states:
        worst = UNTIDY
    return Outcome(
        name, where, worst, all(one.optional for one in group), " ".join(one.text for one in group)
    )


def examine(truth: Truth, filled: bytes) -> Report:
    """Compare a filled template with its truth."""
    report = Report(truth.name)
    before, after = kit.root_of(truth.content), kit.root_of(filled)
    marked = Marked(truth, before, after)
    for container in truth.containers:
        report.outcomes += marked.container(container)
    for rows in truth.rows:
        report.outcomes += marked.rows(rows)
    report.skeleton, report.touched = marked.rest()
    report.faces = marked.faces()
    report.crowded = marked.crowded
    old, new = kit.parts(truth.content), kit.parts(filled)
    names = (old.keys() | new.keys()) - {kit.DOCUMENT}
    changed = {name for name in names if old.get(name) != new.get(name)}
    right = {name for name, text in truth.margins.items() if kit.norm(text) == _words_of(new[name])}
    report.parts = sorted((changed | truth.margins.keys()) - right)
    return report


def _words_of(part: bytes) -> str:
    return kit.norm("".join(etree.fromstring(part).itertext()))


def tag(element: etree._Element) -> str:
    return element.get(kit.TAG, "")


class Marked:
    """The template before and after, walked place by place; what belongs to places is remembered."""

    def __init__(self, truth: Truth, before: etree._Element, after: etree._Element) -> None:
        self.truth, self.before, self.after = truth, before, after
        self.first: dict[str, etree._Element] = {}
        for element in after.iter(kit.P, kit.TR):
            self.first.setdefault(tag(element), element)
        self.old = {tag(element): element for element in before.iter(kit.P, kit.TR)}
        self.cells: list[tuple[etree._Element, etree._Element | None]] = []
        self.regions: list[tuple[list[etree._Element], list[etree._Element]]] = []
        self.row_spans: list[tuple[list[etree._Element], list[etree._Element]]] = []
        self.crowded: list[str] = []
        self.own = {kit.at(before, one["at"]) for one in truth.containers if one["at"].startswith("P")}

    def container(self, container: dict) -> list[Outcome]:
        """The outcomes of the places of a cell or paragraph."""
        element = kit.at(self.before, container["at"])
        if element.tag == kit.TC:
            row = kit.nearest(element, kit.TR)
            there = self.first.get(tag(row))
            cells = kit.cells_of(there) if there is not None else []
            number = kit.cells_of(row).index(element)
            now = cells[number] if number < len(cells) else None
            self.cells.append((element, now))
            text = "" if now is None else kit.text_of(now)
        else:
            text = "\n".join(kit.text_of(par) for par in self._region(element))
        labels = re.findall(r"\}\s*([^\W\d_]{2,8}：)", container["text"])
        self.crowded += [label for label in labels if re.search(rf"\w(?<!_){label}", text)]
        return self.judged(container, kit.norm(text))

    def _region(self, par: etree._Element) -> list[etree._Element]:
        """The paragraph after filling, with those added to it and the empty ones that stood below it."""
        old = [par]
        for sibling in par.itersiblings():
            if (
                sibling.tag != kit.P
                or sibling in self.own
                or kit.norm(kit.text_of(sibling))
                or _solid(sibling)
            ):
                break
            old.append(sibling)
        tags = {tag(one) for one in old}
        start = self.first.get(tag(par))
        new = [] if start is None else [start]
        for sibling in () if start is None else start.itersiblings():
            if sibling.tag != kit.P or (tag(sibling) in self.old and tag(sibling) not in tags):
                break
            new.append(sibling)
        self.regions.append((old, new))
        return new

    def judged(self, container: dict, text: str) -> list[Outcome]:
        """Outcomes by matching the text with what stands around the places."""
        pieces = re.split(r"\{(\d+)\}", container["text"])
        pattern = "".join("(.*?)" if n % 2 else re.escape(kit.norm(piece)) for n, piece in enumerate(pieces))
        found = re.fullmatch(pattern, text, re.DOTALL)
        outcomes = []
        for number, place in enumerate(container["place"]):
            here = found[number + 1] if found else text
            state = state_of(self.truth.form, place, here, exact=found is not None)
            optional = place.get("optional", False)
            outcomes.append(Outcome(place["path"], container["at"], state, optional, here[:60]))
        return outcomes

    def rows(self, rows: dict) -> list[Outcome]:
        """One outcome for each column of rows to be filled."""
        first = kit.at(self.before, rows["at"])
        table = kit.nearest(first, kit.TBL)
        old = kit.rows_of(table)
        start = old.index(first)
        later = {tag(row) for row in old[start + rows["blank"] :]}
        now = kit.rows_of(kit.nearest(self.first[tag(old[start - 1])], kit.TBL))
        begin = next(n for n, row in enumerate(now) if tag(row) == tag(old[start - 1])) + 1
        end = next((n for n in range(begin, len(now)) if tag(now[n]) in later), len(now))
        self.row_spans.append((old[start : start + rows["blank"]], now[begin:end]))
        texts = [[kit.norm(kit.text_of(cell)) for cell in kit.cells_of(row)] for row in now[begin:end]]
        numbered = any(
            kit.norm(kit.text_of(kit.cells_of(row)[0])) for row in old[start : start + rows["blank"]]
        )
        numbered &= any("".join(row[1:]) for row in texts)  # rows that nobody filled keep their numbers
        return [
            Outcome(
                f"{rows['path']}[].{column.replace('#', 'serial')}" if column else "",
                f"{rows['at']}/C{number}",
                self._column(
                    rows, column, [row[number] if number < len(row) else "" for row in texts], numbered
                ),
                rows.get("optional", False),
                " / ".join(row[number] for row in texts if number < len(row))[:80],
            )
            for number, column in enumerate(rows["columns"])
        ]

    def _column(self, rows: dict, column: str, texts: list[str], numbered: bool) -> str:
        """The state of one column: "" is nobody's, # the serial number."""
        form, path = self.truth.form, rows["path"]
        amount = len(answers(form).get(path, ()))
        if not column:
            return EMPTY if not any(texts) else WRONG
        if column == "#":
            right = [str(n + 1) for n in range(amount)]
            return EMPTY if texts[:amount] == right or not numbered else UNTIDY
        wanted = [
            {kit.norm(text) for text in accepted(form, f"{path}.{column}", row)} or {"", "无", "—"}
            for row in range(amount)
        ]
        if not any(texts):
            return MISSING
        if any(texts[amount:]):
            return WRONG
        if len(texts) >= amount and all(text in right for text, right in zip(texts, wanted, strict=False)):
            return RIGHT
        right = [
            not text or any(text in one or (one and one in text) for one in choice)
            for text, choice in zip(texts, wanted, strict=False)
        ]
        return UNTIDY if all(right) else WRONG

    def faces(self) -> list[str]:
        """Places that hold a value alone whose runs have another font, size or underline than the form gave."""
        boxes = set(kit.EMPTY_BOXES) | {"○"}
        alone = {
            one["at"]
            for one in self.truth.containers
            if one["text"] == "{0}" and not boxes & set(one["place"][0].get("shown", ""))
        }
        pairs = [
            (paragraphs[0], new) for paragraphs, new in self.regions if kit.address(paragraphs[0]) in alone
        ]
        pairs += [
            (kit.paragraphs_of(old)[0], kit.paragraphs_of(new))
            for old, new in self.cells
            if new is not None and kit.address(old) in alone
        ]
        for _, new in self.row_spans:  # in rows every paragraph says itself which face it has
            filled = (par for row in new for cell in kit.cells_of(row)[1:] for par in kit.paragraphs_of(cell))
            pairs += [(par, [par]) for par in filled]
        return kit.addresses([old for old, new in pairs if not _same_face(old, new)])

    def rest(self) -> tuple[bool, list[str]]:
        """Whether everything outside the places is the same XML, and the texts that changed there."""
        inside = {tag(par) for cell, _ in self.cells for par in cell.iter(kit.P)}
        inside |= {tag(par) for old, _ in self.regions for par in old}
        inside |= {tag(one) for old, _ in self.row_spans for row in old for one in row.iter(kit.P, kit.TR)}
        changed = []
        for number, old in self.old.items():
            if number in inside or old.tag != kit.P or kit.nearest(old, kit.FALLBACK) is not None:
                continue
            new = self.first.get(number)
            was, now = kit.text_of(old), None if new is None else kit.text_of(new)
            if was != now:
                changed.append(
                    f"{kit.address(old)} {was[:40]!r} → {'gone' if now is None else repr(now[:80])}"
                )
        return self._skeleton(0) == self._skeleton(1), changed

    def _skeleton(self, side: int) -> bytes:
        root = (self.before, self.after)[side]
        cells = {pair[side] for pair in self.cells}
        regions = {id(par): par is pair[side][0] for pair in self.regions for par in pair[side]}
        rows = {id(row) for pair in self.row_spans for row in pair[side]}
        numbers = {id(element): str(n) for n, element in enumerate(root.iter())}
        copy = deepcopy(root)
        by_number = dict(zip(numbers, copy.iter(), strict=True))
        drop = [by_number[one] for one in rows]
        for cell in cells - {None}:
            drop += [child for child in by_number[id(cell)] if not child.tag.endswith("}tcPr")]
        for par, first in regions.items():
            if first:
                drop += [child for child in by_number[par] if not child.tag.endswith("}pPr")]
            else:
                drop.append(by_number[par])
        for element in [*drop, *copy.iter(kit.FALLBACK)]:
            if element.getparent() is not None:
                element.getparent().remove(element)
        return etree.tostring(copy, method="c14n2")


def _same_face(old: etree._Element, new: list[etree._Element]) -> bool:
    """Whether every run with text has the face of the first run that stood here, or of the empty paragraph."""
    runs = [] if new == [old] else [run for run in old.iter(kit.R) if kit.text_of(run)]
    wanted = _face((runs[0] if runs else old.find(f"{{{kit.W}}}pPr")).find(f"{{{kit.W}}}rPr"))
    made = [run for par in new for run in par.iter(kit.R) if kit.norm(kit.text_of(run))]
    return all(_face(run.find(f"{{{kit.W}}}rPr")) == wanted and not _as_guidance(run) for run in made)


def _as_guidance(run: etree._Element) -> bool:
    """Whether a run looks like guidance still: grey, or in a control that says it shows a placeholder."""
    color = run.find(f"{{{kit.W}}}rPr/{{{kit.W}}}color")
    control = kit.nearest(run, f"{{{kit.W}}}sdt")
    placeholder = None if control is None else control.find(f"{{{kit.W}}}sdtPr/{{{kit.W}}}showingPlcHdr")
    return placeholder is not None or (color is not None and color.get(f"{{{kit.W}}}val") == "808080")


def _face(properties: etree._Element | None) -> tuple[str | None, ...]:
    def told(name: str, key: str) -> str | None:
        found = None if properties is None else properties.find(f"{{{kit.W}}}{name}")
        return None if found is None else found.get(f"{{{kit.W}}}{key}")

    return told("rFonts", "eastAsia"), told("rFonts", "eastAsiaTheme"), told("sz", "val")


def _solid(par: etree._Element) -> bool:
    """Whether an empty paragraph carries something: a section's end, a page break, a drawing."""
    return any(
        etree.QName(child).localname in ("sectPr", "drawing", "pict", "br")
        for child in par.iter()
        if isinstance(child.tag, str)
    )


def state_of(form: str, place: dict, text: str, *, exact: bool) -> str:
    """The state of a place by the text that stands there now."""
    writings = place.get("accept") or accepted(form, place["path"].partition("#")[0])
    right = {kit.norm(one) for one in writings}
    shown = kit.norm(place.get("shown", ""))
    if not right:
        return EMPTY if text == shown else WRONG
    if exact and text in right:
        return RIGHT
    if exact and text in (shown, ""):
        return MISSING
    return (
        UNTIDY
        if any(one in text for one in right)
        else MISSING
        if not exact and shown and shown in text
        else WRONG
    )
