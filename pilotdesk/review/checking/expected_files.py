"""Attachments that a submission must have: which of them are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import is_blank
from pilotdesk.review.checking.formal_words import formal_finding
from pilotdesk.review.records import Kind
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.review_sheet import ExpectedAttachment
    from pilotdesk.review.checking.formal_checks import Received
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.records import Finding
    from pilotdesk.rules.engine import Engine

_PRINTED: Final = frozenset({Kind.WORD, Kind.PDF})


def missing_files(engine: Engine, points: Points, received: Received) -> tuple[ExpectedAttachment, ...]:
    """The expected attachments that are not there, in the order of the pack.

    A package has them with it. A Word file or PDF of ours lists them, and what it lists counts. Beside a Word file of somebody
    else a file counts for what its name speaks of most: 参加单位营业执照 is no licence of the undertaking unit.

    Args:
        engine: over the answers.
        points: of the form.
        received: the submission.
    """
    expected = points.sheet.attachment
    beside = _beside(expected, received) if received.source is Kind.PLAIN_WORD else frozenset()
    return tuple(
        one
        for one in expected
        if engine.is_relevant(one.field)
        and is_blank(engine.answers.values.get(one.field))
        and one.field not in beside
        and not (received.source in _PRINTED and received.printed.get(one.field, "").strip())
    )


def missing_labels(missing: Sequence[ExpectedAttachment], points: Points) -> tuple[str, ...]:
    """What they are called: 法人资格证明."""
    return tuple(points.form.fields[expected.field].label for expected in missing)


def missing_findings(
    missing: Sequence[ExpectedAttachment], engine: Engine, points: Points, pack: FormPack, source: Kind
) -> tuple[Finding, ...]:
    """A finding for each; none for one that the rules ask for themselves, in a package that could have brought it.

    Args:
        missing: of :func:`missing_files`.
        engine: over the answers.
        points: of the form.
        pack: of the form.
        source: kind of file that the answers are taken from.
    """
    guessed = source not in {Kind.PILOT, *_PRINTED}
    found: list[Finding] = []
    for expected in missing:
        if source is Kind.PILOT and engine.is_required(expected.field):
            continue
        field = points.form.fields[expected.field]
        finding = formal_finding(
            "desk_attachment_unseen" if guessed else "desk_attachment_missing",
            pack,
            {"number": field.number, "label": field.label},
            severity=None if guessed else Severity(expected.severity),
            source=expected.source,
            path=expected.field,
        )
        found.append(finding)
    return tuple(found)


def _beside(expected: Sequence[ExpectedAttachment], received: Received) -> frozenset[str]:
    """Fields that a file lying beside speaks of: for each file those with the most characters of their words in its name."""
    found: set[str] = set()
    for file in received.files:
        if file.kind is Kind.ATTACHMENT:
            name = file.place.rpartition("/")[2]
            said = {one.field: sum(len(word) for word in one.words if word in name) for one in expected}
            most = max(said.values(), default=0)
            found |= {field for field, count in said.items() if 0 < count == most}
    return frozenset(found)
