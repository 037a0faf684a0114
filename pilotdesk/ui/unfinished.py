"""What stands in an open editor and is not in the draft yet: cells are written when they are left, but kept before that.

A field is written with every key. A cell is like one of a spreadsheet: Enter writes it, Esc drops it. Whoever writes a long
sentence into one and loses power must not lose the sentence: before anything is stored, the open cell is written too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.forms.values import cell_path, is_blank, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.forms.values import Scalar
    from pilotdesk.session import Session
    from pilotdesk.ui.table_model import RowsModel


class Unfinished(QObject):
    """The one open editor of a draft that writes late.

    Signals:
        typed: something was typed into it.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._write: Callable[[], object] | None = None

    def begin(self, write: Callable[[], object]) -> None:
        """Something was typed; ``write`` puts it into the session, and does nothing once the editor is closed."""
        self._write = write
        self.typed.emit()

    def write(self) -> None:
        """Put what was typed into the session; the editor stays open."""
        if self._write is not None:
            self._write()


class OpenNode:
    """The node over which a line edit is open, as far as it was written before it is left; all of it is one undo step.

    Args:
        session: the open draft. tree: path of the tree.

    Attributes:
        is_ahead: whether the session knows more than the view, which is not filled anew while one types into it.
    """

    def __init__(self, session: Session, tree: str) -> None:
        self._session = session
        self._tree = tree
        self._before: dict[str, Scalar] = {}
        self.is_writing = False
        self.is_ahead = False

    def write_on(self, row_id: str, cells: Mapping[str, Scalar], origin: object) -> None:
        """Keep code and name as they stand in the line edit now."""
        session = self._session
        paths = {cell_path(self._tree, row_id, name): value for name, value in cells.items()}
        changed = {path: value for path, value in paths.items() if session.value(path) != value}
        if not changed:
            return
        if not self._before:
            self._before = {path: session.value(path) for path in paths}  # type: ignore[misc]  # no table in a cell
        name = cell_path(self._tree, row_id, "name")
        self.is_writing = self.is_ahead = True
        if changed.keys() == {name}:
            session.set_value(name, changed[name], origin)
        else:
            session.set_values(changed, origin)
            session.steps.end_typing(goes_on_in=name)
        self.is_writing = False

    def settle(self) -> bool:
        """The line edit is closed; returns whether the view has to be filled anew."""
        was_ahead, self.is_ahead = self.is_ahead, False
        if was_ahead:
            self._session.steps.end_typing()
        self._before = {}
        return was_ahead

    def take_back(self, origin: object) -> None:
        """Esc: the node is called what it was called. Undo brings back what was typed."""
        before = self._before
        if self.settle():
            self._session.set_values(before, origin)


class OpenCell:
    """The cell over which an editor is open, as far as it was written before it is left.

    All of it is one undo step. A row that does not exist yet is made with the first characters.

    Args:
        model: the rows.
    """

    def __init__(self, model: RowsModel) -> None:
        self._model = model
        self._path = ""
        self._before: Scalar = None
        self._made = False

    def write_on(self, row: int, column: int, text: str) -> None:
        """Keep what stands in the editor now."""
        model = self._model
        session, path = model.session, model.path(row, column)
        if text == model.text(row, column) or not model.is_editable(row, column):
            return
        if not self._path:
            self._made = not path
            self._before = session.value(path) if path else None  # type: ignore[assignment]  # no table in a cell
        if path:
            session.set_text(path, text, model)
        else:
            model.setData(model.index(row, column), text)
            path = model.path(row, column)
            session.steps.end_typing(goes_on_in=path or None)
        self._path = path

    def take_back(self) -> None:
        """Esc: the cell is what it was, and a row that was made for it is gone. Undo brings back what was typed."""
        path, self._path = self._path, ""
        place = split_cell_path(path)
        if place is None:
            return
        session = self._model.session
        if self._made:
            session.remove_rows(place[0], [place[1]], self._model)
        else:
            session.set_value(path, self._before, self._model)
        session.steps.end_typing()

    def settle(self) -> None:
        """The editor is closed: the step is done. A row in which nothing was left is no row."""
        path, self._path = self._path, ""
        place = split_cell_path(path)
        if place is None:
            return
        session = self._model.session
        session.steps.end_typing()
        if self._made and is_blank(session.value(path)):
            session.remove_rows(place[0], [place[1]], self._model)
