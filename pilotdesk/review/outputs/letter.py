"""推荐公文: what the bureau writes to SAC with its picks, as 函 or as 报告.

Numbers come from the desk. What only the bureau knows (whether there was a 公示, the 发文字号, who signs) is what the user said;
where nobody said it, a blank stands in the text. Nothing is made up.

Source: notice, items 2, 3, 9 and the closing paragraph; wording of our own.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import ExportError
from pilotdesk.record import Record
from pilotdesk.review.outputs.official_paper import write_paper
from pilotdesk.review.outputs.official_records import Layout, Level, Paper, blank
from pilotdesk.review.outputs.summary_table import part_of_table
from pilotdesk.review.quota import quota_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pilotdesk.forms.round import PilotField, Round

ADDRESSEE: Final = "国家标准化管理委员会"


_LEGAL: Final = ("是否均具有独立法人资格", "哪些单位没有独立法人资格，怎样处理")
_CREDIT: Final = ("承担单位和参加单位有无不良信用记录", "哪些单位有不良信用记录，怎样处理")
"""What the clerk is asked where nobody checked, and where somebody found an exception."""


class LetterKind(Enum):
    """文种, by the bureau's own rule; the value is its name."""

    LETTER = "函"
    REPORT = "报告"


class Process(Record, frozen=True, kw_only=True):
    """How the picks came about. ``None`` anywhere: nobody said, the clerk fills it in.

    Attributes:
        received, checked, returned: submissions; returned for completion at least once.
        publicity: a sentence of the user's on the 公示; empty when there was none.
        legal_persons: whether every unit has its own legal personality, as the reviewers found.
        clean_credit: whether no unit has a bad record at the two sites.
        former: units that had a pilot before; empty for none.
    """

    received: int | None = None
    checked: int | None = None
    returned: int | None = None
    publicity: str | None = None
    legal_persons: bool | None = None
    clean_credit: bool | None = None
    former: tuple[str, ...] | None = None


class Letter(Record, frozen=True, kw_only=True):
    """One letter of recommendation.

    Attributes:
        bureau: full name. kind: 文种.
        code: 机关代字 (``赣市监标函``); number: without 〔〕 and 号. Both may be empty.
        year: of the 发文字号.
        signer: 签发人 of a 报告.
        chosen: title and code of the field of every pick, in the order of recommendation.
        annexes: their titles; ``None`` for :func:`usual_annexes`.
        contact, phone: of the bureau. dated: ``None`` for the clerk to fill in.
        copies: 抄送. issued_by: 印发机关 of a 报告.
    """

    bureau: str
    kind: LetterKind
    code: str = ""
    number: str = ""
    year: int
    addressee: str = ADDRESSEE
    signer: str = ""
    process: Process = Process()
    chosen: tuple[tuple[str, str], ...]
    annexes: tuple[str, ...] | None = None
    contact: str = ""
    phone: str = ""
    dated: date | None = None
    copies: tuple[str, ...] = ()
    issued_by: str = ""


def letter_docx(letter: Letter, round_: Round) -> bytes:
    """The letter as a Word file.

    Raises:
        ExportError: ``nothing_picked`` without picks; ``quota_over`` (sentence) with picks that do not fit the quota.
    """
    return write_paper(letter_paper(letter, round_))


def letter_paper(letter: Letter, round_: Round) -> Paper:
    """What the letter says. Raises as :func:`letter_docx` does."""
    if not letter.chosen:
        raise ExportError("nothing_picked")
    quota = quota_of(round_, [(str(at), field) for at, (_, field) in enumerate(letter.chosen)])
    if not quota.fits:
        raise ExportError("quota_over", sentence=quota.sentence)
    report = letter.kind is LetterKind.REPORT
    count = len(letter.chosen)
    return Paper(
        layout=Layout.REPORT if report else Layout.LETTER,
        bureau=letter.bureau,
        number=document_number(letter.code, letter.number, letter.year),
        signer=letter.signer or blank(),
        title=f"{letter.bureau}关于推荐{round_.title}的{letter.kind.value}",
        addressee=letter.addressee,
        text=tuple(_text(letter, round_)),
        annexes=usual_annexes(round_, count) if letter.annexes is None else letter.annexes,
        note=contact_note(letter.contact, letter.phone),
        dated=letter.dated,
        copies=letter.copies,
        issued_by=letter.issued_by or blank("印发机关"),
    )


def usual_annexes(round_: Round, count: int) -> tuple[str, ...]:
    """The table, and the application forms of that many projects."""
    return f"{round_.title}推荐汇总表", f"国家标准化试点项目申报书（{count}份）"


