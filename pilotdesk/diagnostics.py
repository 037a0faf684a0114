"""The 诊断卡: what somebody needs to know who helps on the telephone, and nothing of what was filled in.

It holds versions, kinds, counts, times and codes. No answer, no name of a unit, a project, a user, a computer or a distributor,
no path: only the kind of place where the data lies. Every line has a number, so that it can be asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from pilotdesk import __released__, __version__
from pilotdesk.clock import local_day
from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import DATA_VARIABLE, data_dir, first_data_dir, install_root, portable_root
from pilotdesk.record import Record
from pilotdesk.this_computer import (
    OFFICE_FONTS,
    disk_of,
    font_files,
    language_words,
    memory,
    system_words,
    time_zone,
)
from pilotdesk.trouble_journal import Met, number_of, troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pilotdesk.clock import Clock

Tone = Literal["", "ok", "warn"]

SHOWN: Final = 6
"""Kinds of trouble on the card; the file has all that are kept."""
FILE_NAME: Final = "PilotDesk诊断卡.txt"

_UNKNOWN: Final = "看不出来"
_EXPECTED: Final = (PilotDeskError, OSError, ImportError, LookupError, TypeError, ValueError, sqlite3.Error)
"""What may come of a program that lacks files, and of damaged files; the other lines are to be told all the same."""
_FAULTS: Final = {
    "": "完好",
    "missing": "还没有",
    "empty": "文件是空的",
    "unreadable": "打不开",
    "check": "坏了一部分",
    "version": "是新版本存的",
    "content": "有读不出的内容",
    "emptied": "内容不见了",
}
_FORMS: Final = {
    "application": "申报书",
    "summary_2027": "2027 总结",
    "summary_2028": "2028 总结",
    "self_assessment": "自评",
}
_UNFIT: Final = {
    "network": "在网络盘上",
    "synchronised": "在会同步的文件夹里",
    "received": "在聊天软件的接收文件夹里",
    "unpacked": "在压缩包里直接打开",
    "temporary": "在临时文件夹里",
    "full": "盘快满了",
    "protected": "写不进去",
}


class Screen(Record, frozen=True, kw_only=True):
    """What only a window knows.

    Attributes:
        width, height: of the screen, logical px. scale: device px a logical px.
        platform: what Qt draws on. theme, text: in the words of the menu.
        families: names of :data:`pilotdesk.this_computer.OFFICE_FONTS` → whether a program can use them here.
    """

    width: int
    height: int
    scale: float
    platform: str
    theme: str
    text: str
    families: Mapping[str, bool] = msgspec.field(default_factory=dict)


class Line(Record, frozen=True, kw_only=True):
    """One line of the card.

    Attributes:
        name: stable name in the JSON. number: said aloud, from 1. label, words: as they are read out.
        tone: ``ok``, ``warn`` for what a helper should ask about, or nothing.
    """

    name: str
    number: int
    label: str
    words: str
    tone: Tone = ""


class Card(Record, frozen=True, kw_only=True):
    """A card: when it was made (local, to the minute), its lines, all kinds of trouble that are kept, the latest first."""

    made: str
    lines: tuple[Line, ...]
    troubles: tuple[Met, ...]


class _Said(Record, frozen=True):
    words: str
    tone: Tone = ""


def diagnose(clock: Clock, screen: Screen | None = None) -> Card:
    """Look around; takes as long as SQLite's check of the database and reading every file of the program.

    Never raises expected trouble: what cannot be found out is said to be so.

    Args:
        clock: the time.
        screen: what the window knows; ``None`` for the command line.
    """
    folder = _folder()
    looks: tuple[tuple[str, str, Callable[[], _Said]], ...] = (
        ("program", "程序", _program),
        ("build", "装的是哪一份", _build),
        ("files", "程序文件", _files),
        ("system", "系统", lambda: _Said(system_words())),
        ("language", "语言", lambda: _Said(f"{language_words()}，Python {sys.version.partition(' ')[0]}")),
        ("screen", "屏幕", lambda: _screen(screen)),
        ("fonts", "字体", lambda: _fonts(screen)),
        ("memory", "内存", _memory),
        ("clock", "电脑时间", lambda: _clock(clock, folder)),
        ("place", "资料放在", lambda: _place(folder)),
        ("database", "资料库", lambda: _database(folder)),
        ("backups", "备份", lambda: _backups(folder, clock)),
        ("second", "第二位置", lambda: _second(folder)),
        ("packs", "表单包", _packs),
        ("updates", "装过的更新", _updates),
        ("distributors", "登记的发放单位", _distributors),
    )
    lines = [_line(number, *look) for number, look in enumerate(looks, 1)]
    met = troubles()
    start = len(lines) + 1
    lines += [_trouble_line(number, each) for number, each in enumerate(met[:SHOWN], start)]
    return Card(made=f"{clock.now().astimezone():%Y-%m-%d %H:%M}", lines=tuple(lines), troubles=met)


def card_text(card: Card) -> str:
    """The card as plain text: one line each, label before words."""
    head = [f"PilotDesk 诊断卡　{card.made}", "里面没有填写的内容，也没有姓名、单位和路径。", ""]
    return (
        "\n".join([*head, *(f"{line.number:>2}. {line.label}：{line.words}" for line in card.lines)]) + "\n"
    )


def card_json(card: Card) -> str:
    """The same for programs, with every kind of trouble that is kept."""
    told: dict[str, Any] = {
        "card": "pilotdesk-diagnosis",
        "version": 1,
        "made": card.made,
        "lines": [
            {"number": one.number, "name": one.name, "label": one.label, "words": one.words, "tone": one.tone}
            for one in card.lines
        ],
        "troubles": [
            {"number": number_of(met.code), "code": met.code, "times": met.times, "last": met.last}
            for met in card.troubles
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def card_file(card: Card) -> str:
    """What is saved to be sent: the text, and below it the JSON."""
    return f"{card_text(card)}\n以下给程序看：\n{card_json(card)}"


def meaning_of(number: str) -> tuple[str, str] | None:
    """Code and sentence of a number that somebody read out; ``None`` for a bug, and for none of ours.

    Args:
        number: six figures, with or without blanks.
    """
    from pilotdesk.messages import SENTENCES

    figures = "".join(sign for sign in number if sign.isdecimal())
    for code, sentence in SENTENCES.items():
        if number_of(code).replace(" ", "") == figures:
            return code, sentence
    return None


# -- the lines -----------------------------------------------------------------------------------


def _line(number: int, name: str, label: str, look: Callable[[], _Said]) -> Line:
    try:
        said = look()
    except _EXPECTED as trouble:
        said = _Said(f"{_UNKNOWN}（{type(trouble).__name__}）", "warn")
    return Line(name=name, number=number, label=label, words=said.words, tone=said.tone)


def _trouble_line(number: int, met: Met) -> Line:
    last = datetime.fromisoformat(met.last).astimezone()
    words = f"{number_of(met.code)}，{met.times} 次，最后 {last.month} 月 {last.day} 日 {last:%H:%M}"
    return Line(name=f"trouble_{number}", number=number, label="遇到过", words=words, tone="warn")


def _folder() -> Path | None:
    """The data directory; ``None`` when the place that it was moved to is not there."""
    try:
        return data_dir()
    except PilotDeskError:
        return None


def _program() -> _Said:
    kind = "绿色版" if portable_root() is not None else "安装版" if install_root() is not None else "源代码"
    return _Said(f"PilotDesk {__version__}，{__released__}，{kind}")


def _build() -> _Said:
    """Figures made of the list of everything that was installed: the same list, the same figures."""
    root = install_root()
    listed = root / "sbom.cdx.json" if root is not None else None
    if listed is None or not listed.is_file():
        return _Said("没有组成清单")
    return _Said(number_of(str(json.loads(listed.read_text("utf-8"))["serialNumber"])))


def _files() -> _Said:
    from pilotdesk.shipped_files import check_files

    try:
        count = check_files()
    except PilotDeskError as trouble:
        return _Said(f"不全或变了：{trouble.context.get('name', '')}", "warn")
    return _Said(f"{count} 个都在，没有变", "ok") if count else _Said("没有清单，没有核对")


def _screen(screen: Screen | None) -> _Said:
    if screen is None:
        return _Said("没有开窗口")
    size = f"{round(screen.width * screen.scale)}×{round(screen.height * screen.scale)}"
    scale = f"缩放 {round(screen.scale * 100)}%"
    return _Said(f"{size}，{scale}，字号 {screen.text}，颜色 {screen.theme}，{screen.platform}")


def _fonts(screen: Screen | None) -> _Said:
    """Our own by their files; those that Word wants by what the window found, or by the files of Windows."""
    import tomllib

    from pilotdesk.paths import resources_dir

    folder = resources_dir() / "fonts"
    listed = tomllib.loads((folder / "fonts.toml").read_text("utf-8"))["font"]
    lost = [str(font["file"]) for font in listed if not (folder / font["file"]).is_file()]
    own = f"自带 {len(listed)} 个齐" if not lost else f"自带的少 {'、'.join(lost)}"
    there = (screen.families if screen else None) or font_files()
    if there is None:
        return _Said(f"{own}，电脑上的没有查", "warn" if lost else "")
    have = "、".join(name for name in OFFICE_FONTS if there.get(name)) or "无"
    lack = "、".join(name for name in OFFICE_FONTS if not there.get(name)) or "无"
    return _Said(f"{own}；电脑上有 {have}；没有 {lack}", "warn" if lost else "")


def _memory() -> _Said:
    found = memory()
    if not found.whole:
        return _Said(_UNKNOWN)
    return _Said(f"电脑 {found.whole / 1024:.1f} GB，程序用了 {found.used} MB")


def _clock(clock: Clock, folder: Path | None) -> _Said:
    from pilotdesk.projects.clock_check import clock_sentence, newest_file

    now = clock.now().astimezone()
    words = f"{now:%Y-%m-%d %H:%M}，时区 {time_zone()}"
    newest = newest_file(folder) if folder is not None else None
    return _Said(f"{words}，多半不对", "warn") if clock_sentence(now, newest=newest) else _Said(words)


def _place(folder: Path | None) -> _Said:
    """Kind of place, kind of disk, what is free, and what is wrong with it."""
    from pilotdesk.drafts.places import wrong_with

    if folder is None:
        return _Said("移到过别处，那里现在找不到", "warn")
    kind = "程序旁边的资料文件夹" if portable_root() is not None else "系统默认的位置"
    if folder != first_data_dir() or os.environ.get(DATA_VARIABLE):
        kind = "另外选的位置"
    disk = disk_of(folder)
    free = f"剩 {disk.free / 1024:.1f} GB" if disk.free >= 0 else "剩多少看不出来"
    parts = [kind, f"{disk.letter}（{disk.kind}）" if disk.letter else disk.kind, free]
    unfit = wrong_with(folder)
    if unfit is not None:
        parts.append(_UNFIT.get(unfit.kind, "位置不合适"))
    return _Said("，".join(parts), "warn" if unfit else "")


def _database(folder: Path | None) -> _Said:
    from pilotdesk.drafts.connection import FILE_NAME as DATABASE
    from pilotdesk.drafts.health import health_of

    if folder is None:
        return _Said(_UNKNOWN, "warn")
    path = folder / DATABASE
    found = health_of(path, alone=False)
    words = _FAULTS.get(found.fault, "坏了一部分")
    if found.fault == "missing":
        return _Said(words)
    size = 0
    with contextlib.suppress(OSError):
        size = path.stat().st_size
    parts = [words, f"第 {found.version} 版", f"{size / 2**20:.1f} MB"]
    if "project" in found.counts:
        parts.append(f"{found.counts['project']} 个项目")
    return _Said("，".join(parts), "ok" if found.is_sound else "warn")


def _backups(folder: Path | None, clock: Clock) -> _Said:
    from pilotdesk.drafts.backups import backups

    copies = backups(folder) if folder is not None else ()
    if not copies:
        return _Said("还没有", "warn")
    today = f"{clock.now().astimezone():%Y-%m-%d}"
    count = sum(copy.day == today for copy in copies)
    return _Said(f"今天 {count} 份，共 {len(copies)} 份，最近 {copies[-1].day} {copies[-1].time}")


def _second(folder: Path | None) -> _Said:
    from pilotdesk.drafts.second_place import second_place

    place = second_place(folder) if folder is not None else None
    if place is None:
        return _Said("没有选")
    there = "现在连着" if place.is_there else "现在没连着"
    disk = disk_of(place.path).kind if place.is_there else ""
    return _Said("，".join(part for part in (there, disk, f"最近 {place.copied or '还没存过'}") if part))


def _packs() -> _Said:
    """Rounds and the versions of their forms; what others call theirs is not said."""
    from pilotdesk.forms.installed import current_pack, rounds

    told = []
    for name in rounds():
        forms = current_pack(name).forms
        known = [form for form in _FORMS if form in forms] + [form for form in forms if form not in _FORMS]
        versions = "、".join(f"{_FORMS.get(form, '别的表')} {forms[form].head.version}" for form in known)
        told.append(f"{_round_words(name)}（{versions}）")
    return _Said("；".join(told) or "一个也没有", "" if told else "warn")


def _round_words(name: str) -> str:
    return f"{name} 年" if len(name) == 4 and name.isascii() and name.isdecimal() else "另一轮"


def _updates() -> _Said:
    from pilotdesk.updates.record import installed_updates

    found = installed_updates()
    if not found:
        return _Said("没有")
    active = sorted({_round_words(each.round) for each in found if each.state == "active"})
    covered = sorted({_round_words(each.round) for each in found if each.state == "covered"})
    parts = [f"{len(found)} 次"]
    parts += [f"现在用着的：{'、'.join(active)}"] * bool(active)
    parts += [f"程序自带的更新、没有用的：{'、'.join(covered)}"] * bool(covered)
    spoilt = sorted({_round_words(each.round) for each in found if each.state == "spoilt"})
    parts += [f"文件少了或变了、没有用的：{'、'.join(spoilt)}"] * bool(spoilt)
    parts += ["都撤销了"] * (not active and not covered and not spoilt)
    return _Said("，".join([*parts, f"最近 {local_day(found[0].at)}"]), "warn" if spoilt else "")


def _distributors() -> _Said:
    """How many, and the beginning of each fingerprint: a name would say where one works."""
    from pilotdesk.updates.keys import distributors

    found = distributors()
    starts = "、".join(each.fingerprint[:9] for each in found)
    return _Said(f"{len(found)} 个：{starts}…" if found else "没有")
