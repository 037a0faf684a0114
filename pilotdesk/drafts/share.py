"""A share (分工包): some parts of a draft in somebody else's hands, and what the draft said when they were handed out."""

from __future__ import annotations

import os
from collections.abc import Mapping  # noqa: TC003  read at run time
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.record import Record, converted

if TYPE_CHECKING:
    from pilotdesk.forms.values import Value

_Line = Annotated[str, msgspec.Meta(max_length=200)]


class Share(Record, frozen=True, kw_only=True):
    """What a package says of a share.

    Attributes:
        share_id: the same on both computers.
        parts: names of the steps that are asked for, in form order.
        person: who is asked. sender: who asks; both as they were typed, empty where nobody said.
        note: what was written along. due: the day by which it is wanted, ISO, empty for none.
        at: when it was handed out. returned: when it was handed back, empty on its way out; stamps.
        ancestor: path to value of what the draft said at ``at``; ``None`` on the way out, where the values of the package
            are that. reasons: ``code@path`` to the reason of every 请核实 that was answered then; ``None`` with the ancestor,
            and in packages of programs that did not note it.
        copy: which copy of what was handed out came back, as it may be given to two people: the id of the draft there;
            empty on the way out, and in packages of programs that did not note it.
    """

    share_id: str
    parts: tuple[str, ...]
    person: str = ""
    sender: str = ""
    note: str = ""
    due: str = ""
    at: str = ""
    returned: str = ""
    ancestor: Mapping[str, Value] | None = None
    reasons: Mapping[str, str] | None = None
    copy: str = ""


class _Stored(msgspec.Struct, frozen=True):
    """A share as packages and the store keep it."""

    share_id: Annotated[str, msgspec.Meta(pattern=r"^s_[0-9a-f]{12}$")]
    parts: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=200)]
    person: _Line
    sender: _Line
    note: Annotated[str, msgspec.Meta(max_length=4_000)]
    due: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
    at: _Line
    returned: _Line
    ancestor: dict[str, Any] | None
    reasons: dict[str, str] | None = None
    copy: _Line = ""


def new_share_id() -> str:
    """A fresh id."""
    return f"s_{os.urandom(6).hex()}"


def share_to_json(share: Share) -> dict[str, object]:
    """A share as something ``json.dumps`` takes."""
    ancestor = share.ancestor
    kept = None if ancestor is None else {path: to_json(value) for path, value in sorted(ancestor.items())}
    reasons = None if share.reasons is None else dict(sorted(share.reasons.items()))
    return {
        **msgspec.structs.asdict(share), "parts": list(share.parts), "ancestor": kept, "reasons": reasons,
    }  # fmt: skip


def share_from_json(stored: object) -> Share:
    """The share that :func:`share_to_json` made this of.

    Raises:
        ValueError: it did not.
    """
    read = converted(stored, _Stored)
    ancestor = read.ancestor
    values = None if ancestor is None else {path: from_json(value) for path, value in ancestor.items()}
    return Share(**{**msgspec.structs.asdict(read), "ancestor": values})
