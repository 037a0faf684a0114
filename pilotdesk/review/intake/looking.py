"""What one file is, and what it holds: looked into once, in a worker, and closed again."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import asdict, replace

from pilotdesk.documents.carriers import PDF, WORD_LIKE, read_carrier, read_paper
from pilotdesk.documents.digest import canonical
from pilotdesk.documents.identity import PREFIX
from pilotdesk.drafts.package import PackedFiles, read_package
from pilotdesk.drafts.returned import MOST_LINES
from pilotdesk.drafts.returned_lines import COMPARISON, LINE_ANCHOR, SAID_ANCHOR
from pilotdesk.errors import AttachmentError, ExportError, PackageError, PackError, PilotDeskError
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.values import attachments_in
from pilotdesk.review.checking.handing import handed_package, handed_print
from pilotdesk.review.intake import words
from pilotdesk.review.intake.packing import packed
from pilotdesk.review.intake.packs import form_for, outlines_of, sheet_for
from pilotdesk.review.intake.records import Card, Kept
from pilotdesk.review.intake.walking import ending
from pilotdesk.review.records import AnsweringPaper, Kind, ReceivedFile, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.documents.carriers import Carrier
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.review_sheet import FactPlaces
    from pilotdesk.review.intake.records import Found

PILOT: Final = ".pilot"
_PIECE: Final = 1 << 20
_HEAD: Final = 1_024
_TAIL: Final = 4_096
_OURS: Final = f"/{PREFIX}digest".encode()
_LARGEST_PRINT: Final = 64 << 20
"""Bytes of a PDF beyond which it is none of ours."""
_BEGINNINGS: Final = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".docx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    ".xlsx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    ".pptx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
}
_KNOWN: Final = frozenset(_BEGINNINGS) | {
    ".xls", ".ppt", ".et", ".dps", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic", ".ofd", ".txt", ".csv", ".rtf",
    ".odt", ".ods", ".mp4", ".mov", ".avi", ".wmv", ".mp3", ".htm", ".html", ".caj",
}  # fmt: skip
"""Endings of files that come along with an application."""


def look(found: Found, passwords: Sequence[str], today: date) -> Card:
    """What a file is.

    Args:
        found: the file; only read.
        passwords: tried one after the other on a package that has one.
        today: for prints that hang on the day.
    """
    if found.reason:
        return Card(number=found.number, folder=found.folder, file=found.refused)
    card = _blank(found)
    try:
        digest = _sha256(found.path)
    except OSError:
        return _refused(card, _kind_of(found), words.UNREADABLE)
    card = replace(card, file=replace(card.file, sha256=digest))
    if not found.size:
        return _refused(card, Kind.ATTACHMENT, words.EMPTY)
    kind = ending(found.path)
    if kind == PILOT:
        return _package(card, Path(found.path), passwords, today)
    if kind.removeprefix(".") in WORD_LIKE or (kind == f".{PDF}" and _is_ours(found)):
        return _print(card, Path(found.path))
    return _attachment(card, found)


def _blank(found: Found) -> Card:
    file = ReceivedFile(place=found.place, size=found.size, sha256="", kind=Kind.ATTACHMENT, state=State.KEPT)
    return Card(number=found.number, folder=found.folder, file=file)


def _refused(card: Card, kind: Kind, sentence: str) -> Card:
    return replace(
        card, file=replace(card.file, kind=kind, state=State.REFUSED, sentence=words.shown(sentence))
    )


def _kind_of(found: Found) -> Kind:
    kind = ending(found.path)
    if kind == PILOT:
        return Kind.PILOT
    return Kind.PLAIN_WORD if kind.removeprefix(".") in WORD_LIKE else Kind.ATTACHMENT


def _sha256(path: str) -> str:
    whole = hashlib.sha256()
    with open(path, "rb") as opened:
        while piece := opened.read(_PIECE):
            whole.update(piece)
    return whole.hexdigest()


# -- packages --------------------------------------------------------------------------------------


def _package(card: Card, path: Path, passwords: Sequence[str], today: date) -> Card:
    try:
        package = _opened(path, passwords)
        card = _of_package(card, package, today)
    except (PackageError, PackError) as trouble:
        if trouble.code == "package_locked":
            sentence = words.STILL_LOCKED if passwords else words.LOCKED
            return replace(_refused(card, Kind.PILOT, sentence), locked=True)
        return _refused(card, Kind.PILOT, str(trouble))
    return card


def _opened(path: Path, passwords: Sequence[str]) -> Package:
    """A package, with the password that fits.

    Raises:
        PackageError: ``package_locked`` when none does, and those of :func:`pilotdesk.drafts.package.read_package`.
    """
    try:
        return read_package(path)
    except PackageError as trouble:
        if trouble.code != "package_locked":
            raise
        for password in passwords:
            try:
                return read_package(path, password)
            except PackageError as other:
                if other.code != "password_wrong":
                    raise
        raise


def _of_package(card: Card, package: Package, today: date) -> Card:
    """A package that was read.

    Raises:
        PackError: its form is not installed.
    """
    pack, form = form_for(package.round, package.form)
    outlines = outlines_of(pack, form, package, today)
    documents = tuple(handed_package(outlines, card.file.place))
    first = documents[0].identity
    texts = ((answer.path, canonical(answer.text)) for outline in outlines for answer in outline.printed)
    printed = {path: text for path, text in texts if text}
    kept = Kept(
        values=package.values,
        accepted=package.accepted,
        printed=printed,
        documents=documents,
        damaged=tuple(_damaged(package)),
        attachments=len(package.files),
        returned=package.returned,
    )
    return replace(
        card,
        file=replace(card.file, kind=Kind.PILOT, state=State.READ, revision=package.revision, code=first.digest),
        round=package.round, form=package.form, form_version=package.form_version, project=package.project,
        **_whose(printed, sheet_for(package.round, package.form).facts, first.title),
        revision=package.revision, digest=first.digest, practice=package.practice, kept=packed(kept),
    )  # fmt: skip


def _damaged(package: Package) -> Iterator[str]:
    """Names of attachments in a package that cannot be opened."""
    from pilotdesk.documents.attachments import inspect

    attached = tuple(attachments_in(package.values))
    names = {one.sha256: one.file_name for one in attached}
    whole: set[str] = set()
    wanted = [sha256 for sha256 in names if sha256 in package.files]
    if wanted and isinstance(package.files, PackedFiles):
        for sha256, content in package.files.contents(*wanted):
            with contextlib.suppress(AttachmentError):
                inspect(names[sha256], content)
                whole.add(sha256)
    yield from (words.shown(one.file_name) for one in attached if one.sha256 not in whole)


# -- Word and PDF ----------------------------------------------------------------------------------


def _is_ours(found: Found) -> bool:
    """Whether a PDF says that it is one of ours."""
    if found.size > _LARGEST_PRINT:
        return False
    try:
        with open(found.path, "rb") as opened:
            return _OURS in opened.read()
    except OSError:
        return False


def _print(card: Card, path: Path) -> Card:
    kind = Kind.PDF if path.suffix.lower() == f".{PDF}" else Kind.WORD
    try:
        carrier = read_carrier(path)
        return _of_print(card, carrier, path)
    except (PackageError, ExportError, PackError) as trouble:
        if trouble.code == "docx_foreign":
            return _foreign_word(card, path)
        if trouble.code == "carrier_paper":
            return _paper(card, path, str(trouble.context["title"]))
        return _refused(card, Kind.PLAIN_WORD if kind is Kind.WORD else kind, str(trouble))


def _paper(card: Card, path: Path, title: str) -> Card:
    """A paper that came along; of 意见修改对照表 with how much of it is done."""
    if title != COMPARISON:
        return card
    try:
        told = read_paper(path)
    except (PackageError, ExportError) as trouble:  # gone since it was read the first time
        return _refused(card, card.file.kind, str(trouble))
    ids = [anchor.removeprefix(SAID_ANCHOR) for anchor in told if anchor.startswith(SAID_ANCHOR)]
    lines = tuple((told.get(f"{LINE_ANCHOR}{one}", ""), told[f"{SAID_ANCHOR}{one}"]) for one in ids)
    file = replace(card.file, sentence=f"{title}：{words.compared([said for _, said in lines])}")
    return replace(card, file=AnsweringPaper(**asdict(file), lines=lines[:MOST_LINES]))


def _of_print(card: Card, carrier: Carrier, path: Path) -> Card:
    """A Word file or PDF of ours.

    Raises:
        PackError: its form is not installed.
    """
    identity = carrier.identity
    pack, form = form_for(identity.round, identity.form)
    handed = handed_print(carrier, card.file.place, form)
    values = {}
    if handed.kind is Kind.WORD and not carrier.unchanged and identity.version == form.head.version:
        from pilotdesk.review.intake.edited_values import edited_values  # most files are as they were written

        values = edited_values(pack, form, carrier, path)
    kept = Kept(values=values, accepted={}, printed=carrier.answers, documents=(handed,))
    first = identity.document in {"", documents_of(form)[0].name}
    return replace(
        card,
        file=replace(
            card.file, kind=handed.kind, state=State.READ, revision=identity.revision, code=identity.code,
            draft=identity.draft,
        ),
        round=identity.round, form=identity.form, form_version=identity.version, project=identity.project,
        **_whose(carrier.answers, sheet_for(identity.round, identity.form).facts, identity.title),
        revision=identity.revision, digest=carrier.digest if first else "", draft=identity.draft, kept=packed(kept),
    )  # fmt: skip


def _whose(printed: Mapping[str, str], places: FactPlaces, title: str) -> dict[str, str]:
    """Code and name of the unit and title of the project, as they are printed."""
    found = {
        name: next((text for path in getattr(places, name) if (text := printed.get(path, "").strip())), "")
        for name in ("uscc", "unit", "title")
    }
    return found | {"title": found["title"] or title.partition("\u3000")[0]}


def _foreign_word(card: Card, path: Path) -> Card:
    """A Word file of somebody else: an application whose labels are read, or something that came along."""
    from pilotdesk.review.intake.labels import read_labels

    try:
        read = read_labels(path)
    except PilotDeskError as trouble:
        return _refused(card, Kind.PLAIN_WORD, str(trouble))
    if read is None:
        return card
    file = replace(
        card.file, kind=Kind.PLAIN_WORD, state=State.PARTLY, filled=read.filled, asked=read.asked,
        sentence=words.read_by_labels(read.filled, read.asked),
    )  # fmt: skip
    return replace(
        card, file=file, round=read.round, form=read.form, form_version=read.form_version, uscc=read.uscc,
        unit=read.unit, title=read.title, kept=packed(read.kept),
    )  # fmt: skip


# -- anything else ---------------------------------------------------------------------------------


def _attachment(card: Card, found: Found) -> Card:
    kind = ending(found.path)
    if kind not in _KNOWN:
        return replace(card, file=replace(card.file, kind=Kind.OTHER, sentence=words.UNKNOWN_KIND))
    try:
        with open(found.path, "rb") as opened:
            head = opened.read(_HEAD)
            opened.seek(max(0, found.size - _TAIL))
            tail = opened.read(_TAIL)
    except OSError:
        return _refused(card, Kind.ATTACHMENT, words.UNREADABLE)
    begins = _BEGINNINGS.get(kind, ())
    whole = any(one in head if kind == ".pdf" else head.startswith(one) for one in begins) or not begins
    if not whole or (kind == ".pdf" and b"%%EOF" not in tail):
        return _refused(card, Kind.ATTACHMENT, words.NOT_WHOLE)
    return card
