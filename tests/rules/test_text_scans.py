"""What is found in running text, and the ordinary text in which nothing may be found."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

import pytest

from pilotdesk.forms.values import Row
from pilotdesk.rules.scan_copied import copied_sentences
from pilotdesk.rules.scan_figures import counts_apart, counts_before, figures_apart, figures_of
from pilotdesk.rules.scan_phrases import (
    burdens,
    money_asked,
    national_promises,
    visits_expected,
    years_outside,
)
from pilotdesk.rules.scan_standards import cited_otherwise, named_in, numbers_in, replaced_in
from pilotdesk.rules.scan_units import named_units, other_units

HOME = "361000:南汀县"
KNOWN = ("南汀县政务服务中心", "南汀县市场监督管理局", "江右科技有限公司")
COLUMNS = ("indicator", "unit", "base", "2027", "2028")


def target(row_id, indicator, unit, *numbers):
    cells = {"indicator": indicator, "unit": unit} | dict(
        zip(COLUMNS[2:], map(Decimal, numbers), strict=True)
    )
    return Row(f"r_{row_id}", MappingProxyType(cells))


TARGETS = (
    target(1, "服务对象满意度", "%", "90.3", "94", "96"),
    target(2, "单件平均办理时长", "小时", "18.5", "12", "8"),
    target(3, "标准实施覆盖率", "%", "58", "85", "98"),
    target(4, "岗位人员培训覆盖率", "%", "40", "90", "100"),
    target(5, "提出标准立项建议数", "项", "0", "2", "4"),
)


# -- names of units ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由海淀区政务服务中心牵头。", ("海淀区政务服务中心",)),
        ("北京市海淀区市场监督管理局印发办法", ("北京市海淀区市场监督管理局",)),
        ("江西省抚州市临川区政务服务中心", ("江西省抚州市临川区政务服务中心",)),
        ("新疆维吾尔自治区吐鲁番市公安局", ("新疆维吾尔自治区吐鲁番市公安局",)),
        ("参照浏阳市人民医院的做法", ("浏阳市人民医院",)),
        ("委托北方智联信息技术有限公司改造系统", ("北方智联信息技术有限公司",)),
        ("临川区嘉禾种植专业合作社参加", ("临川区嘉禾种植专业合作社",)),
    ],
)
def test_units_of_other_places_are_named(text, found):
    assert other_units(text, HOME, KNOWN) == found


@pytest.mark.parametrize(
    "text",
    [
        "南汀县政务服务中心会同县数据发展服务中心核对。",
        "会同县市场监督管理局、县公安局开展检查。",
        "江西省市场监督管理局和抚州市政务服务管理办公室指导。",
        "南汀县卫生健康委员会配合。",
        "14个乡镇便民服务中心、187个村级服务点。",
        "各县（市、区）政务服务中心可以采用。",
        "委托江右科技有限公司改造系统。",
        "带动农民专业合作社12家、家庭农场30个。",
        "与江右标准化研究中心签订协议。",
        "本市其他县的政务服务中心。",
        "在海淀区的学校和医院推广。",
        "依法设立的有限公司。",
        "支持国有独资有限公司参加。",
        "建成新城区政务服务中心。",
        "人口50万以下的山区县。",
        "",
    ],
)
def test_ordinary_text_names_no_other_unit(text):
    assert other_units(text, HOME, KNOWN) == ()


def test_a_listed_region_knows_its_own_province_city_and_county():
    text = "江西省抚州市临川区政务服务中心、抚州市大数据中心"
    assert other_units(text, "361002", ()) == ()
    assert other_units(text, "430100", ()) == ("江西省抚州市临川区政务服务中心", "抚州市大数据中心")


def test_a_long_text_without_marks_takes_no_time():
    assert named_units("县" * 20_000) == ()
    assert figures_of("满" * 20_000) == ()


# -- years, promises, requests, visits, burdens ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2026年底，建成标准体系。", ("2026年底",)),
        ("2025年12月底前完成调研", ("2025年12月底",)),
        ("到2029年，全部按标准办理。", ("2029年",)),
        ("建设周期为2025—2026年。", ("2025—2026年",)),
        ("2024年底前发布标准12项。", ("2024年底",)),
    ],
)
def test_years_of_another_period_are_found(text, found):
    assert years_outside(text, 2027, 2028) == found


@pytest.mark.parametrize(
    "text",
    [
        "到2027年底，体系标准达到184项；到2028年底，达到196项。",
        "2025年办件41.6万件，满意度90.3%。",
        "截至2025年底，有标准75项。",
        "2022年以来已培训14次，2024年底评估合格。",
        "2022年曾承担省级试点，2024年完成。",
        "依据GB/T 1.1—2020和国发〔2024〕3号。",
        "2023—2025年已培训612人次。",
        "建设期满后，2029年起在全市推广。",
        "单件办理时长由2025年的18.5小时降到8小时。",
        "电话0794-2026年",
    ],
)
def test_history_and_the_build_period_are_no_other_period(text):
    assert years_outside(text, 2027, 2028) == ()


@pytest.mark.parametrize(
    "text",
    [
        "主导制定国家标准2项",
        "发布国家标准1项",
        "两年内国家标准正式发布",
        "把经验上升为行业标准",
        "牵头制定发布国家标准",
    ],
)
def test_promises_of_national_standards_are_found(text):
    assert national_promises(text)


@pytest.mark.parametrize(
    "text",
    [
        "提出国家标准立项建议2项",
        "参与国家标准制定1项",
        "执行已发布的国家标准31项",
        "收集现行国家标准119项、行业标准11项",
        "把成熟的做法整理成地方标准和行业标准的立项建议，是否立项以批复为准",
        "依据国家标准发布的目录",
        "发布内部标准12项",
        "没有国家标准可用，制定内部标准",
        "争取制定国家标准",
    ],
)
def test_proposals_are_no_promises(text):
    assert national_promises(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "申请补助20万元",
        "缺口部分请求拨款",
        "恳请国家给予专项资金支持",
        "争取中央财政支持",
        "建议上级安排补助",
    ],
)
def test_requests_for_money_are_found(text):
    assert money_asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "经费列入本级财政年度预算，专款专用。",
        "群众申请高龄补助的流程由5步减为2步。",
        "困难家庭申请补助金的审批时限统一。",
        "企业申请专项资金实行一次告知。",
        "残疾人两项补助的发放标准。",
        "申请材料由13份减为5份。",
        "自筹经费4万元用于满意度调查。",
    ],
)
def test_the_money_of_others_is_no_request(text):
    assert money_asked(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "做好迎接上级督导的准备",
        "申请验收",
        "通过考核验收",
        "市场监管部门来督导两次",
        "2028年12月组织试点验收",
        "配合专家组验收",
    ],
)
def test_visits_that_the_notice_forbids_are_found(text):
    assert visits_expected(text, 2027)


@pytest.mark.parametrize(
    "text",
    [
        "督查科每季度检查一次。",
        "2024年通过省级企业开办服务标准化试点考核验收。",
        "系统改造完成后组织验收。",
        "工程竣工验收事项纳入一件事。",
        "办理消防验收备案。",
        "教育督导评估结果公开。",
        "对照自评表开展自我评价。",
        "设备采购后由使用科室组织验收。",
    ],
)
def test_inspections_of_ones_own_and_of_other_works_are_no_visits(text):
    assert visits_expected(text, 2027) == ()


def test_what_is_past_follows_the_build_period_and_no_year_of_ours():
    text = "2027年3月通过专家组验收。"
    assert visits_expected(text, 2027)
    assert visits_expected(text, 2028) == ()


def test_reports_that_the_lowest_level_hands_in_every_day_are_found():
    assert burdens("要求各乡镇每日报送办件报表。") == ("要求各乡镇每日报送",)
    assert burdens("不要求乡镇每日报送材料，数据由系统每日自动比对。") == ()
    assert burdens("乡镇便民服务中心每月例会一次。") == ()


# -- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2028年底，服务对象满意度达到95%。", ("服务对象满意度达到95%",)),
        ("满意度由91%提高到96%。", ("满意度由91%",)),
        ("单件平均办理时长由18.5小时降到6小时。", ("单件平均办理时长…6小时",)),
        ("标准实施覆盖率达到90%，培训覆盖率达到80%。", ("标准实施覆盖率达到90%", "培训覆盖率达到80%")),
        ("提出标准立项建议6项。", ("提出标准立项建议6项",)),
        ("满意度达到９５％。", ("满意度达到95%",)),
    ],
)
def test_figures_that_the_table_does_not_have(text, found):
    assert figures_apart(text, TARGETS, COLUMNS, 2025) == found


@pytest.mark.parametrize(
    "text",
    [
        "满意度由90.3%提高到94%，再到96%。",
        "满意度提高5.7个百分点。",
        "满意度不低于90%。",
        "满意度保持在90%以上。",
        "山区乡镇满意度达到93%。",
        "2024年满意度88%。",
        "有效样本912份，其中六十岁以上的满意度97%。",
        "差评整改闭环率由54%提高到95%。",
        "平均流转9.2小时。",
        "超时前4小时预警，办理时长由系统自动计算。",
        "2027年提出标准立项建议3项。",
        "再提出标准立项建议1项。",
        "单件平均办理时长缩短到8小时，比基期少10.5小时。",
        "覆盖率达到70%。",
        "",
    ],
)
def test_figures_that_say_something_else_are_no_contradiction(text):
    assert figures_apart(text, TARGETS, COLUMNS, 2025) == ()


def test_a_noun_that_stands_in_the_table_twice_is_not_compared():
    twice = (*TARGETS, target(6, "服务对象满意度", "%", "80", "85", "88"))
    assert figures_apart("满意度达到95%。", twice, COLUMNS, 2025) == ()
    assert figures_apart("满意度达到95%。", (), COLUMNS, 2025) == ()


def test_counts_beside_what_they_count():
    planned = ("补充制定",)
    assert counts_apart("补充制定内部标准20项。", Decimal(24), "项", planned) == ("补充制定内部标准20项",)
    assert counts_apart("补充制定内部标准24项。", Decimal(24), "项", planned) == ()
    assert counts_apart("2027年补充制定标准12项。", Decimal(24), "项", planned) == ()
    assert counts_apart("24项拟补充制定的标准中有15项管交接。", Decimal(24), "项", planned) == ()
    assert counts_apart("专职5名", Decimal(2), "人/名", ("专职",)) == ("专职5名",)
    assert counts_apart("各有1名兼职标准化员", Decimal(9), "人/名", ("兼职",)) == ()


def test_counts_before_what_they_count():
    assert counts_before("四家参加单位", Decimal(3), "家参加单位") == ("四家参加单位",)
    assert counts_before("12家参加单位", Decimal(3), "家参加单位") == ("12家参加单位",)
    assert counts_before("三家参加单位、3家参加单位", Decimal(3), "家参加单位") == ()
    assert counts_before("每家参加单位、十三家参加单位", Decimal(3), "家参加单位") == ()
    assert counts_before("１２家参加单位", Decimal(3), "家参加单位") == ("12家参加单位",)
    assert counts_before("共12 家参加单位", Decimal(3), "家参加单位") == ("12家参加单位",)
    assert counts_before("共３ 家参加单位", Decimal(3), "家参加单位") == ()


# -- standards, copied sentences -------------------------------------------------------------------


def test_replaced_standards_are_named_with_what_replaces_them():
    assert replaced_in("依据GB/T 24421.2-2009编制") == ("GB/T 24421.2—2009（现行的是GB/T 24421.2—2023）",)
    assert replaced_in("依据GB/T 13016—2018、GB/T 24421.2—2023，GB/T 32169系列，Q/NTZW 001—2022") == ()


@pytest.mark.parametrize(
    "written",
    [
        "GB/T 24421.2－2009",  # the hyphen of a Chinese input method
        "GB/T 24421.2−2009",  # a minus sign
        "GB/T 24421.2‐2009",
        "GB/T 24421.2‑2009",  # what Word puts where no line may break
        "GB／T　24421.2——2009",
        "GB/T  24421.2 – 2009",
    ],
)
def test_a_number_is_known_by_whatever_dash_it_is_written_with(written):
    assert replaced_in(f"依据{written}编制") == ("GB/T 24421.2—2009（现行的是GB/T 24421.2—2023）",)


def test_a_standard_cited_in_another_edition_than_listed():
    listed = ("GB/T 39735—2020", "DB36/T 2016—2024", "无")
    assert cited_otherwise("没有覆盖GB/T39735-2021所列内容", listed) == (
        "GB/T 39735—2021（明细表里是GB/T 39735—2020）",
    )
    assert cited_otherwise("按GB/T 39735—2020和GB/T 36114—2018办理", listed) == ()
    assert cited_otherwise("依据GB/T 24421.2—2009", ("GB/T 24421.2—2023",)) == ()
    assert named_in("按GB/T 39735—2020办理", ("GB/T 39735-2020",)) == ("GB/T 39735—2020",)
    assert named_in("按规程办理", ("GB/T 39735-2020",)) == ()


def test_a_number_that_is_read_without_a_year_is_none_in_running_text():
    assert numbers_in("按DBJ/T 12-2020施工") == ()  # is 2020 the year, or the second part?


def test_sentences_of_the_sample_are_known_again_whatever_their_marks():
    sentence = "标准化科每季度召开一次需求会，把收集到的意见分成三类：改内部标准能解决的，15个工作日内启动"
    assert copied_sentences(f"先登记。{sentence.replace('，', ', ')}；再办。", "北陵县行政审批局")
    assert copied_sentences(f"{sentence}；", "南汀县政务服务中心") == ()
    assert copied_sentences("标准化科每季度开一次会。", "北陵县行政审批局") == ()
    twenty = "11月18日完成领导小组审定后，在系统提交"
    assert copied_sentences(f"{twenty}。", "北陵县行政审批局") == (twenty,)
    nineteen = "受理有效投诉37件，全部在规定时间内办结"
    assert copied_sentences(f"{nineteen}。", "北陵县行政审批局") == ()
    assert copied_sentences("政务服务中心进驻事项服务指南编制规范和检查办法汇编", "北陵县行政审批局") == ()
