"""The attic of a draft: what an older version of its form held and the present one has no place for.

Nothing in it is printed or checked; it is there to be read, searched and copied from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pilotdesk.forms.values import Value


@dataclass(frozen=True, slots=True)
class AtticEntry:
    """One answer that lost its place.

    Attributes:
        path: where it stood in the older form: ``fax``, ``leader.mobile``, ``targets[r_7f3a91c2].note``, ``targets``.
        label: the older form's words for it, ``2.5 传真``; the path where the older form was not at hand.
        text: the answer as it was shown; rows one a line, files by their names.
        value: the answer itself; kept as JSON by :mod:`pilotdesk.forms.json_values`.
        why: a Chinese sentence: why it has no place any more.
    """

    path: str
    label: str
    text: str
    value: Value
    why: str
