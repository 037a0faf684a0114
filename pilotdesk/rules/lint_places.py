"""Looks at expressions of one form and notes what is wrong with them, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pilotdesk.rules.expression import Expression, ExpressionError, compile_expression
from pilotdesk.rules.kinds import WORDS, KindFinder, Names, names_at
from pilotdesk.rules.messages import expressions_of

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.round import Round
    from pilotdesk.rules.subjects import Subject


class ExpressionMistake(NamedTuple):
    """One mistake: the form, the table path by names, the TOML key, and a Chinese sentence."""

    form: str
    where: str
    key: str
    text: str


class ExpressionLint:
    """Notes mistakes of one form, each once.

    Attributes:
        form, round: that expressions are read in. found: what was noted, in the order in which it was come upon.
    """

    def __init__(self, form: Form, round_: Round) -> None:
        self.form = form
        self.round = round_
        self.found: list[ExpressionMistake] = []

    def note(self, where: str, key: str, text: str) -> None:
        """Note a mistake."""
        mistake = ExpressionMistake(self.form.head.name, where, key, text)
        if mistake not in self.found:
            self.found.append(mistake)

    def flag(self, text: str, subject: Subject | None, where: str, key: str) -> None:
        """An expression that must answer yes or no; an empty text is none."""
        _, kind = self.kind(text, names_at(self.form, self.round, subject), where, key)
        if kind not in {"flag", "any"}:
            self.note(where, key, f"这里要能答“是”或“否”，现在是{WORDS[kind]}。")

    def message(self, text: str, subject: Subject | None, where: str, key: str) -> None:
        """The expressions in the braces of a sentence."""
        names = names_at(self.form, self.round, subject, spoken=True)
        for expression in expressions_of(text):
            self.kind(expression or " ", names, where, key)

    def kind(self, text: str, names: Names, where: str, key: str) -> tuple[Expression | None, str]:
        """An expression and the kind of what it gives; ``None`` and ``any`` where there is none, or it cannot be read."""
        if not text:
            return None, "any"
        try:
            expression = compile_expression(text)
        except ExpressionError as mistake:
            self.note(where, key, f"{mistake}原文：{text.strip()[:60]}")
            return None, "any"
        finder = KindFinder(names)
        kind = finder.kind(expression.tree)
        for sentence in finder.mistakes:
            self.note(where, key, sentence)
        return expression, kind
