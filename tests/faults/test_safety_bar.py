"""The window through the same trouble: the bar at its foot turns red, says it, offers what to do, and is green again after."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.drafts.second_place import choose, second_place
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, PilotDeskError, StoreError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.messages import SENTENCES
from pilotdesk.projects import new_package
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.navigation.navigator import PREVIEW
from pilotdesk.ui.safety.desk import SafetyDesk
from pilotdesk.ui.safety.promises import BACKUP, EXPORT, HEALTH, PROMISES, SAVED, SECOND
from pilotdesk.ui.window.main_window import MainWindow
from tests.faults.instrument import BY_NAME, PROGRAM, Call
from tests.faults.operations import _outlines
from tests.ui.conftest import ImmediateRunner, clock, look, qapp_args, shipped_font  # noqa: F401  fixtures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.safety.bar import SafetyBar
    from tests.faults.walk import Walk

NO_STORE = ("package", "sealed", "share", "merge", "bringing", "found_copies")
"""Modules about files that are handed on."""
NOT_OF_WRITING = {
    "draft_gone",
    "project_gone",
    "attachment_gone",
    "attachment_damaged",
    "move_occupied",
    "move_inside",
}


class Seen:
    """A window with a draft open, whose store and copies go through the instrument."""

    def __init__(self, window: MainWindow, desk: SafetyDesk, root: Path) -> None:
        self.window, self.desk, self.root = window, desk, root
        self._typed = 0

    @property
    def bar(self) -> SafetyBar:
        return self.window.workspace.shell.safety

    @property
    def is_red(self) -> bool:
        return self.bar._trouble.isVisible()

    def type(self) -> None:
        self._typed += 1
        self.window.workspace.session.set_text("project_name", f"第{self._typed}次写的")
        self.window.workspace.flush()

    def back_up(self) -> None:
        self.desk.start()

    def export(self) -> None:
        panel = self.window.workspace.navigator.show(PREVIEW, focus=False).export_panel
        panel.draft.setChecked(True)
        panel.folder.setText(str(self.root / "out"))
        panel.export()


@pytest.fixture
def seen(
    qtbot: QtBot, qapp: QApplication, look: Look, clock: Clock, tmp_path: Path, walk: Walk,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Seen]:  # fmt: skip
    monkeypatch.setattr("pilotdesk.projects.outlines_of", lambda *_given, **_named: tuple(_outlines()[:1]))
    data = tmp_path / "pilotdesk-data"
    (tmp_path / "stick").mkdir()
    with walk.installed():
        store = DraftStore(data, clock)
        window = MainWindow(
            qapp, look, store=store, clock=clock, settings=Settings(None), runner=ImmediateRunner()
        )
        qtbot.addWidget(window)
        window.resize(1366, 697)
        window.show()
        desk = SafetyDesk(
            window, look, data, clock=clock, runner=ImmediateRunner(), toasts=window, promises=window.promises,
            seconds=lambda: 0.0,
        )  # fmt: skip
        window.__dict__["safety"] = desk
        window.open_draft(window.shelf.take_in(new_package(load_shipped("2026"), "application", None)))
        desk.look_after(window.workspace, window.workspace.shell.safety)
        choose(data, tmp_path / "stick")
        made = Seen(window, desk, tmp_path)
        made.type()
        made.export()
        yield made
        walk.instrument.stop()
        window.close()
        store.close()


def _of(place: str, layer: str = "") -> Callable[[Call], bool]:
    """Whether a call opens, writes or makes durable something there."""
    kinds = {"open", "write", "sync"}
    return lambda call: place in f"/{call.path}" and call.kind in kinds and call.layer.startswith(layer)


ACTS: dict[str, tuple[Callable[[Seen], None], str, Callable[[Call], bool]]] = {
    "saving": (Seen.type, SAVED, _of("/pilotdesk-data/pilotdesk.db", "sqlite")),
    "backup": (Seen.back_up, BACKUP, _of("/pilotdesk-data/backups/")),
    "second place": (Seen.back_up, SECOND, _of("/stick/")),
    "export": (Seen.export, EXPORT, _of("/out/")),
}


def _numbers(
    walk: Walk, seen: Seen, act: Callable[[Seen], None], concerns: Callable[[Call], bool]
) -> list[int]:
    """The first and the middle one of the calls that concern what is done."""
    walk.instrument.start(seen.root)
    act(seen)
    walk.instrument.stop()
    count = sum(map(concerns, walk.instrument.calls))
    assert count
    return [0, count // 2]


@pytest.mark.parametrize("fault", ["disk_full", "read_only", "broken"])
@pytest.mark.parametrize("name", ACTS)
def test_trouble_turns_the_bar_red_and_the_button_green(
    qtbot: QtBot, seen: Seen, walk: Walk, name: str, fault: str
) -> None:
    act, promise, concerns = ACTS[name]
    for at in _numbers(walk, seen, act, concerns):
        assert not seen.is_red
        walk.instrument.start(seen.root, BY_NAME[fault], at, concerns)
        act(seen)
        assert walk.instrument.struck
        walk.instrument.stop()
        assert seen.is_red
        assert promise in seen.bar._broken
        text, sentence = seen.bar._trouble_text.text(), seen.bar._trouble.toolTip()
        assert text
        assert sentence.endswith("。")
        assert seen.bar._remedy.text() == PROMISES[promise].remedy
        if promise == SECOND:  # its button shows the place; the copy itself is tried again with the next one
            seen.desk.second_changed()
        else:
            qtbot.mouseClick(seen.bar._remedy, Qt.MouseButton.LeftButton)
        assert not seen.is_red
    if promise == SECOND:
        assert second_place(seen.desk.data_folder).copied


def test_a_locked_database_turns_the_bar_red(seen: Seen, walk: Walk) -> None:
    walk.instrument.start(seen.root)
    seen.type()
    walk.instrument.stop()
    at = next(at for at, call in enumerate(walk.instrument.calls) if call.kind == "lock")
    walk.instrument.start(seen.root, BY_NAME["locked"], at)
    seen.type()
    walk.instrument.stop()
    assert seen.is_red
    assert seen.window.workspace.autosave.is_pending
    seen.window.workspace.flush()
    assert not seen.is_red


def _codes() -> list[str]:
    """Every code with a sentence that stands in the source of the store, its copies and what writes files."""
    found: set[str] = set()
    for file in (*(PROGRAM / "drafts").glob("*.py"), PROGRAM / "atomic.py"):
        if not file.stem.startswith(NO_STORE):
            constants = (
                node
                for node in ast.walk(ast.parse(file.read_text("utf-8")))
                if isinstance(node, ast.Constant)
            )
            found |= {node.value for node in constants if isinstance(node.value, str)} & SENTENCES.keys()
    return sorted(found - NOT_OF_WRITING)


def _trouble(code: str) -> PilotDeskError:
    words = {name: "D" for name in re.findall(r"\{(\w+)\}", SENTENCES[code])}
    return (StoreError if code.startswith(("store", "backup")) else ExportError)(code, **words)


def test_the_codes_are_found() -> None:
    assert {
        "store_full",
        "store_busy",
        "store_damaged",
        "disk_full",
        "backup_unsound",
        "copy_differs",
    } <= set(_codes())


@pytest.mark.parametrize("code", _codes())
def test_every_code_of_store_and_copies_turns_the_bar_red(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    trouble = _trouble(code)

    def refuse(*_given: object, **_named: object) -> None:
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(seen.window._store, "save", refuse)
        seen.type()
        assert seen.is_red
        assert SAVED in seen.bar._broken
    seen.window.workspace.flush()
    assert not seen.is_red
    with monkeypatch.context() as broken:
        broken.setattr("pilotdesk.ui.safety.desk.back_up", refuse)
        seen.back_up()
        assert seen.is_red
        assert (HEALTH if code == "store_damaged" else BACKUP) in seen.bar._broken
