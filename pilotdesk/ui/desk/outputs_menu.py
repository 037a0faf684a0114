"""What the desk gives out: one line of its menu for every paper, each with a dialog of its own.

A paper that cannot be made says so in one sentence before anything is asked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.ui.desk.office import Office, open_place
from pilotdesk.ui.desk.typed_keeper import TypedKeeper
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMenu, QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.dialogs.asking import Dialog
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.tasks.worker import Progress, Runner


class Line(NamedTuple):
    """One line of the menu: method of :class:`OutputsMenu`, words, what a tooltip says; no words is a separator."""

    method: str
    words: str = ""
    use: str = ""


LINES: Final = (
    Line("summary", "推荐汇总表…", "勾选推荐的项目，Excel 和 Word 各一份"),
    Line("letter", "起草公文…", "向国家标准委报送推荐项目的函或报告"),
    Line("opinion_sheets", "审核意见表…", "一个项目一张，六个要点的意见，留签字的地方"),
    Line("archive", "推荐材料包…", "推荐项目收到的原件，一个 zip，附清单和校验值"),
    Line("statistics", "申报材料统计…", "按领域、地区、结论的数，最常见的问题，Excel"),
    Line(""),
    Line("former", "已承担过试点的名单…", "读入本省的名单，看哪些申报单位在里面"),
    Line("years", "以后年度…", "年度总结和自评谁还没报，承诺的达到没有"),
    Line("incident", "失信等情况报告…", "试点期间出了事，给国家标准委的处理意见报告"),
    Line(""),
    Line("log", "操作记录…", "谁在什么时候做了什么，为什么"),
    Line("tables", "全部数据存成 Excel…", "汇总、疑点、审核意见、操作记录各一张表"),
    Line("copy", "存一份副本…", "整个审核台一个文件，留底或交给别人"),
    Line("open_folder", "打开审核台所在文件夹", "审核台文件就在里面"),
    Line("settings", "审核台设置…", "推荐单位、审核人、联系人"),
)
NO_BUREAU: Final = "还没有填推荐单位全称，公文和表上要印。请先在审核台设置里填上。"


class OutputsMenu(QObject):
    """Opens the dialogs.

    Args:
        page_widget: the desk's page; dialogs stand over its window.
        look: the theme in force.
        sitting: the open desk.
        clock: the time.
        runner: work off the window's thread.
        toasts: says what was stored.
        folder: where papers went in earlier runs of the program; empty for the folder of the desk's file.

    Attributes:
        kept: what is typed into the dialogs.

    Signals:
        former_changed: the desk has another list of former pilots; everything wants to be laid side by side anew.
    """

    former_changed = Signal()

    def __init__(
        self,
        page_widget: QWidget,
        look: Look,
        sitting: Sitting,
        *,
        clock: Clock,
        runner: Runner,
        toasts: Toasts,
        folder: str = "",
    ) -> None:
        super().__init__(page_widget)
        self._page = page_widget
        self.kept = TypedKeeper(sitting, self)
        self._office = Office(
            look=look,
            sitting=sitting,
            clock=clock,
            runner=runner,
            toasts=toasts,
            kept=self.kept,
            typed={"folder": folder},
        )

    @property
    def folder(self) -> str:
        """Where papers went last; empty for nowhere yet."""
        return str(self._office.typed["folder"])

    def fill(self, menu: QMenu) -> None:
        """Put a line for every paper at the end of a menu."""
        menu.setToolTipsVisible(True)
        for line in LINES:
            if not line.words:
                menu.addSeparator()
                continue
            action = QAction(line.words, menu)
            action.setObjectName(line.method)
            action.setToolTip(plain_tip(line.use))
            action.triggered.connect(getattr(self, line.method))
            menu.addAction(action)

    # -- papers ----------------------------------------------------------------------------------

    def summary(self) -> None:
        """推荐汇总表; refused while the quota is over."""
        from pilotdesk.ui.desk.summary_dialog import SummaryDialog

        self._open_for_picks("现在出不了推荐汇总表", SummaryDialog)

    def letter(self) -> None:
        """起草公文; refused while the quota is over."""
        from pilotdesk.ui.desk.letter_dialog import LetterDialog

        self._open_for_picks("现在起草不了公文", LetterDialog)

    def slips(self) -> None:
        """退回单 of all that are to be sent back."""
        from pilotdesk.ui.desk.slip_dialog import SlipDialog

        self._open_for_bureau("现在出不了退回单", SlipDialog)

    def opinion_sheets(self) -> None:
        """审核意见表 of one project, of the picks, or of all."""
        from pilotdesk.ui.desk.opinions_dialog import OpinionsDialog

        self._open_for_bureau("现在出不了审核意见表", OpinionsDialog)

    def archive(self) -> None:
        """推荐材料包 of the picks."""
        from pilotdesk.ui.desk.archive_dialog import ArchiveDialog

        self._open_for_picks("现在打不了推荐材料包", ArchiveDialog)

    def statistics(self) -> None:
        """申报材料统计."""
        from pilotdesk.ui.desk.statistics_dialog import StatisticsDialog

        if not any(not row.practice for row in self._office.sitting.rows.values()):
            self._refuse("现在没有可统计的", "审核台里还没有申报材料。请先收件，再来统计。")
            return
        self._open(StatisticsDialog)

    def incident(self) -> None:
        """失信等情况报告."""
        from pilotdesk.ui.desk.incident_dialog import IncidentDialog

        self._open_for_bureau("现在写不了情况报告", IncidentDialog)

    def years(self) -> None:
        """以后年度."""
        from pilotdesk.ui.desk.years_dialog import YearsDialog

        self._open_for_bureau("现在看不了以后年度", YearsDialog, needs_picks=True)

    # -- lists and the desk itself ---------------------------------------------------------------

    def former(self) -> None:
        """已承担过试点的名单."""
        from pilotdesk.ui.desk.former_dialog import FormerDialog

        dialog = self._open(FormerDialog)
        if isinstance(dialog, FormerDialog):
            dialog.kept.connect(self.former_changed)

    def log(self) -> None:
        """操作记录."""
        from pilotdesk.ui.desk.log_dialog import LogDialog

        self._open(LogDialog)

    def settings(self) -> None:
        """审核台设置."""
        from pilotdesk.ui.desk.settings_dialog import SettingsDialog

        self._open(SettingsDialog)

    def tables(self) -> None:
        """全部数据存成 Excel: the views of the desk's file."""
        from pilotdesk.ui.desk.copying import ask_tables_target, tables_order

        target = ask_tables_target(self._page, self._office)
        if target is not None:
            self._run("全部数据没有存成 Excel", tables_order(self._office, target))

    def copy(self) -> None:
        """存一份副本: the whole desk in one file."""
        from pilotdesk.ui.desk.copying import ask_copy_target, copy_order

        target = ask_copy_target(self._page, self._office)
        if target is None:
            return
        if target.absolute() == self._office.sitting.desk.path.absolute():
            self._refuse("副本没有存", "选的就是正在用的审核台文件。副本请换个名字，或换个文件夹。")
            return
        self._run("副本没有存成", copy_order(self._office, target))

    def open_folder(self) -> None:
        """The folder of the desk's file."""
        path: Path = self._office.sitting.desk.path
        open_place(path.parent)
        self._office.toasts.show_done(f"审核台文件是“{path.name}”")

    # -- inside ----------------------------------------------------------------------------------

    def _open(self, kind: Callable[[QWidget, Office], Dialog]) -> Dialog | None:
        """Show a dialog; what cannot be read of the desk's file is said instead of it, and there is ``None``."""
        try:
            dialog = kind(self._page, self._office)
        except PilotDeskError as trouble:
            self._refuse("这一步没有做成", str(trouble))
            return None
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _open_for_bureau(
        self, title: str, kind: Callable[[QWidget, Office], Dialog], *, needs_picks: bool = False
    ) -> None:
        """The same for papers that carry the bureau's name."""
        if needs_picks and not any(row.picked for row in self._office.sitting.rows.values()):
            self._refuse(title, str(ExportError("nothing_picked")))
            return
        try:
            bureau = self._office.sitting.desk.settings()["bureau"]
        except PilotDeskError as trouble:
            self._refuse(title, str(trouble))
            return
        if bureau.strip():
            self._open(kind)
        else:
            self._refuse(title, NO_BUREAU, to_settings=True)

    def _open_for_picks(self, title: str, kind: Callable[[QWidget, Office], Dialog]) -> None:
        """The same for papers about the picks, which have to fit the quota."""
        quota = self._office.sitting.quota
        if not quota.fits:
            self._refuse(title, quota.sentence)
        else:
            self._open_for_bureau(title, kind, needs_picks=True)

    def _refuse(self, title: str, sentence: str, *, to_settings: bool = False) -> None:
        from pilotdesk.ui.dialogs.asking import Dialog

        dialog = Dialog(self._page, self._office.look, title, sentence, "alert-triangle-filled")
        dialog.add_actions(["先不填", "去设置"] if to_settings else ["知道了"])
        if to_settings:
            dialog.accepted.connect(partial(self._on_to_settings, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_to_settings(self, dialog: Dialog) -> None:
        if dialog.chosen == 1:
            self.settings()

    def _run(self, title: str, order: Callable[[Progress], Stored]) -> None:
        """Make something that asks nothing but its place; it may take some seconds."""
        self._office.toasts.show_done("正在存，可以接着用审核台。")
        self._office.runner.run(
            order,
            lambda stored: self._office.say_stored(stored.files),
            failed=lambda trouble: self._refuse(title, str(trouble)),
        )
