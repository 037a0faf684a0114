"""Where a paper goes, and under which name: nothing that is there is replaced unless the user says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pilotdesk.forms.kit_pattern import safe_name
from pilotdesk.review.outputs.storing import free_stem
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import ask_folder
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look

_LONGEST: Final = 100


class PaperTarget(QWidget):
    """A folder, the names, and a tick to replace those that are there.

    Args:
        look: the theme in force.
        folder: where to at first.
        stem: name without its ending.
        endings: of the files, with their dot; ``("",)`` for a folder of files.

    Attributes:
        change: asks for another folder. replace: shown only where something of the name is there.
    """

    def __init__(self, look: Look, folder: Path, stem: str, endings: Sequence[str]) -> None:
        super().__init__()
        self._stem = safe_name(stem, longest=_LONGEST)
        self._endings = tuple(endings)
        self._others = ""
        self._folder = QLineEdit(str(folder))
        self._folder.setReadOnly(True)
        self._folder.setAccessibleName("存到的文件夹")
        self.change = Button(look, "更改", small=True, name="更改存到的文件夹")
        self.change.clicked.connect(self._on_change)
        self.replace = OptionRow(look, "tick", "换掉原来的", "里面手改过的字会没有")
        self.replace.toggled.connect(self._show_names)
        self._names = WrappedLabel(look, "", "small", "text2")
        caption = Label("存到", "small", "text2")
        caption.setBuddy(self._folder)
        self._place = place = row(spacing=6)
        place.addWidget(caption)
        place.addWidget(self._folder, 1)
        place.addWidget(self.change)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(place)
        lines.addWidget(self._names)
        lines.addWidget(self.replace)
        self._show_names()

    def stand_in_one_line(self) -> None:
        """Say the names beside the folder, not below it."""
        self._place.addWidget(self._names, 1, Qt.AlignmentFlag.AlignVCenter)

    @property
    def folder(self) -> Path:
        """Where it goes."""
        return Path(self._folder.text())

    @property
    def stem(self) -> str:
        """The name that it gets, without its ending."""
        if self.replace.isChecked() and self._is_taken():
            return self._stem
        return free_stem(self.folder, self._stem, self._endings)

    def set_stem(self, stem: str) -> None:
        """Give it another name."""
        self._stem = safe_name(stem, longest=_LONGEST)
        self._show_names()

    def set_endings(self, endings: Sequence[str], others: str = "") -> None:
        """Make other files of it; ``others`` says in words what all but the first are."""
        self._endings, self._others = tuple(endings), others
        self._show_names()

    def set_folder(self, folder: Path) -> None:
        """Put it somewhere else."""
        self._folder.setText(str(folder))
        self._show_names()

    def look_again(self) -> None:
        """See what is there now."""
        self._show_names()

    def _is_taken(self) -> bool:
        return free_stem(self.folder, self._stem, self._endings) != self._stem

    def _on_change(self) -> None:
        folder = ask_folder(self, "存到哪个文件夹", self._folder.text())
        if folder is not None:
            self.set_folder(folder)

    def _show_names(self) -> None:
        stem, taken = self.stem, self._is_taken()
        endings = "、".join(self._endings)
        named = f"“{stem}{endings}”" if len(self._endings) == 1 else f"“{stem}”（{endings}）"
        if self._others:
            named = f"“{stem}{self._endings[0]}”，{self._others}"
        there = f"已有“{self._stem}”，" if taken else ""
        what = "文件夹" if self._endings == ("",) else ""
        how = "换掉它：" if taken and self.replace.isChecked() else "另存为" if taken else "存为"
        self._names.set_text(f"{there}{how}{what}{named}。")
        self.replace.setVisible(taken)
        self._folder.setToolTip(plain_tip(self._folder.text()))
