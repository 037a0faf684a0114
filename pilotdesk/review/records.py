"""What the desk speaks of: received files, submissions, and what is found in them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pilotdesk.forms.values import Value
    from pilotdesk.rules.issue import Severity


class Kind(Enum):
    """What a received file is.

    ``PILOT``, ``WORD`` and ``PDF`` are ours; ``PLAIN_WORD`` is a Word file of somebody else whose labels are read;
    ``ATTACHMENT`` is a picture, a scan or anything else that came along; ``OTHER`` is what nobody can use.
    """

    PILOT = "pilot"
    WORD = "docx"
    PDF = "pdf"
    PLAIN_WORD = "word"
    ATTACHMENT = "attachment"
    OTHER = "other"


class State(Enum):
    """What became of a received file: answers read, some of them, none were looked for, or it was refused."""

    READ = "read"
    PARTLY = "partly"
    KEPT = "kept"
    REFUSED = "refused"


class Agreement(Enum):
    """三份核对: whether the carriers of one submission say the same.

    ``ALL`` agree; ``ALONE`` there is one only; ``OLDER`` one is an earlier version; ``CHANGED`` one was changed after it
    was written; ``DIFFERS`` they say different things for another reason; ``UNKNOWN`` nothing could be compared.
    """

    ALL = "all"
    ALONE = "alone"
    OLDER = "older"
    CHANGED = "changed"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class ReceivedFile(Record, frozen=True, kw_only=True):
    """One file of the intake; the original is only read.

    Attributes:
        place: where it lies, relative to what was taken in: ``/`` between folders, `` › `` into an archive; characters
            that cannot be shown stand as pictures of themselves (␊).
        size: bytes. sha256: of its bytes; empty when it was not read.
        sentence: what to tell of it, empty when there is nothing.
        revision, code, draft: of our Word and PDF: which version, the 校验码 printed, whether it is a draft print.
        filled, asked: answers read, and answers the form asks for, to say how much of a foreign Word file was read.
    """

    place: str
    size: int
    sha256: str
    kind: Kind
    state: State
    sentence: str = ""
    revision: int = 0
    code: str = ""
    draft: bool = False
    filled: int = 0
    asked: int = 0


class AnsweringPaper(ReceivedFile, frozen=True, kw_only=True):
    """A 意见修改对照表 that came along; ``lines``: what the province said, as it is printed, and what the unit says of it."""

    lines: tuple[tuple[str, str], ...]


class Finding(Record, frozen=True, kw_only=True):
    """Something to mend or to ask about.

    Attributes:
        code: stable: of the pack's check (``uscc_form``) or of the desk (``desk_pdf_older``).
        severity: 必须改 / 请核实 / 建议.
        point: which of the six review points it belongs to, 1 to 6; 0 for the form of the material.
        path, number, label: the answer it is bound to; empty for the whole.
        sentence: what is wrong and what to do.
        clause: on what it rests, in words.
    """

    code: str
    severity: Severity
    point: int
    sentence: str
    clause: str
    path: str = ""
    number: str = ""
    label: str = ""


class SharedFinding(Finding, frozen=True, kw_only=True):
    """What shows only beside other submissions; ``others`` are their keys, in the order of the desk."""

    others: tuple[str, ...]


class Differing(Record, frozen=True):
    """One answer that is not the same in all carriers; ``texts`` are file and text, in the order of the files."""

    path: str
    label: str
    texts: tuple[tuple[str, str], ...]


class Facts(Record, frozen=True, kw_only=True):
    """What the table of the desk shows of a submission, read from its answers.

    Attributes:
        title: 项目名称. unit: 承担单位. uscc: 统一社会信用代码. unit_kind: its label. region: in words.
        field: code of the pilot field, F1 to Z2; empty when it says none. directions: labels.
        legal_representative, contact, phone: names and the contact's number.
        participants: names of the 参加单位. pilot_before: label of 是否承担过国家标准化试点项目.
        credit_on: the oldest query of the unit's credit; ``None`` without one.
    """

    title: str = ""
    unit: str = ""
    uscc: str = ""
    unit_kind: str = ""
    region: str = ""
    field: str = ""
    directions: tuple[str, ...] = ()
    legal_representative: str = ""
    contact: str = ""
    phone: str = ""
    participants: tuple[str, ...] = ()
    pilot_before: str = ""
    credit_on: date | None = None


class Submission(Record, frozen=True, kw_only=True):
    """What one unit handed in for one form: all its files together.

    Attributes:
        key: the same whenever the same draft is handed in again.
        round, form, form_version: the pack it was written for. project: id of the project, empty when unknown.
        values: path to answer. source: the kind of file they come from.
        code: 校验码 of the answers received, with that of the first document of the form. revision: final versions made.
        practice: whether it is the practice sample.
        files: in the order of their places.
        agreement: whether its carriers say the same. differing: what does not.
        filled, asked: answers given, and answers asked for.
        findings: gravest first, then by review point and place in the form.
        attachments: files attached. missing_attachments: labels of attachments that are asked for and not there.
    """

    key: str
    round: str
    form: str
    form_version: int
    project: str
    facts: Facts
    values: Mapping[str, Value]
    source: Kind
    code: str
    revision: int
    practice: bool
    files: tuple[ReceivedFile, ...]
    agreement: Agreement
    differing: tuple[Differing, ...] = ()
    filled: int
    asked: int
    findings: tuple[Finding, ...] = ()
    attachments: int = 0
    missing_attachments: tuple[str, ...] = ()
