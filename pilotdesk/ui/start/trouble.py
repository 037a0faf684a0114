"""When the data cannot be opened at the start: what is wrong, and the ways out of it. There is no window yet."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.connection import FILE_NAME as DATABASE
from pilotdesk.errors import ExportError, PilotDeskError, StoreError
from pilotdesk.paths import DATA_VARIABLE, data_dir, first_data_dir, portable_root, remember_data_dir
from pilotdesk.record import Record
from pilotdesk.trouble_journal import note
from pilotdesk.ui.dialogs.asking import ask_choice, ask_folder, tell
from pilotdesk.ui.look.application import finish_application, make_application
from pilotdesk.ui.look.settings import FILE_NAME, Settings
from pilotdesk.ui.start.diagnostics_dialog import diagnostics_link
from pilotdesk.ui.tasks.waiting import wait_for
from pilotdesk.ui.tasks.worker import Cancelled

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look

CLOSE, LOOK, OTHER, AGAIN = "关掉", "只看不改", "换一个文件夹…", "再试一次"
FOLDER: Final = "PilotDesk资料"
"""Made in the folder that the user chooses."""

_TITLES: Final = {
    "store_unwritable": "资料文件夹写不进去",
    "store_full": "资料所在的盘满了",
    "data_folder_gone": "找不到资料文件夹",
    "store_too_new": "资料是新版本存的",
    "store_busy": "资料正在别处用着",
    "store_held_empty": "资料正在别处用着",
}
_MOVABLE: Final = frozenset({"store_unwritable", "store_full", "data_folder_gone", "store_held_empty"})


class WayOut(Record, frozen=True):
    """How it goes on: with another attempt, ``refusal`` being why nothing may be written in it; ``None``: everything may."""

    refusal: StoreError | None = None


def way_out(trouble: PilotDeskError, clock: Clock) -> WayOut | None:
    """Say what is wrong, ask what to do, and do it; ``None`` when the program is to end.

    Args:
        trouble: what came of opening the data.
        clock: the time.
    """
    note(trouble, clock)
    folder = _folder()
    app, look = make_application(Settings(folder / FILE_NAME if folder else None, keeps=False))
    # No first window comes to wait for, and Qt's own dialog for a folder would be English.
    finish_application(app)
    actions = _actions(trouble, folder, clock)
    while True:
        title = _TITLES.get(trouble.code, "资料打不开")
        said = _said(_of_stick(trouble, folder), actions)
        at = ask_choice(None, look, title, said, actions=actions, link=diagnostics_link)
        answer = actions[at] if at >= 0 else CLOSE
        if answer == LOOK and folder is not None:
            return WayOut(StoreError("store_look_only", folder=folder))
        if answer == AGAIN:
            return WayOut()
        if answer != OTHER:
            return None
        if _moved(look, folder, clock):
            return WayOut()


def _folder() -> Path | None:
    """The data directory; ``None`` where it was moved to is not there."""
    try:
        return data_dir()
    except PilotDeskError:
        return None


def _actions(trouble: PilotDeskError, folder: Path | None, clock: Clock) -> tuple[str, ...]:
    """What can be done, the best last."""
    if trouble.code not in _MOVABLE:
        return (CLOSE, AGAIN)
    look = (LOOK,) if folder is not None and can_be_read(folder, clock) else ()
    if trouble.code == "store_unwritable":
        return (CLOSE, AGAIN, *look, OTHER)
    return (CLOSE, *look, OTHER, AGAIN)


def _of_stick(trouble: PilotDeskError, folder: Path | None) -> PilotDeskError:
    """The same, told of a portable program that cannot write beside itself: mostly the stick is write-protected."""
    portable = portable_root() is not None and folder == first_data_dir()
    unwritable = trouble.code == "store_unwritable"
    return StoreError("portable_unwritable") if portable and unwritable else trouble


def _said(trouble: PilotDeskError, actions: tuple[str, ...]) -> str:
    more = "原来的内容都还在，先看也行。" if LOOK in actions else ""
    return f"{trouble}{more}"


def can_be_read(folder: Path, clock: Clock) -> bool:
    """Whether there are drafts in a folder that can be looked at."""
    from pilotdesk.drafts.store import DraftStore

    try:
        if not (folder / DATABASE).is_file():
            return False
        store = DraftStore(folder, clock, refusal=StoreError("store_look_only", folder=folder))
    except (OSError, StoreError):
        return False
    store.close()
    return True


def _moved(look: Look, folder: Path | None, clock: Clock) -> bool:
    """Ask for another folder, bring there what can be read here, and use it from now on; whether that was done."""
    chosen = ask_folder(None, "资料放在哪里（会在里面建一个“PilotDesk资料”文件夹）", "")
    if chosen is None:
        return False
    target = chosen if (chosen / DATABASE).is_file() else chosen / FOLDER
    try:
        if folder is not None and not (target / DATABASE).is_file() and can_be_read(folder, clock):
            from pilotdesk.drafts.moving import move

            wait_for(None, look, "正在把原来的资料复制过去", partial(move, folder, target))
        _use(look, target)
    except Cancelled:
        return False
    except PilotDeskError as trouble:
        tell(None, look, "这个文件夹也不行", str(trouble))
        return False
    return True


def _use(look: Look, target: Path) -> None:
    """Remember the folder for the next start too; where that cannot be written down, use it this time and say so.

    Raises:
        ExportError: it cannot be written.
    """
    from pilotdesk.atomic import replacing

    with replacing(target / f".{FILE_NAME}.probe") as part:
        part.write_bytes(b"1")
    (target / f".{FILE_NAME}.probe").unlink(missing_ok=True)
    if target.resolve() == first_data_dir().resolve():
        return
    try:
        remember_data_dir(target)
    except ExportError:
        os.environ[DATA_VARIABLE] = str(target)
        tell(
            None, look, "这次先用这个文件夹",
            f"资料这次存在 {target}。原来的位置记不下这件事，下次打开还会问，请再选同一个文件夹。",
        )  # fmt: skip
