"""What the start page's buttons do: make, hand out and delete projects, copy everything, show what to read."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from pilotdesk.drafts.backups import backups
from pilotdesk.errors import PackError
from pilotdesk.forms.installed import current_pack
from pilotdesk.projects.clock_check import clock_sentence, newest_file
from pilotdesk.projects.overview import overviews, pressing
from pilotdesk.projects.timeline_words import due_title, state_words
from pilotdesk.ui.dialogs.asking import ask_folder, ask_new_project, ask_package_target, guarded, tell_trouble
from pilotdesk.ui.safety.card import Copies
from pilotdesk.ui.start.page import StartPage, Told
from pilotdesk.ui.start.project_card import ProjectCard
from pilotdesk.ui.start.project_search import ProjectSearch
from pilotdesk.ui.start.reminders import Reminders
from pilotdesk.ui.start.same_name import SameName, ask_same_name, same_project

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.forms.round import Round
    from pilotdesk.projects.overview import Overview, Overviews
    from pilotdesk.projects.shelf import NewProject, Shelf
    from pilotdesk.projects.timeline import Due
    from pilotdesk.ui.components.overlay import Toast
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.safety.promises import Promises
    from pilotdesk.ui.start.project_card import ProjectTile
    from pilotdesk.ui.start.project_desk import ProjectDesk
    from pilotdesk.ui.start.shelf_deleted import DeletedDesk
    from pilotdesk.ui.tasks.worker import Runner
    from pilotdesk.ui.versions.version_desk import VersionDesk

LOOKED_AT: Final = 200
"""Projects whose dates are worked out at once; more than that stand on the page before."""

TITLE_SIGNS: Final = 20
"""Of a project's name in a reminder; the cards below have all of it."""


