"""A project on the start page: name, stage, strip of four stops, next step, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from pilotdesk.projects import APPLICATION
from pilotdesk.projects.timeline import Stage, State
from pilotdesk.projects.timeline_words import form_words, next_sentence, spoken_due, stage_words
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, Rule, SymbolLabel, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.start.timeline_strip import TimelineStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pilotdesk.projects.overview import Overview
    from pilotdesk.ui.components.basic import ButtonKind
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone
    from pilotdesk.ui.navigation.frame import MoreAction

DATES, CALENDAR, KIT = "dates", "calendar", "kit"
READING: Final = ("打开", "导出日历", "存一份交接包", "只存这一份草稿", "旧版里的内容", "历史")
"""How the words of everything begin that only reads."""


class ProjectTile(Card):
    """A project on the start page: its button 打开, which opens the draft changed last, and its menu.

    Attributes:
        project: what is shown. draft: its draft changed last.
        held: why the drafts may only be looked at; empty while they may be written.
        more_actions: asked for what else its menu has, each time that it opens.

    Signals:
        opened, packed: with a draft's id. deleted: with the project's.
        begun: with the project's id and the name of a form.
        asked: with the project's id and ``dates``, ``calendar`` or ``kit``.
    """

    opened = Signal(str)
    packed = Signal(str)
    deleted = Signal(str)
    begun = Signal(str, str)
    asked = Signal(str, str)

    def __init__(
        self, look: Look, project: Overview, name: str, kind: ButtonKind, margins: tuple[int, int, int, int]
    ) -> None:
        super().__init__(margins=margins)
        self._look = look
        self.project = project
        self.draft = project.latest
        self.more_actions: Callable[[], Iterable[MoreAction]] = tuple
        self.held = ""
        self._writing: list[Button] = []
        self._more = Button(look, "", "ghost", icon="dots", small=True, name=f"{name}：更多")
        self._more.clicked.connect(self._on_more)
        self._opening = Button(look, "打开", kind, small=True)
        self._opening.setAccessibleName(f"打开 {name}")
        self._opening.clicked.connect(self._on_open)

    def _on_open(self) -> None:
        self.opened.emit(self.draft.draft_id)

    def choose(self, form: str) -> None:
        """Open the draft of a form, or begin it."""
        due = next(due for due in self.project.line.forms if due.form == form)
        if due.draft_id:
            self.opened.emit(due.draft_id)
        else:
            self.begun.emit(self.project.project_id, form)

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, action in self.menu_actions():
            if action is None:
                menu.addSeparator()
            else:
                entry = menu.addAction(words, action)
                entry.setEnabled(self.may(words))
                entry.setToolTip(plain_tip(words if self.may(words) else self.held))
        menu.setToolTipsVisible(bool(self.held))
        corner = self._more.mapToGlobal(self._more.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def may(self, words: str) -> bool:
        """Whether a button or an entry of the menu can be chosen, by its words: nothing that writes while data is held."""
        return not self.held or words.startswith(READING)

    def hold(self, why: str) -> None:
        """The drafts may only be looked at; ``why`` is empty while they may be written."""
        self.held = why
        for button in self._writing:
            button.setEnabled(self.may(button.text()))
            button.setToolTip(plain_tip("" if self.may(button.text()) else why))

    def menu_actions(self) -> list[tuple[str, Callable[[], object] | None]]:
        """Words and what they do, in order; no action for a line between them."""
        project_id, to_begin = self.project.project_id, self.project.to_begin()
        actions: list[tuple[str, Callable[[], object] | None]] = [
            (f"打开{form_words(due)}", partial(self.choose, due.form))
            for due in self.project.line.forms
            if due.draft_id
        ]
        if to_begin is not None:
            actions.append((begin_words(to_begin.form), partial(self.choose, to_begin.form)))
        actions += self._older_drafts()
        actions += [
            ("", None),
            ("日期和进展…", partial(self.asked.emit, project_id, DATES)),
            ("导出日历…", partial(self.asked.emit, project_id, CALENDAR)),
            ("", None),
            ("存一份交接包…", partial(self.asked.emit, project_id, KIT)),
            ("只存这一份草稿…", self.pack),
            *self.more_actions(),
            ("从清单删去", self.delete),
        ]
        return actions

    def _older_drafts(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Drafts of which there is a newer one of the same form; they stay open to be read."""
        words = {due.form: form_words(due) for due in self.project.line.forms}
        for card in self.project.older():
            name = words.get(card.form, "草稿")
            yield (
                f"打开旧的{name}（{local_words(card.updated, self.project.line.today)}）",
                partial(self.opened.emit, card.draft_id),
            )

    def pack(self) -> None:
        """Ask for a package of the draft changed last."""
        self.packed.emit(self.draft.draft_id)

    def delete(self) -> None:
        """Ask for this project to be taken off the list."""
        self.deleted.emit(self.project.project_id)


