"""Update files in the window: read and verified on a thread, shown before anything is written, installed, taken back."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError, UpdateError
from pilotdesk.ui.dialogs.asking import guarded, tell_trouble
from pilotdesk.ui.dialogs.file_asking import open_name
from pilotdesk.ui.tasks.waiting import wait_for
from pilotdesk.ui.tasks.worker import Cancelled
from pilotdesk.ui.updates.card import UpdateCard, refuse
from pilotdesk.ui.updates.words import kept_words, short, undo_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.tasks.worker import Progress
    from pilotdesk.ui.updates.dialog import UpdatesDialog
    from pilotdesk.ui.updates.program import ProgramDesk
    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.planning import UpdatePlan
    from pilotdesk.updates.record import InstalledUpdate
    from pilotdesk.updates.sticks import Found

KINDS: Final = "更新文件、发放单位的公钥 (*.pdpack *.pdkey *.pdsig *.exe *.deb *.zip)"
KEY_KINDS: Final = "发放单位的公钥 (*.pdkey)"
KNOWN: Final = "{name}已经登记过，指纹也一样，不用再登记。"


class UpdatesDesk(QObject):
    """Leads from a file to what becomes of it.

    Args:
        window: stands behind the dialogs; owns this. look: colours and sizes. clock: the time.

    Signals:
        changed: something was installed or undone, or a distributor came or went.
        installer_ready: see :attr:`pilotdesk.ui.updates.program.ProgramDesk.ready`.

    Attributes:
        dialog: the list while it is open, else ``None``.
    """

    changed = Signal()
    installer_ready = Signal(object)

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock
        self.dialog: UpdatesDialog | None = None

    @cached_property
    def programs(self) -> ProgramDesk:
        """What is done with newer programs; imported with the first of them."""
        from pilotdesk.ui.updates.program import ProgramDesk

        desk = ProgramDesk(self._window, self._look, self._clock)
        desk.ready.connect(self.installer_ready)
        return desk

    @property
    def _store(self) -> DraftStore:
        return self._window.shelf.store

    @property
    def _front(self) -> QWidget:
        return self.dialog or self._window

    # -- the list --------------------------------------------------------------------------------

    def show(self, said: str = "") -> None:
        """Show what was installed and whose files are believed; ``said`` is what was done just now."""
        from pilotdesk.ui.updates.dialog import UpdatesDialog

        dialog = UpdatesDialog(self._window, self._look, self._clock.today())
        dialog.finished.connect(self._on_closed)
        dialog.file_wanted.connect(self.choose)
        dialog.key_wanted.connect(self.choose_key)
        dialog.undo_wanted.connect(self._ask_undo)
        dialog.removal_wanted.connect(self._ask_removal)
        self.dialog = dialog
        if not self._fill(said):
            dialog.close()
            return
        dialog.grow(self._window)
        dialog.open()

    def _fill(self, said: str) -> bool:
        """Show the lists as they are by now; whether they could be read."""
        from pilotdesk.updates.keys import distributors
        from pilotdesk.updates.record import installed_updates

        dialog = self.dialog
        if dialog is None:
            return False
        dialog.say(said)
        return guarded(self._front, self._look, lambda: dialog.fill(installed_updates(), distributors()))

    def _on_closed(self) -> None:
        self.dialog = None

    # -- files -----------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and look at it."""
        path = ask_update_file(self._front, "从文件装", KINDS)
        if path is not None:
            self.open(path)

    def choose_key(self) -> None:
        """Ask for the key of a distributor and look at it."""
        self._choose_key_for(None, "")

    def _choose_key_for(self, refused: Path | None, fingerprint: str) -> None:
        """The key that has signed ``refused``: the one beside it, else asked for; it is opened again once that is registered."""
        from pilotdesk.updates.keys import key_beside

        path = key_beside(refused, fingerprint) if refused is not None else None
        folder = str(refused.parent) if refused is not None else ""
        path = path or ask_update_file(self._front, "登记发放单位", KEY_KINDS, folder)
        if path is not None:
            self.open(path, refused)

    def open(self, path: Path, refused: Path | None = None) -> None:
        """Look at a file; what it would do is shown, what is wrong with it is said."""
        in_list = self.dialog is not None
        if self.dialog is not None:
            self.dialog.close()  # never one dialog over the other
        ending = path.suffix.lower()
        if ending == ".pdkey":
            self.guard(path, partial(self._take_key, path, refused, in_list=in_list))
        elif ending == ".pdpack":
            self.guard(path, partial(self._take_pack, path))
        else:
            self.guard(path, partial(self.programs.take, path))

    def take(self, found: Found) -> None:
        """Do what is offered for a file on a stick; of what is installed and not used the list says more."""
        if found.is_here:
            self.show()
        elif found.kind == "program":
            self.guard(found.path, partial(self.programs.take, found.path, at_once=True))
        else:
            self.open(found.path)

    def guard(self, path: Path, action: Callable[[], object]) -> None:
        """Do something with a file; why it is not taken is said, and leaving it is no trouble."""
        try:
            action()
        except Cancelled:
            return
        except UpdateError as trouble:
            signer = str(trouble.context.get("fingerprint", ""))
            refuse(self._window, self._look, trouble, path, partial(self._choose_key_for, path, signer))
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)

    # -- distributors ----------------------------------------------------------------------------

    def _take_key(self, path: Path, refused: Path | None, *, in_list: bool) -> None:
        """Show the fingerprint of a key.

        Raises:
            UpdateError: it is no key.
        """
        from pilotdesk.ui.updates.key_dialog import KeyDialog
        from pilotdesk.updates.keys import distributors, namesakes, read_key

        key = read_key(path)
        registered = next((known for known in distributors() if known.key == key.key), None)
        if registered is not None:
            text = KNOWN.format(name=registered.name)  # what the file says by now may be another name
            UpdateCard(self._window, self._look, "已经登记过", text, "certificate").say()
            return
        dialog = KeyDialog(self._window, self._look, key, namesakes(key), self._clock.today())
        dialog.register_wanted.connect(partial(self._later, self._register, key, refused, in_list))
        dialog.open()

    def _register(self, key: Distributor, refused: Path | None, in_list: bool) -> None:
        from pilotdesk.updates.keys import add_distributor

        if not guarded(self._window, self._look, self._write, add_distributor, key):
            return
        self.changed.emit()
        said = f"登记了{key.name}"
        if refused is not None:
            self.open(refused)
        elif in_list:
            self.show(said)
        else:
            self._window.show_done(said, "去掉", partial(self._remove, key))

    def _ask_removal(self, distributor: Distributor) -> None:
        from pilotdesk.updates.record import of_signer

        if not guarded(self._front, self._look, _refuse_looking, self._store):
            return
        text = kept_words(distributor, of_signer(distributor.fingerprint))
        card = UpdateCard(self._front, self._look, f"去掉{distributor.name}？", text, "alert-triangle-filled")
        card.ask(("留着", "去掉"), partial(self._remove, distributor))

    def _remove(self, distributor: Distributor) -> None:
        from pilotdesk.updates.keys import remove_distributor

        if guarded(self._front, self._look, self._write, remove_distributor, distributor.fingerprint):
            self.changed.emit()
            self._told(f"去掉了{distributor.name}")

    def _write(self, action: Callable[..., object], *given: object) -> None:
        """Change what is kept in the data directory.

        Raises:
            StoreError: why it may only be looked at.
            PilotDeskError: those of the action.
        """
        _refuse_looking(self._store)
        action(*given)

    # -- packs -----------------------------------------------------------------------------------

    def _take_pack(self, path: Path) -> None:
        """Show what a pack would change.

        Raises:
            PilotDeskError: what is wrong with it.
            Cancelled: it was left.
        """
        from pilotdesk.ui.updates.plan_dialog import PlanDialog

        self._window.flush()
        cards = self._store.cards()  # the store is not for other threads

        def work(_progress: Progress) -> UpdatePlan:
            from pilotdesk.updates.planning import plan_of
            from pilotdesk.updates.reading import read_update

            return plan_of(read_update(path), cards)

        plan = wait_for(self._window, self._look, f"正在核对“{path.name}”", work)
        dialog = PlanDialog(self._window, self._look, plan, self._clock.today())
        install = partial(self.guard, path, partial(self._install, plan))
        dialog.install_wanted.connect(partial(self._later, install))
        dialog.open()

    def _install(self, plan: UpdatePlan) -> None:
        """Put the pack in its place.

        Raises:
            PilotDeskError: it is not there then; nothing of it is.
            Cancelled: it was left; the same.
        """
        from pilotdesk.updates.installing import hold_pack, write_pack

        _refuse_looking(self._store)
        # An old disk takes seconds to have it all for sure; the store is not for other threads, and looked at afterwards.
        folder = wait_for(self._window, self._look, "正在装……", partial(write_pack, plan, None))
        installed = hold_pack(plan, folder, self._store, self._clock)
        self._refresh()
        self._window.show_done(f"装上了：{short(plan.title)}", "撤销", partial(self._undo, installed))

    def _ask_undo(self, installed: InstalledUpdate) -> None:
        """Say what taking it back does to the drafts, before it is done."""
        from pilotdesk.updates.planning import undo_plan

        try:
            _refuse_looking(self._store)
            plan = undo_plan(installed, self._store.cards())
        except PilotDeskError as trouble:
            tell_trouble(self._front, self._look, trouble)
            return
        card = UpdateCard(
            self._front, self._look, f"撤销“{installed.title}”？", undo_words(plan), "arrow-back-up"
        )
        card.ask(("留着", "撤销"), partial(self._undo, installed))

    def _undo(self, installed: InstalledUpdate) -> None:
        from pilotdesk.updates.installing import undo

        if guarded(self._front, self._look, undo, installed, self._store, self._clock):
            self._refresh()
            self._told(f"撤销了：{short(installed.title)}")

    # -- afterwards ------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """The start page shows the rounds and versions that there are now."""
        self.changed.emit()
        self._window.refresh_start()

    def _told(self, said: str) -> None:
        if self.dialog is not None:
            self._fill(said)
        else:
            self._window.show_done(said)

    def _later(self, action: Callable[..., object], *given: object) -> None:
        """After the dialog that asks for it is gone."""
        QTimer.singleShot(0, self, partial(action, *given))


def updates_desk_of(window: ProgramWindow, look: Look, clock: Clock = SYSTEM_CLOCK) -> UpdatesDesk:
    """The desk of a window, made with its first use."""
    desk = window.findChild(UpdatesDesk)
    if desk is None:
        desk = UpdatesDesk(window, look, clock)
    return desk


def open_update_file(window: ProgramWindow, look: Look, path: Path) -> None:
    """Look at a file that was dropped on the window, or opened with the program."""
    updates_desk_of(window, look).open(path)


def _refuse_looking(store: DraftStore) -> None:
    """Nobody is asked whether he wants what cannot be done.

    Raises:
        StoreError: why the data may only be looked at.
    """
    if store.access.refusal is not None:
        raise store.access.refusal


def ask_update_file(parent: QWidget, title: str, kinds: str, folder: str = "") -> Path | None:
    """Ask for a file, beginning in a folder, the one used last without it; ``None`` when it was left."""
    name = (
        QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]
        if folder
        else open_name(parent, title, kinds)
    )
    return Path(name) if name else None
