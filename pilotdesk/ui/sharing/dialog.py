"""分工: which parts go to whom, by when; and who has what already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout

from pilotdesk.forms.date_codecs import DateCodec
from pilotdesk.projects.sharing import Wanted
from pilotdesk.projects.sharing_words import part_words
from pilotdesk.ui.components.basic import Button, Label, Surface
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.shares_table import KeptShare
    from pilotdesk.forms.model import Form
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 600
LONGEST: Final = 60
LONGEST_NOTE: Final = 300
WHAT: Final = "选几部分，存成一个文件发给他。他填好交回来，再并进这一份；您这边照样可以接着填。"
_CODEC: Final = DateCodec()


class ShareDialog(Dialog):
    """The parts with a tick each, and what is said along.

    Attributes:
        parts: the ticks, in the order of the form's steps.
    """

    def __init__(
        self, parent: QWidget, look: Look, form: Form, out: Sequence[KeptShare], begun: Wanted | None = None
    ) -> None:
        super().__init__(parent, look, "分工：请人填几部分", WHAT, "users")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        for kept in out:
            self.body.addWidget(WrappedLabel(look, share_words(form, kept), "small", "text2"))
        self._names = [step.name for step in form.steps]
        self.parts = [OptionRow(look, "tick", part_words(form, name)) for name in self._names]
        self.body.addWidget(self._list(), 1)
        self.person, self.note, self.due = QLineEdit(), QLineEdit(), QLineEdit()
        self.person.setMaxLength(LONGEST)
        self.note.setMaxLength(LONGEST_NOTE)
        self.person.setPlaceholderText("如：王工")
        self.due.setPlaceholderText("如：2026-6-12")
        self.body.addLayout(self._fields())
        self.trouble = Label("", "small", "error")
        self.body.addWidget(self.trouble)
        self.add_actions(("先不分", "选存到哪里"))
        buttons: list[Button] = list(self.findChildren(Button))
        self._go = buttons[-1]
        if begun is not None:
            self._fill(begun)
        self.due.textChanged.connect(self._check)
        self._check()
        self.grow_within(parent, look.scaled(220))

    def _fill(self, begun: Wanted) -> None:
        """Show what was chosen and typed before."""
        for name, option in zip(self._names, self.parts, strict=True):
            option.setChecked(name in begun.parts)
        self.person.setText(begun.person)
        self.note.setText(begun.note)
        self.due.setText(begun.due.isoformat() if begun.due else "")

    def _list(self) -> QScrollArea:
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 8)
        listed.setSpacing(2)
        for option in self.parts:
            option.toggled.connect(self._check)
            listed.addWidget(option)
        return scrolled(ground, "请他填哪几部分", self.look.scaled(64))

    def _fields(self) -> QGridLayout:
        # In one row: the fields one below the other leave no room for the parts in a low window.
        grid = QGridLayout()
        for column, (words, editor, stretch) in enumerate(
            (("交给谁", self.person, 3), ("哪天前交回", self.due, 2), ("要说的话", self.note, 4))
        ):
            caption = Label(words, "body", weight=500)
            caption.setBuddy(editor)
            editor.setAccessibleName(words)
            grid.addWidget(caption, 0, column)
            grid.addWidget(editor, 1, column)
            grid.setColumnStretch(column, stretch)
        return grid

    def _check(self) -> None:
        """The way on is open once a part is chosen and the day can be read."""
        legible = not self.due.text().strip() or self._day() is not None
        self.trouble.setText("" if legible else "日期看不懂，写成 2026-6-12 这样")
        self._go.setEnabled(legible and any(option.isChecked() for option in self.parts))

    def _day(self) -> date | None:
        read = _CODEC.parse(self.due.text())
        return read if isinstance(read, date) else None

    def answer(self) -> Wanted:
        """What was chosen and typed."""
        chosen = (name for name, option in zip(self._names, self.parts, strict=True) if option.isChecked())
        return Wanted(
            parts=tuple(chosen),
            person=self.person.text().strip(),
            note=self.note.text().strip(),
            due=self._day(),
        )


def share_words(form: Form, kept: KeptShare) -> str:
    """Who has what: ``王工：十、试点目标（要 6月12日 前交回）``."""
    share = kept.share
    parts = "；".join(part_words(form, name) for name in share.parts)
    if share.returned:
        state = f"{_day_words(share.returned[:10])}收回过"
    else:
        state = f"要 {_day_words(share.due)} 前交回" if share.due else "还没交回"
    return f"{share.person or '没写名字'}：{parts}（{state}）"


def _day_words(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.month}月{when.day}日"


def ask_share(
    parent: QWidget, look: Look, form: Form, out: Sequence[KeptShare], begun: Wanted | None = None
) -> Wanted | None:
    """Ask which parts go to whom, beginning with what was said before; ``None`` when it was left."""
    dialog = ShareDialog(parent, look, form, out, begun)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer() if dialog.chosen == 1 else None
