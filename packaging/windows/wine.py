"""A Windows to try things in: a Wine prefix of its own, with a Chinese user in a Chinese Windows.

Only for trials. Wine shows that nothing is missing and that paths, registry and code page are dealt with; it is not Windows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Final

from trial_report import Failed, Late

if TYPE_CHECKING:
    from collections.abc import Mapping

WINE: Final = Path("/usr/lib/wine/wine64")
WINE_32: Final = WINE.with_name("wine")
"""Is there when programs of 32 bits run as well."""
SERVER: Final = Path("/usr/lib/wine/wineserver64")
LACKS: Final = Path(__file__).parent / "wine_lacks"
"""Sources of system libraries that every Windows 10 has and Wine does not; only for trials."""
FONT: Final = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
_SYSTEM_FONTS: Final = ("Microsoft YaHei UI", "SimSun", "Tahoma", "MS Shell Dlg", "MS Shell Dlg 2")
LOCALE: Final = "zh_CN.UTF-8"
USER: Final = "张三"
CODE_PAGE: Final = "936"
"""Of a Chinese Windows."""
OURS: Final = ("PilotDesk.exe", "pilotdesk-cli.exe", "python.exe")
_REPLACEMENTS: Final = r"HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements"
_CODE_PAGE: Final = r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Nls\CodePage"
_VERSION: Final = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion"
_VERSION_32: Final = _VERSION.replace("Software", r"Software\Wow6432Node")
"""What 32-bit programs read in its place."""
_SERVICE_PACK: Final = r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Windows"
_WINDOWS: Final = {"win7": ("7", 6, 1, 7601, 1), "win10": ("10", 10, 0, 18362, 0)}
"""Name, version, build and service pack. Source: programs/winecfg/appdefaults.c of Wine 8, whose own way to write this takes
ten seconds and more on a busy machine."""
_COMPILER: Final = (*("x86_64-w64-mingw32-gcc", "-O2", "-w", "-shared", "-nostdlib", "-Wl,--entry,DllMain"),)
_LIBRARIES: Final = ("-ladvapi32", "-lkernel32")
_QUIET: Final = "mscoree=;mshtml=;winemenubuilder.exe=d"
"""No .NET, no browser engine, and nothing put into the menus of the machine that tries."""


@dataclass(frozen=True, slots=True)
class Done:
    """A program that has ended: exit code, what it printed on both streams, seconds."""

    code: int
    output: str
    seconds: float


class Wine:
    """One prefix.

    Args:
        folder: where everything goes; must be there.
        display: the X display to draw on.
    """

    def __init__(self, folder: Path, display: str) -> None:
        self.prefix: Final = folder / "prefix"
        self.drive: Final = self.prefix / "drive_c"
        home = folder / "home"  # else links and desktop entries would land with whoever tries
        home.mkdir(exist_ok=True)
        kept = ("LANG", "PATH", "TMPDIR", "TZ")
        self._environment: Final = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "DISPLAY": display,
            "HOME": str(home),
            "LC_ALL": LOCALE,  # makes 936 the code page of Wine
            "LOCPATH": str(folder / "locale"),
            "LOGNAME": USER,
            "USER": USER,
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _QUIET,
            "WINEPREFIX": str(self.prefix),
            "WINESERVER": str(SERVER),
        }

    def make(self) -> None:
        """Make the prefix: Chinese, Windows 10, with the system libraries that Wine lacks.

        Raises:
            Failed: Wine could not make it.
            CalledProcessError: the language or a library could not be made.
        """
        places = Path(self._environment["LOCPATH"])
        places.mkdir()
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", places / LOCALE], check=True)
        self.prefix.mkdir()
        subprocess.run([SERVER, "-p"], env=self._environment, check=False)  # stays between two programs
        done = self.run("wineboot", "-i", seconds=300)
        if not (self.drive / "windows" / "system32").is_dir():
            raise Failed(f"Wine 没有做好它的文件夹（退出码 {done.code}）：{done.output[-300:]}")
        for place in self.profile.iterdir():
            if place.is_symlink():  # desktop and documents: else they would all be one folder
                place.unlink()
                place.mkdir()
        shutil.copy(FONT, self.drive / "windows" / "Fonts")
        # Of the installer's own windows, whatever fonts this machine has.
        self.note({_REPLACEMENTS: dict.fromkeys(_SYSTEM_FONTS, "Noto Sans SC"), **_known_as("win10")})
        for source in sorted(LACKS.glob("*.c")):
            library = self.drive / "windows" / "system32" / source.with_suffix(".dll").name
            exports = source.with_name(f"{source.stem}.def")
            subprocess.run([*_COMPILER, "-o", library, source, exports, *_LIBRARIES], check=True)

    def pretend(self, version: str) -> None:
        """Be another Windows from now on: ``win10``, ``win7``."""
        self.note(_known_as(version))

    def facts(self) -> tuple[str, str, str]:
        """The user's name, the code page of programs that know no Unicode, and which Windows it is."""
        kept = self.registry(_CODE_PAGE).get(_CODE_PAGE, {})
        windows = self.registry(_VERSION).get(_VERSION, {})
        named = f"{windows.get('ProductName', '')} {windows.get('CurrentBuildNumber', '')}"
        return self.profile.name, kept.get("ACP", ""), named

    @property
    def profile(self) -> Path:
        """The folder of the Windows user."""
        users = [path for path in (self.drive / "users").iterdir() if path.name != "Public"]
        if len(users) != 1:
            raise Failed(f"Wine 里的用户文件夹不是一个：{[path.name for path in users]}")
        return users[0]

    @property
    def local(self) -> Path:
        """``%LOCALAPPDATA%``."""
        return self.profile / "AppData" / "Local"

    def run(self, *command: str | Path, seconds: float = 180.0, **variables: str) -> Done:
        """Run a program to its end.

        Args:
            *command: program and arguments; a path of this machine becomes one of Windows.
            seconds: how long it may take.
            **variables: of the environment, in addition.

        Raises:
            Late: it did not end in time.
        """
        begun = time.monotonic()
        process = self.start(*command, **variables)
        said: list[str] = []
        # Programs of Wine's own that it starts may hold the pipe open for longer than it lives.
        reader = threading.Thread(target=_read, args=(process, said), daemon=True)
        reader.start()
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise Late(f"{command[0]} 过了 {seconds:.0f} 秒还没有结束") from late
        spent = time.monotonic() - begun
        reader.join(2)
        return Done(code, "".join(said), spent)

    def start(self, *command: str | Path, **variables: str) -> subprocess.Popen[bytes]:
        """Start a program and go on."""
        words = [self.windows_path(word) if isinstance(word, Path) else word for word in command]
        return subprocess.Popen(
            [WINE, *words],
            env={**self._environment, **variables},
            cwd=self.drive if self.drive.is_dir() else None,
            stdin=subprocess.DEVNULL,  # without a handle of each kind Python for Windows does not start
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def windows_path(self, path: Path) -> str:
        """What a file of this machine is called in there."""
        if path.is_relative_to(self.drive):
            return str(PureWindowsPath("C:/", path.relative_to(self.drive)))
        return str(PureWindowsPath("Z:/", path.absolute().relative_to("/")))

    def path(self, windows: str) -> Path:
        """Where a file of there is on this machine; upper and lower case as written."""
        there = PureWindowsPath(windows)
        root = self.drive if there.drive.upper() == "C:" else Path("/")
        return root.joinpath(*there.parts[1:])

    def registry(self, key: str) -> Mapping[str, Mapping[str, str]]:
        """A key of the registry and all below it: key → name → text; ``@`` is the one without a name. Empty: no such key."""
        target = self.drive / "windows" / "temp" / "key.reg"
        target.unlink(missing_ok=True)
        self.run("reg", "export", key, target, "/y")
        if not target.is_file():
            return {}
        return keys_in(target.read_text("utf-16"))

    def note(self, keys: Mapping[str, Mapping[str, str | int]]) -> None:
        """Write texts and numbers into the registry: key → name → value."""
        source = self.drive / "windows" / "temp" / "noted.reg"
        source.write_text(exported(keys), "utf-16")
        self.run("reg", "import", source)

    def end_programs(self) -> None:
        """End what was left open."""
        for name in OURS:
            self.run("taskkill", "/F", "/IM", name)

    def end_all(self) -> None:
        """End every program in there at once."""
        subprocess.run([SERVER, "-k"], env=self._environment, check=False)
        subprocess.run([SERVER, "-w"], env=self._environment, check=False, timeout=30)


def _read(process: subprocess.Popen[bytes], said: list[str]) -> None:
    if process.stdout is not None:
        for line in process.stdout:
            said.append(line.decode("utf-8", "replace"))


def _known_as(version: str) -> dict[str, dict[str, str | int]]:
    """What the registry of such a Windows says of itself."""
    name, major, minor, build, pack = _WINDOWS[version]
    said: dict[str, str | int] = {
        "ProductName": f"Microsoft Windows {name}",
        "CurrentVersion": f"{major}.{minor}",
        "CurrentMajorVersionNumber": major,
        "CurrentMinorVersionNumber": minor,
        "CurrentBuild": str(build),
        "CurrentBuildNumber": str(build),
        "CSDVersion": f"Service Pack {pack}" if pack else "",
    }
    return {_VERSION: said, _VERSION_32: said, _SERVICE_PACK: {"CSDVersion": pack << 8}}


def exported(keys: Mapping[str, Mapping[str, str | int]]) -> str:
    """The file that writes keys into a registry; :func:`keys_in` reads it back."""
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, values in keys.items():
        lines.append(f"[{key}]")
        for name, value in values.items():
            text = value.replace("\\", "\\\\").replace('"', '\\"') if isinstance(value, str) else ""
            lines.append(f'"{name}"=' + (f'"{text}"' if isinstance(value, str) else f"dword:{value:08x}"))
        lines.append("")
    return "\r\n".join(lines)


def keys_in(text: str) -> dict[str, dict[str, str]]:
    """What an exported piece of the registry says: key → name → text, ``@`` for the one without a name."""
    found: dict[str, dict[str, str]] = {}
    key = ""
    for line in text.splitlines():
        if line.startswith("["):
            key = line.strip("[]")
            found[key] = {}
        elif match := re.fullmatch(r'(@|"(?:[^"\\]|\\.)*")="((?:[^"\\]|\\.)*)"', line):
            found[key][match[1].strip('"')] = re.sub(r"\\(.)", r"\1", match[2])
        elif match := re.fullmatch(r'(@|"(?:[^"\\]|\\.)*")=(dword:\w+|hex.*)', line):
            found[key][match[1].strip('"')] = match[2]
    return found
