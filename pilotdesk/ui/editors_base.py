"""What every editor has in common: one path of one session, user edits only, one way to write.

An editor shows what the session has and writes what the user does; it never writes while it shows. The page
tells it about changes of others, so that no two editors ever talk to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components import restyle

if TYPE_CHECKING:
    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Value
    from pilotdesk.session import Session
    from pilotdesk.ui.services import Services
    from pilotdesk.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Place:
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
        request_go_to: path of the field that the user wants to go to instead.
    """

    edited = Signal()
    request_go_to = Signal(str)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().verticalPolicy())

    @property
    def path(self) -> str:
        """The path it edits."""
        return self.place.path

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path whose changes it has to be told of, its own first."""
        return (self.path,)

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not finished a character yet."""
        return False

    def show_value(self) -> None:
        """Show what the session has; never writes."""
        raise NotImplementedError

    def commit(self) -> None:
        """Write what is not written yet, and show the value as it was read."""

    def focus_target(self) -> QWidget:
        """The widget that takes the focus for it."""
        return self

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
        mark = "" if severity in {None, Severity.HINT} else severity.value if severity else ""
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
