"""Which table of ours a list of a foreign form asks for, and what its columns are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.judging import field_of, front_of, money_over, told_unit
from pilotdesk.documents.filling.listing import is_serial
from pilotdesk.documents.filling.mapping import Place
from pilotdesk.documents.filling.normal import MONEY, halves, normal, notes
from pilotdesk.documents.filling.spots import FIRM
from pilotdesk.documents.filling.stems import column_stems, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.documents.filling.listing import Head, Listing
    from pilotdesk.documents.filling.others import Others
    from pilotdesk.documents.filling.words import Words

TITLED, UNTITLED, UNSURE = 0.97, 0.92, 0.7
_REMARKS: Final = frozenset({"备注", "说明", "小计", "合计"})
_FOREIGN: Final = re.compile(
    r"专家|评审|签到|验收|示例|样例|审核|国外|合作|参会|与会|督导|检查组|师资|论文|专利"
    r"|(?<!自)(?<!自我)(?:评估|评价|考核)(?:小组|组|专家|人员|机构)"
)
_PERSONAL: Final = re.compile(
    r"性别|年龄|出生|民族|学历|学位|专业|身份证|政治面貌|籍贯|毕业|电话|手机|邮箱|签[名字]|备注|工作时间|投入时间|从业年限"
)
"""Columns that lists of people have besides; they say nothing against a list."""
_LEVELLED: Final = re.compile(r"[一二三四]级指标")
"""Columns of indicators, of which the last is the one that is measured."""
_SIGNED: Final = ("签名", "签字")
"""Columns of lists of those present, unless the title says whose list it is."""
_LEAST: Final = 3
"""Columns that only one table has, from which a list is known without its title."""


def match_listing(words: Words, listing: Listing, others: Others) -> Place | None:
    """The place of a list; ``None`` when it is none of our tables."""
    over = [context.text for context in listing.around if context.kind in FIRM]
    heads = [head.text for head in listing.heads]
    whole = {context.text for context in listing.around if context.kind == "title"}
    strange = [text for text in over[:2] if text not in whole and not words.table(normal(text))]
    if any(_FOREIGN.search(text) for text in [*strange, *heads]):
        return None
    if is_of_projects(words, listing):
        return None
    titles = {table for text in over for table in _titles(words, text)}
    if not titles and any(sign in text for sign in _SIGNED for text in heads):
        return None
    if not titles and _is_of_one_body(words, listing, others):
        return None
    fits = []
    for table in words.tables():
        columns = _columns(words, table, listing)
        known = [column for column in columns if column not in {"", "#"}]
        confidence = _confidence(words, listing, columns, titled=table in titles)
        if confidence:
            fits.append((confidence, len(known), table, columns))
    if not fits:
        return None
    confidence, known_of_best, table, columns = max(fits, key=lambda fit: fit[:2])
    if confidence == UNSURE and len(fits) == 1 and known_of_best >= _LEAST and not _are_people(heads):
        confidence = UNTITLED
    return Place(
        path=table, at=listing.at, kind="keyed" if listing.keys else "rows", confidence=confidence,
        label=" | ".join(" ".join(text.split()) for text in heads)[:80],
        why="表头和标题都对得上" if table in titles else "表头对得上",
        count=listing.rows, columns=("",) * listing.skipped + columns, total=listing.total,
    )  # fmt: skip


def _are_people(heads: list[str]) -> bool:
    """Whether a list is one of people, of whom a form may mean others than ours."""
    return any(normal(head) in {"姓名", "成员姓名", "人员姓名"} for head in heads)


def is_of_projects(words: Words, listing: Listing) -> bool:
    """Whether a list has a row for each project with who carries it out: ours is its first row."""
    named = {meaning.path for head in listing.heads for meaning in words.meanings(normal(head.text))}
    project, unit = words.form.head.project_name, words.form.head.unit_name
    return project in named and unit in named


def _titles(words: Words, text: str) -> set[str]:
    """The tables that a title names, whole or by one of its parts: 建设内容及实施计划, 附：证明材料目录."""
    label = normal(text).removeprefix("附")
    said = (label, *(one.text for one in stems(label)), *halves(text))
    return {table for one in said if (table := words.table(one))}


def _is_of_one_body(words: Words, listing: Listing, others: Others) -> bool:
    """Whether a table of labels and places is that of the body named right over it: ours, or one that is not in our tables."""
    over = next((context for context in listing.around if context.kind in {"section", "group"}), None)
    if over is None:
        return False
    if others.is_of_another_body(over):
        return True
    named = {meaning.path for head in listing.heads for meaning in words.meanings(normal(head.text))}
    return front_of(words, normal(over.text)) == "单位" and words.form.head.unit_name in named


def _columns(words: Words, table: str, listing: Listing) -> tuple[str, ...]:
    """The path of every column, ``#`` for the one that counts, empty for those that are nobody's; none is given twice."""
    made: list[str] = []
    levelled = [head for head in listing.heads if _LEVELLED.search(head.text)]
    for head in listing.heads:
        path = words.column(table, normal(head.text), normal(head.over))
        if _LEVELLED.search(head.text) and head != levelled[-1]:
            path = ""
        if not path and is_serial(head.text):
            path = "#"
        made.append("" if path in made and path != "#" else path)
    for number, head in enumerate(listing.heads):
        if not made[number] and normal(head.text) not in _REMARKS:
            found = _by_parts(words, table, head, made)
            made[number] = next((path for path in found if path and path not in made), "")
    _ask_for_times(words, table, listing, made)
    pairs = zip(made, listing.heads, strict=True)
    return tuple(
        "" if path not in {"", "#"} and _of_other_unit(words, path, head, listing) else path
        for path, head in pairs
    )


