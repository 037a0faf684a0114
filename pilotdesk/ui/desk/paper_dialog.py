"""The dialog in which a paper of the desk is made: what has to be known, where it goes, how far it is, what was stored.

Making it happens on the runner's thread, with a look at the desk's file of its own; the window goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.ui.components.basic import Button, Card, Label, Surface, SymbolLabel, row
from pilotdesk.ui.components.progress import ProgressPanel
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.office import open_place
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.desk.paper_target import PaperTarget
    from pilotdesk.ui.start.dates_dialog import DayEntry
    from pilotdesk.ui.tasks.worker import Progress, Task

WIDTH: Final = 560
DAY_WIDTH: Final = 240
"""Of a line for a day that stands beside its label."""
LOW: Final = 480
"""A window below this height leaves out what can be done without."""
LEAVE: Final = "先不做"
RUNNING: Final = "取消了不留半个文件。放到后台，就可以接着用审核台。"
ASIDE: Final = "放到后台"
_SHOWN: Final = 6
"""Names of files that are told one by one."""


class PaperDialog(Dialog):
    """What all these dialogs have in common; each gives its editors and its :meth:`order`.

    Args:
        parent: the page.
        office: what it is made with.
        title: what is made. text: what for. icon: beside the title.
        start: words of the button that makes it. leave: of the one that does not.
        target: where it goes.
        width: at 标准 type, px; no wider than the window.
        high: height while it asks, at 标准 type, px, as far as the window has it; 0 for what is asked.

    Attributes:
        asked: layout that the editors go into; it scrolls in a low window.
        start, leave: the buttons. aside: hides it while it works; it says when it is done.
        target: as given. about: what it is for; left out where a table needs the room.
        is_low: whether the window is one of a small screen.
        stored: what was made; ``None`` until then.
    """

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        *,
        title: str,
        text: str,
        icon: str,
        start: str,
        target: PaperTarget,
        width: int = WIDTH,
        high: int = 0,
        leave: str = LEAVE,
    ) -> None:
        look = office.look
        super().__init__(parent, look, title, "", icon)
        self.about = WrappedLabel(look, text, "body", "text2")
        self.body.addWidget(self.about)
        self.office = office
        self._window = parent.window()
        self._high = high
        self.is_low = self._window.height() < LOW
        self.about.setHidden(bool(high) and self.is_low)
        self.setFixedWidth(min(look.scaled(width), max(480, self._window.width() - 40)))
        self.target = target
        self.stored: Stored | None = None
        self._task: Task | None = None
        self.start = Button(look, start, "primary")
        self.leave = Button(look, leave)
        self.aside = Button(look, ASIDE)
        self.trouble = WrappedLabel(look, "", "small", "error")
        self.progress = ProgressPanel(look, f"正在{start}", RUNNING)
        self._ground = Surface("bg")
        self.asked = QVBoxLayout(self._ground)
        self.asked.setContentsMargins(0, 0, 8, 0)
        self.asked.setSpacing(6)
        self._outcome: QWidget | None = None
        self._scroll: QScrollArea = scrolled(self._ground, title, look.scaled(40))
        self._lay_out()
        self.finished.connect(self._on_finished)

    def _lay_out(self) -> None:
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.target)
        if self._high:
            self.target.stand_in_one_line()
        for one in (self.trouble, self.progress):
            one.hide()
            self.body.addWidget(one)
        self.progress.cancelled.connect(self._on_cancel)
        self.start.setDefault(True)
        self.start.clicked.connect(self._on_start)
        self.leave.clicked.connect(self.reject)
        self.aside.hide()
        self.aside.clicked.connect(self.hide)
        self._buttons = row(None, self.aside, self.leave, self.start)
        self.body.addLayout(self._buttons)

    def settle(self) -> None:
        """As high as what is shown needs, and no higher than the window; what is asked scrolls in the rest."""
        most = self._window.height() - (8 if self.is_low else 24)
        if self._high and self.progress.isHidden() and self._outcome is None:
            self.resize(self.width(), min(most, self.look.scaled(self._high)))
            return
        self.body.activate()
        self.asked.activate()
        needed = self.body.totalMinimumHeightForWidth(self.width())
        for area in filter(None, (self._scroll, self._outcome)):
            if isinstance(area, QScrollArea) and not area.isHidden():
                inside = area.width() if area.isVisible() else self.width() - 48
                needed += max(0, _height(area.widget(), inside) - area.minimumHeight())
        self.resize(self.width(), min(needed, most))

    def open(self) -> None:
        """Qt: as high as it needs, the focus on the first editor, and where there is none on what makes it."""
        self.settle()
        super().open()
        self.first_editor().setFocus()
        QTimer.singleShot(0, self, self.settle)  # labels know their height once they are polished

    # -- what each dialog gives ------------------------------------------------------------------

    def order(self) -> Callable[[Progress], Stored]:
        """What makes and stores the paper, for the thread; it holds no widget.

        Raises:
            PilotDeskError: it cannot be made of what was asked.
        """
        raise NotImplementedError

    def first_editor(self) -> QWidget:
        """What has the focus at first."""
        return self.start

    def keep_typed(self) -> None:
        """Keep what was typed for the next time, a moment after it was."""

    # -- what happens ----------------------------------------------------------------------------

    def _on_start(self) -> None:
        try:
            order = self.order()
        except PilotDeskError as trouble:
            self.show_trouble(str(trouble))
            return
        self.trouble.hide()
        self._show_asked(shown=False)
        self.progress.show_progress("正在准备", None)
        self.progress.show()
        self.settle()
        self._task = self.office.runner.run(
            order, self._on_stored, failed=self._on_failed, progress=self._on_progress
        )

    def _show_asked(self, *, shown: bool) -> None:
        for one in (self._scroll, self.target, self.start, self.leave):
            one.setVisible(shown)
        self.aside.setVisible(not shown)

    def _on_progress(self, done: int, total: int) -> None:
        where = f"第 {min(done + 1, total)} 个，共 {total} 个" if total > 1 else "正在存"
        self.progress.show_progress(where, 100 * done / total if total > 1 else None)

    def _on_cancel(self) -> None:
        self._stop()
        self._ask_again()

    def _stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _on_finished(self) -> None:
        self._stop()
        self.keep_typed()
        self.office.kept.flush()

    def _ask_again(self) -> None:
        self.progress.hide()
        self._show_asked(shown=True)
        self.target.look_again()
        self.settle()
        self.start.setFocus()

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._task = None
        self._come_back()
        self.show_trouble(str(trouble))

    def _come_back(self) -> None:
        """Be there again after it was put aside."""
        if self.isHidden():
            self.open()

    def show_trouble(self, sentence: str) -> None:
        """Say why it is not made; one can change something and try again."""
        self._ask_again()
        self.trouble.set_text(sentence)
        self.trouble.show()
        self.settle()

    def _on_stored(self, stored: Stored) -> None:
        """The green card, in the place of what was asked."""
        self._task = None
        self.stored = stored
        self.office.typed["folder"] = str(self.target.folder)
        if self.isHidden() and not stored.remarks:
            self.office.say_stored(stored.files)
            self.accept()
            return
        self._come_back()
        self.progress.hide()
        self.aside.hide()
        self._outcome = self._outcome_of(stored)
        self.body.insertWidget(self.body.indexOf(self.progress), self._outcome, 1)
        opening = Button(self.look, "打开文件夹", "primary", icon="folder-open")
        opening.clicked.connect(self._on_open_folder)
        done = Button(self.look, "好了")
        done.clicked.connect(self.accept)
        buttons = [done, opening]
        if len(stored.files) <= 2:
            first = Button(self.look, "打开文件", icon="external-link")
            first.clicked.connect(self._on_open_file)
            buttons.insert(1, first)
        self._buttons.addStretch(0)
        for button in buttons:
            self._buttons.addWidget(button)
        opening.setDefault(True)
        opening.setFocus()
        self.settle()
        QTimer.singleShot(0, self, self.settle)

    def _outcome_of(self, stored: Stored) -> QWidget:
        ground = Surface("bg")
        cards = QVBoxLayout(ground)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(10)
        cards.addWidget(stored_card(self.office, stored.files))
        if stored.remarks:
            cards.addWidget(remarks_card(self.office, stored.remarks))
        cards.addStretch(1)
        area = scrolled(ground, "存好的文件", self.look.scaled(90))
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _on_open_folder(self) -> None:
        if self.stored is not None:
            open_place(self.stored.folder)

    def _on_open_file(self) -> None:
        if self.stored is not None:
            open_place(self.stored.files[0])


def stored_card(office: Office, files: Sequence[Path]) -> Card:
    """The green card with the time and the names; without files, who asks puts its own words there."""
    look = office.look
    card = Card("ok", margins=(14, 10, 14, 10))
    head = row(SymbolLabel(look, "circle-check-filled", "ok", 20))
    head.addWidget(WrappedLabel(look, f"**已存 {office.time}**", "group", "ok", line_em=1.3), 1)
    card.body.addLayout(head)
    for file in files[:_SHOWN]:
        card.body.addWidget(WrappedLabel(look, file.name, "small", "text"))
    if files:
        card.body.addWidget(WrappedLabel(look, f"在 {files[0].parent}", "small", "text2"))
    if len(files) > _SHOWN:
        card.body.addWidget(WrappedLabel(look, f"一共 {len(files)} 个文件。", "small", "text2"))
    return card


def remarks_card(office: Office, remarks: Sequence[str]) -> Card:
    """The amber card: what is still to be done by hand."""
    look = office.look
    card = Card("warn", margins=(12, 8, 12, 8))
    for remark in remarks:
        line = row(spacing=8)
        line.addWidget(SymbolLabel(look, "alert-triangle-filled", "warn", 17), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(look, remark, "small", "warn"), 1)
        card.body.addLayout(line)
    return card


def caption(text: str, editor: QWidget) -> Label:
    """A small label of an editor."""
    made = Label(text, "small", "text2")
    made.setBuddy(editor)
    if not editor.accessibleName():
        editor.setAccessibleName(text)
    return made


def _height(ground: QWidget, width: int) -> int:
    layout = ground.layout()
    if layout is None:
        return ground.sizeHint().height()
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )


def day_of(entry: DayEntry) -> date | None:
    """The day of a line; ``None`` for an empty one.

    Raises:
        ExportError: ``day_unread`` (typed).
    """
    if entry.is_unreadable:
        raise ExportError("day_unread", typed=entry.text())
    return entry.day


def paper_order(
    office: Office,
    target: PaperTarget,
    make: Callable[[DeskReading, str], tuple[dict[str, bytes], Sequence[str]]],
) -> Callable[[Progress], Stored]:
    """Makes papers of a second look at the desk, on the thread, and stores them.

    Args:
        office: has the desk.
        target: where to; asked now, not on the thread.
        make: with the desk and the name without its ending; gives name to bytes, and remarks.
    """
    path, folder, stem = office.sitting.desk.path, target.folder, target.stem

    def work(progress: Progress) -> Stored:
        from pilotdesk.review.desk.looking import desk_looked_at
        from pilotdesk.review.outputs.storing import store_papers

        progress(0, 1)
        with desk_looked_at(path) as desk:
            contents, remarks = make(desk, stem)
        progress(0, 1)
        return store_papers(folder, contents, remarks)

    return work
