"""The tools above a table, and the layout that puts them on a second line where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from pilotdesk.ui.components.basic import Button, Rule

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field
    from pilotdesk.ui.look.theme import Look


class FlowLayout(QLayout):
    """Widgets one after the other, on as many lines as the width asks for, each centred in its line."""

    def __init__(self, parent: QWidget, spacing: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt: take an item in."""
        self._items.append(item)

    def count(self) -> int:
        """Qt: number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt: an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Qt: give an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt: takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Qt: lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: height of all lines."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        shown = [item for item in self._items if not item.isEmpty()]
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        """Qt: the widest item."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in shown), default=0),
            max((size.height() for size in shown), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Qt: put everything in its place."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the items; returns the height they take."""
        x, y, high = rect.x(), rect.y(), 0
        line: list[QLayoutItem] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                self._settle(line, rect.x(), y, high, move=move)
                x, y, high, line = rect.x(), y + high + self._gap, 0, []
            line.append(item)
            x += size.width() + self._gap
            high = max(high, size.height())
        self._settle(line, rect.x(), y, high, move=move)
        return y + high - rect.y()

    def _settle(self, line: list[QLayoutItem], x: int, y: int, high: int, *, move: bool) -> None:
        for item in line:
            size = item.sizeHint()
            if move:
                item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
            x += size.width() + self._gap


class TableToolbar(QWidget):
    """加一行 · 从指标库选 · 从 Excel 粘贴 | 向下填充 · 复制行 · ↑ ↓ · 删除行, as far as the table allows them.

    Attributes:
        flow: where a page puts tools of its own.
    """

    def __init__(self, look: Look, table: Field) -> None:
        super().__init__()
        self.is_brief = False
        self.add = Button(look, "加一行", icon="plus", small=True)
        self.library = Button(look, library_words(table), icon="books", small=True)
        self.paste = Button(look, "从 Excel 粘贴", icon="clipboard", small=True)
        self.fill = Button(look, "向下填充", "ghost", icon="arrow-bar-to-down", small=True)
        self.duplicate = Button(look, "复制行", "ghost", icon="copy", small=True)
        self.up = Button(look, "", "ghost", icon="arrow-up", small=True, name="上移这一行，Alt+↑")
        self.down = Button(look, "", "ghost", icon="arrow-down", small=True, name="下移这一行，Alt+↓")
        self.remove = Button(look, "删除行", "ghost", icon="trash", small=True)
        self.form = Button(look, "逐行填写", "ghost", icon="layout-list", small=True)
        self.rule = Rule(vertical=True)
        self.rule.setFixedHeight(look.scaled(18))
        if not table.library:
            self.library.hide()
        rows_only = (self.add, self.library, self.rule, self.duplicate, self.up, self.down, self.remove)
        for widget in (self.form, *(rows_only if table.fixed_rows else ())):
            widget.hide()
        self.fill.setToolTip("向下填充，Ctrl+D")
        self.duplicate.setToolTip("复制这一行，Ctrl+Shift+D")
        self.remove.setToolTip("删除这一行，Ctrl+-")
        self.flow = FlowLayout(self)
        for widget in (self.add, self.library, self.paste, self.rule, self.fill, self.duplicate,
                       self.up, self.down, self.remove, self.form):  # fmt: skip
            self.flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def make_brief(self) -> None:
        """Leave what is used most; the rest stands in the menu of a row."""
        self.is_brief = True
        for widget in (self.rule, self.duplicate, self.up, self.down, self.remove):
            widget.hide()


def library_words(table: Field) -> str:
    """``从指标库选``, by what the first column of the table names."""
    label = table.columns[0].label if table.columns else ""
    return f"从{label}库选" if 0 < len(label) <= 4 else "从参考库选"
