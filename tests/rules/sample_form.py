"""A small form that uses every feature of the rules, and a stand-in for the session that writes its answers."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from pilotdesk.forms.model import Check, Choice, Field, Form, FormHead, Group, LoadedPack, Source, Step
from pilotdesk.forms.round import Activity, Deadline, Direction, PilotField, ReviewPoint, Round, Submitter
from pilotdesk.forms.values import Row, is_blank, split_cell_path
from pilotdesk.rules.engine import Engine

TODAY = date(2026, 6, 12)

ROUND = Round(
    name="2026",
    title="2026年度试点",
    notice_title="通知",
    notice_number="〔2026〕1号",
    issued=date(2026, 4, 9),
    system_name="系统",
    system_address="",
    cycle=("2027-01", "2028-12"),
    quota_total=8,
    quota_special=2,
    deadline=(
        Deadline(name="upload", label="上传", day=date(2026, 6, 30), source=("notice",)),
        Deadline(name="open", label="未定", source=("notice",)),
    ),
    pilot_field=(
        PilotField(
            code="F1",
            label="农业",
            quota=2,
            scope="",
            direction=(Direction(name="d1", label="育种"),),
            source=("notice",),
        ),
    ),
    submitter=(
        Submitter(code="jx", label="江西省市场监督管理局", province="360000"),
        Submitter(code="xj", label="新疆维吾尔自治区市场监督管理局", province="650000"),
        Submitter(code="bt", label="新疆生产建设兵团市场监督管理局", province="XPCC"),
    ),
    activity=(Activity(name="analyse", label="分析工作需求"),),
    review_point=(ReviewPoint(name="credit", label="信用", ask="有无不良记录"),),
)

LISTS = {
    "fields": (Choice(name="F1", label="农业"), Choice(name="F2", label="消费品")),
    "directions": (
        Choice(name="d1", label="育种", parent="F1"),
        Choice(name="d2", label="家电", parent="F2"),
        Choice(name="d3", label="家具", parent="F2"),
    ),
    "pilot_types": (Choice(name="unit", label="单位试点"), Choice(name="region", label="区域试点")),
    "unit_kinds": tuple(
        Choice(name=name, label=label)
        for name, label in (
            ("government", "机关"),
            ("institution", "事业单位"),
            ("enterprise", "企业"),
            ("association", "社会团体"),
            ("service_body", "社会服务机构"),
            ("cooperative", "农民专业合作社"),
            ("other", "其他"),
        )
    ),
    "yes_no": (Choice(name="yes", label="是"), Choice(name="no", label="否")),
    "levels": tuple(
        Choice(name=name, label=label)
        for name, label in (
            ("national", "国家"),
            ("sector", "行业"),
            ("local", "地方"),
            ("group", "团体"),
            ("enterprise", "企业"),
        )
    ),
    "statuses": tuple(
        Choice(name=name, label=label)
        for name, label in (
            ("in_force", "现行"),
            ("upcoming", "即将实施"),
            ("withdrawn", "废止"),
            ("developing", "在研"),
            ("planned", "拟制定"),
        )
    ),
}


def check(name, test, what="不对。", **more):
    return Check(name=name, test=test, what=what, **more)


COVER = Step(
    name="cover",
    label="封面",
    group=(
        Group(
            name="title",
            field=(
                Field(
                    name="project_name",
                    number="0.1",
                    type="text",
                    label="项目名称",
                    required=True,
                    hint="写清楚",
                    example="某县标准化试点",
                    source=("habit",),
                    check=(
                        check(
                            "name_ending",
                            "ends_with(value, '标准化试点')",
                            "“{value}”没有以“标准化试点”结尾，如{unit_name}标准化试点。",
                        ),
                        check(
                            "name_length",
                            "length(value) <= 12",
                            "{length(value)} 个字，太长。",
                            severity="hint",
                        ),
                    ),
                ),
                Field(
                    name="pilot_field",
                    number="0.2",
                    type="choice",
                    label="领域",
                    choices="fields",
                    required=True,
                    severity="error",
                ),
                Field(
                    name="directions",
                    number="0.3",
                    type="dependent_choice",
                    label="方向",
                    choices="directions",
                    depends_on="pilot_field",
                    other=True,
                    required="filled(pilot_field)",
                ),
                Field(
                    name="filed_on",
                    number="0.4",
                    type="date",
                    label="填报日期",
                    check=(
                        check(
                            "filed_late", "value <= deadline('upload')", "{value}晚于{deadline('upload')}。"
                        ),
                        check("filed_in_future", "value <= today()"),
                    ),
                ),
                Field(
                    name="title_again",
                    number="0.5",
                    type="calculated",
                    label="名称",
                    calculation="project_name",
                ),
            ),
        ),
    ),
)

UNIT = Step(
    name="unit",
    number="二",
    label="承担单位",
    group=(
        Group(
            name="registration",
            field=(
                Field(
                    name="unit_name",
                    number="2.1",
                    type="text",
                    label="单位名称",
                    required=True,
                    severity="error",
                ),
                Field(
                    name="uscc",
                    number="2.2",
                    type="text",
                    label="信用代码",
                    check=(
                        check("uscc_form", "uscc_ok(value)"),
                        check(
                            "uscc_check",
                            "uscc_check_ok(value)",
                            "最后一位应是“{uscc_check_char(value)}”，现在填的是“{last(value, 1)}”。",
                        ),
                    ),
                ),
                Field(
                    name="unit_kind",
                    number="2.3",
                    type="choice",
                    label="单位性质",
                    choices="unit_kinds",
                    prefill="uscc_kind(uscc)",
                    check=(
                        check(
                            "kind_fits",
                            "value == uscc_kind(uscc)",
                            "代码是{label_of(uscc_kind(uscc), 'unit_kinds')}。",
                        ),
                    ),
                ),
                Field(name="region", number="2.4", type="region", label="地点"),
                Field(
                    name="submitter",
                    number="2.5",
                    type="text",
                    label="推荐单位",
                    prefill="submitter_of(region)",
                ),
                Field(
                    name="leader",
                    number="2.6",
                    type="person",
                    label="负责人",
                    required=True,
                    parts=(
                        Field(name="name", type="text", label="姓名", required=True),
                        Field(
                            name="mobile",
                            type="text",
                            label="手机",
                            required=True,
                            check=(check("mobile_form", "matches(value, 'mobile')"),),
                        ),
                        Field(
                            name="duty", type="text", label="职务", relevant="filled(name)", prefill="name"
                        ),
                    ),
                ),
                Field(
                    name="contact",
                    number="2.7",
                    type="person",
                    label="联系人",
                    parts=(
                        Field(name="name", type="text", label="姓名", required=True),
                        Field(name="mobile", type="text", label="手机", required="leader.duty != '主任'"),
                    ),
                    check=(check("contact_other", "name != leader.name", "和负责人是同一人。"),),
                ),
            ),
        ),
        Group(
            name="staff",
            field=(
                Field(name="full_time", number="2.8", type="integer", label="专职"),
                Field(name="part_time", number="2.9", type="integer", label="兼职"),
                Field(
                    name="staff",
                    number="2.10",
                    type="integer",
                    label="合计",
                    calculation="full_time + part_time",
                    check=(check("staff_some", "value >= 1", "合计是 {value}。"),),
                ),
                Field(
                    name="share",
                    number="2.11",
                    type="decimal",
                    decimals=1,
                    label="专职占比",
                    calculation="full_time / staff * 100",
                    check=(check("share_low", "value >= 10", "占比只有 {value} %。", severity="hint"),),
                ),
                Field(name="pilot_type", number="2.12", type="choice", label="类型", choices="pilot_types"),
                Field(name="again", number="2.13", type="choice", label="承担过", choices="yes_no"),
                Field(
                    name="again_note",
                    number="2.14",
                    type="text",
                    label="说明",
                    relevant="again == 'yes'",
                    required=True,
                ),
            ),
        ),
        Group(
            name="region_pilot",
            relevant="pilot_type == 'region'",
            field=(
                Field(name="members", number="2.15", type="integer", label="参与数", required=True),
                Field(name="peers", number="2.16", type="integer", label="总数", required="filled(members)"),
                Field(
                    name="rate",
                    number="2.17",
                    type="calculated",
                    label="占比",
                    calculation="round(members / peers * 100, 1)",
                ),
            ),
        ),
    ),
)

NEEDS = Field(
    name="needs",
    number="3.1",
    type="table",
    label="需求",
    required=True,
    min_rows=2,
    columns=(
        Field(
            name="code",
            type="text",
            label="编号",
            required=True,
            check=(
                check(
                    "need_twice", "value not in duplicates(needs.code)", "第 {row_number} 行“{value}”重复。"
                ),
            ),
        ),
        Field(name="text", type="longtext", label="描述", min_chars=4, max_chars=8),
        Field(name="kind", type="multi_choice", label="来源", choices="yes_no", other=True),
    ),
)
TARGETS = Field(
    name="targets",
    number="3.2",
    type="table",
    label="指标",
    columns=(
        Field(name="indicator", type="text", label="指标", required=True),
        Field(name="base", type="decimal", label="基期"),
        Field(
            name="goal",
            type="decimal",
            label="目标",
            required="filled(base)",
            check=(check("goal_below_base", "value >= base", "目标{value}比基期{base}小。"),),
        ),
        Field(name="growth", type="decimal", label="增长", calculation="goal - base"),
        Field(name="reason", type="text", label="说明", relevant="goal < base", required=True),
        Field(name="source", type="text", label="来源", prefill="indicator"),
        Field(
            name="need_ref",
            type="text",
            label="需求",
            check=(check("need_unknown", "value in needs.code", "没有需求{value}。"),),
        ),
        Field(name="period", type="month_range", label="起止"),
    ),
    check=(
        check("targets_some", "count(targets) >= 2", "只有 {count(targets)} 行。", severity="hint"),
        check(
            "growth_large",
            "growth <= 50 or filled(reason)",
            "第 {row_number} 行增长{growth}。",
            each_row=True,
        ),
    ),
)
STRUCTURE = Field(
    name="structure",
    number="3.3",
    type="tree",
    label="框架",
    columns=(
        Field(name="code", type="text", label="编号", required=True),
        Field(
            name="name",
            type="text",
            label="名称",
            check=(
                check(
                    "leaf_covered", "not node_is_leaf or code in standards.system_code", "“{value}”没有标准。"
                ),
            ),
        ),
    ),
    levels=(2, 3),
    check=(
        check("deep", "depth(structure) <= 3"),
        check("top_short", "node_level > 1 or length(name) <= 4", each_row=True),
    ),
)
STANDARDS = Field(
    name="standards",
    number="3.4",
    type="table",
    label="明细表",
    columns=(
        Field(name="system_code", type="text", label="体系编号"),
        Field(
            name="number",
            type="text",
            label="标准号",
            check=(
                check("number_form", "standard_number_ok(value)", "没看懂“{value}”。"),
                check("number_twice", "value not in duplicates(standards.number)"),
            ),
        ),
        Field(name="level", type="choice", label="级别", choices="levels", prefill="standard_kind(number)"),
        Field(
            name="status",
            type="choice",
            label="状态",
            choices="statuses",
            check=(check("withdrawn", "value != 'withdrawn'", "第 {row_number} 行标为“{value}”。"),),
        ),
    ),
)
STATISTICS = Field(
    name="statistics_table",
    number="3.5",
    type="table",
    label="统计表",
    calculation="statistics(standards)",
    columns=tuple(
        Field(name=name, type="calculated", label=name)
        for name in ("level", "needed", "existing", "ratio", "planned")
    ),
)

PLAN = Step(
    name="plan",
    number="三",
    label="计划",
    relevant="filled(unit_name)",
    group=(
        Group(
            name="tables",
            field=(
                NEEDS,
                TARGETS,
                STRUCTURE,
                STANDARDS,
                STATISTICS,
                Field(
                    name="goal_total",
                    number="3.6",
                    type="calculated",
                    label="合计",
                    calculation="sum(targets.goal)",
                ),
                Field(
                    name="standards_total",
                    number="3.7",
                    type="calculated",
                    label="标准数",
                    calculation="sum(statistics_table.needed)",
                ),
            ),
        ),
        Group(
            name="words",
            relevant="count(targets) >= 1",
            field=(
                Field(
                    name="summary",
                    number="3.8",
                    type="longtext",
                    label="摘要",
                    min_chars=5,
                    max_chars=10,
                    required=True,
                ),
                Field(
                    name="period",
                    number="3.9",
                    type="month_range",
                    label="周期",
                    check=(
                        check(
                            "period_in_cycle",
                            "cycle_start() <= start_of(value) and end_of(value) <= cycle_end()",
                            "“{value}”不在{cycle_start()}到{cycle_end()}之间。",
                            severity="error",
                            source=("notice",),
                        ),
                    ),
                ),
                Field(name="started", number="3.10", type="month", label="开始"),
                Field(
                    name="proof", number="3.11", type="attachment", label="证明", required="again == 'yes'"
                ),
                Field(name="promise", number="3.12", type="statement", label="承诺", text=("属实。",)),
                Field(name="seal", number="3.13", type="signature", label="签章"),
            ),
        ),
    ),
)

FORM_CHECKS = (
    check(
        "leader_in_staff", "staff >= 1 or not filled(leader.name)", "有负责人却没有人员。", on="leader.name"
    ),
    check("leader_known", "count(leader) <= 2", "写了 {count(leader)} 项。", severity="hint", on="unit_name"),
    check(
        "goal_in_period", "start_of(period) >= cycle_start()", "第 {row_number} 行太早。", on="targets.period"
    ),
    check("standard_status", "status != 'planned' or again != 'yes'", on="standards", each_row=True),
    check("everything", "count(needs) == count(targets) or not filled(summary)", on="needs"),
    check(
        "nowhere", "standards_total < 3", "标准有 {standards_total} 项。", severity="hint", on="project_name"
    ),
)


def make_form(*steps, checks=FORM_CHECKS, lists=None):
    """A form of the given steps, as the loader would build it."""
    fields = {field.name: field for step in steps for group in step.group for field in group.field}
    step_of = {field.name: step.name for step in steps for group in step.group for field in group.field}
    return Form(
        head=FormHead(
            name="sample",
            title="样表",
            short="样表",
            version=1,
            project_name=next(iter(fields)),
            unit_name=next(iter(fields)),
            check=tuple(checks),
        ),
        steps=tuple(steps),
        fields=fields,
        step_of=step_of,
        lists=LISTS if lists is None else lists,
    )


FORM = make_form(COVER, UNIT, PLAN)
PACK = LoadedPack(
    round=ROUND, sources={"notice": Source(title="通知", kind="notice")}, forms={"sample": FORM}, digest=""
)


def one_field_form(*fields, checks=(), lists=None, relevant=""):
    """A form of one step and one group."""
    return make_form(
        Step(
            name="only",
            number="一",
            label="唯一",
            group=(Group(name="group", relevant=relevant, field=tuple(fields)),),
        ),
        checks=checks,
        lists=lists,
    )


class Writer:
    """Writes answers and carries out effects as the session does, and nothing more."""

    def __init__(self, form=FORM, values=None, accepted=None, round_=ROUND):
        self.form = form
        self.values = {}
        self.accepted = accepted if accepted is not None else {}
        self.engine = Engine(form, round_, TODAY)
        for path, value in (values or {}).items():
            self._put(path, value)
        self.effects = self.engine.start(self.values, self.accepted)
        self._write(self.effects)

    def __getitem__(self, path):
        place = split_cell_path(path)
        if place is None:
            return self.values.get(path)
        return next(row for row in self.values[place[0]] if row.id == place[1]).cell(place[2])

    def set(self, values, *, prefill=True):
        """Writes answers at paths and lets the rules answer."""
        for path, value in values.items():
            self._put(path, value)
        self.effects = self.engine.changed(frozenset(values), prefill=prefill)
        self._write(self.effects)
        return self.effects

    def codes(self, path):
        """Codes of the issues at a path."""
        return [issue.code for issue in self.engine.issues_at(path)]

    def issue(self, path, code):
        """The issue with a code at a path."""
        return next(issue for issue in self.engine.issues_at(path) if issue.code == code)

    def _write(self, effects):
        for path, value in effects.values.items():
            self._put(path, value)

    def _put(self, path, value):
        place = split_cell_path(path)
        if place:
            rows = self.values.get(place[0], ())
            self.values[place[0]] = tuple(
                row.with_cell(place[2], value) if row.id == place[1] else row for row in rows
            )
        elif is_blank(value):
            self.values.pop(path, None)
        else:
            self.values[path] = value


def rows(*cells, parents=None):
    """Rows r_0, r_1 … with the given cells."""
    parents = parents or {}
    return tuple(
        Row(f"r_{at}", MappingProxyType(dict(one)), None if at not in parents else f"r_{parents[at]}")
        for at, one in enumerate(cells)
    )
