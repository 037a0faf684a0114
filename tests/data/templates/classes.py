"""One form for each class of layout that the rules were once blind to, with words as yet another office might choose them."""

from __future__ import annotations

from tests.data.templates.building import CONTINUES, C, Look, Template

APPLICATION, SELF, SUMMARY = "application", "self_assessment", "summary_2027"
PHONE = "0794-2000131|13800000035"


def brackets() -> Template:
    t = Template(
        "29-markers-of-all-kinds",
        APPLICATION,
        "圆圈、方括号、圆括号、实心圈作选项；是/否二选一不带框；选项前后都有；封面二〇、202_年",
        Look(font="宋体", size=21, clutter="words"),
    )
    t.title("标准化试点基本信息采集表")
    t.p("填报单位：{unit_name|·····························}　　填写日期：{filing_date|202__年__月__日}")
    circles = "事业单位○　企业○　机关○　社会团体○"
    square = "[ ]农业农村　[ ]消费品　[ ]高新技术　[ ]服务业　[ ]基本公共服务　[ ]社会管理和公共服务"
    done = "社会管理和公共服务"
    (
        t.table(2300, 2300, 2300, 2300)
        .row("一、项目名称(全称)", C("{project_name}", span=3))
        .row("二、单位类别", C(f"{{unit_kind|{circles}|{circles.replace('位○', '位●')}}}", span=3))
        .row("三、申报领域", C(f"{{pilot_field|{square}|{square.replace('[ ]' + done, '[√]' + done)}}}", span=3))
        .row("四、是否曾承担国家标准化试点", "{national_pilot_before|是/否|否}", "五、近三年是否有重大事故",
             "{incidents|是 / 否|否}")
        .row("六、已有试点基础", C("{prior_pilot_level|(  )无  (  )市级  (  )省级|( )无( )市级(√)省级}", span=3))
        .row("七、有无评估不合格的试点项目", C("{?failed_pilot|有（　）　无（　）|有（　）无（√）}", span=3))
        .row("八、是否属于重点扶持地区", C("是○　否○", span=3))
        .row("九、从业人员总数（人）", "{staff_count||86|86人}", "十、年营业额（元）", "")
        .row("十一、填表人", "", "十二、审核人", "")
    )  # fmt: skip
    return t


def people() -> Template:
    t = Template(
        "30-groups-of-people",
        APPLICATION,
        "人员组横排、竖排、跨列；标签一字一行、字间空格、带注；别的单位也有联系人",
        Look(font="仿宋_GB2312", size=21, clutter="chars"),
    )
    t.title("试 点 申 请 表")
    (
        t.table(1100, 1500, 2100, 1500, 3000)
        .row(C("申\v报\v单\v位", down=True), "全　　称", C("{unit_name}", span=3))
        .row(CONTINUES, "信用代码", "{uscc}", "机构性质", "{unit_kind}")
        .row(CONTINUES, "地　　址", "{mailing_address}", "邮　　编", "{postcode}")
        .row(CONTINUES, "法　　人", "{legal_representative.name}", "传　　真", "")
        .row(C("试点\n负责人", down=True), "姓　　名", "{project_leader.name}", "职务/职称", "{project_leader.position}")
        .row(CONTINUES, "办公电话", "{project_leader.phone}", "手　　机", "{project_leader.mobile}")
        .row(C("联\v络\v人", down=True), "姓　　名", "{contact.name}", "部门及职务", "{?contact.position}")
        .row(CONTINUES, "座　　机", "{contact.phone}", "手　　机", "{contact.mobile}")
        .row(CONTINUES, "身份证号", "", "电子信箱", "{contact.email}")
        .row(C("推\v荐\v单\v位", down=True), "名　　称", C("{recommending_authority}", span=3))
        .row(CONTINUES, "联 系 人", "", "联系电话", "")
        .row(CONTINUES, "地　　址", "", "邮　　编", "")
        .row(C("财务负责人", span=2), "", "联系电话", "")
        .row(C("项目起止时间", span=2), "{build_period|自20  年  月至20  年  月|自2027年1月至2028年12月}",
             "项目所在地", "{region}")
    )  # fmt: skip
    t.p("主管部门：____________　联系人：________　电话：__________")
    t.p(
        "承担单位：{unit_name|____________}　联系人：{contact.name|________}　电话：{contact.phone|__________|"
        + PHONE
        + "}"
    )
    return t


def no_room() -> Template:
    t = Template(
        "31-headings-without-room",
        APPLICATION,
        "标题下没有空段，直接是下一个标题；目录；提纲说明；甲方乙方写在正文里",
        Look(font="仿宋", size=28),
    )
    t.title("试点任务书").p()
    t.p("甲方（下达单位）：____________________")
    t.p("乙方（承担单位）：{unit_name|____________________}")
    t.p("乙方法定代表人：{legal_representative.name|________________}").p()
    t.p("目　录").p("一、试点背景与政策依据\t1").p("二、试点目标\t2").p("三、保障措施\t3").page()
    t.p("一、试点背景与政策依据{background}", style="Heading1")
    t.p("二、试点目标{overall_target}", style="Heading1")
    t.p("三、效益分析", style="Heading1")
    t.p("（一）经济效益{economic_benefit}", style="Heading2")
    t.p("（二）社会效益{social_benefit}", style="Heading2")
    t.p("四、保障措施", style="Heading1")
    t.p("1．组织保障{organisation_safeguard}").p("2．技术保障{staff_and_technology}").p(
        "3．政策保障{policy_safeguard}"
    )
    t.p("五、其他需要说明的事项", style="Heading1")
    t.p("甲方（盖章）：　　　　　　　　　　乙方（盖章）：").p("　　年　　月　　日")
    return t


