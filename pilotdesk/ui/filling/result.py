"""What became of the answers after a form was filled: how many stand in it, and every one that does not, to be copied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QTextBrowser

from pilotdesk.record import Record
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.plain_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.documents.filling.filling import Unplaced
    from pilotdesk.ui.look.theme import Look

WHY: Final = {"no_place": "模板里没有它的地方", "not_sure": "只是猜的，没有填", "no_fit": "那个地方放不下"}
CAUTION: Final = "模板是不是系统里最新的、填的地方对不对，请您自己核对；程序只填内容，不动表的样子。"
WIDTH: Final = 640
_PLAIN: Final = "no_place"
_ALL: Final = "all"
_DONE: Final = "已复制"
_SHOWN: Final = 70
"""Characters of an answer that are shown beside its 复制."""


class Left(Record, frozen=True, kw_only=True):
    """An answer that found no place, the text to copy by hand (empty for what has none), and whether it is attached files."""

    unplaced: Unplaced
    text: str
    is_file: bool = False


class Outcome(Record, frozen=True, kw_only=True):
    """What came of filling.

    Attributes:
        placed: how many places were filled. left: answers that found none. unclaimed: labels of the template left empty.
        target: the filled form.
    """

    placed: int
    left: tuple[Left, ...]
    unclaimed: tuple[str, ...]
    target: Path


class FilledDialog(Dialog):
    """The card after filling.

    Signals:
        give_wanted: the mapping is to be written for others.
    """

    give_wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, outcome: Outcome) -> None:
        said = f"填了 {outcome.placed} 处，重新打开核对过，一致。存在 {outcome.target.name}。"
        super().__init__(parent, look, "填好了", said, "circle-check-filled")
        self.setFixedWidth(min(look.scaled(WIDTH), parent.width() - 24))
        self.body.setSpacing(8)
        self.list = QTextBrowser()
        if outcome.left or outcome.unclaimed:
            self._list(outcome)
        self.body.addWidget(WrappedLabel(look, CAUTION, "small", "text2"))
        self._build(outcome.target)
        self.grow_within(parent, look.scaled(320))

    def _build(self, target: Path) -> None:
        look = self.look
        opening = Button(look, "打开", icon="file-type-docx")
        opening.clicked.connect(partial(_open, target))
        folder = Button(look, "打开所在文件夹", icon="folder-open")
        folder.clicked.connect(partial(_open, target.parent))
        self.give = Button(look, "存下对应关系…")
        self.give.setToolTip("存成文件发给用同一个模板的人，他拖进这个窗口就能用")
        self.give.clicked.connect(self.give_wanted)
        closing = Button(look, "看完了", "primary")
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        self.body.addLayout(row(opening, folder, self.give, None, closing))

    def _list(self, outcome: Outcome) -> None:
        self.list.setOpenLinks(False)
        self.list.setAccessibleName("没有填进去的，Tab 键在“复制”之间走")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.look.scaled(90))
        self.list.anchorClicked.connect(self._on_copy)
        self._outcome = outcome
        self._show_list()
        self.body.addWidget(self.list, 1)

    def _show_list(self, copied: str = "") -> None:
        """One text with links: a hundred buttons would take half a second to lay out."""
        palette, at = self.look.theme.palette, self.list.verticalScrollBar().value()
        link, quiet = (f'style="color:{palette.color(one)};"' for one in ("primary", "text2"))
        small = f"font-size:{self.look.px('small')}px;color:{palette.color('text')};"
        lines = [
            f'<p style="{small}margin:0 0 6px 0;">{line}</p>' for line in self._lines(copied, link, quiet)
        ]
        self.list.setHtml("".join(lines))
        self.list.verticalScrollBar().setValue(at)

    def _lines(self, copied: str, link: str, quiet: str) -> Iterator[str]:
        left = self._outcome.left
        count = sum(not one.is_file for one in left)
        if count:
            words = _DONE if copied == _ALL else "全部复制"
            yield f'<b>还有 {count} 栏没有填进去</b>，要用的请复制了在 Word 里贴上：<a href="{_ALL}" {link}>{words}</a>'
        for number, one in sorted(enumerate(left), key=lambda pair: pair[1].unplaced.why == _PLAIN):
            if not one.is_file:
                yield self._line(number, one, copied, link, quiet)
        if self._outcome.unclaimed:
            labels = escaped("；".join(self._outcome.unclaimed))
            count = len(self._outcome.unclaimed)
            yield f"<b>模板里还有 {count} 处没有对上栏目</b>，空着：{labels}"
        files = [f"{one.unplaced.name}：{one.text}" for one in left if one.is_file]
        if files:
            yield "<b>附件不在表里</b>，请另外上传或装订：<br>" + "<br>".join(map(escaped, files))

    @staticmethod
    def _line(number: int, one: Left, copied: str, link: str, quiet: str) -> str:
        words = _DONE if copied == str(number) else "复制"
        button = f'　<a href="{number}" {link}>{words}</a>' if one.text else ""
        begin = f"<br><span {quiet}>{escaped(_begin(one.text))}</span>" if one.text else ""
        return f"{escaped(_name(one))}{button}{begin}"

    def _on_copy(self, url: QUrl) -> None:
        """Copy, and say so where one looks."""
        asked, left = url.toString(), self._outcome.left
        if asked == _ALL:
            text = "\n\n".join(
                f"{one.unplaced.name}\n{one.text}" for one in left if one.text and not one.is_file
            )
        else:
            text = left[int(asked)].text
        QGuiApplication.clipboard().setText(text)
        self._show_list(asked)
        # The mark stands on it again, so that Tab goes on from there.
        self.list.setTextCursor(self.list.document().find(_DONE))


def _name(one: Left) -> str:
    """Where it is, and why it stands nowhere; that the form has no place for it is said by the list as a whole."""
    unplaced = one.unplaced
    if unplaced.why == _PLAIN:
        return unplaced.name
    guess = f"（像是“{unplaced.label}”）" if unplaced.label else ""
    return f"{unplaced.name}：{WHY.get(unplaced.why, WHY[_PLAIN])}{guess}"


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
