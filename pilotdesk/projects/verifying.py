"""核对: any mix of .pilot, Word and PDF files, which version each is, whether it is unchanged, and what differs.

Files of the same document of the same project are compared answer by answer. Every file gets a line of its own, a
broken or foreign one too; nothing raises for one file among many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.documents.carriers import KINDS, read_carrier
from pilotdesk.documents.digest import canonical
from pilotdesk.documents.identity import Identity, identity_of
from pilotdesk.errors import PackError, PilotDeskError
from pilotdesk.forms.installed import current_pack
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form

State = Literal["package", "unchanged", "changed", "foreign", "unreadable"]
PILOT: Final = "pilot"
FOREIGN: Final = frozenset({"docx_foreign", "pdf_foreign", "carrier_kind", "package_foreign"})
"""Codes of files that are sound, and not ours."""


class Content(Record, frozen=True):
    """What one file holds of one document: its identity, and path to canonical text in order."""

    identity: Identity
    answers: Mapping[str, str]


class Changed(Record, frozen=True):
    """An answer of a file that is not what the file was written with."""

    path: str
    label: str


class Finding(Record, frozen=True, kw_only=True):
    """What one file is.

    Attributes:
        file: its name. kind: ``pilot``, ``docx``, ``pdf`` or empty.
        state: ``package`` for a .pilot file that could be read, which nothing says of what it once was.
        sentence: what to tell the user of it.
        contents: document by document; none when it could not be read.
        changed: in a Word file or PDF: what was changed in it since it was written.
    """

    file: str
    kind: str
    state: State
    sentence: str
    contents: tuple[Content, ...] = ()
    changed: tuple[Changed, ...] = ()


class Difference(Record, frozen=True):
    """One answer that is not the same in all files of a group; ``texts`` file by file, empty where it is not there."""

    path: str
    label: str
    texts: tuple[str, ...]


class Group(Record, frozen=True):
    """Files that hold the same document of the same project.

    Attributes:
        identity: of the first of them.
        files: places in :attr:`Verification.findings`, in their order.
        differences: in the order of the first file; none when all say the same.
    """

    identity: Identity
    files: tuple[int, ...]
    differences: tuple[Difference, ...]


class Verification(Record, frozen=True):
    """All files, and those that belong together."""

    findings: tuple[Finding, ...]
    groups: tuple[Group, ...]

    @property
    def readable(self) -> bool:
        """Whether every file could be read and is one of ours."""
        return all(finding.contents for finding in self.findings)

    @property
    def agrees(self) -> bool:
        """Whether no file was changed, and those that belong together say the same."""
        untouched = all(finding.state in {"package", "unchanged"} for finding in self.findings)
        return untouched and not any(group.differences for group in self.groups)


def verify(files: Sequence[Path], *, read: Callable[[Path], Package], today: date) -> Verification:
    """Look into all files and compare those that belong together.

    Args:
        files: in the order in which they are told of.
        read: reads a .pilot file, with a password where it has one.
        today: for the dates of the practice sample.
    """
    findings = tuple(_finding(path, read, today) for path in files)
    return Verification(findings, tuple(_groups(findings)))


def _finding(path: Path, read: Callable[[Path], Package], today: date) -> Finding:
    kind = path.suffix.lower().removeprefix(".")
    try:
        if kind == PILOT:
            contents = tuple(_contents(read(path), today))
            return Finding(
                file=path.name, kind=kind, state="package", sentence=_now(contents), contents=contents
            )
        return _carrier(path)
    except PilotDeskError as trouble:
        state: State = "foreign" if trouble.code in FOREIGN else "unreadable"
        return Finding(file=path.name, kind=kind if kind in KINDS else "", state=state, sentence=str(trouble))


def _contents(package: Package, today: date) -> Iterator[Content]:
    """Every document of a package as it would be printed now."""
    from pilotdesk.projects import outlines_of, session_of_package

    for outline in outlines_of(session_of_package(package, today), draft=False):
        texts = ((answer.path, canonical(answer.text)) for answer in outline.printed)
        yield Content(identity_of(outline), {path: text for path, text in texts if text})


def _carrier(path: Path) -> Finding:
    carrier = read_carrier(path)
    contents = (Content(carrier.identity, carrier.answers),)
    form, order = _form(carrier.identity), _rows(carrier.answers)
    changed = tuple(Changed(one, _label(form, order, one)) for one in carrier.changed)
    state: State = "unchanged" if carrier.unchanged else "changed"
    if carrier.unchanged:
        sentence = f"{_version(contents)}，导出后没有改过"
    elif changed:
        sentence = f"{_version(contents)}，导出后改过 {len(changed)} 处"
    else:
        sentence = f"{_version(contents)}，导出后添过或删过行"
    return Finding(
        file=path.name, kind=carrier.kind, state=state, sentence=sentence, contents=contents, changed=changed
    )


def _version(contents: Sequence[Content]) -> str:
    """Which version a file is, in words."""
    identity = contents[0].identity
    kind = "草稿" if identity.draft else f"校验码 {identity.code}"
    return f"第 {identity.revision} 版（{kind}）"


def _now(contents: Sequence[Content]) -> str:
    """What a package holds, in words."""
    finals = contents[0].identity.revision - 1
    codes = "、".join(content.identity.digest for content in contents)
    return f"草稿文件，定稿过 {finals} 次，按现在的内容校验码是 {codes}"


def _groups(findings: Sequence[Finding]) -> Iterator[Group]:
    """Contents of one document of one project, in the order in which its first file stands."""
    members: list[list[tuple[int, Content]]] = []
    for place, finding in enumerate(findings):
        for content in finding.contents:
            mine = next((group for group in members if _same(group[0][1].identity, content.identity)), None)
            if mine is None:
                members.append([(place, content)])
            else:
                mine.append((place, content))
    for group in members:
        contents = [content for _, content in group]
        if len(contents) > 1:
            files = tuple(place for place, _ in group)
            yield Group(contents[0].identity, files, tuple(_differences(contents)))


def _same(one: Identity, other: Identity) -> bool:
    """Whether two files are of one document of one project: by its id, where one has none by its name."""
    if (one.round, one.form, one.document) != (other.round, other.form, other.document):
        return False
    if one.project and other.project and one.project == other.project:
        return True
    return one.title == other.title


def _differences(contents: Sequence[Content]) -> Iterator[Difference]:
    first = contents[0]
    form = _form(first.identity)
    paths = dict.fromkeys(path for content in contents for path in content.answers)
    rows = [_rows(content.answers) for content in contents]
    for path in paths:
        texts = tuple(content.answers.get(path, "") for content in contents)
        if len(set(texts)) > 1:
            holder = next(place for place, text in enumerate(texts) if text)
            yield Difference(path, _label(form, rows[holder], path), texts)


def _form(identity: Identity) -> Form | None:
    """The form as it is installed here; ``None`` when it is not."""
    try:
        return current_pack(identity.round).forms.get(identity.form)
    except PackError:
        return None


def _rows(paths: Mapping[str, object]) -> dict[str, tuple[Row, ...]]:
    """The rows that these paths name, table by table in their order, without their cells."""
    rows: dict[str, dict[str, Row]] = {}
    for path in paths:
        place = split_cell_path(path)
        if place:
            rows.setdefault(place[0], {}).setdefault(place[1], Row(place[1]))
    return {table: tuple(listed.values()) for table, listed in rows.items()}


def _label(form: Form | None, rows: Mapping[str, tuple[Row, ...]], path: str) -> str:
    """Number and label of an answer; its path where the form does not know it."""
    try:
        return number_and_label(form, path, rows) if form else path
    except KeyError:
        return path


def to_json(verification: Verification) -> dict[str, object]:
    """The verification as plain JSON: files, and groups with what differs."""
    return {
        "agrees": verification.agrees,
        "files": [
            {
                "file": finding.file,
                "kind": finding.kind,
                "state": finding.state,
                "says": finding.sentence,
                "documents": [_identity(content.identity) for content in finding.contents],
                "changed": [{"path": one.path, "label": one.label} for one in finding.changed],
            }
            for finding in verification.findings
        ],
        "groups": [
            {
                "document": _identity(group.identity),
                "files": [verification.findings[place].file for place in group.files],
                "differences": [
                    {"path": one.path, "label": one.label, "texts": list(one.texts)}
                    for one in group.differences
                ],
            }
            for group in verification.groups
        ],
    }


def _identity(identity: Identity) -> dict[str, object]:
    return {name: getattr(identity, name) for name in identity.__struct_fields__}