def document_number(code: str, number: str, year: int) -> str:
    """``赣市监标函〔2026〕126号``; what is not known yet is left open."""
    return f"{code.strip() or blank()}〔{year}〕{number.strip() or '　　'}号"


def contact_note(contact: str, phone: str) -> str:
    """附注 without its brackets."""
    return f"联系人：{contact.strip() or blank('姓名')}，联系电话：{phone.strip() or blank('电话')}"


def self_name(bureau: str) -> str:
    """How the bureau speaks of itself: 我局, 我厅, 我委."""
    last = bureau.strip()[-1:]
    return {"局": "我局", "厅": "我厅", "委": "我委", "会": "我委"}.get(last, "我单位")


def _text(letter: Letter, round_: Round) -> Iterator[tuple[Level, str]]:
    we = self_name(letter.bureau)
    told = "函告" if letter.kind is LetterKind.LETTER else "报告"
    basis = f"根据《{round_.notice_title}》（{round_.notice_number}）要求，{we}组织征集试点项目"
    received = _counted(letter.process.received, "收到申报材料", "份")
    yield Level.BODY, f"{basis}，{received}。现将有关情况{told}如下："
    yield Level.FIRST, "一、审核情况"
    yield Level.BODY, "".join(_reviewed(letter, round_, we))
    if letter.process.publicity != "":
        yield (
            Level.BODY,
            letter.process.publicity or blank("是否公示，公示的时间、渠道和结果；没有公示的删去本段"),
        )
    yield Level.FIRST, "二、推荐意见"
    yield Level.BODY, _recommended(letter, round_)
    yield Level.BODY, f"申报材料随本{letter.kind.value}一并上传{round_.system_name}。"
    yield Level.BODY, "专此函达，请予复核。" if letter.kind is LetterKind.LETTER else "特此报告。"


def _reviewed(letter: Letter, round_: Round, we: str) -> Iterator[str]:
    process = letter.process
    labels = [point.label for point in round_.review_point]
    points = f"{'、'.join(labels[:-1])}以及{labels[-1]}"
    checked = _counted(process.checked, "共审核", "份")
    returned = _counted(process.returned, "退回补正", "份") if process.returned != 0 else "没有退回补正的"
    yield f"{we}对承担单位和参加单位的{points}逐项进行了审核，{checked}，{returned}。"
    yield f"推荐项目的承担单位{_stated(process.legal_persons, '均具有独立法人资格', _LEGAL)}。"
    sites = "经“信用中国”和“国家企业信用信息公示系统”查询，"
    yield f"{sites}{_stated(process.clean_credit, '承担单位和参加单位均无不良信用记录', _CREDIT)}。"
    yield _former(process.former)


def _stated(holds: bool | None, statement: str, unsure: tuple[str, str]) -> str:
    """A statement that holds; otherwise a blank for how things stand, or for what is said of the exceptions."""
    return statement if holds else blank(unsure[holds is False])


def _former(former: tuple[str, ...] | None) -> str:
    if former is None:
        return f"推荐项目的承担单位{blank('此前是否承担过国家标准化试点项目')}。"
    if not former:
        return "推荐项目的承担单位此前均未承担过国家标准化试点项目。"
    return f"其中{'、'.join(former)}承担过国家标准化试点项目，再次推荐的理由是：{blank('理由')}。"


def _recommended(letter: Letter, round_: Round) -> str:
    """How many are recommended, in which fields, and that this is what the notice allows; named is the first of annex 1."""
    codes = [field for _, field in letter.chosen]
    plain = [f"{field.label}{codes.count(field.code)}个" for field in _taken(round_, codes, special=False)]
    special = [f"{field.label}{codes.count(field.code)}个" for field in _taken(round_, codes, special=True)]
    parts = "，".join("、".join(part) for part in (plain, special) if part)
    title, _ = min(letter.chosen, key=lambda one: part_of_table(round_, one[1]))
    one = (
        f"拟推荐{title}1个项目，属{parts}"
        if len(codes) == 1
        else f"拟推荐{title}等{len(codes)}个项目，其中{parts}"
    )
    most = max(field.quota for field in round_.pilot_field if not field.special)
    rules = [f"总数不超{round_.quota_total}个、同一领域不超{most}个"] if plain else []
    rules += [f"专项另各不超{round_.quota_special}个"] if special else []
    return f"{one}，符合{'、'.join(rules)}的要求。"


def _taken(round_: Round, codes: Sequence[str], *, special: bool) -> Iterator[PilotField]:
    return (field for field in round_.pilot_field if field.special == special and field.code in codes)


def _counted(count: int | None, words: str, unit: str) -> str:
    return f"{words}{blank(f'{unit}数') if count is None else count}{unit}"
