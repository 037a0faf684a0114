"""审核意见表: of the submission that is looked at, of the picks, or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup

from pilotdesk.review.outputs.opinion_papers import TITLE
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.desk.paper_dialog import PaperDialog
from pilotdesk.ui.desk.paper_target import PaperTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

TEXT: Final = "一个项目一张 Word：六个要点的意见、程序核对出的疑点、结论，留审核人和复核人签字的地方。"


class OpinionsDialog(PaperDialog):
    """Asks of which ones.

    Attributes:
        scopes: words to the option and the keys that it stands for; those without any are closed.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        target = PaperTarget(office.look, office.folder, TITLE, ("",))
        super().__init__(
            parent, office, title=TITLE, text=TEXT, icon="clipboard-text", start="出审核意见表", target=target
        )
        sitting = office.sitting
        rows = [row for row in sitting.rows.values() if not row.practice]
        shown = [row for row in rows if row.key == sitting.current]
        picked = sorted((row for row in rows if row.picked), key=lambda row: row.rank)
        seen = [row for row in rows if row.verdicts]
        practice = "，练习样例不算" if len(rows) < len(sitting.rows) else ""
        remark = f"{shown[0].number:02}　{shown[0].facts.title}" if shown else "先在表里选一件"
        kinds = (
            ("正在看的这一件", remark, shown),
            ("推荐的", f"{len(picked)} 件，按推荐顺序" if picked else "还没有勾选推荐的", picked),
            ("审过的", f"{len(seen)} 件，有审核意见的" if seen else "还没有写过审核意见", seen),
            ("全部", f"{len(rows)} 件，没审的意见空着{practice}" if rows else "还没有收到材料", rows),
        )
        group = QButtonGroup(self)
        self.scopes: dict[str, tuple[OptionRow, tuple[str, ...]]] = {}
        for words, told, chosen in kinds:
            option = OptionRow(office.look, "radio", words, told)
            option.setEnabled(bool(chosen))
            group.addButton(option)
            self.asked.addWidget(option)
            self.scopes[words] = option, tuple(row.key for row in chosen)
        self.asked.addStretch(1)
        first = next((option for option, keys in self.scopes.values() if keys), None)
        if first is not None:
            first.setChecked(True)
        self.start.setEnabled(first is not None)
        self.start.setToolTip("" if first is not None else "还没有收到材料")

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        sitting = self.office.sitting
        keys = next(keys for option, keys in self.scopes.values() if option.isChecked())
        path, pack, today = sitting.desk.path, sitting.pack, self.office.clock.today()
        folder = self.target.folder / self.target.stem

        def work(progress: Progress) -> Stored:
            from pilotdesk.review.desk.looking import desk_looked_at
            from pilotdesk.review.outputs.of_desk import write_opinions
            from pilotdesk.review.outputs.storing import Stored

            with desk_looked_at(path) as desk:
                files = write_opinions(desk, pack, keys, folder, today=today, progress=progress)
            return Stored(files[0].parent, files)

        return work
