"""What other forms of the project say by now: a strip over the pages, the list, and what is taken over of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for, plain_text
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import split_cell_path
from pilotdesk.ui.components.basic import Surface
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled, tell_trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.carry import Difference
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row, Value
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import OpenDraft
    from pilotdesk.ui.navigation.services import Toasts

WIDTH = 640
LEAVE, TAKE = "都不动", "带入选中的"
NOTHING = "（空）"


def difference_words(session: Session, one: Difference) -> tuple[str, str]:
    """Where a difference is, and what was, what is now and what stands here, in a sentence."""
    field = session.field(one.path)
    if one.row is not None:
        where = f"{field.number} {field.label}".strip()
        came = "多了一行" if one.now is not None else "删了一行"
        return where, f"{came}：{_row_words(session, field, one.row)}"
    before, now, here = (_shown(session, field, value) for value in (one.before, one.now, one.here))
    words = f"原来是{before}，现在是{now}。" + (f"这里改写成了{here}。" if one.typed else "")
    return number_and_label(session.form, one.path, session.values) + _row_name(session, one.path), words


def _row_name(session: Session, path: str) -> str:
    """What a row is about, in brackets: the first text of it; nothing for an answer that stands in no row."""
    place = split_cell_path(path)
    row = next((row for row in session.rows(place[0]) if row.id == place[1]), None) if place else None
    text = next((cell for cell in row.cells.values() if isinstance(cell, str)), "") if row else ""
    return f"（{text}）" if text else ""


def _shown(session: Session, field: Field, value: Value) -> str:
    known = field.type in WITHOUT_CODEC
    text = plain_text(value) if known else codec_for(field, session.form.lists).print_text(value)
    return f"“{text}”" if text else NOTHING


def _row_words(session: Session, table: Field, row: Row) -> str:
    shown = [(column, row.cell(column.name)) for column in table.columns if column.carry]
    texts = [
        codec_for(column, session.form.lists).print_text(value)
        for column, value in shown
        if column.type not in WITHOUT_CODEC
    ]
    return "，".join(text for text in texts if text)


class CarryDialog(Dialog):
    """The differences with a tick each; those that nobody has touched here are ticked.

    Attributes:
        options: the ticks, in the order of the differences.
    """

    def __init__(
        self, parent: QWidget, look: Look, session: Session, differences: Sequence[Difference]
    ) -> None:
        text = "打勾的会带进来，可以撤销；没打勾的维持这里写的。承诺值改了的，原来的承诺留着，新的写进“变更后承诺值”。"
        super().__init__(parent, look, f"别的表里有 {len(differences)} 处和这里不一样了", text, "refresh")
        self.setFixedWidth(min(look.scaled(WIDTH), max(480, parent.width() - 40)))
        self.options: list[OptionRow] = []
        ground = Surface("sunken")
        listed = QVBoxLayout(ground)
        listed.setContentsMargins(14, 10, 14, 12)
        listed.setSpacing(4)
        for one in differences:
            where, words = difference_words(session, one)
            option = OptionRow(look, "tick", where)
            option.setChecked(not one.typed)
            option.setAccessibleDescription(words)
            self.options.append(option)
            listed.addWidget(option)
            said = WrappedLabel(look, words, "small", "text2")
            said.setContentsMargins(look.scaled(26), 0, 0, 0)
            listed.addWidget(said)
        listed.addStretch(1)
        area = scrolled(ground, "和这里不一样的", look.scaled(120))
        self.body.addWidget(area, 1)
        self.add_actions((LEAVE, TAKE))
        self.grow_within(parent, look.scaled(260))

    def wanted(self, differences: Sequence[Difference]) -> tuple[Difference, ...]:
        """Those that are ticked, none when everything is left as it is."""
        if self.chosen != 1:
            return ()
        return tuple(one for one, option in zip(differences, self.options, strict=True) if option.isChecked())


class CarryDesk(QObject):
    """Looks after the carried answers of the open draft."""

    def __init__(self, window: QWidget, look: Look, store: DraftStore, toasts: Toasts) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._toasts = toasts

    def look_after(self, workspace: OpenDraft) -> None:
        """Say what the other forms of the project say by now, if it is not what stands here."""
        from pilotdesk.projects.life import pending_differences

        try:
            session = workspace.session
            differences = pending_differences(self._store, session.identity.draft_id, session)
        except PilotDeskError:
            return  # the draft can be filled in all the same; opening it has said what is wrong
        if not differences:
            return
        words = f"**别的表里有 {len(differences)} 处改过了。** 这里还是原来的，想带进来，先看看。"
        strip = NoticeStrip(self._look, words, "看看改了什么")

        def ask() -> None:
            if self._ask(workspace, differences):
                strip.hide()

        strip.chosen.connect(ask)
        workspace.hold_notice(strip)

    def _ask(self, workspace: OpenDraft, differences: Sequence[Difference]) -> bool:
        """Show them and do what is wanted; whether they are settled now."""
        from pilotdesk.projects.life import leave, take_over

        workspace.flush()
        dialog = CarryDialog(self._window, self._look, workspace.session, differences)
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen < 0:
            return False
        wanted = dialog.wanted(differences)
        take_over(workspace.session, wanted, overwrite=True)
        workspace.flush()
        try:
            # Only what was left: the draft itself says what was taken over, as long as nobody undoes that.
            leave(self._store, workspace.session, [one for one in differences if one not in wanted])
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)
            return False
        words = f"带入了 {len(wanted)} 处" if wanted else "都维持原样，以后不再提"
        undo = workspace.taking_back(partial(self._take_back, workspace)) if wanted else None
        self._toasts.show_done(words, "撤销  Ctrl+Z" if undo else "", undo)
        return True

    def _take_back(self, workspace: OpenDraft) -> None:
        """Undo what was taken over, and say again what the other forms say."""
        workspace.undo()
        workspace.flush()
        self.look_after(workspace)
