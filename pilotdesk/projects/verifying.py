"""核对: any mix of .pilot, Word and PDF files, which version each is, whether it is unchanged, and what differs.

Files of the same document of the same project are compared answer by answer. Every file gets a line of its own, a
broken or foreign one too; nothing raises for one file among many.

A thousand files cost little more memory than ten: of a file only its mark is kept, which tells whether two say the same.
The answers of the first files are kept too, for most people verify two or three; of later ones those that turn out to say
something else than their group are read again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from pilotdesk.documents.carriers import KINDS, read_carrier
from pilotdesk.documents.digest import canonical
from pilotdesk.documents.identity import Identity, identity_of
from pilotdesk.errors import PackError, PilotDeskError
from pilotdesk.forms.installed import current_pack
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import Row, split_cell_path
from pilotdesk.record import MutableRecord, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.carriers import Carrier
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form

State = Literal["package", "unchanged", "changed", "foreign", "unreadable"]
PILOT: Final = "pilot"
FOREIGN: Final = frozenset(
    {"docx_foreign", "pdf_foreign", "carrier_kind", "carrier_paper", "package_foreign"}
)
"""Codes of files that are sound, and no documents of ours."""
MOST_KEPT: Final = 100
"""Documents whose answers are kept, some 75 KB each; those of all others are read again where they are needed."""


class Content(Record, frozen=True):
    """What one file holds of one document: its identity, and path to canonical text in order."""

    identity: Identity
    answers: Mapping[str, str]


class Changed(Record, frozen=True):
    """An answer of a file that is not what the file was written with; ``text`` stands there now, empty when it is gone.

    ``path`` is that of a row, ``targets[r_7f3a]``, where all of it is gone.
    """

    path: str
    label: str
    text: str


class Finding(Record, frozen=True, kw_only=True):
    """What one file is.

    Attributes:
        file: its name. kind: ``pilot``, ``docx``, ``pdf`` or empty.
        state: ``package`` for a .pilot file that could be read, which nothing says of what it once was.
        sentence: what to tell the user of it.
        documents: the identity of each in it; none when it could not be read.
        changed: in a Word file or PDF: what was changed in it since it was written.
    """

    file: str
    kind: str
    state: State
    sentence: str
    documents: tuple[Identity, ...] = ()
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
        return all(finding.documents for finding in self.findings)

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
    verifier = _Verifier(files, read, today)
    groups = tuple(verifier.groups())
    return Verification(tuple(verifier.findings), groups)


class _Member(MutableRecord):
    """A document of the file at ``place``: ``mark`` stands for its answers, which are ``None`` where they were not kept."""

    place: int
    identity: Identity
    mark: bytes
    answers: Mapping[str, str] | None


class _Verifier:
    """Reads the files one after the other; ``findings`` says what each of them is."""

    def __init__(self, files: Sequence[Path], read: Callable[[Path], Package], today: date) -> None:
        self._files = files
        self._read = read
        self._today = today
        self.findings: list[Finding] = []
        self._members: list[list[_Member]] = []
        self._known: dict[tuple[str, ...], int] = {}
        self._kept = 0
        for place, path in enumerate(files):
            finding, contents = self._finding(path)
            self.findings.append(finding)
            for content in contents:
                self._add(place, content)

    def _finding(self, path: Path) -> tuple[Finding, tuple[Content, ...]]:
        kind = path.suffix.lower().removeprefix(".")
        try:
            if kind == PILOT:
                return _package(path, tuple(_contents(self._read(path), self._today)))
            return _carrier(path)
        except PilotDeskError as trouble:
            state: State = "foreign" if trouble.code in FOREIGN else "unreadable"
            named = kind if kind in KINDS else ""
            return Finding(file=path.name, kind=named, state=state, sentence=str(trouble)), ()

    def _add(self, place: int, content: Content) -> None:
        """Into the group whose first file is of the same project, by its id, where one has none by its name."""
        identity = content.identity
        document = (identity.round, identity.form, identity.document)
        names = [(*document, "name", identity.title)]
        if identity.project:
            names.append((*document, "id", identity.project))
        number = min((self._known[name] for name in names if name in self._known), default=-1)
        if number < 0:
            number = len(self._members)
            self._members.append([])
            self._known |= {name: number for name in names if name not in self._known}
        kept = content.answers if self._kept < MOST_KEPT else None
        self._kept += kept is not None
        self._members[number].append(_Member(place, identity, _mark(content.answers), kept))

    def groups(self) -> Iterator[Group]:
        """Documents that stand in several files, in the order in which the first file of each stands."""
        for members in self._members:
            differences: tuple[Difference, ...] = ()
            if len({member.mark for member in members}) > 1:
                differences = tuple(_differences(members[0].identity, self._answers(members)))
            if len(members) > 1:
                yield Group(members[0].identity, tuple(member.place for member in members), differences)

    def _answers(self, members: list[_Member]) -> Iterator[Mapping[str, str]]:
        """The answers of a group file by file; one that went away meanwhile is no member any more, and is told of."""
        for member in members[:]:
            answers = member.answers
            if answers is None:
                self.findings[member.place], contents = self._finding(self._files[member.place])
                same = (one for one in contents if one.identity.document == member.identity.document)
                found = next(same, None)
                answers = found.answers if found else None
            if answers is None:
                members.remove(member)
            else:
                yield answers


def _mark(answers: Mapping[str, str]) -> bytes:
    """The same for the same answers at the same places, in whatever order."""
    return hashlib.sha256(msgspec.json.encode(sorted(answers.items()))).digest()


def _package(path: Path, contents: tuple[Content, ...]) -> tuple[Finding, tuple[Content, ...]]:
    documents = tuple(content.identity for content in contents)
    finding = Finding(
        file=path.name, kind=PILOT, state="package", sentence=_now(documents), documents=documents
    )
    return finding, contents


def _contents(package: Package, today: date) -> Iterator[Content]:
    """Every document of a package as it would be printed now."""
    from pilotdesk.projects import outlines_of, session_of_package

    for outline in outlines_of(session_of_package(package, today), draft=False):
        texts = ((answer.path, canonical(answer.text)) for answer in outline.printed)
        yield Content(identity_of(outline), {path: text for path, text in texts if text})


def _carrier(path: Path) -> tuple[Finding, tuple[Content, ...]]:
    carrier = read_carrier(path)
    version = _version(carrier.identity)
    form, order = _form(carrier.identity), _rows(carrier.answers)
    changed = tuple(_changes(form, order, carrier))
    state: State = "unchanged" if carrier.unchanged else "changed"
    if carrier.unchanged:
        sentence = f"{version}，导出后没有改过"
    elif changed:
        sentence = f"{version}，导出后改过 {len(changed)} 处"
    else:
        sentence = f"{version}，导出后添过或删过行"
    finding = Finding(
        file=path.name, kind=carrier.kind, state=state, sentence=sentence, documents=(carrier.identity,),
        changed=changed,
    )  # fmt: skip
    return finding, (Content(carrier.identity, carrier.answers),)


def _changes(form: Form | None, order: Mapping[str, tuple[Row, ...]], carrier: Carrier) -> Iterator[Changed]:
    """What was changed, in the order of the file; of a row that is gone as a whole not every cell."""
    gone: set[str] = set()
    for path in carrier.changed:
        place = split_cell_path(path)
        if place is None or any(row.id == place[1] for row in order.get(place[0], ())):
            yield Changed(path, _label(form, order, path), carrier.answers.get(path, ""))
        elif (row := path.rpartition(".")[0]) not in gone:
            gone.add(row)
            yield Changed(row, f"{_label(form, order, place[0])}，原来的一行", "")


def _version(identity: Identity) -> str:
    """Which version a file is, in words."""
    kind = "草稿" if identity.draft else f"校验码 {identity.code}"
    return f"第 {identity.revision} 版（{kind}）"


def _now(documents: Sequence[Identity]) -> str:
    """What a package holds, in words."""
    finals = documents[0].revision - 1
    codes = "、".join(identity.digest for identity in documents)
    return f"草稿文件，定稿过 {finals} 次，按现在的内容校验码是 {codes}"


def _differences(identity: Identity, contents: Iterable[Mapping[str, str]]) -> Iterator[Difference]:
    """What is not the same in all files of a group, which are looked at one after the other and not kept."""
    form = _form(identity)
    texts: dict[str, list[str]] = {}
    rows: list[tuple[Mapping[str, tuple[Row, ...]], dict[str, None]]] = []
    shared: dict[str, str] = {}
    files = 0
    for files, answers in enumerate(contents, 1):
        come = dict.fromkeys(path for path in answers if path not in texts)
        if come:
            rows.append((_rows(answers), come))
        for path, text in answers.items():
            listed = texts.setdefault(path, [])
            listed += [""] * (files - 1 - len(listed))
            listed.append(shared.setdefault(text, text))
    for order, come in rows:
        for path in come:
            told = (*texts[path], *[""] * (files - len(texts[path])))
            if len(set(told)) > 1:
                yield Difference(path, _label(form, order, path), told)


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
                "documents": [_identity(one) for one in finding.documents],
                "changed": [
                    {"path": one.path, "label": one.label, "text": one.text} for one in finding.changed
                ],
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
