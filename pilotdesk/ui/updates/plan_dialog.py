"""What an update would change, shown before anything is written: who signed it, form by form, draft by draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Card, Label, Surface, SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled
from pilotdesk.ui.updates.words import change_title, day_of, origin_words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.components.basic import LabelTone
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.updates.planning import FormChange, UpdatePlan

WIDTH: Final = 680
MOST_HEIGHT: Final = 396
"""Of the changes, px at 标准; what is longer scrolls."""
SHOWN: Final = 200
"""Lines of one form that are listed; more than that nobody reads in a dialog."""
LEAVE, INSTALL = "不装", "装上"
NO_DRAFTS: Final = "这台电脑上没有草稿用到它。"


class PlanDialog(Dialog):
    """Read-only; the last button installs.

    Args:
        parent: the window. look: the theme in force. plan: what would be. today: for days without their year.

    Signals:
        install_wanted: the update is wanted.
    """

    install_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, plan: UpdatePlan, today: date) -> None:
        super().__init__(parent, look, f"更新表单：{plan.title}", plan.effect, "package")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self.body.addWidget(self._build_signed(today))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(14, 8, 14, 12)
        self._list.setSpacing(4)
        ground = Surface("sunken")
        ground.setLayout(self._list)
        self.area = scrolled(ground, "改动和草稿", look.scaled(96))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
        self._fill()
        self.body.addWidget(self.area, 1)
        self.add_actions((LEAVE, INSTALL))
        self.area.setFocus()
        self.finished.connect(self._on_finished)
        wanted = self._list.totalHeightForWidth(self.width() - 2 * look.scaled(30))
        self.grow_within(parent, max(0, min(wanted, look.scaled(MOST_HEIGHT)) - self.area.minimumHeight()))

    def _build_signed(self, today: date) -> Card:
        signer = self._plan.update.signer
        made = day_of(self._plan.update.manifest.made, today)
        card = Card("ok", margins=(12, 6, 12, 7), tight=True)
        card.body.setSpacing(1)
        line = row(SymbolLabel(self.look, "shield-check", "ok", 17), spacing=8)
        words = f"**{signer.name}** 签发，签名对得上，没有改动过。"
        line.addWidget(WrappedLabel(self.look, words, "body", "text", line_em=ISSUE_EM), 1)
        card.body.addLayout(line)
        told = " · ".join(filter(None, (f"{made}做的" if made else "", origin_words(signer, today))))
        card.body.addWidget(WrappedLabel(self.look, told, "small", "text2", line_em=ISSUE_EM))
        return card

    def _fill(self) -> None:
        plan = self._plan
        for warning in plan.warnings:
            self._add_warning(warning)
        if plan.notes:
            self._head("发放单位说")
            self._line(plan.notes, "text")
        if plan.round_lines:
            self._head("这一轮")
            for line in plan.round_lines:
                self._line(line)
        same = [form.title for form in plan.forms if form.old == form.new and not form.lines]
        for form in plan.forms:
            if form.title not in same:
                self._add_form(form)
        if same:
            self._head("没有改动")
            self._line("、".join(same))
        self._add_drafts()
        self._list.addStretch(1)

    def _add_warning(self, warning: str) -> None:
        symbol = SymbolLabel(self.look, "alert-triangle-filled", "warn", 15, meaning="请核实")
        line = row(spacing=6)
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(self.look, f"**请核实** {warning}", "body", "warn", line_em=ISSUE_EM), 1)
        self._list.addLayout(line)

    def _add_form(self, form: FormChange) -> None:
        self._head(change_title(form.title, form.old, form.new))
        for line in form.lines[:SHOWN]:
            self._line(line, "text")
        if len(form.lines) > SHOWN:
            self._line(f"还有 {len(form.lines) - SHOWN} 处。")

    def _add_drafts(self) -> None:
        """What becomes of the drafts; those of a project that fare alike together."""
        drafts = self._plan.drafts
        self._head(f"这台电脑上的草稿　{len(drafts)}" if drafts else "这台电脑上的草稿")
        forms: dict[str, list[str]] = {}
        for draft in drafts:
            forms.setdefault(draft.line, []).append(draft.form)
        for line, titles in forms.items():
            self._line(line, "text")
            named = "、".join(dict.fromkeys(titles))
            self._list.addWidget(WrappedLabel(self.look, named, "small", "text2", line_em=ISSUE_EM))
        if not drafts:
            self._line(NO_DRAFTS)

    def _head(self, words: str) -> None:
        self._list.addSpacing(6)
        head = Label(words, "small", "primary", weight=700)
        head.setWordWrap(True)
        self._list.addWidget(head)

    def _line(self, words: str, tone: LabelTone = "text2") -> None:
        self._list.addWidget(WrappedLabel(self.look, words, "body", tone, line_em=ISSUE_EM))

    def _on_finished(self) -> None:
        if self.chosen == 1:
            self.install_wanted.emit()
