"""审核意见表: one sheet a project with the six points, what was found, and room to sign.

Nobody prescribes such a sheet; ours says 参考格式, and by whom it was made.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Grid, GridRow, Table
from pilotdesk.documents.word.marks import Marks
from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, field, paragraph, run, spacer
from pilotdesk.documents.word.package import WordPackage
from pilotdesk.documents.word.properties import custom_part, settings_part
from pilotdesk.documents.word.styles import fonts_part, styles_part
from pilotdesk.documents.word.tables import grid_markup, list_markup
from pilotdesk.documents.word.theme import theme_part
from pilotdesk.record import Record
from pilotdesk.review.desk.records import CONCLUSION_WORDS, SEVERITY_WORDS, VERDICT_WORDS
from pilotdesk.review.desk.said import says_something
from pilotdesk.review.outputs.paper_properties import app_of, core_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.review.records import Finding

TITLE: Final = "审核意见表"
REFERENCE: Final = "参考格式——用 PilotDesk 生成，不是国家统一制定的文书"
MATERIAL: Final = "形式和整体"
NOTHING: Final = "—"
_HEAD_WIDTHS: Final = (30.0, 60.0, 26.0, 40.0)
_POINT_WIDTHS: Final = (10.0, 30.0, 18.0, 44.0, 54.0)
_FOUND_WIDTHS: Final = (10.0, 18.0, 34.0, 94.0)
_SIGN_WIDTHS: Final = (36.0, 48.0, 24.0, 48.0)
_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1474" w:bottom="1417" w:left="1587"'
    ' w:header="850" w:footer="850" w:gutter="0"/>'
)


class SheetHead(Record, frozen=True, kw_only=True):
    """What a sheet says beside the dossier.

    Attributes:
        bureau: who reviewed. field: label of the pilot field.
        evidence: a line for every point, as :func:`pilotdesk.review.checking.points.evidence_lines` gives them; empty for none.
        places: place of an opinion to its review point and the name of its field, empty for none; what is not in it goes by
            the findings.
        order: number in the 推荐汇总表; 0 of what does not stand there.
    """

    bureau: str
    field: str
    order: int = 0
    evidence: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, str]] = MappingProxyType({})


def opinion_docx(dossier: Dossier, head: SheetHead) -> bytes:
    """The sheet of one project as a Word file; the same dossier gives the same bytes."""
    package = WordPackage()
    package.add_fixed_parts(
        styles=styles_part(), settings=settings_part(), fonts=fonts_part(), theme=theme_part()
    )
    footers = []
    for at, side in enumerate(("default", "even"), start=1):
        footer, relation = package.add_footer(at)
        footer.markup = _page_number()
        footers.append(f'<w:footerReference w:type="{side}" r:id="{relation}"/>')
    section = f'<w:sectPr>{"".join(footers)}{_PAGE}<w:cols w:space="425"/></w:sectPr>'
    body = "".join(_blocks(dossier, head)) + spacer(1) + section
    package.document.markup = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    title = f"{TITLE}　{dossier.row.facts.title}"
    package.add_properties(core=core_of(title, head.bureau), app=app_of(head.bureau), custom=custom_part({}))
    return package.to_bytes()


def opinion_name(dossier: Dossier) -> str:
    """Name of its file without an ending: ``审核意见表_008_甲县服务中心``; the number is that of the desk."""
    return f"{TITLE}_{dossier.row.number:03}_{dossier.row.facts.unit or dossier.row.facts.title}"


def _blocks(dossier: Dossier, head: SheetHead) -> Iterator[str]:
    marks = Marks()
    yield paragraph("PDCoverReference", run(REFERENCE))
    yield paragraph("PDPageTitle", run(TITLE))
    yield grid_markup(_project(dossier, head), marks)
    yield paragraph("Heading2", run("一、各要点审核意见"))
    yield list_markup(_points(dossier, head), marks)
    yield paragraph("Heading2", run("二、程序核对出的疑点"))
    findings = dossier.submission.findings
    if findings:
        yield list_markup(_findings(findings, dossier), marks, followed=True)
    else:
        yield paragraph("PDBody", run("没有疑点。"), before="<w:keepNext/>")
    yield paragraph("Heading2", run("三、结论"))
    yield grid_markup(_conclusion(dossier, head.order), marks)


def _project(dossier: Dossier, head: SheetHead) -> Grid:
    facts, row = dossier.row.facts, dossier.row
    credit = f"{facts.credit_on:%Y-%m-%d}" if facts.credit_on else NOTHING
    pairs = (
        ("项目名称", facts.title, "编　号", f"{row.number:03}"),
        ("承担单位", facts.unit, "单位性质", facts.unit_kind),
        ("统一社会信用代码", facts.uscc, "所在地", facts.region),
        ("领　域", head.field, "方　向", "、".join(facts.directions)),
        ("参加单位", "、".join(facts.participants), "信用查询", credit),
        ("联系人", facts.contact, "联系电话", facts.phone),
        ("报送次数", f"第 {row.handed} 次", "校验码", row.code),
        ("审核单位", head.bureau, "附　件", f"{row.attachments} 个"),
    )
    return Grid(_HEAD_WIDTHS, tuple(_pairs(pairs)))


def _pairs(pairs: Iterable[Sequence[str]]) -> Iterator[GridRow]:
    for pair in pairs:
        yield GridRow(
            tuple(Cell(text or NOTHING, "value" if at % 2 else "label") for at, text in enumerate(pair))
        )


def _table(head: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], widths: tuple[float, ...]) -> Table:
    return Table(number="", caption="", widths=widths, head=head, rows=rows, path="")


def _points(dossier: Dossier, head: SheetHead) -> Table:
    return _table(
        head=("序号", "审核要点", "意　见", "材料里的情况", "审核说明"),
        rows=tuple(_point_rows(dossier, head)),
        widths=_POINT_WIDTHS,
    )


def _point_rows(dossier: Dossier, head: SheetHead) -> Iterator[tuple[Cell, ...]]:
    """The points in their order, then the form of the material where somebody spoke of it."""
    latest = [
        one for one in dossier.opinions if one.number == dossier.row.handed and says_something(one.text)
    ]
    said: dict[int, list[str]] = {}
    for one in latest:
        point, name = head.places.get(one.place) or (_point_of(one.place, dossier.submission.findings), "")
        begin = name.partition(" ")[0]
        told = one.text if not begin or one.text.startswith(begin) else f"{name}：{one.text}"
        said.setdefault(point, []).append(told)
    for number, label in (*enumerate(dossier.point_labels, 1), (0, MATERIAL)):
        given = dossier.verdicts.get(number)
        words = "\n".join(said.get(number, ()))
        if number == 0 and given is None and not words:
            continue
        evidence = head.evidence[number - 1] if 0 < number <= len(head.evidence) else ""
        verdict = VERDICT_WORDS[given.verdict] if given else NOTHING
        texts = (str(number) if number else "", label, verdict, evidence or NOTHING, words or NOTHING)
        yield tuple(Cell(text, "text", "center" if at < 3 else "left") for at, text in enumerate(texts))


def _point_of(place: str, findings: Iterable[Finding]) -> int:
    """The point that an opinion is about: said of it, or of an answer that a finding of it is bound to; else the material."""
    kind, _, number = place.partition(":")
    if kind == "point" and number.isdigit():
        return int(number)
    return next((one.point for one in findings if place and one.path == place), 0)


def _findings(findings: Sequence[Finding], dossier: Dossier) -> Table:
    labels = dict(enumerate(dossier.point_labels, 1))
    rows = []
    for at, one in enumerate(findings, 1):
        place = f"{one.number} {one.label}".strip() or labels.get(one.point, MATERIAL)
        clause = f"（{one.clause}）" if one.clause else ""
        texts = (str(at), SEVERITY_WORDS[one.severity.value], place, f"{one.sentence}{clause}")
        rows.append(tuple(Cell(text, "text", "center" if n < 2 else "left") for n, text in enumerate(texts)))
    return _table(head=("序号", "程　度", "位　置", "疑点和依据"), rows=tuple(rows), widths=_FOUND_WIDTHS)


def _conclusion(dossier: Dossier, order: int) -> Grid:
    words = CONCLUSION_WORDS[dossier.row.conclusion]
    reason = f"（{dossier.override.reason}）" if dossier.override and dossier.override.reason else ""
    picked = f"推荐，排第 {order}" if order else "未列入推荐"
    pairs = (
        ("审核结论", f"{words}{reason}", "推　荐", picked),
        ("审核人（签字）", "　", "日　期", "　　　年　月　日"),
        ("复核人（签字）", "　", "日　期", "　　　年　月　日"),
    )
    return Grid(_SIGN_WIDTHS, tuple(_pairs(pairs)))


def _page_number() -> str:
    runs = run("— ") + field("PAGE", "1") + run(" —")
    centred = paragraph("Footer", runs, after='<w:jc w:val="center"/>')
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{centred}</w:ftr>"
