"""How a severity looks: shape, word and tone together, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from pilotdesk.ui.look.tokens import Tone


class Mark(NamedTuple):
    """Symbol, word, tone, and the half-sentence that stands at the right of its group on the check page."""

    icon: str
    word: str
    tone: Tone
    remark: str


MARKS: Final[dict[Severity, Mark]] = {
    Severity.ERROR: Mark("alert-circle-filled", "必须改", "error", "不改不能定稿"),
    Severity.WARNING: Mark("alert-triangle-filled", "请核实", "warn", "确认无误可以保留"),
    Severity.HINT: Mark("bulb", "建议", "hint", "供参考"),
}
