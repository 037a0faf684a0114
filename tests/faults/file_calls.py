"""Puts the instrument between Python and the file system: every handle that is opened for writing, and ``os``.

Handles are made as ``io.open`` makes them, over a raw file that counts: so what is counted are the calls that reach the
system, with their buffers as large as always. A write that fails leaves its first half behind, as a full disk does.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, Any

from tests.faults.instrument import (
    CLOSE,
    LINK,
    MAKE,
    MARK,
    OPEN,
    REMOVE,
    RENAME,
    SYNC,
    TRUNCATE,
    WRITE,
    Instrument,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REAL_OPEN = io.open


class FileCalls:
    """The patches. ``heard``: what the interpreter's own audit told of writing meanwhile, as a second opinion."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._paths: dict[int, str] = {}
        self.heard: list[tuple[str, str]] = []
        sys.addaudithook(self._hear)

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Patch, and take it back."""
        kept = [(builtins, "open", builtins.open), (io, "open", io.open)]
        made: list[tuple[Any, str, Any]] = [(builtins, "open", self._open), (io, "open", self._open)]
        for name, made_by in self._functions().items():
            if hasattr(os, name):
                kept.append((os, name, getattr(os, name)))
                made.append((os, name, made_by(getattr(os, name))))
        try:
            for owner, name, function in made:
                setattr(owner, name, function)
            yield
        finally:
            for owner, name, function in kept:
                setattr(owner, name, function)

    def _functions(self) -> dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]]:
        first = {
            "remove": REMOVE, "unlink": REMOVE, "rmdir": REMOVE, "mkdir": MAKE, "utime": MARK, "chmod": MARK,
            "truncate": TRUNCATE, "mkfifo": MAKE, "mknod": MAKE, "setxattr": MARK,
        }  # fmt: skip
        second = {"rename": RENAME, "replace": RENAME, "link": LINK, "symlink": LINK}
        numbered = {
            "write": WRITE, "pwrite": WRITE, "writev": WRITE, "pwritev": WRITE, "sendfile": WRITE, "ftruncate": TRUNCATE,
            "posix_fallocate": TRUNCATE, "fchmod": MARK,
        }  # fmt: skip
        return {
            **{name: lambda real, kind=kind: self._on_path(real, kind) for name, kind in first.items()},
            **{name: lambda real, kind=kind: self._on_two(real, kind) for name, kind in second.items()},
            **{name: lambda real, kind=kind: self._on_number(real, kind) for name, kind in numbered.items()},
            "copy_file_range": lambda real: self._on_number(real, WRITE, at=1),
            "fsync": lambda real: self._synced(real),
            "fdatasync": lambda real: self._synced(real),
            "open": self._os_open,
        }

    # -- os --------------------------------------------------------------------------------------

    def _whole(self, path: Any, dir_fd: int | None) -> Any:
        if isinstance(path, int):
            return self._paths.get(path)
        if dir_fd is None:
            return path
        folder = self._paths.get(dir_fd)
        return None if folder is None else os.path.join(folder, os.fsdecode(path))

    def _on_path(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def call(path: Any, *given: Any, **named: Any) -> Any:
            self._instrument.strike(kind, self._whole(path, named.get("dir_fd")))
            return real(path, *given, **named)

        return call

    def _on_two(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def call(source: Any, target: Any, *given: Any, **named: Any) -> Any:
            self._instrument.strike(kind, target)
            return real(source, target, *given, **named)

        return call

    def _on_number(self, real: Callable[..., Any], kind: str, at: int = 0) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._instrument.strike(kind, self._paths.get(given[at]))
            return real(*given, **named)

        return call

    def _synced(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(number: Any) -> None:
            path = self._paths.get(number if isinstance(number, int) else number.fileno())
            self._instrument.strike(SYNC, path)
            if self._instrument.place(path) is None:
                real(number)  # else it need not last longer than the test

        return call

    def _os_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *given: Any, **named: Any) -> int:
            whole = self._whole(path, named.get("dir_fd"))
            if flags & _FLAGS:
                self._instrument.strike(OPEN, whole)
            number = real(path, flags, *given, **named)
            if whole is not None:
                self._paths[number] = os.path.abspath(os.fsdecode(whole))
            return number

        return call

    # -- handles ---------------------------------------------------------------------------------

    def _open(
        self, file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
        newline: Any = None, closefd: bool = True, opener: Any = None,
    ) -> Any:  # fmt: skip
        path = self._paths.get(file) if isinstance(file, int) else file
        if not set(mode) & set("wax+") or self._instrument.place(path) is None:
            return _REAL_OPEN(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if not isinstance(file, int) and opener is None:  # what opens for us, or did before, was counted
            self._instrument.strike(OPEN, path)
        raw = _CountedFile(self, file, mode.replace("b", "").replace("t", ""), closefd, opener)
        raw.counted_path = os.path.abspath(os.fsdecode(path))
        self._paths[raw.fileno()] = raw.counted_path
        if buffering == 0:
            return raw
        kind = io.BufferedRandom if "+" in mode else io.BufferedWriter
        buffered = kind(raw, io.DEFAULT_BUFFER_SIZE if buffering in {-1, 1} else buffering)
        if "b" in mode:
            return buffered
        text = io.TextIOWrapper(buffered, encoding, errors, newline, line_buffering=buffering == 1)
        text.mode = mode
        return text

    # -- the second opinion ----------------------------------------------------------------------

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if self._instrument.root is None:
            return
        if event == "open":
            path, mode, flags = given
            writing = set(mode or "") & set("wax+") or (flags or 0) & _FLAGS
            path = path if writing else None
        elif event in {
            "os.remove",
            "os.rmdir",
            "os.mkdir",
            "os.truncate",
            "os.utime",
            "os.chmod",
            "sqlite3.connect",
        }:
            path = given[0]
        elif event in {"os.rename", "os.link", "os.symlink"}:
            path = given[1]
        else:
            return
        place = self._instrument.place(path)
        if place is not None and not (isinstance(path, str) and path.startswith("file:")):
            self.heard.append((event, place))


class _CountedFile(io.FileIO):
    """A raw file whose calls are counted."""

    counted_path = ""

    def __init__(self, calls: FileCalls, *given: Any) -> None:
        self._calls = calls
        super().__init__(*given)

    def write(self, content: Any, /) -> int:
        try:
            self._calls._instrument.strike(WRITE, self.counted_path)
        except OSError:
            written = bytes(content)
            super().write(written[: len(written) // 2])
            raise
        return super().write(content)

    def truncate(self, size: Any = None, /) -> int:
        self._calls._instrument.strike(TRUNCATE, self.counted_path)
        return super().truncate(size)

    def close(self) -> None:
        if self.closed:
            return
        number = self.fileno()
        super().close()
        self._calls._paths.pop(number, None)
        self._calls._instrument.strike(CLOSE, self.counted_path)
