"""Making updates: a pack looked through and put into one file, an installer described, and both signed.

A pack is looked at as its receivers will have it, and against the pack that they have now: nobody is sent a form in which
what they filled in has no place.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk import __version__
from pilotdesk.atomic import replacing
from pilotdesk.clock import SYSTEM_CLOCK, Clock
from pilotdesk.errors import PackageError, PackError, UpdateError
from pilotdesk.forms.added import is_pack_file
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.lint import lint_pack
from pilotdesk.forms.loader import FORM_FILE, ROUND_FILE, TEMPLATES_FOLDER, load_pack
from pilotdesk.record import Record
from pilotdesk.updates.envelope import MOST_PAYLOAD, read_envelope, sealed_envelope, signed
from pilotdesk.updates.manifests import (
    FileMark,
    FormMark,
    PackManifest,
    ProgramManifest,
    is_sound,
    read_manifest,
    written,
)
from pilotdesk.updates.reading import contents_of
from pilotdesk.updates.record import read_installations
from pilotdesk.updates.sameness import unspoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.round import Round
    from pilotdesk.updates.manifests import Manifest

PACK_ENDING: Final = ".pdpack"


class Built(Record, frozen=True, kw_only=True):
    """What was made: the file, what it says of itself.

    Attributes:
        path, manifest: the file and what it says. left_out: names of files in the folder that do not go along.
        doubts: what to think of before it is handed out, whole sentences.
    """

    path: Path
    manifest: Manifest
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


# -- looking through -------------------------------------------------------------------------------


def pack_mistakes(folder: Path, older: Iterable[Path] = ()) -> list[str]:
    """Everything to mend in a pack, a line each: its files, its expressions, and the lines of its review sheet.

    Args:
        folder: the pack's.
        older: folders of packs with older versions of its forms.

    Raises:
        PackError: ``pack_missing``.
    """
    from pilotdesk.forms.review_sheet import read_review
    from pilotdesk.rules.lint import lint_expressions
    from pilotdesk.rules.lint_lines import lint_lines

    lines = [mistake.line_text() for mistake in lint_pack(folder, older)]
    if lines:
        return lines
    pack = load_pack(folder)
    found = (*lint_expressions(pack), *lint_lines(pack, read_review(folder)))
    return [f"{form} {where} {key}：{text}" for form, where, key, text in found]


def replaced_mistakes(folder: Path, older: Iterable[Path]) -> Iterator[str]:
    """What is wrong with a pack as the successor of others: drafts that would lose a place without being asked.

    Where the version is the same a draft is read with the new pack at once, so nothing may have gone or come there.
    """
    pack = load_pack(folder)
    for one in older:
        try:
            old = load_pack(one)
        except PackError:  # it cannot be used either, so that nobody has a draft of it
            continue
        if old.round.name != pack.round.name:
            continue
        for name, form in old.forms.items():
            new = pack.forms.get(name)
            head = f"{name}/{FORM_FILE}"
            if new is None:
                yield f"{head}：原来有“{form.head.title}”这张表，新的里没有了。请把它带上。"
            elif new.head.version < form.head.version:
                yield f"{head}：原来是第 {form.head.version} 版，新的反而是第 {new.head.version} 版。请改 version。"
            elif new.head.version == form.head.version:
                yield from (f"{head}：{line}" for line in unspoken(form, new))


def _mapping_mistakes(folder: Path, pack: FormPack) -> Iterator[str]:
    """Mappings of foreign templates that could not be used by anybody."""
    from pilotdesk.documents.filling.mapping import read_mapping

    for path in sorted((folder / TEMPLATES_FOLDER).glob("*.toml")):
        name = f"{TEMPLATES_FOLDER}/{path.name}"
        try:
            template = read_mapping(path).template
        except PackageError as trouble:
            yield from str(trouble.context.get("lines", trouble)).splitlines()
            continue
        if template.sha256 != path.stem:
            yield f"{name}：文件名要和里面的 sha256 一样。"
        if template.form not in pack.forms:
            yield f"{name}：没有“{template.form}”这张表。"


# -- a pack ----------------------------------------------------------------------------------------


def build_pack(
    folder: Path,
    target: Path,
    notes: str,
    *,
    older: Iterable[Path] = (),
    needs_program: str = __version__,
    clock: Clock = SYSTEM_CLOCK,
) -> Built:
    """Put a pack into one file, unsigned.

    Args:
        folder: the pack's, called as its round.
        target: the .pdpack file.
        notes: what changed, in Chinese, for those who are asked whether to install it.
        older: folders of the packs that it replaces; the one that is installed here is always among them.
        needs_program: the oldest version of the program that can use it.
        clock: when it is made.

    Raises:
        PackError: ``pack_missing``; ``pack_unfit`` (folder, count, mistakes) when something is to be mended.
        UpdateError: ``update_words`` when title or notes are too long or have invisible signs, ``update_too_large``.
        ExportError: ``folder_unwritable``, ``disk_full``, ``target_open_elsewhere``.
    """
    name = folder.resolve().name
    mistakes = _all_mistakes(folder, [*older, *_installed(folder)])
    if mistakes:
        raise PackError("pack_unfit", folder=name, count=len(mistakes), mistakes=mistakes)
    contents, left_out = _files_of(folder)
    pack = load_pack(folder)
    manifest = _pack_manifest(pack, contents, notes, needs_program, clock)
    whole = sealed_envelope(written(manifest), b"".join(contents.values()))
    with replacing(target) as part:
        part.write_bytes(whole)
    return Built(path=target, manifest=manifest, left_out=left_out, doubts=tuple(_doubts(pack.round)))


def _doubts(one: Round) -> Iterator[str]:
    """Dates that stand there from the year before: a round begins as a copy of the last one, and all would read 已截止."""
    if not re.fullmatch(r"[0-9]{4}", one.name):
        return
    days = [("印发日期", one.issued), *((deadline.label, deadline.day) for deadline in one.deadline)]
    early = [f"{label} {day}" for label, day in days if day is not None and day.year < int(one.name)]
    if early:
        yield f"{ROUND_FILE}：{one.name} 年这一轮，有的日期比这一年还早：{'、'.join(early)}。请看看是不是忘了改。"


def _installed(folder: Path) -> Iterator[Path]:
    """The pack of the same round that is used here, if it is another one."""
    with contextlib.suppress(PackError):
        installed = current_folder(folder.resolve().name)
        if installed.resolve() != folder.resolve():
            yield installed


def _all_mistakes(folder: Path, replaced: list[Path]) -> list[str]:
    mistakes = pack_mistakes(folder, replaced)
    if mistakes:
        return mistakes
    return [*replaced_mistakes(folder, replaced), *_mapping_mistakes(folder, load_pack(folder))]


def _files_of(folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files that go along, and the names of those that do not."""
    contents: dict[str, bytes] = {}
    left_out: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not is_pack_file(name):
            left_out.append(name)
            continue
        try:
            contents[name] = path.read_bytes()
        except OSError as trouble:
            raise PackError("pack_missing", folder=folder) from trouble
    return contents, tuple(left_out)


