"""A document as a web page: complete, legible without anything else, and read back."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.documents.blocks import Body, Cell, Grid, GridRow, Outline, PrintedAnswer, Tick
from pilotdesk.documents.web import document_markup, missing_answers, page
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import new_package, outlines_of, sample_package, session_of_package
from tests.documents.outlines import sample
from tests.projects.timelines import DAY


def page_of(*outlines: Outline) -> str:
    return page("页", (piece for outline in outlines for piece in document_markup(outline)))


def outline(*blocks: object, answers: tuple[PrintedAnswer, ...]) -> Outline:
    return replace(sample(), blocks=blocks, answers=answers)  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Whether every element that opens is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in {"meta", "br", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_answer_of_the_sample_stands_at_its_place() -> None:
    outlines = outlines_of(session_of_package(sample_package(), DAY), draft=True)
    assert sum(len(outline.answers) for outline in outlines) > 1000
    assert missing_answers(outlines, page_of(*outlines)) == ()


def test_an_empty_draft_is_a_page_too() -> None:
    package = new_package(load_shipped("2026"), "application", None)
    outlines = outlines_of(session_of_package(package, DAY), draft=True)
    assert missing_answers(outlines, page_of(*outlines)) == ()
    assert "草稿" in page_of(*outlines)


def test_a_changed_answer_is_found_out() -> None:
    made = sample()
    written = page_of(made)
    assert missing_answers([made], written) == ()
    victim = next(a for a in made.answers if isinstance(a.text, str) and len(a.text) > 30)
    assert missing_answers([made], written.replace(victim.text[:20], "")) != ()


def test_an_answer_at_another_place_does_not_count() -> None:
    answers = (PrintedAnswer("one", "第一栏", "同样"), PrintedAnswer("two", "第二栏", "别的"))
    made = outline(Body("同样", "one"), Body("别的", "two"), answers=answers)
    assert missing_answers([made], page_of(made)) == ()
    swapped = outline(Body("别的", "one"), Body("同样", "two"), answers=answers)
    assert missing_answers([made], page_of(swapped)) == ("第一栏", "第二栏")


@pytest.mark.parametrize("taken", [(True, False), (False, True), (True, True)])
def test_choices_are_read_by_what_is_taken(taken: tuple[bool, bool]) -> None:
    ticks = tuple(Tick(label, on) for label, on in zip(("企业", "事业单位"), taken, strict=True))
    words = "；".join(tick.label for tick in ticks if tick.taken)
    grid = Grid((30, 18, 36, 26, 46), (GridRow((Cell("", "value", span=5, path="kind", ticks=ticks),)),))
    made = outline(grid, answers=(PrintedAnswer("kind", "性质", words),))
    assert missing_answers([made], page_of(made)) == ()
    other = outline(grid, answers=(PrintedAnswer("kind", "性质", "机关"),))
    assert missing_answers([other], page_of(made)) == ("性质",)


@given(st.text(max_size=60))
def test_no_answer_breaks_out_of_its_place(text: str) -> None:
    """Markup, quotes, control signs and lone surrogates stay text."""
    words = f"<script>alert('1')</script>&{text}</p>\"'"
    made = outline(Body(words, "one"), Body("之后", "two"), answers=(PrintedAnswer("one", "第一栏", words),))
    written = page_of(made)
    written.encode()
    tags = Tags()
    tags.feed(written)
    assert tags.open == []
    assert "script" not in tags.seen
    assert missing_answers([made], written) == ()


def test_the_page_needs_nothing_else() -> None:
    written = page_of(sample())
    tags = Tags()
    tags.feed(written)
    assert tags.open == []
    assert not tags.seen & {"script", "link", "img", "iframe", "object", "form"}
    assert "Content-Security-Policy" in written
    assert not re.search(r"(href|src)=|url\(|@import", written)
