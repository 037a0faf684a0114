"""What is read off the pages of a wizard, and the Chinese words that NSIS's own front gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from trial_report import Failed
from windows import front_words, wizard
from windows.installer import LONGEST_PATH, WHILE_UNPACKED, longest_place

SCRIPT = (Path(wizard.__file__).parent / "setup.nsi").read_text("utf-8")
STUBS = Path("/usr/share/nsis/Stubs")


def line(number: int, kind: str, text: str, *, enabled: int = 1, needs: tuple[int, int] = (10, 10)) -> str:
    values = ("C", number, kind, enabled, 0, int(number == 1), 0, 0, 100, 20, *needs, text)
    return "\t".join(map(str, values))


def page(*lines: str) -> wizard.Page:
    return wizard.read_pages("\n".join(("W\tPilotDesk 安装 ", *lines)))[0]


def test_pages_are_read_with_their_controls() -> None:
    told = (
        "W\t安装 ",
        line(1, "Button", "下一步(&N) >"),
        line(1006, "Static", "第一行\\n第二行"),
        "W\t问",
        "",
    )
    first, second = wizard.read_pages("\n".join(told))
    assert (first.title, second.title, second.controls) == ("安装", "问", ())
    assert "第二行" in first
    assert "第三行" not in first
    assert first.button(1).chosen
    assert first.button(1006).text == "第一行\n第二行"
    with pytest.raises(Failed, match="7 号按钮"):
        first.button(7)


def test_a_picture_in_the_place_of_a_text_says_nothing() -> None:
    assert page(line(1039, "Static", "\uffffg", needs=(900, 900))).troubles() == []


@pytest.mark.parametrize("needs", [(101, 20), (100, 21)])
def test_a_text_without_room_is_a_trouble(needs: tuple[int, int]) -> None:
    assert page(line(1006, "Static", "装到哪里", needs=needs)).troubles() == ["“装到哪里”放不下"]
    assert page(line(1019, "Edit", "很长的路径", needs=needs)).troubles() == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("点击 [Retry] 重新尝试", ["“Retry”不是中文"]),
        ("安装 PilotDesk，需要：180.3 MB(&I)", []),
        ("留在：\nC:\\users\\张三\\AppData\\Local\\PilotDesk", []),
        ("省标准院 key.pdkey", []),
    ],
)
def test_words_that_are_not_chinese_are_a_trouble(text: str, wrong: list[str]) -> None:
    assert page(line(1006, "Static", text.replace("\n", "\\n"))).troubles() == wrong


# --- the front


def test_the_front_keeps_its_size_and_says_it_in_chinese() -> None:
    front = b"MZ" + b"".join(f"{one}\0".encode("utf-16-le") for one in front_words.WORDS) + b"end"
    translated = front_words.translated(front)
    assert (len(translated), translated[-3:]) == (len(front), b"end")
    for english, chinese in front_words.WORDS.items():
        assert english.encode("utf-16-le") not in translated
        assert f"{chinese}\0".encode("utf-16-le") in translated
        assert english.count("%d%%") == chinese.count("%d%%")


def test_a_front_that_says_something_else_is_not_taken() -> None:
    with pytest.raises(ValueError, match="not in this front"):
        front_words.translated(b"MZ")


@pytest.mark.skipif(not STUBS.is_dir(), reason="NSIS is not installed here")
@pytest.mark.parametrize("name", ["lzma-x86-unicode", "zlib-x86-unicode", "zlib-amd64-unicode"])
def test_the_fronts_that_are_used_have_all_of_these_sentences(name: str) -> None:
    front = (STUBS / name).read_bytes()
    assert len(front_words.translated(front)) == len(front)


# --- the script


def test_the_page_for_the_folder_says_why_a_place_will_not_do() -> None:
    assert "MUI_DIRECTORYPAGE_VERIFYONLEAVE" in SCRIPT
    assert "GetInstDirError" in SCRIPT
    assert "MUI_ABORTWARNING_CANCEL_DEFAULT" in SCRIPT


def test_sentences_of_nsis_that_name_buttons_in_english_are_exchanged() -> None:
    ours = dict(re.findall(r'^LangString \^(\w+) 2052 "(.+)"$', SCRIPT, re.MULTILINE))
    assert {"FileError_NoIgnore", "ErrorWriting", "ErrorDecompressing", "DirBrowseText"} <= ours.keys()
    assert not [text for text in ours.values() if "[" in text]


def test_a_place_is_too_long_when_a_file_in_it_would_be(tmp_path: Path) -> None:
    name = "app/forms/一.toml"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    assert longest_place(tmp_path) + len(WHILE_UNPACKED) + len(name) == LONGEST_PATH
