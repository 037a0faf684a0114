"""Projects to hand over, made without a store: the sample's application and a summary that carries from it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from msgspec.structs import replace

from pilotdesk.clock import Clock
from pilotdesk.drafts.copies import DraftCopy, ExportEntry, ProjectCopy
from pilotdesk.drafts.records import DraftRecord, HistoryEntry, NamedVersion
from pilotdesk.drafts.share import Share
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.carry import carried_values
from pilotdesk.forms.values import Row, Value
from pilotdesk.projects import facts_of, sample_package, session_of_package
from tests.data.keep import returned
from tests.projects.timelines import DAY, PROJECT, card

CLOCK = Clock(lambda: datetime(2027, 12, 5, 3, tzinfo=UTC))
DATES = {"admitted": date(2026, 11, 10), "summary_2027.city": date(2027, 11, 10)}
ATTIC = AtticEntry(
    path="old",
    label="2.20 老栏目",
    text="旧话",
    value="旧话",
    why="新表没有这一栏。",
    at="2027-01-01T00:00:00.000Z",
)
HISTORY = (
    HistoryEntry(
        seq=7, path="unit_name", value="南汀", origin="typed", at="2026-05-01T00:00:00.000Z", by="张三"
    ),
    HistoryEntry(seq=9, path="unit_name", value=None, origin="typed", at="2026-05-02T00:00:00.000Z", by=""),
)
VERSIONS = (NamedVersion(version_id=1, name="交第一稿前", seq=7, at="2026-05-01T00:00:00.000Z", by="张三"),)

SHARE = Share(
    share_id="s_0123456789ab",
    parts=("needs_analysis",),
    person="王工",
    note="数字按台账",
    at="2026-05-03T00:00:00.000Z",
    ancestor={"unit_name": "南汀", "funding_total": Decimal("32.0"), "needs": (Row("r_1", {"code": "N1"}),)},
    reasons={"a@b": "核过"},
)


def record(form: str, values: dict[str, Value], **changed: object) -> DraftRecord:
    session = session_of_package(sample_package(), DAY)
    facts = facts_of(session)
    version = session.pack.forms[form].head.version
    made = replace(card(form), facts=facts, draft_id=f"d_{hashlib.md5(form.encode()).hexdigest()[:12]}")
    return DraftRecord(
        card=made,
        form_version=version,
        pack_digest=session.pack.digest,
        values=MappingProxyType(values),
        **changed,
    )  # type: ignore[arg-type]


@cache
def project() -> ProjectCopy:
    """An application with history, attic and attachments, and a summary with a changed promise."""
    package = sample_package()
    session = session_of_package(package, DAY)
    carried = carried_values(session.pack.forms["summary_2027"], {"application": session.values})
    first, *others = [row for row in carried["figures"] if isinstance(row, Row)]  # type: ignore[union-attr]
    changed = {"promised_now": Decimal("88.0"), "changed_by": "吴小舟", "change_basis": "会议纪要<一>"}
    for name, value in changed.items():
        first = first.with_cell(name, value)
    summary = {**carried, "figures": (first, *others)}
    exports = (
        ExportEntry(at="2026-06-01T00:00:00.000Z", kind="pdf", file_name="x", sha256="ab", check_code=""),
    )
    application = record("application", dict(package.values), accepted={"a@b": "核过"}, attic=(ATTIC,))
    return ProjectCopy(
        project_id=PROJECT,
        practice=False,
        created="2026-05-01T00:00:00.000Z",
        dates=DATES,
        drafts=(
            DraftCopy(
                record=application,
                history=HISTORY,
                exports=exports,
                versions=VERSIONS,
                shares=(KeptShare(draft_id=application.card.draft_id, incoming=False, share=SHARE),),
                returns=(returned(),),
            ),
            DraftCopy(record=record("summary_2027", summary, carried=carried), history=(), exports=()),
        ),
        files=package.files,
    )
