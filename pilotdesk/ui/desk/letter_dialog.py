"""起草公文: what only the bureau knows is asked, what the desk knows is in it, and the sheet beside shows how it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.review.desk.remarks import not_passed
from pilotdesk.review.outputs.letter import ADDRESSEE, Letter, LetterKind, letter_paper, usual_annexes
from pilotdesk.review.outputs.letter_facts import chosen_of, process_of
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.official_dialog import OfficialDialog
from pilotdesk.ui.desk.paper_dialog import paper_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.official_records import Paper
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

TEXT: Final = "数字取自审核台。没填的在公文里标黄，留给经办人补。"
ANNEX: Final = "_附件1_推荐汇总表"
KINDS: Final = {
    LetterKind.LETTER.value: "函（信函格式）",
    LetterKind.REPORT.value: "报告（文件格式，有签发人）",
}
_OPEN, _NONE, _SAID = "open", "none", "said"
_ALONE: Final = "alone"
"""Name under which it is kept that the table does not come along."""
PUBLICITY_EXAMPLE: Final = "如：6月15日至19日在我局网站公示，没有收到异议。"
PUBLICITY: Final = {_OPEN: "还没定，公文里标黄", _NONE: "没有公示，不写这一段", _SAID: "公示过，照下面写"}


class LetterDialog(OfficialDialog):
    """The letter of recommendation.

    Raises:
        DeskError: the desk cannot be read.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        desk = office.sitting.desk
        self._chosen = chosen_of(desk)
        self._process = process_of(desk, office.sitting.pack.round)
        super().__init__(
            parent, office, name="letter", title="起草公文", text=TEXT, start="存成 Word", endings=(".docx",)
        )
        for at, remark in enumerate(not_passed(office.sitting.rows.values())):
            self.asked.insertWidget(at, WrappedLabel(office.look, remark, "small", "warn"))
        self.asked.insertWidget(self.asked.indexOf(self.form) + 1, self.with_table)
        self.with_table.toggled.connect(self._name_files)
        self.with_table.toggled.connect(self.on_typed)
        self._name_files()

    def add_lines(self) -> None:
        """See :class:`OfficialDialog`."""
        form, settings, today = self.form, self.office.sitting.desk.settings(), self.office.clock.today()
        form.add_choice("kind", "文种", KINDS, LetterKind.LETTER.value)
        form.add_line("addressee", "主送机关", ADDRESSEE)
        form.add_line("code", "发文机关代字", settings.get("office_code", ""), "如：赣市监标函")
        form.add_line("number", "发文顺序号", "", "如：126，没编就空着")
        form.add_line("signer", "签发人", "", "报告要印")
        form.add_line("issued_by", "印发机关", settings.get("issued_by", ""), "印在报告末尾")
        form.add_day("dated", "成文日期", today)
        form.add_line("copies", "抄送", "", "没有就空着，几个用顿号分开")
        form.add_choice("publicity", "公示", PUBLICITY, _OPEN, wide=True)
        form.add_text("publicity_text", "公示情况", "", PUBLICITY_EXAMPLE, rows=2)
        annexes = usual_annexes(self.office.sitting.pack.round, len(self._chosen))
        form.add_text("annexes", "附件名称，一行一个", "\n".join(annexes), rows=2)
        form.add_line("contact", "联系人", settings.get("contact", ""))
        form.add_line("phone", "联系电话", settings.get("phone", ""))
        self.with_table = OptionRow(self.office.look, "tick", "附件 1 推荐汇总表一起出", "另存一个 Word")
        self.with_table.setChecked(True)

    def typed(self) -> Mapping[str, str]:
        """See :class:`OfficialDialog`."""
        alone = {} if self.with_table.isChecked() else {_ALONE: "1"}
        return {**super().typed(), **alone}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """See :class:`OfficialDialog`."""
        super().show_typed(typed)
        self.with_table.setChecked(_ALONE not in typed)

    def letter(self) -> Letter:
        """The letter as it was asked for.

        Raises:
            ExportError: ``day_unread``.
        """
        form = self.form
        dated = form.day("dated")
        said = {_OPEN: None, _NONE: "", _SAID: form.text("publicity_text") or None}
        return Letter(
            bureau=self.office.sitting.desk.settings()["bureau"],
            kind=LetterKind(form.text("kind")),
            code=form.text("code"),
            number=form.text("number"),
            year=(dated or self.office.clock.today()).year,
            addressee=form.text("addressee") or ADDRESSEE,
            signer=form.text("signer"),
            process=replace(self._process, publicity=said[form.text("publicity")]),
            chosen=self._chosen,
            annexes=form.several("annexes"),
            contact=form.text("contact"),
            phone=form.text("phone"),
            dated=dated,
            copies=form.listed("copies"),
            issued_by=form.text("issued_by"),
        )

    def paper(self) -> Paper:
        """See :class:`OfficialDialog`."""
        return letter_paper(self.letter(), self.office.sitting.pack.round)

    def show_sheet(self) -> None:
        """See :class:`OfficialDialog`; lines that this kind of document does not have are left out."""
        report = self.form.text("kind") == LetterKind.REPORT.value
        for name in ("signer", "issued_by"):
            self.form.show_line(name, shown=report)
        self._fit_code(report=report)
        self.form.show_line("publicity_text", shown=self.form.text("publicity") == _SAID)
        super().show_sheet()

    def _fit_code(self, *, report: bool) -> None:
        """The mark of a 函 ends with that word, that of a 报告 does not; what was typed by hand stays."""
        known = self.office.sitting.desk.settings().get("office_code", "")
        plain = known.removesuffix("函")
        wanted = plain if report else known
        if self.form.text("code") in {known, plain} - {wanted}:
            self.form.show_typed({"code": wanted})

    def stem(self) -> str:
        """See :class:`OfficialDialog`."""
        kind = self.form.text("kind")
        return f"关于推荐{self.office.sitting.pack.round.title}的{kind}"

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        paper, on, pack = self.paper(), self.form.day("dated"), self.office.sitting.pack
        with_table = self.with_table.isChecked()

        def make(desk: DeskReading, stem: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
            from pilotdesk.review.outputs.of_desk import summary_of
            from pilotdesk.review.outputs.official_paper import write_paper
            from pilotdesk.review.outputs.official_records import blanks_remark
            from pilotdesk.review.outputs.summary_paper import summary_paper

            contents = {f"{stem}.docx": write_paper(paper)}
            remarks = blanks_remark(paper)
            if with_table:
                table = summary_of(desk, pack, on)
                contents[f"{stem}{ANNEX}.docx"] = summary_paper(table)
                remarks += table.gaps
            return contents, remarks

        return paper_order(self.office, self.target, make)

    def _name_files(self) -> None:
        """Its name, and the files that come with it."""
        if self.with_table.isChecked():
            self.target.set_endings((".docx", f"{ANNEX}.docx"), "附件 1 另存一个 Word")
        else:
            self.target.set_endings((".docx",))
