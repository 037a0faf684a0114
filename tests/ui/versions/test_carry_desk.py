"""News from the other forms of a project: the strip, the list, what is taken over and what stays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.values import cell_path
from pilotdesk.projects.life import start_form
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.versions.carry_desk import CarryDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow


@pytest.fixture
def summary(window: MainWindow, store: DraftStore, clock: Clock) -> str:
    """The 2027 summary of the sample, begun before two targets and the unit's name change in the application."""
    application = window.shelf.sample()
    card = next(card for card in store.cards() if card.draft_id == application)
    draft = start_form(store, card.project_id, "summary_2027", clock.today())
    targets = store.load(application).values["targets"]
    changed = [row.with_cell("value_2027", Decimal("77")) for row in targets[:2]]  # type: ignore[union-attr]
    store.save(
        application, {"targets": (*changed, *targets[2:]), "unit_name": "南汀县政务中心"}, origin="typed"
    )  # type: ignore[arg-type]
    return draft


def strip(window: MainWindow) -> NoticeStrip | None:
    assert window.workspace is not None
    return window.workspace.findChild(NoticeStrip)


def answering(monkeypatch: pytest.MonkeyPatch, answer: Callable[[CarryDialog], None]) -> list[CarryDialog]:
    """Have the dialog answered as soon as it asks."""
    shown: list[CarryDialog] = []

    def exec_(dialog: CarryDialog) -> int:
        shown.append(dialog)
        answer(dialog)
        return 0

    monkeypatch.setattr(CarryDialog, "exec", exec_)
    return shown


def press(dialog: CarryDialog, words: str) -> None:
    from PySide6.QtWidgets import QPushButton

    next(button for button in dialog.findChildren(QPushButton) if words in button.text()).click()


def test_a_changed_promise_goes_beside_the_first_one_and_a_name_over_the_old_one(
    window: MainWindow, summary: str, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    shown = answering(monkeypatch, lambda dialog: press(dialog, "带入"))
    window.open_draft(summary)
    qtbot.waitUntil(lambda: strip(window) is not None)  # type: ignore[attr-defined]
    session = window.workspace.session
    first = session.rows("figures")[0]
    promised = first.cell("promised")
    strip(window).asking.click()
    assert len(shown[0].options) == 3
    assert session.value(cell_path("figures", first.id, "promised")) == promised
    assert session.value(cell_path("figures", first.id, "promised_now")) == Decimal("77")
    assert session.value("unit_name") == "南汀县政务中心"
    assert strip(window).isHidden()
    window.workspace.commands.undo()
    assert session.value("unit_name") == "南汀县政务服务中心"


def test_what_was_taken_over_and_undone_is_offered_again_at_once_and_after_a_new_start(
    window: MainWindow, summary: str, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    shown = answering(monkeypatch, lambda dialog: press(dialog, "带入"))
    taken_back: list[Callable[[], object]] = []
    window.open_draft(summary)
    qtbot.waitUntil(lambda: strip(window) is not None)  # type: ignore[attr-defined]
    monkeypatch.setattr(window.toast, "show_done", lambda _text, _action, undo: taken_back.append(undo))
    strip(window).asking.click()
    assert strip(window).isHidden()
    taken_back[0]()
    assert window.workspace.session.value("unit_name") == "南汀县政务服务中心"
    qtbot.waitUntil(lambda: any(map(NoticeStrip.isVisible, window.workspace.findChildren(NoticeStrip))))  # type: ignore[attr-defined]
    window.show_start()
    window.open_draft(summary)
    qtbot.waitUntil(lambda: strip(window) is not None)  # type: ignore[attr-defined]
    strip(window).asking.click()
    assert [len(dialog.options) for dialog in shown] == [3, 3]


def test_what_is_left_alone_is_not_asked_again(
    window: MainWindow, summary: str, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    answering(monkeypatch, lambda dialog: press(dialog, "都不动"))
    window.open_draft(summary)
    qtbot.waitUntil(lambda: strip(window) is not None)  # type: ignore[attr-defined]
    strip(window).asking.click()
    assert window.workspace.session.value("unit_name") == "南汀县政务服务中心"
    window.show_start()
    window.open_draft(summary)
    qtbot.waitUntil(lambda: window.workspace.session.engine.is_checked)  # type: ignore[attr-defined]
    assert strip(window) is None


def test_what_somebody_wrote_here_is_not_ticked(
    window: MainWindow, summary: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    store.save(summary, {"unit_name": "南汀县政务服务中心（新）"}, origin="typed")
    shown = answering(monkeypatch, lambda dialog: press(dialog, "带入"))
    window.open_draft(summary)
    qtbot.waitUntil(lambda: strip(window) is not None)  # type: ignore[attr-defined]
    strip(window).asking.click()
    assert [option.isChecked() for option in shown[0].options].count(False) == 1
    assert window.workspace.session.value("unit_name") == "南汀县政务服务中心（新）"
