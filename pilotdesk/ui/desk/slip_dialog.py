"""退回单: all that are to be sent back, each notice as it will read, and what went out once more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.review.outputs.storing import Stored, free_stem
from pilotdesk.review.slips.asking import asks_at, asks_in, open_points, sent_already, to_return
from pilotdesk.review.slips.giving_out import Going, give_out, slip_name
from pilotdesk.review.slips.return_slip import Sender, slip_of
from pilotdesk.ui.components.basic import Button, Surface, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.paper_dialog import (
    PaperDialog,
    caption,
    day_of,
    remarks_card,
    stored_card,
)
from pilotdesk.ui.desk.paper_target import PaperTarget
from pilotdesk.ui.desk.slip_card import SlipCard
from pilotdesk.ui.dialogs.asking import scrolled
from pilotdesk.ui.start.dates_dialog import DayEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.records import Finding
    from pilotdesk.review.slips.asking import Sent
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

TITLE: Final = "退回单"
TEXT: Final = "一件一个文件夹：单位用程序打开的文件，和打印的告知单（Word、PDF）。"
STORED: Final = "{count} 张退回单，一件一个文件夹，一共 {files} 个文件。{noted}"
UNNOTED: Final = "退回单存好了，审核台里没有记上，原因在窗口最下面。能存的时候请再出一次，用后一次的。"
NOTED: Final = "审核台里已经记上，再报来的会和这次的意见对照。"
NONE_LEFT: Final = "没有要退回的。在右边把要点点成“补正”，或另下结论“退回”，这里就有了。"
NONE_SENT: Final = "还没有发过退回单。"
LOOK_ONLY: Final = "现在只能看，不能发新的退回单；发过的可以再存一份。"
WIDTH: Final = 720
HIGH: Final = 660
_KEPT: Final = "slips"
"""Under this name day and whom to ask are kept."""


class SentSlips(Stored, frozen=True):
    """What was stored, and the slips in it."""

    gone: tuple[Going, ...] = ()


class SlipDialog(PaperDialog):
    """Asks which ones, what of each, until when, and whom the units can ask.

    Attributes:
        cards: of what is listed: by the key of the submission, and of slips that went out by their number in words.
        new, again: which ones are listed: to be sent back, or sent already. due, contact: the editors.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        stem = free_stem(office.folder, f"{TITLE}_{office.clock.today():%Y%m%d}", ("",))
        target = PaperTarget(office.look, office.folder, stem, ("",))
        super().__init__(
            parent,
            office,
            title=TITLE,
            text=TEXT,
            icon="send",
            start="出退回单",
            target=target,
            width=WIDTH,
            high=HIGH,
        )
        rows = office.sitting.rows.values()
        self._new = to_return(rows)
        self._sent = sent_already(office.sitting.desk, rows)
        self.cards: dict[str, SlipCard] = {}
        self._waiting: list[SlipCard] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._read_one)
        look = office.look
        self.new = Button(look, f"要退回 {len(self._new)}", "filter", small=True)
        self.again = Button(look, f"发过的 {len(self._sent)}", "filter", small=True)
        self.due = DayEntry(look, office.clock.today(), "哪天前改好再报")
        self.contact = QLineEdit()
        self.contact.setMaxLength(100)
        self.contact.setPlaceholderText("如：王敏，0791-80000512")
        self.said = WrappedLabel(look, "", "body", "text2")
        self._add_fields()
        self._show(again=not self._new and bool(self._sent))

    def first_editor(self) -> QWidget:
        """See :class:`PaperDialog`."""
        return self.again if self.is_again else self.due

    def _add_fields(self) -> None:
        self.new.clicked.connect(partial(self._show, again=False))
        self.again.clicked.connect(partial(self._show, again=True))
        settings = self.office.sitting.desk.settings()
        named = "，".join(filter(None, (settings.get("contact", ""), settings.get("phone", ""))))
        self._at_first = {"due": "", "contact": named}
        stands = {**self._at_first, **self.office.kept.typed(_KEPT)}
        self.due.returnPressed.connect(self._on_due)
        self.due.setText(stands["due"])
        self.contact.setText(stands["contact"])
        for editor in (self.due, self.contact):
            editor.textChanged.connect(self.keep_typed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for column, (words, editor) in enumerate(
            (("哪天前改好再报", self.due), ("单位有不清楚的，问谁", self.contact))
        ):
            grid.addWidget(caption(words, editor), 0, column)
            grid.addWidget(editor, 1, column)
            grid.setColumnStretch(column, 2 + column)
        self.asked.addLayout(grid)
        self.asked.addLayout(row(self.new, self.again, None, spacing=6))
        self.asked.addWidget(self.said)
        self.asked.addStretch(1)

    def _on_due(self) -> None:
        """Enter goes on to the next line: what goes out is noted, so nothing goes out before somebody is through with it."""
        try:
            self._day()
        except ExportError as trouble:
            self.show_trouble(str(trouble))
            self.due.setFocus()
            return
        self.trouble.hide()
        self.contact.setFocus()

    # -- what is listed --------------------------------------------------------------------------

    @property
    def is_again(self) -> bool:
        """Whether slips that went out are given out once more."""
        return self.again.isChecked()

    def _show(self, *, again: bool) -> None:
        self.new.setChecked(not again)
        self.again.setChecked(again)
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        if again:
            self.cards = {one.slip.slip: self._card(one.line, one) for one in self._sent}
        else:
            self.cards = {line.key: self._card(line) for line in self._new}
        held = self.office.sitting.is_look_only and not again
        said = LOOK_ONLY if held else "" if self.cards else NONE_SENT if again else NONE_LEFT
        self.said.set_text(said)
        self.said.setVisible(bool(said))
        for editor in (self.due, self.contact):
            editor.setEnabled(not again)
        self._waiting = list(self.cards.values())
        self._turn.start()
        self._check()
        self.settle()

    def _card(self, line: DeskRow, sent: Sent | None = None) -> SlipCard:
        card = SlipCard(self.look, line, sent)
        card.changed.connect(self._check)
        card.shown.connect(partial(self._on_card_shown, card))
        self.asked.insertWidget(self.asked.count() - 1, card)
        return card

    def _on_card_shown(self, card: SlipCard) -> None:
        """Lines that were folded out come to the top: in a low window only a few of them can be seen."""
        self.settle()
        if card.is_open:
            bar = self._scroll.verticalScrollBar()
            QTimer.singleShot(0, card, lambda: bar.setValue(card.y()))

    def _read_one(self) -> None:
        """One at a time: each takes a moment, and there may be a hundred."""
        if self._waiting:
            self._read(self._waiting.pop(0))
            self._turn.start()
        else:
            self.settle()

    def _read(self, card: SlipCard) -> None:
        desk, line = self.office.sitting.desk, card.line
        try:
            if card.sent is not None:
                slip = desk.slip(line.key, card.sent.slip.slip)
                card.show_asks(asks_in(slip) if slip else ())
            else:
                round_name = self.office.sitting.pack.round.name
                card.show_asks(asks_at(desk, line.key), open_points(line, round_name))
        except PilotDeskError as trouble:
            card.show_trouble(str(trouble))
        self._check()

    def _check(self) -> None:
        """The way on is open once something is to be written."""
        count = sum(card.is_wanted for card in self.cards.values())
        held = self.office.sitting.is_look_only and not self.is_again
        self.start.setEnabled(bool(count) and not held)
        self.start.setToolTip("" if count and not held else LOOK_ONLY if held else "先勾选要退回哪几件")
        words = f"再存 {count} 张" if self.is_again else f"出 {count} 张退回单"
        self.start.set_text(words if count else "出退回单")

    # -- writing ---------------------------------------------------------------------------------

    def keep_typed(self) -> None:
        """See :class:`PaperDialog`."""
        typed = {"due": self.due.text().strip(), "contact": self.contact.text().strip()}
        self.office.kept.write(
            _KEPT, {name: text for name, text in typed.items() if text != self._at_first[name]}
        )

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        while self._waiting:
            self._read(self._waiting.pop(0))
        wanted = [card for card in self.cards.values() if card.is_wanted]
        folder = self.target.folder / self.target.stem
        make = self._again_of(wanted) if self.is_again else self._new_of(wanted)
        path = self.office.sitting.desk.path

        def work(progress: Progress) -> SentSlips:
            from pilotdesk.review.desk.looking import desk_looked_at

            progress(0, len(wanted))
            with desk_looked_at(path) as desk:
                going = make(desk)
            given = give_out(going, folder, progress)
            return SentSlips(given.folder, given.files, given.troubles, given.gone)

        return work

    def _new_of(self, wanted: Sequence[SlipCard]) -> Callable[[DeskReading], list[Going]]:
        desk = self.office.sitting.desk
        sender = Sender(
            bureau=desk.settings()["bureau"],
            reviewer=desk.who,
            contact=self.contact.text().strip(),
            on=self.office.clock.today(),
            due=self._day(),
        )
        chosen: list[tuple[DeskRow, tuple[Finding, ...]]] = [
            (card.line, tuple(one.finding for one in card.chosen)) for card in wanted
        ]

        def make(reading: DeskReading) -> list[Going]:
            return [
                Going(
                    key=line.key,
                    number=line.number,
                    name=slip_name(line, reading.returned_slips(line.key)),
                    slip=slip_of(reading.submission(line.key), findings, sender, handing=line.handed),
                )
                for line, findings in chosen
            ]

        return make

    def _day(self) -> date | None:
        """By when it is wanted again.

        Raises:
            ExportError: ``day_unread``; ``due_past``.
        """
        due = day_of(self.due)
        if due is not None and due < self.office.clock.today():
            raise ExportError("due_past", day=f"{due.month}月{due.day}日")
        return due

    def _again_of(self, wanted: Sequence[SlipCard]) -> Callable[[DeskReading], list[Going]]:
        sent = [(card.line, card.sent.slip.slip) for card in wanted if card.sent is not None]

        def make(reading: DeskReading) -> list[Going]:
            kept = [(line, name, reading.slip(line.key, name)) for line, name in sent]
            return [
                Going(key=line.key, number=line.number, name=name, slip=slip)
                for line, name, slip in kept
                if slip is not None
            ]

        return make

    def _on_stored(self, stored: Stored) -> None:
        """Note what went out, then show what was stored."""
        if isinstance(stored, SentSlips) and not self.is_again:
            gone = [(one.key, one.name, one.slip) for one in stored.gone]
            if not self.office.sitting.send_back(gone):
                stored = replace(stored, remarks=(UNNOTED, *stored.remarks))
        super()._on_stored(stored)

    def _outcome_of(self, stored: Stored) -> QWidget:
        """How many, and whether the desk knows of them: names would be three of each."""
        card = stored_card(self.office, ())
        count = len(stored.gone) if isinstance(stored, SentSlips) else 0
        noted = "" if self.is_again or UNNOTED in stored.remarks else NOTED
        said = STORED.format(count=count, files=len(stored.files), noted=noted)
        card.body.addWidget(WrappedLabel(self.look, said, "small", "text"))
        card.body.addWidget(WrappedLabel(self.look, f"在 {stored.folder}", "small", "text2"))
        if not stored.remarks:
            return card
        ground = Surface("bg")
        cards = QVBoxLayout(ground)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(card)
        cards.addWidget(remarks_card(self.office, stored.remarks))
        cards.addStretch(1)
        area = scrolled(ground, "存好的退回单", self.look.scaled(150))
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area
