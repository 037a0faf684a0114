"""The lint: silent on a good pack, and every rule of it speaks up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pilotdesk.errors import PackError
from pilotdesk.forms.lint import lint_pack
from pilotdesk.forms.mistakes import suggested

if TYPE_CHECKING:
    from tests.forms.pack_kit import MiniPack

ROUND, SOURCES = "round.toml", "sources.toml"
HEAD, COVER = "application/form.toml", "application/00-cover.toml"
UNIT, PLAN = "application/01-unit.toml", "application/02-plan.toml"


def lines(pack: MiniPack) -> list[str]:
    return [mistake.line_text() for mistake in lint_pack(pack.folder)]


def test_a_good_pack_has_nothing_to_mend(mini_pack: MiniPack) -> None:
    assert lines(mini_pack) == []


def test_a_pack_that_cannot_be_read_lists_only_why(mini_pack: MiniPack) -> None:
    mini_pack.change(UNIT, 'label = "人数"', 'lable = "人数"').change(ROUND, 'name = "2030"', 'name = "2031"')
    assert len(lines(mini_pack)) == 2
    with pytest.raises(PackError):
        lint_pack(mini_pack.folder / "nowhere")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # the round
        (ROUND, 'name = "2030"', 'name = "2031"', "name：名字“2031”和文件夹“2030”不一样。"),
        (ROUND, '["2031-01", "2032-12"]', '["2031-13", "2032-12"]', "cycle：建设周期要写成起止两个月"),
        (ROUND, '["2031-01", "2032-12"]', '["2033-01", "2032-12"]', "cycle：建设周期要写成起止两个月"),
        (ROUND, 'day = 2030-06-30\nsource = ["notice"]', 'day = 2030-06-30\nsource = []', "deadline upload · source：要写来源"),
        (ROUND, 'day = 2030-06-30\nsource = ["notice"]', 'day = 2030-06-30\nsource = ["notise"]', "没有名叫“notise”的来源"),
        (ROUND, 'name = "f2_care"', 'name = "f1_seeds"', "pilot_field F2 / direction f1_seeds · name：方向“f1_seeds”已经用过了"),
        (ROUND, 'evidence = ["schedule"]', 'evidence = ["shedule"]', "review_point tasks · evidence：没有名叫“shedule”"),
        # the head
        (HEAD, 'name = "application"', 'name = "summary"', "名字“summary”和文件夹“application”不一样"),
        (HEAD, 'project_name = "project_name"', 'project_name = "title"', "project_name：没有名叫“title”的栏目"),
        (HEAD, 'unit_name = "unit_name"', 'unit_name = "leader.name"', "unit_name：没有名叫“leader.name”的栏目"),
        (HEAD, '"office", label', '"firm", label', "选项“firm”已经用过了"),
        (HEAD, 'label = "机关"', 'label = "企业"', "选项文字“企业”已经用过了"),
        (HEAD, 'label = "企业"', 'label = "企业；公司"', "里不能有分号"),
        (HEAD, 'name = "firm"', 'name = "企业"', "选项名“企业”要用英文字母"),
        (HEAD, "[[check]]", 'spare = [{ name = "a", label = "甲" }]\n[[check]]', "spare：没有栏目用到这个选项表"),
        (HEAD, "kinds = [", 'submitters = [{ name = "a", label = "甲" }]\nkinds = [', "submitters：这个名字是年度文件里的选项表"),
        # steps, groups, numbers
        (PLAN, 'name = "plan"', 'name = "unit"', "step unit · name：步骤名“unit”已经用过了"),
        (PLAN, 'name = "plan_schedule"', 'name = "unit_facts"', "分组名“unit_facts”已经用过了"),
        (PLAN, 'number = "二"', 'number = "2"', "序号“2”要写成一、二、三"),
        (PLAN, 'number = "二"', 'number = "一"', "序号“一”已经用过了"),
        (UNIT, 'number = "一"', 'number = "三"', "step plan · number：序号“二”没有按顺序"),
        (UNIT, 'number = "1.2"', 'number = "2.2"', "编号“2.2”要和步骤的序号一致"),
        (UNIT, 'number = "1.2"', 'number = "一.2"', "编号“一.2”要和步骤的序号一致"),
        (UNIT, 'number = "1.2"', 'number = "99.2"', "编号“99.2”要和步骤的序号一致"),
        (UNIT, 'number = "1.2"', 'number = "1.1"', "编号“1.1”重复或没有按顺序"),
        (UNIT, 'number = "1.2"', 'number = "1.9"', "编号“1.3”重复或没有按顺序"),
        (UNIT, 'label = "姓名"', 'label = "姓名"\nnumber = "1.9"', "parts name · number：表格的列和人员的各项不编号"),
        # names
        (UNIT, 'name = "staff"', 'name = "Staff"', "名字“Staff”要用小写英文字母开头"),
        (UNIT, 'name = "staff"', 'name = "value"', "名字“value”在表达式或答案文件里另有用处"),
        (UNIT, 'name = "staff"', 'name = "class"', "名字“class”在表达式或答案文件里另有用处"),
        (UNIT, 'name = "mobile"', 'name = "name"', "名字“name”已经用过了"),
        (PLAN, 'name = "period"', 'name = "task"', "名字“task”已经用过了"),
        (UNIT, 'name = "staff_positive"', 'name = "unit_is_project"', "检查名“unit_is_project”已经用过了"),
        # types and their keys
        (UNIT, 'choices = "kinds"\n', "", "type：choice 这一类要有“choices”"),
        (COVER, 'depends_on = "pilot_field"\n', "", "type：dependent_choice 这一类要有“depends_on”"),
        (UNIT, 'unit = "人"', 'unit = "人"\nrows = []', "rows：“rows”对 integer 没有用处"),
        (UNIT, 'unit = "人"', 'unit = "人"\nletters = "half"', "letters：“letters”对 integer 没有用处"),
        (UNIT, 'unit = "人"', 'unit = "人"\ntext = ["a"]', "text：“text”对 integer 没有用处"),
        (PLAN, 'text = ["材料真实。"]\n', "", "type：statement 这一类要有“text”"),
        (PLAN, 'type = "month_range"', 'type = "person"', "columns period · type：person 不能放在表格或人员里面"),
        (PLAN, 'calculation = "sum(schedule.cost)"\n', "", "type：calculated 这一类要有“calculation”"),
        (UNIT, 'default = "机关"', 'default = "机关"\ncalculation = "\'firm\'"', "calculation：自动计算的栏目不能再有"),
        (UNIT, 'unit = "人"', 'unit = "人"\nmin_chars = 5', "min_chars：“min_chars”对 integer 没有用处"),
        (UNIT, 'hint = "照公章。"', 'hint = "照公章。"\nmin_chars = 9\nmax_chars = 5', "min_chars：建议字数的下限比上限大"),
        (PLAN, 'type = "decimal"', 'type = "choice"\nchoices = "x"', "没有名叫“x”的选项表"),
        (UNIT, 'number = "1.2"\n', "", None),
        (PLAN, 'name = "code"', 'name = "number"', "columns：树要有“code”和“name”两列"),
        (PLAN, 'hint = "两到四层。"', 'hint = "两到四层。"\nlevels = [4, 2]', "levels：层数要先写最少"),
        # references
        (UNIT, 'choices = "kinds"', 'choices = "kind"', "choices：没有名叫“kind”的选项表。是不是“kinds”？"),
        (COVER, 'depends_on = "pilot_field"', 'depends_on = "project_name"', "depends_on：没有名叫“project_name”的单选栏目"),
        (COVER, 'depends_on = "pilot_field"', 'depends_on = "unit_kind"', "选项“f1_seeds”的上一级“F1”不在“unit_kind”的选项里"),
        (UNIT, 'unit = "人"', 'unit = "人"\norigin = "leader.mail"', "origin：没有名叫“leader.mail”的栏目"),
        (HEAD, 'on = "unit_name"', 'on = "schedule.task"', None),
        (HEAD, 'on = "unit_name"', 'on = "unit"', "on：没有名叫“unit”的栏目。是不是“unit_name”？"),
        (HEAD, 'on = "unit_name"\n', "", "check unit_is_project · on：整张表的检查要写显示在哪个栏目"),
        (UNIT, 'test = "value > 0"', 'test = "value > 0"\non = "staff"', "on：“on”只用于整张表的检查"),
        (UNIT, 'test = "value > 0"', 'test = "value > 0"\neach_row = true', "each_row：“each_row”只用于表格"),
        (PLAN, 'label = "承诺"', 'label = "承诺"\nseal = { each = "leader" }', "seal · each：没有名叫“leader”的表格"),
        (HEAD, 'on = "unit_name"', 'over = ["longtext", "schedule.task"]\nexample = "甲"', None),
        (HEAD, 'on = "unit_name"', 'on = "unit_name"\nover = ["text"]', "on：整张表的检查要写显示在哪个栏目（on），或者逐段"),
        (HEAD, 'on = "unit_name"', 'over = ["longtexts"]', "over：没有名叫“longtexts”的栏目。是不是“longtext”？"),
        (HEAD, 'on = "unit_name"', 'over = ["text"]\nspare = ["unit"]', "spare：没有名叫“unit”的栏目"),
        (UNIT, 'test = "value > 0"', 'test = "value > 0"\nover = ["text"]', "over：“over”“spare”只用于整张表的检查"),
        (HEAD, 'on = "unit_name"', 'over = ["text"]\nexample = "甲"\nseverity = "error"', "severity：逐段看文字的检查看不懂意思"),
        # what a check says
        (HEAD, 'what = "单位名称和项目名称一样。"', 'what = " "', "unit_is_project · what：没有说哪里不合适"),
        (HEAD, 'why = "两个名称各有所指。"\n', "", "check unit_is_project · why：没有说为什么。六句话要说全"),
        (UNIT, 'fix = "写年末数。"\n', "", "check staff_positive · fix：没有说怎么改"),
        (UNIT, 'example = "86人"\n', "", "check staff_positive · example：没有例子，这一栏自己也没有"),
        (UNIT, 'unit = "人"\nexample = "86人"', 'unit = "人"', "check staff_positive · example：没有例子"),
        (UNIT, 'fix = "写年末数。"', 'fix = "写年末数。"\nexample = "86人"', None),
        # sources and severity
        (UNIT, 'what = "人数是{value}。"\nsource = ["guess"]', 'what = "人数是{value}。"', "staff_positive · source：要写"),
        (UNIT, 'example = "86人"\nsource = ["guess"]', 'example = "86人"', "field staff · source：要写来源"),
        (UNIT, 'example = "86人"\nsource = ["guess"]', 'example = "86人"\nsource = ["gues"]', "没有名叫“gues”的来源"),
        (UNIT, 'unit = "人"', 'unit = "人"\nseverity = "error"', "field staff · severity：“必须改”（error）要有通知或标准作依据"),
        (UNIT, 'test = "value > 0"', 'test = "value > 0"\nseverity = "error"', "staff_positive · severity：“必须改”"),
        (UNIT, 'label = "姓名"', 'label = "姓名"\nseverity = "error"', "parts name · severity：“必须改”（error）"),
        (UNIT, 'label = "姓名"', 'label = "姓名"\nseverity = "error"\nsource = ["notice"]', None),
        # hints, defaults, rows
        (UNIT, 'hint = "照公章。"\n', "", "field unit_name · hint：缺怎么填的提示"),
        (UNIT, 'default = "机关"', 'default = "学校"', "default：这一栏自己读不懂“学校”"),
        (UNIT, 'example = "86人"', 'example = "八十多"', "example：这一栏自己读不懂“八十多”"),
        (UNIT, 'hint = "单位领导。"', 'hint = "单位领导。"\ndefault = "张"', "default：person 这一类不能有“default”"),
        (PLAN, 'period = "2031年1月—3月"', 'period = "开年"', "rows：这一行读不出来：“schedule[1].period”"),
        (PLAN, 'period = "2031年1月—3月"', 'time = "2031年"', "rows：这一行读不出来：表里没有“schedule[1].time”这一栏"),
        (PLAN, 'rows = [{ task = "启动"', 'library = [{ task = 5', "library：这一行读不出来"),
        (PLAN, 'rows = [{ task = "启动", period = "2031年1月—3月" }]', "fixed_rows = true", "fixed_rows：行数固定的表格"),
        # print
        (PLAN, "widths = [11, 60, 60, 25]", "widths = [11, 60, 60]", "print · widths：打印 4 列（含序号列），宽度写了 3 个"),
        (PLAN, "widths = [11, 60, 60, 25]", "widths = [11, 60, 60, 24.5]", "widths：各列宽度加起来要等于 156 毫米，现在是 155.5"),
        (PLAN, "25] }", "25], landscape = true }", "widths：各列宽度加起来要等于 245 毫米"),
        (PLAN, "60, 25] }", "149, -10], landscape = true }", "widths：各列宽度"),
        (PLAN, "[11, 60, 60, 25] }", "[71, 60, 25], serial = false }", None),
        (PLAN, "[11, 60, 60, 25] }", '[11, 60, 60, 25], heads = ["任务", "时间"] }', "heads：打印 3 列，表头写了 2 个"),
        (PLAN, "print = { widths = [11, 60, 60, 25] }\n", "", "print：打印的表格要写各列宽度"),
        (PLAN, "60, 25] }", "60, 25], layout = \"pictures\" }", "print · layout：只有附件栏能按图片打印"),
        (PLAN, 'label = "任务"', 'label = "任务"\nprint = { join = true }', "第一列“task”前面没有列"),
        # words
        (UNIT, 'label = "人数"', 'label = "人数(年末)"', "label：中文旁边用了半角标点“数(”"),
        (UNIT, 'hint = "年末数。"', 'hint = "年末数, 照报表。"', "hint：中文旁边用了半角标点“数,”"),
        (UNIT, 'hint = "年末数。"', 'hint = "年末数."', "hint：中文旁边用了半角标点“数.”"),
        (UNIT, 'hint = "年末数。"', 'hint = "年末  数。"', "hint：有连着的空格"),
        (UNIT, 'hint = "年末数。"', 'hint = "年末数！"', "hint：给人看的话里不用“！”"),
        (UNIT, 'what = "人数是{value}。"', 'what = "人数错误。"', "what：给人看的话里不用“错误”"),
        (UNIT, 'what = "人数是{value}。"', "what = \"人数是{label_of(value, 'x')}。\"", None),
        (HEAD, 'notes = ["照实填。"]', 'notes = ["照实填.", "好。"]', "notes：中文旁边用了半角标点"),
        (UNIT, 'hint = "年末数。"', 'hint = "写到小数点后1.5位，如 GB/T 1.1。"', None),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_said_where_it_is(
    mini_pack: MiniPack, file: str, old: str, new: str, said: str | None
) -> None:
    mini_pack.change(file, old, new)
    found = lines(mini_pack)
    if said is None:
        assert found == []
    else:
        assert any(said in line for line in found), "\n".join(found)


def test_mistakes_come_in_file_and_line_order_with_their_lines(mini_pack: MiniPack) -> None:
    mini_pack.change(UNIT, 'default = "机关"', 'default = "学校"').change(UNIT, 'hint = "照公章。"\n', "")
    mini_pack.change(
        COVER, 'severity = "error"\nsource = ["notice"]', 'severity = "error"\nsource = ["guess"]'
    )
    first, second, third = lint_pack(mini_pack.folder)
    assert (first.file, first.line, first.key) == (COVER, mini_pack.line(COVER, "severity"), "severity")
    assert (second.file, second.line) == (UNIT, mini_pack.line(UNIT, '[[group.field]]\nname = "unit_name"'))
    assert (third.file, third.line, third.key) == (UNIT, mini_pack.line(UNIT, "学校"), "default")


def test_a_table_beside_the_label_of_a_grid_is_narrower(mini_pack: MiniPack) -> None:
    mini_pack.change(PLAN, "[11, 60, 60, 25] }", "[41, 60, 25], serial = false }")
    assert len(lines(mini_pack)) == 1
    mini_pack.change(PLAN, 'layout = "text"', 'layout = "grid"')
    assert lines(mini_pack) == []


def test_columns_that_are_not_printed_or_joined_have_no_width(mini_pack: MiniPack) -> None:
    mini_pack.change(PLAN, 'label = "起止时间"', 'label = "起止时间"\nprint = { join = true }')
    mini_pack.change(PLAN, 'label = "经费"', 'label = "经费"\nprint = { layout = "none" }')
    assert "打印 2 列（含序号列），宽度写了 4 个" in lines(mini_pack)[0]
    mini_pack.change(PLAN, "[11, 60, 60, 25]", "[11, 145]")
    assert lines(mini_pack) == []


def test_rows_of_a_table_with_an_impossible_column_are_not_judged(mini_pack: MiniPack) -> None:
    mini_pack.change(PLAN, 'type = "month_range"', 'type = "statement"\ntext = ["一"]')
    assert [line.partition("：")[2] for line in lines(mini_pack)] == ["statement 不能放在表格或人员里面。"]


def test_a_suggestion_is_the_closest_word_or_the_short_list() -> None:
    assert suggested("lable", ["label", "name"]) == "是不是“label”？"
    assert suggested("x", ["label", "name"]) == "可以写：label、name。"
    assert suggested("x", []) == suggested("x", [f"word{n}" for n in range(30)]) == ""
