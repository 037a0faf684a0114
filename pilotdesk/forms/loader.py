"""Reads a pack: a folder of TOML files becomes one :class:`FormPack`, or one list of everything to mend.

What the words of a pack mean together (references, sources, widths) is the business of
:mod:`pilotdesk.forms.lint`, which authors and tests run; the program only needs what is read here.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from pilotdesk.errors import PackError
from pilotdesk.forms.mistakes import Mistake
from pilotdesk.forms.model import Choice, Form, FormHead, LoadedPack, Source, Step
from pilotdesk.forms.reader import PackFile, parse_toml, read_file
from pilotdesk.forms.round import Round
from pilotdesk.record import converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.forms.model import Field
    from pilotdesk.forms.toml_lines import TomlPath

E = TypeVar("E")
ROUND_FILE: Final = "round.toml"
SOURCES_FILE: Final = "sources.toml"
FORM_FILE: Final = "form.toml"
MIGRATION_FILE: Final = "migration.toml"
"""In a form's folder; read by :mod:`pilotdesk.forms.migration_steps` when it is needed, and no part of the digest."""
ALIASES_FILE: Final = "aliases.toml"
"""In a form's folder; read by :mod:`pilotdesk.forms.aliases` when a foreign template is filled, and no part of the digest."""
REVIEW_FILE: Final = "review.toml"
"""Beside ``round.toml``; read by :mod:`pilotdesk.forms.review_sheet` when somebody reviews, and no part of the digest."""
TEMPLATES_FOLDER: Final = "templates"
"""In a pack: mappings of foreign templates, read by :mod:`pilotdesk.documents.filling`."""
STEP_FILE: Final = re.compile(r"[0-9]{2}-[a-z0-9_-]+\.toml")


class FormFiles(msgspec.Struct):
    """The files of one form: its folder's name, its head, its steps in file-name order.

    A folder with editions gives one of these for each; ``edition`` is then the name of the form.
    """

    folder: str
    edition: str = ""
    head: PackFile[FormHead] | None = None
    steps: list[PackFile[Step]] = []


class PackFiles(msgspec.Struct):
    """Everything read from a folder. With ``mistakes`` parts may be missing; without any, none is.

    ``digest`` is the SHA-256 of all files, the same whatever line ends a checkout has given them.
    """

    round: PackFile[Round] | None = None
    sources: PackFile[dict[str, Source]] | None = None
    forms: dict[str, FormFiles] = {}
    mistakes: list[Mistake] = []
    digest: str = ""


def load_pack(folder: Path) -> LoadedPack:
    """A pack from its folder.

    Raises:
        PackError: ``pack_missing`` (folder); ``pack_broken`` (folder, count, lines, and ``mistakes``: every mistake
            as one line, in file and line order).
    """
    files = read_pack(folder)
    if files.mistakes or files.round is None or files.sources is None:
        raise broken_pack(folder, files.mistakes)
    forms = made_forms(files, files.round.entry)
    return LoadedPack(
        round=files.round.entry,
        sources=files.sources.entry,
        forms=forms,
        digest=files.digest,
    )


def broken_pack(folder: Path, mistakes: Sequence[Mistake]) -> PackError:
    """``pack_broken`` with everything to mend."""
    lines = [mistake.line_text() for mistake in mistakes]
    return PackError(
        "pack_broken", folder=folder.resolve().name, count=len(lines), lines="\n".join(lines), mistakes=lines
    )


def made_forms(files: PackFiles, round_: Round) -> dict[str, Form]:
    """The forms of files without mistakes, by name."""
    shared = round_lists(round_)
    forms = [_form(form.head.entry, form.steps, shared) for form in files.forms.values() if form.head]
    return {form.head.name: form for form in forms}


def pack_contents(folder: Path, within: str = "") -> dict[str, bytes]:
    """The files of a pack, or of one form's folder: path inside the pack to content, in order.

    Raises:
        PackError: ``pack_missing`` (folder) when there is no such folder or it cannot be read.
    """
    try:
        found = (path.relative_to(folder) for path in (folder / within).rglob("*.toml"))
        paths = sorted(path.as_posix() for path in found if not _stands_apart(path))
        contents = {path: (folder / path).read_bytes() for path in paths}
        if not folder.is_dir():
            raise PackError("pack_missing", folder=folder)
    except OSError as exc:
        raise PackError("pack_missing", folder=folder) from exc
    return contents


def read_pack(folder: Path) -> PackFiles:
    """All files of a pack and everything that keeps them from being read.

    Raises:
        PackError: ``pack_missing`` (folder) when there is no such folder or it cannot be read.
    """
    contents = pack_contents(folder)
    files = read_files(contents)
    files.digest = pack_digest(contents)
    files.mistakes = sorted({*files.mistakes, *_missing(files)})
    return files


def read_files(contents: Mapping[str, bytes]) -> PackFiles:
    """Some files of a pack and everything that keeps them from being read, in file and line order."""
    files = PackFiles()
    for path, content in contents.items():
        _take(files, path, content, editions_in(contents, path))
    for form in files.forms.values():
        files.mistakes += _named_twice(form.steps)
    files.mistakes = sorted(set(files.mistakes))
    return files


def _stands_apart(path: Path) -> bool:
    """Whether a file is read only when it is asked for: it is no part of what a form means."""
    named = path.name in {MIGRATION_FILE, ALIASES_FILE} and len(path.parts) == 2
    return named or path.parts == (REVIEW_FILE,) or path.parts[0] == TEMPLATES_FOLDER


