"""The quota above the table: its figures are those of a plain count, whatever is ticked, unticked, ranked and taken back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from pilotdesk.review.desk.cells import Column
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.quota import Use
from pilotdesk.ui.desk.quota_strip import QuotaStrip
from pilotdesk.ui.desk.quota_tiles import Shape
from pilotdesk.ui.desk.sitting import Sitting
from pilotdesk.ui.desk.table import SubmissionTable
from pilotdesk.ui.desk.table_model import COLUMNS
from pilotdesk.ui.look.tokens import TypeSize
from tests.review.desk_kit import PACK, desk_in, submission
from tests.ui.desk.kit import ticking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.quota_tiles import QuotaTile
    from pilotdesk.ui.look.theme import Look

ROUND = PACK.round
LIMITS = {field.code: field.quota for field in ROUND.pilot_field}
SPECIAL = {field.code for field in ROUND.pilot_field if field.special}
PLACES = [*LIMITS, *LIMITS, *LIMITS, "", "F9"]
"""Pilot field of every submission of :func:`open_desk`: three of each field, one without, one with a field that is none."""


@pytest.fixture
def open_desk(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> Iterator[tuple[Sitting, QuotaStrip, SubmissionTable]]:
    """A desk with 26 submissions, its strip and its table."""
    desk = Desk(desk_in(tmp_path), ticking())
    with desk.together():
        for at, field in enumerate(PLACES):
            base = submission(f"k{at:02}", f"{at:04}-AAAA")
            facts = msgspec.structs.replace(base.facts, title=f"第 {at} 项", field=field)
            desk.take(msgspec.structs.replace(base, facts=facts, project=f"p{at}"))
    sitting = Sitting(desk, ticking())
    strip, table = QuotaStrip(look, sitting), SubmissionTable(look, sitting)
    qtbot.addWidget(strip)
    qtbot.addWidget(table)
    yield sitting, strip, table
    desk.close()


def counted(picked: list[int]) -> dict[str, tuple[int, int]]:
    """Taken and most by field, the total under an empty code: the notice read once more, without the program's own count."""
    taken = Counter(PLACES[at] for at in picked)
    told = {code: (taken[code], most) for code, most in LIMITS.items()}
    shared = sum(count for code, count in taken.items() if code in LIMITS and code not in SPECIAL)
    return {"": (shared, 8), **told}


def beyond(picked: list[int]) -> set[str]:
    """Keys of the picks that do not fit: each beyond the limits with those before it that fit."""
    taken: Counter[str] = Counter()
    shared, over = 0, set()
    for at in picked:
        code = PLACES[at]
        full = code not in LIMITS or taken[code] == LIMITS[code] or (code not in SPECIAL and shared == 8)
        if full:
            over.add(f"k{at:02}")
            continue
        taken[code] += 1
        shared += code not in SPECIAL
    return over