def lists() -> Template:
    t = Template(
        "32-lists-with-strange-columns",
        APPLICATION,
        "清单里有一列不是我们的；序号预印；末行省略号；合计行；标题另有叫法；两级表头",
        Look(font="仿宋", size=21, clutter="fonts"),
    )
    t.p("（一）参与单位及任务分工")
    table = t.table(700, 2600, 1900, 1300, 1300, 1400).row(
        "序号", "参与单位名称", "统一信用代码", "所属行业", "联络人", "承担的主要工作"
    )
    table.rows(
        "participating_units",
        "#",
        "name",
        "uscc",
        "",
        "contact_name",
        "task",
        blank=3,
        texts={0: "1", 1: "2", 2: "…"},
    )
    t.p("（二）年度考核指标")
    table = t.table(2600, 1000, 1400, 1400, 1400, 1400)
    table.row(
        C("指标名称", down=True),
        C("单位", down=True),
        C("基期值", down=True),
        C("目标值", span=2),
        C("权重", down=True),
    )
    table.row(CONTINUES, CONTINUES, CONTINUES, "2027年底", "2028年底", CONTINUES)
    table.rows("targets", "indicator", "unit", "base_value", "value_2027", "value_2028", "", blank=4)
    t.p("（三）工作计划与进度")
    table = t.table(1800, 3000, 1800, 1300, 1300).row(
        "时间节点", "工作内容", "阶段性成果", "牵头部门", "具体负责人"
    )
    table.rows("schedule", "period", "task", "result", "responsible_unit", "responsible_person", blank=3)
    t.p("（四）资金安排（单位：万元）")
    table = t.table(700, 3000, 1700, 1700, 2100).row("序号", "支出科目", "2027年", "2028年", "资金来源")
    table.rows("funding", "#", "item", "amount_2027", "amount_2028", "source", blank=3)
    table.row(C("合　　计", span=2), "{?funding_total#a||19.5}", "{?funding_total#b||12.5}", "")
    t.p("（五）试点工作专班")
    table = t.table(700, 1500, 700, 2600, 1800, 1900).row(
        "序号", "姓名", "年龄", "所在单位", "职务职称", "专班职责"
    )
    table.rows("leadership_group", "#", "name", "", "unit", "position", "duty", blank=4)
    t.p("（六）专家咨询组名单")
    t.table(2300, 2300, 2300, 2300).row("姓名", "工作单位", "职称", "研究方向").row("", "", "", "").row(
        "", "", "", ""
    )
    return t


def joined() -> Template:
    t = Template(
        "33-two-answers-in-one-place",
        APPLICATION,
        "一格两个答案（姓名及职务、联系人及电话、地址及邮编）；单位在标签里；标签加前后缀；页眉",
        Look(font="宋体", size=24, theme=True),
    )
    t.title("项目登记卡")
    (
        t.table(2600, 2000, 2600, 2000)
        .row("申报单位全称（盖章）", C("{unit_name}", span=3))
        .row("申报项目全称", C("{project_name}", span=3))
        .row("法定代表人姓名及职务", "{legal_representative||周明远　中心主任}", "项目负责人及联系电话",
             "{project_leader||陈立　0794-2000126|陈立　13800000021}")
        .row("联系人（手机）", "{?contact||吴小舟|吴小舟　13800000035}", "通讯地址、邮编",
             "{mailing_address||南汀县政务路8号　344099}")
        .row("项目计划总经费（万元）", "{funding_total||32.0|32|32.0万元}", "其中申请财政资金（万元）", "")
        .row("单位现有职工总数", "{staff_count|　　　　人|86人}", "其中专职标准化人员", "{full_time_staff|　　　　人|2人}")
        .row("项目具体实施地点", "{region}", "试点工作起止年月", "{build_period}")
        .row("开户名称", "", "开户银行及账号", "")
        .row("单位成立及注册时间", "{?founded_on}", "登记注册机关名称", "{registrar}")
        .row("项目主要内容概述", C("{summary}", span=3, height=3))
        .row("申报单位概况介绍", C("{unit_introduction}", span=3, height=3))
    )  # fmt: skip
    return t


