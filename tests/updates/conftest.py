"""A program that comes with version 1 of the synthetic round, and a database for its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pilotdesk.drafts.store import DraftStore
from tests.forms.migration_kit import program_at
from tests.updates.update_kit import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's folder."""
    with program_at(tmp_path / "program", monkeypatch) as root:
        yield root


@pytest.fixture
def store(data_dir: Path, program: Path) -> Iterator[DraftStore]:
    """The open database."""
    opened = DraftStore(data_dir, CLOCK)
    yield opened
    opened.close()
