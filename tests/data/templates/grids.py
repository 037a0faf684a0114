"""Templates that are mostly grids: pairs, four and six columns, merges, labels above, upright labels, nesting."""

from __future__ import annotations

from tests.data.templates.building import CONTINUES, C, Look, Template

APPLICATION = "application"


def plain_pairs() -> Template:
    t = Template("01-plain-pairs", APPLICATION, "标签|值，两列；标签用另一种叫法", Look(font="宋体"))
    t.title("标准化试点项目申报表")
    (
        t.table(2600, 6600)
        .row("项目名称", "{project_name}")
        .row("申报单位", "{unit_name}")
        .row("法定代表人", "{legal_representative}")
        .row("统一社会信用代码", "{uscc}")
        .row("通信地址", "{mailing_address}")
        .row("邮编", "{postcode}")
        .row("所属领域", "{pilot_field}")
        .row("建设周期", "{build_period}")
        .row("实施地点", "{region}")
        .row("银行账号", "")
        .row("项目简介", C("{summary}", height=6))
        .row("申报单位意见", C("\v（盖章）\v年　　月　　日", align="right"))
        .row("主管部门意见", C("\v（盖章）\v年　　月　　日", align="right"))
    )
    return t


def six_columns() -> Template:
    t = Template(
        "02-six-columns",
        APPLICATION,
        "六列网格；姓　名、电 话中间有空格；逐字断开的文字；拼写标记和书签",
        Look(clutter="chars"),
    )
    t.title("试点项目基本情况表")
    (
        t.table(1500, 1700, 1300, 1700, 1300, 1700)
        .row("项目名称", C("{project_name}", span=5))
        .row("单位名称\v（盖章）", C("{unit_name}", span=3), "单位性质", "{unit_kind}")
        .row("注册地址", C("{registered_address}", span=3), "邮政编码", "{postcode}")
        .row("成立日期", "{founded_on}", "登记机关", "{registrar}", "职工人数", "{staff_count||86|86人}")
        .row(
            C("法定代表人", down=True),
            "姓　　名",
            "{legal_representative.name}",
            "职　　务",
            C("{legal_representative.position}", span=2),
        )
        .row(CONTINUES, "签　　名", C("", span=4))
        .row(
            C("项目负责人", down=True),
            "姓　　名",
            "{project_leader.name}",
            "职务/职称",
            C("{project_leader.position}", span=2),
        )
        .row(
            CONTINUES, "办公电话", "{project_leader.phone}", "手　　机", C("{project_leader.mobile}", span=2)
        )
        .row(CONTINUES, "电子邮箱", C("{project_leader.email}", span=4))
        .row(
            C("联 系 人", down=True),
            "姓　　名",
            "{contact.name}",
            "职务/职称",
            C("{contact.position}", span=2),
        )
        .row(CONTINUES, "办公电话", "{contact.phone}", "手　　机", C("{contact.mobile}", span=2))
        .row(CONTINUES, "E-mail", C("{contact.email}", span=4))
        .row("开户银行", C("", span=2), "银行账号", C("", span=2))
    )
    return t


def both_ways() -> Template:
    t = Template(
        "03-merged-both-ways",
        APPLICATION,
        "上下左右都有合并；竖排标签一字一行；行组（项目负责人／联系人）给出上下文",
        Look(clutter="words"),
    )
    t.title("项目申报书（基本信息）")
    (
        t.table(700, 1500, 2300, 1500, 3200, grid=[3000, 3000, 3000])
        .row(C("项\v目\v概\v况", down=True), "1．项目名称", C("{project_name}", span=3))
        .row(CONTINUES, "2．试点领域", "{pilot_field}", "3．试点方向", "{directions}")
        .row(CONTINUES, "4．起止时间", "{build_period}", "5．实施地点", "{region}")
        .row(CONTINUES, "6．实施范围", C("{implementation_scope}", span=3))
        .row(C("承\v担\v单\v位", down=True), "单位全称", C("{unit_name}", span=3))
        .row(CONTINUES, "统一社会\v信用代码", "{uscc}", "单位性质", "{unit_kind}")
        .row(CONTINUES, "法人代表", "{legal_representative}", "登记机关", "{registrar}")
        .row(CONTINUES, "通讯地址", "{mailing_address}", "邮　　编", "{postcode}")
        .row(
            C("负\v责\v人", down=True),
            "姓　名",
            "{project_leader.name}",
            "职务/职称",
            "{project_leader.position}",
        )
        .row(CONTINUES, "电　话", "{project_leader.phone}", "手　机", "{project_leader.mobile}")
        .row(CONTINUES, "邮　箱", C("{project_leader.email}", span=3))
        .row(C("联\v系\v人", down=True), "姓　名", "{contact.name}", "职务/职称", "{contact.position}")
        .row(CONTINUES, "电　话", "{contact.phone}", "手　机", "{contact.mobile}")
        .row(CONTINUES, "邮　箱", C("{contact.email}", span=3))
        .row(C("项\v目\v摘\v要", upright=False), C("{summary}", span=4, height=5))
    )
    return t


