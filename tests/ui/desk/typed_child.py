"""Types into a paper's dialog in a window of its own, and is killed the moment the words are stored."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pilotdesk.ui.desk.official_dialog import OfficialDialog
from pilotdesk.ui.desk.outputs_menu import OutputsMenu
from pilotdesk.ui.look.theme import Look, Theme
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.ui.conftest import Said
from tests.ui.desk.kit import sit_at


def killed(_time: str) -> None:
    print("stored", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    app = QApplication(["typed", "-style", "Fusion"])
    sitting = sit_at(Path(sys.argv[1]))
    page = QWidget()
    page.resize(1366, 697)
    page.show()
    menu = OutputsMenu(
        page, Look(app, Theme()), sitting, clock=sitting.clock, runner=TaskRunner(page), toasts=Said()
    )
    getattr(menu, sys.argv[2])()
    sitting.kept.connect(killed)
    (dialog,) = page.findChildren(OfficialDialog)
    editor = dialog.form.lines[sys.argv[3]]
    editor.setFocus()
    QTest.keyClicks(editor, "typed, then killed")
    app.exec()


if __name__ == "__main__":
    main()
