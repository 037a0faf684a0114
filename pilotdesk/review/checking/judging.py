"""Everything that is found in one submission, in one go: the rules run once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.checking.answered import answered_findings, paper_findings
from pilotdesk.review.checking.expected_files import missing_files, missing_findings, missing_labels
from pilotdesk.review.checking.facts import completeness_of, facts_of
from pilotdesk.review.checking.findings import findings_of, in_order
from pilotdesk.review.checking.formal_checks import agreement_of, formal_findings
from pilotdesk.review.records import Kind
from pilotdesk.rules.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.returned import Returned
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.formal_checks import Received
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.records import Agreement, Facts, Finding


class Judgement(Record, frozen=True, kw_only=True):
    """What :class:`pilotdesk.review.records.Submission` keeps of it, under the same names."""

    facts: Facts
    findings: tuple[Finding, ...]
    agreement: Agreement
    filled: int
    asked: int
    missing_attachments: tuple[str, ...]


def judge(
    received: Received,
    values: Mapping[str, Value],
    accepted: Mapping[str, str],
    *,
    points: Points,
    pack: FormPack,
    answering: Returned | None = None,
) -> Judgement:
    """Look at one submission, answers and form of the material.

    Args:
        received: its files; the rules see the day on which it came.
        values: path to answer.
        accepted: ``code@path`` to the reason with which the unit answered a 请核实; of a Word file or PDF none.
        points: of its form, for the kind of file that the answers come from.
        pack: of the form.
        answering: the return slip that a package answers; ``None`` for none.
    """
    engine = Engine(points.form, pack.round, received.received_on)
    engine.start(values, accepted)
    formal = formal_findings(received, points.form, pack)
    missing = missing_files(engine, points, received)
    found = [*formal, *missing_findings(missing, engine, points, pack, received.source)]
    found += findings_of(engine, points, pack)
    if answering is None:
        found += paper_findings(received.files, points, found)
    else:
        found += answered_findings(answering, points, pack.forms[points.form.head.name], values, found)
    filled, asked = completeness_of(engine)
    if received.source is Kind.PLAIN_WORD:  # nobody saw what had no place in it
        filled, asked = received.filled, received.asked
    return Judgement(
        facts=facts_of(points.form, points.sheet, values),
        findings=in_order(found, points.form),
        agreement=agreement_of(received.documents, formal),
        filled=filled,
        asked=asked,
        missing_attachments=missing_labels(missing, points),
    )
