"""Finding a field by number, words or pinyin initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pilotdesk.ui.navigation.search import LIMIT, find, normal_query

if TYPE_CHECKING:
    from pilotdesk.session import Session


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("二.2", "2.2"),
        ("二、2", "2.2"),
        ("第二部分2", "2.2"),
        ("十二.1", "12.1"),
        ("十.3", "10.3"),
        (" 2.2 ", "2.2"),
        ("信用", "信用"),
    ],
)
def test_chinese_part_numbers_are_read(typed: str, query: str) -> None:
    assert normal_query(typed) == query


def test_a_number_finds_its_field_first(session: Session) -> None:
    assert find(session, "二.2")[0].path == "uscc"
    assert find(session, "2.2")[0].path == "uscc"


def test_words_and_initials_find_the_same_field(session: Session) -> None:
    assert find(session, "信用代码")[0].path == find(session, "tyshxydm")[0].path


def test_columns_lead_to_their_table(session: Session) -> None:
    found = find(session, "2027年目标")
    assert found
    assert found[0].path in session.form.fields


def test_nothing_for_nothing_and_never_more_than_eight(session: Session) -> None:
    assert find(session, "  ") == ()
    assert find(session, "查无此栏目") == ()
    assert len(find(session, "项目")) <= LIMIT


def test_what_is_not_asked_is_not_found(session: Session) -> None:
    hidden = next(
        (
            field
            for name, field in session.form.fields.items()
            if not session.is_relevant(name) and field.number
        ),
        None,
    )
    if hidden is None:
        pytest.skip("the sample has no hidden field")
    assert hidden.name not in {place.path for place in find(session, hidden.number)}
