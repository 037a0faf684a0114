"""The hint panel: how to fill a field in, an example, why something is said, and what it rests on.

It follows the focus with a short delay and never takes it. All of its text can be selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.model import SOURCE_RANK
from pilotdesk.forms.values import field_name, split_cell_path
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, Rule, Surface, SymbolLabel
from pilotdesk.ui.components.sources import INFERRED_REMARK, source_mark, source_words
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.base import UNFILLED
from pilotdesk.ui.fields.carried import origin_words
from pilotdesk.ui.tables.choose import key_words
from pilotdesk.ui.tables.facts import fact_lines
from pilotdesk.ui.tables.shape import facts_of_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from pilotdesk.forms.model import Field, FormPack
    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone
    from pilotdesk.ui.navigation.services import Services

DELAY_MS: Final = 150
BASIS_GAP: Final = 8
CITED: Final = 3
"""Sources shown at once; the others stand behind 还有 n 条依据."""
_SHORT: Final = {"notice": "通知", "standard": "国标", "habit": "惯例", "inferred": "推断"}


def basis_mark(pack: FormPack, keys: Sequence[str]) -> tuple[str, Tone]:
    """The mark of the 依据 box: one kind by its full name, several as ``通知＋推断``; tone of the strongest."""
    kinds = {pack.sources[key].kind for key in keys if key in pack.sources}
    words, tone = source_mark(pack, keys)
    if len(kinds) < 2:
        return words, tone
    return "＋".join(_SHORT[kind] for kind in sorted(kinds, key=lambda kind: -SOURCE_RANK[kind])[:3]), tone


class Section(QWidget):
    """A symbol, a heading, and text below them."""

    def __init__(self, look: Look, icon: str, color: str, title: str, text: str) -> None:
        super().__init__()
        self.title = title
        self.text = WrappedLabel(look, text, "small", "text2", selectable=True)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(SymbolLabel(look, icon, color, 15))
        head.addWidget(Label(title, "body", weight=500))
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self.text)


class BasisBox(Card):
    """依据: one mark, and the clauses in their own words."""

    def __init__(self, look: Look, pack: FormPack, keys: Sequence[str]) -> None:
        super().__init__(margins=(11, 9, 11, 10))
        self._look = look
        self.body.setSpacing(4)
        words, tone = basis_mark(pack, keys)
        self.chip = Chip(look, words, tone)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(SymbolLabel(look, "file-text", "text2", 15))
        head.addWidget(Label("依据", "body", weight=500))
        head.addStretch(1)
        head.addWidget(self.chip)
        self.body.addLayout(head)
        cited = source_words(pack, [key for key in keys if pack.sources[key].kind != "inferred"])
        self._rest = cited[CITED:]
        for quote, title in cited[:CITED]:
            self._cite(quote, title)
        if self._rest:
            self._more = Button(look, f"还有 {len(self._rest)} 条依据", "link", small=True)
            self._more.clicked.connect(self._on_more)
            self.body.addWidget(self._more)

    def _cite(self, quote: str, title: str) -> None:
        text = f"{title}：“{quote}”" if quote else title
        self.body.addWidget(WrappedLabel(self._look, text, "small", "text2", selectable=True))

    def _on_more(self) -> None:
        self._more.hide()
        for quote, title in self._rest:
            self._cite(quote, title)


class HintPanel(Surface):
    """Hints for the field in focus, or for the step when no field is.

    Signals:
        close_requested: the button in the head was used.
        history_requested: path of the field whose history is asked for.
    """

    close_requested = Signal()
    history_requested = Signal(str)

    def __init__(self, session: Session, services: Services, *, has_history: bool = False) -> None:
        super().__init__("bg")
        self._has_history = has_history
        self._session = session
        self._look = services.look
        self._path, self._step = "", ""
        self._shown: object = None
        self._wants_basis = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        self.title = WrappedLabel(self._look, "", "body", "text")
        self._area = QScrollArea()
        self._content = QWidget()
        self._build()
        self._end = session.subscribe(self._on_change)
        self.destroyed.connect(self._end)

    def _build(self) -> None:
        look = self._look
        close = Button(look, "", "ghost", icon="layout-sidebar-right", small=True, name="收起提示，F1")
        close.clicked.connect(self.close_requested)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("提示")
        self._area.setWidget(self._content)
        self._area.verticalScrollBar().rangeChanged.connect(self._scroll_to_basis)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Rule())
        layout.addWidget(self._area, 1)

    # -- what it shows ---------------------------------------------------------------------------

    def show_field(self, path: str) -> None:
        """Show the hints of a field, part or cell after a short pause."""
        self._path, self._wants_basis = path, path == self._path and self._wants_basis
        self._timer.start()

    def show_basis(self, path: str) -> None:
        """Show at once what is asked of a field, and bring its sources into view."""
        self._path, self._wants_basis = path, True
        self.refresh()
        self._scroll_to_basis()

    def show_step(self, step_name: str) -> None:
        """Show the hints of a step."""
        self._path, self._step, self._wants_basis = "", step_name, False
        self._timer.start()

    def refresh(self) -> None:
        """Show at once what was asked for last."""
        self._timer.stop()
        issue = self._issue()
        shown = (self._path, self._step, issue, origin_words(self._session, self._path) if self._path else "")
        if shown == self._shown:
            return
        self._shown = shown
        if self._path:
            self._show_field(issue)
        else:
            self._show_step()

    def sections(self) -> list[Section]:
        """What is shown now, in order."""
        return list(self._content.findChildren(Section))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: up to date whenever it comes into view."""
        super().showEvent(event)
        self.refresh()

    # -- inside ----------------------------------------------------------------------------------

    def _scroll_to_basis(self) -> None:
        """Also each time that the new content finds its height."""
        if not self._wants_basis:
            return
        basis: BasisBox
        for basis in self._content.findChildren(BasisBox):
            self._area.verticalScrollBar().setValue(basis.y() - self._look.scaled(BASIS_GAP))

    def _on_change(self, change: Change) -> None:
        if self._path and (self._path in change.issues or self._path in change.paths):
            self._timer.start()

    def _issue(self) -> Issue | None:
        """The gravest one; that nothing was written yet needs no reason while one is about to write it."""
        issues = self._session.issues_at(self._path) if self._path else ()
        return next((issue for issue in issues if issue.code not in UNFILLED), None)

    def _owner(self) -> Field:
        return self._session.form.fields[field_name(self._path)]

    def _show_field(self, issue: Issue | None) -> None:
        field, owner = self._session.field(self._path), self._owner()
        named = owner.label if field is owner else f"{owner.label}：{field.label}"
        self.title.set_text(f"**{owner.number} {named}**".replace("** ", "**"))
        column = self._column()
        hint = field.hint or owner.hint
        if hint:
            self._add(column, "pencil", "hint", "怎么填", hint)
        if field.calculation:
            self._add(column, "lock", "text2", "不用填", "这一栏自动带出或算出。按 Enter 去它的来源。")
        example = field.example or (owner.example if split_cell_path(self._path) is None else "")
        if example:
            self._add(column, "check", "hint", "填好的样子", example)
        self._show_row(column, owner)
        if issue is not None:
            fix = "" if issue.fix == hint else issue.fix
            words = "\n".join(filter(None, (issue.why, fix)))
        else:
            words = ""
        if words:
            self._add(column, "alert-triangle", "hint", "为什么提醒", words)
        self._cite(column, [*(issue.source if issue is not None else ()), *(field.source or owner.source)])
        if self._has_history and not field.calculation:
            history = Button(self._look, "看这一栏的历史", "link", small=True, icon="history")
            history.clicked.connect(self._on_history)
            column.addWidget(history)
        column.addStretch(1)

    def _show_row(self, column: QVBoxLayout, owner: Field) -> None:
        """What one wants to know of the row and of where its answers come from."""
        keys = key_words(self._session.form, self._session.field(self._path))
        if keys and split_cell_path(self._path):
            self._add(column, "keyboard", "hint", "用键盘选", keys)
        place = split_cell_path(self._path)
        row = (
            next((row for row in self._session.rows(owner.name) if row.id == place[1]), None)
            if place
            else None
        )
        facts = facts_of_row(self._session, owner, row) if row is not None else ()
        if facts:
            self._add(column, "lock", "text2", "这一行", fact_lines(facts))
        origin = origin_words(self._session, self._path)
        if origin:
            self._add(column, "arrow-right", "text2", "从哪里来", origin)

    def _show_step(self) -> None:
        step = next((step for step in self._session.form.steps if step.name == self._step), None)
        if step is None:
            return
        self.title.set_text(f"**{step.number} {step.label}**".replace("** ", "**"))
        column = self._column()
        if step.hint:
            self._add(column, "pencil", "hint", "这一步写什么", step.hint)
        groups = [
            f"{group.label}：{group.hint}"
            for group in step.group
            if group.label and group.hint and self._session.is_relevant(f"group:{group.name}")
        ]
        if groups:
            self._add(column, "list-details", "hint", "分成几块", "\n".join(groups))
        self._add(column, "info-circle", "text2", "看某一栏的提示", "点到哪一栏，这里就说哪一栏怎么填。")
        column.addStretch(1)

    def _on_history(self) -> None:
        self.history_requested.emit(self._path)

    def _column(self) -> QVBoxLayout:
        """A fresh content; the old one goes."""
        self._content = QWidget()
        self._content.setProperty("plain", True)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        self._area.setWidget(self._content)
        return column

    def _add(self, column: QVBoxLayout, icon: str, color: str, title: str, text: str) -> None:
        column.addWidget(Section(self._look, icon, color, title, text))

    def _cite(self, column: QVBoxLayout, keys: Sequence[str]) -> None:
        pack = self._session.pack
        known = [key for key in dict.fromkeys(keys) if key in pack.sources]
        column.addWidget(BasisBox(self._look, pack, known))
        inferred = not known or any(pack.sources[key].kind == "inferred" for key in known)
        if inferred and not self._session.form.head.official:
            line = QHBoxLayout()
            line.setSpacing(7)
            symbol = SymbolLabel(self._look, "info-circle", "text2", 15, line="tiny")
            line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(WrappedLabel(self._look, INFERRED_REMARK, "tiny", "text2", selectable=True), 1)
            column.addLayout(line)
