"""What came back from somebody: what will be taken over, and side by side what both changed, with a decision each.

Nothing is chosen beforehand, and the way on is closed until everything is decided.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout

from pilotdesk.drafts.compare import marked
from pilotdesk.drafts.merge_choices import Choice, both_kept
from pilotdesk.drafts.merge_texts import OPENING, is_open
from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.values import Attachment
from pilotdesk.projects.sharing_words import (
    came_words,
    codes_words,
    side_words,
    where_words,
    why_words,
)
from pilotdesk.ui.components.basic import Button, Card, Label, Surface, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import EXPLANATION_EM, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, ask_choice, scrolled
from pilotdesk.ui.editors import attachment as editors_attachment
from pilotdesk.ui.look.marked_text import mark_styles
from pilotdesk.ui.look.plain_text import escaped
from pilotdesk.ui.tasks.evidence_files import WriteOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.compare import Piece
    from pilotdesk.drafts.merge import Conflict
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.projects.sharing import Incoming
    from pilotdesk.ui.look.theme import Look

    Reader = Callable[[str], bytes]

WIDTH: Final = 760
MINE, THEIRS, BOTH, WRITE = "用我的", "用对方的", "都留下", "都留下，自己改"
LONG: Final = 120
"""Characters from which on a text shows what was changed in it, not all of it."""
AROUND: Final = 40
KEY: Final = "带下划线的是改成的，划掉的是原来的；没有改的长段落用“……”略去了，都还在。"
KEY_UNKNOWN: Final = "带下划线的是两边不一样的；一样的长段落用“……”略去了，都还在。"
OPEN_PLACES: Final = "写着“〔我的：……／对方的：……〕”的地方，两边改得不一样：请留下一种，括号也删去。"
NO_PROGRAM: Final = "这台电脑上没有程序能打开它。文件在 {path}。"
_TEXTS: Final = frozenset({"text", "longtext"})


class ConflictCard(Card):
    """One conflict: where, why, both sides, and the decision.

    Attributes:
        options: the decisions that make sense here, by their words. own: what is written instead, where it can be.

    Signals:
        decided: a decision was made or changed.
    """

    decided = Signal()

    def __init__(self, look: Look, form: Form, incoming: Incoming, one: Conflict, read: Reader) -> None:
        super().__init__(margins=(14, 10, 14, 10))
        self.conflict = one
        self._look, self._read = look, read
        self._both = _both_of(form, one)
        where = where_words(form, one, incoming.merged.values)
        self.body.addWidget(WrappedLabel(look, _plain(where), "body", "text"))
        self.body.addWidget(WrappedLabel(look, why_words(one, known=incoming.known), "small", "text2"))
        sides = _sides(look, form, incoming, one)
        self.body.addLayout(sides)
        self._trouble = WrappedLabel(look, "", "small", "warn")
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        if one.kind == "file":
            self._add_openers(sides)
        self.own: QPlainTextEdit | None = None
        self._open_places: WrappedLabel | None = None
        words = [MINE, THEIRS]
        if isinstance(self._both, str):
            words.append(WRITE)
        elif self._both is not None:
            words.append(BOTH)
        self.options = {word: OptionRow(look, "radio", word) for word in words}
        line = row(spacing=18)
        for word, option in self.options.items():
            option.setAccessibleName(f"{word}：{where}")
            option.toggled.connect(self._on_toggled)
            line.addWidget(option)
        line.addStretch(1)
        self.body.addLayout(line)
        if isinstance(self._both, str):
            self._add_own(self._both, where)

    def _add_own(self, both: str, where: str) -> None:
        self.own = QPlainTextEdit(both)
        self.own.setTabChangesFocus(True)
        self.own.setFixedHeight(self._look.scaled(84 if len(both) <= LONG else 148))
        self.own.setAccessibleName(f"自己写：{where}")
        self.own.textChanged.connect(self._on_own)
        self.own.hide()
        self.body.addWidget(self.own)
        self._open_places = WrappedLabel(self._look, OPEN_PLACES, "small", "warn")
        self.body.addWidget(self._open_places)
        self._open_places.hide()

    def _on_own(self) -> None:
        if self.own is not None and self._open_places is not None:
            waits = self.options[WRITE].isChecked() and is_open(self.own.toPlainText())
            self._open_places.setVisible(waits)
        self.decided.emit()

    def _add_openers(self, sides: QGridLayout) -> None:
        """Below every file the way into it: two of one name are told apart by nothing else."""
        for column, (whose, side) in enumerate(
            (("我的", self.conflict.here), ("对方的", self.conflict.there))
        ):
            for file in side if isinstance(side, tuple) else ():
                if isinstance(file, Attachment):
                    name = f"打开{whose}{file.file_name}"
                    opener = Button(self._look, "打开", "link", small=True, name=name)
                    opener.clicked.connect(partial(self._open, file))
                    sides.addWidget(opener, 2, column, Qt.AlignmentFlag.AlignLeft)

    def _open(self, file: Attachment) -> None:
        try:
            path = WriteOut(file, self._read)(_unheard)
        except PilotDeskError as trouble:
            said = str(trouble)
        else:
            said = "" if editors_attachment.open_file(path) else NO_PROGRAM.format(path=path)
        self._trouble.set_text(said)
        self._trouble.setVisible(bool(said))

    @property
    def is_begun(self) -> bool:
        """Whether somebody chose something, or wrote something of their own."""
        written = self.own is not None and self.own.toPlainText() != self._both
        return written or any(option.isChecked() for option in self.options.values())

    def _on_toggled(self) -> None:
        if self.own is not None:
            self.own.setVisible(self.options[WRITE].isChecked())
            if not self.own.textCursor().position():
                self.own.find(OPENING)  # the first place that waits is the one that is seen
        self._on_own()

    def choice(self) -> Choice | None:
        """The decision; ``None`` while there is none."""
        chosen = next((word for word, option in self.options.items() if option.isChecked()), "")
        if chosen in {MINE, THEIRS}:
            return Choice("here" if chosen == MINE else "there")
        if chosen == WRITE and self.own is not None:
            text = self.own.toPlainText()
            return Choice("here", own=text) if text.strip() and not is_open(text) else None
        return Choice("here", own=self._both) if chosen == BOTH else None


def _both_of(form: Form, one: Conflict) -> Value:
    """Both sides in one, where the field takes that; a line stays a line."""
    both = both_kept(one)
    if not isinstance(both, str):
        return both
    try:
        field = field_at(form, one.path)
    except KeyError:
        return None
    if field.type not in _TEXTS:
        return None
    return both if field.type == "longtext" else both.replace("\n", "；")


def _sides(look: Look, form: Form, incoming: Incoming, one: Conflict) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    sides = [("我的", one.here), (incoming.person or "对方的", one.there)]
    if incoming.known and (one.kind in {"value", "person"} or (one.base and one.kind in {"row", "file"})):
        sides.append(("原来的", one.base))
    marks = _marks(look, one, known=incoming.known)
    for column, (head, value) in enumerate(sides[: len(marks)] if marks else sides):
        grid.addWidget(Label(head, "small", "primary", weight=700), 0, column)
        said = WrappedLabel(look, _plain(side_words(form, one, value)), "body", "text", selectable=True)
        if marks:
            said.setText(marks[column])
        grid.addWidget(said, 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(column, 1)
    if marks:
        words = KEY if incoming.known else KEY_UNKNOWN
        grid.addWidget(WrappedLabel(look, words, "small", "text2"), 2, 0, 1, len(marks))
    return grid


def _marks(look: Look, one: Conflict, *, known: bool) -> list[str]:
    """Both sides of a long text as rich text, what each changed marked and what stayed left out; empty for all else.

    In two columns of many hundred characters nobody finds the sentence that differs.
    """
    here, there, base = one.here, one.there, one.base
    if not (isinstance(here, str) and isinstance(there, str) and max(len(here), len(there)) > LONG):
        return []
    if not known:
        sides = [(there, here), (here, there)]
    elif isinstance(base, str):
        sides = [(base, here), (base, there)]
    else:
        return []
    px = look.px("body")
    style = f"margin:0;line-height:{round(px * EXPLANATION_EM)}px;-qt-line-height-type:fixed;font-size:{px}px"
    told = {"same", "come", "gone"} if known else {"same", "come"}
    looks = {"same": "", **mark_styles(look.theme.palette)}
    return [
        f'<p style="{style};color:{look.theme.palette.text}">'
        + "".join(
            f'<span style="{looks[piece.kind]}">{_html(piece)}</span>'
            for piece in marked(before, after)
            if piece.kind in told
        )
        + "</p>"
        for before, after in sides
    ]


def _html(piece: Piece) -> str:
    """A piece, of what stayed only what stands around the changes."""
    text = piece.text
    if piece.kind == "same" and len(text) > LONG:
        text = f"{text[:AROUND]} …… {text[-AROUND:]}"
    return escaped(text).replace("\n", "<br>")


def _unheard(_done: int, _total: int) -> None:
    """One file is written at once."""


def _plain(text: str) -> str:
    """Text of answers, in which two asterisks are two asterisks."""
    return text.replace("**", "*\u200b*")


class MergeDialog(Dialog):
    """The preview of a merge.

    Attributes:
        cards: the conflicts, in form order.
    """

    def __init__(self, parent: QWidget, look: Look, form: Form, incoming: Incoming, read: Reader) -> None:
        who = incoming.person or "对方"
        came, conflicts = incoming.came, incoming.merged.conflicts
        text = f"会并进来 {len(came)} 处，可以撤销。" if came else "并进来以后可以撤销。"
        if not incoming.known:
            text = "这一份没有记着从哪里写起，看不出哪边是后来改的，所以凡是不一样的都请您看一眼。"
        elif conflicts:
            text += f"两边都改了的有 {len(conflicts)} 处，请一处处选；没选完先不并。"
        super().__init__(parent, look, f"{who}交回的一份", text, "users")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        ground = Surface("sunken")
        self._list = QVBoxLayout(ground)
        self._list.setContentsMargins(14, 10, 14, 12)
        self._list.setSpacing(6)
        self.cards = [ConflictCard(look, form, incoming, one, read) for one in conflicts]
        if self.cards:
            self._head(f"请您选　{len(self.cards)}")
        for card in self.cards:
            card.decided.connect(self._count)
            self._list.addWidget(card)
        if incoming.codes:
            self._list.addWidget(WrappedLabel(look, codes_words(incoming.codes), "body", "text"))
        if came:
            self._head(f"会并进来　{len(came)}")
        for one in came:
            said = f"**{_plain(where_words(form, one, incoming.merged.values))}**　{_plain(came_words(form, one))}"
            self._list.addWidget(WrappedLabel(look, said, "body", "text"))
        self._list.addStretch(1)
        area = scrolled(ground, "交回的改动", look.scaled(140))
        self.body.addWidget(area, 1)
        self.left = Label("", "small", "text2")
        self.body.addWidget(self.left)
        self.add_actions(("先不收", "并进来"))
        buttons: list[Button] = list(self.findChildren(Button))
        self._go = buttons[-1]
        self._count()
        self.grow_within(parent, look.scaled(380))

    def _head(self, words: str) -> None:
        self._list.addWidget(Label(words, "small", "primary", weight=700))

    def _count(self) -> None:
        left = sum(card.choice() is None for card in self.cards)
        self.left.setText(f"还有 {left} 处没选" if left else "都选好了" if self.cards else "")
        self._go.setEnabled(not left)

    def done(self, result: int) -> None:
        """Qt: close, unless that would lose decisions and somebody would rather go on."""
        if self.chosen != 1 and any(card.is_begun for card in self.cards):
            text = "您选的和写的都还没有并进去，离开就没有了。"
            if ask_choice(self, self.look, "先不收吗？", text, actions=("先不收", "接着选")) != 0:
                self.chosen = -1
                return
        super().done(result)

    def choices(self) -> dict[str, Choice]:
        """The decisions, by the key of their conflict."""
        made = ((card.conflict.key, card.choice()) for card in self.cards)
        return {key: choice for key, choice in made if choice is not None}


def ask_merge(
    parent: QWidget, look: Look, form: Form, incoming: Incoming, read: Reader
) -> dict[str, Choice] | None:
    """Show what came and have the conflicts decided; ``None`` when it was left. ``read`` gives the content of a file."""
    dialog = MergeDialog(parent, look, form, incoming, read)
    dialog.exec()
    dialog.deleteLater()
    return dialog.choices() if dialog.chosen == 1 else None
