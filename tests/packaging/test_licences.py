"""The licence of everything shipped is there to be read, with an index in Chinese; the LGPL's demands on Qt are met."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.packaging.tree_kit import EPOCH, SITE, put, small_tree, wheel

from components import BuildError, components_of  # isort: skip
from licences import FOLDER, INDEX, collect_licences  # isort: skip
from sbom import write_sbom  # isort: skip

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return small_tree(tmp_path / "PilotDesk")


def read(tree: Path) -> str:
    return collect_licences(tree).read_text("utf-8-sig")


def test_the_index_names_every_component_with_licence_and_text(tree: Path) -> None:
    index = read(tree)
    for one in components_of(tree):
        assert one.name in index
        assert one.licence in index
    named = [
        word for line in index.splitlines() if line.startswith("    文本：") for word in line[7:].split("、")
    ]
    assert len(named) > 20
    for name in named:
        assert (tree / FOLDER / name).is_file(), name


def test_qt_can_be_replaced_and_its_source_be_had(tree: Path) -> None:
    index = read(tree)
    for text in ("LGPL-3.txt", "GPL-3.txt"):
        assert (tree / FOLDER / text).stat().st_size > 5000
        assert text in index
    assert f"   {SITE}/PySide6/Qt6Core.dll\n" in index
    assert f"   {SITE}/shiboken6/Shiboken.pyd\n" in index
    assert "https://download.qt.io/official_releases/qt/" in index
    assert "6.8.3" in index


def test_where_the_source_is_for_others_that_ask_for_it(tree: Path) -> None:
    index = read(tree)
    assert "libiconv（LGPL-2.1-or-later）：https://ftp.gnu.org/gnu/libiconv/" in index
    assert "app/resources/fonts/source" in index


def test_a_licence_that_asks_for_source_without_a_place_stops_the_build(tree: Path) -> None:
    wheel(tree, "other", "1.0", "License: MPL-2.0", {"other.py": b""}, licenses_LICENSE="MPL")
    with pytest.raises(BuildError, match="does not say where its source is"):
        collect_licences(tree)


def test_the_licence_that_is_not_used_is_not_collected(tree: Path) -> None:
    place = f"{SITE}/PySide6_Essentials-6.8.3.dist-info/licenses/LicenseRef-Qt-Commercial.txt"
    put(tree, place, b"for money")
    index = read(tree)
    assert "Commercial" not in index
    assert not list((tree / FOLDER).rglob("*Commercial*"))


def test_the_same_bytes_again_and_an_old_text_goes(tree: Path) -> None:
    first = collect_licences(tree).read_bytes()
    put(tree, f"{FOLDER}/old.txt")
    collect_licences(tree)
    assert (tree / FOLDER / INDEX).read_bytes() == first
    assert not (tree / FOLDER / "old.txt").exists()


def test_standard_texts_may_be_left_out_of_the_program(tree: Path) -> None:
    shutil.rmtree(tree / "app/resources/licences", ignore_errors=True)
    collect_licences(tree)
    assert (tree / FOLDER / "MIT.txt").is_file()


def test_the_list_of_files_knows_the_texts(tree: Path) -> None:
    collect_licences(tree)
    text = write_sbom(tree, epoch=EPOCH).read_text("utf-8")
    assert f'"{FOLDER}/{INDEX}"' in text
    assert f'"{FOLDER}/LGPL-3.txt"' in text
