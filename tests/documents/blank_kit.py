"""The blank application filled in as people fill it in WPS, and kept as LibreOffice saves it.

``python -m tests.documents.blank_kit`` makes the kept file anew.
"""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path

from lxml import etree

from pilotdesk.documents.blank import blank_outline, write_blank
from pilotdesk.documents.word.marks import cover_name
from pilotdesk.forms.shipped import load_shipped
from tests.documents.edited_kit import HERE, Hand, W, resaved

KEPT = HERE / "blank-filled.docx"
LONG = "我县办事群众里老人多，跑一趟不容易。\n现在各窗口要的材料不一样。"
PROBLEMS = (
    ("材料要求不一", "抽查320件，补正61件", "没有统一要点", "制定审查规程"),
    ("流转没有时限", "最长41小时", "只有口头约定", "制定时限规范"),
)
MANY = 9
"""Rows of a table that has eight empty ones."""


def filled(folder):
    """A filled blank form; what was written is known to the tests."""
    form = load_shipped("2026").forms["application"]
    blank = folder / "blank.docx"
    write_blank(load_shipped("2026"), form, blank)
    hand = Hand(blank, blank_outline(load_shipped("2026"), form), form, 1)
    on_cover(hand, "project_name", "南汀县帮办代办标准化试点")
    type_over(hand, "unit_name", "南汀县政务服务中心")
    behind_hint(hand, "staff_count", "86")
    type_over(hand, "founded_on", "2016年4月18日")
    inside_hint(hand, "registered_address", "南汀县政务路8号")
    type_over(hand, "project_leader.name", "陈　立")
    tick(hand, "national_pilot_before", "否", "√")
    tick(hand, "incidents", "否", "behind")
    type_over(hand, "unit_kind", "事业单位")
    body(hand, "background", LONG)
    for number, texts in enumerate(PROBLEMS, 1):
        for column, text in zip(("problem", "evidence", "cause", "remedy"), texts, strict=True):
            type_over(hand, f"problems[r_blank{number}].{column}", text)
    many_rows(hand)
    type_over(hand, "structure[r_blank1].name", "政务服务标准体系")
    for number, (code, name) in enumerate((("100", "通用基础"), ("101", "术语"), ("200", "事项办理")), 2):
        type_over(hand, f"structure[r_blank{number}].code", code)
        type_over(hand, f"structure[r_blank{number}].name", name)
    type_over(hand, "credit_queries[r_first1].queried_on", "2026-06-02")
    return hand.save(folder / KEPT.name)


def type_over(hand, path, text):
    """Everything in the cell selected and typed over: hint and bookmark go."""
    paragraphs = hand.paragraphs(path)
    hand.empty(path)
    etree.SubElement(etree.SubElement(paragraphs[0], f"{W}r"), f"{W}t").text = text


def behind_hint(hand, path, text):
    """The hint left, in grey, and the answer typed behind it with its look."""
    run = next(hand.paragraphs(path)[0].iter(f"{W}r"))
    made = deepcopy(run)
    made.find(f"{W}t").text = text
    run.addnext(made)


def inside_hint(hand, path, text):
    """The words between the brackets selected and typed over."""
    next(hand.paragraphs(path)[0].iter(f"{W}t")).text = f"【{text}】"


def on_cover(hand, path, text):
    mark = next(
        m
        for m in hand.root.iter(f"{W}bookmarkStart")
        if m.get(f"{W}name") == cover_name(path, 1, continued=False)
    )
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    mark.addnext(run)


def tick(hand, path, label, way):
    """A box made √ by hand, or √ typed behind the words."""
    texts = [t for p in hand.paragraphs(path) for t in p.iter(f"{W}t")]
    at = next(n for n, t in enumerate(texts) if t.text.strip().startswith(label) or t.text.strip() == label)
    if way == "behind":
        texts[at].text = texts[at].text.replace(label, f"{label}√")
    else:
        texts[at - 1].text = way


def body(hand, path, text):
    """Running text typed over the hint, a paragraph each line."""
    first = hand.paragraphs(path)[0]
    hand.empty(path)
    for line in reversed(text.split("\n")):
        made = deepcopy(first)
        etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = line
        first.addnext(made)
    first.getparent().remove(first)


def many_rows(hand):
    """All eight rows of a table filled and a ninth copied below, without bookmarks as Word does it."""
    for number in range(1, MANY):
        type_over(hand, f"policy_basis[r_blank{number}].document", f"文件{number}")
    last = hand.row_of("policy_basis[r_blank8].number")
    made = deepcopy(last)
    for mark in [*made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    for text in made.iter(f"{W}t"):
        text.text = text.text.replace("8", "9")
    last.addnext(made)


def main():
    with tempfile.TemporaryDirectory() as folder:
        resaved([filled(Path(folder))], HERE, Path(folder) / "profile")


if __name__ == "__main__":
    main()