class StartDesk(QObject):
    """The start page and what stands behind it.

    Signals:
        made: id of a draft that was made and wants to be opened. package_chosen: a .pilot file is to be opened.
        pressing_changed: with the number of things that are due soon or overdue.

    Attributes:
        place: what is wrong with where the data is; empty for nothing.
    """

    made = Signal(str)
    package_chosen = Signal(object)
    pressing_changed = Signal(int)

    def __init__(
        self,
        window: ProgramWindow,
        look: Look,
        shelf: Shelf,
        *,
        clock: Clock,
        toast: Toast,
        settings: Settings,
        runner: Runner,
        promises: Promises,
    ) -> None:
        super().__init__(window)
        self._promises = promises
        self._settings = settings
        self._runner = runner
        self._window = window
        self._look = look
        self._shelf = shelf
        self._clock = clock
        self._toast = toast
        self._shown: Overviews | None = None
        self.pressing: tuple[tuple[Overview, Due], ...] = ()
        self.place = ""
        self._rounds: dict[str, Round] = {}
        self._looked_at = 0
        self._looking = QTimer(self, interval=0)
        self._looking.timeout.connect(self._look_further)
        self.reminders = Reminders(self, clock, settings)
        self.reminders.new_day.connect(self._on_new_day)
        self.page = StartPage(look, shelf.round(), clock.today(), shelf.store.path.parent)
        self.search = ProjectSearch(self.page, shelf, runner)
        self._connect()

    def _connect(self) -> None:
        self._promises.changed.connect(self.show_safety)
        self.page.packed.connect(self._on_pack)
        self.page.deleted.connect(lambda project_id: self.deleted.delete_project(project_id))
        self.page.deleted_requested.connect(lambda: self.deleted.open())
        self.page.new_requested.connect(self._on_new)
        self.page.copy_requested.connect(self._on_copy)
        self.page.card_made.connect(self._on_card_made)
        self.page.open_requested.connect(self._on_open)
        self.page.begun.connect(self._on_begun)
        self.page.asked.connect(self._on_asked)
        self.page.quiet_requested.connect(self._on_quiet)

    @cached_property
    def versions(self) -> VersionDesk:
        """What is done about newer versions of forms; imported once the page stands."""
        from pilotdesk.ui.versions.version_desk import VersionDesk

        desk = VersionDesk(self._window, self._look, self._shelf.store, self._clock, self._toast)
        desk.converted.connect(self.made)
        return desk

    @cached_property
    def projects(self) -> ProjectDesk:
        """What is done with whole projects; imported with the first of it."""
        from pilotdesk.ui.start.project_desk import ProjectDesk

        desk = ProjectDesk(
            self._window, self._look, self._shelf.store, clock=self._clock, toasts=self._toast,
            runner=self._runner,
        )  # fmt: skip
        desk.made.connect(self.made)
        desk.changed.connect(self.show_projects)
        return desk

    @cached_property
    def deleted(self) -> DeletedDesk:
        """Deleting, and what was deleted; imported with the first of it."""
        from pilotdesk.ui.start.shelf_deleted import DeletedDesk

        desk = DeletedDesk(
            self._window, self._look, self._shelf.store, clock=self._clock, toasts=self._toast,
            runner=self._runner,
        )  # fmt: skip
        desk.changed.connect(self.show_projects)
        return desk

    def _on_card_made(self, card: ProjectTile) -> None:
        card.more_actions = lambda: (
            *self.versions.actions_for(card.draft), *self.deleted.actions_for(card.project)
        )  # fmt: skip
        if isinstance(card, ProjectCard):
            QTimer.singleShot(0, card, lambda: self.versions.mark(card))
            QTimer.singleShot(0, card, partial(_mark, card, self._window, self._look, self._clock))

    # -- what is shown ---------------------------------------------------------------------------

    def show_projects(self) -> None:
        """Show the projects as they are now."""
        self._rounds.clear()  # somebody may have put a newer pack in
        self._shown = self._overviews()
        self.page.set_round(self._shelf.round())
        self.page.set_today(self._clock.today())
        self.show_safety()
        self._looked_at = 0
        if len(self._shown) > LOOKED_AT:
            self._looking.start()  # the page comes first; what is due is told when it is known
        else:
            self.pressing = pressing(self._shown)
        self.page.show_projects(self._shown, self._told(self._shown))
        self.search.refresh(self._shown)
        self.pressing_changed.emit(len(self.pressing))

    def show_safety(self) -> None:
        """Show the copies that there are, and whether a promise is broken."""
        copies = backups(self._shelf.store.path.parent)
        today = self._clock.today().isoformat()
        last = copies[-1].time if copies and copies[-1].day == today else copies[-1].day if copies else ""
        count = sum(copy.day == today for copy in copies)
        self.page.show_safety(Copies(count, last), self._promises.gravest)

    def _look_further(self) -> None:
        """Work out some more projects of a great many; after the last, tell what is due."""
        shown = self._shown
        self._looked_at += LOOKED_AT
        if shown is None or shown.part(self._looked_at - LOOKED_AT, LOOKED_AT):
            return
        self._looking.stop()
        before, self.pressing = self.pressing, pressing(shown)
        if before != self.pressing:
            self.page.tell(self._told(shown))
            self.pressing_changed.emit(len(self.pressing))

    def _overviews(self) -> Overviews:
        dates = self._shelf.store.projects.all_dates()
        return overviews(
            self._shelf.cards(),
            lambda project_id: dates.get(project_id, {}),
            self._round_of,
            self._clock.today(),
        )

    def _round_of(self, name: str) -> Round:
        """The round of a project, as the newest pack here has it; where none is here the current one tells the dates."""
        if name not in self._rounds:
            try:
                self._rounds[name] = current_pack(name).round
            except PackError:
                self._rounds[name] = self._shelf.round()
        return self._rounds[name]

    def _told(self, shown: Overviews) -> Told:
        """What the page tells today; who sees it there is not told a second time elsewhere."""
        stamps = filter(None, [shown.newest()])
        folder = self._shelf.store.path.parent
        clock = clock_sentence(self._clock.now(), stamps=stamps, newest=newest_file(folder))
        store = self._shelf.store
        held, deleted = str(store.access.refusal or ""), store.deletions.count()
        told = Told(clock=clock, held=held, place=self.place, deleted=deleted)
        if not self.pressing or self.reminders.is_quiet:
            return told
        guarded(self._window, self._look, self.reminders.claim)
        return replace(told, due=tuple(_reminder(project, due) for project, due in self.pressing))

    def _on_begun(self, project_id: str, form: str) -> None:
        self.projects.begin(project_id, form)

    def _on_asked(self, project_id: str, wanted: str) -> None:
        project = self._overviews().of(project_id)
        self.projects.do(project, self._round_of(project.latest.round), wanted)

    def _on_new_day(self) -> None:
        """The program stayed open over night: the page is shown anew; in an open draft one sentence comes up."""
        self.pressing = pressing(self._overviews())
        reminded = self.pressing and not self.page.isVisible() and self.reminders.claim()
        if self.page.isVisible():
            self.show_projects()
        elif reminded:
            project, due = self.pressing[0]
            self._toast.show_done(_reminder(project, due))
        self.pressing_changed.emit(len(self.pressing))

    def _on_quiet(self) -> None:
        if guarded(self._window, self._look, self.reminders.be_quiet):
            self.show_projects()

    # -- buttons ---------------------------------------------------------------------------------

    def _on_open(self) -> None:
        from pilotdesk.projects.handover import is_kit
        from pilotdesk.ui.dialogs.files import ask_project_file

        source = ask_project_file(self._window)
        if source is None:
            return
        if is_kit(source):
            self.projects.take_over(source)
        else:
            self.package_chosen.emit(source)

    def _on_new(self) -> None:
        wanted = ask_new_project(self._window, self._look, self._shelf.rounds())
        while wanted is not None:
            meant, there = self._meant(wanted)
            if meant is SameName.ANOTHER:
                guarded(self._window, self._look, self._create, wanted)
            elif meant is SameName.GO_ON:
                self.made.emit(there)
            else:
                wanted = ask_new_project(self._window, self._look, self._shelf.rounds(), wanted)
                continue
            return

    def _meant(self, wanted: NewProject) -> tuple[SameName, str]:
        """Whether a project is made, and which draft is opened instead; asked where there is one of its name."""
        project = same_project(self._overviews(), wanted)
        if project is None:
            return SameName.ANOTHER, ""
        return ask_same_name(self._window, self._look, project), project.latest.draft_id

    def _create(self, wanted: NewProject) -> None:
        self.made.emit(self._shelf.create(wanted))

    def _on_pack(self, draft_id: str) -> None:
        card = next(card for card in self._shelf.cards() if card.draft_id == draft_id)
        asked = ask_package_target(self._window, self._look, card.facts.title or "申报书")
        if asked is not None and self._is_written(draft_id, *asked):
            self._toast.show_done(f"存好了：{asked[0].name}")

    def _is_written(self, draft_id: str, target: Path, password: str) -> bool:
        from pilotdesk.ui.carriers.package_desk import writer
        from pilotdesk.ui.tasks.waiting import done_or_left

        write = writer(self._window, self._look)
        return done_or_left(
            self._window, self._look, lambda: write(self._shelf.package(draft_id), target, password or None)
        )

    def _on_copy(self) -> None:
        folder = ask_folder(self._window, "存到 U 盘的哪个文件夹", "")
        if folder is not None:
            from pilotdesk.drafts.second_place import hand_out

            target = folder / f"PilotDesk备份-{self._clock.today():%Y%m%d}"
            self._toast.show_done("正在存到 U 盘，附件多的时候要几分钟，可以接着做别的。先别拔。")
            self._runner.run(
                partial(hand_out, self._shelf.store.path.parent, target),
                lambda _nothing: self._toast.show_done(
                    f"存好了：{target.name}。读回来核对一致，可以安全拔出"
                ),
                failed=lambda trouble: tell_trouble(self._window, self._look, trouble),
            )

    def close(self) -> None:
        """The window goes: nobody is reminded any more."""
        self._looking.stop()
        self.reminders.stop()


def _mark(card: ProjectCard, window: ProgramWindow, look: Look, clock: Clock) -> None:
    """Say on a card that a draft of it was sent back."""
    from pilotdesk.ui.sharing.returned_desk import returns_desk_of

    returns_desk_of(window, look, clock).mark(card)


def _reminder(project: Overview, due: Due) -> str:
    """One line on one thing: whose, what, how long."""
    name = project.title or "未命名的项目"
    name = name if len(name) <= TITLE_SIGNS else f"{name[: TITLE_SIGNS - 1]}…"
    return f"{name}：{due_title(due)}，{state_words(due)}"
