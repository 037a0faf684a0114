"""The hand-over file: complete, legible without the program, and believed in nothing when it is read in."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote

import icalendar
import pytest
from msgspec.structs import replace

from pilotdesk.clock import Clock
from pilotdesk.drafts.copies import ExportEntry, _is_in
from pilotdesk.drafts.copies_json import copy_from_json, copy_to_json
from pilotdesk.drafts.package_guard import GuardedZip
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Attachment
from pilotdesk.projects import outlines_of, session_of_record
from pilotdesk.projects.handover import archive as archive_module
from pilotdesk.projects.handover import is_kit, making, project_copy, read_kit
from pilotdesk.projects.handover.making import write_kit
from pilotdesk.projects.handover.naming import attachment_members, kit_name, safe_name
from tests.data.keep import returned
from tests.projects.kits import CLOCK, DATES, HISTORY, SHARE, project
from tests.projects.timelines import the_round

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.drafts.copies import ProjectCopy


def write(copy: ProjectCopy, target: Path) -> Path:
    write_kit(copy, the_round(), target, CLOCK)
    return target


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(project(), tmp_path_factory.mktemp("kit") / "交接包_试点_20271205.zip")


@pytest.fixture(scope="module")
def members(kit: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(kit) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def text_of(members: dict[str, bytes], name: str) -> str:
    return members[name].decode()


def rewritten(kit: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """The same file with members changed, taken out or added, and nothing else mended."""
    with zipfile.ZipFile(kit) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = change.pop(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry.filename, content)
        for name, content in change.items():
            if content is not None:
                new.writestr(name, content)
    return target


# --- what is in it


def test_the_guide_is_the_first_member_and_nothing_is_missing(members: dict[str, bytes]) -> None:
    names = list(members)
    assert names[0] == "接手人须知.html"
    assert {"到期日历.ics", "草稿/1_申报书.html", "草稿/1_申报书.json", "清单.json"} <= set(names)
    assert any(name.startswith("导出/1_申报书/") and name.endswith(".docx") for name in names)
    assert any(name.startswith("导出/2_2027年度工作总结/") and name.endswith(".pdf") for name in names)
    assert sum(name.startswith("附件/") for name in names) == len(project().files)


def test_the_list_holds_the_digest_of_every_other_member(members: dict[str, bytes]) -> None:
    listed = json.loads(members["清单.json"])["members"]
    assert set(listed) == set(members) - {"清单.json"}
    assert all(hashlib.sha256(members[name]).hexdigest() == digest for name, digest in listed.items())


def test_the_guide_says_what_was_promised_what_is_due_and_who_to_ask(members: dict[str, bytes]) -> None:
    guide = text_of(members, "接手人须知.html")
    for words in (
        "南汀县政务服务中心", "建设第一年", "提交2027年度总结", "已过 5 天", "2028年11月30日", "推算",
        "服务对象满意度", "需求清单", "后来变更过的承诺", "88.0", "吴小舟", "会议纪要&lt;一&gt;", "13800000035",
        "国标委发〔2026〕23号", "打开文件或交接包", "量化指标表", "拟补充制定", "预期成果", "四、可以问谁",
    ):  # fmt: skip
        assert words in guide, words
    assert "<h3>经费预算</h3>" not in guide  # nobody changes it later


def test_the_guide_says_what_is_not_finished(tmp_path: Path) -> None:
    copy = project()
    first = copy.drafts[0]
    slip = replace(returned(), before={"1": first.record.values["uscc"]})
    back = replace(SHARE, returned="2026-05-09T00:00:00.000Z")
    out = replace(first.shares[0], share=replace(SHARE, due="2026-06-05"))
    left = replace(first, returns=(slip,), shares=(out,))
    final = replace(first.record, card=replace(first.record.card, revision=3))
    done = replace(first, record=final, returns=(), shares=(replace(first.shares[0], share=back),))
    guides = []
    progress = []
    for number, draft in enumerate((left, done)):
        kit = tmp_path / f"{number}.zip"
        told = replace(copy, drafts=(draft,))
        write_kit(told, the_round(), kit, CLOCK, progress=lambda *at: progress.append(at))
        with zipfile.ZipFile(kit) as archive:
            guides.append(archive.read("接手人须知.html").decode())
    for words in (
        "草稿，必填的填了 100 %", "还没有做完的", "某省市场监督管理局退回，还有 1 处没改，2026年6月22日前改好再报", "请改正。",
        "四、试点的必要性和工作需求分析，请王工填了，还没有收回，2026年6月5日前交回。",
    ):  # fmt: skip
        assert words in guides[0], words
    assert "请核对 PDF。" not in guides[0]  # of it the unit said something
    assert "还没有做完的" not in guides[1]
    assert "第 3 版已定稿" in guides[1]
    assert progress == [(0, 1), (0, 1)]


def test_every_page_stands_alone_and_every_link_leads_to_a_member(members: dict[str, bytes]) -> None:
    pages = [name for name in members if name.endswith(".html")]
    assert len(pages) == 3
    for name in pages:
        page = text_of(members, name)
        assert not re.search(r"<script|<link|<img|<iframe|src=|url\(|@import", page)
        assert {unquote(link) for link in re.findall(r'href="([^"]*)"', page)} <= set(members)
    assert text_of(members, "接手人须知.html").count("href=") > 10


def test_drafts_can_be_read_as_json_with_the_names_of_the_fields(members: dict[str, bytes]) -> None:
    told = json.loads(members["草稿/1_申报书.json"])
    fields = {field["栏目"]: field for part in told["内容"] for field in part["栏目"]}
    assert fields["承担单位"]["内容"] == "南汀县政务服务中心"
    indicators = [row["指标"] for row in fields["量化指标表"]["行"]]
    assert "服务对象满意度" in indicators
    assert told["另外保留的旧内容"] == [
        {"原来的位置": "2.20 老栏目", "内容": "旧话", "为什么": "新表没有这一栏。"}
    ]


def test_the_calendar_can_be_read_by_another_program(members: dict[str, bytes]) -> None:
    calendar = icalendar.Calendar.from_ical(members["到期日历.ics"])
    assert len(calendar.walk("VEVENT")) == 3


def test_a_draft_is_printed_as_one_and_an_unchanged_final_version_as_what_it_was(tmp_path: Path) -> None:
    """Handing over counts no version up, and never prints another text under an old number."""
    copy = project()
    first = copy.drafts[0]
    session = session_of_record(first.record, CLOCK.today())
    (outline,) = outlines_of(session, draft=False)
    entry = ExportEntry(
        at="2026-06-01", kind="pdf", file_name="x", sha256="ab", check_code=outline.check_code
    )
    final = replace(
        first, record=replace(first.record, card=replace(first.record.card, revision=3)), exports=(entry,)
    )
    told = making._told(final, 1, CLOCK.today())
    (made,) = making._outlines(told)
    assert (made.draft, made.revision, made.check_code) == (False, 3, outline.check_code)
    changed = replace(
        final, record=replace(final.record, values={**final.record.values, "unit_name": "别的"})
    )
    assert all(outline.draft for outline in making._outlines(making._told(changed, 1, CLOCK.today())))


# --- there and back


def test_everything_comes_back(kit: Path) -> None:
    copy, read = project(), read_kit(kit)
    assert (read.project_id, read.dates, read.created) == (copy.project_id, DATES, copy.created)
    assert [draft.record for draft in read.drafts] == [draft.record for draft in copy.drafts]
    assert [(e.path, e.value, e.at, e.by) for e in read.drafts[0].history] == [
        (e.path, e.value, e.at, e.by) for e in HISTORY
    ]
    assert read.drafts[0].exports == copy.drafts[0].exports
    (version,) = read.drafts[0].versions
    assert (version.name, version.by, version.seq) == ("交第一稿前", "张三", read.drafts[0].history[0].seq)
    assert dict(read.files) == dict(copy.files)


def test_a_project_without_drafts_or_with_a_form_from_elsewhere_goes_too(tmp_path: Path) -> None:
    bare = replace(project(), drafts=(), files={})
    assert read_kit(write(bare, tmp_path / "a.zip")).drafts == ()
    first = project().drafts[0]
    foreign = replace(first, record=replace(first.record, card=replace(first.record.card, round="2031")))
    copy = replace(project(), drafts=(foreign,), files={})
    assert read_kit(write(copy, tmp_path / "b.zip")).drafts[0].record == foreign.record


def test_it_is_known_by_what_it_holds(kit: Path, tmp_path: Path) -> None:
    assert is_kit(kit)
    other = tmp_path / "改了名.pilot"
    other.write_bytes(kit.read_bytes())
    assert is_kit(other)
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    assert not is_kit(tmp_path / "x.zip")
    assert not is_kit(tmp_path / "nothing.zip")


def read_all(source: Path) -> None:
    dict(read_kit(source).files)


def refused(source: Path) -> str:
    with pytest.raises(PackageError) as caught:
        read_all(source)
    assert str(caught.value)
    return caught.value.code


def test_whatever_was_tampered_with_is_refused(kit: Path, tmp_path: Path, members: dict[str, bytes]) -> None:
    attachment = next(name for name in members if name.startswith("附件/"))
    listed = json.loads(members["清单.json"])
    newer = json.dumps(listed | {"version": 99}).encode()
    other = json.dumps(listed | {"format": "something"}).encode()
    swapped = json.dumps(listed | {"attachments": {"a" * 64: attachment}}).encode()
    project_json = members["程序用/项目.json"]
    cases: dict[str, dict[str, bytes | None]] = {
        "package_damaged": {"程序用/项目.json": project_json.replace("南汀".encode(), "北汀".encode(), 1)},
        "package_damaged ": {attachment: b"other"},
        "package_damaged  ": {attachment: None},
        "package_damaged   ": {"清单.json": swapped},
        "package_damaged    ": {"清单.json": b"[1, 2"},
        "package_too_new": {"清单.json": newer},
        "handover_foreign": {"清单.json": other},
        "handover_foreign ": {"清单.json": None},
    }
    for code, change in cases.items():
        assert refused(rewritten(kit, tmp_path / "t.zip", change)) == code.strip()
    assert refused(tmp_path / "nowhere.zip") == "package_missing"
    cut = tmp_path / "cut.zip"
    cut.write_bytes(kit.read_bytes()[:20000])
    assert refused(cut) == "package_damaged"
    assert is_kit(cut)
    cut.write_bytes(b"PK" + kit.read_bytes()[2:20])
    assert refused(cut) == "handover_foreign"
    assert not is_kit(cut)
    assert not is_kit(tmp_path / "nowhere.zip")


@pytest.mark.parametrize(
    "change",
    [
        {"project_id": "../../x"}, {"practice": "yes"}, {"dates": {"x": "2027-13-01"}}, {"drafts": [1]},
        {"dates": {"<b>": "2027-01-01"}}, {"drafts": 5}, {"created": "gestern"}, {"project_id": None},
    ],
)  # fmt: skip
def test_a_forged_project_is_refused(
    kit: Path, tmp_path: Path, members: dict[str, bytes], change: dict[str, object]
) -> None:
    forged = json.dumps(json.loads(members["程序用/项目.json"]) | change).encode()
    listed = json.loads(members["清单.json"])
    listed["members"]["程序用/项目.json"] = hashlib.sha256(forged).hexdigest()
    put = {"程序用/项目.json": forged, "清单.json": json.dumps(listed).encode()}
    assert refused(rewritten(kit, tmp_path / "t.zip", dict(put))) == "package_damaged"


def test_a_bomb_is_refused_before_anything_is_unpacked(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(archive_module.LIMITS, total_bytes=100_000)
    monkeypatch.setattr(archive_module, "LIMITS", small)
    assert refused(kit) == "package_too_large"


# --- on another computer


@pytest.fixture
def here(tmp_path: Path) -> Iterator[DraftStore]:
    store = DraftStore(tmp_path / "here", CLOCK)
    yield store
    store.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[DraftStore]:
    store = DraftStore(tmp_path / "there", Clock(lambda: datetime(2028, 3, 1, tzinfo=UTC)), by="李四")
    yield store
    store.close()


def without_numbers(copy: ProjectCopy) -> list[object]:
    """Everything that must be the same on both sides; attachments by content, history without its numbers."""
    drafts = [
        (
            draft.record,
            [(e.path, e.value, e.origin, e.at, e.by) for e in draft.history],
            [
                (replace(export, seq=None), sum(_is_in(entry, export) for entry in draft.history))
                for export in draft.exports
            ],
            [(one.name, [e.seq for e in draft.history].index(one.seq)) for one in draft.versions],
        )
        for draft in copy.drafts
    ]
    return [copy.project_id, copy.created, copy.practice, dict(copy.dates), dict(copy.files), drafts]


@pytest.mark.parametrize("entries", ["told", "of an older program"])
def test_what_was_typed_after_an_export_with_the_clock_set_back_is_not_taken_for_exported(
    there: DraftStore, tmp_path: Path, entries: str
) -> None:
    moment = [datetime(2027, 3, 1, tzinfo=UTC)]
    with contextlib.closing(DraftStore(tmp_path / "back", Clock(lambda: moment[0]))) as store:
        draft_id = store.create(
            load_shipped("2026"), "application", {"unit_name": "甲"}, facts=DraftFacts(), origin="typed"
        )
        store.log_export(draft_id, kind="pdf", file_name="x.pdf", sha256="a" * 64, check_code="AB")
        moment[0] -= timedelta(days=400)
        store.save(draft_id, {"unit_name": "乙"}, origin="typed")
        told = copy_to_json(project_copy(store, store.load(draft_id).card.project_id))
    if entries != "told":
        del told["drafts"][0]["export_entries"]
    there.projects.put(copy_from_json(json.loads(json.dumps(told)), {}))
    past = there.histories.read(draft_id)
    (export,) = past.exports
    assert past.state(export.seq)["unit_name"] == ("甲" if entries == "told" else "乙")
    assert past.state()["unit_name"] == "乙"


def test_a_project_moves_to_another_computer_whole(
    here: DraftStore, there: DraftStore, tmp_path: Path
) -> None:
    project_id = here.projects.put(project())
    assert without_numbers(project_copy(here, project_id)) == without_numbers(project())
    draft_id = here.drafts_of(project_id)[0].draft_id
    here.save(draft_id, {"unit_name": "南汀县政务服务中心（新）"}, origin="typed")
    here.save(draft_id, {"postal_code": None}, origin="typed")
    kit = write(project_copy(here, project_id), tmp_path / "kit.zip")
    moved = there.projects.put(read_kit(kit))
    copy = project_copy(there, moved)
    assert without_numbers(copy) == without_numbers(project_copy(here, project_id))
    assert moved == project_id
    assert copy.drafts[0].history[-2].value == "南汀县政务服务中心（新）"
    assert [kept.share for kept in copy.drafts[0].shares] == [SHARE]
    assert copy.drafts[0].returns == (returned(),)
    assert len(copy.files) == 10
    sha256 = next(iter(copy.files))
    assert there.attachment(copy.drafts[0].record.card.draft_id, sha256) == project().files[sha256]


def test_taking_it_over_twice_makes_two_projects_and_merges_nothing(here: DraftStore, tmp_path: Path) -> None:
    kit = write(project(), tmp_path / "kit.zip")
    first, second = here.projects.put(read_kit(kit)), here.projects.put(read_kit(kit))
    assert first != second
    ids = [card.draft_id for card in here.cards()]
    assert len(ids) == len(set(ids)) == 4
    one, two = project_copy(here, first), project_copy(here, second)
    assert [d.record.values for d in one.drafts] == [d.record.values for d in two.drafts]
    assert [len(d.history) for d in one.drafts] == [len(d.history) for d in two.drafts] == [2, 0]
    assert one.dates == two.dates == DATES


def test_what_comes_back_finds_its_draft_in_the_copy_that_is_left(here: DraftStore, tmp_path: Path) -> None:
    kit = write(project(), tmp_path / "kit.zip")
    drafts = [here.drafts_of(here.projects.put(read_kit(kit)))[0].draft_id for _ in range(2)]
    assert here.shares.handed_out(SHARE.share_id).draft_id == drafts[0]
    here.deletions.delete([drafts[0]])
    assert here.shares.handed_out(SHARE.share_id).draft_id == drafts[1]


def test_a_draft_that_was_deleted_here_does_not_lend_its_history(here: DraftStore, tmp_path: Path) -> None:
    kit = write(project(), tmp_path / "kit.zip")
    first = here.projects.put(read_kit(kit))
    for card in here.drafts_of(first):
        here.deletions.delete([card.draft_id])
    again = project_copy(here, here.projects.put(read_kit(kit)))
    assert [len(draft.history) for draft in again.drafts] == [2, 0]


def test_a_damaged_attachment_brings_nothing_in(
    kit: Path, here: DraftStore, tmp_path: Path, members: dict[str, bytes]
) -> None:
    attachment = next(name for name in members if name.startswith("附件/"))
    broken = rewritten(kit, tmp_path / "broken.zip", {attachment: b"other"})
    with pytest.raises(PackageError):
        here.projects.put(read_kit(broken))
    assert here.cards() == ()


# --- writing


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kit.zip"
    target.write_bytes(b"old")
    wrong = replace(project(), drafts=(), files={})
    monkeypatch.setattr(GuardedZip, "digest", lambda _archive, name: name)
    with pytest.raises(ExportError) as caught:
        write(wrong, target)
    assert caught.value.code == "handover_differs"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_value_that_reads_back_differently_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(copy: ProjectCopy) -> dict[str, object]:
        made = to_wrong(copy)
        made["drafts"][0]["values"]["unit_name"] = to_json("别的")  # type: ignore[index]
        return made

    to_wrong = archive_module.copy_to_json
    monkeypatch.setattr(archive_module, "copy_to_json", wrong)
    with pytest.raises(ExportError) as caught:
        write(project(), tmp_path / "kit.zip")
    assert caught.value.code == "handover_differs"
    assert list(tmp_path.iterdir()) == []


# --- names


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("a/b\\c:d*e?f\"g<h>i|j", "abcdefghij"), (" . ", "未命名"), ("x" * 99, "x" * 60), ("..\\..", "未命名"),
        ("南汀县“一件事”", "南汀县“一件事”"), ("a\ud800b\x00", "ab"), ("😀" * 60, "😀" * 50),
    ],
)  # fmt: skip
def test_names_are_safe_everywhere(words: str, safe: str) -> None:
    assert safe_name(words) == safe


def test_attachments_keep_their_names_and_each_name_is_there_once() -> None:
    names = attachment_members(project(), ["1_a", "2_b"])
    assert len(set(names.values())) == len(names) == len(project().files)
    assert "附件/1_a/事业单位法人证书（样例）.pdf" in names.values()
    unused = replace(project(), drafts=())
    assert all(name.startswith("附件/不再引用/") for name in attachment_members(unused, []).values())


def test_attachments_of_one_name_are_counted_also_where_only_the_case_differs() -> None:
    given = ("a.PDF", "A.pdf", "a.pdf", "扫描件", "扫描件")
    files = [Attachment(sign * 64, name, 1) for sign, name in zip("abcde", given, strict=True)]
    copy = project()
    draft = replace(copy.drafts[0], record=replace(copy.drafts[0].record, values={"scan": tuple(files)}))
    copy = replace(copy, drafts=(draft,), files={file.sha256: b"" for file in files})
    names = attachment_members(copy, ["1.5"])
    told = ["a.PDF", "A（2）.pdf", "a（3）.pdf", "扫描件", "扫描件（2）"]
    assert list(names.values()) == [f"附件/1.5/{name}" for name in told]


def test_the_file_is_named_after_project_and_day() -> None:
    assert kit_name("南汀县：试点", CLOCK.today()) == "交接包_南汀县：试点_20271205.zip"
