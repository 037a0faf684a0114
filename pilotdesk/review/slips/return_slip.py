"""The return slip (退回单) as a small file: what the desk writes and the unit's program opens.

JSON that any editor shows, with a digest over its content. A file is accepted only when it is, byte for byte, what this
program would write of what it says: whatever was changed on the way, even a blank, is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import msgspec

from pilotdesk.atomic import replacing
from pilotdesk.drafts.returned import (
    CONTROLS,
    MOST_LINES,
    ReturnSlip,
    SlipLine,
    new_slip_id,
    seen_sign,
    slip_from_json,
    slip_to_json,
    value_at,
)
from pilotdesk.drafts.returned_lines import place_of_check
from pilotdesk.errors import PackageError
from pilotdesk.record import Record, decoded
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from pilotdesk.review.records import Finding, Submission

SUFFIX: Final = ".pilotback"
FORMAT: Final = "pilotdesk-return-slip"
VERSION: Final = 1
LARGEST: Final = 2**20
"""Bytes; a slip with 100 lines has 50 KB."""
ASKED: Final = frozenset({Severity.ERROR, Severity.WARNING})
"""What is sent back; a 建议 is no reason to."""

_Kind = TypeVar("_Kind")
_OF_DESK: Final = "desk_"
"""Begins the codes of what the unit's program does not look for."""
_UNSEEN: Final = re.compile(f"[{CONTROLS}]")
_Version = Annotated[int, msgspec.Meta(ge=1, lt=1_000_000)]


class _Head(msgspec.Struct):
    """What every version says of itself."""

    format: str
    version: _Version


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The whole of this version; the slip in it is read once the digest fits."""

    format: str
    version: _Version
    digest: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    slip: ReturnSlip


class Sender(Record, frozen=True, kw_only=True):
    """Who sends back, and by when it is wanted again.

    Attributes:
        bureau, reviewer: names; the reviewer's may be empty. contact: whom to ask, with a telephone number; may be empty.
        on: the day of it. due: ``None`` for no day.
    """

    bureau: str
    on: date
    reviewer: str = ""
    contact: str = ""
    due: date | None = None


def slip_of(
    submission: Submission, findings: Iterable[Finding], sender: Sender, *, handing: int = 1
) -> ReturnSlip:
    """The slip of a submission.

    Args:
        submission: what was reviewed.
        findings: what is to be mended or said, what the reviewer wrote among them, in the order of the slip. A 建议 is left
            out, and so is what comes behind the 500th.
        sender: who sends it back.
        handing: which time it was handed in.

    Raises:
        PackageError: ``slip_empty`` when there is nothing to send back.
    """
    asked = [finding for finding in findings if finding.severity in ASKED][:MOST_LINES]
    if not asked:
        raise PackageError("slip_empty")
    slip_id = new_slip_id()
    lines = (_line(slip_id, str(at), finding, submission) for at, finding in enumerate(asked, 1))
    return ReturnSlip(
        slip_id=slip_id,
        round=submission.round,
        form=submission.form,
        form_version=submission.form_version,
        project=submission.project.removeprefix("p_")[:12],
        title=_plain(submission.facts.title, 300),
        unit=_plain(submission.facts.unit, 300),
        code=submission.code,
        handing=handing,
        bureau=_plain(sender.bureau, 300),
        reviewer=_plain(sender.reviewer, 300),
        contact=_plain(sender.contact, 300),
        on=sender.on,
        due=sender.due,
        lines=tuple(sorted(lines, key=lambda line: line.severity.rank)),
    )


def _line(slip_id: str, line_id: str, finding: Finding, submission: Submission) -> SlipLine:
    path = place_of_check(
        finding.code, finding.path
    )  # a unit that fills the first of its cells has not done with it
    return SlipLine(
        id=line_id,
        severity=finding.severity,
        point=finding.point,
        check="" if finding.code.startswith(_OF_DESK) or not path else finding.code,
        sentence=_plain(finding.sentence.removeprefix(f"{finding.number} "), 4_000),
        clause=_plain(finding.clause, 300),
        path=path,
        number=_plain(finding.number, 300),
        label=_plain(finding.label, 300),
        seen=seen_sign(slip_id, path, value_at(submission.values, path)) if path else "",
    )


def _plain(text: str, most: int) -> str:
    """A text as a slip takes it: in one line, without signs that cannot be seen, not longer than may be."""
    return _UNSEEN.sub("", " ".join(text.split()))[:most]


# -- the file ------------------------------------------------------------------------------------


def write_slip(slip: ReturnSlip, target: Path) -> None:
    """Write a slip, whole or not at all; the same slip gives the same bytes.

    Raises:
        ExportError: those of :mod:`pilotdesk.atomic`.
        PackageError: ``slip_too_large``: it would not be opened.
    """
    content = slip_bytes(slip)
    if len(content) > LARGEST:
        raise PackageError("slip_too_large", name=target.name)
    with replacing(target) as part:
        part.write_bytes(content)


def read_slip(source: Path) -> ReturnSlip:
    """Read and check a slip.

    Raises:
        PackageError: ``package_missing``, ``slip_foreign`` (not one of ours), ``slip_damaged``, ``slip_too_large``,
            ``package_too_new`` with both numbers.
    """
    try:
        with source.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as trouble:
        raise PackageError("package_missing", name=source.name) from trouble
    return slip_of_bytes(content, source.name)


def slip_bytes(slip: ReturnSlip) -> bytes:
    """What the file of a slip holds."""
    return _file_bytes(slip_to_json(slip))


def slip_of_bytes(content: bytes, name: str) -> ReturnSlip:
    """The slip in a file's content; ``name`` is for the sentences.

    Raises:
        PackageError: as :func:`read_slip`.
    """
    if len(content) > LARGEST:
        raise PackageError("slip_too_large", name=name)
    head = _decoded(content, _Head, "slip_foreign", name)
    if head.format != FORMAT:
        raise PackageError("slip_foreign", name=name)
    if head.version > VERSION:
        raise PackageError("package_too_new", name=name, version=head.version, known=VERSION)
    slip = _decoded(content, _File, "slip_damaged", name).slip
    try:
        same = slip_bytes(slip_from_json(slip_to_json(slip))) == content
    except ValueError as trouble:
        raise PackageError("slip_damaged", name=name) from trouble
    if not same:
        raise PackageError("slip_damaged", name=name)
    return slip


def _decoded(content: bytes, kind: type[_Kind], code: str, name: str) -> _Kind:
    """What is in the content, built of nothing but what is expected, however deep the rest is nested.

    Raises:
        PackageError: ``code``.
    """
    try:
        return decoded(content, kind)
    except (ValueError, RecursionError) as trouble:
        raise PackageError(code, name=name) from trouble


def _file_bytes(slip: object) -> bytes:
    told = {"format": FORMAT, "version": VERSION, "slip": slip}
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    whole: dict[str, Any] = {"format": FORMAT, "version": VERSION, "digest": digest, "slip": slip}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