steps = st.lists(
    st.tuples(st.sampled_from(["tick", "tick", "tick", "first", "undo"]), st.integers(0, len(PLACES) - 1)),
    max_size=24,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_figures_are_those_of_a_plain_count(
    open_desk: tuple[Sitting, QuotaStrip, SubmissionTable], steps: list[tuple[str, int]]
) -> None:
    sitting, strip, table = open_desk
    for key in [row.key for row in sitting.rows.values() if row.picked]:
        sitting.pick(key, False)
    picked: list[int] = []
    past: list[list[int]] = []
    for what, at in steps:
        before = list(picked)
        if what == "tick":
            sitting.show_one(f"k{at:02}")
            table.tick()
            picked = [one for one in picked if one != at] if at in picked else [*picked, at]
        elif what == "first" and at in picked:
            sitting.rank([f"k{at:02}"])
            picked = [at, *(one for one in picked if one != at)]
        elif what == "undo" and past:
            sitting.undo()
            picked = past.pop()
            before = []
        if picked != before and what != "undo":
            past.append(before)
        assert {tile.line.field: (tile.line.taken, tile.line.most) for tile in strip.tiles} == counted(picked)
        assert set(table.model.over) == beyond(picked)
        assert strip.symbol.isHidden() is not bool(beyond(picked))
    assert list(sitting.rows.values()) == list(sitting.desk.rows())
    for row in sitting.rows.values():
        index = table.model.index(table.model.at(row.key), COLUMNS.index(Column.PICK))
        ticked = table.model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        assert ticked is (int(row.key[1:]) in picked)


# -- what it says and how it stands --------------------------------------------------------------


@pytest.fixture
def strip(qtbot: QtBot, look: Look, sitting: Sitting) -> Iterator[QuotaStrip]:
    made = QuotaStrip(look, sitting)
    qtbot.addWidget(made)
    made.resize(938, 110)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    look.set_size(TypeSize.STANDARD)


def tile_of(strip: QuotaStrip, field: str) -> QuotaTile:
    return next(tile for tile in strip.tiles if tile.line.field == field)


def test_a_tile_says_full_and_by_how_many_too_many(strip: QuotaStrip, sitting: Sitting) -> None:
    tile = tile_of(strip, "Z2")
    assert (tile.name, tile.accessibleName()) == ("民政", "民政专项 0 / 2")
    sitting.pick("k3", True)
    sitting.pick("k4", True)
    assert tile.accessibleName() == "民政专项 2 / 2，满"
    assert tile.line.state is Use.FULL
    sitting.pick("k5", True)
    assert tile.accessibleName() == "民政专项 3 / 2，超 1"
    assert strip.sentence.plain == "民政超 1 项，请取消一项。"
    assert strip.symbol.isVisible()
    sitting.undo()
    assert tile.accessibleName() == "民政专项 2 / 2，满"
    assert not strip.symbol.isVisible()


@pytest.mark.parametrize(
    ("width", "size", "shape", "lines"),
    [
        (938, TypeSize.STANDARD, Shape.TALL, 1),
        (883, TypeSize.STANDARD, Shape.TALL, 1),
        (938, TypeSize.EXTRA, Shape.TALL, 2),
        (520, TypeSize.STANDARD, Shape.TALL, 2),
        (300, TypeSize.STANDARD, Shape.BRIEF, 4),
    ],
)
def test_the_tiles_take_as_many_lines_as_they_need(
    strip: QuotaStrip, look: Look, width: int, size: TypeSize, shape: Shape, lines: int
) -> None:
    look.set_size(size)
    strip.resize(width, 400)
    QApplication.processEvents()
    assert {tile.shape for tile in strip.tiles} == {shape}
    assert len({tile.y() for tile in strip.tiles}) == lines
    boxes = [tile.geometry() for tile in strip.tiles]
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_a_low_window_gets_lower_tiles_and_a_sentence_only_where_something_is_wrong(
    strip: QuotaStrip, sitting: Sitting
) -> None:
    high = strip.sizeHint().height()
    strip.set_low(True)
    QApplication.processEvents()
    assert {tile.shape for tile in strip.tiles} == {Shape.LOW}
    assert strip.sizeHint().height() < high
    assert not strip.sentence.isVisible()
    for key in ("k3", "k4", "k5"):
        sitting.pick(key, True)
    assert strip.sentence.isVisible()
    strip.set_low(False)
    assert {tile.shape for tile in strip.tiles} == {Shape.TALL}


def test_in_a_low_window_the_sentence_stands_behind_the_last_tile_where_there_is_room(
    strip: QuotaStrip, look: Look, sitting: Sitting
) -> None:
    look.set_size(TypeSize.EXTRA)
    strip.set_low(True)
    strip.resize(883, 400)
    QApplication.processEvents()
    calm = strip.sizeHint().height()
    for key in ("k3", "k4", "k5"):
        sitting.pick(key, True)
    QApplication.processEvents()
    assert strip.sizeHint().height() == calm, "it takes no line of its own"
    assert strip.sentence.isVisible()
    assert strip.sentence.height() >= strip.sentence.heightForWidth(strip.sentence.width())
    said = QRect(strip.sentence.mapTo(strip, QPoint()), strip.sentence.size())
    for tile in strip.tiles:
        assert not said.intersects(QRect(tile.mapTo(strip, QPoint()), tile.size()))
    strip.resize(520, 400)
    QApplication.processEvents()
    assert strip.sizeHint().height() > calm
    assert strip.sentence.isVisible()


def test_too_many_is_announced_once(
    strip: QuotaStrip, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[QAccessible.Event] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.type()))
    for key in ("k3", "k4"):
        sitting.pick(key, True)
    assert QAccessible.Event.Alert not in heard
    sitting.pick("k5", True)
    sitting.rank(["k5"])
    assert heard.count(QAccessible.Event.Alert) == 1
