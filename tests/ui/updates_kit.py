"""Real keys, and real signed files made with them: packs of a round to come, and a program that is newer."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pilotdesk.updates.building import build_pack, describe_program, sign_pack
from pilotdesk.updates.keys import KeyFiles, add_distributor, make_keys, read_key, secret_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).parents[2]
NAME = "江西省市场监督管理局"
NOTES = "按通知把“人数”改叫“职工人数”，不再要传真。"
PASSWORD = "山高水长-2026-夏"


@cache
def keys() -> KeyFiles:
    """One pair for all tests: making one takes a moment, for the password's sake."""
    return make_keys(Path(mkdtemp(prefix="pilotdesk-keys-")), NAME, PASSWORD)


@cache
def secret() -> bytes:
    return secret_key(keys().secret, PASSWORD)


def register() -> None:
    """Register the distributor, as after a phone call."""
    add_distributor(read_key(keys().public))


def signed_pack(folder: Path, target: Path, *, older: Iterable[Path] = ()) -> Path:
    """A signed .pdpack of the pack in a folder."""
    build_pack(folder, target, NOTES, older=older, needs_program="0.1")
    sign_pack(target, target, secret())
    return target


def next_round(target: Path, name: str = "2027") -> Path:
    """A signed pack: this year's as one of another year, for which nobody has published anything yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_next_round(name))
    return target


@cache
def _next_round(name: str) -> bytes:
    """Looking a pack through takes seconds, so that each is made once."""
    folder = Path(mkdtemp(prefix="pilotdesk-pack-"))
    shutil.copytree(ROOT / "forms" / "2026", folder / name)
    head = folder / name / "round.toml"
    text = head.read_text(encoding="utf-8")
    text = text.replace('name = "2026"', f'name = "{name}"', 1)
    text = text.replace("2026年度国家标准化试点项目", f"{name}年度国家标准化试点项目", 1)
    head.write_text(text, encoding="utf-8")
    return signed_pack(folder / name, folder / f"{name}.pdpack").read_bytes()


def signed_program(folder: Path, name: str, version: str = "99.1") -> Path:
    """The .pdsig beside an installer of a newer version."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"MZ not really a program" * 4096)
    return describe_program(folder / name, version, "改了打印时的页边距。", secret()).path


def flipped(path: Path, at: int) -> Path:
    """The same file with one bit of a byte changed."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    return path


def dragged(files: Iterable[Path]) -> QMimeData:
    """What a file manager hands over."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return mime


def drop(target: QWidget, files: Iterable[Path]) -> bool:
    """Drop files on a widget as a file manager does; returns whether somebody took them."""
    mime = dragged(files)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, mime, button, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, mime, button, none))
    return enter.isAccepted()


def texts(widget: QWidget) -> str:
    """Everything that can be read on a widget."""
    return "\n".join(label.accessibleName() or label.text() for label in widget.findChildren(QLabel))


def button(widget: QWidget, words: str) -> QPushButton:
    """The visible button with these words."""
    return next(one for one in widget.findChildren(QPushButton) if one.text() == words and not one.isHidden())
