"""The document itself beside the review: its pages, the files that came, and what changed. Nothing here can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout

from pilotdesk.errors import DeskError
from pilotdesk.ui.components.basic import Button, Rule, Surface, row
from pilotdesk.ui.desk.changes_view import ChangesView
from pilotdesk.ui.desk.files_view import FilesView
from pilotdesk.ui.desk.material_pages import MaterialPages

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.review.desk.records import Dossier
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Runner

PAGES, FILES, CHANGES = range(3)
TITLES: Final = ("申报材料", "报来的文件", "改动")


class MaterialView(Surface):
    """Shows the submission that the sitting looks at, as long as it is open.

    Args:
        look: the theme in force.
        sitting: the open desk.
        runner: draws off the window's thread.

    Signals:
        closed: Esc, or its button.
        say_wanted: something is to be said of a place.
    """

    closed = Signal()
    say_wanted = Signal(str)

    def __init__(self, look: Look, sitting: Sitting, *, runner: Runner) -> None:
        super().__init__("sunken")
        self._look = look
        self._sitting = sitting
        self._is_open = False
        self.pages = MaterialPages(look, sitting, runner=runner)
        self.files = FilesView(look)
        self.changes = ChangesView(look, sitting, runner=runner)
        self.search = QLineEdit()
        self.search.setAccessibleName("找栏目")
        self.search.setPlaceholderText("找栏目：5.1 或名称，Ctrl+F")
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(look.scaled(260))
        self.shut = Button(look, "", "ghost", icon="x", small=True, name="关上材料，Esc")
        self._tabs = [Button(look, title, "filter", small=True) for title in TITLES]
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        for at, tab in enumerate(self._tabs):
            self._group.addButton(tab, at)
        self._tabs[PAGES].setChecked(True)
        bar = Surface("surface")
        line = row(*self._tabs, 8, self.search, None, self.shut)
        line.setStretch(line.indexOf(self.search), 3)
        line.setContentsMargins(14, 6, 10, 6)
        bar.setLayout(line)
        for widget in (self.pages, self.files, self.changes):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(Rule())
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._sitting.shown.connect(self._on_shown)
        self._sitting.row_changed.connect(self._on_row_changed)
        self._sitting.changed.connect(self._on_changed)
        self._group.idClicked.connect(self._show_tab)
        self.shut.clicked.connect(self.close_view)
        self.search.returnPressed.connect(self._on_search)
        self.search.textEdited.connect(self.pages.forget_search)
        self.pages.say_wanted.connect(self.say_wanted)
        self.changes.say_wanted.connect(self.say_wanted)
        self.changes.place_wanted.connect(self.open_at)

    # -- what the page and keys ask for -------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether it follows the submission that is looked at."""
        return self._is_open

    def open_at(self, path: str = "") -> None:
        """Show the pages, and the answer at a path; with an empty one where they were left."""
        self._open(PAGES)
        if path:
            self.pages.go_to(path)
        self.pages.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, path: str) -> None:
        """Look at an answer where the pages are open; the focus stays where it is."""
        if self._is_open and self._stack.currentIndex() == PAGES:
            self.pages.go_to(path)

    def open_changes(self) -> None:
        """Show only what changed."""
        self._open(CHANGES)
        self.changes.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_files(self) -> None:
        """Show the files that came."""
        self._open(FILES)
        self.files.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_field(self) -> None:
        """Ctrl+F: a field by its number, words or pinyin initials."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def close_view(self) -> None:
        """Stop following, and say so."""
        self._is_open = False
        self.pages.stop()
        self.closed.emit()

    def close_page(self) -> None:
        """The desk is closed: drop the drawn files."""
        self._is_open = False
        self.pages.close_page()

    # -- inside ----------------------------------------------------------------------------------

    def _open(self, tab: int) -> None:
        was, self._is_open = self._is_open, True
        self._show_tab(tab)
        if not was:
            self._follow(soon=False)

    def _show_tab(self, tab: int) -> None:
        self._tabs[tab].setChecked(True)
        self._stack.setCurrentIndex(tab)

    def _on_shown(self, _key: str) -> None:
        self._follow(soon=True)

    def _follow(self, *, soon: bool) -> None:
        dossier = self._dossier() if self._is_open else None
        if dossier is None:
            return
        self.search.clear()
        self._show(dossier)
        self.pages.show_one(dossier, soon=soon)
        if self._stack.currentIndex() == CHANGES and dossier.row.handed < 2:
            self._show_tab(PAGES)

    def _on_row_changed(self, key: str) -> None:
        dossier = self._dossier() if self._is_open and key == self._sitting.current else None
        if dossier is not None:
            self.pages.show_marks(dossier)

    def _on_changed(self) -> None:
        dossier = self._dossier() if self._is_open else None
        if dossier is not None:
            self._show(dossier)
            self.pages.show_one(dossier)

    def _show(self, dossier: Dossier) -> None:
        count = len(dossier.submission.files)
        self._tabs[FILES].set_text(f"{TITLES[FILES]} {count}")
        self._tabs[CHANGES].set_text(f"{TITLES[CHANGES]} {dossier.row.changed}")
        self._tabs[CHANGES].setVisible(dossier.row.handed > 1)
        self.files.show_one(dossier.submission)
        self.changes.show_one(dossier)

    def _dossier(self) -> Dossier | None:
        try:
            return self._sitting.dossier()
        except DeskError as trouble:
            self._sitting.failed.emit(trouble)
            return None

    def _on_search(self) -> None:
        self._show_tab(PAGES)
        self.pages.search(self.search.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves the search, then closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.hasFocus():
            self._stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_view()
