"""A node that is written before its line edit is left; see :mod:`pilotdesk.ui.tasks.unfinished`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import cell_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.values import Scalar
    from pilotdesk.session import Session


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
