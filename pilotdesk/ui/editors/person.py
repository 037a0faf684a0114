"""The editor of a person: one part beside the other, each an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.editors.base import FieldEditor, Place

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.rules.issue import Severity
    from pilotdesk.session import Change

CAPTIONED_FROM: Final = 3
"""From this number of parts on each has a caption of its own; two are named in the label of the row."""
PART_PX: Final = 170
"""Least width of a part with a caption, px at 标准."""


class PersonEditor(FieldEditor):
    """Parts in reading order, such as 姓名, 职务 and 手机."""

    def __init__(self, place: Place) -> None:
        from pilotdesk.ui.editors.by_kind import make_editor

        super().__init__(place)
        self.parts: dict[str, FieldEditor] = {}
        self._captions: dict[str, QLabel] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for part in place.field.parts:
            path = f"{place.path}.{part.name}"
            editor = make_editor(place.beside(path))
            editor.edited.connect(self.edited)
            editor.finished.connect(self._on_finished)
            editor.request_go_to.connect(self.request_go_to)
            self.parts[path] = editor
            if self.captioned:
                caption = Label(part.label, "small", "text2")
                caption.setBuddy(editor.focus_target())
                self._captions[path] = caption
        self._arrange(2)
        first = next(iter(self.parts.values()))
        self.setFocusProxy(first.focus_target())

    @property
    def captioned(self) -> bool:
        """Whether each part has a caption."""
        return len(self.place.field.parts) >= CAPTIONED_FROM

    @property
    def paths(self) -> tuple[str, ...]:
        """See :class:`FieldEditor`: the person and all parts."""
        return (self.path, *self.parts)

    @property
    def issue_paths(self) -> tuple[str, ...]:
        """See :class:`FieldEditor`."""
        return self.paths

    @property
    def is_composing(self) -> bool:
        """See :class:`FieldEditor`."""
        return any(editor.is_composing for editor in self.parts.values())

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return next(iter(self.parts.values())).focus_target()

    def focus_path(self) -> str:
        """See :class:`FieldEditor`: the part that has the focus."""
        focused = QApplication.focusWidget()
        inside = (path for path, editor in self.parts.items() if focused and editor.isAncestorOf(focused))
        return next(inside, self.path)

    def go_to(self, path: str) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.parts[path].go_to(path) if path in self.parts else super().go_to(path)

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        for editor in self.parts.values():
            editor.show_value()

    def take_change(self, change: Change) -> None:
        """See :class:`FieldEditor`."""
        for editor in self.parts.values():
            editor.take_change(change)

    def commit(self) -> None:
        """See :class:`FieldEditor`."""
        for editor in self.parts.values():
            editor.commit()

    def mark_issue(self, severity: Severity | None) -> None:
        """See :class:`FieldEditor`: every part by its own issues; those of the person stand at the first."""
        for at, (path, editor) in enumerate(self.parts.items()):
            own = self.place.session.issues_at(path)
            grave = own[0].severity if own and severity is not None else None
            editor.mark_issue(grave or (severity if at == 0 and self._is_own(severity) else None))

    def _is_own(self, severity: Severity | None) -> bool:
        own = self.place.session.issues_at(self.path)
        return bool(own) and own[0].severity is severity

    def describe(self, name: str, description: str) -> None:
        """See :class:`FieldEditor`."""
        for editor in self.parts.values():
            part = editor.place.field
            must = "，必填" if self.place.session.engine.is_required(editor.path) else ""
            editor.describe(f"{name}，{part.label}{must}", part.hint or description)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: as many parts side by side as there is room for."""
        super().resizeEvent(event)
        if self.captioned:
            wide = self.place.look.scaled(PART_PX) + 8
            self._arrange(max(1, min(3, (self.width() + 8) // wide)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, path in enumerate(self.parts):
            line, column = divmod(at, columns)
            if path in self._captions:
                self._grid.addWidget(self._captions[path], 2 * line, column, Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(self.parts[path], 2 * line + 1, column, Qt.AlignmentFlag.AlignTop)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_finished(self) -> None:
        """Enter: the next part, after the last one the next field."""
        editors = list(self.parts.values())
        at = editors.index(self.sender()) + 1  # type: ignore[arg-type]
        if at < len(editors):
            editors[at].focus_target().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
