"""The kind of an expression, found without running it; and what in it cannot be meant.

Only for the lint. Where a kind cannot be told (``any``), nothing is said.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.mistakes import suggested
from pilotdesk.rules.answers import NODE_IS_LEAF, NODE_LEVEL, ROW_NUMBER, ROW_TYPES, VALUE
from pilotdesk.rules.expression import COMPARISONS, written_name
from pilotdesk.rules.patterns import PATTERNS
from pilotdesk.rules.registry import FUNCTIONS, LOOKED_UP, Function

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.forms.model import Choice, Field, Form
    from pilotdesk.forms.round import Round
    from pilotdesk.rules.subjects import Subject

KIND_OF_TYPE: Final[dict[str, str]] = {
    "text": "text",
    "longtext": "text",
    "choice": "text",
    "month": "text",
    "region": "text",
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "month_range": "months",
    "multi_choice": "list",
    "dependent_choice": "list",
    "person": "list",
    "attachment": "list",
    "evidence": "list",
    "table": "rows",
    "tree": "rows",
}
"""Field type to kind; a calculated field may be anything."""
WORDS: Final[dict[str, str]] = {
    "flag": "是非",
    "number": "数字",
    "text": "文字",
    "date": "日期",
    "months": "起止年月",
    "list": "列表",
    "rows": "表格",
}
ORDERED: Final = frozenset({"number", "text", "date"})
_UNORDERED: Final = {"months": "起止年月用 start_of、end_of 取出一头来比。"}


@dataclass(frozen=True, slots=True)
class Name:
    """What a name means in one place: its kind, and the choices it can be, if it is a choice."""

    kind: str
    choices: str = ""


@dataclass(slots=True)
class Names:
    """Everything that may be named in one place of a form."""

    form: Form
    round: Round
    known: Mapping[str, Name]

    @property
    def lists(self) -> Mapping[str, tuple[Choice, ...]]:
        """The choice lists by name."""
        return self.form.lists


def names_at(form: Form, round_: Round, subject: Subject | None, *, spoken: bool = False) -> Names:
    """The names that can be written in an expression.

    Args:
        form: the form.
        round_: its round.
        subject: where the expression stands; ``None`` for the relevance of steps and groups.
        spoken: whether it stands in a message, where a row knows its number.
    """
    known: dict[str, Name] = {}
    for owner in form.fields.values():
        known[owner.name] = _name_of(owner)
        for inner in (*owner.columns, *owner.parts):
            in_list = owner.type in ROW_TYPES
            name = _name_of(inner)
            known[f"{owner.name}.{inner.name}"] = Name("list", name.choices) if in_list else name
    if subject is not None:
        known |= _local_names(subject)
        if spoken and subject.in_rows:
            known[ROW_NUMBER] = Name("number")
    return Names(form, round_, known)


def _local_names(subject: Subject) -> dict[str, Name]:
    inner = (*subject.owner.columns, *subject.owner.parts)
    names = {one.name: _name_of(one) for one in inner if one.name in subject.local}
    if NODE_LEVEL in subject.local:
        names |= {NODE_LEVEL: Name("number"), NODE_IS_LEAF: Name("flag")}
    return names | {VALUE: _name_of(subject.field)}


def _name_of(definition: Field) -> Name:
    return Name(KIND_OF_TYPE.get(definition.type, "any"), definition.choices)


@dataclass(slots=True)
class KindFinder:
    """Goes through one expression; :attr:`mistakes` are Chinese sentences, in reading order."""

    names: Names
    mistakes: list[str] = field(default_factory=list)

    def kind(self, node: ast.expr) -> str:
        """The kind of a node; what is wrong inside it is noted on the way."""
        match node:
            case ast.Constant():
                kind = _kind_of_constant(node.value)
            case ast.Name() | ast.Attribute():
                kind = self._named(node)
            case ast.BoolOp():
                for value in node.values:
                    self._wants("flag", value, "and、or 两边要是能答“是”或“否”的话")
                kind = "flag"
            case ast.UnaryOp():
                kind = "flag" if isinstance(node.op, ast.Not) else "number"
                self._wants(
                    kind,
                    node.operand,
                    "not 后面要是能答“是”或“否”的话" if kind == "flag" else "减号后面要是数字",
                )
            case ast.BinOp():
                kind = self._arithmetic(node)
            case ast.Compare():
                kind = self._comparison(node)
            case ast.IfExp():
                self._wants("flag", node.test, "if 后面要是能答“是”或“否”的话")
                first, second = self.kind(node.body), self.kind(node.orelse)
                kind = first if first == second else "any"
            case ast.Call():
                kind = self._call(node)
            case _:
                for item in getattr(node, "elts", ()):
                    self.kind(item)
                kind = "list"
        return kind

    def _named(self, node: ast.expr) -> str:
        name = written_name(node) or ""
        found = self.names.known.get(name)
        if found is None:
            self.mistakes.append(_unknown_name(name, self.names.known))
            return "any"
        return found.kind

    def _wants(self, wanted: str, node: ast.expr, why: str) -> None:
        kind = self.kind(node)
        if kind not in {wanted, "any"}:
            self.mistakes.append(f"{why}，“{ast.unparse(node)}”是{WORDS[kind]}。")

    def _arithmetic(self, node: ast.BinOp) -> str:
        left, right = self.kind(node.left), self.kind(node.right)
        kinds = {left, right} - {"any"}
        if not kinds or kinds == {"number"} or (kinds == {"text"} and isinstance(node.op, ast.Add)):
            return next(iter(kinds), "any")
        self.mistakes.append(f"“{ast.unparse(node)}”算不了：{WORDS.get(left, '')}和{WORDS.get(right, '')}。")
        return "any"

    def _comparison(self, node: ast.Compare) -> str:
        left, left_kind = node.left, self.kind(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            right_kind = self.kind(right)
            why = _not_comparable(COMPARISONS[type(sign)], left_kind, right_kind)
            if why:
                self.mistakes.append(f"“{ast.unparse(left)}”和“{ast.unparse(right)}”不能比：{why}")
            self._listed(left, right)
            self._listed(right, left)
            left, left_kind = right, right_kind
        return "flag"

    def _listed(self, named: ast.expr, other: ast.expr) -> None:
        """Notes texts that are compared with a choice and are not in its list."""
        found = self.names.known.get(written_name(named) or "")
        if found is not None and found.choices:
            self._in_list(found.choices, (other, *getattr(other, "elts", ())))

    def _in_list(self, list_name: str, nodes: Iterable[ast.expr]) -> None:
        allowed = [choice.name for choice in self.names.lists.get(list_name, ())]
        for node in nodes:
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and allowed and text not in allowed and not text.startswith("other:"):
                self.mistakes.append(f"列表 {list_name} 里没有“{text}”。{suggested(text, allowed)}")

    def _call(self, node: ast.Call) -> str:
        called = FUNCTIONS[node.func.id if isinstance(node.func, ast.Name) else ""]
        for index, given in enumerate(node.args):
            wanted = called.kind_at(index)
            if wanted in LOOKED_UP:
                self._looked_up(wanted, given, node.args[0])
                continue
            kind = self.kind(given)
            if not _suits(wanted, kind):
                self.mistakes.append(
                    f"{called.name} 的第 {index + 1} 个参数要{WORDS.get(wanted, wanted)}，"
                    f"“{ast.unparse(given)}”是{WORDS.get(kind, kind)}。"
                )
        self._values_of_columns(called, node)
        return called.returns

    def _values_of_columns(self, called: Function, node: ast.Call) -> None:
        """Notes texts that are looked for in a column of choices and cannot be there."""
        if called.name == "count_where":
            for given in node.args[1:]:
                self._listed(node.args[0], given)
        table = self.names.form.fields.get(written_name(node.args[0]) or "") if node.args else None
        for index, given in enumerate(node.args[:-1]):
            if called.kind_at(index) == "column_name" and called.kind_at(index + 1) == "any" and table:
                column = next((one for one in table.columns if one.name == _text_of(given)), None)
                if column is not None and column.choices:
                    self._in_list(column.choices, (node.args[index + 1],))

    def _looked_up(self, wanted: str, given: ast.expr, first: ast.expr) -> None:
        text = _text_of(given)
        if text is None:
            self.mistakes.append(f"“{ast.unparse(given)}”要直接写名字，放在引号里。")
            return
        possible = self._possible(wanted, first)
        if possible is not None and text not in possible:
            self.mistakes.append(f"没有“{text}”。{suggested(text, possible)}")

    def _possible(self, wanted: str, first: ast.expr) -> list[str] | None:
        """What may be named there; ``None`` when it cannot be told."""
        if wanted == "pattern":
            return list(PATTERNS)
        if wanted == "list_name":
            return list(self.names.lists)
        if wanted == "deadline_name":
            return [one.name for one in self.names.round.deadline]
        table = self.names.form.fields.get(written_name(first) or "")
        return [column.name for column in table.columns] if table else None


def _text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _kind_of_constant(value: object) -> str:
    if isinstance(value, bool):
        return "flag"
    return "text" if isinstance(value, str) else "number"


def _suits(wanted: str, kind: str) -> bool:
    return "any" in {wanted, kind} or wanted == kind or (wanted == "list" and kind == "rows")


def _not_comparable(sign: str, left: str, right: str) -> str:
    """Why two kinds cannot be compared so; empty when they can."""
    if "any" in {left, right}:
        return ""
    if sign in {"in", "not in"}:
        fits = right in {"list", "rows"} or {left, right} == {"text"}
        return "" if fits else f"in 右边要是列表，这里是{WORDS[right]}。"
    if {left, right} == {"date", "text"}:
        return "日期和年月不是一种，用 month_of(日期)。"
    if left != right:
        return f"一个是{WORDS[left]}，一个是{WORDS[right]}。"
    return "" if sign in {"==", "!="} or left in ORDERED else _UNORDERED.get(left, f"{WORDS[left]}没有大小。")


def _unknown_name(name: str, known: Mapping[str, Name]) -> str:
    if name == ROW_NUMBER:
        return "row_number 只能写在提示的花括号里，只在逐行的规则里有。"
    return f"没有“{name}”这个名字。{suggested(name, known)}"
