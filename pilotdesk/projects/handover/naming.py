"""Names inside a hand-over file: legible for people, safe on every system, each only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.kit_pattern import safe_name as safe_name
from pilotdesk.forms.values import Attachment, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.drafts.copies import ProjectCopy
    from pilotdesk.forms.values import Value


def kit_name(title: str, today: date) -> str:
    """``交接包_南汀县政务服务标准化试点_20271130.zip``."""
    return f"交接包_{safe_name(title)}_{today:%Y%m%d}.zip"


def attachment_members(copy: ProjectCopy, folders: Sequence[str]) -> dict[str, str]:
    """SHA-256 to the name of its member, ``附件/2_2027年度工作总结/E03_满意度调查.pdf``.

    A file stands with the first draft that names it; its code is that of this draft's ledger. A file that no answer
    names any more is kept too: the history does.

    Args:
        copy: the project.
        folders: one name for each of its drafts.
    """
    members: dict[str, str] = {}
    taken: set[str] = set()
    for folder, draft in zip(folders, copy.drafts, strict=True):
        for code, file in _named_files(draft.record.values):
            if file.sha256 in copy.files and file.sha256 not in members:
                members[file.sha256] = _free(f"附件/{folder}/{_file_name(code, file.file_name)}", taken)
    for sha256 in copy.files:
        if sha256 not in members:
            members[sha256] = _free(f"附件/不再引用/{sha256[:12]}", taken)
    return members


def _named_files(values: Mapping[str, Value]) -> Iterator[tuple[str, Attachment]]:
    """Every file an answer names, with the code of its row in the ledger."""
    for value in values.values():
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, Attachment):
                yield "", part
            elif isinstance(part, Row):
                code = part.cell("code")
                for cell in part.cells.values():
                    files = cell if isinstance(cell, tuple) else ()
                    yield from (
                        (code if isinstance(code, str) else "", file)
                        for file in files
                        if isinstance(file, Attachment)
                    )


def _file_name(code: str, name: str) -> str:
    stem, point, ending = name.rpartition(".")
    words = f"{code}_{stem if point else name}" if code else (stem if point else name)
    return safe_name(words) + (f".{safe_name(ending, longest=8)}" if point else "")


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number before its ending when it is taken; case does not tell names apart on Windows."""
    stem, point, ending = name.rpartition(".")
    if not point or "/" in ending:
        stem, point, ending = name, "", ""
    count, made = 1, name
    while made.casefold() in taken:
        count += 1
        made = f"{stem}（{count}）{point}{ending}"
    taken.add(made.casefold())
    return made
