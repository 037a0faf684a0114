"""What the lint finds in the lines that say how things stand with a review point."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pilotdesk.cli.main import run
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.review_sheet import Clause, Point, ReviewFile, Sheet, read_review
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir
from pilotdesk.rules.lint_lines import lint_lines

PACK, REVIEW = load_shipped("2026"), read_review(current_folder("2026"))


def with_line(**line) -> ReviewFile:
    """A file whose only point has one line."""
    assert REVIEW is not None
    point = Point(name="credit", ask=(), line=(Clause(**line),), source=("inferred",))
    return replace(
        REVIEW, sheet=(Sheet(forms=("application", "gone"), facts=REVIEW.sheet[0].facts, point=(point,)),)
    )


def test_the_shipped_lines_are_clean():
    assert REVIEW is not None
    assert sum(len(point.line) for sheet in REVIEW.sheet for point in sheet.point) > 20
    assert lint_lines(PACK, REVIEW) == []


def test_a_pack_without_a_review_file_has_nothing_to_look_at():
    assert lint_lines(PACK, None) == []


@pytest.mark.parametrize(
    ("line", "key", "sentence"),
    [
        ({"test": "filled(credit_querys)", "say": "查了"}, "test", "是不是“credit_queries”"),
        ({"test": "count(credit_queries)", "say": "查了"}, "test", "要能答“是”或“否”"),
        ({"test": "filled(uscc", "say": "查了"}, "test", "写法不完整"),
        ({"say": "{count(gone)} 家"}, "say", "没有“gone”"),
        ({"say": "{tally(credit_queries)} 家"}, "say", "没有函数 tally"),
    ],
)
def test_a_wrong_line_is_named(line, key, sentence):
    (mistake,) = lint_lines(PACK, with_line(**line))
    assert (mistake.form, mistake.where, mistake.key) == (
        "application",
        "review.toml / point credit / line 1",
        key,
    )
    assert sentence in mistake.text


def test_the_command_says_it(tmp_path, capsys):
    import shutil

    folder = tmp_path / "2026"
    shutil.copytree(forms_dir() / "2026", folder)
    file = folder / "review.toml"
    file.write_text(file.read_text("utf8").replace("not filled(uscc)", "not filled(usccc)", 1), "utf8")
    assert run(["pack", "lint", str(folder)]) == 1
    assert "usccc" in capsys.readouterr().out
