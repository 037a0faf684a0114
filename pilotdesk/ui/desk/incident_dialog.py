"""失信等情况报告: what happened to a unit during its pilot and what the bureau proposes, as a 报告."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import ExportError
from pilotdesk.review.outputs.incident import CAUSES, Incident, Proposal, incident_paper
from pilotdesk.review.outputs.letter import ADDRESSEE
from pilotdesk.ui.components.choice import OptionRow
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

TEXT: Final = "通知第七条：试点期间出了这些事，要及时提出处理意见，书面报送国家标准委。没填的在报告里标黄。"
PROPOSALS: Final = {
    Proposal.GO_ON.value: "继续建设",
    Proposal.MEND.value: "限期整改，整改期间继续",
    Proposal.PAUSE.value: "暂停建设",
    Proposal.END.value: "终止建设",
}
_PROJECT, _TICKED = "key", "causes"


class IncidentDialog(OfficialDialog):
    """The report.

    Attributes:
        causes: words of the notice to their ticks. other: a cause in the user's own words.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        rows = [row for row in office.sitting.rows.values() if not row.practice and row.form == "application"]
        rows.sort(key=lambda row: (not row.picked, row.rank, row.number))
        self._rows = {row.key: row for row in rows}
        self.causes: dict[str, OptionRow] = {}
        super().__init__(
            parent,
            office,
            name="incident",
            title="失信等情况报告",
            text=TEXT,
            start="存成 Word",
            endings=(".docx",),
        )

    def add_lines(self) -> None:
        """See :class:`OfficialDialog`."""
        form, settings = self.form, self.office.sitting.desk.settings()
        projects = {
            key: f"{row.number:02}　{row.facts.title}（{row.facts.unit}）" for key, row in self._rows.items()
        }
        form.add_choice(_PROJECT, "哪个项目", projects, self.office.sitting.current, wide=True)
        for cause in CAUSES:
            self.causes[cause] = OptionRow(self.office.look, "tick", cause)
        form.add_ticks("事由（通知列的，可多选）", tuple(self.causes.values()))
        form.add_line("other", "别的事由", "", "没有就空着")
        form.add_day("happened", "发生的时间")
        form.add_text("course", "经过", "", "什么时候，发生了什么，现在怎样。一段一行。", rows=3)
        form.add_text("influence", "造成的影响，对试点建设的影响", rows=2)
        form.add_text("measures", "已采取的措施", rows=2)
        form.add_choice("proposal", "处理意见", PROPOSALS)
        form.add_line("addressee", "主送机关", ADDRESSEE)
        form.add_text("reasons", "理由", rows=2)
        form.add_text("annexes", "附件名称，一行一个", "", "如：行政处罚决定书复印件", rows=2)
        form.add_line(
            "code", "发文机关代字", settings.get("office_code", "").removesuffix("函"), "如：赣市监标"
        )
        form.add_line("number", "发文顺序号", "", "没编就空着")
        form.add_day("dated", "成文日期", self.office.clock.today())
        form.add_line("signer", "签发人")
        form.add_line("contact", "联系人", settings.get("contact", ""))
        form.add_line("phone", "联系电话", settings.get("phone", ""))
        form.add_line("copies", "抄送", "", "没有就空着，几个用顿号分开")
        form.add_line("issued_by", "印发机关", settings.get("issued_by", ""))
        for tick in self.causes.values():
            tick.toggled.connect(self.on_typed)

    def incident(self) -> Incident:
        """What happened, as it was typed.

        Raises:
            ExportError: ``day_unread``; ``incident_no_project`` before a project was chosen.
        """
        form = self.form
        row = self._rows.get(form.text(_PROJECT))
        if row is None:
            raise ExportError("incident_no_project")
        dated = form.day("dated")
        ticked = tuple(cause for cause, tick in self.causes.items() if tick.isChecked())
        fields = {field.code: field.label for field in self.office.sitting.pack.round.pilot_field}
        return Incident(
            bureau=self.office.sitting.desk.settings()["bureau"],
            code=form.text("code"),
            number=form.text("number"),
            year=(dated or self.office.clock.today()).year,
            addressee=form.text("addressee") or ADDRESSEE,
            signer=form.text("signer"),
            title=row.facts.title,
            unit=row.facts.unit,
            field=fields.get(row.facts.field, ""),
            causes=(*ticked, *filter(None, [form.text("other")])),
            happened=form.day("happened"),
            course=form.text("course"),
            influence=form.text("influence"),
            measures=form.text("measures"),
            proposal=Proposal(form.text("proposal")) if form.text("proposal") else None,
            reasons=form.text("reasons"),
            annexes=form.several("annexes"),
            contact=form.text("contact"),
            phone=form.text("phone"),
            dated=dated,
            copies=form.listed("copies"),
            issued_by=form.text("issued_by"),
        )

    def paper(self) -> Paper:
        """See :class:`OfficialDialog`."""
        return incident_paper(self.incident(), self.office.sitting.pack.round)

    def stem(self) -> str:
        """See :class:`OfficialDialog`."""
        row = self._rows.get(self.form.text(_PROJECT))
        return f"关于{row.facts.title.removesuffix('项目')}项目处理意见的报告" if row else "处理意见的报告"

    def typed(self) -> Mapping[str, str]:
        """See :class:`OfficialDialog`; a project of which nothing is said is nothing, what is said stays with its project."""
        typed = {name: text for name, text in super().typed().items() if name != _PROJECT}
        ticked = [cause for cause, tick in self.causes.items() if tick.isChecked()]
        if ticked:
            typed[_TICKED] = "、".join(ticked)
        return {**typed, _PROJECT: self.form.text(_PROJECT)} if typed else {}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """See :class:`OfficialDialog`; a project that has gone is to be chosen anew."""
        gone = {_PROJECT: ""} if typed.get(_PROJECT, "") not in self._rows and typed else {}
        super().show_typed({**typed, **gone})
        ticked = typed.get(_TICKED, "").split("、")
        for cause, tick in self.causes.items():
            tick.setChecked(cause in ticked)

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        paper = self.paper()

        def make(_desk: DeskReading, stem: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
            from pilotdesk.review.outputs.official_paper import write_paper
            from pilotdesk.review.outputs.official_records import blanks_remark

            return {f"{stem}.docx": write_paper(paper)}, blanks_remark(paper)

        return paper_order(self.office, self.target, make)
