"""What a distributor sends: looked through first, against what its receivers have."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pilotdesk.errors import ExportError, PackError, UpdateError
from pilotdesk.updates.building import build_pack, pack_mistakes, sign_pack
from pilotdesk.updates.installing import install_pack
from pilotdesk.updates.keys import distributors
from pilotdesk.updates.reading import read_update
from tests.updates.update_kit import (
    AFTER,
    BEFORE,
    CLOCK,
    PROVINCE,
    STRANGER,
    at,
    distributor,
    pack_at,
    plan_at,
    small_manifest,
    trust,
    update_at,
)

if TYPE_CHECKING:
    from pathlib import Path

SHA = "a" * 64
MAPPING = f'''[template]
sha256 = "{SHA}"
file_name = "正式模板.docx"
round = "2099"
form = "synthetic"
version = 3
made_on = 2099-06-01

[[place]]
path = "project_name"
at = "T0/R0/C1"
kind = "cell"
confidence = 0.98
'''


def mistakes_of(folder: Path, target: Path, **given: object) -> list[str]:
    with pytest.raises(PackError) as caught:
        build_pack(folder, target, "", **given)
    assert caught.value.code == "pack_unfit"
    assert str(caught.value).endswith("。")
    assert not target.exists()
    listed = caught.value.context["mistakes"]
    assert caught.value.context["count"] == len(listed)
    return listed


def test_a_good_pack_goes_into_a_file_with_everything_in_it(tmp_path: Path, program: Path) -> None:
    folder = pack_at(tmp_path)
    (folder / "notice.txt").write_text("通知原文", "utf-8")
    (folder / "templates").mkdir()
    (folder / "templates" / f"{SHA}.toml").write_text(MAPPING, "utf-8")
    (folder / "草稿.docx").write_bytes(b"x")
    (folder / "synthetic" / "old.bak").write_bytes(b"x")
    built = build_pack(folder, tmp_path / "x.pdpack", " 改了\n几栏 ", clock=CLOCK)
    assert built.left_out == ("synthetic/old.bak", "草稿.docx")
    assert built.doubts == ()
    assert (built.manifest.notes, built.manifest.made) == ("改了\n几栏", CLOCK.stamp())
    sign_pack(built.path, built.path, PROVINCE)
    update = read_update(built.path, [distributor(PROVINCE)])
    assert set(update.contents) == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in {".toml", ".txt"}
    }
    assert update.contents[f"templates/{SHA}.toml"] == MAPPING.encode()


def test_a_mapping_for_a_template_comes_along_and_is_used(tmp_path: Path, program: Path) -> None:
    from pilotdesk.forms.installed import current_folder

    trust(PROVINCE)
    folder = pack_at(tmp_path)
    (folder / "templates").mkdir()
    (folder / "templates" / f"{SHA}.toml").write_text(MAPPING, "utf-8")
    install_pack(plan_at(update_at(tmp_path / "x.pdpack", folder)), None, CLOCK)
    assert (current_folder("2099") / "templates" / f"{SHA}.toml").read_text("utf-8") == MAPPING


def test_the_same_pack_gives_the_same_file(tmp_path: Path, program: Path) -> None:
    one = update_at(tmp_path / "1.pdpack", pack_at(tmp_path / "a")).read_bytes()
    assert update_at(tmp_path / "2.pdpack", pack_at(tmp_path / "b")).read_bytes() == one


def test_all_mistakes_are_listed_and_nothing_is_written(tmp_path: Path, program: Path) -> None:
    folder = pack_at(
        tmp_path, round=('name = "2099"', 'nam = "2099"'), synthetic__form=("version = 3", "versio = 3")
    )
    listed = mistakes_of(folder, tmp_path / "x.pdpack")
    assert len(listed) >= 3
    assert any("nam" in line for line in listed)
    assert any("versio" in line for line in listed)


def test_expressions_and_mappings_are_looked_at_too(tmp_path: Path, program: Path) -> None:
    wrong = 'label = "职工人数"\nrelevant = "nobody > 1"'
    folder = pack_at(tmp_path, **{"synthetic__01-unit": ('label = "职工人数"', wrong)})
    assert any("nobody" in line for line in mistakes_of(folder, tmp_path / "x.pdpack"))
    folder = pack_at(tmp_path)
    places = folder / "templates"
    places.mkdir()
    (places / f"{SHA}.toml").write_text(MAPPING.replace('form = "synthetic"', 'form = "other"'), "utf-8")
    (places / f"{'b' * 64}.toml").write_text(MAPPING, "utf-8")
    (places / f"{'c' * 64}.toml").write_text("[template", "utf-8")
    listed = mistakes_of(folder, tmp_path / "x.pdpack")
    assert len(listed) == 3
    assert all(word in "".join(listed) for word in ("“other”", "文件名", "c" * 64))


def test_what_an_older_version_had_and_nobody_speaks_of_is_listed(tmp_path: Path, program: Path) -> None:
    folder = pack_at(tmp_path, **{"synthetic__migration": ('path = "fax"', 'path = "telefax"')})
    listed = mistakes_of(folder, tmp_path / "x.pdpack")  # version 1 comes with the program here
    assert any("第 1 版的“fax”（传真）在新版里没有位置" in line for line in listed)
    shutil.rmtree(program / "forms" / "2099")
    listed = mistakes_of(folder, tmp_path / "x.pdpack", older=[BEFORE])
    assert any("“fax”" in line for line in listed)
    assert build_pack(folder, tmp_path / "x.pdpack", "").path.exists()  # nobody here has version 1


ADDED = """
hint = "虚构。"
source = ["made_up"]

