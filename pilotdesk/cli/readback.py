"""Commands for Word files that people edit: read back what they changed, and give out blank forms."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.cli.named import form_named, parts_named
from pilotdesk.cli.passwords import add_password, package_at, password_of
from pilotdesk.cli.targets import add_target, target_of
from pilotdesk.cli.texts import differing, one_line, shortened
from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator

    from pilotdesk.cli.adding import AddCommand
    from pilotdesk.documents.edited import Edit, Edits, RowEdit
    from pilotdesk.drafts.package import Package
    from pilotdesk.forms.model import Form
    from pilotdesk.session import Session

_ALL: Final = "all"
_EMPTY: Final = "（空）"
_COUNTED: Final = 10
"""Characters from which on it is said how many there are."""
_KINDS: Final = {"added": "多了一行", "removed": "删去一行", "moved": "换了位置"}


def add_readback(add: AddCommand) -> None:
    """Add ``readback`` and ``blank`` to the command line."""
    back = add("readback", _readback, "看 Word 里改了什么，采纳进草稿：0 没有要您决定的，1 有，2 读不了")
    back.add_argument("files", type=Path, nargs="+", metavar="X.pilot EDITED.docx")
    back.add_argument("--new", action="store_true", help="由填好的空白表新建一份草稿，只写 EDITED.docx")
    back.add_argument(
        "--adopt", default="", metavar="all|PATH,…", help="采纳哪几处；all 是没有冲突的全部。不写只列出来"
    )
    back.add_argument("--json", action="store_true")
    back.add_argument("--to", type=Path, help="采纳以后存成哪个 .pilot")
    back.add_argument("--force", action="store_true", help="--to 那里已有文件时换掉它")
    add_password(back)
    blank = add("blank", _blank, "存一份空白 Word 表，发给没有装程序的人填")
    blank.add_argument("--round", default="2026")
    blank.add_argument("--form", default="application")
    blank.add_argument("--document", default="", help="哪一个文件，如 report；不写就是第一个")
    blank.add_argument("--parts", default="", metavar="a,b", help="只要哪几部分，用步骤名，逗号隔开")
    add_target(blank)


def _readback(asked: argparse.Namespace) -> int:
    from pilotdesk.projects.reading_back import adopt, chosen, edits_to_json, look_into_word, undisputed

    session, sources = _session(asked)
    word: Path = asked.files[-1]
    edits = look_into_word(session, word)
    wanted: Collection[Edit | RowEdit] = ()
    if asked.new or asked.adopt == _ALL:
        wanted = undisputed(edits)
    elif asked.adopt:
        wanted = chosen(edits, [path.strip() for path in asked.adopt.split(",") if path.strip()], word.name)
    if wanted or asked.new:
        adopt(session, edits, wanted)
        _write(session, sources, asked)
    if asked.json:
        print(json.dumps(edits_to_json(edits, wanted), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(session.form, edits, wanted)))
    if asked.to is not None and not wanted and not asked.new:
        print(f"没有采纳什么，没有存 {asked.to}。", file=sys.stderr)
    left = len(edits.all) - len(wanted)
    return 1 if left or edits.missing or edits.leftover or edits.notes else 0


def _session(asked: argparse.Namespace) -> tuple[Session, Package | None]:
    """The draft to read into, and the package it came from.

    Raises:
        PackageError: ``readback_no_draft`` when none is named, ``readback_no_target`` when something is to be adopted
            and nobody says into which file, and those of reading.
    """
    from pilotdesk.errors import PackageError
    from pilotdesk.projects import session_of_package
    from pilotdesk.projects.reading_back import session_for_blank

    today = SYSTEM_CLOCK.today()
    if asked.new:
        return session_for_blank(asked.files[-1], today), None
    if len(asked.files) != 2:
        raise PackageError("readback_no_draft")
    if asked.adopt and asked.to is None:
        raise PackageError("readback_no_target")
    package = package_at(asked.files[0], asked)
    return session_of_package(package, today), package


def _write(session: Session, source: Package | None, asked: argparse.Namespace) -> None:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.errors import PackageError
    from pilotdesk.forms.values import attachments_in
    from pilotdesk.projects import package_of

    if asked.to is None:
        raise PackageError("readback_no_target")
    named = {file.sha256 for file in attachments_in(session.values)}
    files = {sha256: source.files[sha256] for sha256 in named & source.files.keys()} if source else {}
    write_package(package_of(session, files), target_of(asked), password_of(asked))
    print(f"已存为 {asked.to}", file=sys.stderr)


def _lines(form: Form, edits: Edits, adopted: Collection[Edit | RowEdit]) -> Iterator[str]:
    """What was changed, part by part, then what could not be placed."""
    from pilotdesk.documents.edited.notes import KIND_WORDS
    from pilotdesk.projects.reading_back import notes_words
    from pilotdesk.projects.sharing_words import part_words

    taken = {one.path for one in adopted}
    step = ""
    if not edits.known:
        yield "这份 Word 里的标记没有了，看不出是谁改的：凡是和草稿不一样的都列在下面，请写 --adopt PATH 一处处采纳。"
    for one in sorted(edits.all, key=lambda one: [part.name for part in form.steps].index(one.step)):
        if one.step != step:
            step = one.step
            yield part_words(form, step)
        yield f"  {_state(one, adopted=one.path in taken)}{one.label}{_more(one)}　［{one.path}］"
        yield from (f"    {line}" for line in _sides(one))
    for gone in edits.missing:
        yield f"没有找到：{gone.label}"
    for text in edits.leftover:
        yield f"没有放处：{_short(text.text)}{f'（在“{text.where}”下面）' if text.where else ''}"
    for note in edits.notes:
        place = note.label or note.where
        yield f"{KIND_WORDS[note.kind]}{f'（在“{_short(place)}”）' if place else ''}：{_short(note.text)}"
    if edits.notes:
        yield f"{notes_words(edits)}。"
    yield (
        f"核对了 {edits.compared} 栏，改了 {len(edits.edits)} 栏，行的增删移动 {len(edits.rows)} 处，"
        f"没有找到的 {len(edits.missing)} 栏，没有放处的 {len(edits.leftover)} 处。"
    )


def _state(one: Edit | RowEdit, *, adopted: bool) -> str:
    words = "已采纳　" if adopted else ""
    if one.conflict:
        words += "两边都改了　"
    if not one.adoptable:
        words += "不能从 Word 里改　"
    return words + ("请核实　" if one.unread else "")


def _more(one: Edit | RowEdit) -> str:
    from pilotdesk.documents.edited import RowEdit

    if isinstance(one, RowEdit):
        return f"　{_KINDS[one.kind]}{f'，现在是第 {one.place} 行' if one.kind == 'moved' else ''}"
    return f"　{one.chars[0]} 字→{one.chars[1]} 字" if max(one.chars) >= _COUNTED else ""


def _sides(one: Edit | RowEdit) -> Iterator[str]:
    from pilotdesk.documents.edited import RowEdit

    if isinstance(one, RowEdit):
        yield _short(one.text)
        return
    heads = ("草稿里现在的", "Word 里的") if one.conflict else ("原文", "改后")
    texts = differing((one.before, one.after))
    yield from (f"{head}：{text or _EMPTY}" for head, text in zip(heads, texts, strict=True))


def _short(text: str) -> str:
    return shortened(one_line(text)) or _EMPTY


def _blank(asked: argparse.Namespace) -> int:
    from pilotdesk.documents.blank import document_with, write_blank
    from pilotdesk.errors import PackageError
    from pilotdesk.forms.form_documents import documents_of
    from pilotdesk.forms.installed import current_pack

    pack = current_pack(asked.round)
    form = form_named(pack, asked.form)
    parts = parts_named(form, asked.parts)
    document = document_with(form, parts) if parts else asked.document
    if document is None:
        raise PackageError("blank_parts_apart", parts="、".join(parts))
    if document not in (names := [one.name for one in documents_of(form)]) and document:
        raise PackageError("document_unknown", name=document, known="、".join(names))
    write_blank(pack, form, target_of(asked), document=document, parts=parts)
    print(f"已存为 {asked.to}")
    return 0
