"""An official document to be drafted: lines at the left, the sheet as it will read at the right.

In a narrow window the sheet lies behind a button. What is typed is kept in the desk's file while it is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.begun_line import BegunLine
from pilotdesk.ui.desk.paper_dialog import PaperDialog
from pilotdesk.ui.desk.paper_form import PaperForm
from pilotdesk.ui.desk.paper_sheet import PaperSheet
from pilotdesk.ui.desk.paper_target import PaperTarget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.review.outputs.official_records import Paper
    from pilotdesk.ui.desk.office import Office

WIDTH: Final = 1080
HIGH: Final = 760
NARROW: Final = 860
"""Below this width of the dialog, at 标准 type, form and sheet do not stand side by side."""
SEE, BACK = "看样子", "接着填"
_LATE_MS: Final = 200


class OfficialDialog(PaperDialog):
    """What both documents have in common.

    Args:
        name: of the document, for what was typed.
        endings: of the files.

    Attributes:
        form: the lines. sheet: the document. see: shows the one or the other in a narrow window.
        begun: says that it was begun before.
    """

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        *,
        name: str,
        title: str,
        text: str,
        start: str,
        endings: Sequence[str],
    ) -> None:
        look = office.look
        target = PaperTarget(look, office.folder, title, endings)
        super().__init__(
            parent,
            office,
            title=title,
            text=text,
            icon="rubber-stamp",
            start=start,
            target=target,
            width=WIDTH,
            high=HIGH,
        )
        self._name = name
        self.form = PaperForm(look, office.clock.today())
        self.sheet = PaperSheet()
        self.blanks = WrappedLabel(look, "", "small", "warn")
        self._sheet_area = QScrollArea()
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self.show_sheet)
        self.add_lines()
        self._at_first = self.form.typed()
        self.begun = BegunLine(look, office.kept, name)
        self.begun.changed.connect(self.show_typed)
        self.show_typed(office.kept.typed(name))
        self._put_together()
        for changed in self.form.signals():
            changed.connect(self.on_typed)
        self.show_sheet()

    def _put_together(self) -> None:
        """Form and sheet side by side where there is room."""
        for day in self.form.days():
            day.returnPressed.connect(self.start.click)
        self.finished.connect(self._late.stop)  # the desk that it would read may be closed by then
        self.asked.addWidget(self.form)
        if self.is_low:  # below the lines, or there would be room for one of them
            self.body.removeWidget(self.target)
            self.asked.addWidget(self.target)
        self.asked.addStretch(1)
        area = self._sheet_area
        area.setWidgetResizable(True)
        area.setWidget(self.sheet)
        area.setAccessibleName("公文样子")
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(area, 1)
        right.addWidget(self.blanks)
        at = self.body.indexOf(self._scroll)
        self.body.removeWidget(self._scroll)
        self._pair = QWidget()
        pair = QHBoxLayout(self._pair)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(16)
        pair.addWidget(self._scroll, 10)
        pair.addWidget(self._right, 11)
        self.body.insertWidget(at, self.begun)
        self.body.insertWidget(at + 1, self._pair, 1)
        self.see = Button(self.look, SEE, icon="eye")
        self.see.clicked.connect(self._on_see)
        self._buttons.insertWidget(0, self.see)
        self._narrow = self.is_low or self.width() < self.look.scaled(NARROW)
        self.see.setVisible(self._narrow)
        self._right.setVisible(not self._narrow)

    # -- what each document gives ----------------------------------------------------------------

    def add_lines(self) -> None:
        """Put the lines into the form."""
        raise NotImplementedError

    def paper(self) -> Paper:
        """What the document says now.

        Raises:
            PilotDeskError: it cannot be made of what was typed.
        """
        raise NotImplementedError

    def stem(self) -> str:
        """Name of its file."""
        raise NotImplementedError

    # -- what happens ----------------------------------------------------------------------------

    def show_sheet(self) -> None:
        """Show how it reads now, and how much is left to the clerk."""
        try:
            paper = self.paper()
        except PilotDeskError as trouble:
            self.blanks.set_text(str(trouble))
            return
        self.sheet.show_paper(paper)
        count = len(paper.blanks)
        self.blanks.set_text(f"标黄的 {count} 处还没填，可以存好以后在 Word 里补。" if count else "")
        self.target.set_stem(self.stem())

    def on_typed(self) -> None:
        """Something was typed or chosen: it is kept, and stands on the sheet."""
        self._late.start()
        self.keep_typed()

    def keep_typed(self) -> None:
        """See :class:`PaperDialog`."""
        self.office.kept.write(self._name, self.typed())

    def first_editor(self) -> QWidget:
        """See :class:`PaperDialog`."""
        return next(iter(self.form.lines.values()))

    def typed(self) -> Mapping[str, str]:
        """What was typed, for the next time; what stood there anyway may be another thing then."""
        return {name: text for name, text in self.form.typed().items() if text != self._at_first[name]}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show what was typed before; what is not named stands there as it would without."""
        self.form.show_typed({**self._at_first, **typed})

    def _on_see(self) -> None:
        shown = self._right.isHidden()
        if shown:
            self.show_sheet()
        self._right.setVisible(shown)
        self._scroll.setVisible(not shown)
        self.see.set_text(BACK if shown else SEE)

    def _show_asked(self, *, shown: bool) -> None:
        super()._show_asked(shown=shown)
        self._pair.setVisible(shown)
        self.begun.hide()
        if shown:
            self.begun.show_state()
        self.see.setVisible(shown and self._narrow)
        if shown and self._narrow and not self._right.isHidden():
            self._scroll.hide()
