"""The editor of long texts: plain text, tools above, 字数 at the right, a thin meter below; F11 makes it large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.forms.counting import count_chars
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Label, Rule, row
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.editors.base import FieldEditor, Place
from pilotdesk.ui.editors.text_area import TextArea, TextFrame
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.navigation.page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.rules.issue import Issue

ABOVE_METER: Final = 8
"""Room between the text and the meter of its length, px."""
LOWEST_PX = 130
"""Height of the writing area of a short text, px at 标准; 200 for those of more than 500 字."""
LONG_FROM = 500
ADVICE: Final = frozenset({"too_short", "too_long"})
"""Codes of the rules' own advice on the length."""


class WritingTools(QWidget):
    """The tools above a long text, with words where there is room, and the count at the right."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        look, field = place.look, place.field
        self._look = look
        self.undo = Button(look, "", "ghost", icon="arrow-back-up", small=True, name="撤销刚写的")
        self.redo = Button(look, "", "ghost", icon="arrow-forward-up", small=True, name="恢复刚撤销的")
        self.outline = Button(look, "插入提纲", "ghost", icon="list-details", small=True)
        if not field.outline:
            self.outline.hide()
        self.preview = Button(look, "看打印效果", "ghost", icon="printer", small=True)
        self.large = Button(look, "放大写  F11", "ghost", icon="maximize", small=True, name="放大写，F11")
        self._words = {button: button.text() for button in (self.outline, self.preview, self.large)}
        self.before = Label("字数", "small", "text2")
        self.count = Label("0 字", "small", weight=700)
        self.advice = Label(advice(field.min_chars, field.max_chars), "small", "text2")
        rule = Rule(vertical=True)
        rule.setFixedHeight(18)
        self._line = line = row(
            self.undo, self.redo, rule, self.outline, self.preview, self.large, None, spacing=4
        )
        for widget in (self.before, self.count, self.advice):
            line.addWidget(widget)
        line.setContentsMargins(8, 2, 12, 2)
        self.setLayout(line)

    def minimumSizeHint(self) -> QSize:
        """Qt: never wider than it is given; the words go first."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: symbols only where the words do not fit; then the advice goes, never the count."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Choose what fits into the width."""
        for words, advised in ((True, True), (False, True), (False, False)):
            for button, text in self._words.items():
                name = button.accessibleName()
                button.setText(text if words else "")
                button.setToolTip(plain_tip("" if words else name))
                button.set_icon(
                    {self.outline: "list-details", self.preview: "printer"}.get(button, "maximize")
                )
            self.advice.setVisible(advised and bool(self.advice.text()))
            if self._line.sizeHint().width() <= self.width():
                return


class LongTextEditor(FieldEditor):
    """Paragraphs with advice on their length. Nothing is ever cut, and advice is never an issue of its own."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.frame = TextFrame(place.look)
        self.text = TextArea(place.look)
        self.tools = WritingTools(place)
        self.meter = ProgressBar(place.look, thickness=4, name="字数占建议上限")
        self._view_height = 600
        self._large: LargeView | None = None
        self._said_plain = False
        self._build()
        self._connect()
        self.show_value()

    def _build(self) -> None:
        inside = self.frame.body
        inside.addWidget(self.tools)
        inside.addWidget(Rule())
        inside.addWidget(self.text, 1)
        if self.place.field.max_chars:
            foot = QVBoxLayout()
            foot.setContentsMargins(15, ABOVE_METER, 15, 7)
            foot.addWidget(self.meter)
            inside.addLayout(foot)
        else:
            self.meter.setParent(self)
            self.meter.hide()
        self._home = QVBoxLayout(self)
        self._home.setContentsMargins(0, 0, 0, 0)
        self._home.addWidget(self.frame)
        self.setFocusProxy(self.text)
        self.text.installEventFilter(self)

    def _connect(self) -> None:
        tools = self.tools
        tools.undo.clicked.connect(self.text.undo)
        tools.redo.clicked.connect(self.text.redo)
        tools.outline.clicked.connect(self.insert_outline)
        tools.preview.clicked.connect(self._on_preview)
        tools.large.clicked.connect(self.toggle_large)
        self.text.undoAvailable.connect(tools.undo.setEnabled)
        self.text.redoAvailable.connect(tools.redo.setEnabled)
        tools.undo.setEnabled(False)
        tools.redo.setEnabled(False)
        self.text.written.connect(self._on_written)
        self.text.pasted_plain.connect(self._on_pasted_plain)
        self.text.document().documentLayout().documentSizeChanged.connect(self._grow)

    # -- FieldEditor -----------------------------------------------------------------------------

    @property
    def is_composing(self) -> bool:
        """See :class:`FieldEditor`."""
        return self.text.is_composing

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.text

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        self.text.show_text(self.place.codec.edit_text(self.place.value))
        self._count()

    def mark_issue(self, severity: Severity | None) -> None:
        """See :class:`FieldEditor`: the frame carries the colour."""
        self.frame.mark(severity)

    def issues(self, *, unfilled: bool) -> tuple[tuple[Issue, ...], int]:
        """See :class:`FieldEditor`; advice on the length stands at the top right already."""
        found, _ = super().issues(unfilled=unfilled)
        counting = {check.name for check in self.place.field.check if "chars(" in check.test} | ADVICE
        said = tuple(
            issue for issue in found if issue.severity is not Severity.HINT or issue.code not in counting
        )
        return said, len(said)

    def fit_view(self, height: int) -> None:
        """See :class:`FieldEditor`: it grows to 60 % of the view."""
        self._view_height = height
        self._grow()

    # -- writing ---------------------------------------------------------------------------------

    def insert_outline(self) -> None:
        """Write the headings that are not there yet at the end, as one step; the cursor goes below the first."""
        present = self.text.toPlainText()
        missing = [text for text in self.place.field.outline if text not in present]
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        if not missing:
            return
        first = len(self.place.field.outline) - len(missing) + 1
        lines = [f"{number}. {text}\n" for number, text in enumerate(missing, first)]
        cursor = self.text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if present.strip() and not present.endswith("\n"):
            cursor.insertText("\n")
        start = cursor.position()
        cursor.insertText("\n".join(lines))
        cursor.endEditBlock()
        cursor.setPosition(start + len(lines[0]))
        self.text.setTextCursor(cursor)

    def toggle_large(self) -> None:
        """F11: write over the whole page, and back; the text is the same one."""
        if self._large is not None:
            self._large.put_back()
            return
        host: QWidget | None = self.parentWidget()
        while host is not None and not isinstance(host, Page):
            host = host.parentWidget()
        self._large = LargeView(self, host or self.window())
        self._grow()

    def end_large(self) -> None:
        """Take the frame back into its place on the page."""
        self._large = None
        self._home.addWidget(self.frame)
        self.tools.large.show()
        self._grow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Qt: F11 makes it large, Esc makes it small; the frame shows the focus."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.frame.set_focused(event.type() is QEvent.Type.FocusIn)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_back = event.key() == Qt.Key.Key_Escape and self._large is not None
            if event.key() == Qt.Key.Key_F11 or is_back:
                self.toggle_large()
                return True
        return False

    # -- inside ----------------------------------------------------------------------------------

    def _on_written(self, text: str) -> None:
        self._count()
        self.write_text(text)

    def _on_preview(self) -> None:
        self.request_page.emit("preview")

    def _on_pasted_plain(self) -> None:
        if not self._said_plain:
            self._said_plain = True
            self.place.services.toasts.show_done("只粘贴了文字，字体和格式没有带过来")

    def _count(self) -> None:
        field = self.place.field
        count = count_chars(self.text.toPlainText())
        self.tools.count.setText(f"{count} 字")
        most = field.max_chars
        if most:
            self.meter.set_percent(min(100, count * 100 / most), "warn" if count > most else "primary")
        remark = ""
        if count and count < field.min_chars:
            remark = f"还差约 {field.min_chars - count} 字到建议下限，不强制"
        elif most and count > most:
            remark = f"比建议上限多约 {count - most} 字"
        self.set_remark(remark)

    def _grow(self) -> None:
        """As high as the text, between a least height and 60 % of the view."""
        if self._large is not None:
            self.text.setMinimumHeight(0)
            self.text.setMaximumHeight(16_777_215)
            return
        look = self.place.look
        least = look.scaled(LOWEST_PX if 0 < self.place.field.max_chars <= LONG_FROM else 200)
        most = max(least, round(self._view_height * 0.6))
        wanted = round(self.text.document().size().height()) + look.scaled(18)
        height = max(least, min(most, wanted))
        self.text.setFixedHeight(self.text.whole_lines(height) if wanted > height else height)


