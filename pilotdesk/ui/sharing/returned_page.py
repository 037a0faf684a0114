"""The page of a return slip: every line with its way to the field, what became of it, and room for a word of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.drafts.returned import LONGEST_REMARK
from pilotdesk.drafts.returned_lines import Done
from pilotdesk.projects.returned_paper import place_words
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, Rule, Surface, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.navigation.page import Page

if TYPE_CHECKING:
    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.drafts.returned_lines import LineState
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.returned_draft import ReturnedDraft

GO: Final = "去改"
SAY: Final = "写说明"
PAUSE_MS: Final = 120
"""The marks follow the typing after this pause."""
_WORDS: Final[dict[Done, tuple[str, Tone, str]]] = {
    Done.OPEN: ("还没改", "warn", "alert-triangle"),
    Done.CHANGED: ("已改", "ok", "circle-check-filled"),
    Done.SAID: ("已说明", "ok", "check"),
}
_BEGUN: Final[tuple[str, Tone, str]] = ("还没改好", "warn", "alert-triangle")
_EDITOR_HEIGHT: Final = 66


class LineCard(Card):
    """One line of the slip.

    Attributes:
        go: leads to the field; hidden where the line speaks of no answer here.
        say: opens the editor. editor: takes what the unit says; ``None`` until there is something to say: of a hundred lines
            few have one, and it takes long to make.
        chip: how the line stands.

    Signals:
        typed: what the unit says now.
    """

    typed = Signal(str)

    def __init__(self, look: Look, state: LineState, remark: str, *, may_write: bool) -> None:
        super().__init__(margins=(15, 9, 12, 10))
        self.body.setSpacing(5)
        mark = MARKS[state.line.severity]
        self._look = look
        self._place = place = place_words(state)
        self.chip = Chip(look, "", "neutral")
        self.go = Button(look, GO, "soft", small=True, icon="arrow-right", name=f"{GO}：{place}")
        self.say = Button(look, SAY, small=True, name=f"{SAY}：{place}")
        head = row(ElidedLabel(place, "body", weight=700), self.chip, self.say, self.go)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.body.addWidget(WrappedLabel(look, starless(state.line.sentence), "body", "text"))
        if state.line.clause:
            self.body.addWidget(ElidedLabel(f"依据：{state.line.clause}", "small", "text2"))
        # Hidden once they have a parent: shown before that, they would be windows of their own.
        self.say.setHidden(bool(remark) or not may_write)
        self.go.setHidden(not state.path)
        self.setAccessibleName(f"{mark.word}，{place}，{state.line.sentence}")
        self.say.clicked.connect(self._on_say)
        self.editor: QPlainTextEdit | None = None
        if remark:
            self._add_editor(remark, may_write=may_write)
        self.show_state(state)

    def show_state(self, state: LineState) -> None:
        """Show what became of the line."""
        self.chip.show_state(*(_BEGUN if state.begun and state.done is Done.OPEN else _WORDS[state.done]))

    def show_remark(self, remark: str) -> None:
        """Show what is said by now where it was not typed here: a colleague's came in."""
        typed = self.editor.toPlainText() if self.editor is not None else ""
        if typed[:LONGEST_REMARK].strip() == remark.strip():
            return
        self.say.hide()
        editor = self.editor or self._add_editor("", may_write=True)
        editor.setPlainText(remark)

    def _on_say(self) -> None:
        self.say.hide()
        editor = self._add_editor("", may_write=True)
        editor.show()  # what is not shown yet takes no focus
        editor.setFocus()

    def _add_editor(self, remark: str, *, may_write: bool) -> QPlainTextEdit:
        editor = QPlainTextEdit(remark)
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(self._look.scaled(_EDITOR_HEIGHT))
        editor.setPlaceholderText("如：证书上就是这样，附件里有扫描件。写的会印进意见修改对照表。")
        editor.setAccessibleName(f"说明：{self._place}")
        editor.setReadOnly(not may_write)
        editor.textChanged.connect(lambda: self.typed.emit(editor.toPlainText()))
        self.body.addWidget(editor)
        self.editor = editor
        return editor