[[group.field]]
name = "added"
type = "text"
number = "1.16"
label = "加的一栏\""""


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("synthetic__01-unit", 'name = "fax"', 'name = "telefax"', "去掉了“传真”（fax），版本号却没有变"),
        ("synthetic__01-unit", 'name = "pager"', 'name = "beeper"', "（leader.pager），版本号却没有变"),
        ("synthetic__form", 'name = "club"', 'name = "society"', "去掉了选项"),
        (
            "synthetic__01-unit",
            'label = "平面图"',
            f'label = "平面图"{ADDED}',
            "加了“加的一栏”（added），版本号却没有变",
        ),
        ("synthetic__form", "version = 1", "version = 2", "migration.toml"),
    ],
)
def test_what_goes_or_comes_needs_a_new_version(
    tmp_path: Path, program: Path, name: str, old: str, new: str, says: str
) -> None:
    folder = pack_at(tmp_path, BEFORE, **{name: (old, new)})
    listed = mistakes_of(folder, tmp_path / "x.pdpack")
    assert any(says in line for line in listed), listed


def test_an_older_version_or_a_form_less_is_no_successor(tmp_path: Path, program: Path) -> None:
    listed = mistakes_of(pack_at(tmp_path, BEFORE), tmp_path / "x.pdpack", older=[AFTER])
    assert any("新的反而是第 1 版" in line for line in listed)
    more = pack_at(tmp_path / "more", BEFORE)
    shutil.copytree(more / "synthetic", more / "second")
    head = more / "second" / "form.toml"
    head.write_text(head.read_text("utf-8").replace('name = "synthetic"', 'name = "second"'), "utf-8")
    listed = mistakes_of(pack_at(tmp_path, BEFORE), tmp_path / "x.pdpack", older=[more])
    assert any("新的里没有了" in line for line in listed)


def test_words_that_nobody_could_read_are_refused(tmp_path: Path, program: Path) -> None:
    for notes in ("长" * 4001, "看\u200b不见"):
        with pytest.raises(UpdateError) as caught:
            build_pack(AFTER, tmp_path / "x.pdpack", notes)
        assert caught.value.code == "update_words"
    with pytest.raises(UpdateError) as caught:
        build_pack(AFTER, tmp_path / "x.pdpack", "", needs_program="neu")
    assert caught.value.code == "update_version"
    assert not (tmp_path / "x.pdpack").exists()


def test_a_folder_that_is_none_is_told(tmp_path: Path, program: Path) -> None:
    with pytest.raises(PackError) as caught:
        build_pack(tmp_path / "none", tmp_path / "x.pdpack", "")
    assert caught.value.code == "pack_missing"


def test_a_second_signature_takes_the_place_of_the_first(tmp_path: Path, program: Path) -> None:
    path = update_at(tmp_path / "x.pdpack", secret=STRANGER)
    first = path.read_bytes()
    sign_pack(path, tmp_path / "y.pdpack", PROVINCE)
    assert path.read_bytes() == first
    assert read_update(tmp_path / "y.pdpack", [distributor(PROVINCE)]).signer.key == distributor(PROVINCE).key


def test_what_is_no_update_is_not_signed(tmp_path: Path, program: Path) -> None:
    from tests.updates.update_kit import forged

    path = forged(tmp_path / "x.pdpack", small_manifest(), b"something else!")
    before = path.read_bytes()
    with pytest.raises(UpdateError) as caught:
        sign_pack(path, path, PROVINCE)
    assert caught.value.code == "update_damaged"
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, program: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(ExportError):
        build_pack(AFTER, tmp_path / "taken" / "x.pdpack", "")


def test_the_pack_that_comes_with_the_program_is_sound() -> None:
    from pilotdesk.paths import forms_dir

    assert pack_mistakes(forms_dir() / "2026") == []
    assert distributors() == ()


def test_a_clock_that_was_ahead_does_not_keep_corrections_away(tmp_path: Path, program: Path) -> None:
    trust(PROVINCE)
    ahead = at(60 * 24 * 365)
    install_pack(plan_at(update_at(tmp_path / "x.pdpack", clock=ahead)), None, CLOCK)
    corrected = pack_at(tmp_path / "c", AFTER, **{"synthetic__01-unit": ("职工人数", "在职人数")})
    path = update_at(tmp_path / "y.pdpack", corrected, clock=CLOCK)
    assert ahead.stamp() < read_update(path).manifest.made < at(60 * 24 * 365 + 1).stamp()
    install_pack(plan_at(path), None, CLOCK)
