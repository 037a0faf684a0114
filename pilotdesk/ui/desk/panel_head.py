"""The head of the review: which submission, whether its files agree, which time it came, whether it is as it came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.review.desk.records import AGREEMENT_WORDS, KIND_WORDS
from pilotdesk.review.records import Agreement, Kind, State
from pilotdesk.ui.components.basic import Button, Chip, Label, row
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.tables.toolbar import FlowLayout

if TYPE_CHECKING:
    from pilotdesk.review.desk.records import DeskRow, Dossier
    from pilotdesk.ui.look.theme import Look

_CARRIERS: Final = (Kind.PILOT, Kind.WORD, Kind.PDF, Kind.PLAIN_WORD)
_COUNTS: Final = {2: "两份", 3: "三份", 4: "四份"}
UNTOUCHED: Final = "和报来时一样"
TOUCHED: Final = "和报来时不一样"


def agreement_words(dossier: Dossier) -> str:
    """What the chip says of the files: ``三份一致 K7Q4-2M9X``, ``只有 PDF``, ``有旧版``."""
    submission = dossier.submission
    kinds = {
        file.kind for file in submission.files if file.kind in _CARRIERS and file.state is not State.REFUSED
    }
    if submission.agreement is Agreement.ALL:
        return f"{_COUNTS.get(len(kinds), '')}一致 {submission.code}".strip()
    if submission.agreement is Agreement.ALONE:
        return f"只有 {KIND_WORDS[submission.source]}"
    return AGREEMENT_WORDS[submission.agreement]


class PanelHead(QWidget):
    """Number, title, chips.

    Signals:
        material_wanted: the document is to be shown.
        changes_wanted: only what changed is to be shown.
    """

    material_wanted = Signal()
    changes_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._number = Label("", "body", "text2")
        self.title = ElidedLabel("", "group")
        self.unit = ElidedLabel("", "small", "text2")
        self.material = Button(look, "看材料", icon="file-type-pdf", small=True)
        self.material.setToolTip("把申报书放到左边对着看")
        self.agreement = Chip(look, "")
        self.round = Chip(look, "", "primary")
        self.untouched = Chip(look, "")
        self.other = Chip(look, "", "warn")
        self.changes = Button(look, "只看改动", "link", small=True)
        self._chips = QWidget()
        flow = FlowLayout(self._chips, 6)
        for chip in (self.agreement, self.untouched, self.other, self.round):
            flow.addWidget(chip)
        head = row(self._number, self.title, self.material, spacing=8)
        head.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        below = row(self.unit, self.changes)
        below.setStretch(0, 1)
        layout.addLayout(below)
        layout.addWidget(self._chips)
        self.material.clicked.connect(self.material_wanted)
        self.changes.clicked.connect(self.changes_wanted)

    def show_one(self, dossier: Dossier) -> None:
        """Show what a submission says of itself."""
        row_ = dossier.row
        self._number.setText(f"{row_.number:02d}")
        self.title.set_text(row_.facts.title or "没有项目名称")
        self.unit.set_text(row_.facts.unit or "没有单位名称")
        all_agree = row_.agreement is Agreement.ALL
        calm = row_.agreement in {Agreement.ALONE, Agreement.UNKNOWN}
        self.agreement.show_state(
            agreement_words(dossier), "ok" if all_agree else "neutral" if calm else "warn",
            "shield-check" if all_agree else "" if calm else "alert-triangle-filled",
        )  # fmt: skip
        self.round.show_state(round_words(row_), "primary")
        self.changes.setVisible(row_.handed > 1)
        self.other.show_state("练习样例" if row_.practice else "", "warn", "alert-triangle-filled")

    def show_untouched(self, untouched: bool | None) -> None:
        """Whether the answers are those that came in; ``None`` while it is worked out."""
        if untouched is None:
            self.untouched.show_state("", "neutral")
            return
        words, tone, icon = (
            (UNTOUCHED, "ok", "lock") if untouched else (TOUCHED, "error", "alert-circle-filled")
        )
        self.untouched.show_state(words, tone, icon)  # type: ignore[arg-type]
        self.untouched.setToolTip(
            "答案和封印、校验码都重新算过，单位报来的内容没有动过。"
            if untouched
            else "审核台文件里这一件的内容和收件时的封印对不上。请用最近存的一份，或请单位再报一次。"
        )


def round_words(one: DeskRow) -> str:
    """``第 2 次报来 · 改了 4 处``; empty for the first time."""
    if one.handed < 2:
        return ""
    return f"第 {one.handed} 次报来 · " + (f"改了 {one.changed} 处" if one.changed else "答案没改")
