"""What every editor has in common: one path of one session, user edits only, one way to write.

An editor shows what the session has and writes what the user does; it never writes while it shows. The page
tells it about changes of others, so that no two editors ever talk to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from pilotdesk.record import Record
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Card, restyle
from pilotdesk.ui.look.tokens import CARD_RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QFrame

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services


UNFILLED: Final = frozenset({"required", "min_rows"})
"""Codes that say that nothing was written yet; they are kept back until the field was visited."""


class Place(Record, frozen=True):
    """One path of one session: a field, a person's part or a cell."""

    session: Session
    services: Services
    path: str

    @property
    def field(self) -> Field:
        """Its definition."""
        return self.session.field(self.path)

    @property
    def codec(self) -> Codec:
        """Its codec."""
        return self.session.codec(self.path)

    @property
    def look(self) -> Look:
        """The theme in force."""
        return self.services.look

    @property
    def value(self) -> Value:
        """What the session has now."""
        return self.session.value(self.path)

    def beside(self, path: str) -> Place:
        """Another path of the same session."""
        return Place(self.session, self.services, path)


class FieldEditor(QWidget):
    """Base of all editors.

    Signals:
        edited: the user changed something, in whatever way; starts the pause before an issue is said.
        finished: Enter; the page goes on to the next field.
        request_go_to: path of the field that the user wants to go to instead.
        request_page: name of a page of the shell.
        remarked: ``remark`` changed.
        place_moved: another place inside has the focus, such as another cell.
    """

    edited = Signal()
    finished = Signal()
    request_go_to = Signal(str)
    request_page = Signal(str)
    remarked = Signal()
    place_moved = Signal()

    stays_enabled: ClassVar[bool] = False
    """Whether it has to be scrolled, and looks itself that nothing can be changed in a draft that is only looked at."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._remark = ""
        self.setEnabled(self.stays_enabled or not place.session.is_read_only)

    @property
    def remark(self) -> str:
        """What stands at the right above it in place of the pack's note; empty for the note."""
        return self._remark

    def set_remark(self, remark: str) -> None:
        """Say something at the right above it."""
        if remark != self._remark:
            self._remark = remark
            self.remarked.emit()

    @property
    def path(self) -> str:
        """The path it edits."""
        return self.place.path

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path whose changes it has to be told of, its own first."""
        return (self.path,)

    @property
    def tail(self) -> str:
        """A few words after the label, such as how to move in a table; empty for none."""
        return ""

    def head_widget(self) -> QWidget | None:
        """What stands at the right of the label besides the note; ``None`` for nothing."""
        return None

    def issues(self, *, unfilled: bool) -> tuple[tuple[Issue, ...], int]:
        """Issues to be said below it, gravest first, and how many there are in all.

        Args:
            unfilled: whether those count that only say that nothing was written yet.
        """
        session = self.place.session
        found = [
            issue
            for path in self.issue_paths
            for issue in session.issues_at(path)
            if unfilled or issue.code not in UNFILLED
        ]
        return tuple(sorted(found, key=lambda issue: issue.severity.rank)), len(found)

    @property
    def issue_paths(self) -> tuple[str, ...]:
        """Every path whose issues are said below it."""
        return (self.path,)

    def set_visited(self) -> None:
        """The user was here: from now on also what is missing is said."""

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not finished a character yet."""
        return False

    def show_value(self) -> None:
        """Show what the session has; never writes."""
        raise NotImplementedError

    def take_change(self, change: Change) -> None:
        """Show what others have changed; its own writing is shown already."""
        if change.origin is not self and any(path in change.paths for path in self.paths):
            self.show_value()

    def fit_view(self, height: int) -> None:
        """Told the height of the visible part of the page, px, whenever it changes."""

    def fill_height(self) -> None:
        """Take all the height there is."""

    def commit(self) -> None:
        """Write what is not written yet, and show the value as it was read."""

    def focus_target(self) -> QWidget:
        """The widget that takes the focus for it."""
        return self

    def focus_area(self) -> QRect:
        """The part of it that has to be in view, in its own px."""
        target = self.focus_target()
        return QRect(target.mapTo(self, QPoint(0, 0)), target.size()) if target is not self else self.rect()

    def focus_path(self) -> str:
        """The path that has the focus inside it; its own for all but tables and persons."""
        return self.path

    def go_to(self, path: str) -> QWidget:
        """Take the focus at a path inside; returns the widget to bring into view."""
        target = self.focus_target()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return target

    def mark_issue(self, severity: Severity | None) -> None:
        """Border in the colour of the gravest issue; ``None`` takes it away. Suggestions have no border."""
        mark = severity.value if severity in {Severity.ERROR, Severity.WARNING} and severity else ""
        target = self.focus_target()
        if (target.property("issue") or "") != mark:
            target.setProperty("issue", mark)
            restyle(target)

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says: ``2.2 统一社会信用代码，必填`` and hint, unit and issue."""
        target = self.focus_target()
        target.setAccessibleName(name)
        target.setAccessibleDescription(description)

    def write_text(self, text: str) -> None:
        """Have the codec read a text and the session keep it."""
        self.place.session.set_text(self.path, text, self)
        self.edited.emit()

    def write(self, value: Value) -> None:
        """Have the session keep a value."""
        self.place.session.set_value(self.path, value, self)
        self.edited.emit()


class FocusCard(Card):
    """A card that Tab reaches and that shows it, without a move of its content."""

    def __init__(self, look: Look) -> None:
        super().__init__(margins=(16, 12, 16, 12))
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the card, and the focus frame over its border."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)


def show_below(popup: QFrame, anchor: QWidget) -> None:
    """Show a popup with its left edge under the anchor's; above it where the screen ends, never outside it."""
    popup.adjustSize()
    screen = anchor.screen().availableGeometry()
    corner = anchor.mapToGlobal(anchor.rect().bottomLeft())
    left = max(screen.left(), min(corner.x(), screen.right() - popup.width()))
    top = corner.y() + 2
    if top + popup.height() > screen.bottom():
        top = max(screen.top(), anchor.mapToGlobal(anchor.rect().topLeft()).y() - popup.height() - 2)
    popup.move(left, top)
    popup.show()
