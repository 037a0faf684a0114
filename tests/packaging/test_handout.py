"""The sheet for whoever hands the program out: what stands on it is true of the files and of the program."""

from __future__ import annotations

import hashlib
import re
import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pilotdesk import __version__
from pilotdesk.cli import main as cli
from pilotdesk.diagnostics import diagnose
from pilotdesk.documents.blocks import Heading, Table
from pilotdesk.documents.pdf import page_count, read_pdf_text
from tests.packaging.tree_kit import EPOCH, ROOT

from handout import CLI, EXIT_CODES, FILE_NAME, handed_out, outline_of, write_handout  # isort: skip

if TYPE_CHECKING:
    from pathlib import Path

SETUP = f"PilotDesk-{__version__}-setup.exe"
MADE = datetime.fromtimestamp(EPOCH, UTC)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / SETUP).write_bytes(b"s" * 1_234_567)
    (tmp_path / f"PilotDesk-{__version__}-绿色版.zip").write_bytes(b"z" * 2_000_000)
    (tmp_path / f"cn.pilotdesk.app_{__version__}_amd64.deb").write_bytes(b"d" * 300_000)
    return tmp_path


def cells(dist: Path) -> list[str]:
    outline = outline_of(handed_out(dist), __version__, MADE)
    return [
        cell.text
        for block in outline.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]


def test_four_pages_at_most_and_every_sign_is_drawn(dist: Path) -> None:
    target = write_handout(dist, epoch=EPOCH)
    assert target.name == FILE_NAME
    assert page_count(target) <= 4
    text = "".join(read_pdf_text(target).pages)
    assert "〓" not in text
    assert f"第 {__version__} 版，2026年5月28日做成" in text.replace("\n", "").replace("\r", "")


def test_the_same_files_give_the_same_bytes(dist: Path) -> None:
    first = write_handout(dist, epoch=EPOCH).read_bytes()
    (dist / FILE_NAME).unlink()
    assert write_handout(dist, epoch=EPOCH).read_bytes() == first
    (dist / SETUP).write_bytes(b"other")
    assert write_handout(dist, epoch=EPOCH).read_bytes() != first


def test_sizes_and_hashes_are_those_of_the_files(dist: Path) -> None:
    shown = [text.replace(" ", "").replace("\n", "") for text in cells(dist)]
    assert "1.2MB" in shown
    for path in dist.iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() in shown
        assert any(text.startswith(path.name) for text in shown)


def test_packages_of_an_earlier_version_are_not_handed_out_again(dist: Path) -> None:
    before = write_handout(dist, epoch=EPOCH).read_bytes()
    (dist / SETUP.replace(__version__, "0.0.9")).write_bytes(b"of last year")  # sorts before this year's
    assert write_handout(dist, epoch=EPOCH).read_bytes() == before


def test_only_what_is_there_is_named(dist: Path) -> None:
    next(dist.glob("*.deb")).unlink()
    assert len(handed_out(dist)) == 2
    for path in dist.iterdir():
        path.unlink()
    with pytest.raises(FileNotFoundError):
        handed_out(dist)


def test_every_command_of_ours_is_one_of_the_program(dist: Path) -> None:
    lines = [line for text in cells(dist) for line in text.split("\n") if CLI in line]
    commands = [line.partition(CLI)[2].strip('" ').strip() for line in lines]
    assert len(commands) >= 7
    parser, _commands = cli._parser()
    for command in commands:
        asked = parser.parse_args(shlex.split(command.replace("\\", "/")))
        assert callable(asked.command), command


def test_it_names_no_path_of_a_person_and_quotes_the_card_rightly(dist: Path) -> None:
    assert diagnose(cli.SYSTEM_CLOCK).lines[2].label == "程序文件"  # “诊断卡”第 3 行
    said = "\n".join(cells(dist))
    assert "第 3 行" in said
    assert not re.search(r"C:\\Users", said)


def test_its_parts_are_numbered_in_order(dist: Path) -> None:
    outline = outline_of(handed_out(dist), __version__, MADE)
    heads = [block.text[:2] for block in outline.blocks if isinstance(block, Heading)]
    assert heads == [f"{number}、" for number in "一二三四五六七八"]


def test_where_it_sends_the_reader_there_is_what_it_says(dist: Path) -> None:
    outline = outline_of(handed_out(dist), __version__, MADE)
    heads = {block.text[0]: block.text for block in outline.blocks if isinstance(block, Heading)}
    assert re.findall(r"第([一-十])部分", "\n".join(cells(dist))) == ["三", "七", "二", "六"]
    assert "再查一遍" in cells(dist)  # for who cannot open it
    assert "Windows 上装" in heads["二"]
    assert "返回值" in heads["三"]  # after echo %errorlevel%
    assert "装不上" in heads["七"]  # of code 3
    assert "发放单位填" in heads["六"]  # for the fingerprint


def test_every_exit_code_of_the_installer_is_explained(dist: Path) -> None:
    script = (ROOT / "packaging" / "windows" / "setup.nsi").read_text("utf-8")
    refused = {int(code) for code in re.findall(r"(?:SetErrorLevel|macro Refuse) (\d)", script)}
    assert refused | {0, 1} == set(EXIT_CODES)
    (table,) = (
        block
        for block in outline_of(handed_out(dist), __version__, MADE).blocks
        if isinstance(block, Table) and block.head[0] == "数"
    )
    assert [row[0].text for row in table.rows] == [str(code) for code in EXIT_CODES]
    assert "/OLDER" in script


def test_what_is_verified_after_signing_is_verified_with_the_key_itself(dist: Path) -> None:
    """Whoever signs has not registered his own key; without it the command would refuse his own pack."""
    (line,) = (line for text in cells(dist) for line in text.split("\n") if f"{CLI} pack verify" in line)
    assert "--key" in line
    assert line.endswith(".pdkey")
