"""审核台设置: what is printed on the desk's papers and noted in its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtWidgets import QFrame, QVBoxLayout

from pilotdesk.review.desk.begun import ASIDE
from pilotdesk.ui.components.basic import Surface
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.begun_line import BegunLine
from pilotdesk.ui.desk.paper_form import PaperForm
from pilotdesk.ui.dialogs.asking import Dialog, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.desk.office import Office


class Entry(NamedTuple):
    """One setting: its name in the desk's file, what it is called, an example."""

    name: str
    label: str
    example: str
    wide: bool = False


ENTRIES: Final = (
    Entry("bureau", "推荐单位全称", "与公章一致，如：江西省市场监督管理局", wide=True),
    Entry("reviewer", "审核人", "记在操作记录里，如：王敏"),
    Entry("office_code", "发文机关代字", "如：赣市监标函"),
    Entry("contact", "联系人", "公文和退回单用"),
    Entry("phone", "联系电话", "如：0791-80000512"),
    Entry("issued_by", "印发机关", "报告末尾用，如：江西省市场监督管理局办公室", wide=True),
)
TITLE: Final = "审核台设置"
TEXT: Final = "印在公文、汇总表、退回单上，也写进操作记录。改了从下一份起用新的。"
WIDTH: Final = 560
LEAST: Final = 90
ROOM: Final = 190
KEPT: Final = "settings"
"""Under this name it is kept what was typed and not stored yet."""


class SettingsDialog(Dialog):
    """One line a setting; a desk that can only be looked at shows them and says why.

    Attributes:
        form: the lines, by the names of the settings. begun: says that something was typed and not stored.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        look, sitting = office.look, office.sitting
        settings = sitting.desk.settings()
        super().__init__(parent, look, TITLE, TEXT, "settings")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.window().width() - 40)))
        self._sitting = sitting
        self.form = PaperForm(look, office.clock.today())
        for entry in ENTRIES:
            self.form.add_line(
                entry.name, entry.label, settings.get(entry.name, ""), entry.example, wide=entry.wide
            )
        self.form.set_read_only(sitting.is_look_only)
        self._kept, self._stored = office.kept, self.form.typed()
        self.begun = BegunLine(look, office.kept, KEPT, "不要这些，用存着的")
        self.begun.setHidden(sitting.is_look_only or self.begun.isHidden())
        self.begun.changed.connect(self._show_typed)
        if not sitting.is_look_only:  # there, what was not stored would pass for a setting
            self._show_typed(office.kept.typed(KEPT))
        self.body.addWidget(self.begun)
        self._add_form(f"{settings.get('province') or '没有写省份'} · {sitting.pack.round.title}")
        refusal = sitting.desk.access.refusal
        if refusal is not None:
            self.body.addWidget(WrappedLabel(look, str(refusal), "small", "warn"))
            self.add_actions(["知道了"])
        else:
            self.add_actions(["不改了", "存下"])
            self.accepted.connect(self._on_accepted)
            for changed in self.form.signals():
                changed.connect(self._keep_typed)
            self.finished.connect(self._on_finished)
        self.grow_within(parent.window(), look.scaled(ROOM))

    def _add_form(self, where: str) -> None:
        ground = Surface("bg")
        lines = QVBoxLayout(ground)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.addWidget(WrappedLabel(self.look, where, "small", "text2"))
        lines.addWidget(self.form)
        lines.addStretch(1)
        area = scrolled(ground, TITLE, self.look.scaled(LEAST))
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(area, 1)

    def _show_typed(self, typed: Mapping[str, str]) -> None:
        self.form.show_typed({**self._stored, **typed})

    def _keep_typed(self) -> None:
        typed = self.form.typed()
        self._kept.write(KEPT, {name: text for name, text in typed.items() if text != self._stored[name]})

    def _on_finished(self) -> None:
        """What is not wanted is not kept, nor what is stored by now; Esc may have been a slip."""
        if self.chosen >= 0:
            self._kept.write(KEPT + ASIDE, {})
        if self.chosen == 0:
            self._kept.write(KEPT, {})
        self._kept.flush()

    def _on_accepted(self) -> None:
        if self.chosen != 1:
            return
        before = self._sitting.desk.settings()
        for name in self.form.lines:
            typed = self.form.text(name)
            if typed != before.get(name, ""):
                self._sitting.set_setting(name, typed)
        self._sitting.desk.who = self.form.text("reviewer")
        after = self._sitting.desk.settings()
        self._stored = {name: after.get(name, "") for name in self.form.lines}
        self._keep_typed()