def _by_parts(words: Words, table: str, head: Head, made: list[str]) -> Iterator[str]:
    """What a head of a column means by a shorter form of it, by its halves (奖项/荣誉名称) or by its words."""
    label = normal(head.text)
    yield from (words.column(table, stem, normal(head.over)) for stem in column_stems(label))
    parts = halves(head.text)
    paths = {words.column(table, part) for part in parts} | {
        words.column(table, stem) for part in parts for stem in column_stems(part)
    }
    left = paths - {"", *made}
    if len(parts) > 1 and len(left) == 1:
        yield from left
    yield words.cores.path(label, table=table)


def _ask_for_times(words: Words, table: str, listing: Listing, made: list[str]) -> None:
    """A column 年度（起止时间） asks for the time where no other column does."""
    for number, head in enumerate(listing.heads):
        told = [words.column(table, normal(note)) for note in notes(head.text)]
        for path in told:
            field = field_of(words, path) if path else None
            if field is not None and field.type == "month_range" and path not in made:
                made[number] = path


def _of_other_unit(words: Words, path: str, head: Head, listing: Listing) -> bool:
    """Whether a column wants its money in another unit than ours is counted in."""
    field = field_of(words, path)
    table = words.form.fields[path.partition("[")[0]]
    told = told_unit((head.text, head.over)) or money_over(listing.around)
    if field is None or told not in MONEY:
        return False
    of_table = "万元" if field.type == "decimal" and "万元" in f"{table.print.caption}{table.hint}" else ""
    return told != (field.unit or of_table) and (field.unit or of_table) in MONEY


def _confidence(words: Words, listing: Listing, columns: tuple[str, ...], *, titled: bool) -> float:
    """How sure a table is; 0 when it is not this one."""
    pairs = [
        (normal(head.text), path)
        for head, path in zip(listing.heads, columns, strict=True)
        if path != "#" and normal(head.text) not in _REMARKS
    ]
    known = [label for label, path in pairs if path]
    strange = [label for label, path in pairs if not path and not (titled and _PERSONAL.search(label))]
    if not known or len(known) < len(strange):
        return 0.0
    if listing.keys and not columns[0]:
        return 0.0
    own = [label for label in known if not words.is_common(label)]
    if titled and (len(known) >= 2 or len(pairs) == 1):
        return TITLED
    nearly = len(known) == len(pairs) or (len(known) > _LEAST and len(known) + 1 == len(pairs))
    if len(own) >= _LEAST or (len(own) >= 2 and nearly):
        return UNTITLED
    return UNSURE if len(known) >= _LEAST and len(known) == len(pairs) else 0.0