def label_above() -> Template:
    t = Template(
        "04-label-above",
        APPLICATION,
        "标签在上，值在下面一格；表头一行，值在下一行",
        Look(font="宋体", size=21),
    )
    t.title("标准化试点申报信息表")
    (
        t.table(4600, 4600)
        .row("项目名称（与批复文件一致）", "申报单位（全称，与公章一致）")
        .row("{project_name}", "{unit_name}")
        .row("试点领域", "推荐部门（省级市场监管部门）")
        .row("{pilot_field}", "{recommending_authority}")
    )
    t.p()
    (
        t.table(2300, 2300, 2300, 2300)
        .row(C("单位联系人信息", span=4, align="center"))
        .row("姓名", "职务", "手机号码", "电子邮箱")
        .row("{contact.name}", "{contact.position}", "{contact.mobile}", "{contact.email}")
        .row(C("标准化人员情况", span=4, align="center"))
        .row("标准化机构名称", "专职人员数（人）", "兼职人员数（人）", "备注")
        .row("{standardization_body}", "{full_time_staff||2|2人}", "{part_time_staff||9|9人}", "")
    )
    t.p()
    (
        t.table(9200)
        .row("单位简介（主要职能、规模、特色等）")
        .row(C("{unit_introduction}", height=6))
        .row("标准化工作条件（设施、信息化、技术支撑等）")
        .row(C("{working_conditions}", height=6))
        .row("审核意见")
        .row(C("\v\v盖章：　　　　　年　月　日", height=2))
    )
    return t


def nested() -> Template:
    t = Template(
        "05-nested", APPLICATION, "表格里套表格，套两层；同一张表里既有嵌套也有普通行", Look(font="仿宋")
    )
    t.title("标准化试点项目申请表")
    leader = t.inner(1200, 2200, 1200, 2200)
    leader.row("姓名", "{project_leader.name}", "职务职称", "{project_leader.position}")
    leader.row("手机", "{project_leader.mobile}", "电子信箱", "{project_leader.email}")
    deep = t.inner(1500, 1700, 1500, 1700)
    deep.row("专职人员", "{full_time_staff|　　人|2人}", "兼职人员", "{part_time_staff|　　人|9人}")
    staff = t.inner(1600, 5200)
    staff.row("标准化机构", "{standardization_body}")
    staff.row("人员情况", C(table=deep))
    targets = t.inner(2200, 900, 1200, 1200, 1300)
    targets.row("指标名称", "单位", "现状值", "2027年", "2028年")
    targets.rows("targets", "indicator", "unit", "base_value", "value_2027", "value_2028", blank=3)
    (
        t.table(1700, 7500)
        .row("项目名称", "{project_name}")
        .row("承担单位", "{unit_name}")
        .row("项目负责人", C(table=leader))
        .row("标准化工作\v机构和人员", C(table=staff))
        .row("总体目标", C("{overall_target}", height=3))
        .row("量化指标", C("（单位自行增行）", table=targets))
        .row("经费账户", C("开户行：　　　　　账号："))
    )
    return t


def same_labels() -> Template:
    t = Template(
        "06-same-labels",
        APPLICATION,
        "同一标签在几处出现：承担单位、第一参加单位、推荐单位各有名称、地址、联系人；没有人要的栏目",
        Look(font="宋体", clutter="words"),
    )
    t.title("试点项目申报单位信息")
    t.p("一、承担单位信息")
    (
        t.table(1800, 2800, 1800, 2800)
        .row("单位名称", C("{unit_name}", span=3))
        .row("统一社会信用代码", "{uscc}", "单位性质", "{unit_kind}")
        .row("联系地址", "{mailing_address}", "邮政编码", "{postcode}")
        .row("联系人", "{contact.name}", "联系电话", "{contact.mobile||13800000035|0794-2000131}")
        .row("开户名称", "", "银行账号", "")
    )
    t.p("二、合作单位信息（国外机构填写，没有的不填）")
    (t.table(1800, 2800, 1800, 2800).row("国别", "", "机构名称", "").row("机构地址", "", "合作方式", ""))
    t.p("三、推荐单位信息")
    (
        t.table(1800, 2800, 1800, 2800)
        .row("推荐单位", C("{recommending_authority}", span=3))
        .row("推荐单位联系人", "", "推荐单位电话", "")
    )
    t.p("四、评审意见（由专家填写）")
    (
        t.table(1800, 2800, 1800, 2800)
        .row("评审专家", "", "专家职称", "")
        .row("评审意见", C("", span=3, height=4))
        .row("评审得分", "", "评审日期", "")
    )
    t.p("五、主管部门审核")
    t.table(1800, 7400).row(
        "审核意见", C("\v\v负责人签字：　　　　　（公章）\v　　年　月　日", align="right")
    ).row("受理编号", "")
    return t


