"""The structure figure: which layout a tree gets, and that everything of it is drawn where it can be read."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.blocks import Figure, FigureNode
from pilotdesk.documents.figure import layout_figure
from pilotdesk.documents.figure_boxes import lay_out_level
from pilotdesk.documents.figure_shapes import FigureSheet, leaves, listed
from pilotdesk.documents.figure_text import label_lines, width_mm
from tests.documents.outlines import SYSTEM, many_nodes, node, structure

MM = 72 / 25.4


def figure(*roots):
    return Figure("图6-1", "南汀县政务服务标准体系结构图", roots, "system")


def words(sheet, kind):
    """Answered words by path, in order of drawing."""
    found = {}
    for text in sheet.texts:
        if text.path.endswith(kind):
            found[text.path] = found.get(text.path, "") + text.text
    return found


def inside(inner, outer):
    return (
        outer.x - 0.01 <= inner.x
        and outer.y - 0.01 <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + 0.01
        and inner.y + inner.height <= outer.y + outer.height + 0.01
    )


def overlapping(boxes):
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a.x < b.x + b.width - 0.01
        and b.x < a.x + a.width - 0.01
        and a.y < b.y + b.height - 0.01
        and b.y < a.y + a.height - 0.01
    ]


def extent(text):
    """Left, right, top and bottom of a text, mm; the blank halves of brackets around it may lie on an edge."""
    width = width_mm(text.role, text.size_pt, text.text)
    if text.anchor == "center" and text.text.startswith("（"):
        width -= text.size_pt / MM
    left = text.x - width / 2 if text.anchor == "center" else text.x
    half = text.size_pt / MM / 2
    return left, left + width, text.y - half, text.y + half


def assert_readable(sheet):
    assert not overlapping(sheet.boxes)
    for box in sheet.boxes:
        assert box.x >= 0
        assert box.x + box.width <= sheet.width + 0.01
        assert box.y + box.height <= sheet.height + 0.01
    for text in sheet.texts:
        left, right, top, bottom = extent(text)
        holders = [
            box
            for box in sheet.boxes
            if box.x - 0.1 <= left
            and right <= box.x + box.width + 0.1
            and box.y <= top + 0.3
            and bottom <= box.y + box.height + 0.3
        ]
        assert len(holders) == 1 or text.y > sheet.height - 3, text
    assert min((text.size_pt for text in sheet.texts), default=9) >= 9


SMALL = figure(
    node(
        "1",
        "南汀县小体系",
        0,
        0,
        node("11", "通用基础标准", 5, 1),
        node("12", "事项办理", 7),
        node("13", "评价与持续改进标准", 3, 3),
    )
)
WIDE = structure(
    tuple((c, n, tuple((f"{w}{k}", x, y) for k in "甲乙" for w, x, y in b)) for c, n, b in SYSTEM)
)
LONG_NAMES = structure(
    tuple(
        (c, n + "管理与评价标准子体系", tuple((w + "规范与实施细则", x, y) for w, x, y in b))
        for c, n, b in SYSTEM
    )
)
FLAT = figure(
    *(
        node(f"{k}00", name, 3, k % 4)
        for k, name in enumerate(["通用", "服务质量与评价", "数据", "12345热线"] * 3, 1)
    )
)
MIXED = figure(
    node("1", "有下级", 0, 0, node("11", "甲", 1), node("12", "乙", 2, 2)),
    node("2", "无下级", 4, 1),
    node("4", "多", 0, 0, *(node(f"4{k}", f"子{k}", 1) for k in range(1, 8))),
)
MANY = figure(*many_nodes())
STACKED = structure(
    (
        ("100", "很多", tuple((f"窗口服务规范{k}", 2, k % 3) for k in range(80))),
        ("200", "少", (("窗", 1, 0),)),
    )
)
ALL = {
    "small": SMALL, "sample": structure(), "wide": WIDE, "long names": LONG_NAMES, "flat": FLAT, "mixed": MIXED,
    "many": MANY, "stacked": STACKED, "single": figure(node("1", "只有一个", 3)),
}  # fmt: skip


@pytest.mark.parametrize("tree", ALL.values(), ids=ALL)
def test_every_code_and_name_is_drawn_in_a_box_of_its_own(tree):
    sheets = layout_figure(tree)
    for sheet in sheets:
        assert_readable(sheet)
    codes = {path: text for sheet in sheets for path, text in words(sheet, ".code").items()}
    names = {path: text for sheet in sheets for path, text in words(sheet, ".name").items()}
    for root in tree.roots:
        for below in everyone(root):
            assert codes[f"[{below.id}].code"] == below.code
            assert names[f"[{below.id}].name"].replace(" ", "") == below.name


def everyone(root):
    return [root, *(below for child in root.children for below in everyone(child))]


@pytest.mark.parametrize(
    ("tree", "landscape", "count"),
    [("small", False, 1), ("sample", True, 1), ("wide", True, 1), ("many", False, 7), ("single", False, 1)],
)
def test_the_layout_follows_the_size_of_the_tree(tree, landscape, count):
    sheets = layout_figure(ALL[tree])
    assert (sheets[0].landscape, len(sheets)) == (landscape, count)


def test_the_sample_is_drawn_as_in_the_picture():
    (sheet,) = layout_figure(structure())
    root, first = sheet.boxes[:2]
    assert (root.width, root.height, root.weight_pt) == (92, 11, 1)
    assert first.height == 13.5
    upright = [box for box in sheet.boxes if box.height == 62]
    assert len(upright) == 18
    assert upright[0].width == pytest.approx(10.6, abs=0.05)
    assert upright[0].x == pytest.approx(0)
    assert upright[-1].x + upright[-1].width == pytest.approx(245)
    assert sum(box.dashed for box in upright) == 2
    assert "南汀县政务服务标准体系（196项）" in "".join(text.text for text in sheet.texts)


def test_parts_of_a_large_tree_are_numbered_on():
    sheets = layout_figure(MANY)
    assert [sheet.number for sheet in sheets] == [f"图6-{n}" for n in range(1, 8)]
    assert sheets[1].caption.startswith("100")
    assert sheets[0].caption == "南汀县政务服务标准体系结构图"


def test_a_column_too_long_goes_on_beside_itself():
    sheets = layout_figure(STACKED)
    names = [name for sheet in sheets for name in words(sheet, ".name").values()]
    assert sum(name.startswith("窗口服务规范") for name in names) == 80
    assert any(sheet.caption.endswith("（续）") for sheet in sheets)


def test_a_lower_page_gets_a_tighter_layout():
    (whole,) = layout_figure(structure())
    (tight,) = layout_figure(structure(), whole.height - 15)
    assert tight.height <= whole.height - 15
    assert_readable(tight)


def test_an_empty_tree_has_no_sheet():
    assert layout_figure(figure()) == ()


def test_the_legend_stands_only_where_something_is_planned():
    def legend(tree):
        return [text.text for text in layout_figure(tree)[0].texts if "类目" in text.text]

    assert legend(SMALL) == ["已有标准的类目", "全部待补充的类目"]
    assert legend(figure(node("1", "体系", 0, 0, node("11", "甲", 4)))) == []


def test_the_description_lists_the_tree():
    (sheet,) = layout_figure(SMALL)
    assert sheet.description == listed(SMALL.roots[0])
    assert "　13 评价与持续改进标准 3项（拟3）" in sheet.description.splitlines()


@st.composite
def trees(draw, level=3):
    name = draw(st.text("标准化工作服务质量A1", min_size=1, max_size=14))
    count = draw(st.integers(0, 6))
    children = draw(st.lists(trees(level=level - 1), max_size=5)) if level else []
    return node("1", name, count, draw(st.integers(0, count)), *children)


def numbered(root, code):
    below = tuple(numbered(child, f"{code}{n}") for n, child in enumerate(root.children, 1))
    return root.__class__(f"n{code}", code, root.name, root.count, root.planned, below)


@given(st.lists(trees(), min_size=1, max_size=5))
def test_any_tree_is_drawn_whole(roots):
    tree = figure(*(numbered(root, str(n)) for n, root in enumerate(roots, 1)))
    sheets = layout_figure(tree)
    names = {path: text for sheet in sheets for path, text in words(sheet, ".name").items()}
    for root in tree.roots:
        assert leaves(root)
        for below in everyone(root):
            assert names[f"[{below.id}].name"] == below.name
    for sheet in sheets:
        assert not overlapping(sheet.boxes)


PAGE_ROOM = 113.6
"""Height of a landscape page left under the headings of part 六, mm."""


def grown(count, *, levels, names):
    """A tree of ``count`` nodes: as wide as can be with 3 levels, else chains down to ``levels``."""
    root = ["", names[0], []]
    open_nodes = [root]
    made = 1
    while made < count:
        parent = root if made <= 6 else open_nodes[1 + made % (len(open_nodes) - 1)]
        child = [f"{parent[0]}.{len(parent[2]) + 1}".strip("."), names[made % len(names)], []]
        parent[2].append(child)
        if child[0].count(".") < levels - 2:
            open_nodes.append(child)
        made += 1

    def finished(code, name, children):
        below = tuple(finished(*child) for child in children)
        return FigureNode(f"n{code}", code, name, 2 + sum(c.count for c in below), len(code) % 2, below)

    return figure(finished(*root))


@pytest.mark.parametrize(
    "names", [["术语", "数据", "窗口服务"], ["老年人、残疾人上门帮办代办服务", "“一件事”申请材料目录"]]
)
@pytest.mark.parametrize("levels", [3, 5])
@pytest.mark.parametrize("count", [5, 12, 24, 30, 36, 48, 60, 80, 120])
def test_a_tree_of_any_size_is_printed_in_type_that_can_be_read(count, levels, names):
    tree = grown(count, levels=levels, names=names)
    sheets = layout_figure(tree, PAGE_ROOM)
    drawn = {path for sheet in sheets for path in words(sheet, ".name")}
    assert len(drawn) == count
    for at, sheet in enumerate(sheets):
        assert not overlapping(sheet.boxes)
        room = PAGE_ROOM if at == 0 else 135.0
        scale = min(1.0, room / sheet.height) if sheet.landscape else 1.0
        assert min(text.size_pt for text in sheet.texts) * scale >= 8.99, sheet.number


@pytest.mark.parametrize(("count", "most"), [(23, 1), (60, 1), (119, 2)])
def test_many_leaves_right_below_the_root_stand_in_columns(count, most):
    flat = figure(node("1", "体系", 0, 0, *(node(f"1{n:03}", f"类目{n}", 1) for n in range(count))))
    sheets = layout_figure(flat, PAGE_ROOM)
    assert len(sheets) <= most
    assert sum(len(words(sheet, ".name")) for sheet in sheets) == count + len(sheets)


def test_columns_of_one_group_are_even():
    flat = figure(node("1", "体系", 0, 0, *(node(f"1{n:03}", f"类目{n}", 1) for n in range(24))))
    (sheet,) = layout_figure(flat)
    columns = {}
    for box in sheet.boxes[1:]:
        columns[box.x] = columns.get(box.x, 0) + 1
    assert list(columns.values()) == [8, 8, 8]


def test_columns_stand_closer_where_headings_take_part_of_the_page():
    tree = grown(30, levels=3, names=["老年人、残疾人上门帮办代办服务", "“一件事”申请材料目录"])
    (ordinary,) = layout_figure(tree)
    (tight,) = layout_figure(tree, ordinary.height - 8)
    assert tight.height <= ordinary.height - 8
    assert not overlapping(tight.boxes)


@pytest.mark.parametrize("name", ["“一件事”", "服务“一件事”材料", "帮办（上门）、代办（线上）", "受理、审查"])
def test_no_line_in_a_box_begins_with_a_closing_mark_or_ends_with_an_opening_one(name):
    for width in (14, 18, 22, 26):
        lines = label_lines(node("101", name, 1), "song", 12, width)
        texts = ["".join(piece.text for piece in line) for line in lines]
        assert all(text[-1] not in "“（" for text in texts)
        assert all(text[0] not in "”）、" for text in texts)


def test_a_code_stands_above_a_name_that_does_not_fit_beside_it():
    groups = (node(f"{n}000", name, 1) for n, name in enumerate(("数据", "政务服务", "评价"), 1))
    sheet = FigureSheet("", "", 78)
    assert lay_out_level(sheet, node("", "体系", 3, 0, *groups))
    drawn = {text.text: text.y for text in sheet.texts}
    assert drawn["数据"] > drawn["1000"]
    assert drawn["政务服务"] > drawn["2000"]


def test_a_deep_tree_that_fits_one_sheet_is_not_parted():
    assert len(layout_figure(grown(14, levels=5, names=["术语", "数据"]), PAGE_ROOM)) == 1
