"""How the basis of a field or rule is shown: one mark, and the clauses in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.model import SOURCE_RANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import FormPack
    from pilotdesk.ui.look.tokens import Tone

_MARKS: Final[dict[str, tuple[str, Tone]]] = {
    "notice": ("通知原文", "primary"),
    "standard": ("国家标准", "primary"),
    "habit": ("往年惯例", "hint"),
    "inferred": ("推断", "neutral"),
}
INFERRED_REMARK: Final = "栏目为参考稿推断，以系统下载的模板为准。"


def source_mark(pack: FormPack, keys: Sequence[str]) -> tuple[str, Tone]:
    """Word and tone of the strongest kind among the sources; 推断 when there is none."""
    kinds = [pack.sources[key].kind for key in keys if key in pack.sources]
    strongest = max(kinds, key=lambda kind: SOURCE_RANK[kind], default="inferred")
    return _MARKS[strongest]


def source_words(pack: FormPack, keys: Sequence[str]) -> list[tuple[str, str]]:
    """(quote, title) of every source; the quote is empty when the text could not be consulted."""
    return [(pack.sources[key].quote, pack.sources[key].title) for key in keys if key in pack.sources]
