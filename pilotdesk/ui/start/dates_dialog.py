"""日期和进展: what only people know about a project. Nothing here is asked twice, and everything may stay empty."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.forms.date_codecs import DateCodec
from pilotdesk.forms.values import Unparsed
from pilotdesk.projects.timeline import ADMITTED, DECLINED, HANDED_IN, LEVELS, Basis, State
from pilotdesk.projects.timeline_words import basis_words, day_words, due_title, form_words
from pilotdesk.ui.components.basic import Label, Surface, row
from pilotdesk.ui.components.choice import ChoiceBox
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.editors.base import show_below
from pilotdesk.ui.editors.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.projects.overview import Overview
    from pilotdesk.projects.timeline import Due
    from pilotdesk.ui.look.theme import Look

_CODEC: Final = DateCodec()
_LISTED: Final = (("", "还不知道"), (ADMITTED, "已列入试点名单"), (DECLINED, "这一轮没有列入"))
_HINT: Final = "如 2027-11-10，没有就空着"


class DayEntry(Entry):
    """A line for a day with a calendar behind a button."""

    def __init__(self, look: Look, today: date, name: str) -> None:
        super().__init__(look)
        self._today = today
        self.setAccessibleName(name)
        self.setPlaceholderText(_HINT)
        self.add_button("calendar-event", f"{name}：选日期")
        self.popup_requested.connect(self.open_popup)

    @property
    def day(self) -> date | None:
        """The day typed; ``None`` for an empty line and for one that cannot be read."""
        value = _CODEC.parse(self.text())
        return value if isinstance(value, date) else None

    @property
    def is_unreadable(self) -> bool:
        """Whether something was typed that is no day."""
        return isinstance(_CODEC.parse(self.text()), Unparsed)

    def show_day(self, day: date | None) -> None:
        """Show a day."""
        self.setText(day.isoformat() if day else "")

    def open_popup(self) -> None:
        """Show the calendar below."""
        from pilotdesk.ui.editors.calendar import DayPopup

        popup = DayPopup(self._look, self.day, self._today, self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(self.show_day)
        show_below(popup, self)


class DatesDialog(Dialog):
    """Whether the project is on the list, the days nobody else gives, and what was handed in when."""

    def __init__(self, parent: QWidget, look: Look, project: Overview, today: date) -> None:
        title = project.title or "未命名的项目"
        super().__init__(
            parent, look, "日期和进展", f"{title}。程序不知道这些事，您知道哪样填哪样。", "calendar-event"
        )
        self._today = today
        self._forms = project.line.forms
        self._kept = dict(project.dates)
        self._entries: dict[str, DayEntry] = {}
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(0, 0, 12, 0)
        self._inner.setSpacing(6)
        self._add_listed()
        for due in self._forms:
            self._add_form(due)
        self._trouble = WrappedLabel(look, "", "small", "error")
        self._trouble.hide()
        self._add_scroll()
        self.body.addWidget(self._trouble)
        self.add_actions(["不改了", "存下"])
        for line in (self._listed_on, *self._entries.values()):
            line.returnPressed.connect(self._on_enter)

    def _on_enter(self) -> None:
        """Keep, as Enter does from everywhere else here; a line uses the key up."""
        self.chosen = 1
        self.accept()

    def _add_scroll(self) -> None:
        content = Surface("bg")
        content.setLayout(self._inner)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        scroll.setMinimumHeight(self.look.scaled(120))
        self.body.addWidget(scroll, 1)
        height = content.sizeHint().height() + self.look.scaled(190)
        window = self.parentWidget()
        self.resize(self.width(), min(height, (window.height() if window else height) - 24))

    def _add_listed(self) -> None:
        self.listed = ChoiceBox(self.look, "还不知道")
        for name, words in _LISTED:
            self.listed.addItem(words, name)
        known = ADMITTED if ADMITTED in self._kept else DECLINED if DECLINED in self._kept else ""
        self.listed.setCurrentIndex([name for name, _ in _LISTED].index(known))
        self.listed.setAccessibleName("列入试点名单了吗")
        self._listed_on = DayEntry(self.look, self._today, "哪天知道的")
        self._listed_on.setPlaceholderText("哪天知道的")  # it has no words beside it
        self._listed_on.show_day(self._kept.get(known))
        self._inner.addWidget(Label("列入试点名单了吗？", "body", weight=500))
        line = row(self.listed, self._listed_on)
        for at in range(2):
            line.setStretch(at, 1)
        self._inner.addLayout(line)

    def _add_form(self, due: Due) -> None:
        """One form: its day, when it was handed in, and before that the earlier days inside the province."""
        self._inner.addSpacing(8)
        self._inner.addWidget(Label(due_title(due), "body", weight=500))
        told = f"{day_words(due.day)}前，{basis_words(due)}。" if due.day else "日期待通知。"
        self._inner.addWidget(WrappedLabel(self.look, told, "small", "text2"))
        wanted = [(f"{due.name}.{HANDED_IN}", "已经报送，日期")]
        if due.state not in {State.CLOSED, State.HANDED_IN}:
            wanted = [(f"{due.name}.{level}", f"{words}内部截止") for level, words in LEVELS.items()] + wanted
        if due.basis is not Basis.NOTICE:
            wanted = [(due.name, "通知来了，截止日"), *wanted]
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for at, (name, words) in enumerate(wanted):
            entry = DayEntry(self.look, self._today, f"{form_words(due)}，{words}")
            entry.show_day(self._kept.get(name))
            caption = Label(words, "small", "text2")
            caption.setBuddy(entry)
            grid.addWidget(caption, at, 0)
            grid.addWidget(entry, at, 1)
            self._entries[name] = entry
        grid.setColumnStretch(1, 1)
        self._inner.addLayout(grid)

    def entry(self, name: str) -> DayEntry:
        """The line of one of the project's dates."""
        return self._entries[name]

    def answer(self) -> Mapping[str, date]:
        """The dates as they stand; those that are not shown stay as they were."""
        shown = {*self._entries, ADMITTED, DECLINED}
        dates = {name: day for name, day in self._kept.items() if name not in shown}
        dates |= {name: entry.day for name, entry in self._entries.items() if entry.day}
        listed = str(self.listed.currentData() or "")
        return dates | ({listed: self._listed_on.day or self._today} if listed else {})

    def accept(self) -> None:
        """Qt: nothing is kept while a line cannot be true; it is named, brought into view and gets the focus."""
        lines = [self._listed_on, *self._entries.values()]
        wrong, words = next(((entry, words) for entry in lines if (words := self._wrong(entry))), (None, ""))
        if self.chosen == 1 and wrong is not None:
            self._trouble.set_text(f"{wrong.accessibleName()}：{words}")
            self._trouble.show()
            self._scroll.ensureWidgetVisible(wrong)
            wrong.setFocus()
            return
        super().accept()

    def _wrong(self, entry: DayEntry) -> str:
        """What is wrong with a line, empty for nothing: it is no day, or what has happened lies in days to come."""
        if entry.is_unreadable:
            return f"没看懂“{entry.text()}”。请写日期，如 2027-11-10。"
        if entry is self._listed_on and entry.day and not self.listed.currentData():
            return "写了日期，还没有选。请在它左边选列入了，还是没有列入。"
        has_happened = entry is self._listed_on or any(
            entry is one for name, one in self._entries.items() if name.endswith(HANDED_IN)
        )
        if has_happened and entry.day is not None and entry.day > self._today:
            return f"{day_words(entry.day)}还没有到，今天是{day_words(self._today)}。日期写错了，或者电脑的日期不对。"
        return ""


def ask_dates(parent: QWidget, look: Look, project: Overview, today: date) -> Mapping[str, date] | None:
    """Ask for the dates of a project; ``None`` when it was left."""
    dialog = DatesDialog(parent, look, project, today)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer() if dialog.chosen == 1 and dialog.result() else None
