"""Puts the instrument below SQLite: a file system layer of its own, that asks the real one after it has counted.

Built with ctypes over the library that Python's ``sqlite3`` has loaded: the methods of each file that is opened are copied, and
those that write are replaced. So every page that goes to database, journal, write-ahead log or its index can fail, with the
number that SQLite's own layer gives when the system refuses.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from tests.faults.instrument import LOCK, MAKE, OPEN, REMOVE, SYNC, TRUNCATE, WRITE, Fault, Instrument

if TYPE_CHECKING:
    from collections.abc import Iterator

_P, _I, _L, _S = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p
_OK, _BUSY, _READONLY, _IOERR, _FULL, _CANTOPEN = 0, 5, 8, 10, 13, 14
_OPEN_READONLY, _OPEN_READWRITE, _OPEN_CREATE, _OPEN_MAIN = 1, 2, 4, 0x100
_RESERVED = 2
_SHM_LOCK, _SHM_EXCLUSIVE = 2, 8
_IOERR_PARTS = {WRITE: 3, SYNC: 4, TRUNCATE: 6, REMOVE: 10, LOCK: 15, MAKE: 19}

_Open = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, ctypes.POINTER(_I))
_Delete = ctypes.CFUNCTYPE(_I, _P, _S, _I)
_Sleep = ctypes.CFUNCTYPE(_I, _P, _I)
_Write = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_Truncate = ctypes.CFUNCTYPE(_I, _P, _L)
_Number = ctypes.CFUNCTYPE(_I, _P, _I)
_ShmMap = ctypes.CFUNCTYPE(_I, _P, _I, _I, _I, ctypes.POINTER(_P))
_ShmLock = ctypes.CFUNCTYPE(_I, _P, _I, _I, _I)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` of version 3."""

    _fields_ = (
        ("iVersion", _I), ("szOsFile", _I), ("mxPathname", _I), ("pNext", _P), ("zName", _S), ("pAppData", _P),
        ("xOpen", _P), ("xDelete", _P), ("xAccess", _P), ("xFullPathname", _P), ("xDlOpen", _P), ("xDlError", _P),
        ("xDlSym", _P), ("xDlClose", _P), ("xRandomness", _P), ("xSleep", _P), ("xCurrentTime", _P),
        ("xGetLastError", _P), ("xCurrentTimeInt64", _P), ("xSetSystemCall", _P), ("xGetSystemCall", _P),
        ("xNextSystemCall", _P),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods`` of version 3."""

    _fields_ = (
        ("iVersion", _I), ("xClose", _P), ("xRead", _P), ("xWrite", _P), ("xTruncate", _P), ("xSync", _P),
        ("xFileSize", _P), ("xLock", _P), ("xUnlock", _P), ("xCheckReservedLock", _P), ("xFileControl", _P),
        ("xSectorSize", _P), ("xDeviceCharacteristics", _P), ("xShmMap", _P), ("xShmLock", _P), ("xShmBarrier", _P),
        ("xShmUnmap", _P), ("xFetch", _P), ("xUnfetch", _P),
    )  # fmt: skip


def _library() -> ctypes.CDLL | None:
    """The SQLite that Python works with; ``None`` where its functions cannot be reached from outside."""
    import _sqlite3

    names = ["sqlite3.dll"] if sys.platform == "win32" else [str(getattr(_sqlite3, "__file__", ""))]
    for name in names:
        with contextlib.suppress(OSError, AttributeError):
            found = ctypes.CDLL(name)
            found.sqlite3_libversion.restype = _S
            if found.sqlite3_libversion().decode() == sqlite3.sqlite_version:
                found.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
                return found
    return None


LIBRARY = _library()


class SqliteCalls:
    """The layer. Files stay with it as long as they are open, so it is made once and never goes."""

    def __init__(self, instrument: Instrument) -> None:
        assert LIBRARY is not None
        self._instrument = instrument
        self._real = LIBRARY.sqlite3_vfs_find(None)
        real = self._real.contents
        assert real.iVersion >= 3
        self._vfs = _Vfs.from_buffer_copy(real)
        self._vfs.pNext, self._vfs.zName = None, b"counted"
        self._real_open = _Open(real.xOpen)
        self._real_delete = _Delete(real.xDelete)
        self._kept: list[Any] = [_Open(self._open), _Delete(self._delete), _Sleep(self._sleep)]
        for name, function in zip(("xOpen", "xDelete", "xSleep"), self._kept, strict=True):
            setattr(self._vfs, name, ctypes.cast(function, _P).value)
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Every connection that is opened meanwhile goes through here."""
        assert LIBRARY is not None
        LIBRARY.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        try:
            yield
        finally:
            LIBRARY.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
            LIBRARY.sqlite3_vfs_register(self._real, 1)

    def _met(self, kind: str, path: str) -> Fault | None:
        place = self._instrument.place(path)
        return None if place is None else self._instrument.meet(kind, place, "sqlite")

    def _answer(self, kind: str, path: str) -> int:
        """0 to go on, or what SQLite's own layer says when the system refuses."""
        fault = self._met(kind, path)
        if fault is None:
            return _OK
        if kind == LOCK:
            return _BUSY
        if fault.name == "disk_full" and kind in {WRITE, MAKE}:
            return _FULL if kind == WRITE else _IOERR | _IOERR_PARTS[kind] << 8
        return _IOERR | _IOERR_PARTS[kind] << 8

    # -- of the layer ----------------------------------------------------------------------------

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if flags & _OPEN_READWRITE and path:
            fault = self._met(OPEN, path)
            if fault is not None:
                if (
                    not flags & _OPEN_MAIN
                    or fault.name not in {"read_only", "locked"}
                    or not os.path.exists(path)
                ):
                    ctypes.c_void_p.from_address(file).value = None
                    return _CANTOPEN
                flags = flags & ~(_OPEN_READWRITE | _OPEN_CREATE) | _OPEN_READONLY
        code = self._real_open(ctypes.addressof(self._real.contents), name, file, flags, out)
        methods = ctypes.c_void_p.from_address(file)
        if code == _OK and methods.value:
            self._paths[file] = path
            methods.value = ctypes.addressof(self._counting(methods.value))
        return code

    def _delete(self, _vfs: int, name: bytes, sync: int) -> int:
        path = os.fsdecode(name)
        code = self._answer(REMOVE, path) if os.path.exists(path) else _OK
        return code or self._real_delete(ctypes.addressof(self._real.contents), name, sync)

    def _sleep(self, _vfs: int, microseconds: int) -> int:
        """SQLite counts what it asked for: who waits for a lock gives up as after two seconds, and at once."""
        return microseconds

    # -- of a file -------------------------------------------------------------------------------

    def _counting(self, address: int) -> _Methods:
        if address not in self._methods:
            real = _Methods.from_address(address)
            made = _Methods.from_buffer_copy(real)
            for name, function in self._replacements(real).items():
                self._kept.append(function)
                setattr(made, name, ctypes.cast(function, _P).value)
            self._methods[address] = made
        return self._methods[address]

    def _replacements(self, real: _Methods) -> dict[str, Any]:
        write, truncate = _Write(real.xWrite), _Truncate(real.xTruncate)
        lock, shm_map, shm_lock = (
            _Number(real.xLock),
            _ShmMap(real.xShmMap or 0),
            _ShmLock(real.xShmLock or 0),
        )
        paths = self._paths

        def on_write(file: int, content: int, size: int, at: int) -> int:
            code = self._answer(WRITE, paths[file])
            if code:
                write(file, content, size // 2, at)  # torn in the middle
            return code or write(file, content, size, at)

        def on_truncate(file: int, size: int) -> int:
            return self._answer(TRUNCATE, paths[file]) or truncate(file, size)

        def on_sync(file: int, _flags: int) -> int:
            return self._answer(SYNC, paths[file])  # it need not last longer than the test

        def on_lock(file: int, level: int) -> int:
            code = self._answer(LOCK, paths[file]) if level >= _RESERVED else _OK
            return code or lock(file, level)

        def on_shm_map(file: int, region: int, size: int, extend: int, out: Any) -> int:
            code = self._answer(MAKE, f"{paths[file]}-shm") if extend else _OK
            return code or shm_map(file, region, size, extend, out)

        def on_shm_lock(file: int, offset: int, count: int, flags: int) -> int:
            taking = flags & _SHM_LOCK and flags & _SHM_EXCLUSIVE
            code = self._answer(LOCK, f"{paths[file]}-shm") if taking else _OK
            return code or shm_lock(file, offset, count, flags)

        made: dict[str, Any] = {
            "xWrite": _Write(on_write), "xTruncate": _Truncate(on_truncate), "xSync": _Number(on_sync),
            "xLock": _Number(on_lock),
        }  # fmt: skip
        if real.iVersion >= 2 and real.xShmMap:
            made |= {"xShmMap": _ShmMap(on_shm_map), "xShmLock": _ShmLock(on_shm_lock)}
        return made
