"""A folder is complete when all in it and below it was looked at, and not before."""

from __future__ import annotations

from pilotdesk.review.intake.folders import Folders


def test_a_folder_waits_for_its_files_and_those_below_it():
    folders = Folders()
    folders.begun(("甲",))
    folders.begun(("甲", "乙"))
    assert list(folders.closed(("甲", "乙"))) == []
    assert list(folders.closed(("甲",))) == []
    assert list(folders.closed(())) == []
    assert list(folders.done(("甲",))) == []
    assert list(folders.done(("甲", "乙"))) == [("甲", "乙"), ("甲",), ()]


def test_a_folder_that_is_not_closed_is_not_complete():
    folders = Folders()
    folders.begun(())
    assert list(folders.done(())) == []
    assert list(folders.closed(())) == [()]


def test_an_archive_opened_in_a_closed_folder_is_waited_for():
    folders = Folders()
    folders.begun(("甲",))  # the archive itself
    assert list(folders.closed(("甲",))) == []
    assert list(folders.closed(())) == []
    folders.begun(("甲", "材料.zip", "里面"))
    assert list(folders.closed(("甲", "材料.zip", "里面"))) == []
    assert list(folders.closed(("甲", "材料.zip"))) == []
    assert list(folders.done(("甲",))) == []
    assert list(folders.done(("甲", "材料.zip", "里面"))) == [
        ("甲", "材料.zip", "里面"),
        ("甲", "材料.zip"),
        ("甲",),
        (),
    ]


def test_empty_folders_are_complete_at_once():
    folders = Folders()
    assert list(folders.closed(("空",))) == [("空",)]
    assert list(folders.closed(())) == [()]
