"""Paths to definitions and to words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.lookup import column_of, field_at, number_and_label
from pilotdesk.forms.values import Row

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form
    from tests.forms.pack_kit import MiniPack

VALUES = {
    "schedule": (Row("r_a"), Row("r_b")),
    "system": (Row("r_1", MappingProxyType({"code": "201"})), Row("r_2", parent="r_1")),
}


@pytest.fixture
def form(mini_pack: MiniPack) -> Form:
    return load_pack(mini_pack.folder).forms["application"]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("staff", "人数"),
        ("schedule", "进度"),
        ("leader", "负责人"),
        ("leader.mobile", "手机"),
        ("schedule[r_b].period", "起止时间"),
        ("schedule[r_gone].cost", "经费"),
    ],
)
def test_every_path_has_its_definition(form: Form, path: str, label: str) -> None:
    assert field_at(form, path).label == label


@pytest.mark.parametrize(
    "path", ["", "gone", "leader.gone", "schedule.task", "schedule[r_a].gone", "staff.part", "schedule[r_a]"]
)
def test_a_path_that_the_form_does_not_have_is_an_error(form: Form, path: str) -> None:
    with pytest.raises(KeyError):
        field_at(form, path)
    with pytest.raises(KeyError):
        number_and_label(form, path, {})


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("staff", "1.3 人数"),
        ("leader.mobile", "1.4 负责人，手机"),
        ("schedule", "2.1 进度"),
        ("schedule[r_b].period", "2.1 进度，第 2 行，起止时间"),
        ("schedule[r_gone].period", "2.1 进度，起止时间"),
        ("system[r_1].name", "2.2 体系，节点 201，名称"),
        ("system[r_2].name", "2.2 体系，第 2 行，名称"),
    ],
)
def test_a_path_in_words_says_number_label_and_row(form: Form, path: str, words: str) -> None:
    assert number_and_label(form, path, VALUES) == words


def test_columns_are_found_by_name(form: Form) -> None:
    assert column_of(form.fields["schedule"], "cost").unit == "万元"
    with pytest.raises(KeyError):
        column_of(form.fields["schedule"], "gone")
