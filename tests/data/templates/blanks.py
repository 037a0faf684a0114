"""Templates with blanks: covers, lines to write on, boxes, dates to complete, units, guidance, controls, text boxes."""

from __future__ import annotations

from tests.data.templates.building import C, Look, Template

APPLICATION = "application"
KINDS = "机关", "事业单位", "企业", "社会团体", "其他"
WINGDINGS = Look(font="宋体", size=24)


def ticked(
    path: str, box: str, options: tuple[str, ...], taken: str, between: str = "　", after: bool = False
) -> str:
    """A place of boxes with options; the box stands before or after its option."""
    pairs = [f"{name}{box}" if after else f"{box}{name}" for name in options]
    done = between.join(
        (f"{name}☑" if after else f"☑{name}") if name == taken else pair
        for name, pair in zip(options, pairs, strict=True)
    )
    return "{" + path + "|" + between.join(pairs) + "|" + done.replace(box, "□") + "}"


def cover() -> Template:
    t = Template(
        "08-cover-lines",
        APPLICATION,
        "封面：拉开的标签、下划线空格、下划线制表符、日期待补；正文“名称：____”、一段里几处空白",
        Look(font="仿宋_GB2312", size=32),
    )
    t.p("受理编号：<u>　　　　　　</u>", size=24).p()
    t.title("国家标准化试点项目").title("申　报　书").p().p()
    t.p("项 目 名 称：{project_name|<u>　　　　　　　　　　　　　　　　</u>}")
    t.p("试 点 领 域：{pilot_field|<u>\t\t\t\t</u>}")
    t.p("承 担 单 位（盖章）：{undertaking_unit|<u>　　　　　　　　　　</u>}")
    t.p("参 加 单 位：{participant_names|<u>                              </u>}")
    t.p("推 荐 单 位：{recommending_authority|________________________}")
    t.p("填 报 日 期：{filing_date|　　　　年　　月　　日}")
    t.p().p("二〇二六年制", align="center").page()
    t.p("一、基本情况", style="Heading1", size=32)
    t.p("1．单位名称：{unit_name|________________________________}", size=28)
    t.p(
        "2．联系人：{contact.name|____________}　职务：{contact.position|____________}　手机：{contact.mobile|______________}",
        size=28,
    )
    t.p(
        "3．通信地址：{mailing_address|<u>                                   </u>}邮编：{postcode|<u>          </u>}",
        size=28,
    )
    t.p(
        "（四）法定代表人：{legal_representative.name|<u>\t\t</u>}职务：{legal_representative.position|<u>\t\t</u>}",
        size=28,
    )
    t.p("（五）电子邮箱：{contact.email|______________________}　传真：______________", size=28)
    t.p("（六）统一社会信用代码{uscc|<u>　　　　　　　　　　　　　</u>}", size=28)
    return t


def sentence() -> Template:
    t = Template(
        "09-in-a-sentence",
        APPLICATION,
        "空白在句子当中；起止年月；承诺书；签字处不填",
        Look(font="仿宋", clutter="words"),
    )
    t.title("承 诺 书")
    t.p(
        "本单位{unit_name|<u>　　　　　　　　　　　　</u>}（统一社会信用代码：{uscc|<u>　　　　　　　　　</u>}）"
        "自愿申报{project_name|<u>　　　　　　　　　　　　　　　</u>}项目，"
        "建设周期{build_period|自　　　年　　月至　　　年　　月|自2027年1月至2028年12月}，"
        "项目负责人为{project_leader.name|<u>　　　　　</u>}（职务：{project_leader.position|<u>　　　　　</u>}，"
        "联系电话：{project_leader.mobile|<u>　　　　　　　</u>|13800000021|0794-2000126}）。",
        indent=2,
    )
    t.p("本单位承诺所报材料真实、有效，如有虚假，愿承担相应责任。", indent=2)
    t.p("近三年{incidents|□是　□否|□是☑否}发生重大质量、安全、环境事故。", indent=2)
    t.p(
        "曾承担过国家标准化试点项目的，在此说明：{?national_pilot_detail|<u>　　　　　　　　　　　　</u>}",
        indent=2,
    )
    t.p().p("法定代表人（签字）：____________", align="right").p("单位（盖章）", align="right")
    t.p("年　　月　　日", align="right").p()
    t.table(2400, 6800).row(
        "项目起止时间", "{build_period|　　　年　　月　至　　　年　　月|2027年1月至2028年12月}"
    ).row("单位成立时间", "{founded_on|　　年　　月　　日}").row(
        "填表日期", "{filing_date|　　年　　月　　日}"
    ).row("受理日期", "　　年　　月　　日")
    return t


