"""A filled blank Word form: into a draft that is here, or a new draft of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Surface
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.dialogs.asking import Dialog, scrolled, tell_trouble
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.documents.edited import Edits
    from pilotdesk.documents.identity import Identity
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.tasks.worker import Progress

NEW: Final = "作为新草稿"
NEW_REMARK: Final = "另起一个项目；能看懂的都放好，其余的列出来"
INTO_REMARK: Final = "一处处看，勾了才采用，草稿里别的不动"
WHAT: Final = "这份表填好了要放到哪里？"


class BlankPlaceDialog(Dialog):
    """A new draft, or one of those that are here; accepted, :meth:`answer` is the way to go.

    Args:
        parent: the window. look: the theme in force.
        name: of the file. title: of the form.
        drafts: those of the form, the one that is open first.
    """

    def __init__(
        self, parent: QWidget, look: Look, name: str, title: str, drafts: Sequence[DraftCard]
    ) -> None:
        super().__init__(parent, look, f"“{name}”是填好的空白表：{title}", WHAT, "file-import")
        self._drafts = tuple(drafts)
        self.options = [OptionRow(look, "radio", NEW, NEW_REMARK)]
        for card in self._drafts:
            named = card.facts.title or "没写名称的草稿"
            unit = f"{card.facts.unit}；" if card.facts.unit else ""
            self.options.append(OptionRow(look, "radio", f"读进“{named}”", unit + INTO_REMARK))
        self.options[1 if self._drafts else 0].setChecked(True)
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 8)
        listed.setSpacing(6)
        for option in self.options:
            listed.addWidget(option)
        height = min(ground.sizeHint().height(), look.scaled(220)) + 4
        self.body.addWidget(scrolled(ground, "放到哪里", height), 1)
        self.add_actions(("先不读", "往下"))
        self.grow_within(parent, 0)

    def answer(self) -> str:
        """The id of the chosen draft; empty for a new one."""
        at = next(at for at, option in enumerate(self.options) if option.isChecked())
        return self._drafts[at - 1].draft_id if at else ""


class BlankReader(QObject):
    """Takes filled blank forms into drafts; one for each file."""

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock
        self._path = path

    def ask(self, identity: Identity) -> None:
        """Ask where the file is to go, and go there.

        Raises:
            PackError: its round is not installed.
            StoreError: the drafts may only be looked at.
        """
        from pilotdesk.projects.reading_back import form_of

        store = self._window.shelf.store
        if store.access.refusal is not None:
            raise store.access.refusal
        title = form_of(identity, self._path).head.title
        dialog = BlankPlaceDialog(self._window, self._look, self._path.name, title, self._drafts(identity))
        dialog.accepted.connect(partial(self._go, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _drafts(self, identity: Identity) -> list[DraftCard]:
        """Drafts of the form; practice only where it is open."""
        workspace = self._window.workspace
        here = workspace.session.identity.draft_id if workspace else ""
        cards = [
            card
            for card in self._window.shelf.cards()
            if (card.round, card.form) == (identity.round, identity.form)
            and (not card.practice or card.draft_id == here)
        ]
        return sorted(cards, key=lambda card: card.draft_id != here)

    def _go(self, dialog: BlankPlaceDialog) -> None:
        if dialog.chosen != 1:
            return
        draft_id = dialog.answer()
        if draft_id:
            self._open(draft_id)
            self._read()
        else:
            done_or_left(self._window, self._look, self._begin)

    def _begin(self) -> None:
        """Make the new draft and open it; what could not be put into it is shown at once."""
        from pilotdesk.projects.reading_back import package_of_blank

        path, today = self._path, self._clock.today()

        def work(_progress: Progress) -> tuple[Package, Edits, int]:
            return package_of_blank(path, today)

        package, edits, taken = wait_for(self._window, self._look, f"正在读“{path.name}”", work)
        self._window.open_draft(self._window.shelf.take_in(package))
        self._window.show_done(f"成了一份新草稿，从“{path.name}”读进 {taken} 处")
        if len(edits.all) > taken or edits.leftover or edits.notes:
            self._read()

    def _open(self, draft_id: str) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.session.identity.draft_id != draft_id:
            self._window.open_draft(draft_id)

    def _read(self, tries: int = 200) -> None:
        """Read into the open draft as soon as its desk is there, which comes after its first page was painted."""
        from pilotdesk.ui.carriers.readback_desk import ReadbackDesk

        workspace = self._window.workspace
        desks: list[ReadbackDesk] = list(workspace.findChildren(ReadbackDesk)) if workspace else []
        if desks:
            desks[0].read(self._path)
        elif tries:
            QTimer.singleShot(20, self, partial(self._read, tries - 1))


def is_blank_file(path: Path) -> bool:
    """Whether a file is one of our blank forms; ``False`` for what cannot be read, which is told of elsewhere."""
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.projects.reading_back import blank_identity

    try:
        return blank_identity(path) is not None
    except PilotDeskError:
        return False


def is_for_other_form(path: Path, session: Session) -> bool:
    """Whether a file is a blank form of ours that is not of a draft's form."""
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.projects.reading_back import blank_identity

    try:
        found = blank_identity(path)
    except PilotDeskError:
        return False
    mine = (session.round.name, session.form.head.name)
    return found is not None and (found.round, found.form) != mine


def take_blank(window: ProgramWindow, look: Look, clock: Clock, path: Path) -> None:
    """Ask where a filled blank form is to go; of any other Word file say what can be done with it."""
    from pilotdesk.errors import PackageError, PilotDeskError
    from pilotdesk.projects.reading_back import blank_identity

    try:
        identity = blank_identity(path)
        if identity is None:
            raise PackageError("docx_no_blank", name=path.name)
        BlankReader(window, look, clock, path).ask(identity)
    except PilotDeskError as trouble:
        tell_trouble(window, look, trouble)
