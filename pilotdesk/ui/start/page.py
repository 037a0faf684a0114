"""The start page: projects, what is next, the practice sample, and where everything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.record import Record
from pilotdesk.ui.components.basic import Button, Card, Label, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.components.issue import Banner
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.look.breakpoints import MIDDLE
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.safety.card import Copies, SafetyCard
from pilotdesk.ui.start.calendar_words import deadline, is_closed
from pilotdesk.ui.start.coming_card import coming_card
from pilotdesk.ui.start.head import StartHead
from pilotdesk.ui.start.none_card import OPEN, NoneCard
from pilotdesk.ui.start.project_card import PracticeCard
from pilotdesk.ui.start.project_list import PAGE, ProjectList, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.forms.round import Round
    from pilotdesk.projects.overview import Overviews
    from pilotdesk.projects.search_words import FoundIn
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.safety.promises import Breach
    from pilotdesk.ui.start.project_card import ProjectTile

SIDE_WIDTH = 326
COUNTED = 560
"""Effective width from which on there is room for how many projects there are."""
PROMISE = "所有内容只在这台电脑上，不联网"
REMINDED = 3
"""Things that the strip names one by one."""


class Told(Record, frozen=True, kw_only=True):
    """What the page tells today.

    ``place``: what is wrong with where the data is. ``held``: why drafts may only be looked at. ``clock``: a sentence about
    a wrong clock. ``due``: one sentence each, may be none. ``deleted``: how many drafts are deleted.
    """

    place: str = ""
    held: str = ""
    clock: str = ""
    due: tuple[str, ...] = ()
    deleted: int = 0


class StartPage(Surface):
    """Everything reachable in one Tab round.

    Signals:
        opened, packed: with a draft's id. deleted: with a project's. begun: with a project's id and a form.
        asked: with a project's id and what is wanted of it, see :mod:`pilotdesk.ui.start.project_card`.
        quiet_requested: no reminders any more today. deleted_requested: what was deleted is to be shown.
        new_requested, open_requested, sample_requested, notice_requested, copy_requested, help_requested:
            a button was chosen. desk_requested: the province's desk. display_requested: with the button to open the popup below.
        card_made: with the card of a project, each time that the page is filled.
        move_requested: the data is to be moved to another place. restore_requested: copies are to be brought back.
        remedy_requested: something is to be done about a broken promise; with its name.
        again_requested: whether drafts may be written by now is to be looked at again.
        searched: with the words that the projects are to have; empty for all projects.
        place_chosen: with a draft's id and the path of a field or a cell that has them.

    Attributes:
        head: the bar on top.
    """

    opened = Signal(str)
    packed = Signal(str)
    deleted = Signal(str)
    deleted_requested = Signal()
    begun = Signal(str, str)
    asked = Signal(str, str)
    quiet_requested = Signal()
    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    notice_requested = Signal()
    copy_requested = Signal()
    help_requested = Signal()
    desk_requested = Signal()
    display_requested = Signal(QWidget)
    card_made = Signal(QWidget)
    searched = Signal(str)
    place_chosen = Signal(str, str)
    again_requested = Signal()
    move_requested = Signal()
    restore_requested = Signal()
    remedy_requested = Signal(str)

    def __init__(self, look: Look, round_: Round, today: date, folder: Path) -> None:
        super().__init__("bg")
        self._look = look
        self._round = round_
        self._today = today
        self._folder = folder
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._columns: QBoxLayout | None = None
        self._count: QWidget | None = None
        self._copies = Copies()
        self._breach: Breach | None = None
        self._safety: SafetyCard | None = None
        self._projects: Overviews | None = None
        self._list: ProjectList | None = None
        self._shown = Shown()
        self._told = Told()
        self.head = StartHead(look)
        self.head.display_requested.connect(self.display_requested)
        self.head.help_requested.connect(self.help_requested)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help_requested)
        self.head.desk_requested.connect(self.desk_requested)
        outer = QVBoxLayout(self)
        self._outer = outer
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(Rule())
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Rule())
        outer.addWidget(self._build_foot())
        look.changed.connect(self._on_look_changed)

    # -- fixed parts -----------------------------------------------------------------------------

    def _build_foot(self) -> QWidget:
        look = self._look
        foot = Surface("surface")
        self._foot = foot
        foot.setFixedHeight(look.metric("safety") - 1)
        self._day = Label("", "small", "text2")
        self._shield = SymbolLabel(look, "shield-check", "ok", 15)
        self._promise = ElidedLabel(PROMISE, "small", "text2")
        line = row(self._shield, self._promise, None, self._day)
        line.setContentsMargins(14, 0, 14, 0)
        foot.setLayout(line)
        self.set_today(self._today)
        return foot

    def set_today(self, today: date) -> None:
        """The day that the next :meth:`show_projects` sees."""
        self._today = today
        self._day.setText(f"{today.year}年{today.month}月{today.day}日")

    def set_round(self, round_: Round) -> None:
        """The round that the next :meth:`show_projects` tells of."""
        self._round = round_

    # -- content ---------------------------------------------------------------------------------

    def show_projects(self, projects: Overviews, told: Told | None = None) -> None:
        """Show the projects, the one changed last first, and what is to be told today; the focus stays with its button."""
        focused = self.window().focusWidget()
        held = focused.accessibleName() if self._scroll.isAncestorOf(focused) else None
        self._projects = projects
        self._told = told or Told()
        content = Surface("bg")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(24, 14, 24, 24)
        self._columns.setSpacing(20)
        self._columns.addLayout(self._build_left(projects.practice(False), projects.practice(True)), 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        for card in (
            coming_card(self._look, self._round, self._today),
            self._build_first(),
            self._build_safety(),
        ):
            side.addWidget(card)
        side.addStretch(1)
        self._columns.addWidget(self._side)
        self._scroll.setWidget(content)
        self._arrange()
        if held is not None:
            self.focus_first(held)

    def focus_first(self, name: str = "") -> None:
        """Put the focus on what has a name, else on what one has most likely come for: the primary button.

        Left to itself Qt takes the first button, that of the province's desk.
        """
        parts = cast("list[QWidget]", self._scroll.findChildren(QWidget))
        shown = [one for one in parts if not one.isHidden()]
        named = [one for one in shown if name and one.accessibleName() == name]
        for one in (named or [one for one in shown if isinstance(one, Button) and one.kind == "primary"])[:1]:
            one.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold_notice(self, strip: QWidget) -> None:
        """Put a strip over the projects; it stays where it is when they are shown anew."""
        self._outer.insertWidget(2, strip)
        strip.show()

    def tell(self, told: Told) -> None:
        """Tell something else today; the projects stay as they are."""
        if self._projects is not None:
            self.show_projects(self._projects, told)

    def _build_left(self, projects: Overviews, practice: Overviews) -> QVBoxLayout:
        look = self._look
        left = QVBoxLayout()
        left.setSpacing(10)
        counts = [f"{len(projects)} 个项目"] if projects else []
        counts += [f"{len(practice)} 份样例"] if practice else []
        opening = Button(look, OPEN, icon="folder-open")
        opening.clicked.connect(self.open_requested)
        new = Button(look, "新建项目", "soft", icon="plus")
        new.clicked.connect(self.new_requested)
        self._count = count = Label(" · ".join(counts), "small", "text2")
        for button in (opening, new):
            button.setVisible(bool(projects))
            self._hold(button)
        gone = Button(look, f"已删除（{self._told.deleted}）", "ghost", icon="trash", small=True)
        gone.clicked.connect(self.deleted_requested)
        gone.setVisible(bool(self._told.deleted))
        left.addLayout(row(Label("我的项目", "step"), 2, count, None, gone, opening, new))
        for strip in self._build_told():
            left.addWidget(strip)
        if is_closed(self._round, self._today):
            left.addWidget(self._build_closed(short=bool(self._told.due) or self._has_admitted(projects)))
        if projects:
            self._list = ProjectList(look, projects, self._shown, self._wired)
            self._list.searched.connect(self.searched)
            self._list.place_chosen.connect(self.place_chosen)
            left.addWidget(self._list)
        else:
            self._list = None
            left.addWidget(self._build_none())
        made = sorted(min((card.created, card.draft_id) for card in project.cards) for project in practice)
        for project in practice:
            first = min((card.created, card.draft_id) for card in project.cards)
            number = made.index(first) + 1 if len(made) > 1 else 0
            left.addWidget(self._wired(PracticeCard(look, project, number)))
        left.addStretch(1)
        return left

    @property
    def words(self) -> str:
        """What is searched for now; empty for nothing."""
        return self._shown.words

    def show_found(
        self, draft_ids: frozenset[str] | None, remark: str, places: Callable[..., Sequence[FoundIn]] | None
    ) -> None:
        """Show the projects with these drafts, all of them for ``None``, a remark on the search, and where the words are."""
        self._shown.found, self._shown.remark, self._shown.places = draft_ids, remark, places
        if self._list is not None:
            self._list.show_found()

    def _build_told(self) -> Iterator[QWidget]:
        """A wrong clock, and what is due soon."""
        if self._told.held:
            strip = Banner(self._look, "warn", "lock", self._told.held, action="看能不能改了")
            strip.action_chosen.connect(self.again_requested)
            yield strip
        if self._told.place:
            strip = Banner(self._look, "warn", "alert-triangle", self._told.place, action="移到别的地方…")
            strip.action_chosen.connect(self.move_requested)
            yield strip
        if self._told.clock:
            yield Banner(self._look, "warn", "clock", self._told.clock)
        if self._told.due:
            shown = self._told.due[:REMINDED]
            more = len(self._told.due) - len(shown)
            title = f"**有 {len(self._told.due)} 件事快到期或已过期**"
            text = "\n".join(shown) + (f"\n还有 {more} 件，看下面各个项目。" if more else "")
            strip = Banner(self._look, "primary", "clock", title, text=text, action="今天不再提醒")
            strip.action_chosen.connect(self.quiet_requested)
            yield strip

    def _hold(self, button: Button) -> None:
        """Grey a button that writes while the drafts may only be looked at, and say who has them."""
        button.setEnabled(not self._told.held)
        button.setToolTip(plain_tip(self._told.held))

    def _has_sample(self) -> bool:
        return self._projects is not None and len(self._projects.practice(True)) > 0

    def _wired(self, card: ProjectTile) -> QWidget:
        card.hold(self._told.held)
        card.opened.connect(self.opened)
        card.packed.connect(self.packed)
        card.deleted.connect(self.deleted)
        card.begun.connect(self.begun)
        card.asked.connect(self.asked)
        self.card_made.emit(card)
        return card

    def _build_closed(self, *, short: bool) -> QWidget:
        """The round takes no more applications; one quiet line where there is something else to say."""
        if short:
            return Label(
                f"{self._round.name} 年度征集已截止，新建的申报书可以为下一轮做准备。", "small", "text2"
            )
        upload = deadline(self._round, "upload")
        day = f"{upload.day.month} 月 {upload.day.day} 日" if upload and upload.day else ""
        strip = Banner(
            self._look,
            "warn",
            "calendar-event",
            f"**{self._round.name} 年度征集已截止**（省级上传截止日 {day}）",
            text="现在新建的申报书可以为下一轮做准备；导出会印“参考稿”。已入选的项目照常填年度总结。",
            action="看通知原文",
        )
        strip.action_chosen.connect(self.notice_requested)
        return strip

    def _has_admitted(self, projects: Overviews) -> bool:
        """Whether one of those that stand first is on the list of pilots; who has many need not be told anything."""
        return len(projects) > PAGE or any(project.line.admitted for project in projects)

    def _build_none(self) -> NoneCard:
        """No project yet: what one can begin with."""
        card = NoneCard(self._look, held=bool(self._told.held))
        for button, signal in (
            (card.new, self.new_requested),
            (card.opening, self.open_requested),
            (card.sample, self.sample_requested),
            (card.restoring, self.restore_requested),
        ):
            button.clicked.connect(signal)
            if button is not card.sample or not self._has_sample():
                self._hold(button)
        return card

    # -- right column ----------------------------------------------------------------------------

    def _build_first(self) -> Card:
        card = Card(margins=(17, 12, 17, 14))
        card.body.addWidget(Label("第一次用？", "group"))
        text = "先拿样例练一遍，10 分钟看完全部步骤。练习内容不会混进正式材料。"
        card.body.addWidget(WrappedLabel(self._look, text, "small", "text2"))
        sample = Button(self._look, "打开练习样例", "soft", icon="school", small=True)
        sample.clicked.connect(self.sample_requested)
        if not self._has_sample():
            self._hold(sample)
        card.body.addLayout(row(sample, None))
        return card

    def _build_safety(self) -> SafetyCard:
        card = SafetyCard(self._look, self._folder, self._copies, self._breach)
        card.copy_requested.connect(self.copy_requested)
        card.restore_requested.connect(self.restore_requested)
        card.remedy_requested.connect(self.remedy_requested)
        self._safety = card
        return card

    def show_safety(self, copies: Copies, breach: Breach | None) -> None:
        """Show the state of the copies, and the gravest of the broken promises in card and foot, if there is one."""
        self._copies, self._breach = copies, breach
        if self._safety is not None:
            self._safety.show_state(copies, breach)
        sentence = f"{breach.beginning}{breach.sentence}" if breach else ""
        self._promise.set_text(sentence or PROMISE)
        self._promise.set_tone("error" if breach else "text2")
        self._shield.show_symbol(
            "alert-circle-filled" if breach else "shield-check", "error" if breach else "ok"
        )

    # -- arranging -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: two columns, or one below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._columns is None:
            return
        narrow = self.width() / self._look.theme.factor < MIDDLE
        if self._count is not None:  # the buttons beside it are never cut
            self._count.setVisible(self.width() / self._look.theme.factor >= COUNTED)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else self._look.scaled(SIDE_WIDTH))
        self._side.setMaximumWidth(16_777_215 if narrow else self._look.scaled(SIDE_WIDTH))

    def _on_look_changed(self) -> None:
        self._foot.setFixedHeight(self._look.metric("safety") - 1)
        self.tell(self._told)
