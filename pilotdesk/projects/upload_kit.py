"""上报材料包: one folder with everything that is uploaded, whole and proved, or no folder at all.

Word and PDF of every document, the attachments bound into one PDF and as they are, a list of all of it with the 校验码
and what is still to be done by hand. It is made under another name; every file is read again from the disk and compared
with what it was made of, and only then does the folder get its name.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, folder_in_place, replacing, scratch_folder
from pilotdesk.documents.binding import Piece, bind
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import digest_of
from pilotdesk.documents.export import export_documents
from pilotdesk.errors import ExportError
from pilotdesk.projects import outlines_of, refuse_errors
from pilotdesk.projects.kit_contents import KitFile, KitLine, Needed, contents_outline
from pilotdesk.projects.kit_names import KitNames
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.round import KitRules
    from pilotdesk.forms.values import Attachment
    from pilotdesk.session import Session

BOUND: Final = "附件合订本"
CONTENTS: Final = "材料清单"
ORIGINALS: Final = "附件原件"
_MB: Final = 1 << 20


class Enclosed(Record, frozen=True):
    """One attached file: its code in the kit (附件3, 附件2-1, E03), what it is, and the file."""

    code: str
    title: str
    file: Attachment


class MadeKit(Record, frozen=True):
    """What was made.

    Attributes:
        folder: where it stands. files: everything in it, names with their subfolder.
        compared: answers and files that were read back and are as they should be; all of them are.
        codes: (document, 校验码); none for drafts.
        missing: labels of required attachments that are not there.
    """

    folder: Path
    files: tuple[KitFile, ...]
    compared: int
    codes: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


class Plan(Record, frozen=True):
    """Everything that a kit is made of, frozen, so that it can be made on another thread.

    ``papers`` go along with the documents of the form and have no 校验码: what was changed after a return slip.
    """

    outlines: tuple[Outline, ...]
    enclosed: tuple[Enclosed, ...]
    needed: tuple[Needed, ...]
    names: KitNames
    rules: KitRules
    papers: tuple[Outline, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of required attachments that are not there."""
        return tuple(one.label for one in self.needed if one.required and not one.given)


def plan_kit(session: Session, today: date, *, draft: bool, papers: tuple[Outline, ...] = ()) -> Plan:
    """What would go into the kit now; ``papers`` go along with the documents of the form.

    Raises:
        ExportError: ``errors_left`` when a final kit is asked for while something is 必须改.
    """
    if not draft:
        refuse_errors(session)
    fields = [field for field in session.form.fields.values() if field.type == "attachment"]
    shown = [field for field in fields if session.is_relevant(field.name)]
    return Plan(
        outlines_of(session, draft=draft),
        tuple(_enclosed(session, shown)),
        tuple(
            Needed(field.label, bool(session.value(field.name)), required=field.required is True)
            for field in shown
        ),
        KitNames.of(session, today),
        session.round.kit,
        papers,
    )


def _enclosed(session: Session, fields: Sequence[Field]) -> Iterator[Enclosed]:
    """Attached files in the order of the form, then those of the ledger by their codes.

    The numbers are those of the printed 附件清单, in which a field has one line for all its files.
    """
    from pilotdesk.forms.evidence_ledger import ledger_pieces
    from pilotdesk.forms.values import attachments_in

    attached = ((field, tuple(attachments_in({"": session.value(field.name)}))) for field in fields)
    for number, (field, files) in enumerate((pair for pair in attached if pair[1]), 1):
        for at, file in enumerate(files, 1):
            yield Enclosed(f"附件{number}-{at}" if len(files) > 1 else f"附件{number}", field.label, file)
    for piece in ledger_pieces(session.form, session.values):
        if piece.file is not None:
            yield Enclosed(piece.code, piece.title, piece.file)


def make_kit(
    plan: Plan,
    read: Callable[[str], bytes],
    parent: Path,
    progress: Callable[[int, int], None] | None = None,
) -> MadeKit:
    """Make the folder inside ``parent``; one that is there already gets company and is not touched.

    Args:
        plan: what goes in.
        read: gives the content of an attached file by its SHA-256.
        parent: the folder to put it in; made when missing.
        progress: called with (steps done, steps); may raise to stop, and then nothing is left.

    Raises:
        ExportError: ``kit_too_large``, ``kit_kind``, ``kit_differs``, those of :func:`export_documents`, of
            :func:`pilotdesk.documents.binding.bind` and of :mod:`pilotdesk.atomic`.
        AttachmentError, StoreError: an attached file is broken, or gone.
    """
    ensure_folder(parent)
    steps = len(plan.enclosed) + 4

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, steps)

    with scratch_folder(parent, f".{plan.names.folder()[:20]}.") as scratch:
        root = scratch / "kit"
        tell(0)
        documents = list(_documents(plan, read, root))
        originals = list(_originals(plan, read, root, tell))
        lines = [*documents, *_papers(plan, root), *_bound(plan, read, root), *originals]
        tell(steps - 2)
        lines = [*_contents(plan, lines, root), *lines]
        _refuse_limits(plan.rules, lines)
        compared = _compare(plan, lines, documents, root)
        tell(steps - 1)
        folder = folder_in_place(root, parent / plan.names.folder())
    codes = tuple((outline.name, outline.check_code) for outline in plan.outlines if outline.check_code)
    return MadeKit(folder, tuple(line.file for line in lines), compared, codes, plan.missing)


