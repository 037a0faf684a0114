"""A program that comes with version 1 of the synthetic round, and a database for its drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pilotdesk.drafts.store import DraftStore
from tests.forms.migration_kit import BEFORE, forget, ship
from tests.updates.update_kit import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's folder."""
    root = tmp_path / "program"
    root.mkdir()
    (root / "resources").symlink_to(Path(__file__).parents[2] / "resources")
    monkeypatch.setenv("PILOTDESK_ROOT", str(root))
    ship(root, BEFORE)
    yield root
    forget()


@pytest.fixture
def store(data_dir: Path, program: Path) -> Iterator[DraftStore]:
    """The open database."""
    opened = DraftStore(data_dir, CLOCK)
    yield opened
    opened.close()
