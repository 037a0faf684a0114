"""A submission as rows of the desk's file, and back."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pilotdesk.drafts.stored_json import values_of_text, values_text
from pilotdesk.review.desk.schema import BESIDE
from pilotdesk.review.records import (
    Agreement,
    Differing,
    Facts,
    Finding,
    Kind,
    ReceivedFile,
    SharedFinding,
    State,
    Submission,
)
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from pilotdesk.forms.values import Value
    from pilotdesk.review.desk.connection import DeskConnection

_PLAIN: Final = (
    "round",
    "form",
    "form_version",
    "project",
    "code",
    "revision",
    "filled",
    "asked",
    "attachments",
)
_LISTS: Final = ("directions", "participants")
_COUNTS: Final = ("must", "ask", "hint")
_MATERIAL: Final = ("received_file", "finding", "differing")
"""Tables that a round which grew gets anew."""


def seal_of(key: str, number: int, code: str, answers: str) -> str:
    """SHA-256 over what a unit handed in, with whose it is and the 校验码 that it came with."""
    return hashlib.sha256(
        "\0".join((key, str(number), code, answers)).encode("utf-8", "surrogatepass")
    ).hexdigest()


def answers_text(values: Mapping[str, Value]) -> str:
    """The answers as they are kept; readable, unless a damaged file put half a character into them."""
    text = values_text(values)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(text))
    return text


def header_of(submission: Submission) -> dict[str, object]:
    """The columns of ``handed_in`` that the material gives."""
    facts = msgspec.structs.asdict(submission.facts)
    facts |= {name: _lines(facts[name]) for name in _LISTS}
    credit = submission.facts.credit_on
    return {
        **{name: getattr(submission, name) for name in _PLAIN},
        "source": submission.source.value,
        "practice": int(submission.practice),
        "agreement": submission.agreement.value,
        **counts_of(submission.findings),
        "missing_attachments": _lines(submission.missing_attachments),
        **facts,
        "credit_on": credit.isoformat() if credit else "",
    }


def counts_of(findings: Iterable[Finding]) -> dict[str, int]:
    """How many must be mended, are to be confirmed, and are advice, under the names of their columns."""
    severities = [one.severity for one in findings]
    return {name: severities.count(severity) for name, severity in zip(_COUNTS, Severity, strict=True)}


def write_crossed(
    connection: sqlite3.Connection, header: Mapping[str, Any], findings: Sequence[Finding]
) -> None:
    """What a round shows beside others, in the place of what it showed before.

    Args:
        connection: with a transaction open.
        header: row of ``handed_in``.
        findings: new ones.
    """
    place = (header["key"], header["number"])
    connection.execute("DELETE FROM finding WHERE key = ? AND number = ? AND crossed = 1", place)
    _insert_findings(connection, *place, findings, crossed=True)
    _write_others(connection, place, findings)
    sums = ", ".join(
        f"{name} = (SELECT count(*) FROM finding f WHERE f.key = handed_in.key AND f.number = handed_in.number"  # noqa: S608
        f" AND severity = '{severity.value}')"
        for name, severity in zip(_COUNTS, Severity, strict=True)
    )
    connection.execute(f"UPDATE handed_in SET {sums} WHERE key = ? AND number = ?", place)  # noqa: S608


def _write_others(
    connection: sqlite3.Connection, place: tuple[str, int], findings: Iterable[Finding]
) -> None:
    """Of whom the findings speak, in the place of those that stood there; an older file gets a place for it."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {BESIDE}")
    connection.execute("DELETE FROM beside WHERE key = ? AND number = ?", place)
    _insert(connection, "beside", 6, (
        (*place, one.code, one.path, one.sentence, "\n".join(one.others))
        for one in findings if isinstance(one, SharedFinding)
    ))  # fmt: skip


def _insert_findings(
    connection: sqlite3.Connection, key: str, number: int, findings: Iterable[Finding], *, crossed: bool
) -> None:
    _insert(connection, "finding", 12, (
        (key, number, at, one.code, one.severity.value, one.point, one.sentence, one.clause, one.path, one.number,
         one.label, int(crossed))
        for at, one in enumerate(findings)
    ))  # fmt: skip


def material_of(submission: Submission) -> str:
    """SHA-256 over all that is kept of a submission but its answers: whether anything of that is new."""
    told = msgspec.structs.replace(submission, values={})
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def write_header(connection: sqlite3.Connection, header: Mapping[str, object]) -> None:
    """Put a round of handing in into its table, or in the place of what stood there."""
    values = tuple(map(storable, header.values()))
    update = ", ".join(f"{name} = excluded.{name}" for name in header if name not in {"key", "number"})
    connection.execute(
        f"INSERT INTO handed_in ({', '.join(header)}) VALUES ({','.join('?' * len(header))})"  # noqa: S608
        f" ON CONFLICT (key, number) DO UPDATE SET {update}",
        values,
    )


