"""The form of the material: whether the files of one submission belong together, are final, agree, and are all there.

Nothing here looks at what the answers say. Contents are compared by their 校验码: two files with the same one say the same,
whatever they are called and whenever they were written.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.forms.codec_base import date_text
from pilotdesk.record import Record
from pilotdesk.review.checking.formal_words import formal_finding, named
from pilotdesk.review.records import Agreement, Finding, Kind, ReceivedFile, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.documents.identity import Identity
    from pilotdesk.forms.model import Form, FormPack

PRINTS: Final = {Kind.WORD: "word", Kind.PDF: "pdf"}
"""Kinds of file that a final version is printed in, as codes speak of them."""
_ORDER: Final = (Kind.PILOT, Kind.WORD, Kind.PDF)
_SHOWN: Final = {Kind.WORD: "Word", Kind.PDF: "PDF", Kind.PILOT: ".pilot"}
_DISAGREEMENTS: Final = (
    (Agreement.CHANGED, ("desk_word_changed", "desk_pdf_changed", "desk_code_differs")),
    (Agreement.OLDER, ("desk_pdf_older", "desk_word_older", "desk_package_older")),
    (Agreement.DIFFERS, ("desk_differs", "desk_package_newer", "desk_other_project")),
)

DISAGREEING: Final = frozenset(code for _, codes in _DISAGREEMENTS for code in codes)
"""Codes of files of one submission that do not say the same."""


class Handed(Record, frozen=True, kw_only=True):
    """A file of ours that holds answers; of a package that prints several documents, one for each.

    Attributes:
        place: as in :class:`ReceivedFile`. kind: of the file.
        identity: which document of which project it is and what it was written with; of a package as it would be printed
            now, its ``revision`` being that of its next final version.
        digest: 校验码 of what stands in it now; the same as that of ``identity`` in a file that nobody changed.
        changed: in words, the answers that are not those it was written with.
    """

    place: str
    kind: Kind
    identity: Identity
    digest: str = ""
    changed: tuple[str, ...] = ()


class Received(Record, frozen=True, kw_only=True):
    """One submission as far as its form is concerned.

    Attributes:
        documents: its files of ours that hold answers. files: all of its files.
        source: the kind of file that the answers are taken from. form_version: that they were written for.
        practice: whether it is the practice sample.
        printed: path to text of the Word file or PDF that the answers are taken from, for the lists of attachments in it.
        damaged: names of attachments inside that cannot be opened.
        filled, asked: answers read and answers of the form, of a Word file of somebody else.
        received_on: the day it came. due: the last day; ``None`` where there is none.
    """

    documents: tuple[Handed, ...]
    files: tuple[ReceivedFile, ...] = ()
    source: Kind
    form_version: int
    practice: bool = False
    printed: Mapping[str, str] = MappingProxyType({})
    damaged: tuple[str, ...] = ()
    filled: int = 0
    asked: int = 0
    received_on: date
    due: date | None = None


def formal_findings(received: Received, form: Form, pack: FormPack) -> tuple[Finding, ...]:
    """Everything that is not right with the form of the material, without attachments that are missing.

    Args:
        received: the submission.
        form: as it is installed here.
        pack: of the form.
    """
    received = _by_file_names(received)
    found: list[Finding] = []
    by_document: dict[str, list[Handed]] = {}
    for one in sorted(received.documents, key=_rank):
        by_document.setdefault(one.identity.document, []).append(one)
    for documents in by_document.values():
        project = _project(documents)
        own = [one for one in documents if _is_same_project(documents[0], one, project)]
        found += _other_projects(documents[0], [one for one in documents if one not in own], pack)
        found += [] if received.practice else _drafts(own, pack)
        found += _versions([one for one in own if not _is_draft(one)], pack)
    found += _older_packages(received.documents, pack)
    found += [change for one in received.documents for change in _changes(one, pack)]
    found += _whole(received, form, pack)
    found += _files(received, pack)
    return tuple(found)


def agreement_of(documents: Sequence[Handed], findings: Iterable[Finding]) -> Agreement:
    """三份核对: what the findings about the files of a submission come to."""
    if not documents:
        return Agreement.UNKNOWN
    apart = disagreement_of({finding.code for finding in findings})
    return apart or (Agreement.ALL if len({one.place for one in documents}) > 1 else Agreement.ALONE)


def disagreement_of(codes: Collection[str]) -> Agreement | None:
    """What codes of findings come to; ``None`` where none of them says that files differ."""
    return next((agreement for agreement, meant in _DISAGREEMENTS if not set(meant).isdisjoint(codes)), None)


def _by_file_names(received: Received) -> Received:
    """The same with the names of the files in place of where they lie at the desk, which says nothing to the unit.

    Files of one name in two folders keep their places.
    """
    places = {one.place for one in received.documents} | {file.place for file in received.files}
    count = Counter(map(_file_name, places))
    names = {place: name if count[name := _file_name(place)] == 1 else place for place in places}
    return replace(
        received,
        documents=tuple(replace(one, place=names[one.place]) for one in received.documents),
        files=tuple(replace(file, place=names[file.place]) for file in received.files),
    )


def _file_name(place: str) -> str:
    return place.rpartition("/")[2].rpartition(" › ")[2]


def _is_draft(one: Handed) -> bool:
    return one.kind is not Kind.PILOT and one.identity.draft


def _rank(one: Handed) -> tuple[int, int, str]:
    """The package with the newest version first, of equal ones that which was named first; then Word files, then PDFs."""
    place = "" if one.kind is Kind.PILOT else one.place
    return _ORDER.index(one.kind), -one.identity.revision, place


def _is_same_project(first: Handed, other: Handed, known: str) -> bool:
    """Whether a file is of the same project as the first: by its id where it has one, otherwise by its title.

    Args:
        first: of the submission.
        other: another file of it, or the first itself.
        known: id of the project; empty where no file has one.
    """
    by_id = bool(other.identity.project and known)
    return other.identity.project == known if by_id else other.identity.title == first.identity.title


def _project(documents: Sequence[Handed]) -> str:
    """The id of the project of the first file: its own, or, as packages have none, the first among its prints."""
    first = documents[0].identity
    alike = (one.identity.project for one in documents if one.identity.title == first.title)
    return first.project or next(filter(None, alike), "")


def _other_projects(first: Handed, others: Iterable[Handed], pack: FormPack) -> Iterator[Finding]:
    for one in others:
        here, there = one.identity, first.identity
        same = "（同名的另一个项目）" if here.title == there.title else ""
        words = {"place": one.place, "title": f"{here.title}{same}", "other": there.title}
        yield formal_finding("desk_other_project", pack, words)


def _older_packages(documents: Iterable[Handed], pack: FormPack) -> Iterator[Finding]:
    """Packages of the same project that say something else than the newest, which is the one that counts."""
    packages = sorted((one for one in documents if one.kind is Kind.PILOT), key=_rank)
    newest = {one.identity.document: one for one in reversed(packages)}
    told: set[str] = set()
    for one in packages:
        counted = newest[one.identity.document]
        differs = one.identity.digest != counted.identity.digest and _is_same_project(
            counted, one, counted.identity.project
        )
        if differs and one.place not in told:
            told.add(one.place)
            yield formal_finding("desk_two_versions", pack, {"place": one.place, "newest": counted.place})


def _drafts(documents: Sequence[Handed], pack: FormPack) -> Iterator[Finding]:
    """Draft prints; one beside a final version of the same kind was left there and is of no account."""
    final = {one.kind for one in documents if not _is_draft(one)}
    for one in documents:
        if _is_draft(one) and one.kind not in final:
            yield formal_finding("desk_draft_print", pack, {"place": one.place})


def _versions(documents: Sequence[Handed], pack: FormPack) -> Iterator[Finding]:
    """Versions of one document that say different things, by what they were written with; the first package counts."""
    prints = sorted(
        (one for one in documents if one.kind in PRINTS),
        key=lambda one: (-one.identity.revision, one.kind.value, one.place),
    )
    package = next((one for one in documents if one.kind is Kind.PILOT), None)
    made = package.identity.revision - 1 if package else 0
    newest = max([made, *(one.identity.revision for one in prints)])
    current = [one for one in prints if one.identity.revision == newest]
    newer = [*current, *([package] if package and made == newest else [])]
    same = {one.identity.digest for one in newer}
    for one in prints:
        here = one.identity
        if here.revision < newest and here.digest not in same:
            words = {"place": one.place, "revision": here.revision, "newest": newest, "others": _kinds(newer)}
            yield formal_finding(f"desk_{PRINTS[one.kind]}_older", pack, words)
    for before, after in pairwise(current):
        if before.identity.digest != after.identity.digest:
            words = {"place": after.place, "other": before.place, "revision": newest}
            yield formal_finding("desk_differs", pack, words)
    if package and current and package.identity.digest not in {one.identity.digest for one in current}:
        code = "desk_package_older" if made < newest else "desk_package_newer"
        files = {package.identity.attachments} != {one.identity.attachments for one in current}
        words = {"place": package.place, "newest": newest, "what": "附件或内容" if files else "内容"}
        yield formal_finding(code, pack, words)


def _kinds(documents: Iterable[Handed]) -> str:
    """Kinds of files in words: ``Word、.pilot``."""
    return "、".join(dict.fromkeys(_SHOWN[one.kind] for one in documents))


def _changes(one: Handed, pack: FormPack) -> Iterator[Finding]:
    """A Word file or PDF that does not hold what it was written with."""
    here = one.identity
    if one.kind not in PRINTS or one.digest == here.digest:
        return
    words: dict[str, object] = {"place": one.place}
    if one.changed:
        words |= {"count": len(one.changed), "named": named(one.changed)}
        yield formal_finding(f"desk_{PRINTS[one.kind]}_changed", pack, words)
    else:
        words |= {"code": here.code or here.digest, "digest": one.digest}
        yield formal_finding("desk_code_differs", pack, words)


def _whole(received: Received, form: Form, pack: FormPack) -> Iterator[Finding]:
    """What is said of the submission as a whole."""
    if received.practice:
        places = dict.fromkeys(one.place for one in received.documents)
        yield formal_finding("desk_practice", pack, {"place": named([*places])})
    there, here = received.form_version, form.head.version
    if there != here:
        code = "desk_pack_older" if there < here else "desk_pack_newer"
        yield formal_finding(code, pack, {"there": there, "here": here})
    kinds = {one.kind for one in received.documents}
    if len(kinds) == 1:
        kind = PRINTS.get(next(iter(kinds)), "package")
        yield formal_finding(f"desk_only_{kind}", pack, {})
    if received.source is Kind.PLAIN_WORD:
        foreign = [file.place for file in received.files if file.kind is Kind.PLAIN_WORD]
        counts = {"filled": received.filled, "asked": received.asked}
        yield formal_finding("desk_plain_word", pack, {"place": named(foreign), **counts})
    if received.due and received.received_on > received.due:
        known = (one.source for one in pack.round.deadline if one.day == received.due)
        days = (received.received_on - received.due).days
        words = {"received": date_text(received.received_on), "due": date_text(received.due), "days": days}
        yield formal_finding("desk_late", pack, words, source=next(known, ()))


def _files(received: Received, pack: FormPack) -> Iterator[Finding]:
    """Files that could not be read, and attachments that cannot be opened."""
    damaged: list[str] = []
    for file in received.files:
        if file.state is State.REFUSED and file.kind is Kind.ATTACHMENT:
            damaged.append(file.place)
        elif file.state is State.REFUSED:
            yield formal_finding("desk_file_refused", pack, {"reason": file.sentence or f"“{file.place}”。"})
    for name in (*damaged, *received.damaged):
        yield formal_finding("desk_attachment_damaged", pack, {"place": name})
