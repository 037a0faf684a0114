"""What converting a draft into a newer version of its form would change; asked before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, Surface, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.forms.migration import Change, Migration
    from pilotdesk.ui.components.basic import LabelTone
    from pilotdesk.ui.look.theme import Look

GROUPS: Final = (
    ("改名", ("rename",)),
    ("拆分", ("split",)),
    ("合并", ("merge",)),
    ("移走", ("move",)),
    ("换了填法", ("type", "choice")),
    ("不再要", ("delete",)),
)
"""Heading to the kinds of change below it."""
WIDTH: Final = 620
NOT_YET, CONVERT = "先不转", "在副本上转换"


class MigrationDialog(Dialog):
    """The changes in groups, those that touch what was filled in first of all.

    Args:
        parent: the window.
        look: the theme in force.
        title: of the form.
        migration: what would be.
    """

    def __init__(self, parent: QWidget, look: Look, title: str, migration: Migration) -> None:
        text = (
            "转换在副本上做：这一份原样留着，随时可以打开；新的一份放在同一个项目里。填过的字一个也不会少。"
        )
        super().__init__(parent, look, f"{title}有新版本，转换后会这样", text, "refresh")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self._migration = migration
        self._quiet = [change for change in migration.changes if not change.touched]
        self._list = QVBoxLayout()
        self._list.setContentsMargins(14, 8, 14, 12)
        self._list.setSpacing(4)
        ground = Surface("sunken")
        ground.setLayout(self._list)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(ground)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(look.scaled(90))
        self._area.setAccessibleName("转换后的改动")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
        self.body.addWidget(self._area, 1)
        self._more = Button(
            look, f"另有 {len(self._quiet)} 处改动没有碰到您填的内容，也列出来", "link", small=True
        )
        self._more.clicked.connect(self._show_all)
        self._more.setVisible(bool(self._quiet))
        self.body.addLayout(row(self._more, None))
        if migration.attic:
            kept = f"有 {len(migration.attic)} 条内容原样放进“旧版里的内容”，以后可以翻看、复制。"
            self.body.addWidget(WrappedLabel(look, kept, "small", "text2"))
        self._show(change for change in migration.changes if change.touched)
        self.add_actions((NOT_YET, CONVERT))
        self.grow_within(parent, look.scaled(230))

    def _show_all(self) -> None:
        self._more.hide()
        self._show(self._migration.changes)

    def _show(self, changes: Iterable[Change]) -> None:
        """Fill the list anew."""
        while self._list.count():
            shown = cast("QWidget | None", self._list.takeAt(0).widget())
            if shown is not None:
                shown.deleteLater()
        by_kind: dict[str, list[Change]] = {}
        for change in changes:
            by_kind.setdefault(change.kind, []).append(change)
        for heading, kinds in GROUPS:
            listed = [change for kind in kinds for change in by_kind.get(kind, ())]
            if listed:
                self._list.addSpacing(6)
                self._list.addWidget(Label(f"{heading}　{len(listed)}", "small", "primary", weight=700))
            for change in listed:
                tone: LabelTone = "text" if change.touched else "text2"
                self._list.addWidget(WrappedLabel(self.look, change.words, "body", tone))
        if not by_kind:
            self._list.addWidget(Label("您填过的内容都在原来的位置。", "body", "text2"))
        self._list.addStretch(1)


def ask_migration(parent: QWidget, look: Look, title: str, migration: Migration) -> bool:
    """Show what would change; returns whether to convert now."""
    dialog = MigrationDialog(parent, look, title, migration)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen == 1
