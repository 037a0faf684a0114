"""One run of build.py: where things lie, how long each step took, and the report at the end."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dev import Environment, Stop, say
from shipped_tree import commit_time, program_version, uncommitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SUMS = "SHA256SUMS"


@dataclass
class Building:
    """One run.

    Attributes:
        root: the source tree.
        to: where the packages go.
        cache: what was downloaded; all of it is checked again when it is used.
        fast: pack quickly instead of small.
        steps: name and seconds of each step that is over.
        tables: what weighs what, one table for each system, as lines.
        made: the files that were made, in the order they came.
    """

    root: Path
    to: Path
    cache: Path
    fast: bool
    steps: list[tuple[str, float]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.pool = ThreadPoolExecutor(1)
        self.waiting: list[Future[None]] = []
        self.to.mkdir(parents=True, exist_ok=True)
        self.cache.mkdir(parents=True, exist_ok=True)
        self.epoch = commit_time(self.root)
        self.version = program_version(self.root)

    def beside(self, name: str, work: Callable[[], object]) -> None:
        """Begin a step that keeps one core busy and is needed only at the end; the steps after it go on meanwhile.

        Args:
            name: as it stands in the report.
            work: what is done.
        """

        def timed() -> None:
            began = time.monotonic()
            work()
            self.steps.append((f"{name}（同时进行）", time.monotonic() - began))

        say(f"{name}（同时进行）……")
        self.waiting.append(self.pool.submit(timed))

    def wait(self) -> None:
        """Wait for every step that was begun beside the others.

        Raises:
            Stop: one of them was not content.
        """
        while self.waiting:
            self.waiting.pop(0).result()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Say the step, and remember how long it took."""
        say(f"{name}……")
        began = time.monotonic()
        yield
        self.steps.append((name, time.monotonic() - began))

    def work(self, name: str) -> Path:
        """An empty folder for the build of one system, outside of version control."""
        folder = self.root / "build" / name
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        return folder

    def place(self, name: str) -> Path:
        """Where a file goes that is handed out; the one of an earlier run is taken away."""
        path = self.to / name
        path.unlink(missing_ok=True)
        self.made.append(path)
        return path


def finish(building: Building) -> None:
    """Wait for what is still going on, then the hand-out, the check sums, and the report."""
    building.wait()
    with building.step("发放说明和校验值"):
        code, output = Environment(building.root).ask(
            *("packaging/handout.py", str(building.to), "--epoch", str(building.epoch)),
            QT_QPA_PLATFORM="offscreen",
        )
        if code:
            raise Stop(f"发放说明没有做成：\n{output[-800:]}")
        write_sums(building.to)
    for line in report(building):
        say(line)


def write_sums(folder: Path) -> None:
    """Write `SHA256SUMS` over every file of a folder, in the form that `sha256sum -c` reads."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != SUMS)
    lines = (f"{_sha256(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def report(building: Building) -> list[str]:
    """What was made, what weighs what, how long it took."""
    lines = ["", *building.tables, "", "做好的文件："]
    lines += [
        f"  {path.stat().st_size / 1e6:8.1f} MB  {path.name}" for path in building.made if path.exists()
    ]
    lines += ["", "用时："]
    lines += [f"  {seconds:8.1f} 秒  {name}" for name, seconds in building.steps]
    lines.append(f"  {time.monotonic() - building.began:8.1f} 秒  从头到尾")
    if uncommitted(building.root):
        lines.append("注意：程序文件和提交的不一样，别人照这个提交做不出同样的包。")
    lines.append(f"都在 {os.path.relpath(building.to)}")
    return lines


def weights(tree: Path, title: str) -> list[str]:
    """A table of what weighs what in an installed tree.

    Args:
        tree: with `app/`, `runtime/` and the rest.
        title: the line above it.
    """
    sums: dict[str, list[int]] = {}
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink():
            entry = sums.setdefault(_part(path.relative_to(tree).as_posix()), [0, 0])
            entry[0] += path.stat().st_size
            entry[1] += 1
    lines = [title]
    for name, (size, count) in sorted(sums.items(), key=lambda one: -one[1][0]):
        lines.append(f"  {size / 1e6:8.1f} MB {count:6d} 个  {name}")
    total = [sum(entry[place] for entry in sums.values()) for place in (0, 1)]
    lines.append(f"  {total[0] / 1e6:8.1f} MB {total[1]:6d} 个  合计")
    return lines


def _part(path: str) -> str:
    """Which part of the program a file is counted to."""
    parts = (
        ("runtime/", "Python"),
        ("app/site-packages/PySide6", "Qt 和 PySide6"),
        ("app/site-packages/shiboken6", "Qt 和 PySide6"),
        ("app/site-packages/", "其他库"),
        ("app/resources/fonts/", "字体"),
        ("app/resources/", "图标、样例、区划"),
        ("app/", "程序和表单"),
        ("licences/", "许可和清单"),
        ("sbom", "许可和清单"),
    )
    return next((name for beginning, name in parts if path.startswith(beginning)), "启动程序、说明")
