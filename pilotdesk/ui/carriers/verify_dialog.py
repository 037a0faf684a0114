"""核对文件: what each file is, whether it was changed since it was made, and where files that belong together differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser

from pilotdesk.drafts.compare import marked
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.marked_text import mark_styles
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.compare import Piece
    from pilotdesk.projects.verifying import Changed, Difference, Finding, Group, Verification
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 860
WAS: Final = "想看原来写的是什么：点“再核对别的”，把它和草稿（.pilot）一起选上。"
WAS_HERE: Final = "想看原来写的是什么：点“把改动读回来”，先列出来，您点了才会改。"
NONE: Final = "（没有）"
AROUND: Final = 24
"""Characters that are shown before and after a change in a long answer."""
SIGNS: Final = {"package": "○", "unchanged": "✓", "changed": "≠", "foreign": "?", "unreadable": "×"}
"""A sign of its own for each state: colours alone do not reach everybody."""


def verdict(found: Verification) -> str:
    """All of it in one sentence."""
    if not found.readable:
        unread = sum(not finding.documents for finding in found.findings)
        return f"{unread} 个文件核对不了，其余的看下面"
    changed = sum(finding.state == "changed" for finding in found.findings)
    differences = sum(len(group.differences) for group in found.groups)
    if differences:
        return f"有 {differences} 处不一样"
    if changed:
        return f"{changed} 个文件导出后改过"
    if not found.groups and len(found.findings) > 1:
        return "都没有改过；它们不是同一份材料，没有可比的"
    return "一致，没有改过" if len(found.findings) > 1 else "没有改过"


class VerifyDialog(Dialog):
    """The outcome, file by file and difference by difference.

    Signals:
        more_wanted: other files are to be looked at. read_back_wanted: what was changed is to be taken into the draft.
    """

    more_wanted = Signal()
    read_back_wanted = Signal()

    def __init__(
        self, parent: QWidget, look: Look, found: Verification, *, can_read_back: bool = False
    ) -> None:
        icon = "circle-check-filled" if found.agrees else "alert-triangle-filled"
        super().__init__(parent, look, verdict(found), "", icon)
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self._found = found
        self._was = WAS_HERE if can_read_back else WAS
        text = "比的是填的内容：字体、版式、换行怎么调都不算，改一个字就算。"
        self.body.addWidget(WrappedLabel(look, text, "small", "text2"))
        self.text = QTextBrowser()
        self.text.setAccessibleName("核对的结果")
        self.text.setMinimumHeight(look.scaled(160))
        self.text.setHtml(self._html())
        self.body.addWidget(self.text, 1)
        more = Button(look, "再核对别的")
        more.clicked.connect(self._on_more)
        done = Button(look, "看完了", "plain" if can_read_back else "primary")
        done.setDefault(not can_read_back)
        done.clicked.connect(self.accept)
        self.body.addLayout(row(None, more, done, *self._offer(can_read_back)))
        self.grow_within(parent, look.scaled(320))

    def _offer(self, can_read_back: bool) -> list[Button]:
        """The way on where the file belongs to the open draft."""
        if not can_read_back:
            return []
        take = Button(self.look, "把改动读回来", "primary")
        take.setDefault(True)
        take.clicked.connect(self._on_read_back)
        return [take]

    def _on_read_back(self) -> None:
        self.accept()
        self.read_back_wanted.emit()

    def _on_more(self) -> None:
        self.accept()
        self.more_wanted.emit()

    def _html(self) -> str:
        look = self.look
        line = f'<hr style="background-color:{look.theme.palette.line}">'
        files = "".join(self._file(finding) for finding in self._found.findings)
        groups = "".join(
            line + "".join(self._group(group)) for group in self._found.groups if group.differences
        )
        style = f"p {{ margin: 0 0 5px 0; }} .small {{ font-size: {look.px('small')}px; }}"
        return f'<style>{style}</style><div style="font-size:{look.px("body")}px">{files}{groups}</div>'

    def _file(self, finding: Finding) -> str:
        palette = self.look.theme.palette
        colour = {"unchanged": palette.ok, "package": palette.text2}.get(finding.state, palette.warn)
        shown = escaped(finding.sentence)
        if finding.documents:
            shown = f"<b>{escaped(finding.file)}</b><br>{shown}"
        changed = "".join(f"<br>· {self._changed(one)}" for one in finding.changed)
        if changed and not self._found.groups:
            # A Word file keeps a fingerprint of what it was written with, not the words.
            changed += f'<br><span class="small" style="color:{palette.text2}">{self._was}</span>'
        sign = f'<span style="color:{colour};font-weight:bold">{SIGNS[finding.state]}</span>'
        return f'<table width="100%"><tr><td width="24">{sign}</td><td>{shown}{changed}</td></tr></table>'

    def _changed(self, one: Changed) -> str:
        """What was changed and what stands there now."""
        now = f"现在是“{escaped(_short(one.text))}”" if one.text else "现在没有了"
        return f"{escaped(one.label)}：{now}"

    def _group(self, group: Group) -> Iterator[str]:
        names = [self._found.findings[place].file for place in group.files]
        yield f"<p><b>{escaped(group.identity.title)}</b>：{len(group.differences)} 处不一样</p>"
        for one in group.differences:
            yield f"<p><b>{escaped(one.label)}</b></p>"
            yield from self._texts(one, names)

    def _texts(self, one: Difference, names: list[str]) -> Iterator[str]:
        """The text of the first file as it is, of the others with what differs from it marked."""
        first = one.texts[0]
        yield self._side(names[0], escaped(_short(first)) if first else NONE)
        for name, text in zip(names[1:], one.texts[1:], strict=True):
            if text == first:
                yield self._side(name, "和上面一样")
            elif not text:
                yield self._side(name, NONE)
            else:
                yield self._side(name, "".join(self._piece(piece) for piece in marked(first, text)))

    def _side(self, name: str, html: str) -> str:
        quiet = self.look.theme.palette.text2
        return f'<p style="margin-left:14px"><span class="small" style="color:{quiet}">{escaped(name)}</span><br>{html}</p>'

    def _piece(self, piece: Piece) -> str:
        if piece.kind == "same":
            return escaped(_short(piece.text))
        style = mark_styles(self.look.theme.palette)[piece.kind]
        return f'<span style="{style}">{escaped(piece.text)}</span>'


def _short(text: str) -> str:
    return text if len(text) <= 3 * AROUND else f"{text[:AROUND]} …… {text[-AROUND:]}"