def _pack_manifest(
    pack: FormPack, contents: dict[str, bytes], notes: str, needs_program: str, clock: Clock
) -> PackManifest:
    forms = tuple(
        FormMark(name=name, title=form.head.title, version=form.head.version)
        for name, form in pack.forms.items()
    )
    files = tuple(
        FileMark(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        for path, content in contents.items()
    )
    manifest = PackManifest(
        round=pack.round.name,
        title=pack.round.title,
        forms=forms,
        files=files,
        needs_program=needs_program,
        made=_made(pack.round.name, clock),
        notes=notes.strip(),
    )
    _refuse_words(manifest)
    return manifest


def _made(round_name: str, clock: Clock) -> str:
    """Now; or just after what is installed here was made, by a clock that was ahead: else nobody would take the correction."""
    present = read_installations().in_force(round_name)
    now = clock.stamp()
    if present is None or present.made < now:
        return now
    after = datetime.fromisoformat(present.made) + timedelta(milliseconds=1)
    return Clock(lambda: after).stamp()


def _refuse_words(manifest: Manifest) -> None:
    from pilotdesk.updates.versions import ordered

    if ordered(manifest.needs_program) is None:
        raise UpdateError("update_version", version=manifest.needs_program)
    if not is_sound(manifest):
        raise UpdateError("update_words")


# -- a program -------------------------------------------------------------------------------------


def describe_program(
    setup: Path, version: str, notes: str, secret: bytes, *, clock: Clock = SYSTEM_CLOCK
) -> Built:
    """Write the signature beside an installer: ``<its name>.pdsig``.

    Args:
        setup: the installer (.exe), the folder to unpack (.zip) or the Debian package (.deb).
        version: of the program in it.
        notes: what changed, in Chinese.
        secret: the key, 32 bytes.
        clock: when it is signed.

    Raises:
        UpdateError: ``program_missing``, ``program_kind``, ``program_empty``, ``update_version``, ``update_words``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    from pilotdesk.updates.program import SIGNATURE_ENDING

    manifest = _program_manifest(setup, version, notes, clock)
    target = setup.with_name(f"{setup.name}{SIGNATURE_ENDING}")
    with replacing(target) as part:
        part.write_bytes(signed(sealed_envelope(written(manifest), b""), secret))
    return Built(path=target, manifest=manifest)


def _program_manifest(setup: Path, version: str, notes: str, clock: Clock) -> ProgramManifest:
    from pilotdesk.updates.program import WAYS, hashed
    from pilotdesk.updates.versions import ordered

    way = WAYS.get(setup.suffix.lower())
    if way is None:
        raise UpdateError("program_kind", name=setup.name)
    if ordered(version) is None:
        raise UpdateError("update_version", version=version)
    sha256, size = hashed(setup)
    if not size:
        raise UpdateError("program_empty", name=setup.name)
    manifest = ProgramManifest(
        version=version,
        file_name=setup.name,
        size=size,
        sha256=sha256,
        system="linux" if way == "deb" else "windows",
        way=way,
        needs_program="0",
        made=clock.stamp(),
        notes=notes.strip(),
    )
    _refuse_words(manifest)
    return manifest


# -- signing ---------------------------------------------------------------------------------------


def sign_pack(source: Path, target: Path, secret: bytes) -> Built:
    """Sign a pack; a signature that it has already is replaced.

    Args:
        source: a .pdpack file, signed or not; what is in it is checked.
        target: the signed file; may be the same.
        secret: the key, 32 bytes.

    Raises:
        UpdateError: those of :func:`pilotdesk.updates.envelope.read_envelope` and of the manifest.
        ExportError: ``folder_unwritable``, ``disk_full``, ``target_open_elsewhere``.
    """
    envelope = read_envelope(source, MOST_PAYLOAD)
    manifest = read_manifest(envelope.manifest, source.name)
    contents_of(manifest, envelope.payload, source.name)
    with replacing(target) as part:
        part.write_bytes(signed(envelope.whole, secret))
    return Built(path=target, manifest=manifest)