class ProjectCard(ProjectTile):
    """One project with its strip; opens with its button or at one of its stops. ``compact`` where there are many."""

    def __init__(self, look: Look, project: Overview, *, primary: bool, compact: bool = False) -> None:
        name = project.title or "未命名的项目"
        high = 8 if compact else 10
        super().__init__(look, project, name, "primary" if primary else "plain", (17, high, 13, high))
        self.body.setSpacing(4 if compact else 6)
        self.body.addLayout(row(ElidedLabel(name, "group"), *self._chips(), None, self._more))
        changed = local_words(self.draft.updated, project.line.today)
        parts = (project.unit, project.pilot_field, f"上次改动 {changed}")
        self.body.addWidget(ElidedLabel("　·　".join(part for part in parts if part), "small", "text2"))
        self.body.addSpacing(0 if compact else 4)
        to_begin = project.to_begin()
        strip = TimelineStrip(
            look,
            project.line.forms,
            may_begin=frozenset({to_begin.form} if to_begin else ()),
            compact=compact,
        )
        strip.chosen.connect(self.choose)
        self.body.addWidget(strip)
        self.body.addWidget(Rule())
        sentence = WrappedLabel(look, next_sentence(project.line), "body", "text")
        sentence.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        line = row(Label("下一步", "small", "primary", weight=700), sentence, spacing=10)
        self._writing = self._next_buttons()
        for button in (*self._writing, self._opening):
            line.addWidget(button)
        line.setStretch(1, 1)
        self.body.addLayout(line)

    def show_notice(
        self, said: str, button: str, action: Callable[[], object], *, icon: str = "refresh"
    ) -> None:
        """Say something of the draft in a line of its own, with one thing to do about it."""
        link = Button(self._look, button, "link", small=True)
        link.clicked.connect(action)
        self._writing.append(link)
        self.hold(self.held)
        line = row(
            SymbolLabel(self._look, icon, "primary", 15), ElidedLabel(said, "small", "text2"), link, None
        )
        self.body.addLayout(line)

    def _chips(self) -> list[QWidget]:
        due = next((due for due in self.project.line.forms if due.form == self.draft.form), None)
        what = form_words(due) if due is not None else ""
        if self.draft.edited and due is not None and due.state is State.HANDED_IN:
            chips: list[QWidget] = [Chip(self._look, f"{what}已报送，定稿后又改过", "neutral")]
        elif self.draft.edited:
            chips = [Chip(self._look, f"{what}定稿后改过，要重新导出", "warn", icon="alert-triangle")]
        elif self.draft.revision:
            chips = [Chip(self._look, f"{what}已定稿", "ok", icon="lock")]
        else:
            what = "草稿" if self.draft.form == "application" else what
            chips = [Chip(self._look, f"{what} · 完成 {self.draft.facts.percent} %", "primary")]
        line = self.project.line
        if line.stage is not Stage.PREPARING:
            tones: dict[Stage, Tone] = {Stage.DECLINED: "neutral", Stage.ENDED: "ok"}
            chips.append(Chip(self._look, stage_words(line), tones.get(line.stage, "hint")))
        return chips

    def _next_buttons(self) -> list[Button]:
        """What the next step asks for beside 打开: a form to begin, or one that was not changed last, or what to say."""
        to_begin, due = self.project.to_begin(), spoken_due(self.project.line)
        if to_begin is not None:
            button = Button(self._look, begin_words(to_begin.form), "soft", icon="plus", small=True)
            form = to_begin.form
            button.clicked.connect(lambda: self.choose(form))
        elif due is not None and due.draft_id and due.form != self.draft.form:
            button = Button(self._look, f"打开{form_words(due)}", "soft", small=True)
            button.clicked.connect(partial(self.choose, due.form))
        elif self.project.line.asks:
            button = Button(self._look, "日期和进展", "soft", icon="calendar-event", small=True)
            button.clicked.connect(lambda: self.asked.emit(self.project.project_id, DATES))
        else:
            return []
        return [button]


class PracticeCard(ProjectTile):
    """The practice sample in one line; it opens with its application, as all begins with that. The others are in its menu.

    Two of them are called the same, and may have been changed in the same minute: then each has a number.

    Args:
        look: colours and sizes.
        project: the sample.
        number: from 1 on; 0 where there is only one.
    """

    def __init__(self, look: Look, project: Overview, number: int = 0) -> None:
        name = f"练习样例 {number}" if number else "练习样例"
        super().__init__(look, project, name, "plain", (17, 7, 13, 7))
        self.draft = next((card for card in project.cards if card.form == APPLICATION), project.latest)
        title = ElidedLabel(f"{name}：{project.title}", "body", weight=700)
        chip = Chip(look, "练习，不能定稿", "hint")
        symbol = SymbolLabel(look, "school", "hint", 20)
        words = local_words(project.latest.updated, project.line.today)
        changed = ElidedLabel(f"上次改动 {words}", "small", "text2")
        self.body.addLayout(row(symbol, title, chip, changed, None, self._opening, self._more))


def begin_words(form: str) -> str:
    """Words of a button that begins a form: ``写2027年度工作总结``."""
    if form.startswith("summary_"):
        return f"写{form.removeprefix('summary_')}年度工作总结"
    return "做自评"


def local_words(stamp: str, today: date) -> str:
    """``6月27日 16:40`` from a UTC stamp, with its year where that is another one than today's."""
    from datetime import datetime

    when = datetime.fromisoformat(stamp).astimezone()
    year = f"{when.year}年" if when.year != today.year else ""
    return f"{year}{when.month}月{when.day}日 {when:%H:%M}"
