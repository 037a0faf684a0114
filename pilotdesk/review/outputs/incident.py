"""处理意见报告: what the bureau writes to SAC when something happened to a unit during the pilot.

A 报告 in 文件格式. Everything in it is what the user said; what is missing is a blank for the clerk.

Source: notice, item 7 (及时提出处理意见并书面报送国家标准委). The outline is inferred.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.outputs.letter import ADDRESSEE, contact_note, document_number, self_name
from pilotdesk.review.outputs.official_paper import write_paper
from pilotdesk.review.outputs.official_records import Layout, Level, Paper, blank, day_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pilotdesk.forms.round import Round

CAUSES: Final = (
    "违法违规",
    "重大质量事故",
    "重大安全事故",
    "重大生态环境事故",
    "受到通报批评",
    "受到行政处罚",
    "造成严重不良社会影响",
)
"""事由, as the notice counts them up."""


class Proposal(Enum):
    """处理意见; the value is its name."""

    GO_ON = "继续"
    MEND = "整改"
    PAUSE = "暂停"
    END = "终止"


_PROPOSALS: Final = {
    Proposal.GO_ON: "建议该试点项目继续建设",
    Proposal.MEND: "建议该试点项目限期整改，整改期间继续建设",
    Proposal.PAUSE: "建议暂停该试点项目建设",
    Proposal.END: "建议终止该试点项目建设",
}


class Incident(Record, frozen=True, kw_only=True):
    """What happened and what is proposed; empty texts are left to the clerk.

    Attributes:
        title: of the project. unit: 承担单位. field: label of the pilot field.
        causes: of :data:`CAUSES`, or in the user's own words.
        happened: on which day; ``None`` when it was not said. course: what happened.
        influence: on what, and on the pilot. measures: what was done already.
        proposal: 处理意见; ``None`` when none was chosen. reasons: why.
        annexes: titles of the papers that go along.
        The rest as in :class:`pilotdesk.review.outputs.letter.Letter`.
    """

    bureau: str
    code: str = ""
    number: str = ""
    year: int
    addressee: str = ADDRESSEE
    signer: str = ""
    title: str
    unit: str
    field: str = ""
    causes: tuple[str, ...] = ()
    happened: date | None = None
    course: str = ""
    influence: str = ""
    measures: str = ""
    proposal: Proposal | None = None
    reasons: str = ""
    annexes: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    dated: date | None = None
    copies: tuple[str, ...] = ()
    issued_by: str = ""


def incident_docx(incident: Incident, round_: Round) -> bytes:
    """The report as a Word file."""
    return write_paper(incident_paper(incident, round_))


def incident_paper(incident: Incident, round_: Round) -> Paper:
    """What the report says."""
    project = incident.title.removesuffix("项目")
    return Paper(
        layout=Layout.REPORT,
        bureau=incident.bureau,
        number=document_number(incident.code, incident.number, incident.year),
        signer=incident.signer or blank(),
        title=f"{incident.bureau}关于{project}项目处理意见的报告",
        words=(project, incident.unit, "处理意见的报告"),
        addressee=incident.addressee,
        text=tuple(_text(incident, round_)),
        annexes=incident.annexes,
        note=contact_note(incident.contact, incident.phone),
        dated=incident.dated,
        copies=incident.copies,
        issued_by=incident.issued_by or blank("印发机关"),
    )


def _text(incident: Incident, round_: Round) -> Iterator[tuple[Level, str]]:
    we = self_name(incident.bureau)
    basis = f"根据《{round_.notice_title}》（{round_.notice_number}）第七条要求"
    yield Level.BODY, f"{basis}，现将{incident.title}有关情况和{we}处理意见报告如下："
    yield Level.FIRST, "一、项目基本情况"
    yield Level.BODY, _project(incident, round_)
    yield Level.FIRST, "二、事由和经过"
    causes = "、".join(incident.causes) or blank("事由")
    happened = day_text(incident.happened) if incident.happened else blank("发生的时间")
    yield Level.BODY, f"事由：{causes}。时间：{happened}。"
    yield from _told(incident.course, "经过")
    for heading, text, words in (
        ("三、影响", incident.influence, "造成的影响，对试点建设的影响"),
        ("四、已采取的措施", incident.measures, "已采取的措施"),
    ):
        yield Level.FIRST, heading
        yield from _told(text, words)
    yield Level.FIRST, "五、处理意见"
    proposal = _PROPOSALS[incident.proposal] if incident.proposal else blank("继续、整改、暂停或者终止")
    yield Level.BODY, f"{proposal}。"
    if incident.reasons.strip():
        yield from _told(incident.reasons, "")
    yield Level.BODY, "特此报告。"


def _project(incident: Incident, round_: Round) -> str:
    field = f"，属{incident.field}" if incident.field else ""
    (start, end) = (f"{year}年{int(month)}月" for year, month in (one.split("-") for one in round_.cycle))
    unit = incident.unit.strip() or blank("承担单位")
    return f"{incident.title}是{round_.title}{field}，承担单位为{unit}，建设周期为{start}至{end}。"


def _told(text: str, words: str) -> Iterator[tuple[Level, str]]:
    """What the user wrote, paragraph by paragraph; a blank for nothing."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    for line in paragraphs or [blank(words)]:
        yield Level.BODY, line
