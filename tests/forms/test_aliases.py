"""Labels of other offices as pack data: what the shipped ones say, and what the lint says of wrong ones."""

from __future__ import annotations

import shutil

import pytest

from pilotdesk.errors import PackError
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.lint import lint_pack
from pilotdesk.forms.loader import load_pack
from pilotdesk.paths import forms_dir


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(forms_dir() / "2026", tmp_path / "2026")


def test_every_form_and_every_edition_has_its_labels(pack):
    for name in load_pack(pack).forms:
        assert "申报单位" in read_aliases(pack, name).alias["unit_name"]
    (pack / "application" / "aliases.toml").unlink()
    assert not read_aliases(pack, "application").alias


def test_labels_are_no_part_of_what_a_pack_means(pack):
    digest = load_pack(pack).digest
    (pack / "application" / "aliases.toml").unlink()
    (pack / "templates").mkdir()
    (pack / "templates" / "a.toml").write_text("x = 1", "utf-8")
    assert load_pack(pack).digest == digest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[alias]\nunit_nam = ["甲"]', "unit_name"),
        ('[alias]\n"contact.fax" = ["甲"]', "contact.fax"),
        ('[alias]\n"contact.name+contact.fax" = ["甲"]', "contact.fax"),
        ('[alias]\nunit_name = ["甲", " "]', "空"),
        ('[alias]\nunit_name = ["甲", "甲"]', "两遍"),
        ('[core]\nbackgroun = ["背景"]', "background"),
        ('[core]\nbackground = ["背景", "背景"]', "两遍"),
        ('[choice.unit_kind]\ngovernment = ["甲"]', "unit_kinds"),
        ('[choice.unit_kinds]\ngovernmen = ["甲"]', "government"),
        ('[labels]\nunit_name = ["甲"]', "alias"),
    ],
)
def test_the_lint_finds_what_is_wrong(pack, text, told):
    (pack / "application" / "aliases.toml").write_text(text, "utf-8")
    mistakes = [one.line_text() for one in lint_pack(pack)]
    assert len(mistakes) == 1
    assert told in mistakes[0]
    assert "application/aliases.toml" in mistakes[0]


def test_a_file_that_cannot_be_read_is_refused_with_its_line(pack):
    (pack / "application" / "aliases.toml").write_text("[alias]\nunit_name = 甲", "utf-8")
    with pytest.raises(PackError) as caught:
        read_aliases(pack, "application")
    assert caught.value.code == "pack_broken"
    assert ":2" in caught.value.context["lines"]
