"""A draft with a ledger: the summary of 2027 as the sample has it, or with a few rows of one's own."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pilotdesk.documents.attachments import attachment_of
from pilotdesk.forms.answers_file import initial_values, read_answers
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.session import Session
from tests.documents.evidence_files import XLSX, pdf, picture

if TYPE_CHECKING:
    from pilotdesk.forms.values import Attachment

TODAY = date(2027, 11, 20)
FILES = {
    "清单.pdf": lambda: pdf("one", "two", "three"),
    "照片.jpg": picture,
    "台账.xlsx": lambda: XLSX,
}
FIGURES = [
    {
        "id": "r_a1",
        "indicator": "一件事办理时长",
        "unit": "天",
        "promised": 3,
        "achieved": 3,
        "proof": "E01 第2页",
    },
    {"id": "r_a2", "indicator": "标准覆盖率", "unit": "%", "promised": 80, "achieved": 85},
    {"id": "r_a3", "indicator": "满意度", "unit": "%", "promised": 95, "achieved": 96, "proof": "E01；E09"},
]
LEDGER = [
    {"id": "r_e1", "code": "E01", "title": "需求清单", "issued": "2027-03-25", "file": ["清单.pdf"]},
    {"id": "r_e2", "code": "E02", "title": "培训照片", "file": ["照片.jpg"]},
    {"id": "r_e3", "code": "E03", "title": "签到台账", "file": ["台账.xlsx"]},
    {"id": "r_e4", "code": "E04", "title": "会议纪要"},
]


@cache
def contents() -> dict[str, bytes]:
    """Name to content of the files."""
    return {name: made() for name, made in FILES.items()}


def kept_files() -> dict[str, bytes]:
    """SHA-256 to content, as a shelf keeps them."""
    return {attachment_of(name, content).sha256: content for name, content in contents().items()}


def attached(name: str) -> Attachment:
    return attachment_of(name, contents()[name])


def summary(answers: dict[str, Any] | None = None) -> Session:
    """A summary with three figures and four pieces."""
    pack = load_shipped("2026")
    form = pack.forms["summary_2027"]
    given = {"figures": FIGURES, "evidence": LEDGER} if answers is None else answers
    values = initial_values(form) | read_answers(form, given, attachment=attached)
    return Session(pack, "summary_2027", values, today=TODAY)