class ReturnedPage(Page):
    """The lines under their severities.

    Attributes:
        cards: by the id of the line, in the order of the slip.
    """

    wide = True
    headed = False

    def __init__(self, returned: ReturnedDraft, services: Services) -> None:
        super().__init__("surface")
        self._look = services.look
        self._returned = returned
        self.cards: dict[str, LineCard] = {}
        self._remark = Label("", "small", "text2")
        self._heads: dict[Severity, Label] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._build()
        returned.changed.connect(self._pause.start)
        self.refresh()

    def _build(self) -> None:
        look = self._look
        head = row(Label("退回单", "step"), 6, self._remark, None)
        head.setContentsMargins(24, 0, 24, 0)
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(look.scaled(51))
        ground = Surface("bg")
        column = QVBoxLayout(ground)
        column.setContentsMargins(24, 14, 24, 18)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(look, slip_words(self._returned.slip), "small", "text2"))
        listed = self._returned.states()
        for severity in (Severity.ERROR, Severity.WARNING):
            self._add_group(column, severity, [one for one in listed if one.line.severity is severity])
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("退回单里的意见")
        area.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(Rule())
        outer.addWidget(area, 1)

    def _add_group(self, column: QVBoxLayout, severity: Severity, listed: list[LineState]) -> None:
        if not listed:
            return
        title = Label("", "group")
        title.set_tone("error" if severity is Severity.ERROR else "warn")
        self._heads[severity] = title
        column.addSpacing(4)
        column.addWidget(title)
        for state in listed:
            line_id = state.line.id
            remark = self._returned.remark(line_id)
            card = LineCard(self._look, state, remark, may_write=self._returned.may_write)
            card.go.clicked.connect(partial(self._go, line_id))
            card.typed.connect(partial(self._on_typed, line_id))
            self.cards[line_id] = card
            column.addWidget(card)

    # -- page ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how every line stands now."""
        listed = self._returned.states()
        left: dict[Severity, int] = {}
        for state in listed:
            self.cards[state.line.id].show_state(state)
            self.cards[state.line.id].show_remark(self._returned.remark(state.line.id))
            left[state.line.severity] = left.get(state.line.severity, 0) + (state.done is Done.OPEN)
        for severity, title in self._heads.items():
            count = sum(state.line.severity is severity for state in listed)
            title.setText(f"{MARKS[severity].word}　{count} 处，{left_words(left[severity])}")
        self._remark.setText(f"共 {len(listed)} 处，{left_words(sum(left.values()))}")

    def page_shown(self) -> None:
        """Show how every line stands now."""
        self.refresh()

    def focus_first(self) -> None:
        """Focus the way to the first line that is open."""
        for state in self._returned.states():
            card = self.cards[state.line.id]
            if state.done is Done.OPEN:
                (card.go if state.path else card.say).setFocus()
                return

    def close_page(self) -> None:
        """Nothing is shown any more."""
        self._pause.stop()

    def _go(self, line_id: str) -> None:
        state = next(one for one in self._returned.states() if one.line.id == line_id)
        self.request_go_to.emit(state.goto)

    def _on_typed(self, line_id: str, text: str) -> None:
        self._returned.say(line_id, text[:LONGEST_REMARK])


def left_words(count: int) -> str:
    """How many are open: ``还有 3 处没改``, ``都处理了``."""
    return f"还有 {count} 处没改" if count else "都处理了"


def slip_words(slip: ReturnSlip) -> str:
    """Who sent it back, when, what is to be done by when."""
    due = f"，请在 {slip.due.month}月{slip.due.day}日 前改好再报" if slip.due else ""
    code = f"（校验码 {slip.code}）" if slip.code else ""
    ask = f"有不清楚的，问{starless(slip.contact)}。\n" if slip.contact else ""
    return (
        f"{starless(slip.bureau)} {slip.on.year}年{slip.on.month}月{slip.on.day}日 退回，"
        f"看的是第 {slip.handing} 次报送的一份{code}{due}。\n"
        f"{ask}改好了，这里自动记成“已改”；不用改的，写一句说明。重新导出时会附上意见修改对照表。"
    )


def starless(text: str) -> str:
    """A text of somebody else in which two stars mean nothing."""
    return text.replace("**", "＊＊")
