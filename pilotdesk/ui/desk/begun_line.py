"""The line of a paper that was begun before: when, and a way to begin afresh and back; or why what is typed is not kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pilotdesk.review.desk.begun import ASIDE
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.review.desk.begun import Begun
    from pilotdesk.ui.components.basic import LabelTone
    from pilotdesk.ui.desk.typed_keeper import TypedKeeper
    from pilotdesk.ui.look.theme import Look

AFRESH, BACK = "重新起草", "换成那一份"
GONE_ON: Final = "接着{who} {when} 写的。"
STILL_HERE: Final = "接着刚才写的。"
PUT_ASIDE: Final = "先前写的一份放在一边，没有丢。"
LOOK_ONLY: Final = "现在只能看，这里写的不会存进审核台，离开审核台就没有了。"
HELD: Final = "刚才写的还没有存进审核台，会接着再试。{trouble}"


class BegunLine(QWidget):
    """Hidden while there is nothing to say.

    Args:
        look: the theme in force.
        keeper: has what was typed.
        paper: name of the paper. afresh: words of the button that begins it afresh.

    Attributes:
        said: the words. afresh, back: puts aside what is there; changes it for what was put aside.

    Signals:
        changed: other words are to be shown, name of the line to its text; a line that is not named is as it was at first.
    """

    changed = Signal(dict)

    def __init__(self, look: Look, keeper: TypedKeeper, paper: str, afresh: str = AFRESH) -> None:
        super().__init__()
        self._keeper, self._paper = keeper, paper
        self.said = WrappedLabel(look, "", "small", "text2")
        self.afresh = Button(look, afresh, "link", small=True)
        self.back = Button(look, BACK, "link", small=True)
        self.afresh.clicked.connect(self._on_afresh)
        self.back.clicked.connect(self._on_back)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.said, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.back)
        line.addWidget(self.afresh)
        keeper.held_changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say the one thing that matters most.

        Raises:
            DeskError: at first only: what was typed cannot be read.
        """
        keeper = self._keeper
        typed, aside = keeper.typed(self._paper), keeper.typed(self._paper + ASIDE)
        tone: LabelTone
        if not keeper.is_keeping:
            told, tone = LOOK_ONLY, "warn"
        elif keeper.trouble:
            told, tone = HELD.format(trouble=keeper.trouble), "error"
        else:
            told, tone = (self._told() if typed else "") + (PUT_ASIDE if aside else ""), "text2"
        self.said.set_tone(tone)
        self.said.set_text(told)
        self.afresh.setVisible(bool(typed))
        self.back.setVisible(bool(aside))
        self.setVisible(bool(told))

    def _told(self) -> str:
        begun = self._keeper.begun(self._paper)
        return told_of(begun) if begun else STILL_HERE

    def _on_afresh(self) -> None:
        self._change({}, self._keeper.typed(self._paper))

    def _on_back(self) -> None:
        aside = self._keeper.typed(self._paper + ASIDE)
        self._change(aside, self._keeper.typed(self._paper))

    def _change(self, typed: Mapping[str, str], aside: Mapping[str, str]) -> None:
        """What is put aside is stored before it leaves its place."""
        self._keeper.write(self._paper + ASIDE, aside)
        self._keeper.write(self._paper, typed)
        self._keeper.flush()
        self.changed.emit(dict(typed))
        self.show_state()


def told_of(begun: Begun) -> str:
    """When it was written last, and by whom, in words, such as ``接着王敏 6月2日 10:32 写的``."""
    moment = datetime.fromisoformat(begun.at).astimezone()
    return GONE_ON.format(who=begun.who, when=f"{moment.month}月{moment.day}日 {moment:%H:%M}")
