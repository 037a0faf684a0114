"""What one can do with the nodes of a tree; every action is one step that undo takes back as a whole."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from pilotdesk.forms.values import Row, cell_path, is_blank, new_row_id
from pilotdesk.ui.trees.nodes import Nodes, node_text, read_node
from pilotdesk.ui.trees.open_node import OpenNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.ui.editors.base import Place
    from pilotdesk.ui.trees.view import TreeView


class TreeCommands(QObject):
    """The actions of one tree on its current node.

    Attributes:
        nodes: the nodes as they are now; set by the editor after every change.

    Signals:
        done: something was changed.
    """

    done = Signal()

    def __init__(self, place: Place, view: TreeView) -> None:
        super().__init__(view)
        self._place = place
        self._session = place.session
        self._view = view
        self._tree = place.path
        self.nodes = Nodes(())
        self.open = OpenNode(place.session, place.path)

    def run(self, name: str) -> None:
        """Do an action by its name, as keys, buttons and menu ask for it."""
        self._view.commit_editor()
        actions: dict[str, Callable[[], None]] = {
            "child": self.add_child,
            "sibling": self.add_sibling,
            "rename": partial(self._view.rename, self._view.current_id),
            "remove": self.remove,
            "up": partial(self._move, "moved", -1),
            "down": partial(self._move, "moved", 1),
            "indent": partial(self._move, "indented"),
            "outdent": partial(self._move, "outdented"),
        }
        actions[name]()

    def add_child(self) -> None:
        """Add a node under the current one and begin to write its name."""
        current = self._view.current_id or None
        if current is None or self.nodes.level(current) < self._place.field.levels[1]:
            self._add(current)

    def add_sibling(self) -> None:
        """Add a node after the current one, on its level."""
        current = self._view.current_id
        if not current:
            self._add(None)
        else:
            self._add(self.nodes.parent(current), after=current)

    def remove(self) -> None:
        """Delete the current node and all below it without a question; a toast takes it back."""
        current = self._view.current_id
        if not current:
            return
        gone = self.nodes.branch(current)
        siblings = [each.id for each in self.nodes.below(self.nodes.parent(current))]
        at = siblings.index(current)
        near = [*siblings[at + 1 : at + 2], *siblings[max(0, at - 1) : at], self.nodes.parent(current) or ""]
        before = self._session.rows(self._tree)
        self._session.remove_rows(self._tree, [current], self)
        self._view.choose(near[0])
        named = node_text(gone[0]) or "这一类"
        words = f"删了“{named}”" if len(gone) == 1 else f"删了“{named}”和下面 {len(gone) - 1} 类"
        self._place.services.toasts.show_done(words, "撤销  Ctrl+Z", partial(self._put_back, before, gone))
        self.done.emit()

    def _add(self, parent: str | None, after: str = "") -> None:
        """Make a node that stays only if it gets a name or keeps its code."""
        nodes = self.nodes
        row_id = new_row_id()
        while row_id in nodes.by_id:
            row_id = new_row_id()
        code = nodes.next_code(parent)
        made = Row(row_id, MappingProxyType({"code": code} if code else {}), parent)
        grown = Nodes((*nodes.in_order(), made))
        place = nodes.place(after) + 1 if after else len(nodes.below(parent))
        self._session.replace_rows(self._tree, grown.put(row_id, parent, place) or (), self)
        self._view.fresh_id = row_id
        self._view.rename(row_id)
        self.done.emit()

    def _move(self, how: str, *step: int) -> None:
        current = self._view.current_id
        if not current:
            return
        rows: tuple[Row, ...] | None = getattr(self.nodes, how)(current, *step)
        if rows is not None and self._is_low_enough(rows):
            self._session.replace_rows(self._tree, rows, self)
            self._view.choose(current)
            self.done.emit()

    def _is_low_enough(self, rows: tuple[Row, ...]) -> bool:
        nodes = Nodes(rows)
        return all(nodes.level(each.id) <= self._place.field.levels[1] for each in rows)

    def _put_back(self, before: tuple[Row, ...], gone: list[Row]) -> None:
        """Bring deleted nodes back to where they were, whatever was written since."""
        rows = list(self._session.rows(self._tree))
        order = [each.id for each in before]
        present = {each.id for each in rows}
        for each in gone:
            if each.id not in present:
                following = set(order[order.index(each.id) + 1 :])
                at = next((n for n, other in enumerate(rows) if other.id in following), len(rows))
                rows.insert(at, each)
        self._session.replace_rows(self._tree, tuple(rows), None)
        self._view.choose(gone[0].id)

    def write_on(self) -> None:
        """Keep what stands in the open line edit; one in which nothing stands is left alone."""
        entry = self._view.open_entry() if isValid(self._view) else None
        if entry is None or entry.is_composing or not entry.text().strip():
            return
        if self._view.current_id in self.nodes.by_id:
            self.open.write_on(self._view.current_id, read_node(entry.text()), self)

    def give_up(self) -> None:
        """Esc: what was typed is dropped."""
        self.open.take_back(self)

    def rename(self, row_id: str, text: str) -> None:
        """Take what was typed over a node; a new node without a word goes again."""
        fresh, self._view.fresh_id = row_id == self._view.fresh_id, ""
        if row_id not in self.nodes.by_id:
            return
        cells, old = read_node(text), self.nodes.by_id[row_id]
        written = {
            cell_path(self._tree, row_id, name): value
            for name, value in cells.items()
            if old.cell(name) != value and not (is_blank(old.cell(name)) and value is None)
        }
        if fresh and not text.strip():
            self._session.remove_rows(self._tree, [row_id], self)
        elif self.open.is_ahead:
            self.open.write_on(row_id, cells, self)
        elif written:
            self._session.set_values(written, self)
        # The view is filled anew by the change; the current node must not be lost while its editor closes.
        QTimer.singleShot(0, self._view, partial(self._view.choose, row_id))
        self.done.emit()

    def drop(self, row_id: str, parent: str, at: int) -> None:
        """Put a node under another one (empty: at the top), at a place among its siblings."""
        if self.nodes.parent(row_id) == (parent or None) and self.nodes.place(row_id) < at:
            at -= 1
        rows = self.nodes.put(row_id, parent or None, at)
        if rows is not None and self._is_low_enough(rows):
            self._session.replace_rows(self._tree, rows, self)
            self._view.choose(row_id)

    def set_state(self, column: str, name: str) -> None:
        """Choose for a column of the current node; an empty choice takes the answer back."""
        path = cell_path(self._tree, self._view.current_id, column)
        self._session.set_value(path, name or None, self)
        self.done.emit()

    def take_scheme(self, rows: tuple[Row, ...], label: str) -> None:
        """Put another tree in place of this one; a toast takes it back."""
        before = self._session.rows(self._tree)
        self._session.replace_rows(self._tree, rows, self)
        if before:
            undo = partial(self._session.replace_rows, self._tree, before, None)
            self._place.services.toasts.show_done(f"换成了“{label}”", "换回去", undo)
        self.done.emit()
