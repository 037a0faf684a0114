"""Text that behaves: wrapped labels with a line height of our own, and labels that elide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from pilotdesk.ui.components.basic import LINE_EM, Label, LabelTone
from pilotdesk.ui.look.plain_text import escaped, plain_tip

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Role

EXPLANATION_EM: Final = LINE_EM
ISSUE_EM: Final = 1.4
_BOLD: Final = re.compile(r"(?<!\*)\*\*(?!\*)")
"""Two stars and no more: the four of a covered number (``1101****4514``) are text."""


class WrappedLabel(QLabel):
    """Text over several lines, as high as its width asks for, without widening what it stands in.

    Args:
        look: the theme in force.
        text: plain text; ``**bold**`` is set bold, a line break starts a new line.
        role: type role.
        tone: colour of the text.
        line_em: line height in em (1.5 in explanations, 1.4 in issue lines).
        selectable: whether the text can be selected with mouse and keyboard.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = "small",
        tone: LabelTone = "text2",
        *,
        line_em: float = EXPLANATION_EM,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._role: Role = role
        self._tone: LabelTone = tone
        self._line_em = line_em
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setProperty("role", role)
        self.set_text(text)
        look.changed.connect(self._set)

    @property
    def plain(self) -> str:
        """The text as given."""
        return self._plain

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._plain = text
        self.setAccessibleName(_BOLD.sub("", text))
        self._set()

    def set_tone(self, tone: LabelTone) -> None:
        """Change the colour."""
        self._tone = tone
        self._set()

    def _set(self) -> None:
        px = self._look.px(self._role)
        color = self._look.theme.palette.color(self._tone)
        parts = _BOLD.split(escaped(self._plain).replace("\n", "<br>"))
        words = "".join(f"<b>{part}</b>" if index % 2 else part for index, part in enumerate(parts))
        # Fixed px, because a percentage would count from the font's own spacing, which differs by font.
        self.setText(
            f'<p style="margin:0;line-height:{round(px * self._line_em)}px;-qt-line-height-type:fixed;'
            f'font-size:{px}px;color:{color}">{words}</p>'
            if words
            else ""
        )
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Qt: never wider than it is given."""
        return QSize(0, self._look.px(self._role))


class ElidedLabel(Label):
    """One line that is shortened in the middle when there is no room; the tooltip shows all of it."""

    def __init__(
        self, text: str = "", role: Role = "body", tone: LabelTone = "text", *, weight: int = 400
    ) -> None:
        super().__init__(text, role, tone, weight=weight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(text)
        self._set_tooltip()

    def minimumSizeHint(self) -> QSize:
        """Qt: it may shrink to a few characters."""
        hint = super().minimumSizeHint()
        return QSize(
            min(hint.width(), QFontMetrics(self.font()).horizontalAdvance("四个汉字…")), hint.height()
        )

    def sizeHint(self) -> QSize:
        """Qt: room for the whole text; one px more, because the advance is rounded."""
        hint = super().sizeHint()
        return QSize(hint.width() + 1, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the tooltip is needed only when something is cut."""
        super().resizeEvent(event)
        self._set_tooltip()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: a new font changes what fits."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._set_tooltip()

    def _shown(self) -> str:
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.contentsRect().width())

    def _set_tooltip(self) -> None:
        self.setToolTip(plain_tip(self.text() if self._shown() != self.text() else ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the text, or its two ends."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), flags, self._shown())