def boxes() -> Template:
    t = Template(
        "10-boxes",
        APPLICATION,
        "方框在选项前、选项后；Wingdings符号、w:sym、内容控件、窗体域；是□ 否□；（　）括号里打√",
        WINGDINGS,
    )
    t.title("申报单位情况登记表")
    fields = "农业农村", "消费品", "高新技术", "服务业", "基本公共服务", "社会管理与公共服务"
    (
        t.table(2400, 6800)
        .row("单位名称", "{unit_name}")
        .row("单位性质", ticked("unit_kind", "□", KINDS, "事业单位"))
        .row("试点领域", ticked("pilot_field", "▢", fields, "社会管理与公共服务", between="\v"))
        .row("前期试点基础", ticked("prior_pilot_level", "▣", ("无", "市级试点", "省级试点"), "省级试点"))
        .row(
            "是否承担过国家标准化试点项目",
            ticked("national_pilot_before", "□", ("是", "否"), "否", after=True),
        )
        .row(
            "近三年是否发生重大质量、安全、环境等事故或受到通报、处罚",
            ticked("incidents", "◻", ("是", "否"), "否"),
        )
        .row("近三年是否有评估不合格的试点项目", "{failed_pilot|是（　）　否（　）|是（）否（√）}")
        .row("信用中国查询结果", "{?credit_queries.1|□无不良记录　□有不良记录|☑无不良记录□有不良记录}")
        .row("是否涉密", "□是　□否")
        .row("是否同意公开", "◫是　◫否")
        .row("材料提交方式", "□现场　□邮寄　□网上")
    )
    return t


def units() -> Template:
    t = Template(
        "11-units-and-code-boxes",
        APPLICATION,
        "格内带单位（　　万元）；统一社会信用代码18个单字格；邮编6个格；省、市、县分开填",
        Look(font="宋体", size=21, clutter="words"),
    )
    t.title("单位信息采集表")
    code = [f"{{uscc#{n}||{sign}}}" for n, sign in enumerate("12361099MB1K23456F")]
    post = [f"{{postcode#{n}||{sign}}}" for n, sign in enumerate("344099")]
    table = t.table(1640, *[420] * 18)
    table.row("单位名称", C("{unit_name}", span=18))
    table.row("统一社会信用代码", *code)
    table.row("邮政编码", *post, C("职工总数", span=6), C("{staff_count|　　　　人|86人}", span=6))
    table.row(
        "所在地",
        C(
            "{region|　　　　省　　　　市　　　　县（市、区）|江西省抚州市南汀县|江西省抚州市南汀县（市、区）}",
            span=18,
        ),
    )
    table.row(
        "标准化专职人员",
        C("{full_time_staff|　　　}人", span=5),
        C("兼职人员", span=5),
        C("{part_time_staff|　　　}人", span=8),
    )
    table.row(
        "经费预算合计",
        C("{funding_total|　　　　　}万元", span=8),
        C("其中申请补助", span=5),
        C("　　　　万元", span=5),
    )
    table.row(
        "年办件量",
        C("{annual_cases|　　　　　万件|41.6万件}", span=8),
        C("服务窗口数", span=5),
        C("　　　个", span=5),
    )
    table.row(
        "成立时间",
        C("{founded_on|　　　年　　月　　日}", span=8),
        C("填报时间", span=5),
        C("{filing_date|　　年　月　日}", span=5),
    )
    return t


def guidance() -> Template:
    t = Template(
        "12-guidance",
        APPLICATION,
        "格内说明文字要换掉：（不超过800字）、【请填写……】、灰色斜体、示例；内容控件的占位文字",
        Look(font="仿宋"),
    )
    t.title("标准化试点项目申报书")
    (
        t.table(2200, 7000)
        .row("项目名称", "{project_name|<g>（格式：地名或单位＋对象＋标准化试点）</g>}")
        .row("申报单位", "{unit_name|<sdt>单击或点击此处输入文字。</sdt>}")
        .row("所属领域", "{pilot_field|【请填写通知附件所列领域】}")
        .row("项目联系人", "{contact|<g>姓名、职务</g>}")
        .row("联系电话", "{contact.mobile|（手机或固定电话，加区号）|13800000035|0794-2000131}")
        .row("项目摘要\v（不超过500字）", C("{summary|<g>【请概括试点的问题、做法和目标】</g>}", height=3))
        .row(
            "总体目标", C("{overall_target|（写明到2027年底、2028年底达到什么程度，不超过800字）}", height=3)
        )
        .row("组织保障", C("{organisation_safeguard|（领导机构、工作机制等，500字以内）}", height=3))
        .row("申报单位盖章", C("（加盖公章）", height=2))
        .row("备注", "")
    )
    return t


