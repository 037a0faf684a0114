"""The help on paper: the same parts as a PDF of two pages, to be printed and laid beside the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Heading, Table
from pilotdesk.ui.dialogs.reading_sheet import label_cells, reading_sheet, save_sheet, two_beside
from pilotdesk.ui.window.help_words import KEYS, PARTS

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.documents.blocks import Block, Outline
    from pilotdesk.ui.window.help_words import Part

TITLE: Final = "PilotDesk 帮助和快捷键"
FILE_NAME: Final = f"{TITLE}.pdf"
REFERENCE: Final = "PilotDesk 不是任何机关发布的软件——正式模板以国家标准化试点项目管理信息系统下载的为准"
_WAYS: Final = ((34.0, 122.0), ("什么", "怎么做"))
_TWO_BESIDE: Final = ((49.0, 29.0, 49.0, 29.0), ("做什么", "按键") * 2)
"""Widths in mm, and heads."""


def help_outline() -> Outline:
    """The help as the writer takes it."""
    return reading_sheet(TITLE, REFERENCE, tuple(block for part in PARTS for block in _blocks(part)))


def _blocks(part: Part) -> tuple[Block, ...]:
    lines = part.lines if part is not KEYS else two_beside(part.lines)
    widths, head = _WAYS if part is not KEYS else _TWO_BESIDE
    table = Table("", "", widths, head, label_cells(lines), "", padding_pt=4.2)
    return Heading(1, part.heading, ""), table


def save_help(name: str) -> Path:
    """Write the help as a PDF; see :func:`save_sheet`."""
    return save_sheet(help_outline(), name)