def _documents(plan: Plan, read: Callable[[str], bytes], root: Path) -> Iterator[KitLine]:
    """Word and PDF of every document, read back by the export itself."""
    numbers = {outline.name: at for at, outline in enumerate(plan.outlines, 1)}

    def stem(outline: Outline) -> str:
        return plan.names.file(numbers[outline.name], outline.name, mark=outline.mark)

    made = export_documents(plan.outlines, root, stem=stem, content=read)
    for outline in plan.outlines:
        for file in made.files:
            if file.path.stem == stem(outline):
                yield _line(root, file.path, outline.name, code=outline.check_code)


def _papers(plan: Plan, root: Path) -> Iterator[KitLine]:
    """Word and PDF of what goes along, numbered behind the bound attachments."""
    for number, outline in enumerate(plan.papers, len(plan.outlines) + 2):
        stem = partial(_fixed, plan.names.file(number, outline.name))
        for file in export_documents((outline,), root, stem=stem).files:
            yield _line(root, file.path, outline.name)


def _fixed(stem: str, _outline: Outline) -> str:
    return stem


def _originals(
    plan: Plan, read: Callable[[str], bytes], root: Path, tell: Callable[[int], None]
) -> Iterator[KitLine]:
    for done, one in enumerate(plan.enclosed, 1):
        tell(done)
        path = root / ORIGINALS / plan.names.original(one.code, one.file.file_name)
        with replacing(path) as part:
            part.write_bytes(read(one.file.sha256))
        yield _line(root, path, f"{one.code} {one.title}".strip(), wanted=one.file.sha256)


def _bound(plan: Plan, read: Callable[[str], bytes], root: Path) -> list[KitLine]:
    """All attached files as one PDF with bookmarks; nothing where there are none."""
    if not plan.enclosed:
        return []

    def content(sha256: str) -> Callable[[], bytes]:
        return lambda: read(sha256)

    pieces = [
        Piece(one.code, one.title, one.file.file_name, one.file.pages, content(one.file.sha256))
        for one in plan.enclosed
    ]
    path = root / f"{plan.names.file(len(plan.outlines) + 1, BOUND)}.pdf"
    made = bind(pieces, path, title=f"{plan.outlines[0].project}　{BOUND}".strip("　"))
    return [_line(root, path, f"{len(pieces)} 件附件合订，{made.pages} 页，带书签")]


def _contents(plan: Plan, lines: Sequence[KitLine], root: Path) -> list[KitLine]:
    """The list of everything, as Word and PDF; it lists itself by name only."""
    outline = contents_outline(plan.outlines[0], lines, plan.needed, plan.rules.by_hand)

    def stem(_outline: Outline) -> str:
        return plan.names.file(0, CONTENTS)

    made = export_documents((outline,), root, stem=stem)
    return [_line(root, file.path, CONTENTS) for file in made.files]


def _line(root: Path, path: Path, what: str, *, code: str = "", wanted: str = "") -> KitLine:
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    file = KitFile(path.relative_to(root).as_posix(), len(content), found)
    return KitLine(file, what, code, wanted or found)


def _refuse_limits(rules: KitRules, lines: Sequence[KitLine]) -> None:
    """What the round says that the system does not take is named before anybody tries to upload it."""
    wrong = [
        line.file.name
        for line in lines
        if rules.kinds and line.file.name.rpartition(".")[2].lower() not in rules.kinds
    ]
    if wrong:
        raise ExportError("kit_kind", names="、".join(wrong), kinds="、".join(rules.kinds))
    largest = rules.largest_file_mb * _MB
    large = [line.file.name for line in lines if largest and line.file.size > largest]
    if large:
        raise ExportError(
            "kit_too_large", names="、".join(large), limit=f"每个文件 {rules.largest_file_mb} MB"
        )
    total = sum(line.file.size for line in lines)
    if rules.largest_total_mb and total > rules.largest_total_mb * _MB:
        raise ExportError("kit_too_large", names="整个材料包", limit=f"合计 {rules.largest_total_mb} MB")


def _compare(plan: Plan, lines: Sequence[KitLine], documents: Sequence[KitLine], root: Path) -> int:
    """Read every file again; returns how many answers and files are as they should be.

    Raises:
        ExportError: ``kit_differs`` naming what is not.
    """
    wrong = [line.file.name for line in lines if _hash(root / line.file.name) != line.wanted]
    digests = {digest_of(outline): outline for outline in plan.outlines}
    answers = 0
    for line in documents:
        carrier = read_carrier(root / line.file.name)
        outline = digests.get(carrier.digest)
        if outline is None or not carrier.unchanged:
            wrong.append(line.file.name)
        else:
            answers += len(outline.answers)
    if wrong:
        raise ExportError("kit_differs", names="、".join(wrong))
    return answers + len(plan.enclosed)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
