"""What the Word tests need beyond the sample: page numbers for its contents, and the largest table."""

from __future__ import annotations

from pilotdesk.documents.blocks import Body, Cell, Contents, Heading, Table
from pilotdesk.documents.pdf.pages import HeadingPlace
from tests.documents import outlines

ODD_TEXTS = (
    "A<B & C",
    "🏛️ 👩‍💻",
    "𠮷 䶮 㛃",
    "甲\n乙\t丙",
    "  两端空格  ",
    "“引号”'\"",
    "零\u200b宽\u00ad连\u2011字",
    "x" * 60,
)


def small(**more):
    """The sample with few standards, so that tests are quick."""
    return outlines.sample(standard_count=12, **more)


def contents_of(outline):
    """A page for every part, as the PDF would tell."""
    parts = [block.text for block in outline.blocks if isinstance(block, Heading) and block.level == 1]
    return tuple(HeadingPlace(text, number) for number, text in enumerate(parts, start=2))


def maximal():
    """300 rows of 11 columns, 10,000 characters in one cell, and every kind of odd character."""
    rows = [
        [
            Cell(
                ODD_TEXTS[(number + place) % len(ODD_TEXTS)], "text", path=f"targets[r_{number:08x}].{column}"
            )
            for place, column in enumerate("abcdefghijk")
        ]
        for number in range(300)
    ]
    rows[10][0] = Cell(("规范受理、流转、送达、评价全过程。" * 600)[:10_000], "text", path=rows[10][0].path)
    widths = (22.0,) * 10 + (25.0,)
    cells = tuple(tuple(row) for row in rows)
    table = Table("表9-1", "量化指标表", widths, tuple("abcdefghijk"), cells, "targets", landscape=True)
    blocks = (outlines.cover(), Contents(), Heading(1, "九、试点目标", "targets"), table, Body("", "empty"))
    return outlines.outline(blocks)
