"""只看改动: what another round of handing in changed, and what it was asked to change and did not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout

from pilotdesk.review.checking.answered import ANSWERS
from pilotdesk.review.desk.sight import place_words, sight_of
from pilotdesk.review.intake.packs import points_for
from pilotdesk.ui.components.basic import Surface
from pilotdesk.ui.desk.changes_words import ChangesShown, changes_html

if TYPE_CHECKING:
    from pilotdesk.review.desk.records import Dossier, Opinion
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Progress, Runner, Task


class ChangesView(Surface):
    """Compares the latest round with the one before.

    Signals:
        place_wanted: the material is to be shown at a path.
        say_wanted: something is to be said of a place.
    """

    place_wanted = Signal(str)
    say_wanted = Signal(str)

    def __init__(self, look: Look, sitting: Sitting, *, runner: Runner) -> None:
        super().__init__("surface")
        self._look = look
        self._sitting = sitting
        self._runner = runner
        self._task: Task | None = None
        self._shown: ChangesShown | None = None
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # keys are commands here
        self.text.setAccessibleName("改动")
        self.text.setProperty("bare", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 0, 0)
        layout.addWidget(self.text)
        self.text.anchorClicked.connect(self._on_link)
        look.changed.connect(self._write)

    def show_one(self, dossier: Dossier) -> None:
        """Show what the latest round of a submission changed."""
        last = dossier.history[-1]
        here = last.number
        words = f"第 {here} 次报来，和第 {here - 1} 次比，改了 {len(last.changed)} 处"
        shown = ChangesShown(
            title=words if here > 1 else "这是第一次报来，没有改动可看",
            changed=last.changed,
            wanted=tuple(
                (one, self._words_of(dossier, one)) for one in dossier.opinions if one.number == here - 1
            ),
            answers=tuple(one for one in dossier.submission.findings if one.code in ANSWERS),
        )
        if shown != self._shown:
            self._shown = shown
            self._write()

    def _words_of(self, dossier: Dossier, opinion: Opinion) -> str:
        submission = dossier.submission
        sight = sight_of(dossier, points_for(submission.round, submission.form, submission.source))
        form = self._sitting.pack.forms[submission.form]
        return place_words(opinion.place, sight, form, submission.values)

    def _write(self) -> None:
        if self._shown is None:
            return
        if self._task is not None:
            self._task.cancel()
        work = partial(_html_of, self._shown, self._look)
        self._task = self._runner.run(work, self.text.setHtml)

    def _on_link(self, url: QUrl) -> None:
        action, _, path = url.toString().partition(":")
        if action == "more" and self._shown is not None:
            self._shown = msgspec.structs.replace(self._shown, at_once=len(self._shown.changed))
            self._write()
        elif action == "see":
            self.place_wanted.emit(path)
        elif action == "say":
            self.say_wanted.emit(path)


def _html_of(shown: ChangesShown, look: Look, progress: Progress) -> str:
    progress(0, 0)
    return changes_html(shown, look.theme)
