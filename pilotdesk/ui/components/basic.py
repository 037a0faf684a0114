"""Basic components: labels, buttons, chips, rules, surfaces and cards.

They take the :class:`~pilotdesk.ui.look.theme.Look` first; colours and sizes come from the application's style
sheet, only symbols and painted parts ask the look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.theme import Look, tone_token

if TYPE_CHECKING:
    from pilotdesk.ui.look.tokens import Role, Tone

ButtonKind = Literal["primary", "plain", "soft", "ghost", "link", "danger", "filter", "search", "bar"]
LabelTone = Literal["text", "text2", "text3", "primary", "error", "warn", "hint", "ok"]
Ground = Literal["surface", "bg", "side", "sunken"]

LINE_EM: Final = 1.5
"""Height of a line of an explanation, em."""

_ICON_TOKEN: Final[dict[ButtonKind, str]] = {
    "primary": "on_primary",
    "plain": "text",
    "soft": "primary",
    "ghost": "text",
    "link": "primary",
    "danger": "error",
    "filter": "text",
    "search": "text3",
    "bar": "text2",
}


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again, after one was changed on a shown widget."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Label(QLabel):
    """One line of text in a type role."""

    def __init__(
        self, text: str = "", role: Role = "body", tone: LabelTone = "text", *, weight: int = 400
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        if weight != 400:
            self.setProperty("weight", str(weight))

    def set_tone(self, tone: LabelTone) -> None:
        """Change the colour of the text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class SymbolLabel(QLabel):
    """A symbol without a word of its own.

    Args:
        look: the theme in force.
        icon, color: name of the symbol and its colour.
        px: side at 标准.
        meaning: what a screen reader says; empty for decoration.
        line: type role of the words it stands before, where they may take several lines: it is in the middle of the first.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        color: str = "text2",
        px: int = 17,
        *,
        meaning: str = "",
        line: Role | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._symbol = (icon, color, px)
        self._line: Role | None = line
        self.setAccessibleName(meaning)
        self._draw()
        look.changed.connect(self._draw)

    def show_symbol(self, icon: str, color: str) -> None:
        """Show another symbol."""
        self._symbol = (icon, color, self._symbol[2])
        self._draw()

    def _draw(self) -> None:
        icon, color, px = self._symbol
        side = self._look.scaled(px)
        high = round(self._look.px(self._line) * LINE_EM) if self._line else 0
        self.setFixedSize(side, max(side, high))
        self.setPixmap(self._look.pixmap(icon, color, px, self.devicePixelRatioF()))


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A button: verb first, 2 to 8 characters.

    A click does not take the focus away from the field one is in; Tab reaches every button.

    Args:
        look: the theme in force.
        text: the words; empty for a button with a symbol only.
        kind: ``primary`` (one per screen), ``plain``, ``soft`` (help), ``ghost`` (toolbars), ``link``, ``danger``,
            ``filter`` (checkable).
        icon: name of a symbol, drawn in the colour of the text.
        small: 28 px high instead of 34.
        name: what a screen reader says and, for a symbol only, the tooltip; default: the text.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        small: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(text)
        self._look = look
        self._kind: ButtonKind = kind
        self._icon = icon
        self._small = small
        self.setProperty("kind", kind)
        if small:
            self.setProperty("small", True)
        if not text:
            self.setProperty("square", True)
        self.setAccessibleName(name or text)
        if name and not text:
            self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind == "filter":
            self.setCheckable(True)
        if icon:
            self._draw()
            look.changed.connect(self._draw)

    @property
    def kind(self) -> ButtonKind:
        """The kind it was made as, or set to since."""
        return self._kind

    def set_icon(self, icon: str) -> None:
        """Show another symbol."""
        self._icon = icon
        self._draw()

    def set_kind(self, kind: ButtonKind) -> None:
        """Make it another kind."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            restyle(self)
            if self._icon:
                self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter presses the button that has the focus, as Space does; held down it presses once."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~_KEYPAD:
            if not event.isAutoRepeat():
                self.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def set_text(self, text: str) -> None:
        """Change the words and what a screen reader says."""
        self.setText(text)
        self.setAccessibleName(text)

    def _draw(self) -> None:
        px = 15 if self._small and self.text() else 17
        gap = self._look.scaled(4) if self.text() else 0
        self.setIcon(self._look.icon(self._icon, _ICON_TOKEN[self._kind], px, gap))
        side = self._look.scaled(px)
        self.setIconSize(QSize(side + gap, side))


class Rule(QFrame):
    """A separator of 1 px; decoration."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Surface(QWidget):
    """A plain area with a ground of its own; children must leave its borders free."""

    def __init__(self, ground: Ground = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", ground)


class Card(QFrame):
    """A bordered box. ``tone`` ``neutral`` is white, the others are tinted; ``tight`` has the small radius.

    Args:
        tone: colour of ground and border.
        margins: left, top, right, bottom inside, in px at 标准 type; the layout is vertical.
        tight: radius of a field instead of a card.
    """

    def __init__(
        self,
        tone: Tone = "neutral",
        *,
        margins: tuple[int, int, int, int] = (17, 12, 17, 12),
        tight: bool = False,
    ) -> None:
        super().__init__()
        if tone != "neutral":
            self.setProperty("tone", tone)
        if tight:
            self.setProperty("tight", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(8)


class Chip(QWidget):
    """A state in one line, at most about ten characters; not clickable, painted by itself."""

    def __init__(self, look: Look, text: str, tone: Tone = "primary", *, icon: str = "") -> None:
        super().__init__()
        self._look = look
        self._text = text
        self._tone: Tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if not text:
            self.hide()  # until there is something to say: an empty box is none
        look.changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text

    def show_state(self, text: str, tone: Tone, icon: str | None = None) -> None:
        """Show another state; ``icon`` ``None`` keeps the symbol. An empty text hides the chip."""
        kept = self._icon if icon is None else icon
        self.setVisible(bool(text))
        if (text, tone, kept) == (self._text, self._tone, self._icon):
            return
        self._text, self._tone, self._icon = text, tone, kept
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: room for the text, the symbol and the round ends."""
        metrics = QFontMetrics(self._look.font("tiny", 500))
        room = self._look.scaled(15 + 4) if self._icon else 0
        height = self._look.metric("chip")
        return QSize(metrics.horizontalAdvance(self._text) + room + self._look.scaled(17), height)

    def minimumSizeHint(self) -> QSize:
        """Qt: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a rounded box, its symbol and its words."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color(tone_token(self._tone, "line")), 1))
        painter.setBrush(look.color(tone_token(self._tone, "bg")))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        token = tone_token(self._tone)
        left = look.scaled(8)
        if self._icon:
            side = look.scaled(15)
            picture = look.pixmap(self._icon, token, 15, self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - side) // 2, picture)
            left += side + look.scaled(4)
        painter.setPen(look.color(token))
        painter.setFont(look.font("tiny", 500))
        space = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class ClickArea(QWidget):
    """A widget that is a button as a whole: mouse, Enter and Space.

    Signals:
        clicked: when it is chosen.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click inside chooses it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)


def row(*widgets: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """A horizontal layout without margins; a number is a fixed gap in px, ``None`` the stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        elif isinstance(widget, int):
            layout.addSpacing(widget)
        else:
            layout.addWidget(widget)
    return layout
