"""What the tests of the unit's half of a return slip share: a draft that was sent back, and the slip that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pilotdesk.clock import Clock
from pilotdesk.projects import sample_package, session_of_package
from pilotdesk.projects.life import keep_draft
from pilotdesk.review.records import Finding
from pilotdesk.review.slips.return_slip import slip_of
from pilotdesk.rules.issue import Severity
from tests.review.slip_kit import SENDER, submission_of

CLOCK = Clock(lambda: datetime(2026, 6, 16, 1, 0, 0, tzinfo=UTC))


def finding(path, label, sentence, severity=Severity.ERROR, number=""):
    return Finding(
        code="c", severity=severity, point=2, sentence=sentence, clause="通知第三条", path=path, number=number, label=label
    )  # fmt: skip


def keep_sample(store, **changed):
    """The sample as a draft of a unit's own; returns its id."""
    package = sample_package()
    values = dict(package.values) | changed
    session = session_of_package(replace(package, practice=False, values=values), CLOCK.today())
    return keep_draft(store, session, origin="imported", files=package.files)


def first_row(values, table="targets"):
    return values[table][0].id


def slip_for_draft(values, project="", **more):
    """A slip that speaks of a field, a person's part, a cell, a whole table, the whole, and what is calculated."""
    row = first_row(values)
    listed = [
        finding("uscc", "统一社会信用代码", "请对照登记证书改正。", number="2.2"),
        finding("background", "背景与政策依据", "请写明依据的文件。", number="4.1"),
        finding(
            f"targets[{row}].indicator", "量化指标表，第 1 行，指标名称", "请写成能数的指标。", number="9.2"
        ),
        finding("targets", "量化指标表", "五到八个为宜。", Severity.WARNING, number="9.2"),
        finding("contact.mobile", "联系人，手机", "请核对。", Severity.WARNING, number="2.9"),
        finding("", "", "PDF 和 Word 不是同一版。", Severity.WARNING),
    ]
    return slip_of(submission_of(values, project=project, **more), listed, SENDER)
