"""Slips into a folder: one of their own each, all that can be written, and nothing where somebody stopped it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from pilotdesk.errors import ExportError, PackageError
from pilotdesk.review.desk.records import Returned
from pilotdesk.review.slips import giving_out
from pilotdesk.review.slips.giving_out import Going, folder_name, give_out, slip_name
from pilotdesk.review.slips.return_slip import read_slip
from tests.review.desk_kit import desk_in, opened, submission
from tests.review.findings_kit import sample
from tests.review.slip_kit import slip_for


@pytest.fixture(scope="module")
def slip():
    return slip_for(dict(sample("application").values) | {"uscc": "91000000000000000X"})


def going(slip, number=12, **changed):
    return Going(key=f"k{number}", number=number, name=f"{number:03}-1", slip=replace(slip, **changed))


def test_each_slip_has_a_folder_with_the_file_and_the_notice(slip, tmp_path):
    told = []
    both = [going(slip), going(slip, 7, unit="乙县/图书馆", slip_id="b_0123456789ab")]
    given = give_out(both, tmp_path / "退回单", lambda done, all_: told.append((done, all_)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [one.name for one in sorted(given.folder.iterdir())] == ["007_乙县图书馆", f"012_{slip.unit}"]
    assert [file.suffix for file in given.files] == [".pilotback", ".docx", ".pdf"] * 2
    assert read_slip(given.files[0]) == slip
    assert given.files[0].name.startswith("退回单_")
    assert given.files[1].name.startswith("审核意见告知单_")
    assert all(file.is_file() for file in given.files)
    assert given.gone == tuple(both)
    assert given.troubles == ()


def test_two_of_one_round_do_not_take_each_others_place(slip, tmp_path):
    again = going(slip, slip_id="b_0123456789ab")
    both = [going(slip), replace(again, name="012-1（2）"), going(slip, 7)]
    given = give_out(both, tmp_path / "退回单")
    assert [one.name.partition("_")[0] for one in sorted(given.folder.iterdir())] == [
        "007",
        "012-1",
        "012-1（2）",
    ]
    assert [read_slip(file) for file in given.files if file.suffix == ".pilotback"] == [
        one.slip for one in both
    ]


def test_one_that_cannot_be_written_is_told_and_the_others_go(slip, tmp_path, monkeypatch):
    write = giving_out.write_slip

    def refuse(one, target):
        if "乙县" in str(target):
            raise PackageError("slip_too_large", name=target.name)
        write(one, target)

    monkeypatch.setattr(giving_out, "write_slip", refuse)
    good, bad = going(slip), going(slip, 7, unit="乙县图书馆")
    given = give_out([bad, good], tmp_path / "退回单")
    assert given.gone == (good,)
    assert given.troubles[0].startswith("007 乙县图书馆：")
    assert not list((given.folder / folder_name(bad)).glob("*.pilotback"))
    with pytest.raises(PackageError, match="大得不像"):
        give_out([bad], tmp_path / "另一个")
    assert not (tmp_path / "另一个").exists()


def test_stopped_half_way_nothing_is_there(slip, tmp_path):
    class Stopped(BaseException):
        pass

    def progress(done, _all):
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        give_out([going(slip), going(slip, 7)], tmp_path / "退回单", progress)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(slip, tmp_path):
    (tmp_path / "档").write_text("")
    with pytest.raises(ExportError):
        give_out([going(slip)], tmp_path / "档" / "退回单")


def test_the_number_of_a_slip_says_which_submission_and_which_round(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        desk.take(submission())
        row = desk.row("k1")
    one = Returned(number=1, slip="001-1", wanted=1, due=date(2026, 7, 1), at="", who="")
    assert slip_name(row, ()) == "001-1"
    assert slip_name(row, (one,)) == "001-1（2）"
    assert slip_name(replace(row, handed=2), (one,)) == "001-2"
