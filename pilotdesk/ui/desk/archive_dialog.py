"""推荐材料包: the originals of what is recommended in one zip; what can no longer be found is said before it is left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QListWidget

from pilotdesk.errors import ExportError
from pilotdesk.review.desk.remarks import not_passed
from pilotdesk.review.desk.sources import sources_of
from pilotdesk.review.outputs.summary_table import in_table_order
from pilotdesk.ui.components.basic import Button, Card, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.paper_dialog import PaperDialog, caption
from pilotdesk.ui.desk.paper_target import PaperTarget
from pilotdesk.ui.dialogs.asking import ask_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.review.outputs.archive import MadeArchive
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

NAME: Final = "推荐材料包"
TEXT: Final = "推荐项目收到的原件，一个项目一个文件夹，附材料清单和 SHA-256 校验值。打好以后逐个读回核对。"
_ROWS: Final = 3
_KEPT, _FOLDERS = "archive", "folders"
"""Under these names the list is kept, where it was changed."""


class ArchiveDialog(PaperDialog):
    """Asks where the originals are.

    Attributes:
        folders: the list of them. add, remove: its buttons.
        incomplete: shown once something could not be found; packs the rest.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        sitting = office.sitting
        stem = f"{sitting.desk.settings()['province']}{NAME}_{office.clock.today():%Y%m%d}"
        target = PaperTarget(office.look, office.folder, stem, (".zip",))
        super().__init__(
            parent, office, title=NAME, text=TEXT, icon="file-zip", start="打材料包", target=target
        )
        look = office.look
        picks = sitting.desk.picks()
        self._keys = in_table_order(sitting.pack.round, picks)
        count = len(picks)
        self.asked.addWidget(WrappedLabel(look, f"**{count} 个推荐项目**，按推荐顺序打包。", "small", "text"))
        for remark in not_passed(sitting.rows.values()):
            self.asked.addWidget(WrappedLabel(look, remark, "small", "warn"))
        self.folders = QListWidget()
        self.folders.setFixedHeight(look.metric("table_row") * _ROWS)
        self.asked.addWidget(caption("原件在这些文件夹里", self.folders))
        box = Card(margins=(1, 1, 1, 1), tight=True)
        box.body.addWidget(self.folders)
        self.asked.addWidget(box)
        self.add = Button(look, "加文件夹", small=True, icon="folder-plus")
        self.add.clicked.connect(self._on_add)
        self.remove = Button(look, "去掉选中的", small=True)
        self.remove.clicked.connect(self._on_remove)
        self.asked.addLayout(row(self.add, self.remove, None))
        self.incomplete = OptionRow(
            look, "tick", "缺的先不要，其余的照样打包", "清单里写明缺了哪几个、为什么"
        )
        self.incomplete.hide()
        self.asked.addWidget(self.incomplete)
        self.asked.addStretch(1)
        self._at_first = "\n".join(map(str, sources_of(sitting.desk)))
        typed = office.kept.typed(_KEPT).get(_FOLDERS, self._at_first)
        for path in filter(None, typed.splitlines()):
            self.add_folder(Path(path))

    def add_folder(self, path: Path) -> None:
        """Look for originals there too."""
        known = {self.folders.item(at).text() for at in range(self.folders.count())}
        if str(path) not in known:
            self.folders.addItem(str(path))

    def places(self) -> tuple[Path, ...]:
        """Where originals are looked for."""
        return tuple(Path(self.folders.item(at).text()) for at in range(self.folders.count()))

    def keep_typed(self) -> None:
        """See :class:`PaperDialog`."""
        listed = "\n".join(map(str, self.places()))
        self.office.kept.write(_KEPT, {_FOLDERS: listed} if listed not in {"", self._at_first} else {})

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        places = tuple(path for path in self.places() if path.exists())
        if not places:
            raise ExportError("archive_no_folder")
        sitting, keys, whole = self.office.sitting, self._keys, not self.incomplete.isChecked()
        path, pack, today = sitting.desk.path, sitting.pack, self.office.clock.today()
        target = self.target.folder / f"{self.target.stem}.zip"

        def work(progress: Progress) -> Stored:
            from pilotdesk.review.desk.looking import desk_looked_at
            from pilotdesk.review.outputs.of_desk import archive_of
            from pilotdesk.review.outputs.storing import Stored

            progress(0, 1)
            with desk_looked_at(path) as desk:
                archive = archive_of(desk, pack, keys, places, today)
            made = archive.make(target, incomplete=not whole, progress=progress)
            return Stored(target.parent, (target,), _remarks(made))

        return work

    def _on_add(self) -> None:
        folder = ask_folder(self, "收件时的文件夹", str(self.office.folder))
        if folder is not None:
            self.add_folder(folder)
            self.keep_typed()

    def _on_remove(self) -> None:
        for one in self.folders.selectedItems():
            self.folders.takeItem(self.folders.row(one))
        self.keep_typed()

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self.incomplete.setVisible(self.incomplete.isVisible() or trouble.code == "archive_lacking")
        super()._on_failed(trouble)


def _remarks(made: MadeArchive) -> tuple[str, ...]:
    """What is not in it, by its place."""
    return tuple(f"没有打包：{one.place}，{one.reason}。" for one in made.lacking)
