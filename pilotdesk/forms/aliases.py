"""What ``forms/<round>/<form>/aliases.toml`` may say: how forms of other offices call our fields.

::

    [alias]
    unit_name = ["申报单位", "承担单位", "单位情况>名称"]
    "contact.phone" = ["联系电话"]
    "targets[].base_value" = ["现状值"]
    "contact.name+contact.phone" = ["联系人及电话"]

    [core]
    background = ["背景", "必要性", "~现状"]

    [choice.unit_kinds]
    service_body = ["民办非企业单位"]

A place is written as ``pack show`` lists it, ``table[column=choice].column`` for the row with this choice; several joined
by ``+`` are printed one after the other in one blank. A label may say what stands over it or left of it,
``单位情况>名称``. Names of the form itself need not be repeated. Blanks, numbering, brackets and punctuation of labels do
not count. A label that is nothing but words of one place below ``core`` and words that say nothing (项目, 情况) is that
place's; a word with ``~`` before it may stand beside the others and says nothing alone.

The file is read when a foreign template is to be filled, and by the lint; never at start. It is no part of the pack's digest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.errors import PackError
from pilotdesk.forms.loader import ALIASES_FILE, FORM_FILE, broken_pack, editions_in, with_words
from pilotdesk.forms.reader import PackFile, read_file
from pilotdesk.forms.round import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.mistakes import Mistake


KEYED: Final = re.compile(r"\[(?P<column>[a-z][a-z0-9_]*)=(?P<choice>[A-Za-z][A-Za-z0-9_]*)\]")
"""The row of a table with a choice."""


class Aliases(Entry, frozen=True, kw_only=True):
    """A whole ``aliases.toml``.

    Attributes:
        alias: place to labels. choice: choice list to choice name to labels.
        core: place to words of which its labels are put together.
    """

    alias: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    core: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    choice: dict[str, dict[str, tuple[str, ...]]] = msgspec.field(default_factory=dict)


def alias_files(folder: Path) -> Iterator[tuple[str, PackFile[Aliases] | list[Mistake]]]:
    """Every file of a pack with the name of its form, once for each edition of a form.

    Raises:
        PackError: ``pack_missing`` (folder) when a file cannot be read.
    """
    for source in sorted(folder.glob(f"*/{ALIASES_FILE}")):
        path, head = source.relative_to(folder).as_posix(), source.with_name(FORM_FILE)
        try:
            content = source.read_bytes()
            contents = {f"{source.parent.name}/{FORM_FILE}": head.read_bytes()} if head.is_file() else {}
        except OSError as trouble:
            raise PackError("pack_missing", folder=folder) from trouble
        for edition, words in editions_in(contents, path).items():
            yield edition or source.parent.name, read_file(path, with_words(content, words), "", Aliases)


def read_aliases(folder: Path, form_name: str) -> Aliases:
    """The labels of a form of a pack; none when the pack has no such file.

    Raises:
        PackError: ``pack_missing`` (folder); ``pack_broken`` (folder, count, lines, mistakes).
    """
    for name, read in alias_files(folder):
        if name != form_name:
            continue
        if isinstance(read, PackFile):
            return read.entry
        raise broken_pack(folder, read)
    return Aliases()
