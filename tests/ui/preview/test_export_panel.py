"""What an export does about files that stand there already."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import new_package, session_of_record
from pilotdesk.projects.shelf import Shelf
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.preview.export_panel import ExportPanel
from pilotdesk.ui.tasks.autosave import Autosave

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.navigation.services import Services

    Opening = Callable[[str], AbstractContextManager[ExportPanel]]


@pytest.fixture
def new_draft(store: DraftStore, clock: Clock) -> Callable[[], str]:
    return lambda: Shelf(store, clock).take_in(new_package(load_shipped("2026"), "application", None))


@pytest.fixture
def opening(
    qtbot: QtBot, services: Services, store: DraftStore, clock: Clock, tmp_path: Path
) -> Callable[[str], AbstractContextManager[ExportPanel]]:
    """Opens the export of a stored draft: Word, as a draft, into one folder."""

    @contextmanager
    def opened(draft_id: str) -> Iterator[ExportPanel]:
        session = session_of_record(store.load(draft_id), clock.today())
        autosave = Autosave(session, store, draft_id, clock)
        panel = ExportPanel(session, services, autosave)
        qtbot.addWidget(panel)
        panel.folder.setText(str(tmp_path / "out"))
        panel.draft.setChecked(True)
        panel.pdf.setChecked(False)
        panel.show()
        yield panel
        autosave.close()

    return opened


def written(folder: Path) -> dict[str, bool]:
    """The files there, and whether each is as PilotDesk wrote it."""
    return {path.name: path.read_bytes()[:2] == b"PK" for path in folder.iterdir()}


def test_a_file_that_others_wrote_into_stays_and_the_new_one_gets_another_name(
    qtbot: QtBot, opening: Opening, new_draft: Callable[[], str], tmp_path: Path
) -> None:
    draft_id, folder = new_draft(), tmp_path / "out"
    with opening(draft_id) as panel:
        panel.export()
    with opening(draft_id) as panel:  # what went out is known again by who opens the draft later
        panel.export()
        [sent] = folder.iterdir()
        other = sent.with_name(f"{sent.stem}(2).docx")
        for path in (sent, other):
            path.write_bytes(b"edited in WPS")
        panel.export()
        for _ in range(2):
            [button] = [found for found in panel.findChildren(QPushButton) if found.text() == "换个名字存"]
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda button=button: button not in panel.findChildren(QPushButton))
    assert written(folder) == {sent.name: False, other.name: False, f"{sent.stem}(3).docx": True}


def test_of_two_projects_of_one_name_the_second_does_not_replace_what_the_first_printed(
    opening: Opening, new_draft: Callable[[], str], tmp_path: Path
) -> None:
    for times in range(2):
        with opening(new_draft()) as panel:
            panel.export()
            refused = bool(
                [found for found in panel.findChildren(QPushButton) if found.text() == "换个名字存"]
            )
            assert refused == bool(times)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_final_version_that_is_possible_still_says_what_is_to_be_verified(
    opening: Opening, sample: Package, store: DraftStore, clock: Clock
) -> None:
    draft_id = Shelf(store, clock).take_in(replace(sample, practice=False))
    with opening(draft_id) as panel:
        panel.refresh()
        assert "没有必须改的问题" in panel.final.accessibleName()
        assert panel.see.isHidden()
        panel._session.set_text("uscc", "123600004911000001")  # its last sign is not the one worked out
        found = Counter(issue.severity for issue in panel._session.all_issues())
        panel.refresh()
        assert (found[Severity.ERROR], panel.final.isEnabled()) == (0, True)
        assert f"还有 {found[Severity.WARNING]} 处请核实" in panel.final.accessibleName()
        assert (panel.see.text(), panel.see.isVisible()) == ("去看请核实的", True)
