"""The views of the desk's file: ``standing``, that the program reads, and those with Chinese names that people open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pilotdesk.review.desk.records import (
    AGREEMENT_WORDS,
    CONCLUSION_WORDS,
    SEVERITY_WORDS,
    VERDICT_WORDS,
    Conclusion,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

WHAT_WORDS: Final = {
    "take": "收件",
    "verdict": "审核要点",
    "opinion": "给单位的话",
    "conclusion": "结论",
    "pick": "推荐",
    "ranking": "排序",
    "returned": "退回单",
    "setting": "设置",
    "former": "已承担过试点的名单",
}
"""What the log speaks of."""


def _words(column: str, words: Mapping[Any, str]) -> str:
    """SQL that gives the Chinese word for what a column holds."""
    cases = " ".join(f"WHEN '{getattr(one, 'value', one)}' THEN '{word}'" for one, word in words.items())
    return f"CASE {column} {cases} ELSE {column} END"


def _line(column: str) -> str:
    """SQL that gives a list of texts in one line."""
    return f"replace({column}, char(10), '、')"


_HERE: Final = "WHERE key = h.key AND number = h.number"
_SUMS: Final = {
    "given": ("verdict", "1"),
    "passed": ("verdict", f"verdict = '{Verdict.PASSED.value}' AND point > 0"),
    "amend": ("verdict", f"verdict = '{Verdict.AMEND.value}'"),
    "refused": ("verdict", f"verdict = '{Verdict.REFUSED.value}'"),
}
_COUNTED: Final = ", ".join(
    f"(SELECT count(*) FROM {table} {_HERE} AND {test}) AS {name}"  # noqa: S608
    for name, (table, test) in _SUMS.items()
)
_RANKED: Final = (
    "(SELECT count(*) FROM pick q JOIN submission t ON t.key = q.key AND t.merged_into = ''"
    " WHERE (q.rank, q.key) <= (p.rank, p.key))"
)
_DRAWN: Final = (
    f"CASE WHEN refused > 0 THEN '{Conclusion.REFUSED.value}'"
    f" WHEN amend > 0 THEN '{Conclusion.RETURNED.value}'"
    f" WHEN points > 0 AND passed = points THEN '{Conclusion.PASSED.value}'"
    f" WHEN given > 0 THEN '{Conclusion.REVIEWING.value}' ELSE '{Conclusion.UNSEEN.value}' END"
)
_LAST_SLIP: Final = f"FROM returned {_HERE} ORDER BY at DESC, slip DESC LIMIT 1"

STANDING: Final = (
    f"CREATE VIEW standing AS SELECT *, coalesce(concluded, {_DRAWN}) AS conclusion,"  # noqa: S608
    " concluded IS NOT NULL AS overridden FROM ("
    f"SELECT s.number AS place, h.*, {_COUNTED},"
    f" coalesce((SELECT group_concat(point || verdict) FROM verdict {_HERE}), '') AS verdicts,"
    " c.conclusion AS concluded, coalesce(c.reason, '') AS conclusion_reason,"
    f" CASE WHEN p.key IS NULL THEN 0 ELSE {_RANKED} END AS rank, coalesce(p.reason, '') AS pick_reason,"
    f" coalesce((SELECT slip {_LAST_SLIP}), '') AS returned, coalesce((SELECT due {_LAST_SLIP}), '') AS due"
    " FROM submission s JOIN handed_in h ON h.key = s.key AND h.number = s.latest"
    " LEFT JOIN conclusion c ON c.key = h.key AND c.number = h.number"
    " LEFT JOIN pick p ON p.key = h.key"
    " WHERE s.merged_into = '')"
)
"""One line a submission, of its latest round. ``verdicts`` is ``1passed,5amend``; a submission in return has the last slip."""

_SUMMARY: Final = (
    "CREATE VIEW 汇总 AS SELECT s.place AS 编号, s.title AS 项目名称, s.unit AS 承担单位, s.uscc AS 统一社会信用代码,"  # noqa: S608
    " s.unit_kind AS 单位性质, s.region AS 所在地区, coalesce(p.label, s.field) AS 领域,"
    f" {_line('s.directions')} AS 方向, s.legal_representative AS 法定代表人, s.contact AS 联系人, s.phone AS 联系电话,"
    f" {_line('s.participants')} AS 参加单位, s.pilot_before AS 是否承担过试点, s.credit_on AS 信用查询日期,"
    " s.filled AS 已填, s.asked AS 应填, s.must AS 必须改, s.ask AS 请核实, s.hint AS 建议,"
    f" {_words('s.agreement', AGREEMENT_WORDS)} AS 三份核对, s.attachments AS 附件数,"
    f" {_line('s.missing_attachments')} AS 缺的附件, s.number AS 第几次报来, s.changed AS 改动处数,"
    " datetime(s.at, 'localtime') AS 收件时间, s.code AS 校验码, s.revision AS 版本,"
    f" {_words('s.conclusion', CONCLUSION_WORDS)} AS 结论, s.conclusion_reason AS 结论理由,"
    " CASE WHEN s.rank THEN '是' ELSE '' END AS 推荐, nullif(s.rank, 0) AS 推荐排序, s.pick_reason AS 推荐理由,"
    " s.returned AS 退回单, s.due AS 补正期限"
    " FROM standing s LEFT JOIN pilot_field p ON p.code = s.field ORDER BY s.place"
)
_POINT: Final = "LEFT JOIN review_point r ON r.form = s.form AND r.number = "
_FINDINGS: Final = (
    "CREATE VIEW 疑点 AS SELECT s.place AS 编号, s.title AS 项目名称, s.unit AS 承担单位,"  # noqa: S608
    f" {_words('f.severity', SEVERITY_WORDS)} AS 程度, coalesce(r.label, '材料形式') AS 审核要点, f.place AS 栏目编号,"
    " f.label AS 栏目, f.sentence AS 疑点, f.clause AS 依据"
    " FROM standing s JOIN finding f ON f.key = s.key AND f.number = s.number"
    f" {_POINT} f.point ORDER BY s.place, f.crossed, f.position"
)
_OPINIONS: Final = (
    "CREATE VIEW 审核意见 AS SELECT s.place AS 编号, s.title AS 项目名称, s.unit AS 承担单位, o.number AS 第几次报来,"  # noqa: S608
    " CASE WHEN o.point = 0 THEN '材料形式' ELSE coalesce(r.label, '') END AS 审核要点,"
    f" {_words('o.verdict', VERDICT_WORDS)} AS 审核,"
    " o.path AS 位置, o.text AS 给单位的话, o.who AS 审核人, datetime(o.at, 'localtime') AS 时间"
    " FROM standing s JOIN (SELECT key, number, point, verdict, '' AS path, '' AS text, who, at FROM verdict"
    " UNION ALL SELECT key, number, CASE WHEN place LIKE 'point:%' THEN CAST(substr(place, 7) AS INTEGER) ELSE -1 END,"
    " '', CASE WHEN place LIKE 'point:%' THEN '' ELSE place END, text, who, at FROM opinion) o ON o.key = s.key"
    f" {_POINT} o.point ORDER BY s.place, o.number, o.point, o.verdict = '', o.path"
)


def _said(side: str) -> str:
    """SQL that gives what a place held before or after, in words."""
    cases = {
        "verdict": _words(f"json_extract(l.{side}, '$.verdict')", VERDICT_WORDS),
        "conclusion": _words(f"json_extract(l.{side}, '$.conclusion')", CONCLUSION_WORDS),
        "opinion": f"json_extract(l.{side}, '$.text')",
        "pick": f"'第 ' || json_extract(l.{side}, '$.rank') || ' 位'",
        "returned": f"json_extract(l.{side}, '$.wanted') || ' 处'",
        "setting": f"json_extract(l.{side}, '$.value')",
        "take": f"coalesce(json_extract(l.{side}, '$.code'), '并入另一件')",
    }
    listed = " ".join(f"WHEN '{what}' THEN {said}" for what, said in cases.items())
    return f"CASE WHEN l.{side} = 'null' THEN '' ELSE CASE l.what {listed} ELSE l.{side} END END"


_LOG: Final = (
    "CREATE VIEW 操作记录 AS SELECT l.seq AS 序号, datetime(l.at, 'localtime') AS 时间, l.who AS 谁,"  # noqa: S608
    f" CASE WHEN l.undoes THEN '撤销：' ELSE '' END || {_words('l.what', WHAT_WORDS)} AS 做了什么,"
    " s.number AS 编号, coalesce(h.unit, '') AS 承担单位, nullif(l.number, 0) AS 第几次报来, l.place AS 何处,"
    f" {_said('before')} AS 原来, {_said('after')} AS 现在,"
    " l.why AS 理由, nullif(l.undoes, 0) AS 撤销的是第几条"
    " FROM log l LEFT JOIN submission s ON s.key = l.key"
    " LEFT JOIN handed_in h ON h.key = s.key AND h.number = s.latest ORDER BY l.seq"
)

VIEWS: Final = (STANDING, _SUMMARY, _FINDINGS, _OPINIONS, _LOG)

PEOPLES: Final = ("汇总", "疑点", "审核意见", "操作记录")
"""Views with Chinese names, for whoever opens the file with another program."""
