"""A file is written whole or not at all."""

from __future__ import annotations

import pytest

from pilotdesk.atomic import replacing
from pilotdesk.errors import ExportError


def test_the_new_file_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "sub" / "a.txt"
    for text in ("旧", "新"):
        with replacing(target) as part:
            part.write_text(text, "utf-8")
    assert target.read_text("utf-8") == "新"
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


def test_a_block_that_breaks_leaves_the_old_file_and_no_rest(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("旧", "utf-8")

    def broken() -> None:
        with replacing(target) as part:
            part.write_text("半", "utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert target.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_target_that_cannot_be_replaced_is_named(tmp_path):
    (tmp_path / "a.docx").mkdir()
    (tmp_path / "a.docx" / "inside").write_text("x")
    with pytest.raises(ExportError) as trouble, replacing(tmp_path / "a.docx") as part:
        part.write_text("新")
    assert trouble.value.code == "target_open_elsewhere"
    assert "a.docx" in str(trouble.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