def long_cells() -> Template:
    t = Template(
        "13-long-cells",
        APPLICATION,
        "长文本：标签是格内第一段，下面空段落里写；合并的大格；标签后带字数要求",
        Look(font="仿宋_GB2312", clutter="words"),
    )
    t.title("试点任务书")
    (
        t.table(9200)
        .row(C("一、背景与政策依据\v{background}", height=5))
        .row(C("二、试点特色与创新点（500字以内）：\v{distinctive_features}", height=5))
        .row(C("三、标准体系编制说明\v{compilation_notes}", height=5))
        .row(C("四、监督检查办法：\v{supervision}", height=5))
        .row(C("五、经济效益\v{economic_benefit}", height=3))
        .row(C("六、社会效益\v{social_benefit}", height=3))
        .row(C("七、生态效益\v{ecological_benefit}", height=3))
        .row(C("承担单位（盖章）：\v\v法定代表人签字：　　　　　　　　年　　月　　日", height=2))
    )
    return t


def headings() -> Template:
    t = Template(
        "14-body-headings",
        APPLICATION,
        "正文标题下空段落；标题有的用样式有的直接加粗；标题下有括号说明；目录在前",
        Look(font="仿宋_GB2312", size=32),
    )
    t.title("试点实施方案").p("目　　录", align="center")
    t.lines("一、试点背景与政策依据	1", "二、组织机构和制度	2", "三、总体目标	3", size=24).page()
    t.p("一、试点背景与政策依据", style="Heading1").p("{background}").p().p()
    t.p("<b>二、组织机构和制度</b>", indent=2).p("{organisation_and_rules}").p()
    t.p("三、总体目标", style="Heading1").p("{overall_target|（分年度提出，可量化）}").p()
    t.p("四、实施方法", style="Heading1")
    t.p("（一）监督检查办法", style="Heading2").p("{supervision}").p()
    t.p("（二）实施评价与改进", style="Heading2").p("{evaluation}").p()
    t.p("（三）标准需求发现与反馈机制", style="Heading2").p("{feedback}").p()
    t.p("五、预期效益", style="Heading1")
    t.p("1．经济效益：{economic_benefit|（300至500字）}").p(
        "2．社会效益：{social_benefit|（300至500字）}"
    ).p()
    t.p("六、可复制、可推广的内容与推广路径", style="Heading1").p("{replication}").p()
    t.p("七、制度和政策保障", style="Heading1").p("{policy_safeguard}").p()
    t.p("八、其他需要说明的事项", style="Heading1").p().p()
    return t


def text_boxes() -> Template:
    t = Template(
        "15-landscape-and-text-box",
        APPLICATION,
        "文本框里的封面栏目；横向的表；页眉页脚带项目名称字样；分节",
        Look(font="宋体"),
    )
    t.header, t.footer = "项目名称：", "申报单位：　　　　　第　页"
    t.margins = {
        "word/header1.xml": "项目名称：南汀县政务服务“高效办成一件事”标准化试点",
        "word/footer1.xml": "申报单位：南汀县政务服务中心　第　页",
    }
    t.title("标准化试点申报材料")
    t.textbox(
        "项目名称：{project_name|<u>　　　　　　　　　　　　</u>}",
        "申报单位：{unit_name|<u>　　　　　　　　　　　　</u>}",
    )
    t.p().p("填报日期：{filing_date|　　年　月　日}", align="center").section(landscape=False)
    t.p("试点任务和进度安排", align="center")
    table = t.table(1500, 2600, 3800, 2400, 1900, 1700, size=21)
    table.row("阶段", "起止时间", "主要任务", "阶段成果", "责任单位", "完成标志")
    table.rows("schedule", "phase", "period", "task", "result", "responsible_unit", "done_mark", blank=4)
    t.section(landscape=True)
    t.p("组织保障", style="Heading1").p("{organisation_safeguard}").p()
    return t


def protected() -> Template:
    t = Template(
        "16-protected-form",
        APPLICATION,
        "限制编辑（窗体保护），值在窗体域里：FORMTEXT、FORMCHECKBOX",
        Look(font="宋体"),
    )
    t.protected = True
    t.title("申报登记表（窗体）")
    (
        t.table(2000, 2600, 2000, 2600)
        .row("项目名称", C("{project_name|◪}", span=3))
        .row("单位名称", C("{unit_name|◪}", span=3))
        .row("统一社会信用代码", "{uscc|◪}", "邮政编码", "{postcode|◪}")
        .row("联系人", "{contact.name|◪}", "手机", "{contact.mobile|◪}")
        .row("单位性质", C(ticked("unit_kind", "◫", KINDS, "事业单位"), span=3))
        .row("受理编号", "◪", "受理人", "◪")
    )
    t.p("填报日期：{filing_date|◪年◪月◪日}", align="right")
    return t


TEMPLATES = (cover, sentence, boxes, units, guidance, long_cells, headings, text_boxes, protected)
