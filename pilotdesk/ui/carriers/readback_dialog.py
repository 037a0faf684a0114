"""读回改过的 Word: everything that was changed, to be looked at and taken over one by one, all at once, or not at all.

Nothing is ticked beforehand. 全选 leaves out what the draft changed as well: that wants to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTextBrowser

from pilotdesk.documents.edited.notes import KIND_WORDS, counted
from pilotdesk.projects.sharing_words import part_words
from pilotdesk.ui.carriers.readback_list import ChangeList, Line, line_of
from pilotdesk.ui.carriers.readback_words import Words
from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from pilotdesk.documents.edited import Edits
    from pilotdesk.forms.model import Form
    from pilotdesk.ui.carriers.readback_words import Change
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 980
LEFTOVER: Final = "这段字在 Word 里有，表里没有它的地方，不会自动放进去。要用，选中复制，贴到该放的栏里。"
NOTE: Final = "{kind}不是填的内容，读回时不采用。要照着改，请在程序里改那一栏。"
MISSING: Final = "这一栏在 Word 里找不到了，不知道是删了还是挪了。草稿里的留着没动。"
OTHER_PROJECT: Final = (
    "**这份 Word 不是从这个项目导出的**（{title}）。栏目对得上，内容是另一个项目的，看仔细再采用。"
)


def lines_of(form: Form, edits: Edits) -> Iterator[Line]:
    """The lines of the list: changes part by part, then what was found without a place, then what was not found."""
    for step in form.steps:
        inside = [one for one in edits.all if one.step == step.name]
        part = part_words(form, step.name)
        if inside:
            yield Line(f"{part}　{len(inside)} 处", head=True)
        yield from (line_of(one, part) for one in inside)
    if edits.leftover:
        yield Line(f"没有地方放的字　{len(edits.leftover)} 段", head=True)
    for one in edits.leftover:
        where = f"在“{one.where}”下面" if one.where else "在开头"
        yield Line(" ".join(one.text.split()), where, text=one.text, part=LEFTOVER)
    if edits.notes:
        yield Line(f"{counted(edits.notes)}，读回时不采用", head=True)
    for note in edits.notes:
        place = note.label or note.where
        words = "　".join(filter(None, (KIND_WORDS[note.kind], note.author, f"在“{place}”" if place else "")))
        part = NOTE.format(kind=KIND_WORDS[note.kind])
        yield Line(" ".join(note.text.split()), words, text=note.text, part=part)
    if edits.missing:
        yield Line(f"Word 里找不到的栏　{len(edits.missing)} 栏", head=True)
    for gone in edits.missing:
        yield Line(gone.label, part_words(form, gone.step), text="", part=MISSING)


class ReadbackDialog(Dialog):
    """The list at the left, the change one is at on the right; accepted, :meth:`wanted` is to be taken over.

    Args:
        parent: the window.
        look: the theme in force.
        form: of the open draft.
        edits: what was found.
        name: of the file.
        own: whether the file came from the project of the draft, or from a blank form.

    Attributes:
        changes: the list. text: what is shown of the line one is at.
    """

    def __init__(
        self, parent: QWidget, look: Look, form: Form, edits: Edits, name: str, *, own: bool
    ) -> None:
        count = len(edits.all)
        made = f"里{'填了' if edits.blank else '改了'} {count} 处"
        title = f"“{name}”{made if count else '里没有要采用的改动'}"
        super().__init__(parent, look, title, "", "file-import")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self._words = Words(look)
        self._conflicts = sum(one.conflict for one in edits.all)
        self.body.addWidget(WrappedLabel(look, self._about(edits), "small", "text2"))
        if not own:
            text = OTHER_PROJECT.format(title=edits.identity.title or "没写名字")
            self.body.addWidget(WrappedLabel(look, text, "small", "warn"))
        self.changes = ChangeList(look, tuple(lines_of(form, edits)))
        self.text = QTextBrowser()
        self.text.setAccessibleName("这一处改了什么")
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.changes)
        self._split.addWidget(self.text)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([self.width() * 9 // 20, self.width() * 11 // 20])
        self._split.setMinimumHeight(look.scaled(150))
        self.body.addWidget(self._split, 1)
        self._add_foot()
        self.changes.walked.connect(self._show)
        self.changes.ticked.connect(self._count)
        first = next((at for at, line in enumerate(self.changes.changes.lines) if not line.head), None)
        if first is not None:
            self.changes.select(first)
        self._count()
        self.grow_within(parent, look.scaled(360))
        self.changes.setFocus()

    def _about(self, edits: Edits) -> str:
        text = f"比了 {edits.compared} 栏。勾上要采用的；没勾的不动。采用以后是一步，可以撤销。"
        return text + (
            f"两边都改了的 {self._conflicts} 处请一处处看，全选不带它们。" if self._conflicts else ""
        )

    def _add_foot(self) -> None:
        look = self.look
        self.every = Button(look, "全选", small=True)
        self.none = Button(look, "全不选", small=True)
        self.every.clicked.connect(self._on_every)
        self.none.clicked.connect(self._on_none)
        self.count = Label("", "small", "text2")
        leave = Button(look, "先不采用")
        leave.clicked.connect(self.reject)
        self.go = Button(look, "采用选的", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.body.addLayout(row(self.every, self.none, self.count, None, leave, self.go))

    def _on_every(self) -> None:
        model = self.changes.changes
        rows = {at for at, line in enumerate(model.lines) if line.change and not line.change.conflict}
        model.tick(rows, ticked=True)

    def _on_none(self) -> None:
        model = self.changes.changes
        model.tick(set(model.ticked), ticked=False)

    def _count(self) -> None:
        model = self.changes.changes
        chosen, total = len(model.ticked), sum(map(model.can_tick, range(len(model.lines))))
        self.count.setText(f"选了 {chosen} 处，可以采用的有 {total} 处")
        self.go.set_text(f"采用选的 {chosen} 处" if chosen else "采用选的")
        self.go.setEnabled(bool(chosen))
        self.go.setToolTip("" if chosen else "先勾上要采用的")

    def _show(self, at: int) -> None:
        line = self.changes.changes.lines[at]
        if line.change is not None:
            self.text.setHtml(self._words.of(line.change, line.part))
        elif not line.head:
            self.text.setHtml(self._words.of_note(line.title if not line.text else "", line.text, line.part))

    def wanted(self) -> tuple[Change, ...]:
        """What is to be taken over."""
        return self.changes.changes.chosen()
