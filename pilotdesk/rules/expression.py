"""The closed expression language of packs.

An expression looks like Python and is far less: names of fields, numbers, texts, ``+ - * /``, comparisons (also
chained), ``in``, ``and or not``, ``a if test else b``, lists in brackets, and calls of registered functions.
A dotted name is a column of a table (the tuple of its answered cells in row order) or a part of a person.
The text is parsed by :mod:`ast`, every node that is not listed here is refused, and what remains is compiled to
closures. There is no attribute, no index, no keyword argument, no power, no remainder and no way to repeat a
text, so an expression of a foreign pack can neither reach the program nor eat its memory.

Unknown stays unknown (XForms semantics): an unanswered or unreadable operand makes the result ``None``, except
that ``False and unknown`` is false and ``True or unknown`` is true.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import Unparsed
from pilotdesk.record import Record
from pilotdesk.rules import operators
from pilotdesk.rules.calls import Scope, Term, call_term, remembered, remembered_by_lists, takes_lists
from pilotdesk.rules.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.rules.calls import Lookup, Memo
    from pilotdesk.rules.registry import Context, Function

MAX_LENGTH: Final = 2000
MAX_NODES: Final = 400
MAX_DEPTH: Final = 30
MAX_DIGITS: Final = 30

NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_TEXT: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9_.,()\[\]<>=!+\-*/ '\"]")
_GLUED: Final = re.compile(r"(?<![A-Za-z0-9_])[0-9][0-9.]*[A-Za-z_]|[A-Za-z0-9_]['\"]")
COMPARISONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_ARITHMETIC: Final[dict[type[ast.operator], str]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class ExpressionError(ValueError):
    """An expression that is not in the language.

    Attributes:
        text: the expression. position: where in it, in characters from 0.
        why: one Chinese sentence for the author of the pack.
    """

    def __init__(self, text: str, position: int, why: str) -> None:
        self.text = text
        self.position = position
        self.why = why
        super().__init__(f"第 {position + 1} 个字符：{why}")


class Expression(Record, frozen=True, eq=False):
    """A compiled expression.

    Attributes:
        text: as written, line breaks as spaces.
        names: every name it reads, dotted where it is written so.
        tree: the checked syntax tree, for the lint.
    """

    text: str
    names: frozenset[str]
    tree: ast.expr
    term: Term

    def evaluate(self, lookup: Lookup, context: Context | None = None, memo: Memo | None = None) -> object:
        """The value in one scope; ``None`` is unknown.

        Args:
            lookup: value of each of :attr:`names`.
            context: for functions that ask for the day or the round; without it they are unknown.
            memo: filled with results of calls that read dotted names only, so that a table is gone through
                once and not once a row. The caller empties it when such a name changes.
        """
        return self.term(Scope(lookup, context, memo))


@lru_cache(maxsize=2048)
def compile_expression(text: str) -> Expression:
    """Compiles an expression.

    Raises:
        ExpressionError: with the position and a Chinese sentence. Nothing else is raised, whatever the text.
    """
    line = re.sub(r"\r\n|[\r\n\t]", " ", text)
    _refuse_foreign(line)
    start = len(line) - len(line.lstrip(" "))
    try:
        tree = ast.parse(line.strip(" "), mode="eval").body
    except SyntaxError as trouble:
        # offset 0: it ended too early
        position = start + trouble.offset - 1 if trouble.offset else len(line.rstrip(" "))
        raise ExpressionError(line, min(position, len(line)), "写法不完整，或者多了、少了符号。") from None
    except ValueError:  # a null byte, which Python took for a ValueError until 3.11.4
        raise ExpressionError(line, 0, "写法不完整，或者多了、少了符号。") from None
    except (RecursionError, MemoryError):
        raise ExpressionError(line, 0, "嵌套太深，请拆成几条。") from None
    compiler = _Compiler(line, start)
    term = compiler.compile(tree, 0)
    return Expression(line, frozenset(compiler.names), tree, term)


def _refuse_foreign(line: str) -> None:
    """Refuses signs that the language does not have before Python's parser sees them.

    It also keeps out what the parser only warns about (escapes, numbers glued to words).
    """
    if len(line) > MAX_LENGTH:
        raise ExpressionError(line[:80], MAX_LENGTH, f"太长，最多 {MAX_LENGTH} 个字符。")
    if not line.strip():
        raise ExpressionError(line, 0, "这里是空的。")
    if "\\" in line:
        raise ExpressionError(line, line.index("\\"), "不能用反斜杠。")
    bare = _TEXT.sub(lambda quoted: "'" + " " * (len(quoted[0]) - 2) + "'", line)
    foreign = _FOREIGN.search(bare)
    if foreign:
        raise ExpressionError(line, foreign.start(), f"不认得“{foreign[0]}”，文字要放在引号里。")
    glued = _GLUED.search(bare)
    if glued:
        raise ExpressionError(line, glued.start(), "数字、字母、引号连在一起了，中间空一格。")


class _Compiler:
    """Turns a tree into closures and collects the names it reads."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.names: set[str] = set()
        self._bare_names = 0
        self._dotted_names = 0
        self._start = start
        self._nodes = 0
        self._kinds: dict[type[ast.AST], Callable[..., Term]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._dotted,
            ast.BoolOp: self._logic,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._arithmetic,
            ast.Compare: self._comparison,
            ast.IfExp: self._condition,
            ast.Tuple: self._list,
            ast.List: self._list,
            ast.Call: self._call,
        }

    def compile(self, node: ast.expr, depth: int) -> Term:
        """The closure of one node."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refused(node, "太长，请拆成几条。")
        if depth > MAX_DEPTH:
            raise self._refused(node, "嵌套太深，请拆成几条。")
        kind = self._kinds.get(type(node))
        if kind is None:
            raise self._refused(node, "规则里不能这样写。")
        return kind(node, depth + 1)

    def _refused(self, node: ast.expr, why: str) -> ExpressionError:
        # col_offset counts UTF-8 bytes
        before = self.text[self._start :].encode()[: node.col_offset].decode(errors="ignore")
        return ExpressionError(self.text, self._start + len(before), why)

    def _constant(self, node: ast.Constant, _depth: int) -> Term:
        value: object = node.value
        if isinstance(value, float):
            value = Decimal(repr(value))
        if not isinstance(value, bool | int | str | Decimal):
            raise self._refused(
                node, "这里只能写数字、引号里的文字，或者 True、False。没填用 not filled(名字)。"
            )
        if isinstance(value, int | Decimal) and (
            not Decimal(value).is_finite() or len(str(value)) > MAX_DIGITS
        ):
            raise self._refused(node, f"数字太长，最多 {MAX_DIGITS} 位。")
        return lambda _scope: value

    def _name(self, node: ast.Name, _depth: int) -> Term:
        if not NAME.match(node.id):
            raise self._refused(node, "名字只用小写字母、数字和下划线，以字母开头。")
        self._bare_names += 1
        return self._known(node.id)

    def _known(self, name: str) -> Term:
        self.names.add(name)

        def known(scope: Scope) -> object:
            value = scope.lookup(name)
            return None if isinstance(value, Unparsed) else value

        return known

    def _dotted(self, node: ast.Attribute, _depth: int) -> Term:
        base = node.value
        if not isinstance(base, ast.Name) or not NAME.match(base.id) or not NAME.match(node.attr):
            raise self._refused(node, "点号只能写成“表名.列名”或“人员.项目”。")
        self._dotted_names += 1
        return self._known(f"{base.id}.{node.attr}")

    def _logic(self, node: ast.BoolOp, depth: int) -> Term:
        terms = tuple(self.compile(value, depth) for value in node.values)
        decisive = isinstance(node.op, ast.Or)  # one of these settles it

        def logic(scope: Scope) -> object:
            settled: bool | None = not decisive
            for term in terms:
                value = term(scope)
                if value is decisive:
                    return decisive
                if value is not (not decisive):
                    settled = None
            return settled

        return logic

    def _unary(self, node: ast.UnaryOp, depth: int) -> Term:
        term = self.compile(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda scope: operators.negation(term(scope))
        if isinstance(node.op, ast.USub):
            return lambda scope: operators.negative(term(scope))
        raise self._refused(node, "规则里不能这样写。")

    def _arithmetic(self, node: ast.BinOp, depth: int) -> Term:
        sign = _ARITHMETIC.get(type(node.op))
        if sign is None:
            raise self._refused(node, "只能用 + - * /。")
        left, right = self.compile(node.left, depth), self.compile(node.right, depth)
        return lambda scope: operators.arithmetic(sign, left(scope), right(scope))

    def _comparison(self, node: ast.Compare, depth: int) -> Term:
        first = self.compile(node.left, depth)
        steps: list[tuple[str, Term]] = []
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if type(sign) not in COMPARISONS:
                raise self._refused(right, "比较只能用 == != < <= > >= in not in。")
            steps.append((COMPARISONS[type(sign)], self.compile(right, depth)))

        def comparison(scope: Scope) -> object:
            left = first(scope)
            settled: bool | None = True
            for sign, term in steps:
                right = term(scope)
                value = _step(sign, left, right)
                if value is False:
                    return False
                if value is None:
                    settled = None
                left = right
            return settled

        return comparison

    def _condition(self, node: ast.IfExp, depth: int) -> Term:
        test = self.compile(node.test, depth)
        yes, no = self.compile(node.body, depth), self.compile(node.orelse, depth)

        def condition(scope: Scope) -> object:
            value = test(scope)
            if not isinstance(value, bool):
                return None
            return yes(scope) if value else no(scope)

        return condition

    def _list(self, node: ast.Tuple | ast.List, depth: int) -> Term:
        terms = tuple(self.compile(item, depth) for item in node.elts)
        return lambda scope: tuple(term(scope) for term in terms)

    def _call(self, node: ast.Call, depth: int) -> Term:
        called = self._called(node)
        bare, dotted = self._bare_names, self._dotted_names
        if called.takes_unknown:
            terms = tuple(self._raw(item, depth) for item in node.args)
        else:
            terms = tuple(self.compile(item, depth) for item in node.args)
        named = tuple(isinstance(item, ast.Name | ast.Attribute) for item in node.args)
        # dotted names mean the same in every row, a bare name may be a column
        if self._bare_names == bare and self._dotted_names > dotted:
            return remembered(ast.unparse(node), call_term(called, terms, named))
        constant = tuple(isinstance(item, ast.Constant) for item in node.args)
        if self._bare_names > bare and takes_lists(called, constant):
            return remembered_by_lists(called, terms, constant, named)
        return call_term(called, terms, named)

    def _raw(self, node: ast.expr, depth: int) -> Term:
        """A term that hands over text that could not be read as it stands: ``filled`` counts it as filled."""
        term = self.compile(node, depth)
        name = written_name(node)
        return term if name is None else lambda scope: scope.lookup(name)

    def _called(self, node: ast.Call) -> Function:
        if not isinstance(node.func, ast.Name):
            raise self._refused(node, "括号前只能写函数名。")
        called = FUNCTIONS.get(node.func.id)
        if called is None:
            from difflib import get_close_matches  # only once something is wrong

            near = get_close_matches(node.func.id, FUNCTIONS, 1)
            advice = f"是不是 {near[0]}？" if near else "请看函数表。"
            raise self._refused(node, f"没有函数 {node.func.id[:40]}，{advice}")
        if node.keywords:
            raise self._refused(node, "参数按顺序写，不写名字。")
        count = len(node.args)
        if count < called.least or (called.most is not None and count > called.most):
            most = "更多" if called.most is None else called.most
            wanted = f"{called.least}" if called.least == most else f"{called.least} 到{most}"
            raise self._refused(node, f"{called.name} 要 {wanted} 个参数，这里是 {count} 个。")
        return called


def _step(sign: str, left: object, right: object) -> bool | None:
    if sign == "in":
        return operators.contains(left, right)
    if sign == "not in":
        return operators.negation(operators.contains(left, right))
    return operators.compare(sign, left, right)


def written_name(node: ast.expr) -> str | None:
    """The (dotted) name that a node is; ``None`` for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None
