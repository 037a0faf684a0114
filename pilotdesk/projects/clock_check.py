"""Whether the computer's clock can be right: it cannot be earlier than what was written before.

A dead battery sends an office PC back to 2009, and then no reminder comes. The program compares with what it knows:
the day it was released, the stamps of its own drafts and the files in its folder.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk import __released__
from pilotdesk.projects.timeline_words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SLACK: Final = timedelta(days=1)
"""A corrected clock or another time zone is not a wrong one."""


def newest_file(folder: Path) -> datetime | None:
    """When the newest file in a folder was written, UTC; ``None`` for an empty or missing one.

    Only the folder itself is looked at: the database is written there with every save.
    """
    try:
        times = [entry.stat().st_mtime for entry in folder.iterdir() if entry.is_file()]
    except OSError:
        return None
    return datetime.fromtimestamp(max(times), UTC) if times else None


def clock_sentence(now: datetime, *, stamps: Iterable[str] = (), newest: datetime | None = None) -> str:
    """One sentence when the clock must be wrong; empty when nothing speaks against it.

    Args:
        now: what the clock says, aware.
        stamps: of drafts, UTC, as they are kept.
        newest: when the newest file was written.
    """
    known = [(datetime.fromisoformat(stamp), "上次保存") for stamp in stamps]
    if newest is not None:
        known.append((newest, "资料文件夹里最新的文件"))
    known.append((datetime.fromisoformat(__released__).replace(tzinfo=UTC), "这个程序发布"))
    moment, what = max(known)
    if now + SLACK >= moment:
        return ""
    shown, last = day_words(now.astimezone().date()), day_words(moment.astimezone().date())
    return (
        f"这台电脑的日期是{shown}，比{what}的日子（{last}）还早，多半不对；请先校准系统时间，到期提醒才会准。"
    )