def write_material(connection: sqlite3.Connection, number: int, submission: Submission) -> None:
    """Files, findings and differences of a round, in the place of those that stood there."""
    for table in _MATERIAL:
        connection.execute(f"DELETE FROM {table} WHERE key = ? AND number = ?", (submission.key, number))  # noqa: S608
    _insert(connection, "received_file", 14, (
        (submission.key, number, at, file.place, file.size, file.sha256, file.kind.value, file.state.value,
         file.sentence, file.revision, file.code, int(file.draft), file.filled, file.asked)
        for at, file in enumerate(submission.files)
    ))  # fmt: skip
    _insert_findings(connection, submission.key, number, submission.findings, crossed=False)
    _insert(connection, "differing", 7, (
        (submission.key, number, at, one.path, one.label, file, text)
        for at, one in enumerate(submission.differing) for file, text in one.texts
    ))  # fmt: skip


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[Sequence[object]]
) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * columns)})", (  # noqa: S608
        tuple(map(storable, row)) for row in rows
    ))  # fmt: skip


def storable(value: object) -> object:
    """Half a character, as only a damaged file has it, cannot be kept; it becomes a question mark."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def facts_from(row: Mapping[str, Any]) -> Facts:
    """The facts in a row of ``handed_in``."""
    told = {name: row[name] for name in Facts.__struct_fields__}
    told |= {name: tuple(row[name].splitlines()) for name in _LISTS}
    told["credit_on"] = date.fromisoformat(row["credit_on"]) if row["credit_on"] else None
    return Facts(**told)


def read_submission(connection: DeskConnection, header: Mapping[str, Any]) -> Submission:
    """The submission of a round.

    Args:
        connection: to the desk's file.
        header: its row of ``handed_in``.

    Raises:
        DeskError: ``desk_damaged``.
    """
    place = (header["key"], header["number"])
    answers = connection.read("SELECT answers FROM answers WHERE key = ? AND number = ?", place)
    with connection.making():
        return Submission(
            key=header["key"],
            **{name: header[name] for name in _PLAIN},
            facts=facts_from(header),
            values=values_of_text(answers[0][0]) if answers else {},
            source=Kind(header["source"]),
            practice=bool(header["practice"]),
            files=_files(connection, place),
            agreement=Agreement(header["agreement"]),
            differing=_differing(connection, place),
            findings=findings_of_round(connection, place, crossed=False),
            missing_attachments=tuple(header["missing_attachments"].splitlines()),
        )


def _files(connection: DeskConnection, place: tuple[str, int]) -> tuple[ReceivedFile, ...]:
    rows = _of(connection, "received_file", place)
    typed = (
        {"kind": Kind(row["kind"]), "state": State(row["state"]), "draft": bool(row["draft"])} for row in rows
    )
    return tuple(
        ReceivedFile(**{**{name: row[name] for name in ReceivedFile.__struct_fields__}, **made})
        for row, made in zip(rows, typed, strict=True)
    )


def findings_of_round(
    connection: DeskConnection, place: tuple[str, int], *, crossed: bool
) -> tuple[Finding, ...]:
    """The findings of a round: those of its own, or those beside others."""
    found = tuple(
        Finding(
            code=row["code"], severity=Severity(row["severity"]), point=row["point"], sentence=row["sentence"],
            clause=row["clause"], path=row["path"], number=row["place"], label=row["label"],
        )
        for row in _of(connection, "finding", place) if bool(row["crossed"]) is crossed
    )  # fmt: skip
    return _with_others(connection, place, found) if crossed and found else found


def _with_others(
    connection: DeskConnection, place: tuple[str, int], found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The findings, those of which it is known with the keys of whom they speak of."""
    if not connection.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'beside'"):
        return found
    rows = connection.read(
        "SELECT code, path, sentence, others FROM beside WHERE key = ? AND number = ?", place
    )
    others = {told: tuple(keys.splitlines()) for *told_of, keys in rows for told in [tuple(told_of)]}
    shared = ((one, others.get((one.code, one.path, one.sentence))) for one in found)
    return tuple(
        SharedFinding(**msgspec.structs.asdict(one), others=keys) if keys else one for one, keys in shared
    )


def _differing(connection: DeskConnection, place: tuple[str, int]) -> tuple[Differing, ...]:
    found: dict[int, Differing] = {}
    for row in _of(connection, "differing", place):
        one = found.get(row["position"]) or Differing(row["path"], row["label"], ())
        found[row["position"]] = Differing(one.path, one.label, (*one.texts, (row["file"], row["text"])))
    return tuple(found.values())


def _of(connection: DeskConnection, table: str, place: tuple[str, int]) -> list[dict[str, Any]]:
    return connection.read_named(
        f"SELECT * FROM {table} WHERE key = ? AND number = ? ORDER BY position, rowid",  # noqa: S608
        place,
    )


def _lines(texts: Iterable[str]) -> str:
    """Texts with a line feed between them; none of them has one of its own."""
    return "\n".join(" ".join(text.split()) for text in texts)
