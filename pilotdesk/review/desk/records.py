"""What the desk gives out: plain records, without a connection behind them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.records import Agreement, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.review.records import Facts, Finding, Submission


class Verdict(Enum):
    """What the reviewer says of one point: 通过, 补正, 不通过."""

    PASSED = "passed"
    AMEND = "amend"
    REFUSED = "refused"


class Conclusion(Enum):
    """What becomes of a submission: 未审, 审核中, 通过, 退回, 不推荐."""

    UNSEEN = "unseen"
    REVIEWING = "reviewing"
    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"


VERDICT_WORDS = {Verdict.PASSED: "通过", Verdict.AMEND: "补正", Verdict.REFUSED: "不通过"}
CONCLUSION_WORDS = {
    Conclusion.UNSEEN: "未审",
    Conclusion.REVIEWING: "审核中",
    Conclusion.PASSED: "通过",
    Conclusion.RETURNED: "退回",
    Conclusion.REFUSED: "不推荐",
}
AGREEMENT_WORDS = {
    Agreement.ALL: "一致",
    Agreement.ALONE: "只有一份",
    Agreement.OLDER: "有旧版",
    Agreement.CHANGED: "改动过",
    Agreement.DIFFERS: "不一致",
    Agreement.UNKNOWN: "没法核对",
}
KIND_WORDS = {
    Kind.PILOT: ".pilot 文件",
    Kind.WORD: "Word",
    Kind.PDF: "PDF",
    Kind.PLAIN_WORD: "别的 Word 文件",
    Kind.ATTACHMENT: "附件",
    Kind.OTHER: "其他",
}
SEVERITY_WORDS = {"error": "必须改", "warning": "请核实", "hint": "建议"}
"""By the names that :class:`pilotdesk.rules.issue.Severity` has."""


class Outcome(Enum):
    """What taking in did.

    ``NEW``: the first time. ``NEXT``: handed in again with other content. ``GREW``: the same content with other files or
    findings, which take the place of the old. ``SAME``: nothing new. ``EARLIER``: it is one of the rounds before the latest.
    """

    NEW = "new"
    NEXT = "next"
    GREW = "grew"
    SAME = "same"
    EARLIER = "earlier"


OUTCOME_WORDS = {
    Outcome.NEW: "新收",
    Outcome.NEXT: "再次报来",
    Outcome.GREW: "补到文件",
    Outcome.SAME: "没有变化",
    Outcome.EARLIER: "是以前的一版",
}


class Taken(Record, frozen=True):
    """``number``: which round of handing in it is, from 1."""

    outcome: Outcome
    number: int


class Changed(Record, frozen=True):
    """One answer that another round of handing in changed; ``before`` and ``after`` as printed, empty for none."""

    path: str
    label: str
    before: str
    after: str


class Given(Record, frozen=True):
    """A verdict with who gave it, and when (UTC)."""

    verdict: Verdict
    at: str
    who: str


class Opinion(Record, frozen=True):
    """给单位的话.

    ``place``: path of an answer, ``point:5`` for a review point, empty for the whole. ``phrase``: name of the phrase that it
    began with, may be empty. ``number``: the round of handing in that it speaks of.
    """

    number: int
    place: str
    text: str
    phrase: str
    at: str
    who: str


class Override(Record, frozen=True):
    """A conclusion that a person drew against the verdicts."""

    conclusion: Conclusion
    reason: str
    at: str
    who: str


class Pick(Record, frozen=True):
    """推荐: ``rank`` from 1, without gaps. ``field``: code of the pilot field."""

    key: str
    field: str
    rank: int
    reason: str


class Returned(Record, frozen=True):
    """A return slip that went out.

    ``slip``: its number in words. ``number``: the round of handing in that it is about. ``due``: may be ``None``.
    """

    number: int
    slip: str
    wanted: int
    due: date | None
    at: str
    who: str


class HandedIn(Record, frozen=True, kw_only=True):
    """One round of handing in, as the history of a submission shows it."""

    number: int
    at: str
    who: str
    code: str
    revision: int
    source: Kind
    changed: tuple[Changed, ...]


class DeskRow(Record, frozen=True, kw_only=True):
    """One line of the table, of the latest round of handing in.

    Attributes:
        number: 编号 at this desk, from 1. handed: which round of handing in. changed: answers that it changed.
        must, ask, hint: findings, those beside other submissions too. verdicts: point to verdict. points: how many the form has.
        overridden: whether a person drew the conclusion against the verdicts.
        older: kinds of the files that are of a version before the newest; empty where none is, or none is known.
        rank: place among the picks, from 1; 0 when it is not picked.
        returned: number of the last return slip for this round; empty for none. due: its date.
        agreement, attachments, missing_attachments, filled, asked, source, code, revision, practice, form, form_version,
        project, facts: as in :class:`pilotdesk.review.records.Submission`.
    """

    key: str
    number: int
    handed: int
    taken_at: str
    changed: int
    form: str
    form_version: int
    project: str
    facts: Facts
    source: Kind
    code: str
    revision: int
    practice: bool
    agreement: Agreement
    older: tuple[Kind, ...] = ()
    filled: int
    asked: int
    must: int
    ask: int
    hint: int
    attachments: int
    missing_attachments: tuple[str, ...]
    points: int
    verdicts: Mapping[int, Verdict]
    conclusion: Conclusion
    overridden: bool
    rank: int
    returned: str
    due: date | None

    @property
    def picked(self) -> bool:
        """Whether it is recommended."""
        return self.rank > 0


class Dossier(Record, frozen=True, kw_only=True):
    """Everything of one submission, for the panel.

    Attributes:
        row: its line. submission: the latest round, as it was taken in.
        crossed: what shows only beside other submissions or lists; nothing for the unit.
        point_labels: of its form. verdicts: of the latest round, by point. earlier: of the round before it.
        opinions: of all rounds, oldest first. override: ``None`` when the conclusion follows from the verdicts.
        pick: ``None`` when it is not recommended. returned: all slips. history: rounds of handing in, oldest first.
    """

    row: DeskRow
    submission: Submission
    crossed: tuple[Finding, ...]
    point_labels: tuple[str, ...]
    verdicts: Mapping[int, Given]
    earlier: Mapping[int, Given]
    opinions: tuple[Opinion, ...]
    override: Override | None
    pick: Pick | None
    returned: tuple[Returned, ...]
    history: tuple[HandedIn, ...]


class LogEntry(Record, frozen=True, kw_only=True):
    """One thing that was done at the desk.

    Attributes:
        seq: from 1. at: UTC stamp. who: who did it. what: ``take``, or the name of a decision
            (:data:`pilotdesk.review.desk.deciding.DECISIONS`), or ``former``.
        key: of the submission; empty for what concerns none. number: of the round of handing in, 0 for none.
        place: point, path, number of a slip or name of a setting. before, after: JSON; ``null`` for nothing.
        why: the reason given. undoes: the entry that this one takes back; 0 for none.
    """

    seq: int
    at: str
    who: str
    what: str
    key: str
    number: int
    place: str
    before: str
    after: str
    why: str
    undoes: int
