"""From where a package that came back is to be compared: from what was taken in last, or from what its author began from.

One package may be given to two people, and a file of last week be found again. Compared with what came in between, either
would take back what is not in it, and nobody would have changed anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.shares_table import KeptShare
    from pilotdesk.forms.values import Value


def both_know(
    kept: KeptShare | None, package: Package
) -> tuple[Mapping[str, Value] | None, Mapping[str, str] | None]:
    """The answers, and the reasons of answered 请核实, that both sides know.

    Args:
        kept: the share, as it is remembered here; ``None`` when it was not handed out here.
        package: what came.

    Returns:
        Both ``None`` where the package itself says from where its author began.
    """
    if kept is None or _is_anothers(kept, package) or is_older(kept, package):
        return None, None
    return kept.share.ancestor, kept.share.reasons


def is_older(kept: KeptShare, package: Package) -> bool:
    """Whether a later one of the same person was taken in already."""
    share = package.share
    return share is not None and not _is_anothers(kept, package) and share.returned < kept.share.returned


def _is_anothers(kept: KeptShare, package: Package) -> bool:
    """Whether what was taken in last came of another copy; of programs that noted none it is taken for the same."""
    came = package.share.copy if package.share else ""
    return bool(came and kept.share.copy) and came != kept.share.copy