class LargeView(QWidget):
    """A long text over the whole page; hints stay where they are."""

    def __init__(self, editor: LongTextEditor, host: QWidget) -> None:
        super().__init__(host)
        look, field = editor.place.look, editor.place.field
        self._editor = editor
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        back = Button(look, "缩回去  Esc", icon="minimize", small=True, name="缩回去，Esc")
        back.clicked.connect(self.put_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(row(Label(f"{field.number} {field.label}", "group"), None, back))
        layout.addWidget(editor.frame, 1)
        editor.tools.large.hide()
        editor.text.setMinimumHeight(0)
        editor.text.setMaximumHeight(16_777_215)
        host.installEventFilter(self)
        self.setGeometry(host.rect())
        self.show()
        self.raise_()
        editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_back(self) -> None:
        """Give the frame back and go."""
        self._host.removeEventFilter(self)
        self.hide()
        self._editor.end_large()
        self.deleteLater()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Qt: as large as the page."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False


def advice(least: int, most: int) -> str:
    """``建议 600–1000``, with one bound only ``建议 600 以上`` or ``建议 1000 以内``; empty for none."""
    if least and most:
        return f"建议 {least}–{most}"
    if least:
        return f"建议 {least} 以上"
    return f"建议 {most} 以内" if most else ""
