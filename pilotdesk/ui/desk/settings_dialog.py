"""审核台设置: what is printed on the desk's papers and noted in its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtWidgets import QLineEdit

from pilotdesk.ui.components_text import WrappedLabel
from pilotdesk.ui.dialogs import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.desk.office import Office


class Entry(NamedTuple):
    """One setting: its name in the desk's file, what it is called, an example."""

    name: str
    label: str
    example: str


ENTRIES: Final = (
    Entry("bureau", "推荐单位全称", "与公章一致，如：江西省市场监督管理局"),
    Entry("reviewer", "审核人", "记在操作记录里，如：王敏"),
    Entry("office_code", "发文机关代字", "公文用，如：赣市监标"),
    Entry("contact", "联系人", "公文和退回单用"),
    Entry("phone", "联系电话", "如：0791-80000512"),
    Entry("issued_by", "印发机关", "报告末尾的版记用，如：江西省市场监督管理局办公室"),
)
TEXT: Final = "印在公文、汇总表、退回单上，也写进操作记录。改了从下一份起用新的。"


class SettingsDialog(Dialog):
    """One line a setting; a desk that can only be looked at shows them and says why.

    Attributes:
        lines: name of the setting to its line.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        look, sitting = office.look, office.sitting
        settings = sitting.desk.settings()
        super().__init__(parent, look, "审核台设置", TEXT, "settings")
        self._sitting = sitting
        where = f"{settings.get('province') or '没有写省份'} · {sitting.pack.round.title}"
        self.body.addWidget(WrappedLabel(look, where, "small", "text2"))
        self.lines: dict[str, QLineEdit] = {}
        for entry in ENTRIES:
            line = QLineEdit(settings.get(entry.name, ""))
            line.setPlaceholderText(entry.example)
            line.setReadOnly(sitting.is_look_only)
            self.lines[entry.name] = line
            self.add_field(entry.label, line)
        refusal = sitting.desk.access.refusal
        if refusal is not None:
            self.body.addWidget(WrappedLabel(look, str(refusal), "small", "warn"))
            self.add_actions(["知道了"])
        else:
            self.add_actions(["不改了", "存下"])
            self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        if self.chosen != 1:
            return
        before = self._sitting.desk.settings()
        for name, line in self.lines.items():
            typed = line.text().strip()
            if typed != before.get(name, ""):
                self._sitting.set_setting(name, typed)
                if name == "reviewer":
                    self._sitting.desk.who = typed