def editions_in(contents: Mapping[str, bytes], path: str) -> Mapping[str, Mapping[str, int | str]]:
    """The editions of the form that a file belongs to: name to words; one without name or words for most forms.

    A head that cannot be read has none here; reading it for itself says what is wrong.
    """
    head = contents.get(f"{path.rpartition('/')[0]}/{FORM_FILE}", b"")
    if b"[edition." in head:
        with contextlib.suppress(ValueError, msgspec.ValidationError):
            return converted(parse_toml(head.decode("utf-8-sig")), EditionsOnly).edition
    return {"": {}}


class EditionsOnly(msgspec.Struct):
    """What is read of a head before its words are put in."""

    edition: dict[str, dict[str, int | str]]


def with_words(content: bytes, words: Mapping[str, int | str]) -> bytes:
    """A file with the words of an edition put in for ``{{key}}``; lines stay where they are."""
    for key, word in words.items():
        content = content.replace(f"{{{{{key}}}}}".encode(), str(word).encode())
    return content


def field_places(step: Step) -> Iterator[tuple[TomlPath, Field]]:
    """Every field of a step with its TOML path, columns and parts left out."""
    for group_at, group in enumerate(step.group):
        for field_at, found in enumerate(group.field):
            yield ("group", group_at, "field", field_at), found


def _take(
    files: PackFiles, path: str, content: bytes, editions: Mapping[str, Mapping[str, int | str]]
) -> None:
    """Read one file into its place, a form's file once for each of its editions."""
    folder, _, name = path.rpartition("/")
    if path == ROUND_FILE:
        files.round = _kept(files, read_file(path, content, "round", Round))
    elif path == SOURCES_FILE:
        files.sources = _kept(files, read_file(path, content, "", dict[str, Source]))
    elif folder and "/" not in folder and (name == FORM_FILE or STEP_FILE.fullmatch(name)):
        for edition, words in editions.items():
            form = files.forms.setdefault(edition or folder, FormFiles(folder, edition))
            spoken = with_words(content, words)
            if name == FORM_FILE:
                form.head = _kept(files, read_file(path, spoken, "form", FormHead))
            elif step := _kept(files, read_file(path, spoken, "step", Step)):
                form.steps.append(step)
    else:
        text = "这里不该有这个文件。"
        advice = f"步骤文件取名如 02-unit.toml，放在表单的文件夹里，和 {FORM_FILE} 一起。"
        files.mistakes.append(Mistake(path, 0, "", "", text, advice))


def _kept(files: PackFiles, read: PackFile[E] | list[Mistake]) -> PackFile[E] | None:
    """The file; ``None`` when it has mistakes, which are noted."""
    if isinstance(read, PackFile):
        return read
    files.mistakes += read
    return None


def _missing(files: PackFiles) -> Iterator[Mistake]:
    """Files that a pack cannot do without and that are neither read nor blamed already."""
    blamed = {mistake.file for mistake in files.mistakes}
    needed = {ROUND_FILE: files.round is not None, SOURCES_FILE: files.sources is not None}
    needed |= {f"{form.folder}/{FORM_FILE}": form.head is not None for form in files.forms.values()}
    for path, found in needed.items():
        if not found and path not in blamed:
            yield Mistake(path, 0, "", "", "缺这个文件。")
    if not files.forms:
        yield Mistake(
            ".", 0, "", "", "没有一张表单。", f"每张表单一个文件夹，里面有 {FORM_FILE} 和各步骤的文件。"
        )
    for form in files.forms.values():
        if not form.steps and not any(name.startswith(f"{form.folder}/") for name in blamed):
            yield Mistake(form.folder, 0, "", "", "这张表单没有步骤。", "步骤文件取名如 02-unit.toml。")


def _named_twice(steps: list[PackFile[Step]]) -> Iterator[Mistake]:
    """Fields of one name: the second would hide the first, so this is no matter of taste for the lint."""
    first: dict[str, tuple[PackFile[Step], TomlPath]] = {}
    for step in steps:
        for path, found in field_places(step.entry):
            if found.name in first:
                before, there = first[found.name]
                line = before.mistake(there, "name", "").line
                text = f"栏名“{found.name}”在 {before.name} 第 {line} 行已经用过了。"
                yield step.mistake(path, "name", text, "请换一个名字。")
            first.setdefault(found.name, (step, path))


def pack_digest(contents: Mapping[str, bytes]) -> str:
    """The SHA-256 of files with their paths, the same whatever line ends a checkout has given them."""
    import hashlib  # takes milliseconds, and only what is stored or handed out asks for it

    whole = hashlib.sha256()
    for path, content in contents.items():
        plain = content.replace(b"\r\n", b"\n")
        whole.update(f"{path}\0{len(plain)}\0".encode() + plain)
    return whole.hexdigest()


def round_lists(round_: Round) -> dict[str, tuple[Choice, ...]]:
    """The choice lists that every form has from its round."""
    return {
        "pilot_fields": tuple(Choice(name=known.code, label=known.label) for known in round_.pilot_field),
        "directions": tuple(
            Choice(name=known.name, label=known.label, parent=above.code, group=known.group, hint=known.hint)
            for above in round_.pilot_field
            for known in above.direction
        ),
        "submitters": tuple(Choice(name=known.code, label=known.label) for known in round_.submitter),
        "activities": tuple(
            Choice(name=known.name, label=known.label, hint=known.hint) for known in round_.activity
        ),
    }


def _form(head: FormHead, steps: list[PackFile[Step]], shared: dict[str, tuple[Choice, ...]]) -> Form:
    places = [(step.entry, found) for step in steps for _, found in field_places(step.entry)]
    return Form(
        head=head,
        steps=tuple(step.entry for step in steps),
        fields={found.name: found for _, found in places},
        step_of={found.name: step.name for step, found in places},
        lists={**head.choice_lists, **shared},
    )
