"""Packages and hand-over files: read, checked and put beside the database on a thread, then taken in; and written on one."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.drafts.opened_files import digest_of, draft_of, remember
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import PackageError
from pilotdesk.ui.dialogs.asking import ask_choice, tell_trouble
from pilotdesk.ui.dialogs.passwords import ask_password
from pilotdesk.ui.tasks.update_files import is_update
from pilotdesk.ui.tasks.waiting import wait_for
from pilotdesk.ui.tasks.worker import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.copies import ProjectCopy
    from pilotdesk.drafts.package import Package
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.tasks.worker import Progress


AGAIN: Final = (
    "“{title}”就是从这个文件打开的，最后改在 {month}月{day}日 {time}。接着填，改过的都在；"
    "另开一份，就从文件里原来的样子重新开始。"
)
SLIP: Final = ".pilotback"
"""Ending of a return slip."""


class PackageDesk(QObject):
    """Opens a package in a window."""

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock

    def open(self, source: Path) -> None:
        """Take a package in and open its draft; or merge it into the draft it was handed out of; or a filled form, a return slip.

        Raises:
            PilotDeskError: its draft cannot be read with the packs that are here, or cannot be stored.
        """
        if is_update(source):
            from pilotdesk.ui.updates.desk import open_update_file

            open_update_file(self._window, self._look, source)
            return
        from pilotdesk.ui.sharing.desk import taken_back

        store = self._window.shelf.store
        if store.access.refusal is not None:
            raise store.access.refusal
        if source.suffix.lower() == ".docx":
            from pilotdesk.ui.carriers.readback_blank import take_blank

            take_blank(self._window, self._look, self._clock, source)
            return
        if source.suffix.lower() == SLIP:
            from pilotdesk.ui.sharing.returned_desk import returns_desk_of

            returns_desk_of(self._window, self._look, self._clock).open(source)
            return
        package = opened_package(self._window, self._look, source)
        if package is None or taken_back(self._window, self._look, self._clock, package):
            return
        folder = store.path.parent
        try:
            digest = wait_for(self._window, self._look, f"正在打开“{source.name}”", partial(_digest, source))
            if self._is_gone_on_with(draft_of(folder, digest), package):
                return
            kept = with_kept_files(self._window, self._look, folder, package)
        except Cancelled:
            return
        draft_id = self._window.shelf.take_in(kept)
        remember(folder, digest, draft_id)
        self._window.open_draft(draft_id)

    def _is_gone_on_with(self, draft_id: str, package: Package) -> bool:
        """Whether the draft that the same file became before is opened instead; asked where it was changed since.

        Raises:
            Cancelled: neither is wanted.
        """
        self._window.flush()  # that draft may stand open
        card = next((card for card in self._window.shelf.cards() if card.draft_id == draft_id), None)
        if card is None:
            return False
        if dict(self._window.shelf.store.load(draft_id).values) == dict(package.values):  # nothing to choose
            self._window.open_draft(draft_id)
            return True
        at = datetime.fromisoformat(card.updated).astimezone()
        text = AGAIN.format(
            title=card.facts.title or "未命名的项目", month=at.month, day=at.day, time=f"{at:%H:%M}"
        )
        chosen = ask_choice(self._window, self._look, "这个文件打开过", text, actions=("另开一份", "接着填"))
        if chosen < 0:
            raise Cancelled
        if chosen == 1:
            self._window.open_draft(draft_id)
        return chosen == 1


def _digest(source: Path, _progress: Progress) -> str:
    return digest_of(source)


def opened_package(parent: QWidget, look: Look, source: Path) -> Package | None:
    """Read a package, asking for its password as long as it is wrong; whatever else is wrong is said.

    Returns:
        The package; ``None`` when it cannot be read, or was left.
    """
    password: str | None = None
    while True:
        try:
            return wait_for(parent, look, f"正在打开“{source.name}”", partial(read_package, source, password))
        except Cancelled:
            return None
        except PackageError as trouble:
            if trouble.code not in {"package_locked", "password_wrong"}:
                tell_trouble(parent, look, trouble)
                return None
            said = str(trouble) if trouble.code == "password_wrong" else ""
        password = ask_password(parent, look, source.name, said)
        if password is None:
            return None


def with_kept_files(parent: QWidget, look: Look, data_folder: Path, package: Package) -> Package:
    """Put the attachments of a package beside the database.

    Raises:
        StoreError, PackageError: see :func:`pilotdesk.drafts.incoming_files.keep_all`.
        Cancelled: it was left.
    """
    from pilotdesk.drafts.incoming_files import keep_all

    if not package.files:
        return package
    kept = wait_for(parent, look, "正在存附件", partial(keep_all, data_folder, package.files))
    return dataclasses.replace(package, files=kept)


def kept_kit(parent: QWidget, look: Look, data_folder: Path, source: Path) -> ProjectCopy:
    """Read the project of a hand-over file, its attachments put beside the database.

    Raises:
        PackageError, StoreError: it cannot be read, or its attachments cannot be stored.
        Cancelled: it was left.
    """
    return wait_for(parent, look, f"正在读“{source.name}”", partial(_read_kit, source, data_folder))


def _read_kit(source: Path, data_folder: Path, progress: Progress) -> ProjectCopy:
    from msgspec.structs import replace

    from pilotdesk.drafts.incoming_files import keep_all
    from pilotdesk.projects.handover import read_kit

    copy = read_kit(source, progress)
    return replace(copy, files=keep_all(data_folder, copy.files, progress))


def writer(parent: QWidget, look: Look) -> Callable[[Package, Path, str | None], None]:
    """Writes packages as :func:`write_package` does, on a thread; raises ``Cancelled`` when one is left."""

    def write(package: Package, target: Path, password: str | None) -> None:
        wait_for(parent, look, f"正在存“{target.name}”", partial(write_package, package, target, password))

    return write
