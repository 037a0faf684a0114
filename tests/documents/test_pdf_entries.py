"""Entries of a PDF's dictionaries: none is None, and nothing in documents/ asks pikepdf in the way that fails on Windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilotdesk.documents.pdf.entries import entry

DOCUMENTS = Path(__file__).parents[2] / "pilotdesk" / "documents"


def test_an_entry_is_found_by_name_and_by_text_in_dictionaries_and_streams() -> None:
    import pikepdf

    document = pikepdf.new()
    stream = pikepdf.Stream(document, b"", {"/Kind": pikepdf.Name.Form})
    assert entry(stream, pikepdf.Name.Kind) == pikepdf.Name.Form
    assert entry(pikepdf.Dictionary(Count=3), "/Count") == 3


def test_an_entry_that_is_not_there_is_none() -> None:
    import pikepdf

    assert entry(pikepdf.Dictionary(Count=3), pikepdf.Name.Kids) is None
    assert entry(pikepdf.Dictionary(), "/Kids") is None


@pytest.mark.parametrize("path", sorted(DOCUMENTS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_document_code_asks_pikepdf_for_a_missing_key(path: Path) -> None:
    assert not re.search(r"\.get\((Name\.|\"/)", path.read_text("utf-8"))
