"""One instrument for the whole run: its layer below SQLite, once used, must stay."""

from __future__ import annotations

import pytest

from tests.faults import sqlite_calls
from tests.faults.walk import Walk


@pytest.fixture(scope="session")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The instrument with its worlds."""
    if sqlite_calls.LIBRARY is None:
        pytest.skip("the SQLite of this Python cannot be reached from outside")
    return Walk(tmp_path_factory.mktemp("faults"))
