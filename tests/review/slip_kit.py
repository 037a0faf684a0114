"""What the tests of return slips share: any slip there can be, and the slip of a seeded copy of the sample."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from pilotdesk.drafts.returned import ReturnSlip, SlipLine
from pilotdesk.review.checking.facts import facts_of
from pilotdesk.review.records import Agreement, Kind, Submission
from pilotdesk.review.slips.return_slip import Sender, slip_of
from pilotdesk.rules.issue import Severity
from tests.review.findings_kit import PACK, found_in, points_of

SENDER = Sender(bureau="某省市场监督管理局", reviewer="李某", on=date(2026, 6, 15), due=date(2026, 6, 22))

names = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", max_size=12)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=30)
lines = st.builds(
    SlipLine,
    id=st.just(""),
    severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
    point=st.integers(0, 6),
    sentence=words,
    clause=words,
    path=words,
    number=words,
    label=words,
    seen=st.sampled_from(["", "00ff", "9a1b"]),
)


def _numbered(listed):
    import msgspec

    return tuple(msgspec.structs.replace(line, id=str(at)) for at, line in enumerate(listed, 1))


slips = st.builds(
    ReturnSlip,
    slip_id=st.just("b_0123456789ab"),
    round=names,
    form=names,
    form_version=st.integers(0, 99),
    project=names,
    title=words,
    unit=words,
    code=words,
    handing=st.integers(1, 9),
    bureau=words,
    reviewer=words,
    on=st.dates(),
    due=st.none() | st.dates(),
    lines=st.lists(lines, min_size=1, max_size=8).map(_numbered),
)


def submission_of(values, form_name="application", **more):
    """What the desk has of a unit's answers."""
    head = PACK.forms[form_name].head
    said = {
        "key": "k",
        "round": PACK.round.name,
        "form": form_name,
        "form_version": head.version,
        "project": "",
        "facts": facts_of(PACK.forms[form_name], points_of(form_name).sheet, values),
        "values": values,
        "source": Kind.PILOT,
        "code": "K7Q4-2M9X",
        "revision": 1,
        "practice": False,
        "files": (),
        "agreement": Agreement.ALONE,
        "filled": 0,
        "asked": 0,
        "findings": found_in(form_name, values),
    }
    return Submission(**said | more)


def slip_for(values, **more):
    """The slip of these answers."""
    submission = submission_of(values, **more)
    return slip_of(submission, submission.findings, SENDER)
