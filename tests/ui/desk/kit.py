"""A desk of a few submissions, and its window's parts on it, for the tests of the desk's window.

``UNITS``: key, title, unit, pilot field and findings of what is taken in, in the order of their numbers from 1. The first one
has the answers of the practice sample, so that its material can be drawn; ``TWICE`` was handed in a second time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt

from pilotdesk.clock import Clock
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.records import Agreement
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.desk.sitting import Sitting
from tests.review.desk_kit import changed, desk_in, finding, sample_submission, submission

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.review.records import Submission

MUST = finding("uscc_form", Severity.ERROR)
ASK = finding(
    "targets_base", Severity.WARNING, 6, path="targets[r_t1].value_2028", number="9.1", label="指标", clause="通知第三条",
    sentence="第 1 行没有写基期，请核实。",
)  # fmt: skip
UNITS = (
    ("sample", "", "", "", (ASK,)),
    ("k2", "乙县图书馆服务标准化试点", "乙县图书馆", "F5", ()),
    ("k3", "丙县居家养老服务标准化试点", "丙县社会福利中心", "Z2", (MUST, ASK)),
    ("k4", "丁县机构养老服务标准化试点", "丁县中心敬老院", "Z2", ()),
    ("k5", "戊市失能照护标准化试点", "戊市康养服务中心", "Z2", ()),
    ("k6", "己县盐碱地综合利用标准化试点", "己县农业技术推广站", "F1", (MUST,)),
)
TWICE = "k6"


class Ticking:
    """A clock that goes on by a second whenever it is asked; in working hours."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 6, 2, 2, 32, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def ticking() -> Clock:
    """The clock of the desk's tests."""
    return Clock(Ticking())


def handed_in(at: int) -> Submission:
    """What the unit at a place of :data:`UNITS` handed in first."""
    key, title, unit, field, findings = UNITS[at]
    if not title:
        return msgspec.structs.replace(sample_submission(key), findings=findings, agreement=Agreement.ALL)
    base = submission(key, f"{key.upper()}AA-AAAA", findings=findings)
    facts = msgspec.structs.replace(base.facts, title=title, unit=unit, field=field, uscc=f"91360000{at:010}")
    values = {**base.values, "project_name": title, "unit_name": unit, "pilot_field": field}
    return msgspec.structs.replace(base, facts=facts, values=values, project=f"p-{key}")


def make_desk(folder: Path, **settings: str) -> Path:
    """A desk's file with everything of :data:`UNITS`, nothing of it showing beside others; :data:`TWICE` in its second round."""
    path = desk_in(folder, **settings)
    desk = Desk(path, ticking())
    try:
        for at, (key, *_) in enumerate(UNITS):
            one = handed_in(at)
            desk.take(one)
            if key == TWICE:
                desk.take(changed(one, "BBBB-BBBB", unit_name="己县农技推广中心"))
        desk.set_crossed({})
    finally:
        desk.close()
    return path


def sit_at(path: Path, *, look_only: bool = False) -> Sitting:
    """An open desk as the window shares it; whoever asks closes ``sitting.desk``."""
    clock = ticking()
    return Sitting(Desk(path, clock, look_only=look_only), clock)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key as a person presses it: at whatever has the focus in the widget's window."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target = widget.window().focusWidget() or widget
    qtbot.keyClick(target, key, held)
