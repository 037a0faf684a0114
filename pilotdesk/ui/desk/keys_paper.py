"""快捷键 of the desk on paper: one page, to be laid beside the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Heading, Table
from pilotdesk.ui.dialogs.reading_sheet import label_cells, reading_sheet, save_sheet, two_beside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pilotdesk.documents.blocks import Outline

TITLE: Final = "审核台快捷键"
FILE_NAME: Final = f"PilotDesk {TITLE}.pdf"
REFERENCE: Final = "PilotDesk 不是任何机关发布的软件"
_WIDTHS: Final = (47.0, 31.0) * 2
_HEAD: Final = ("做什么", "按键") * 2


def keys_outline(lines: Sequence[tuple[str, str]]) -> Outline:
    """The sheet as the writer takes it: the first half of the lines beside the second.

    Args:
        lines: what is done, and the keys.
    """
    table = Table("", "", _WIDTHS, _HEAD, label_cells(two_beside(lines)), "")
    return reading_sheet(TITLE, REFERENCE, (Heading(1, TITLE, ""), table))


def save_keys(lines: Sequence[tuple[str, str]], name: str) -> Path:
    """Write the sheet as a PDF; see :func:`save_sheet`."""
    return save_sheet(keys_outline(lines), name)
