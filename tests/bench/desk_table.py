"""The desk's table with a thousand submissions: the longest time in which the window answers nothing, by what is done.

The figure is a gap between two beats of a timer that does nothing, so it has everything in it: the model, the layout, the
painting. Beside it stands its ratio to 100 ms, below which nobody notices.
"""

from __future__ import annotations

import os
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

COUNT = 1000
NOTICED = 100.0
"""Milliseconds."""


def desk_table(count: int = COUNT) -> None:
    """One line for each thing that is done at the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from pilotdesk.ui.look.fonts import ensure_family
    from pilotdesk.ui.look.theme import Look, Theme

    app = QApplication.instance() or QApplication(["bench", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    ensure_family(always_shipped=True)
    look = Look(app, Theme())
    with tempfile.TemporaryDirectory() as folder:
        sitting = _sitting(Path(folder), count)
        beats = _Beats(app)
        for name, action in _actions(beats, look, sitting):
            gap = beats.longest(action)
            print(
                f"desk table, {count} lines, {name}: longest gap {gap:.0f} ms, {gap / NOTICED:.2f} of 100 ms"
            )
        sitting.desk.close()


def _sitting(folder: Path, count: int) -> Sitting:
    from pilotdesk.review.desk.file import Desk
    from pilotdesk.ui.desk.sitting import Sitting
    from tests.review.desk_kit import PACK, clock, desk_in, submission

    fields = [field.code for field in PACK.round.pilot_field]
    desk = Desk(desk_in(folder), clock())
    with desk.together():
        for at in range(count):
            base = submission(f"k{at}", f"{at:04}-AAAA")
            facts = msgspec.structs.replace(
                base.facts, title=f"{_name(at)}养老服务标准化试点", unit=f"{_name(at)}社会福利中心",
                field=fields[at % len(fields)], uscc=f"9136000{at:011}",
            )  # fmt: skip
            desk.take(msgspec.structs.replace(base, facts=facts, project=f"p{at}"))
    return Sitting(desk, clock())


def _name(at: int) -> str:
    signs = "南柳云临东石江青瑶枫锦澜白安平清长永新和"
    return f"{signs[at % 20]}{signs[at // 20 % 20]}{signs[at // 400 % 20]}县"


class _Beats:
    """Beats as fast as the window's loop goes round."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._last = 0.0
        self._gap = 0.0

    def longest(self, action: Callable[[], object], *, rounds: int = 12) -> float:
        """The longest gap, ms, while something is done and what comes of it is painted."""
        from PySide6.QtCore import QTimer

        for _ in range(rounds):
            self._app.processEvents()
        beat = QTimer()
        beat.timeout.connect(self._beat)
        self._last, self._gap = time.perf_counter(), 0.0
        beat.start(0)
        QTimer.singleShot(0, action)
        for _ in range(rounds):
            self._app.processEvents()
        self._beat()
        beat.stop()
        return self._gap

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gap = max(self._gap, (now - self._last) * 1000)
        self._last = now


def _actions(beats: _Beats, look: Look, sitting: Sitting) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a reviewer does, one after the other."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from pilotdesk.review.desk.cells import USUAL, Column
    from pilotdesk.review.desk.filtering import Filter
    from pilotdesk.ui.desk.filters import FilterBar
    from pilotdesk.ui.desk.quota_strip import QuotaStrip
    from pilotdesk.ui.desk.table import SubmissionTable
    from pilotdesk.ui.look.tokens import TypeSize

    page = QWidget()
    made: list[QWidget] = []

    def load() -> None:
        for part in made:
            part.deleteLater()
        made.clear()
        table = SubmissionTable(look, sitting)
        made.extend((QuotaStrip(look, sitting), FilterBar(look, sitting, table), table))
        layout = page.layout() or QVBoxLayout(page)
        for part in made:
            layout.addWidget(part)
        page.resize(1366, 697)
        page.show()
        table.setFocus()

    yield "made and painted for the first time", load
    yield "made and painted again", load
    bar, table = made[1], made[2]
    assert isinstance(bar, FilterBar)
    assert isinstance(table, SubmissionTable)
    yield "read again", sitting.read_again
    for column in Column:
        if column is not Column.RANK:
            yield f"sorted by {column.name.lower()}", partial(table.turn_order, column)
    for word in ("y", "yl", "养老", ""):
        yield f"searched for “{word}”", partial(bar.search.setText, word)
    for chosen in (Filter.DOUBTS, Filter.OPEN, Filter.ALL):
        yield f"filter {chosen.name.lower()}", partial(bar.choose, chosen)
    for key, name in ((Qt.Key.Key_J, "next line"), (Qt.Key.Key_End, "last line"), (Qt.Key.Key_Space, "tick")):
        yield name, partial(QTest.keyClick, table.view, key)
    for _ in range(12):
        for key in (Qt.Key.Key_K, Qt.Key.Key_Space):
            beats.longest(partial(QTest.keyClick, table.view, key))
    yield "line above, with 13 picks", partial(QTest.keyClick, table.view, Qt.Key.Key_K)
    yield "tick, with 13 picks", partial(QTest.keyClick, table.view, Qt.Key.Key_Space)
    yield "filter picked", partial(bar.choose, Filter.PICKED)
    yield "a pick further up", partial(table.move_pick, -1)
    for column in (one for one in Column if one not in USUAL):
        yield f"column {column.name.lower()} comes", partial(table.view.columns.turn, column)
    for key, name in ((Qt.Key.Key_Left, "columns back"), (Qt.Key.Key_Right, "columns on")):
        yield name, partial(QTest.keyClick, table.view, key)
    yield "narrow", partial(page.resize, 911, 441)
    yield "extra large type", partial(look.set_size, TypeSize.EXTRA)
    page.close()
