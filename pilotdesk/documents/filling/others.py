"""What in a form belongs to others: experts, authorities, banks, the other parties of a contract, people who check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.judging import OUR_UNIT
from pilotdesk.documents.filling.normal import NUMERALS, normal, without_ending
from pilotdesk.documents.filling.spots import FIRM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.filling.spots import Context, Spot
    from pilotdesk.documents.filling.words import Words

_BODY: Final = re.compile(r"(?:单位|机构|部门|公司|院校|学校|高校|专家|协会)$")
_OF_A_PERSON: Final = re.compile(r"(?:所在|所属|工作|任职|隶属|现)(?:单位|机构|部门|院校|学校|公司)$|^部门$")
"""Where a person works is no other body."""
_OURS: Final = ("项目", "试点", "申报", "申请", "承担", "本单位", "牵头", "填报", "填表")
BODILY: Final = frozenset(
    {"mailing_address", "postcode", "uscc", "registered_address", "filler_name", "filler_phone"}
)
"""What every body has: where its name stands before, they are its own."""
FOREIGN: Final = re.compile(
    r"意见(?![和与及]?建议)|评审|专家|评议|评委|受理|签到|签收|审核|审批|审查|批准(?!文|立项|下达|情况|时间)|核准"
    r"|验收(?!指标|标准|内容|目标)|国外|境外|外方|银行|账户|帐户|财政部门|示例|样例|范例|举例|样表"
    r"|填表说明|填写说明|填报说明|推荐单位|推荐部门|主管部门|归口|合作(?:单位|方|院校|高校|机构|企业|学校)|见证|公证|监理|审计"
    r"|下达单位|下达部门|委托单位|委托方|组织单位|(?<!标准化)管理部门|上级|第三方"
)
_BARE: Final = OUR_UNIT | {"公司", "学校", "院校", "部门", "内设机构", "组织机构", "所属单位", "所属部门"}
"""Bodies without a name of their own, as titles of a part of a table: they are us."""
_MEASURES: Final = re.compile(r"级指标|指标值|指标名称|目标值|分值|得分|权重|评分|满分")
_ABROAD: Final = re.compile(r"国外|境外|外方")
_PARTY: Final = re.compile(r"[甲乙丙丁]方")
_RECOMMENDING: Final = re.compile(r"推荐(?:汇总)?(?:表|书|函|名单)")
_FILLED_IN: Final = ("填表", "填报", "填写", "制表")
"""When a form was filled in is no question to who checks it, whose name may stand before."""
_CHECKER: Final = re.compile(
    r"^(?:审核|复核|校核|审批|审定|审查|批准|签发|核准|监督|推荐|分管)(?:人|人员|领导|负责人)"
)


class Others:
    """Judges whether a place is another's."""

    def __init__(self, words: Words) -> None:
        self._words: Final = words

    def is_foreign(self, around: Iterable[Context], path: str) -> bool:
        """Whether a place stands among those of others, unless these others are what the field is about."""
        for context in around:
            told = re.sub(r"\s", "", context.text)
            if "[" not in path and self._is_measured(context, told):
                return True
            if context.kind == "title" or context.kind not in FIRM:
                continue
            if self.is_of_another_body(context) and not self._is_of(context, path):
                return True
            if _PARTY.match(told) or _ABROAD.search(told):
                return True
            if not FOREIGN.search(told):
                continue
            if not self._is_of(context, path):
                return True
        return False

    def _is_measured(self, context: Context, told: str) -> bool:
        """Whether rows name what is measured or scored: 社会效益 among 二级指标 asks for a number, not for a text."""
        return (context.kind == "head" and _MEASURES.search(told) is not None) or (
            context.kind == "group" and told.endswith("指标")
        )

    def is_of_another_body(self, context: Context) -> bool:
        """Whether a title over a part of a table names a body that is not us: 参加单位情况, 保证单位情况."""
        label = without_ending(normal(context.text)).rstrip(NUMERALS)
        if context.kind not in {"section", "group"} or label in _BARE or label.startswith("标准化"):
            return False
        if not self._is_body(label):
            return False
        return bool(self._words.table(label)) or not self._words.meanings(label)

    def _is_of(self, context: Context, path: str) -> bool:
        """Whether a field is what a label over it is about."""
        label = without_ending(normal(context.text))
        known = path in {meaning.path for meaning in self._words.meanings(label)}
        return known or (bool(self._words.table(label)) and "[" in path)

    def is_checkers(self, spot: Spot) -> bool:
        """Whether a place stands in one line behind a person who checks what others filled in."""
        if normal(spot.labels[0]).startswith(_FILLED_IN):
            return False
        people = [normal(context.text) for context in spot.around if context.kind == "row"]
        named = [one for one in people if one.endswith(("人", "人员", "领导", "负责人"))]
        return bool(named) and _CHECKER.search(named[0]) is not None

    def follows(self, spot: Spot, path: str) -> bool:
        """Whether a person, an address or a number stands in one line behind the name of another body."""
        field = self._words.form.fields.get(path.partition(".")[0].partition("+")[0])
        label = normal(spot.labels[0])
        if field is None or label.startswith(_OURS) or not (field.parts or field.name in BODILY):
            return False
        beside = [normal(context.text) for context in spot.around if context.kind == "row"]
        for over in beside:
            if self.is_ours(over):
                return False
            if self._is_body(over):
                return True
        above = [normal(context.text) for context in spot.around if context.kind == "before"]
        block = any(map(self._is_bodily, above)) and any(map(self._is_body, above))
        return block and not any(map(self.is_ours, [*above, label]))

    def is_recommenders(self, spot: Spot) -> bool:
        """Whether a form is one of those who recommend (推荐表): which of them it is, its 推荐单位 does not say."""
        titles = [normal(context.text) for context in spot.around if context.kind in {"title", "heading"}]
        return normal(spot.labels[0]).startswith("推荐") and any(map(_RECOMMENDING.search, titles))

    def is_ours(self, label: str) -> bool:
        """Whether a label names our own unit or project."""
        return label.startswith(_OURS) or any(
            one.path == self._words.form.head.unit_name for one in self._words.meanings(label)
        )

    def _is_body(self, label: str) -> bool:
        """Whether a label names a body that is not our unit."""
        if self.is_ours(label) or _OF_A_PERSON.search(label):
            return False
        return (FOREIGN.search(label) or _BODY.search(label)) is not None

    def _is_bodily(self, label: str) -> bool:
        """Whether a label asks for what every body has: a person, an address."""
        known = any(one.path in BODILY for one in self._words.meanings(label))
        return known or self._words.is_part(label) or bool(self._words.owner(label))
