"""A ``.pilot`` package gives back what was put in, and everything else is refused in one sentence."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pilotdesk.drafts.package import Package, read_package, write_package
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from tests.data.keep import returned

CONTENT = "证书".encode()
AT = "2027-01-01T00:00:00.000Z"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def package(**changes):
    facts = {
        "round": "2026",
        "form": "application",
        "form_version": 1,
        "pack_digest": "d" * 64,
        "values": {
            "name": "南汀县 A<B & C 𠮷😀",
            "count": 86,
            "rate": Decimal("41.60"),
            "period": MonthRange("2027-01", None),
            "wrong": Unparsed("八十多"),
            "directions": ("a", "b"),
            "targets": (Row("r_1", {"unit": "%"}), Row("r_2", {}, "r_1")),
            "licence": (Attachment(SHA256, "证书.pdf", len(CONTENT)),),
        },
        "accepted": {"c@name": "证书上就是这样"},
        "carried": {"name": "南汀县", "targets": (Row("r_1", {"unit": "%"}),)},
        "attic": (
            AtticEntry(
                path="old",
                label="2.3 旧栏",
                text="八十多",
                value=Unparsed("八十多"),
                why="没有这一栏了。",
                at=AT,
            ),
            AtticEntry(
                path="t", label="旧表", value=(Row("r_9", {"a": date(2026, 1, 2)}),), why="没有了。", at=AT
            ),
        ),
        "files": {SHA256: CONTENT},
        "revision": 2,
        "practice": True,
    }
    return Package(**(facts | changes))


def test_a_package_comes_back_as_it_was_written(tmp_path):
    write_package(package(), tmp_path / "a.pilot")
    assert read_package(tmp_path / "a.pilot") == package()


def test_a_return_slip_travels_as_a_key_that_older_programs_read_past(tmp_path):
    answering = package(returned=returned())
    write_package(answering, tmp_path / "a.pilot")
    assert read_package(tmp_path / "a.pilot") == answering
    with zipfile.ZipFile(tmp_path / "a.pilot") as archive:
        told = json.loads(archive.read("answers.json"))
        version = json.loads(archive.read("manifest.json"))["version"]
    assert (version, told.keys() - {"returned"}) == (2, {"values", "accepted", "carried", "attic"})
    write_package(package(), tmp_path / "b.pilot")
    assert b"returned" not in zipfile.ZipFile(tmp_path / "b.pilot").read("answers.json")


def test_the_project_travels_as_a_key_that_older_programs_read_past(tmp_path):
    write_package(package(project="k7q42m9x0abc"), tmp_path / "a.pilot")
    assert read_package(tmp_path / "a.pilot").project == "k7q42m9x0abc"
    write_package(package(), tmp_path / "b.pilot")
    told = [
        json.loads(zipfile.ZipFile(tmp_path / name).read("manifest.json")) for name in ("a.pilot", "b.pilot")
    ]
    assert told[0].keys() - told[1].keys() == {"project"}
    assert [one["version"] for one in told] == [2, 2]


def test_a_project_that_is_no_id_is_refused(tmp_path):
    with pytest.raises(ExportError) as trouble:
        write_package(package(project="../乙"), tmp_path / "a.pilot")
    assert trouble.value.code == "package_differs"


def test_the_same_draft_gives_the_same_bytes(tmp_path):
    write_package(package(), tmp_path / "a.pilot")
    write_package(package(), tmp_path / "b.pilot")
    assert (tmp_path / "a.pilot").read_bytes() == (tmp_path / "b.pilot").read_bytes()


@settings(max_examples=80, deadline=None)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_changes_nothing(tmp_path_factory, at, bit):
    target = tmp_path_factory.mktemp("p") / "a.pilot"
    write_package(package(), target)
    content = bytearray(target.read_bytes())
    content[at % len(content)] ^= 1 << bit
    target.write_bytes(content)
    try:
        outcome = read_package(target)
    except PackageError as trouble:
        outcome = trouble.code
    assert outcome == package() or outcome.startswith("package_")


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0, 0.999))
def test_a_package_cut_short_is_refused(tmp_path_factory, share):
    target = tmp_path_factory.mktemp("p") / "a.pilot"
    write_package(package(), target)
    content = target.read_bytes()
    target.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(PackageError) as trouble:
        read_package(target)
    assert trouble.value.code == "package_damaged"


def refused(path):
    with pytest.raises(PackageError) as trouble:
        read_package(path)
    assert path.name in str(trouble.value)
    return trouble.value.code


def test_foreign_files_are_told_from_damaged_ones(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"PK-no-zip")
    assert refused(tmp_path / "letter.docx") == "package_foreign"
    with zipfile.ZipFile(tmp_path / "other.pilot", "w") as archive:
        archive.writestr("hello.txt", "x")
    assert refused(tmp_path / "other.pilot") == "package_foreign"
    assert refused(tmp_path / "nowhere.pilot") == "package_missing"
    (tmp_path / "folder.pilot").mkdir()
    assert refused(tmp_path / "folder.pilot") == "package_missing"


def rewritten(tmp_path, change):
    write_package(package(), tmp_path / "a.pilot")
    with zipfile.ZipFile(tmp_path / "a.pilot") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(manifest, members)
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(tmp_path / "b.pilot", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return tmp_path / "b.pilot"


def test_a_newer_package_is_refused_with_both_numbers(tmp_path):
    newer = rewritten(tmp_path, lambda manifest, _: manifest.update(version=99))
    assert refused(newer) == "package_too_new"
    with pytest.raises(PackageError, match=r"99.* 2。"):
        read_package(newer)


@pytest.mark.parametrize("version", [None, "2", True, 0, -1, 2.0, 10**9])
def test_a_version_that_is_none_is_damage(tmp_path, version):
    assert (
        refused(rewritten(tmp_path, lambda manifest, _: manifest.update(version=version)))
        == "package_damaged"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"round": "../../evil"}, {"round": 2026}, {"form": ""}, {"form_version": -1}, {"form_version": "1"},
        {"revision": 2**31}, {"revision": 1.5}, {"practice": 1}, {"pack_digest": None}, {"members": []}, {"members": {}},
    ],
)  # fmt: skip
def test_a_forged_manifest_is_damage(tmp_path, change):
    assert refused(rewritten(tmp_path, lambda manifest, _: manifest.update(change))) == "package_damaged"


@pytest.mark.parametrize(
    "change",
    [
        {"values": []}, {"values": {"a": 1.5}}, {"values": {"a": {"$decimal": "1E+999999999"}}}, {"accepted": {"a": 1}},
        {"values": {"a": {"$rows": [{"id": "r_1", "cells": {"b": {"$rows": [{"id": "r_2", "cells": {}}]}}}]}}},
        {"attic": [{}]}, {"attic": {"a": 1}},
        {"values": {"a": "\ud800"}}, {"carried": 5}, {"values": {"a": float("inf")}},
    ],
)  # fmt: skip
def test_forged_answers_are_damage(tmp_path, change):
    def forge(manifest, members):
        members["answers.json"] = json.dumps(json.loads(members["answers.json"]) | change).encode()
        manifest["members"]["answers.json"] = hashlib.sha256(members["answers.json"]).hexdigest()

    assert refused(rewritten(tmp_path, forge)) == "package_damaged"


def test_a_draft_that_nobody_could_open_is_not_written(tmp_path, monkeypatch):
    from pilotdesk.drafts import package as module

    monkeypatch.setattr(module, "LIMITS", replace(module.LIMITS, total_bytes=100))
    with pytest.raises(ExportError) as trouble:
        write_package(package(), tmp_path / "a.pilot")
    assert trouble.value.code == "package_over_limit"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", [{"files": {SHA256: b"other"}}, {"values": {"a": (Row("bad id", {}),)}}])
def test_what_does_not_read_back_is_not_kept(tmp_path, change):
    with pytest.raises(ExportError) as trouble:
        write_package(package(**change), tmp_path / "a.pilot")
    assert (trouble.value.code, list(tmp_path.iterdir())) == ("package_differs", [])
    assert "a.pilot" in str(trouble.value)


def test_it_is_json_that_people_can_read(tmp_path):
    write_package(package(), tmp_path / "a.pilot")
    with zipfile.ZipFile(tmp_path / "a.pilot") as archive:
        lines = archive.read("answers.json").decode().splitlines()
    assert '  "name": "南汀县 A<B & C 𠮷😀",' in lines


def test_a_package_of_version_1_is_read_as_before(tmp_path):
    def change(manifest, members):
        answers = json.loads(members["answers.json"])
        members["answers.json"] = json.dumps({key: answers[key] for key in ("values", "accepted")}).encode()
        manifest["members"]["answers.json"] = hashlib.sha256(members["answers.json"]).hexdigest()
        manifest["version"] = 1

    assert read_package(rewritten(tmp_path, change)) == package(carried={}, attic=())


def test_attachments_are_read_when_they_are_asked_for(tmp_path):
    write_package(package(), tmp_path / "a.pilot")
    files = read_package(tmp_path / "a.pilot").files
    assert (list(files), len(files), files[SHA256]) == ([SHA256], 1, CONTENT)
    with pytest.raises(KeyError):
        files["0" * 64]
    write_package(package(files={}), tmp_path / "a.pilot")
    with pytest.raises(PackageError) as trouble:
        files[SHA256]
    assert trouble.value.code == "package_damaged"
    (tmp_path / "a.pilot").unlink()
    with pytest.raises(PackageError) as trouble:
        files[SHA256]
    assert trouble.value.code == "package_missing"


@pytest.mark.parametrize("name", ["attachments/evil", "evil", "attachments/" + "0" * 64])
def test_an_attachment_under_a_name_that_is_not_its_digest_is_refused(tmp_path, name):
    def change(manifest, members):
        members[name] = members.pop(f"attachments/{SHA256}")
        manifest["members"][name] = manifest["members"].pop(f"attachments/{SHA256}")

    assert refused(rewritten(tmp_path, change)) == "package_damaged"


def test_a_changed_attachment_is_noticed(tmp_path):
    def change(_, members):
        members[f"attachments/{SHA256}"] += b"?"

    assert refused(rewritten(tmp_path, change)) == "package_damaged"


def test_a_changed_answer_is_noticed(tmp_path):
    def change(_, members):
        members["answers.json"] = members["answers.json"].replace(b"86", b"87")

    assert refused(rewritten(tmp_path, change)) == "package_damaged"


def test_a_manifest_without_its_parts_is_damaged(tmp_path):
    assert refused(rewritten(tmp_path, lambda manifest, _: manifest.pop("round"))) == "package_damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    def change(_, members):
        members["answers.json"] = b" " * (65 * 2**20)

    assert refused(rewritten(tmp_path, change)) == "package_too_large"


def test_an_unwritable_folder_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError) as trouble:
        write_package(package(), tmp_path / "file" / "a.pilot")
    assert trouble.value.code == "folder_unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