def later() -> Template:
    t = Template(
        "34-summary-in-other-words",
        SUMMARY,
        "年度总结：别的叫法；标题下没有空段",
        Look(font="仿宋_GB2312", size=28, clutter="words"),
    )
    t.title("试点项目年度进展报告")
    t.p("试点项目名称：{project_name|________________}").p("项目实施单位：{unit_name|________________}")
    t.p(
        "联 系 人：{filler_name|________}　　联系方式：{filler_phone|____________}　　"
        "报送时间：{filing_date|二○　　年　　月　　日}"
    )
    t.p("三、工作成效{achievements}", style="Heading1")
    t.p("四、主要经验做法{typical_practices}", style="Heading1")
    t.p("五、存在的问题和困难{difficulties}", style="Heading1")
    t.p("六、意见和建议{suggestions}", style="Heading1")
    t.p("七、下一步工作安排", style="Heading1")
    table = t.table(3600, 2400, 1700, 1500).row("重点工作", "时间安排", "责任部门", "预期成果")
    table.rows("next_plan", "task", "period", "responsible", "result", blank=2)
    t.p("省级主管部门审核意见：").p().p("（盖章）　　年　月　日", align="right")
    return t


def own_assessment() -> Template:
    t = Template(
        "35-assessment-in-other-words",
        SELF,
        "自评：别的叫法；指标表少几列、多一列；结论；标题下没有空段",
        Look(font="仿宋_GB2312", size=24, clutter="words"),
    )
    t.title("试点项目自我评价报告")
    (
        t.table(2300, 2300, 2300, 2300)
        .row("项目名称:", C("{project_name}", span=3))
        .row("项目承担单位:", "{unit_name}", "参与单位:", "{participant_names}")
        .row("立项批复文号:", "{approval_number}", "项目周期:", "{build_period}")
        .row("填表人员:", "{filler_name}", "手机号码:", "{filler_phone}")
        .row("自评总分:", "{total_score||95.0|95|95.0分}", "评估机构:", "")
    )
    t.p("自评工作组成员表")
    table = t.table(1800, 3400, 2000, 2000).row("姓名", "部门及单位", "职务/职称", "承担工作")
    table.rows("assessors", "name", "unit", "position", "duty", blank=3)
    t.p("一、试点基本概况{overview}", style="Heading1")
    t.p("二、标准体系建立情况{system_report}", style="Heading1")
    t.p("三、标准宣贯和实施情况{implementation_report}", style="Heading1")
    t.p("四、取得的效益", style="Heading1")
    t.p("（一）经济效益分析{economic_effect}", style="Heading2")
    t.p("（二）社会效益分析{social_effect}", style="Heading2")
    t.p("五、主要经验和做法{experience}", style="Heading1")
    t.p("六、存在问题及下一步工作计划{problems_and_next}", style="Heading1")
    t.p("评估专家组意见：").p().p("组长（签字）：　　　　　　　　年　　月　　日", align="right")
    return t


def others() -> Template:
    t = Template(
        "36-other-bodies",
        APPLICATION,
        "推荐单位、技术支撑单位、专家、受理人都有联系人、地址和电话；设备、论文、专利、参会人员等别人的清单",
        Look(font="宋体", size=21),
    )
    t.title("标准化试点推荐表")
    (
        t.table(1500, 1500, 1700, 1500, 1500, 1500)
        .row("推荐单位", C("{?recommending_authority}", span=2), "联系人", "", "")
        .row("通讯地址", C("", span=2), "联系电话", "", "")
        .row("申报单位", C("{unit_name}", span=2), "法定代表人", C("{legal_representative.name}", span=2))
        .row("通讯地址", C("{mailing_address}", span=2), "邮编", C("{postcode}", span=2))
        .row("项目联系人", C("{contact.name}", span=2), "手机", C("{contact.mobile}", span=2))
        .row("技术支撑单位", C("", span=2), "联系人", "", "")
        .row("标准化专家", "", "职称", "", "联系电话", "")
        .row("项目审批日期", "", "项目编号", "", "项目性质", "")
    )
    t.p("受理单位：__________　受理人：________　联系电话：__________　受理日期：____年__月__日")
    t.p("开户单位：__________　开户行：__________　账号：__________")
    t.p("监督电话：__________　　举报邮箱：__________")
    t.p("经办人（签字）：________　日期：____年__月__日")
    t.p("一、合作院校")
    t.table(2300, 2300, 2300, 2300).row("院校名称", "", "负责人", "").row("地址", "", "联系电话", "")
    for title, heads in (
        ("二、专家组名单", ("姓名", "单位", "职务", "职称", "电话")),
        ("三、获得资助情况", ("序号", "项目名称", "资助金额", "资助单位", "年份")),
        ("四、主要设备清单", ("序号", "名称", "规格型号", "数量", "金额")),
        ("五、专利情况", ("序号", "名称", "专利号", "授权时间", "备注")),
        ("六、参会人员", ("序号", "姓名", "单位", "职务", "联系电话")),
    ):
        t.p(title)
        t.table(900, 2500, 1900, 1900, 2000).row(*heads).row("", "", "", "", "").row("", "", "", "", "")
    t.p("声明单位（盖章）：").p("法定代表人（签字）：").p("　　　　年　　月　　日")
    return t


TEMPLATES = (brackets, people, no_room, lists, joined, later, own_assessment, others)
