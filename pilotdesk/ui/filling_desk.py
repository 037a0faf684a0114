"""套用正式模板 of an open draft: a form is chosen, its mapping looked over, the form filled and what became of it said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk.ui.components import Button, Surface, row
from pilotdesk.ui.components_text import WrappedLabel
from pilotdesk.ui.dialogs import Dialog, guarded
from pilotdesk.ui.file_dialogs import ask_filled_target, ask_mapping, ask_mapping_target, ask_template

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.documents.filling.filling import Filled, Unplaced
    from pilotdesk.ui.filling_dialog import FillingDialog
    from pilotdesk.ui.filling_work import TemplateWork
    from pilotdesk.ui.main_window import MainWindow
    from pilotdesk.ui.services import Services
    from pilotdesk.ui.theme import Look
    from pilotdesk.ui.workspace import Workspace

WORDS: Final = "套用正式模板…"
USE: Final = "把内容填进系统里下载的 Word 表，表的格式一点不动"
WHY: Final = {"no_place": "模板里没有它的地方", "not_sure": "只是猜的，没有填", "no_fit": "那个地方放不下"}


class FillingDesk(QObject):
    """Shows the dialog and does what it asks for."""

    def __init__(self, main: MainWindow, workspace: Workspace, services: Services) -> None:
        super().__init__(workspace)
        self._main = main
        self._workspace = workspace
        self._look = services.look
        self._clock = services.clock

    def ask(self) -> None:
        """Ask for a template and open it."""
        source = ask_template(self._main)
        if source is not None:
            guarded(self._main, self._look, self.open, source)

    def open(self, source: Path) -> None:
        """Show a template with what will stand where.

        Raises:
            PackageError: it is no .docx that can be filled; an old .doc is answered with how to save it as .docx.
        """
        from pilotdesk.documents.filling.installed import mapping_for
        from pilotdesk.documents.opened import OpenedDocx
        from pilotdesk.ui.filling_dialog import FillingDialog
        from pilotdesk.ui.filling_work import TemplateWork

        session = self._workspace.session
        opened = OpenedDocx.open(source)
        mapping = mapping_for(
            opened, session.form, round_name=session.pack.round.name, today=self._clock.today()
        )
        work = TemplateWork(opened, mapping, session.form, session.freeze())
        dialog = FillingDialog(self._main, self._look, work)
        for wanted, action in (
            (dialog.read_wanted, self._read),
            (dialog.write_wanted, self._write),
            (dialog.fill_wanted, self._fill),
        ):
            wanted.connect(partial(self._guarded, action, dialog, work, source))
        dialog.finished.connect(dialog.deleteLater)
        dialog.grow_within(self._main, self._main.height())
        dialog.open()

    def _guarded(self, *given: object) -> None:
        action, dialog, *rest = given
        guarded(dialog, self._look, action, dialog, *rest)  # type: ignore[arg-type]

    # -- mappings --------------------------------------------------------------------------------

    def _read(self, dialog: FillingDialog, work: TemplateWork, _source: Path) -> None:
        from pilotdesk.documents.filling.installed import mapping_for

        path = ask_mapping(dialog)
        if path is None:
            return
        session = self._workspace.session
        work.mapping = mapping_for(
            work.opened,
            session.form,
            round_name=session.pack.round.name,
            today=self._clock.today(),
            given=path,
        )
        dialog.renew()

    def _write(self, dialog: FillingDialog, work: TemplateWork, source: Path) -> None:
        from pilotdesk.documents.filling.mapping import write_mapping

        target = ask_mapping_target(dialog, f"{source.stem}-对应.toml")
        if target is not None:
            write_mapping(work.mapping, target)

    # -- filling ---------------------------------------------------------------------------------

    def _fill(self, dialog: FillingDialog, work: TemplateWork, source: Path) -> None:
        """Fill a fresh copy of the template, so that the one on the desk stays empty."""
        from pilotdesk.documents.filling.filling import fill
        from pilotdesk.documents.filling.installed import keep_mapping
        from pilotdesk.documents.filling.mapping import require_fit
        from pilotdesk.documents.filling.saving import save_filled
        from pilotdesk.documents.opened import OpenedDocx
        from pilotdesk.forms.aliases import read_aliases
        from pilotdesk.forms.installed import current_folder

        target = ask_filled_target(dialog, f"{source.stem}（已填）.docx")
        if target is None:
            return
        session = self._workspace.session
        opened = OpenedDocx.open(source)
        require_fit(work.mapping, sha256=opened.sha256, form=session.form, name=opened.name)
        aliases = read_aliases(current_folder(session.pack.round.name), session.form.head.name)
        filled = fill(opened, work.mapping, session.form, session.freeze(), aliases)
        save_filled(opened, filled, target)
        if dialog.remember.isChecked():
            keep_mapping(work.mapping)
        dialog.accept()
        result = FilledDialog(self._main, self._look, filled, target)
        result.finished.connect(result.deleteLater)
        result.open()


class FilledDialog(Dialog):
    """What became of the answers: how many stand in the form, and every one that does not, with why."""

    def __init__(self, parent: QWidget, look: Look, filled: Filled, target: Path) -> None:
        said = f"填了 {len(filled.placed)} 处，重新打开核对过，一致。存在 {target.name}。"
        super().__init__(parent, look, "填好了", said, "circle-check-filled")
        if filled.unplaced:
            self._list(filled.unplaced)
        opening = Button(look, "打开文件夹", icon="folder")
        folder = QUrl.fromLocalFile(str(target.parent))
        opening.clicked.connect(partial(QDesktopServices.openUrl, folder))
        closing = Button(look, "看完了", "primary")
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        self.body.addLayout(row(opening, None, closing))
        self.grow_within(parent, look.scaled(260))

    def _list(self, unplaced: tuple[Unplaced, ...]) -> None:
        head = f"**还有 {len(unplaced)} 栏没有填进去**，要用的请在 Word 里补上："
        self.body.addWidget(WrappedLabel(self.look, head, "body", "text"))
        ground = Surface("sunken")
        column = QVBoxLayout(ground)
        for one in unplaced:
            guess = f"（像是“{one.label}”）" if one.label else ""
            said = f"{one.name}：{WHY[one.why]}{guess}".replace("*", "＊")
            column.addWidget(WrappedLabel(self.look, said, "small", "text"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        area.setMinimumHeight(self.look.scaled(90))
        area.setAccessibleName("没有填进去的栏目")
        self.body.addWidget(area, 1)
