"""The list of what was deleted: a block for each act of deleting, a line for each of its drafts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pilotdesk.drafts.history import moment
from pilotdesk.drafts.unused_files import UnusedFiles
from pilotdesk.projects.timeline_words import name_of_form
from pilotdesk.ui.components.basic import Button, Card, Label, Surface, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.editors.attachment import size_words
from pilotdesk.ui.versions.history_words import day_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QHBoxLayout

    from pilotdesk.drafts.deletions import Deletion, Deletions
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 760
SHOWN: Final = 30
"""Acts of deleting that are listed at a time."""

PROMISE: Final = "删去的项目和草稿都还在：填的内容、历史、起了名的版本、分工和附件。找回以后，回到原来的项目里、原来的位置上。"
NOTHING: Final = "没有删去的项目或草稿。"
NO_FILES: Final = "附件都还有内容用到，没有可以清理的。"


class DeletedDialog(Dialog):
    """What was deleted, the latest on top.

    Signals:
        back_wanted: ids of the drafts that are to come back. end_wanted: drafts that are to go for good, a tuple of cards.
        clearing_wanted: unused files that are to go.
    """

    back_wanted = Signal(object)
    end_wanted = Signal(object)
    clearing_wanted = Signal(object)

    def __init__(self, parent: QWidget, look: Look, deletions: Deletions, today: date) -> None:
        super().__init__(parent, look, "已删除", PROMISE, "trash")
        self.setFixedWidth(min(look.scaled(WIDTH), max(560, parent.width() - 40)))
        self._deletions = deletions
        self._today = today
        self._most = SHOWN
        self._unused = UnusedFiles()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(look.scaled(110))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName("删去的项目和草稿")
        self.body.addWidget(self._area, 1)
        self.files = ElidedLabel("正在看有没有不用的附件……", "small", "text2")
        self.clearing = Button(look, "清理…", icon="eraser", small=True)
        self.clearing.clicked.connect(self._on_clearing)
        self.clearing.hide()
        self.body.addLayout(row(self.files, self.clearing, None))
        self._said = ElidedLabel("", "small", "ok")
        closing = Button(look, "看完了", "primary")
        closing.clicked.connect(self.close)
        self.body.addLayout(row(self._said, None, closing))

    def fill(self) -> None:
        """Show what is deleted by now.

        Raises:
            StoreError: the database cannot be read.
        """
        acts = self._deletions.acts()
        ground = Surface("sunken")
        column = QVBoxLayout(ground)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        for act in acts[: self._most]:
            column.addWidget(self._build_act(act))
        if len(acts) > self._most:
            more = Button(self.look, f"再往前看，还有 {len(acts) - self._most} 次", "link", small=True)
            more.clicked.connect(self._on_more)
            column.addLayout(row(more, None))
        if not acts:
            column.addWidget(WrappedLabel(self.look, NOTHING, "body", "text2"))
        column.addStretch(1)
        place = self._area.verticalScrollBar().value()
        self._area.setWidget(ground)
        self._area.verticalScrollBar().setValue(place)

    def show_files(self, found: UnusedFiles) -> None:
        """Say which attached files nothing refers to any more."""
        self._unused = found
        self.clearing.setVisible(bool(found.sha256s))
        words = f"有 {len(found.sha256s)} 个附件没有内容再用到，共 {size_words(found.size)}"
        self.files.set_text(words if found.sha256s else NO_FILES)

    def say(self, said: str) -> None:
        """Say what was done."""
        self._said.set_text(said)

    def _build_act(self, act: Deletion) -> QWidget:
        card = Card(margins=(14, 8, 10, 8))
        card.body.setSpacing(2)
        title = next((one.facts.title for one in act.cards if one.facts.title), "未命名的项目")
        head = row(ElidedLabel(title, "body", weight=700), None)
        if len(act.cards) > 1:
            ids = [one.draft_id for one in act.cards]
            head.addWidget(
                self._button(f"整个找回（{len(ids)} 份）", title, partial(self.back_wanted.emit, ids))
            )
        card.body.addLayout(head)
        when = f"{day_words(act.at, self._today)} {moment(act.at).astimezone():%H:%M} 删去"
        where = "" if act.whole else "项目还在首页上，找回就放回去"
        said = " · ".join(filter(None, (when, act.by, where)))
        card.body.addWidget(ElidedLabel(said, "small", "text2"))
        for one in sorted(act.cards, key=lambda one: one.created):
            card.body.addLayout(self._build_draft(one))
        card.setAccessibleName(f"{title}，{said}")
        return card

    def _build_draft(self, card: DraftCard) -> QHBoxLayout:
        told = self._deletions.belongings(card.draft_id)
        name = name_of_form(card.form)
        parts = [f"{told.fields} 栏有内容", f"历史 {told.saved} 条"]
        parts += [f"{told.versions} 个起了名的版本"] if told.versions else []
        parts += [f"{told.shares} 个分工"] if told.shares else []
        back = self._button("找回", name, partial(self.back_wanted.emit, [card.draft_id]))
        end = self._button("彻底删除…", name, partial(self.end_wanted.emit, (card,)), link=True)
        words = ElidedLabel(" · ".join(parts), "small", "text2")
        return row(Label(name, "body"), words, None, back, end, spacing=10)

    def _button(self, words: str, name: str, action: Callable[[], object], *, link: bool = False) -> Button:
        button = Button(self.look, words, "link" if link else "plain", small=True)
        button.setAccessibleName(f"{words.rstrip('…')}：{name}")
        button.clicked.connect(lambda: action())
        return button

    def _on_more(self) -> None:
        self._most += SHOWN
        self.fill()

    def _on_clearing(self) -> None:
        self.clearing_wanted.emit(self._unused)