def wps_style() -> Template:
    t = Template(
        "07-before-after",
        APPLICATION,
        "行前后留空（gridBefore／gridAfter）；文字竖排的单元格；整行、单元格包在内容控件里；主题字体",
        Look(theme=True, clutter="words"),
    )
    t.title("国家标准化试点申报表")
    (
        t.table(800, 1700, 2500, 1700, 2500)
        .row(C("申报单位情况", down=True, upright=True), "名称", C("{unit_name}", span=3))
        .row(CONTINUES, "通讯地址", "{mailing_address}", "邮编", "{postcode}", sdt=True)
        .row(
            CONTINUES,
            "法人代表",
            C("{legal_representative}", sdt=True),
            "单位性质",
            C("{unit_kind}", sdt=True),
        )
        .row(CONTINUES, "单位简介", C("{unit_introduction}", span=3, height=3))
        .row(C("项目情况", down=True, upright=True), "名称", C("{project_name}", span=3))
        .row(CONTINUES, "领域", "{pilot_field}", "方向", "{directions}")
        .row(CONTINUES, "周期", "{build_period}", "地点", "{region}")
        .row(CONTINUES, "主要内容", C("{summary}", span=3, height=3))
        .row("标准化机构", C("{standardization_body}", span=3), before=1)
        .row(C("本页由申报单位填写", span=3), after=2)
    )
    return t


def same_cell() -> Template:
    t = Template(
        "27-label-and-value-in-one-cell",
        APPLICATION,
        "标签和值在同一格（标签：后面写）；一格两处；专家名单的表头和领导小组一样但没有人要；修订痕迹",
        Look(font="宋体", size=21),
    )
    t.title("申报<del>书</del><ins>表</ins>")
    (
        t.table(4600, 4600)
        .row(C("项目名称：{project_name}", span=2))
        .row("申报<del>人</del><ins>单位</ins>（盖章）：{unit_name}", "统一社会信用代码：{uscc}")
        .row(
            "联系人：{contact.name|　　　　　　}　手机：{contact.mobile|　　　　　　　}",
            "电子邮件：{contact.email}",
        )
        .row("地址：{mailing_address}", "邮编：{postcode}")
        .row("法定代表人（签字）：", "填报日期：{filing_date|　　　　年　　月　　日}")
        .row("试点领域\n（附件所列）", "{pilot_field}")
        .row("法定代表人及职务", "{?legal_representative}")
        .row("单位性质", "{unit_kind|/}")
    )
    t.p("领导小组成员名单")
    table = t.table(2300, 2300, 2300, 2300).row("姓名", "单位", "职务", "分工")
    table.rows("leadership_group", "name", "unit", "position", "duty", blank=3)
    t.p("评审专家名单")
    t.table(2300, 2300, 2300, 2300).row("姓名", "单位", "职务", "签名").row("", "", "", "").row(
        "", "", "", ""
    )
    t.p("参加评审会人员签到")
    t.table(3000, 3000, 3200).row("姓名", "单位", "联系电话").row("", "", "").row("", "", "")
    return t


def blocks() -> Template:
    t = Template(
        "28-a-block-for-each-unit",
        APPLICATION,
        "每个参加单位一块（参加单位1、2），块内标签相同；浮动表格；承担单位在前",
        Look(font="仿宋", size=21, clutter="words"),
    )
    t.title("承担单位和参加单位情况")
    table = t.table(1300, 1700, 2200, 1700, 2300)
    table.floating = True
    table.row(C("承担单位", down=True), "单位名称", C("{unit_name}", span=3))
    table.row(CONTINUES, "信用代码", "{uscc}", "单位性质", "{unit_kind}")
    table.row(
        CONTINUES,
        "法定代表人",
        "{legal_representative}",
        "联系人",
        "{contact.name||吴小舟|吴小舟 13800000035}",
    )
    units = (
        ("南汀县市场监督管理局", "11361099MB0A77013L", "机关", "罗庆生", "丁岚"),
        ("南汀县数据发展服务中心", "12361099MB0C650180", "事业单位", "许青", "何川"),
    )
    for number, (name, code, kind, head, contact) in enumerate(units):
        one = "participating_units"
        table.row(
            C(f"参加单位{number + 1}", down=True), "单位名称", C(f"{{{one}[{number}].name||{name}}}", span=3)
        )
        table.row(
            CONTINUES,
            "信用代码",
            f"{{{one}[{number}].uscc||{code}}}",
            "单位性质",
            f"{{{one}[{number}].kind||{kind}}}",
        )
        table.row(
            CONTINUES,
            "法定代表人",
            f"{{{one}[{number}].head||{head}}}",
            "联系人",
            f"{{{one}[{number}].contact||{contact}}}",
        )
    t.p().p("其他需要说明的情况：")
    return t


TEMPLATES = (
    plain_pairs,
    six_columns,
    both_ways,
    label_above,
    nested,
    same_labels,
    wps_style,
    same_cell,
    blocks,
)
