"""A program that is going to be killed: the real window, with somebody who types into it at random.

Run as ``python -m tests.kill.child SEED GOAL`` on a data directory of its own (``PILOTDESK_DATA``). Everything that a person
at this window could know goes to standard output, a line of JSON each, at the moment when it is so: what was typed and when,
what the safety bar acknowledged and when, what is being done. A pipe keeps what was written when the process is gone.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk import app as program
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.stored_json import value_text
from pilotdesk.ui.safety import desk as safety_desk
from pilotdesk.ui.window import unclean_end
from tests.kill.plain import flat

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.forms.values import Value
    from pilotdesk.session import Change
    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.ui.window.workspace import Workspace

BEAT_MS = 20


class Journal:
    """Writes a line at once; ``t`` is the clock that only goes forward and that all processes share."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._encoder = msgspec.json.Encoder()
        self._lock = threading.Lock()

    def write(self, kind: str, **rest: object) -> None:
        with self._lock:
            line = self._encoder.encode({"k": kind, "t": time.monotonic(), **rest}) + b"\n"
            while line:
                line = line[os.write(self._descriptor, line) :]

    def phase(self, name: str) -> None:
        self.write("phase", name=name)

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, told when it begins and when it is done."""

        def told(*given: Any, **named: Any) -> Any:
            self.write("begins", name=name)
            result = work(*given, **named)
            self.write("ends", name=name)
            return result

        return told

    def typed(self, path: str, value: Value) -> None:
        """What stands on the screen at a path, read as the program reads it."""
        self.write("typed", path=path, v=value_text(value))


class Witness:
    """Tells the journal what the open draft is from the start, every change of it, and every acknowledgement.

    Tables are taken apart: ``table`` has the ids of its rows in their order, and every cell is a path of its own.
    """

    def __init__(self, journal: Journal, workspace: Workspace) -> None:
        self._journal = journal
        self.workspace = workspace
        self.session = workspace.session
        self._shown: dict[str, dict[str, str]] = {}
        journal.write("draft", id=self.session.identity.draft_id)
        for name, field in self.session.form.fields.items():
            if field.columns:
                self._shown[name] = flat(name, self.session.rows(name))
        self._end = self.session.subscribe(self._on_change)
        assert workspace.autosave is not None
        workspace.autosave.saved.connect(self._on_saved)
        workspace.autosave.broken.connect(self._on_broken)

    def _on_change(self, change: Change) -> None:
        tables = set(change.tables)
        for path in sorted(change.paths):
            table = path.partition("[")[0]
            if table != path:
                tables.add(table)
            elif not self.session.field(path).calculation and path not in self._shown:
                self._journal.typed(path, self.session.value(path))
        for table in sorted(tables):
            self._tell_table(table)

    def _tell_table(self, table: str) -> None:
        field = self.session.field(table)
        if field.calculation:
            return
        worked_out = {column.name for column in field.columns if column.calculation}
        before, now = self._shown.get(table, {}), flat(table, self.session.rows(table))
        self._shown[table] = now
        for path in {**before, **now}:
            if before.get(path) != now.get(path) and path.rpartition(".")[2] not in worked_out:
                self._journal.write("typed", path=path, v=now.get(path, "null"))

    def _on_saved(self, stamp: str) -> None:
        """The bar was told before us: what counts is what it shows."""
        bar = self.workspace.shell.safety
        if stamp not in bar.saved.text():
            self._journal.write("wrong", words=f"the bar shows {bar.saved.text()!r} at {stamp}")
        if not bar.saved.isHidden():
            self._journal.write("saved")

    def _on_broken(self, sentence: str, _since: str) -> None:
        self._journal.write("wrong", words=f"not saved: {sentence}")


class Child:
    """The window of one life, and who works in it until the process is killed or closes it."""

    def __init__(self, seed: str, goal: str) -> None:
        self.rng = random.Random(seed)
        self.goal = goal
        self.journal = Journal(1)
        self._window: MainWindow | None = None
        self._script: Any = None

    def live(self) -> int:
        journal, rng = self.journal, self.rng
        make, look_back = program._make_window, unclean_end.look_back

        def caught(*given: Any) -> Any:
            made = make(*given)
            self._window = made[0]
            sys.excepthook = (
                self._on_crash
            )  # the program's own asks what to do, and nobody is there to answer
            self._start_beats()
            return made

        def looked_back(*given: Any) -> None:
            look_back(*given)
            self._soon(self._begin)

        program._make_window, unclean_end.look_back = caught, looked_back
        DraftStore.save = journal.around("commit", DraftStore.save)  # type: ignore[method-assign]
        safety_desk.make_backup = journal.around("backup", safety_desk.make_backup)
        sys.excepthook = self._on_crash
        journal.phase("start")
        code = program.run_window(sample=rng.random() < 0.5)
        journal.phase("closed")
        return code

    # -- machinery -------------------------------------------------------------------------------

    def _start_beats(self) -> None:
        from PySide6.QtCore import QTimer

        def beat() -> None:
            self.journal.write("beat", cpu=time.process_time())

        self._beats = QTimer(interval=BEAT_MS)
        self._beats.timeout.connect(beat)
        self._beats.start()

    def _soon(self, call: Any, ms: int = 0) -> None:
        from PySide6.QtCore import QTimer

        assert self._window is not None
        QTimer.singleShot(ms, self._window, call)

    def _begin(self) -> None:
        """The program stands: say what it says of its last end, then work."""
        from tests.kill.typist import Typist

        window = self._window
        assert window is not None
        if window.opening.view is not None:
            self._soon(self._begin, 5)
            return
        notices = [] if window.workspace is None else seen_notices(window)
        self.journal.write("stands", notices=notices)
        self._script = Typist(window, self.journal, self.rng, self.goal).work()
        self._go_on()

    def _go_on(self) -> None:
        """One act after the other, as the event loop gets to them."""
        from PySide6.QtWidgets import QApplication

        if QApplication.activeModalWidget() is not None:
            self.journal.write("wrong", words=f"it asks: {QApplication.activeModalWidget().windowTitle()}")
        pause = next(self._script, None)
        if pause is not None:
            self._soon(self._go_on, pause)

    def _on_crash(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        words = "".join(traceback.format_exception(kind, error, trace))
        self.journal.write("wrong", words=words)
        os._exit(70)


def seen_notices(window: MainWindow) -> list[str]:
    """The words of the strips over the pages that somebody at the window sees."""
    from PySide6.QtWidgets import QLabel

    from pilotdesk.ui.components.notice_strip import NoticeStrip

    strips = [strip for strip in window.findChildren(NoticeStrip) if strip.isVisible()]
    return [label.text() for strip in strips for label in strip.findChildren(QLabel) if label.text()]


if __name__ == "__main__":
    sys.exit(Child(sys.argv[1], sys.argv[2]).live())
