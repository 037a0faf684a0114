"""One zip of the chosen kits: every byte as received, names by the pattern, nothing that is not what came in."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tracemalloc
import zipfile
from datetime import date

import pytest
from msgspec.structs import replace

from pilotdesk.errors import ExportError
from pilotdesk.forms.round import KitRules
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.intake import take_in
from pilotdesk.review.outputs import archive as module
from pilotdesk.review.outputs.archive import CHANGED, GONE, LIST, SUMS, UNREADABLE, Archive
from pilotdesk.review.records import Kind, ReceivedFile, State
from tests.review.desk_kit import submission

RULES = load_shipped("2026").round.kit
FOLDER = "江西省_F6_甲县服务中心_申报书_20260624"


def kit(folder, name, files):
    """A submission whose files lie in a folder; content by place, ``zip › member`` for those in an archive."""
    listed, archives = [], {}
    for place, content in files.items():
        outer, _, inner = place.partition(" › ")
        path = folder / outer
        path.parent.mkdir(parents=True, exist_ok=True)
        if inner:
            archives.setdefault(path, {})[inner] = content
        else:
            path.write_bytes(content)
        listed.append(
            ReceivedFile(
                place=place,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                kind=Kind.ATTACHMENT,
                state=State.KEPT,
            )
        )
    for path, members in archives.items():
        with zipfile.ZipFile(path, "w") as packed:
            for inner, content in members.items():
                packed.writestr(inner, content)
    return submission(name, files=tuple(listed))


@pytest.fixture
def received(tmp_path):
    folder = tmp_path / "in"
    files = {
        "甲/申报书.pilot": b"pilot" * 9000,
        "甲/附件 1：证书.JPG": b"\xff\xd8picture",
        "甲/说明": b"no ending",
        "甲/扫描.zip › 里面/合同.pdf": b"%PDF-1.7 scan",
    }
    others = {"乙/申报书.docx": b"word", "乙/申报书.pdf": b"pdf"}
    return folder, [kit(folder, "k1", files), kit(folder, "k2", others)], {**files, **others}


def maker(folder, chosen, rules=RULES):
    return Archive(chosen, [folder], rules, form="申报书", province="江西省", day="20260624")


def test_every_file_is_as_it_was_received(received, tmp_path):
    folder, chosen, contents = received
    told = []
    made = maker(folder, chosen).make(
        tmp_path / "out" / "材料.zip", progress=lambda done, all_: told.append((done, all_))
    )
    assert made.lacking == ()
    assert told == [(n, 6) for n in range(7)]
    with zipfile.ZipFile(made.path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == [
            LIST,
            SUMS,
            f"{FOLDER}/01_申报书.pilot",
            f"{FOLDER}/02_附件 1：证书.JPG",
            f"{FOLDER}/03_说明",
            f"{FOLDER}/04_合同.pdf",
            f"{FOLDER}（2）/01_申报书.docx",
            f"{FOLDER}（2）/02_申报书.pdf",
        ]
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist() if not entry.filename.isascii())
        assert {(entry.create_system, entry.date_time[0]) for entry in archive.infolist()} == {(0, 1980)}
        for file in made.files:
            assert archive.read(file.name) == contents[file.place]
        rows = list(csv.reader(io.StringIO(archive.read(LIST).decode("utf-8-sig"))))
        sums = dict(line.split("  ")[::-1] for line in archive.read(SUMS).decode().splitlines())
    assert [row[7] for row in rows[1:]] == list(contents)
    assert [row[0] for row in rows[1:]] == ["1"] * 4 + ["2"] * 2
    for row in rows[1:]:
        content = contents[row[7]]
        assert row[1:3] == ["甲县标准化试点", "甲县服务中心"]
        assert (int(row[5]), row[6]) == (len(content), hashlib.sha256(content).hexdigest())
        assert sums[f"{row[3]}/{row[4]}"] == row[6]


def test_the_same_files_make_the_same_bytes(received, tmp_path):
    folder, chosen, _ = received
    zips = [maker(folder, chosen).make(tmp_path / f"{n}.zip").path.read_bytes() for n in range(2)]
    assert zips[0] == zips[1]
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    assert maker(folder, chosen).make(tmp_path / "3.zip").path.read_bytes() == zips[0]


def test_what_is_gone_or_changed_is_told_and_never_packed(received, tmp_path):
    folder, chosen, _ = received
    (folder / "甲" / "说明").unlink()
    (folder / "乙" / "申报书.docx").write_bytes(b"wordy")
    (folder / "甲" / "附件 1：证书.JPG").write_bytes(b"\xff\xd8pictur!")
    target = tmp_path / "out.zip"
    with pytest.raises(ExportError) as trouble:
        maker(folder, chosen).make(target)
    assert trouble.value.code == "archive_lacking"
    assert trouble.value.context["count"] == 3
    assert "甲/说明（找不到）" in str(trouble.value)
    assert list(tmp_path.iterdir()) == [folder]
    made = maker(folder, chosen).make(target, incomplete=True)
    assert [(one.order, one.place, one.reason) for one in made.lacking] == [
        (1, "甲/附件 1：证书.JPG", CHANGED),
        (1, "甲/说明", GONE),
        (2, "乙/申报书.docx", CHANGED),
    ]
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 2 + 3
        text = archive.read(LIST).decode("utf-8-sig")
    assert text.count("没有打包：") == 3


def test_a_link_in_the_place_of_a_file_is_not_followed(received, tmp_path):
    folder, chosen, contents = received
    moved = tmp_path / "elsewhere.pdf"
    moved.write_bytes(contents["乙/申报书.pdf"])
    (folder / "乙" / "申报书.pdf").unlink()
    try:
        (folder / "乙" / "申报书.pdf").symlink_to(moved)
    except OSError:
        pytest.skip("links are not allowed here")
    made = maker(folder, chosen).make(tmp_path / "out.zip", incomplete=True)
    assert [(one.place, one.reason) for one in made.lacking] == [("乙/申报书.pdf", UNREADABLE)]


def test_what_was_written_wrongly_never_appears(received, tmp_path, monkeypatch):
    folder, chosen, _ = received
    target = tmp_path / "out.zip"
    target.write_bytes(b"the one before")
    whole = module._pack

    def spoilt(archive, source):
        whole(archive, source)
        if source.packed.order == 2:
            archive.fp.seek(-3, 1)
            archive.fp.write(b"xyz")

    monkeypatch.setattr(module, "_pack", spoilt)
    with pytest.raises(ExportError) as trouble:
        maker(folder, chosen).make(target)
    assert trouble.value.code == "archive_differs"
    assert target.read_bytes() == b"the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.zip"]


def test_a_file_that_changes_on_the_way_stops_it(received, tmp_path):
    folder, chosen, _ = received

    def progress(done, _all):
        if done == 3:
            (folder / "乙" / "申报书.docx").write_bytes(b"WORD")

    with pytest.raises(ExportError) as trouble:
        maker(folder, chosen).make(tmp_path / "out.zip", progress=progress)
    assert trouble.value.code == "archive_lacking"
    assert not (tmp_path / "out.zip").exists()


def test_stopping_leaves_nothing(received, tmp_path):
    class Stopped(Exception):
        pass

    def progress(done, _all):
        if done:
            raise Stopped

    folder, chosen, _ = received
    with pytest.raises(Stopped):
        maker(folder, chosen).make(tmp_path / "out.zip", progress=progress)
    assert list(tmp_path.iterdir()) == [folder]


def test_names_follow_the_pattern_and_are_safe(received, tmp_path):
    folder, chosen, _ = received
    facts = replace(chosen[0].facts, title="=1+1", unit="甲/..\\县:中心", field="")
    rules = KitRules(folder="{unit}_{field}_{project}", file="{material}")
    made = maker(folder, [replace(chosen[0], facts=facts)], rules).make(tmp_path / "out.zip")
    assert {file.name.partition("/")[0] for file in made.files} == {"甲..县中心_=1+1"}
    with zipfile.ZipFile(made.path) as archive:
        assert ",'=1+1," in archive.read(LIST).decode("utf-8-sig")
        assert not any(".." in name.split("/") for name in archive.namelist())


def test_memory_does_not_grow_with_the_files(tmp_path):
    folder = tmp_path / "in"
    one = kit(folder, "k1", {"甲/大.pdf": bytes(48 << 20)})
    tracemalloc.start()
    maker(folder, [one]).make(tmp_path / "out.zip")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 << 20


def test_what_the_intake_took_in_can_be_packed(tmp_path):
    """Places that the intake tells are places that the archive finds."""
    folder = tmp_path / "in"
    kit(folder, "k", {"甲/甲县申报书.pdf": b"%PDF-1.4 broken", "甲/包.zip › 内/证书\n页.jpg": b"jpg"})
    news = list(take_in([folder], today=date(2026, 6, 12)))
    files = [one.file for one in news if one.file is not None and one.file.sha256]
    files += [file for one in news if one.submission for file in one.submission.files]
    assert files
    made = maker(folder, [submission(files=tuple(files))]).make(tmp_path / "out.zip")
    assert {file.place for file in made.files} == {file.place for file in files}


@pytest.mark.parametrize("together", [True, False])
def test_what_several_folders_brought_can_be_packed(tmp_path, together):
    """A province takes in the first folder in June and what came back in July; both at once have other places."""
    folders = [tmp_path / "6月", tmp_path / "7月"]
    for at, folder in enumerate(folders):
        kit(folder, "k", {f"甲/{at}.pdf": b"%PDF-1.4 broken", f"甲/包{at}.zip › 内/证书.jpg": b"jpg %d" % at})
    runs = [folders] if together else [[folder] for folder in folders]
    news = [one for run in runs for one in take_in(run, today=date(2026, 6, 12))]
    files = [one.file for one in news if one.file is not None and one.file.sha256]
    assert len(files) == 4
    chosen = [submission(files=tuple(files))]
    made = Archive(chosen, folders, RULES, form="申报书", province="江西省", day="20260624").make(
        tmp_path / "out.zip"
    )
    assert sorted(file.place for file in made.files) == sorted(file.place for file in files)
