"""The pages of the material with their bar above, and below what stands at the answer that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Rule, Surface, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.marked_pages import MarkedPages, PageMark
from pilotdesk.ui.desk.material_drawing import MaterialDrawing
from pilotdesk.ui.desk.pages_bar import PagesBar
from pilotdesk.ui.look.severity import MARKS
from pilotdesk.ui.navigation.search import find
from pilotdesk.ui.preview.page_view import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent

    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.forms.model import Form
    from pilotdesk.review.desk.material import Drawn
    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Runner

SOON_MS: Final = 150


class _HandedIn:
    """Answers that somebody handed in, to be searched."""

    def __init__(self, form: Form, drawn: Drawn | None) -> None:
        self.form = form
        self._irrelevant = frozenset(drawn.irrelevant) if drawn is not None else frozenset()

    def is_relevant(self, name: str) -> bool:
        return name not in self._irrelevant


class MaterialPages(Surface):
    """Drawn when it is asked for; the answer looked at is framed.

    Signals:
        say_wanted: something is to be said of a path.

    Attributes:
        path: of the answer looked at; empty for none.
    """

    say_wanted = Signal(str)

    def __init__(self, look: Look, sitting: Sitting, *, runner: Runner) -> None:
        super().__init__("sunken")
        self._look = look
        self._sitting = sitting
        self._dossier: Dossier | None = None
        self._document = ""
        self._found = 0
        self.path = ""
        self.drawing = MaterialDrawing(sitting.pack, runner)
        self.view = MarkedPages(look)
        self.bar = PagesBar(look, self.view)
        self.said = WrappedLabel(look, "", "small", "text")
        self.say = Button(look, "写意见", icon="message", small=True)
        self._waiting = WrappedLabel(look, "", "body", "text2")
        self._strip = Surface("surface")
        self._stack = QStackedWidget()
        self._soon = QTimer(self, singleShot=True)
        self.setFocusProxy(self.view)
        self._build()
        self._connect()

    def _build(self) -> None:
        line = row(spacing=10)
        line.addWidget(self.said, 1)
        line.addWidget(self.say)
        line.setContentsMargins(14, 6, 14, 6)
        self._strip.setLayout(line)
        self._strip.hide()
        waiting = Surface("sunken")
        middle = QVBoxLayout(waiting)
        middle.setContentsMargins(48, 48, 48, 48)
        middle.addWidget(self._waiting)
        middle.addStretch(1)
        self._stack.addWidget(waiting)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(Rule())
        layout.addWidget(self._stack, 1)
        layout.addWidget(Rule())
        layout.addWidget(self._strip)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._draw)
        self.drawing.drawn.connect(self._on_drawn)
        self.drawing.failed.connect(self._on_failed)
        self.drawing.progressed.connect(self._on_progress)
        self.view.wanted.connect(self._on_wanted)
        self.view.clicked.connect(self._on_clicked)
        self.bar.document_chosen.connect(self._on_document)
        self.say.clicked.connect(self._on_say)

    # -- shown -----------------------------------------------------------------------------------

    def show_one(self, dossier: Dossier, *, soon: bool = False) -> None:
        """Draw the material of a submission, from its first page; of the one shown already only what is new of it.

        Args:
            dossier: of the desk.
            soon: in a moment only, because the reviewer may be walking on.
        """
        was = self._dossier
        mark = (dossier.row.key, dossier.row.handed, dossier.submission.values)
        if (
            was is not None
            and mark == (was.row.key, was.row.handed, was.submission.values)
            and self.drawing.result
        ):
            self.show_marks(dossier)
            return
        self._dossier = dossier
        self.bar.show_documents(documents_of(self._form))
        self._document = documents_of(self._form)[0].name
        self._look_at("")
        self.view.verticalScrollBar().setValue(0)
        self.drawing.stop()
        self._stack.setCurrentIndex(0)
        if soon:
            self._soon.start(SOON_MS)
        else:
            self._draw()

    def show_marks(self, dossier: Dossier) -> None:
        """Show what was found and said now."""
        self._dossier = dossier
        self.view.show_marks(tuple(self._marks()))
        self._show_strip()

    def go_to(self, path: str) -> None:
        """Look at an answer, in the document that prints it."""
        self._look_at(path)
        document = self._document_of(path)
        if document != self._document:
            self._document = document
            self.bar.show_document(document)
            self._draw()
        else:
            self._frame()

    def search(self, text: str) -> None:
        """Look at the field that fits best; asked again, at the next that fits."""
        places = find(_HandedIn(self._form, self.drawing.result), text) if self._dossier else ()
        if places:
            self.go_to(places[self._found % len(places)].path)
            self._found += 1
        else:
            self._strip.setVisible(True)
            self.say.hide()
            self.said.set_text(f"没有找到“{text.strip()}”。可以写编号，如 5.1，或栏目名里的字。")

    def forget_search(self) -> None:
        """Something else is searched for."""
        self._found = 0

    def stop(self) -> None:
        """Nothing is drawn any more."""
        self._soon.stop()
        self.drawing.stop()
        self._dossier = None

    def close_page(self) -> None:
        """Drop the drawn files."""
        self.drawing.close()

    # -- drawing ---------------------------------------------------------------------------------

    @property
    def _form(self) -> Form:
        name = self._dossier.row.form if self._dossier is not None else next(iter(self._sitting.pack.forms))
        return self._sitting.pack.forms[name]

    def _document_of(self, path: str) -> str:
        owner = path.partition("[")[0].partition(".")[0]
        first = documents_of(self._form)[0].name
        for step in self._form.steps:
            if any(field.name == owner for group in step.group for field in group.field):
                return step.document or first
        return self._document

    def _draw(self) -> None:
        self._soon.stop()
        if self._dossier is not None:
            self._waiting.set_text("正在排版……")
            self._stack.setCurrentIndex(0)
            self.drawing.draw(self._dossier, self._document, self._sitting.taken_from())

    def _on_progress(self, done: int, total: int) -> None:
        if total:
            self._waiting.set_text(f"正在排版，第 {done} 页，共 {total} 页")

    def _on_failed(self, sentence: str) -> None:
        self._waiting.set_text(sentence)
        self._stack.setCurrentIndex(0)

    def _on_drawn(self) -> None:
        result = self.drawing.result
        if result is None:
            return
        self.view.set_pages(result.pages)
        self.bar.show_pages(result.numbered, result.pages)
        self._stack.setCurrentIndex(1)
        self.view.show_marks(tuple(self._marks()))
        self._frame()

    def _on_wanted(self, index: int, scale: float) -> None:
        def show(image: PageImage) -> None:
            self.view.set_shape(index, image.width > image.height)
            self.view.show_picture(index, picture_of(image, self.devicePixelRatioF()))

        self.drawing.picture(index, scale, show)

    def _on_document(self, name: str) -> None:
        self._document = name
        self._look_at("")
        self._draw()

    # -- the answer looked at --------------------------------------------------------------------

    def _look_at(self, path: str) -> None:
        self.path = path
        self.view.show_spot(None)
        self._show_strip()

    def _frame(self) -> None:
        result = self.drawing.result
        if result is not None and self.path:
            self.view.show_spot(result.spot(self.path))
            self._show_strip()

    def _on_clicked(self, index: int, x: float, y: float) -> None:
        result = self.drawing.result
        path = result.at(index, x, y) if result is not None else ""
        if path and result is not None:
            self.path = path
            spot = result.spot(path)
            self.view.spot = spot  # it is in view: nothing is scrolled under the pointer
            self.view.viewport().update()
            self._show_strip()

    def _on_say(self) -> None:
        if self.path:
            self.say_wanted.emit(self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter writes about the answer looked at."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.path:
            self._on_say()
        else:
            super().keyPressEvent(event)

    def _show_strip(self) -> None:
        self._strip.setVisible(bool(self.path))
        self.say.setVisible(not self._sitting.is_look_only)
        dossier = self._dossier
        if not self.path or dossier is None:
            return
        try:
            lines = [f"**{number_and_label(self._form, self.path, dossier.submission.values)}**"]
        except KeyError:
            lines = [self.path]
        spot = self.view.spot
        if spot is not None and not spot.exact:
            lines[0] += "　没有填，框出的是它旁边"
        found = (*dossier.submission.findings, *dossier.crossed)
        lines += [f"{MARKS[one.severity].word}：{one.sentence}" for one in found if one.path == self.path]
        here = [
            one for one in dossier.opinions if one.place == self.path and one.number == dossier.row.handed
        ]
        lines += [f"给单位的话：“{one.text}”" for one in here]
        self.said.set_text("\n".join(lines))

    def _marks(self) -> Iterator[PageMark]:
        """One symbol a line: the gravest of what was found there, or that something was said of it."""
        dossier, result = self._dossier, self.drawing.result
        if dossier is None or result is None:
            return
        found = sorted(
            (*dossier.submission.findings, *dossier.crossed),
            key=lambda one: list(Severity).index(one.severity),
        )
        marks = [(one.path, MARKS[one.severity].icon, str(MARKS[one.severity].tone)) for one in found]
        here = [one.place for one in dossier.opinions if one.number == dossier.row.handed]
        marks += [(place, "message", "primary") for place in here if not place.startswith("point:")]
        taken: set[tuple[int, float]] = set()
        for path, icon, tone in marks:
            spot = result.spot(path) if path else None
            if spot is not None:
                box = spot.boxes[0]
                line = (box.page, round(box.top, 2))
                if line not in taken:
                    taken.add(line)
                    yield PageMark(box, icon, tone)
