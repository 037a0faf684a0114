"""A page of an attached file as a picture, drawn in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, row

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.values import Attachment
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Progress

OFFICE_WORDS = "Word、Excel 文件不在这里显示。\n点“打开”看；合订时占一页，原件附在里面。"

NO_FILE = "还没有文件。\n把文件拖到这里，或点“加文件”。"


class Paper(QWidget):
    """The picture, in the middle, or a few words in its place."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None
        self.words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_image(self) -> bool:
        """Whether a page is shown."""
        return self._image is not None

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show a page; ``None`` for the words."""
        self._image, self.words = image, words
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a sheet of A4."""
        return QSize(self._look.scaled(230), self._look.scaled(320))

    def minimumSizeHint(self) -> QSize:
        """Qt: small in low windows."""
        return QSize(self._look.scaled(120), self._look.scaled(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: sunken ground, white paper, a thin line around it."""
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.color("sunken"))
        if self._image is None:
            painter.setPen(look.color("text2"))
            painter.setFont(look.font("small"))
            inside = self.rect().adjusted(12, 12, -12, -12)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self._image)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class FilePreview(QWidget):
    """One page of a file, with buttons that turn the pages.

    Attributes:
        page: number of the page shown, from 1.
        nothing: words in place of a page while there is no file.

    Signals:
        turned: another page or file is shown.
    """

    turned = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        look = services.look
        self._services = services
        self._file: Attachment | None = None
        self._drawn: tuple[str, int, int, int] | None = None
        self.page = 1
        self.nothing = NO_FILE
        self.paper = Paper(look)
        self.back = Button(look, "", "ghost", icon="chevron-left", small=True, name="上一页")
        self.forth = Button(look, "", "ghost", icon="chevron-right", small=True, name="下一页")
        self.count = Label("", "small", "text2")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.paper, 1)
        layout.addLayout(row(None, self.back, self.count, self.forth, None, spacing=6))
        self.back.clicked.connect(self.turn_back)
        self.forth.clicked.connect(self.turn_forth)
        look.changed.connect(self._draw)
        self.show_file(None)

    def show_file(self, file: Attachment | None, page: int = 1) -> None:
        """Show a page of a file; ``None`` for no file."""
        if file != self._file:
            self._drawn = None
        self._file = file
        self.page = max(1, min(page, max(1, file.pages if file else 1)))
        self._say()
        self._draw()
        self.turned.emit()

    def turn_back(self) -> None:
        """The page before."""
        self.show_file(self._file, self.page - 1)

    def turn_forth(self) -> None:
        """The page after."""
        self.show_file(self._file, self.page + 1)

    def _say(self) -> None:
        from pilotdesk.documents.previews import has_picture

        pages = self._file.pages if self._file is not None else 0
        turns = pages > 1
        for button in (self.back, self.forth):
            button.setVisible(turns)
        self.back.setEnabled(self.page > 1)
        self.forth.setEnabled(self.page < pages)
        self.count.setText(f"第 {self.page} 页，共 {pages} 页" if turns else "")
        if self._file is None:
            self.paper.show_image(None, self.nothing)
        elif not has_picture(self._file.media_type):
            self.paper.show_image(None, OFFICE_WORDS)

    def _draw(self) -> None:
        """Have the page drawn for the size there is now, unless it is there already."""
        from pilotdesk.documents.previews import has_picture

        file, paper = self._file, self.paper
        if file is None or not has_picture(file.media_type) or not paper.isVisible():
            return
        ratio = self.devicePixelRatioF()
        wanted = (file.sha256, self.page, round(paper.width() * ratio), round(paper.height() * ratio))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        read = self._services.attachments.reader()
        sha256, index, width, height = wanted[0], wanted[1] - 1, wanted[2], wanted[3]

        def work(_progress: Progress) -> PageImage | None:
            from pilotdesk.documents.previews import page_picture

            return page_picture(read(sha256), file.media_type, index, width, height)

        def done(image: PageImage | None) -> None:
            if wanted == self._drawn:
                self._show(image)

        def failed(trouble: PilotDeskError) -> None:
            if wanted == self._drawn:
                paper.show_image(None, str(trouble))

        self._services.runner.run(work, done, failed=failed)

    def _show(self, image: PageImage | None) -> None:
        if image is None:
            self.paper.show_image(None, "这一页显示不出来。")
            return
        shown = QImage(
            image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888
        )
        self.paper.show_image(shown.copy())  # the bytes go with the message

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a picture for the new size."""
        super().resizeEvent(event)
        self._draw()

    def showEvent(self, event: object) -> None:
        """Qt: nothing is drawn before it is seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._draw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the wheel turns pages."""
        (self.turn_back if event.angleDelta().y() > 0 else self.turn_forth)()
        event.accept()
