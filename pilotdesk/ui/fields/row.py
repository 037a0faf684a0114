"""One field on the page: ``2.2 统一社会信用代码 *`` and a note above, the editor, and what is to be said below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.forms.values import field_name
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.editors.by_kind import make_editor
from pilotdesk.ui.editors.issues import IssueStack, short_words
from pilotdesk.ui.fields.carried import carried_note
from pilotdesk.ui.look.plain_text import escaped
from pilotdesk.ui.look.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pilotdesk.forms.model import Field
    from pilotdesk.session import Change, Session
    from pilotdesk.ui.editors.base import Place
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Role

ISSUE_DELAY_MS: Final = 800
FLASH_MS: Final = 1_200
LABEL_EM: Final = 1.5
NOTE_GAP: Final = 8
FULL_TYPES: Final = frozenset({"longtext", "table", "tree", "attachment", "statement", "signature"})
SHORT_PX: Final = {"text": 150, "integer": 190, "decimal": 190, "date": 190, "month": 190, "month_range": 290}
"""Widths of ``short`` fields by type, px at 标准; others take the width of their column."""
UNASKED: Final = frozenset({"statement", "signature", "calculated"})
"""Types that a person does not answer: neither * nor 选填."""


class Span(NamedTuple):
    """A run of text in a label of several sizes and colours."""

    text: str
    role: Role
    tone: str
    weight: int = 400


class SpanLabel(QLabel):
    """A label of several runs that wraps as one; never wider than it is given."""

    def __init__(self, look: Look, *spans: Span) -> None:
        super().__init__()
        self._look = look
        self._spans: tuple[Span, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_spans(*spans)
        look.changed.connect(self._set)

    @property
    def plain(self) -> str:
        """The words of all runs."""
        return "".join(span.text for span in self._spans)

    @property
    def natural_width(self) -> int:
        """Width of all runs on one line, px."""
        look = self._look
        return sum(
            QFontMetrics(look.font(span.role, span.weight)).horizontalAdvance(span.text)
            for span in self._spans
        )

    def set_spans(self, *spans: Span) -> None:
        """Show other runs."""
        if spans != self._spans:
            self._spans = spans
            self._set()

    def _set(self) -> None:
        look = self._look
        runs = "".join(
            f'<span style="font-size:{look.px(span.role)}px;font-weight:{span.weight};'
            f'color:{look.theme.palette.color(span.tone)}">{_kept(span.text)}</span>'
            for span in self._spans
        )
        high = round(max((look.px(span.role) for span in self._spans), default=14) * LABEL_EM)
        self.setText(f'<p style="margin:0;line-height:{high}px;-qt-line-height-type:fixed">{runs}</p>')
        self.updateGeometry()


class FieldHead(QWidget):
    """Number, label, ``*`` or 选填 at the left; the note and what else belongs there at the right."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self.label = SpanLabel(place.look)
        self.note = SpanLabel(place.look)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(NOTE_GAP)
        self._line.addWidget(self.label, 1)
        self._line.addWidget(self.note, 1, Qt.AlignmentFlag.AlignBottom)

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_label(self, tail: str) -> None:
        """Show the label as the field is now; ``tail`` are a few words after it."""
        field = self._place.field
        spans = [Span(f"{field.number}  ", "tiny", "text3")] if field.number else []
        label = field.label
        if field.type == "person" and len(field.parts) == 2:
            label = f"{label}：{' / '.join(part.label for part in field.parts)}"
        spans.append(Span(label, "body", "text", 500))
        asked = is_answered(field)
        if asked and self._place.session.engine.is_required(self._place.path):
            spans.append(Span("  *", "body", "error", 700))
        elif asked:
            spans.append(Span("  选填", "tiny", "text2"))
        if tail:
            spans.append(Span(f"  {tail}", "small", "text2"))
        self.label.set_spans(*spans)
        self._share()

    def show_note(self, remark: str) -> None:
        """Show what the editor remarks, else the note of the pack."""
        field = self._place.field
        calculated = bool(field.calculation) or field.type == "calculated"
        known = "自动算出" if calculated else "带入" if field.fixed else ""
        text = remark or field.note or known or carried_note(self._place.session, self._place.path)
        self.note.set_spans(Span(text, "small" if remark else "tiny", "text2"))
        self.note.setVisible(bool(text))
        self._share()

    @property
    def natural_width(self) -> int:
        """Width in which neither label nor note wraps, px."""
        noted = NOTE_GAP + self.note.natural_width + 2 if self.note.plain else 0
        return self.label.natural_width + 2 + noted

    def _share(self) -> None:
        """Both wrap only when the two together do not fit on one line."""
        self._line.setStretch(0, self.label.natural_width + 8)
        self._line.setStretch(1, self.note.natural_width + 8)


