"""What a program finds around itself: variables that other programs left, a place for temporary files, a console or none.

It is put right before anything else is imported, and takes no time that the start would feel. Python's own variables need
nothing: the launchers start it isolated.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

from pilotdesk.paths import first_data_dir, install_root, portable_root

if TYPE_CHECKING:
    from pathlib import Path

TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")
"""Where temporary files go, in the order in which Python asks."""
TEMPORARY_NAME: Final = ".temp"
"""In the data directory, when there is no other place, and always for a portable program."""

TEMPORARY_PREFIX: Final = "pilotdesk-"
"""How the names begin of what this program makes in the system's folder."""
OPENED_S: Final = 7 * 24 * 3600
"""How long something opened from there is left to the program that shows it."""

_FOREIGN: Final = frozenset(
    {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE", "QT_QPA_GENERIC_PLUGINS",
     "QT_QPA_FONTDIR", "QT_FATAL_WARNINGS", "QT_USE_NATIVE_WINDOWS", "QT_WIDGETS_RHI",
     "OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES"}
)  # fmt: skip
"""Name files of another Qt or OpenSSL, or change what is drawn. What a Linux desktop sets for its scaling is not among them."""
_DESKTOPS: Final = frozenset({"QT_QPA_PLATFORM", "QT_ACCESSIBILITY"})
"""All that stays of Qt's variables on Windows: no desktop there sets any, so the others are of some other program."""


def settle_in() -> None:
    """Put the surroundings right; called once, before Qt or ``multiprocessing`` is imported."""
    if (
        sys.stderr is None
    ):  # a window's program on Windows; what is written goes nowhere, and need not be asked for
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    root = install_root()
    if root is not None:
        if sys.platform == "win32":
            # Workers are started as `PilotDesk.exe --multiprocessing-fork …`: there is no python.exe.
            setattr(sys, "frozen", True)  # noqa: B010
        forget_foreign(root / "app" / "site-packages" / "PySide6")
    _find_temporary()


def has_console() -> bool:
    """Whether somebody may read what is written to the error stream."""
    return sys.__stderr__ is not None


def forget_foreign(qt: Path) -> None:
    """Take away what other programs, or an installation of another Qt, left in the environment.

    Args:
        qt: the folder of the installed PySide6.
    """
    for name in [name for name in os.environ if name.startswith(("QT_", "OPENSSL_"))]:
        windows = sys.platform == "win32" and name.startswith("QT_") and name not in _DESKTOPS
        if name in _FOREIGN or windows:
            del os.environ[name]
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    names = [name.partition(":")[0].strip() for name in asked.split(";")]
    if asked and not any(_has_plugin(qt, "platforms", f"q{name}") for name in names):
        del os.environ["QT_QPA_PLATFORM"]  # such as the dxcb of another Qt: the program would not start
    typed_by = os.environ.get("QT_IM_MODULE", "")
    if typed_by.startswith("fcitx") and not _has_plugin(qt, "platforminputcontexts", "fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"  # fcitx answers to it as well; else no Chinese could be typed


def _has_plugin(qt: Path, kind: str, start: str) -> bool:
    """Whether an installed Qt has a plugin whose file begins so; ``lib`` before it does not count."""
    folders = [folder for folder in (qt / "plugins" / kind, qt / "Qt" / "plugins" / kind) if folder.is_dir()]
    return any(
        file.name.removeprefix("lib").startswith(start) for folder in folders for file in folder.iterdir()
    )


def _find_temporary() -> None:
    """See to it that temporary files have a place: that of the system, if it can be written, else one of ours."""
    if portable_root() is None and _is_writable(_systems_temporary()):
        return
    ours = first_data_dir() / TEMPORARY_NAME
    with contextlib.suppress(OSError):
        ours.mkdir(parents=True, exist_ok=True)
        if _is_writable(str(ours)):
            os.environ.update(dict.fromkeys(TEMPORARY, str(ours)))


def sweep_temporary(before: float) -> None:
    """Take away what programs that were killed left in the folder for temporary files; Windows never sweeps its own.

    Args:
        before: what was changed last before this time goes, seconds as of ``time.time``. In a folder that is not ours only
            what has our name, and :data:`OPENED_S` later: an attachment lies there as long as somebody looks at it.
    """
    import shutil
    import tempfile

    ours = first_data_dir() / TEMPORARY_NAME
    alone = os.environ.get("TEMP") == str(ours)
    folder, since = (str(ours), before) if alone else (tempfile.gettempdir(), before - OPENED_S)
    for name in _names_in(folder):
        left = os.path.join(folder, name)
        with contextlib.suppress(OSError):
            if not (alone or name.startswith(TEMPORARY_PREFIX)) or _changed(left) >= since:
                continue
            if os.path.isdir(left) and not os.path.islink(left):
                shutil.rmtree(left, ignore_errors=True)
            else:
                os.unlink(left)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _changed(path: str) -> float:
    """When something or what lies in it was changed last; programs write into an opened attachment and not beside it."""
    within = [os.path.join(path, name) for name in _names_in(path)]
    return max(os.lstat(one).st_mtime for one in (path, *within))


def _systems_temporary() -> str:
    named = next((os.environ[name] for name in TEMPORARY if os.environ.get(name)), "")
    return named or ("" if sys.platform == "win32" else "/tmp")  # noqa: S108


def _is_writable(folder: str) -> bool:
    """Asked by writing: what a folder says of itself is not always so on Windows."""
    if not folder:
        return False
    probe = os.path.join(folder, f"pilotdesk-{os.urandom(6).hex()}.tmp")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.unlink(probe)
    except OSError:
        return False
    return True
