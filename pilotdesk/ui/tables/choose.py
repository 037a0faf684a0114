"""Choosing in a cell by one key: the space bar goes on to the next choice, a digit takes the one at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.ui.tables.model import RowsModel

MOST: Final = 9
"""More choices than digits are looked up in a list."""


def key_words(form: Form, field: Field) -> str:
    """How a column is chosen in by key; empty where it is not."""
    labels = choice_labels(form, field)
    return f"按空格换下一个，按 1 到 {len(labels)} 直接选。" if labels else ""


def choice_labels(form: Form, field: Field) -> tuple[str, ...]:
    """The choices of a column that keys can take; none for long lists and those with a text beside them."""
    if field.type != "choice" or field.other or field.calculation or field.fixed:
        return ()
    labels = tuple(choice.label for choice in form.lists[field.choices])
    return labels if 1 < len(labels) <= MOST else ()


def chosen_by_key(model: RowsModel, row: int, column: int, event: QKeyEvent) -> str:
    """The choice that a key takes in a cell; empty when it takes none."""
    labels = choice_labels(model.session.form, model.columns[column])
    if not labels or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    if event.key() == Qt.Key.Key_Space:
        now = model.text(row, column)
        return labels[(labels.index(now) + 1) % len(labels)] if now in labels else labels[0]
    typed = event.text()
    return labels[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(labels) else ""
