"""Window tests run offscreen, with the shipped font where there is one and settings of their own."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import pytest

from pilotdesk.ui.theme import Look, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["pilotdesk", "-style", "Fusion"]


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, Theme())
