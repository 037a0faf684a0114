"""What every test gets: no screen, a data directory of its own, and noise that counts as a failure."""

from __future__ import annotations

import gc
import os
import sys
import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NoReturn

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports PySide6
if sys.platform == "linux":  # of the locale C Qt complains in the first window, and that fails a test
    os.environ["LC_ALL"] = "C.UTF-8"
if hasattr(time, "tzset"):  # their moments are in UTC, and often early in the morning
    os.environ["TZ"] = "UTC"
    time.tzset()

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.forms.values import Attachment

# No deadline: a busy machine is not a bug. The same examples every time, so that a red run is about the change; what nobody
# has thought of is searched for when somebody wants to know: `pytest --hypothesis-profile search`.
settings.register_profile("pilotdesk", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("search", settings.get_profile("pilotdesk"), max_examples=250, derandomize=False)
settings.load_profile("pilotdesk")

PATIENCE_MS = 60_000
"""How long a test waits for what has to come; pytest-qt's 5 s are too few on a machine that has other things to do."""

LARGEST_REMEMBERED = 1 << 18
"""Bytes; the sample's attachments are smaller."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for Qt fixtures is a gui test, marked or not."""
    for item in items:
        if {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The tests themselves stay to the end: nobody has to search them for garbage, neither now nor while they run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """The end of a gui test makes everything searchable again; those without a window do not need that."""
    if nextitem is not None and item.get_closest_marker("gui") and not nextitem.get_closest_marker("gui"):
        gc.freeze()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of this test; nothing a test stores reaches the user's own."""
    path = tmp_path / "pilotdesk-data"
    monkeypatch.setenv("PILOTDESK_DATA", str(path))
    return path


@pytest.fixture(scope="session", autouse=True)
def looked_into_once() -> Iterator[None]:
    """The practice sample's attachments are looked into once, not by each of the hundreds of tests that make it anew."""
    from pilotdesk.documents import attachments

    look = attachments.attachment_of
    known = lru_cache(maxsize=64)(look)

    def attachment_of(file_name: str, content: bytes) -> Attachment:
        return (known if len(content) <= LARGEST_REMEMBERED else look)(file_name, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attachments, "attachment_of", attachment_of)
        yield


@pytest.fixture(scope="session", autouse=True)
def true_cost() -> Iterator[int]:
    """What a guess at a password costs, as the program ships; tests make hundreds, and theirs cost the least that is read."""
    from pilotdesk.drafts import sealed

    cost = sealed.COST
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "COST", min(sealed._COSTS))
        yield cost


@pytest.fixture(scope="session")
def settled_heap() -> None:
    """No timer stands before the first test; afterwards each test is searched for its own."""
    import shiboken6
    from PySide6.QtCore import QTimer

    gc.unfreeze()
    gc.collect()
    # What is left of one that Qt has deleted can run no more; the self-test, which draws a page, leaves such.
    assert not [one for one in gc.get_objects() if isinstance(one, QTimer) and shiboken6.isValid(one)]


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """pytest-qt's own, with more patience where a test names no time."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitCallback", "waitExposed", "waitActive"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True)
def gui_discipline(request: pytest.FixtureRequest) -> Iterator[None]:
    """A gui test meets no modal dialog and leaves neither windows nor running timers, nor an application that is told to end."""
    if request.node.get_closest_marker("gui") is None:
        yield
        return
    request.getfixturevalue("settled_heap")
    request.getfixturevalue("qapp")
    _forbid_modal_dialogs(request.getfixturevalue("monkeypatch"))
    _settings_in(request.getfixturevalue("tmp_path"))
    before = _windows()
    gc.freeze()  # whatever ran before this test is not searched again after it
    yield
    left = _left_behind(before)
    gc.unfreeze()
    if left:  # a reference cycle is not a leak
        gc.collect()
        left = _left_behind(before)
    assert not left, f"left behind, give it to qtbot.addWidget or stop it: {', '.join(left)}"
    assert not _is_ended(), "Qt was told to end: no event loop of a later test would wait for anything"


def _forbid_modal_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make everything that waits for a click fail at once instead of hanging the run."""
    from PySide6 import QtWidgets

    blocking = {
        "QDialog": ("exec",),
        "QFileDialog": ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
        "QInputDialog": ("getText", "getMultiLineText", "getInt", "getDouble", "getItem"),
        "QMenu": ("exec",),
        "QMessageBox": ("about", "critical", "exec", "information", "question", "warning"),
    }
    for class_name, methods in blocking.items():
        for method in methods:
            monkeypatch.setattr(getattr(QtWidgets, class_name), method, _refusal(class_name, method))


def _refusal(class_name: str, method: str) -> object:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise AssertionError(f"{class_name}.{method} would wait for a click; patch our own ask_* function")

    return refuse


def _settings_in(folder: Path) -> None:
    from PySide6.QtCore import QSettings

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(folder / "qsettings"))


def _windows() -> set[int]:
    from PySide6.QtWidgets import QApplication

    return {id(widget) for widget in QApplication.topLevelWidgets()}


def _is_ended() -> bool:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    return loop.exec() != 0


def _left_behind(before: set[int]) -> list[str]:
    """Windows that were not there before, and running timers, described; empty is good."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what processEvents leaves out
    windows = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.parent() is None]
    objects = gc.get_objects()
    kinds = {
        kind for kind in set(map(type, objects)) if issubclass(kind, QTimer)
    }  # asked of every object it is slow
    made = [one for one in objects if type(one) in kinds] if kinds else []
    timers = [timer for timer in made if shiboken6.isValid(timer) and timer.isActive()]
    return [f"window {type(w).__name__} {w.objectName()}" for w in windows] + [
        f"timer of {type(t.parent()).__name__}, {t.interval()} ms" for t in timers
    ]
