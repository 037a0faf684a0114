"""The guided restore: stands before the main window, when the database is damaged, empty or gone.

It says what the newest sound backup is from, what can still be read of the damaged file beyond it, field by field with a
tick each, and puts the rest aside untouched.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.basic import Label, Surface
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.backups import Backup
    from pilotdesk.drafts.recovery import Offer
    from pilotdesk.drafts.recovery_merge import Difference
    from pilotdesk.ui.look.theme import Look

Result = TypeVar("Result")
WIDTH: Final = 640
LEAVE, RESTORE, ANEW = "先不动，退出", "找回来", "放到一边，从空白开始"
SHOWN: Final = 300
"""Differences that are listed; more are taken together, with one tick."""


class RecoveryDialog(Dialog):
    """What can be brought back.

    Attributes:
        options: the ticks, in the order of the differences listed.
    """

    def __init__(self, look: Look, offer: Offer) -> None:
        super().__init__(None, look, _title(offer), _text(offer), "alert-triangle-filled")
        self._offer = offer
        self.options: list[OptionRow] = []
        room = self.screen().availableGeometry()
        self.setFixedWidth(min(look.scaled(WIDTH), room.width() - 40))
        if offer.differences:
            self.body.addWidget(self._build_list(), 1)
        if offer.found.unread:
            words = f"另有 {offer.found.unread} 条记录读不出来，还在放到一边的文件里。"
            self.body.addWidget(WrappedLabel(look, words, "small", "text2"))
        self.add_actions((LEAVE, RESTORE if offer.backup or offer.differences else ANEW))
        needed = self.body.totalMinimumHeightForWidth(self.width())
        wanted = needed + (look.scaled(230) if offer.differences else 0)
        self.resize(self.width(), max(needed, min(wanted, room.height() - 60)))

    def wanted(self) -> tuple[Difference, ...]:
        """The differences that are ticked, and those that are not listed."""
        listed = self._offer.differences[:SHOWN]
        ticked = tuple(one for one, option in zip(listed, self.options, strict=True) if option.isChecked())
        return ticked + self._offer.differences[SHOWN:]

    def _build_list(self) -> QScrollArea:
        from pilotdesk.projects.recovery_words import words_of

        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 8, 14, 12)
        listed.setSpacing(4)
        draft = ""
        for one in self._offer.differences[:SHOWN]:
            said = words_of(self._offer, one)
            if said.draft != draft:
                draft = said.draft
                listed.addSpacing(4)
                listed.addWidget(ElidedLabel(draft, "small", "primary", weight=700))
            option = OptionRow(self.look, "tick", said.where)
            option.setChecked(not (one.scarred and one.before is not None))
            option.setAccessibleDescription(said.words)
            self.options.append(option)
            listed.addWidget(option)
            words = WrappedLabel(self.look, said.words, "small", "text2")
            words.setContentsMargins(self.look.scaled(26), 0, 0, 0)
            listed.addWidget(words)
        left = len(self._offer.differences) - SHOWN
        if left > 0:
            listed.addWidget(Label(f"另外 {left} 处没有列出，也一起找回", "small", "text2"))
        listed.addStretch(1)
        area = scrolled(ground, "坏文件里还读得出的改动", self.look.scaled(90))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
        return area


class _Waiting(Dialog):
    """Stands while something is done on a thread; nothing closes it but the end of that.

    Signals:
        ended: from the thread; queued, so that it is handled on the window's thread.
    """

    ended = Signal()

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(None, look, title, "资料多的时候要一两分钟，请别关电脑。", "clock")
        self.ended.connect(self.accept, Qt.ConnectionType.QueuedConnection)

    def reject(self) -> None:
        """Qt: neither Esc nor the cross of the window stops it."""


def waited_for(look: Look, title: str, work: Callable[[], Result]) -> Result:
    """Do something on a thread while a window says so; returns its result, or raises what it raised."""
    from concurrent.futures import ThreadPoolExecutor

    waiting = _Waiting(look, title)
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(work)
        future.add_done_callback(lambda _ended: waiting.ended.emit())
        waiting.exec()
    waiting.deleteLater()
    return future.result()


def ask_recovery(look: Look, data_folder: Path, clock: Clock) -> bool:
    """Offer what can be brought back, and bring it back when that is wanted; returns whether the database is there now.

    Expected trouble is said, and the old state stays.
    """
    from pilotdesk.drafts import recovery

    try:
        if recovery.finish(data_folder, clock):
            return True
        offer = waited_for(look, "正在看还有什么读得出来……", partial(recovery.examine, data_folder, clock))
        dialog = RecoveryDialog(look, offer)
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen != 1:
            return False
        wanted = dialog.wanted()
        work = partial(recovery.restore, data_folder, offer, wanted, clock)
        aside = waited_for(look, "正在找回……", work)
    except PilotDeskError as trouble:
        tell(None, look, "没有找回来", str(trouble))
        return False
    where = f"坏的那份没有动，放在 {aside}。" if aside is not None else ""
    tell(None, look, "资料找回来了", f"请先看看最近改的几处对不对；以前写过的每一稿都还在历史里。{where}")
    return True


def _title(offer: Offer) -> str:
    if offer.backup or offer.differences:
        return "资料文件坏了，能找回来"
    return "资料文件坏了，没有能用的备份"


def _text(offer: Offer) -> str:
    said = ["坏的文件原样放到一边，不删也不改。"]
    if offer.backup is not None:
        said.append(f"最近一份好的备份是 {_when(offer.backup)} 做的，里面有 {len(offer.cards)} 份材料。")
    if offer.skipped:
        said.append(f"比它新的 {offer.skipped} 份备份检查没有通过，没有用。")
    if offer.differences:
        said.append(f"坏文件里还读得出 {len(offer.differences)} 处不一样的，打勾的一起找回。")
    elif offer.backup is not None:
        said.append("坏文件里没有读出更新的内容。")
    return "".join(said)


def _when(backup: Backup) -> str:
    return f"{backup.moment.month} 月 {backup.moment.day} 日 {backup.time}"
