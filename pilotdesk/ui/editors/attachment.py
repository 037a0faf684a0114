"""The editor of attached files: a list with 加文件, 打开 and 移除; files can also be dropped on it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.values import Attachment
from pilotdesk.ui.components.basic import Button, Label, SymbolLabel, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.file_asking import open_names
from pilotdesk.ui.editors.base import FieldEditor, Place
from pilotdesk.ui.tasks.evidence_files import TakeIn, TakenIn, sorted_paths

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

ADVICE: Final = "也可以把文件拖到这里。"
KINDS: Final = "PDF、图片、Word、Excel (*.pdf *.jpg *.jpeg *.png *.docx *.xlsx);;所有文件 (*)"


def ask_files(parent: QWidget) -> list[str]:
    """Let the user point at files; empty when nothing was chosen."""
    return open_names(parent, "选要附上的文件", KINDS)


def open_file(path: Path) -> bool:
    """Show a file in the program that the desktop has for it; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def size_words(size: int) -> str:
    """``820 KB``, ``1.2 MB``; bytes in."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _under(kept: Attachment, file: Attachment) -> str:
    """``，叫“…”``: the name under which a content is kept; empty when it is the same name."""
    return "" if kept.file_name == file.file_name else f"，叫“{kept.file_name}”"


class AttachmentEditor(FieldEditor):
    """Files kept with the draft."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        look = place.look
        self.setAcceptDrops(True)
        self._add = Button(look, "加文件", icon="paperclip", small=True)
        self._advice = WrappedLabel(look, ADVICE, "small", "text3")
        self._trouble = WrappedLabel(look, "", "small", "warn")
        self._trouble.hide()
        self._frame = QFrame()
        self._lines = QVBoxLayout(self._frame)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._frame)
        line = row(self._add, spacing=10)
        line.addWidget(self._advice, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(line)
        layout.addWidget(self._trouble)
        self._add.clicked.connect(self.ask)
        self.show_value()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files kept now."""
        value = self.place.value
        return (
            tuple(file for file in value if isinstance(file, Attachment)) if isinstance(value, tuple) else ()
        )

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self._add

    def focus_area(self) -> QRect:
        """See :class:`FieldEditor`: the button, and what is said of files below it."""
        area = super().focus_area()
        return area.united(self._trouble.geometry()) if self._trouble.isVisible() else area

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        while self._lines.count():
            old = self._lines.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for at, file in enumerate(self.files):
            self._lines.addWidget(self._line(at, file))
        self._frame.setVisible(bool(self.files))

    def _line(self, at: int, file: Attachment) -> QWidget:
        look = self.place.look
        line = QWidget()
        shown = Button(look, "打开", "link", small=True, name=f"打开{file.file_name}")
        gone = Button(look, "移除", "link", small=True, name=f"移除{file.file_name}")
        for button, slot in ((shown, self._on_open), (gone, self._on_remove)):
            button.setProperty("at", at)
            button.clicked.connect(slot)
        name = ElidedLabel(file.file_name)
        content = row(
            SymbolLabel(look, "file", "text2"), name, Label(size_words(file.size), "small", "text2")
        )
        for widget in (None, shown, gone):
            if widget is None:
                content.addStretch(1)
            else:
                content.addWidget(widget)
        line.setLayout(content)
        return line

    # -- adding ----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for files and add them."""
        self.add_files([Path(name) for name in ask_files(self)])

    def add_files(self, paths: list[Path]) -> None:
        """Add files from disk; what cannot be added is said below, the others are added."""
        if not paths:
            return
        services = self.place.services
        self._say()
        self._advice.set_text("正在看文件……")
        services.runner.run(TakeIn(sorted_paths(paths), services.attachments.keeper()), self._on_taken)

    def _on_taken(self, taken: TakenIn) -> None:
        if not isValid(self):  # the page was closed meanwhile
            return
        kept, said = list(self.files), list(taken.troubles)
        for file in taken.files:
            same = next((one for one in kept if one.sha256 == file.sha256), None)
            if same is not None:
                said.append(f"“{file.file_name}”这里已经有了{_under(same, file)}，没有再加一份。")
                continue
            if any(one.file_name == file.file_name for one in kept):
                said.append(f"“{file.file_name}”有两份，内容不一样。旧的不要了，就点它后面的“移除”。")
            self.place.services.attachments.claim(file)
            kept.append(file)
        self._advice.set_text(ADVICE)
        self._say(*said)
        if tuple(kept) != self.files:
            self.write(tuple(kept))
            self.show_value()
        # The lines above have pushed down what was in view; where it stands is known once they are laid out.
        QTimer.singleShot(0, self, self.place_moved.emit)

    @property
    def trouble(self) -> str:
        """What is said of files that could not be added or opened; empty for nothing."""
        return self._trouble.plain

    def _say(self, *troubles: str) -> None:
        self._trouble.set_text("\n".join(troubles))
        self._trouble.setVisible(bool(troubles))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped; an update is the window's."""
        from pilotdesk.ui.tasks.update_files import update_in

        if event.mimeData().hasUrls() and update_in(event.mimeData()) is None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: add what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.add_files(paths)
        event.acceptProposedAction()

    # -- the lines -------------------------------------------------------------------------------

    def _on_open(self) -> None:
        """Write the file into a folder of its own and have the desktop show it."""
        file = self.files[int(self.sender().property("at"))]
        try:
            content = self.place.services.attachments.content(file.sha256)
            path = Path(tempfile.mkdtemp(prefix="pilotdesk-")) / Path(file.file_name).name
            path.write_bytes(content)
        except OSError:
            self._say(f"“{file.file_name}”暂时打不开：临时文件夹写不进去。腾出一些地方再试。")
        except PilotDeskError as trouble:
            self._say(str(trouble))
        else:
            if not open_file(path):
                self._say(f"这台电脑上没有程序能打开“{file.file_name}”。文件在 {path}。")

    def _on_remove(self) -> None:
        at = int(self.sender().property("at"))
        gone = self.files[at]
        self.write((*self.files[:at], *self.files[at + 1 :]) or None)
        self.show_value()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        toasts = self.place.services.toasts
        toasts.show_done(f"移除了“{gone.file_name}”", "撤销  Ctrl+Z", partial(self._put_back, at, gone))

    def _put_back(self, at: int, gone: Attachment) -> None:
        """Bring a file back, whatever has been added since."""
        if gone not in self.files:
            self.write((*self.files[:at], gone, *self.files[at:]))
            self.show_value()