class FieldRow(QWidget):
    """A field with everything that belongs to it.

    Signals:
        request_go_to, request_page: the editor or an issue wants to go elsewhere.
        sources_requested: path whose sources the user wants to see.
        finished: Enter in the editor.
        place_moved: path inside the field that has the focus now.
    """

    request_go_to = Signal(str)
    request_page = Signal(str)
    sources_requested = Signal(str)
    finished = Signal()
    place_moved = Signal(str)

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.touched = False
        self._short = place.field.width == "short" and place.field.type in SHORT_PX
        self._flashing = False
        self._wait = QTimer(self, singleShot=True, interval=ISSUE_DELAY_MS)
        self._wait.timeout.connect(self._on_waited)
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self.head = FieldHead(place)
        self.editor = make_editor(place)
        self.issues = IssueStack(place.look, place.session)
        self._build()
        self._connect()
        self.show_head()
        self._is_checked = False
        self._show_first()

    def _build(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        beside = self.editor.head_widget()
        if beside is not None:
            self.head.add(beside)
        for widget in (self.head, self.editor):
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(0)
            line.addWidget(widget, 1)
            if self._short:
                line.addStretch(0)
            layout.addLayout(line)
            layout.addSpacing(4 if widget is self.head else 0)
        layout.addWidget(self.issues)
        self.head.label.setBuddy(self.editor.focus_target())
        self._fit_short()

    def _connect(self) -> None:
        editor = self.editor
        editor.edited.connect(self._on_edited)
        editor.finished.connect(self.finished)
        editor.request_go_to.connect(self.request_go_to)
        editor.request_page.connect(self.request_page)
        editor.remarked.connect(self._show_note)
        editor.place_moved.connect(self._on_place_moved)
        self.issues.request_page.connect(self.request_page)
        self.issues.answered.connect(self._on_waited)
        self.issues.request_go_to.connect(self.editor.go_to)
        self.issues.sources_requested.connect(self.sources_requested)
        self.place.look.changed.connect(self._fit_short)

    # -- what it is ------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The field that it stands for."""
        return field_name(self.place.path)

    @property
    def is_full(self) -> bool:
        """Whether it takes the whole width of the page."""
        field = self.place.field
        return field.width == "full" or field.type in FULL_TYPES or len(field.parts) > 2

    # -- told by the page ------------------------------------------------------------------------

    def take_change(self, change: Change) -> None:
        """Show what changed: value, issues, whether it is required."""
        self.editor.take_change(change)
        self._show_first()
        if self.place.field.carry and self.place.path in change.paths:
            self._show_note()
        if isinstance(self.place.field.required, str):
            self.show_head()
        if any(field_name(path) == self.name for path in change.issues):
            self._refresh(at_once=not self.editor_has_focus)

    def leave(self) -> None:
        """The focus has left: show the value as read, and say at once what is to be said."""
        self._set_touched()
        self._wait.stop()
        self.editor.commit()
        self._refresh(at_once=True)

    def go_to(self, path: str) -> QWidget:
        """Take the focus and be noticed; returns the widget to bring into view."""
        self._set_touched()
        self._refresh(at_once=True)
        self._flashing = True
        self._flash.start()
        self.update()
        return self.editor.go_to(path)

    def fill_height(self) -> None:
        """Take all the height there is, for a table or tree that is a pane of its own; issues in one line."""
        self.issues.set_compact()
        self._column.setStretch(self._column.count() - 2, 1)
        self.editor.fill_height()

    @property
    def editor_has_focus(self) -> bool:
        """Whether the user is writing here."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self.editor or self.editor.isAncestorOf(focused))

    # -- Qt --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+Enter answers a 请核实."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._refresh(at_once=True)
            self.issues.answer()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a quiet ground for a moment after a jump."""
        if self._flashing:
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.place.look.color("primary_bg"))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)

    # -- inside ----------------------------------------------------------------------------------

    def show_head(self) -> None:
        """Show label and note as the field is now."""
        self.head.show_label(self.editor.tail)
        self._show_note()
        self._describe()

    def _show_note(self) -> None:
        self.head.show_note(self.editor.remark)
        self._fit_short()

    def _describe(self) -> None:
        field = self.place.field
        must = "，必填" if self.place.session.engine.is_required(self.place.path) else ""
        said = [f"单位{field.unit}"] if field.unit else []
        said += [short_words(issue) for issue in self.issues.issues[:1]] or [field.hint.replace("\n", "")]
        self.editor.describe(f"{field.number} {field.label}{must}".strip(), "。".join(filter(None, said)))

    def _fit_short(self) -> None:
        """A short field ends with its editor; the note stands at the end of that, not of an empty column."""
        if self._short:
            width = self.place.look.scaled(SHORT_PX[self.place.field.type])
            self.editor.setMaximumWidth(width)
            self.head.setMaximumWidth(max(width, self.head.natural_width))

    def _set_touched(self) -> None:
        self.touched = True
        self.editor.set_visited()

    def _on_place_moved(self) -> None:
        self._refresh(at_once=True)
        self.place_moved.emit(self.editor.focus_path())

    def _on_edited(self) -> None:
        self._wait.start()
        self._refresh(at_once=False)

    def _on_waited(self) -> None:
        if self.editor.is_composing:
            self._wait.start()
        else:
            self._refresh(at_once=True)

    def _show_first(self) -> None:
        """Say what there is to say, as soon as the checks have run; a page is drawn before them."""
        if not self._is_checked and self.place.session.engine.is_checked:
            self._is_checked = True
            self._refresh(at_once=True)

    def _refresh(self, *, at_once: bool) -> None:
        """Take away what is solved; show what is new only ``at_once`` and once the field was visited."""
        found, total = self.editor.issues(unfilled=self.touched)
        if not at_once:
            kept = {(issue.code, issue.path) for issue in self.issues.issues}
            found = tuple(issue for issue in found if (issue.code, issue.path) in kept)
            total = min(total, len(found))
        engine = self.place.session.engine
        confirmed = {key.partition("@")[2] for key in self.place.session.accepted}
        paths = [path for path in self.editor.issue_paths if path in confirmed] if confirmed else []
        accepted = [pair for path in paths for pair in engine.accepted_at(path)]
        self.issues.show_issues(found, accepted, total=total)
        self.editor.mark_issue(found[0].severity if found else None)
        self._describe()

    def _end_flash(self) -> None:
        self._flashing = False
        self.update()


def has_work(session: Session, name: str) -> bool:
    """Whether a field is required and unanswered, or something in it is to be mended or confirmed."""
    return any(finding.severity is not Severity.HINT for _, finding in session.engine.findings(name))


def is_answered(field: Field) -> bool:
    """Whether a person answers the field, rather than reading it."""
    return field.type not in UNASKED and not field.calculation and not field.fixed


def _kept(text: str) -> str:
    """Text for rich text, runs of blanks kept."""
    return escaped(text).replace("  ", "\u00a0 ")
