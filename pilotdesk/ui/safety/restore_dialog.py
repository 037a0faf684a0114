"""从备份找回资料: whose copies were found, from when, what is in them; the newest sound one is chosen already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk.drafts import schema
from pilotdesk.drafts.found_copies import TOO_NEW
from pilotdesk.ui.components.basic import Button, Label, Surface, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.found_copies import FoundCopy, Lot
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 640
NAMED: Final = 3
"""Projects of a copy that are called by their names."""

LEAVE, BRING = "先不找", "找回这一份"
ALONE: Final = "这台电脑上还没有项目：选的这一份连同历史、附件整个放进来，以后就在这台电脑上接着填。"
BESIDE: Final = "这台电脑上已经有的项目都不动：备份里的放在它们旁边，是另外的项目；已经有的不会重复。"


class RestoreDialog(Dialog):
    """One block for each computer, a line for each of its copies.

    Signals:
        more_wanted: older copies are to be looked over as well; the dialog is closed then.

    Attributes:
        options: copy and its mark, in the order of the list; only sound ones can be chosen.
    """

    more_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, lots: tuple[Lot, ...], *, alone: bool) -> None:
        super().__init__(parent, look, "从备份找回资料", ALONE if alone else BESIDE, "history")
        self.options: list[tuple[FoundCopy, OptionRow]] = []
        self.setFixedWidth(min(look.scaled(WIDTH), parent.width() - 40))
        self.body.addWidget(self._build_list(lots), 1)
        older = sum(lot.older for lot in lots)
        if older:
            more = Button(look, f"还有 {older} 份更早的，也看看", "link", small=True)
            more.clicked.connect(self._on_more)
            self.body.addLayout(row(more, None))
        sound = [option for copy, option in self.options if copy.is_sound]
        if sound:
            sound[0].setChecked(True)
        self.add_actions((LEAVE, BRING) if sound else (LEAVE,))
        self.grow_within(parent, look.scaled(60 + 50 * len(self.options)))

    def wanted(self) -> FoundCopy | None:
        """The copy that is chosen; ``None`` when it was left."""
        if self.chosen != 1:
            return None
        return next((copy for copy, option in self.options if option.isChecked()), None)

    def _build_list(self, lots: tuple[Lot, ...]) -> QScrollArea:
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 12)
        listed.setSpacing(6)
        for lot in lots:
            whose = f"电脑“{lot.computer}”的备份" if lot.computer else "备份（没有写是哪台电脑的）"
            listed.addSpacing(4)
            listed.addLayout(
                row(
                    Label(whose, "small", "primary", weight=700),
                    ElidedLabel(str(lot.folder), "small", "text2"),
                    spacing=10,
                )
            )
            for copy in lot.copies:
                listed.addWidget(self._build_option(copy))
        listed.addStretch(1)
        area = scrolled(ground, "找到的备份", self.look.scaled(100))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the marks in it have it
        return area

    def _build_option(self, copy: FoundCopy) -> QWidget:
        option = OptionRow(self.look, "radio", when_words(copy), content_words(copy))
        option.setEnabled(copy.is_sound)
        self.options.append((copy, option))
        return option

    def _on_more(self) -> None:
        self.reject()
        self.more_wanted.emit()


def when_words(copy: FoundCopy) -> str:
    """``2026 年 6 月 2 日 08:01``, and whether it can be used."""
    moment = copy.moment
    when = f"{moment.year} 年 {moment.month} 月 {moment.day} 日 {moment:%H:%M}"
    if copy.fault:
        return f"{when}　不能用"
    return f"{when}　检查过，是好的"


def content_words(copy: FoundCopy) -> str:
    """What is in a copy, or why it cannot be used."""
    if copy.fault == TOO_NEW:
        return f"格式版本是 {copy.version}，这个程序只认到 {schema.CURRENT}：装新版本的 PilotDesk 再来找"
    if copy.fault:
        return "坏了，检查没有通过；没有动它"
    if not copy.titles:
        there = ["练习样例"] if copy.drafts else []
        there += [f"删除了的 {copy.deleted} 份材料"] if copy.deleted else []
        return f"没有自己的项目，只有{'和'.join(there)}" if there else "里面没有项目"
    names = "、".join(title or "未命名的项目" for title in copy.titles[:NAMED])
    more = "等" if len(copy.titles) > NAMED else ""
    lost = f"，缺 {copy.lost} 个附件" if copy.lost else ""
    return f"{len(copy.titles)} 个项目{lost}：{names}{more}"
