"""How the lines of a return slip stand: open, mended, or answered with a word of the unit's."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from pilotdesk.drafts.merge import is_same
from pilotdesk.drafts.returned import value_at
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.values import field_name, split_cell_path
from pilotdesk.record import Record
from pilotdesk.rules.gaps import REQUIRED
from pilotdesk.rules.issue import GAPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pilotdesk.drafts.returned import Returned, SlipLine
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.issue import Severity

    Found = Mapping[tuple[str, str], str]


COMPARISON: Final = "意见修改对照表"
"""Title of the paper on which a unit says what became of every line."""
LINE_ANCHOR, SAID_ANCHOR = "line_", "said_"
"""Begin the anchors of what the province said, and of what the unit says of it; the line's id follows."""
MENDED, STILL_OPEN = "已改", "还没有改，也没有说明"
"""What stands there where the unit says nothing."""


class Done(Enum):
    """What became of a line: nothing yet, the answer is another one, or the unit said something of it."""

    OPEN = "open"
    CHANGED = "changed"
    SAID = "said"


class LineState(Record, frozen=True, kw_only=True):
    """A line of the slip and how it stands.

    Attributes:
        line: the line. path: the answer here that it speaks of; empty for the whole, and for what is there no more.
        done: how it stands. remark: what the unit says of it; empty for nothing.
        before, now: the answer when it was reviewed, as far as is known, and as it is; ``None`` for no answer.
        watched: whether a changed answer closes it; else only a remark does.
        goto: where to go on mending: where its check finds it now, or ``path``.
        begun: whether the answer is another one and the check finds it all the same.
    """

    line: SlipLine
    path: str
    done: Done
    remark: str
    before: Value = None
    now: Value = None
    watched: bool = False
    goto: str = ""
    begun: bool = False


class _Noted(Protocol):
    """An issue or a finding."""

    @property
    def code(self) -> str:
        """Code of the check."""

    @property
    def path(self) -> str:
        """Where it is shown."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""


def is_of_gaps(check: str) -> bool:
    """Whether a code is that of missing cells that are listed as one."""
    return check.startswith(f"{GAPS}_")


def place_of_check(check: str, path: str) -> str:
    """What a check speaks of: the path, and of missing cells that are listed as one their table."""
    return field_name(path) if is_of_gaps(check) else path


def found_now(issues: Iterable[_Noted]) -> dict[tuple[str, str], str]:
    """Check and place of what is found now, to the path where it is shown; for :func:`states`.

    The last missing cell of a table is listed by itself: it stands for what is left of those that were listed as one.
    """
    found: dict[tuple[str, str], str] = {}
    for one in issues:
        found[one.code, place_of_check(one.code, one.path)] = one.path
        if one.code == REQUIRED and split_cell_path(one.path) is not None:
            found[f"{GAPS}_{one.severity.value}", field_name(one.path)] = one.path
    return found


def states(
    returned: Returned, form: Form, values: Mapping[str, Value], found: Found
) -> tuple[LineState, ...]:
    """Every line and how it stands, in the order of the slip.

    A line closes when its answer is another one and its check does not find it any more. Missing cells of a table are mended
    when none is left, whether they were filled or their rows are gone.

    Args:
        returned: the slip as it is kept.
        form: of the draft.
        values: path to value, as they are now.
        found: what the checks find in them, of :func:`found_now`.
    """
    return tuple(_state(returned, line, form, values, found) for line in returned.slip.lines)


def _state(
    returned: Returned, line: SlipLine, form: Form, values: Mapping[str, Value], found: Found
) -> LineState:
    remark = returned.remarks.get(line.id, "").strip()
    path = returned.places.get(line.id, "")
    try:
        watched = bool(path) and line.id in returned.before and field_at(form, path) is not None
    except KeyError:  # another version of the form has no such answer
        path, watched = "", False
    before = returned.before.get(line.id)
    now = value_at(values, path) if path else None
    changed = watched and not is_same(before, now)
    still = found.get((line.check, path)) if line.check and path else None
    mended = still is None and (changed or (bool(path) and is_of_gaps(line.check)))
    return LineState(
        line=line,
        path=path,
        done=Done.CHANGED if mended else Done.SAID if remark else Done.OPEN,
        remark=remark,
        before=before,
        now=now,
        watched=watched,
        goto=still or path,
        begun=changed and still is not None,
    )


def open_count(listed: Sequence[LineState]) -> int:
    """How many lines are still open."""
    return sum(state.done is Done.OPEN for state in listed)
