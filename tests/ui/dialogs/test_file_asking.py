"""Where dialogs for files begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from pilotdesk.ui.dialogs import file_asking
from pilotdesk.ui.dialogs.file_asking import open_name, open_names, save_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    qapp.setProperty("folder_used", None)
    yield made
    qapp.setProperty("folder_used", None)


def test_they_begin_at_the_documents_and_then_where_one_was_last(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, stick = tmp_path / "文档", tmp_path / "U盘"
    monkeypatch.setattr(file_asking, "papers_place", lambda: documents)
    begun, answers = [], iter(["", str(stick / "交接.zip"), [str(stick / "附件" / "证.pdf")], ""])

    def answer(_parent: object, _title: str, begin: str, _kinds: str) -> tuple[object, str]:
        begun.append(Path(begin))
        return next(answers), ""

    for method in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, method, answer)
    assert open_name(window, "打开", "*") == ""
    assert save_name(window, "存", "交接.zip", "*") == str(stick / "交接.zip")
    assert open_names(window, "附", "*") == [str(stick / "附件" / "证.pdf")]
    assert save_name(window, "存", str(documents / "合订.pdf"), "*") == ""
    assert begun == [documents, documents / "交接.zip", stick, documents / "合订.pdf"]
