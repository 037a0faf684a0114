"""On what a finding rests, in words that stand in a letter to a unit: 通知第三条."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.model import OFFICIAL_KINDS, SOURCE_RANK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.forms.model import FormPack, Source

NOTICE: Final = "通知"


def clause_of(keys: Iterable[str], pack: FormPack) -> str:
    """The clauses behind sources in words; empty for none that the pack knows.

    Official sources are all named, each once: ``通知第三条、第四条``. Where there is none, the strongest other one is:
    ``参照`` a sister programme, or our own reading, which says so.

    Args:
        keys: keys of ``sources.toml``.
        pack: that has them.
    """
    found = [pack.sources[key] for key in keys if key in pack.sources]
    official = [source for source in found if source.kind in OFFICIAL_KINDS]
    if official:
        return _official(official, pack.round.notice_number)
    best = max(found, key=lambda source: SOURCE_RANK[source.kind], default=None)
    if best is None:
        return ""
    return f"参照{best.title}" if best.kind == "habit" else best.title


def _official(sources: list[Source], notice_number: str) -> str:
    """Clauses of the notice first and without its name repeated, then standards."""
    articles: dict[str, None] = {}
    others: dict[str, None] = {}
    for source in sources:
        known = source.title.startswith(notice_number)
        words = source.title.removeprefix(notice_number).strip() if known else source.title
        (articles if known else others)[words] = None
    named = "、".join(articles)
    return "；".join([*([f"{NOTICE}{named}"] if named else []), *others])
