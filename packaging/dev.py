"""The two commands of a developer: `python3 packaging/dev.py run` and `python3 packaging/dev.py test`.

Standard library only, because it starts on a machine that has nothing but Python. It makes `.venv` from
`requirements.lock`, sees to the system libraries that Qt needs, then runs the program or the checks. What
follows the word `run` or `test` is passed on to the program or to pytest.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST, NEWEST = (3, 11), (3, 13)  # PySide6 6.8.3 has wheels for these
USAGE = """用法：
  python3 packaging/dev.py run [参数…]   打开程序
  python3 packaging/dev.py test [参数…]  运行全部检查"""

# What the Qt wheels expect of the system, by Debian's names. Source: installed one by one on Debian 12.
QT_PACKAGES = ("libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0")
SCREEN_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)

# Loads what the first window would load, without opening one. Argument: file name of the platform plugin.
PROBE_LIBRARIES = """
import ctypes, pathlib, sys
import PySide6.QtWidgets
if len(sys.argv) > 1:
    ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms" / sys.argv[1]))
"""
PROBE_SCREEN = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"

# (name, arguments of the Python of .venv). pytest comes last: its closing line closes the whole run.
STAGES = (
    ("ruff check", ("-m", "ruff", "check", "--quiet", "--output-format=concise", ".")),
    ("ruff format --check", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("mypy", ("-m", "mypy")),
    (
        "lint-imports",
        ("-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"),
    ),
    ("pack lint", ("-m", "pilotdesk", "pack", "lint", "forms/2026")),
)
MOST_WORKERS = 4  # each takes some 500 MB and reads all tests anew
MEMORY = Path("/dev/shm")  # noqa: S108  nobody else's names are read there: a folder of its own is made
ROOM_BYTES = 4 << 30  # several times what the tests leave behind


class Stop(Exception):
    """A reason to stop that the person at the keyboard can do something about; the text says what."""


class Environment:
    """The virtual environment of one source tree.

    Attributes:
        root: the source tree.
        venv: where the environment is, `root/.venv`.
        lock: pinned requirements with hashes.
        marker: written last, so an environment without it was interrupted half-way.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.lock = root / "packaging" / "requirements.lock"
        self.marker = self.venv / "pilotdesk-ready.txt"

    @property
    def python(self) -> Path:
        """The interpreter inside the environment."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def make_ready(self, *, anew: bool = False) -> None:
        """Create or mend the environment; returns at once when there is nothing to do.

        Args:
            anew: rebuild it even if the marker says that it is complete.

        Raises:
            Stop: Python cannot make environments, or the packages cannot be had.
        """
        wanted = [_python_version(), hashlib.sha256(self.lock.read_bytes()).hexdigest()]
        found = self.marker.read_text("utf-8").split() if self.marker.is_file() else []
        if found == wanted and self.python.exists() and not anew:
            return
        if anew or found[:1] != wanted[:1] or not self.python.exists():
            self._create()
        self.marker.unlink(missing_ok=True)
        self._install()
        self.marker.write_text("\n".join(wanted) + "\n", "utf-8")

    def call(self, *arguments: str, **variables: str) -> int:
        """Run the environment's Python in the source tree, its output shown as it comes.

        Returns:
            The exit code of the process.
        """
        return subprocess.call([self.python, *arguments], cwd=self.root, env=child_environment(**variables))

    def ask(self, *arguments: str, **variables: str) -> tuple[int, str]:
        """Run the environment's Python in the source tree and keep what it prints.

        Returns:
            Exit code, and both output streams as one text.
        """
        return _ask([str(self.python), *arguments], cwd=self.root, **variables)

    def _create(self) -> None:
        _need_venv_module()
        say("正在创建 .venv……")
        code, output = _ask([sys.executable, "-m", "venv", "--clear", str(self.venv)], cwd=self.root)
        if code:
            raise Stop(f"没能创建 {self.venv}，请检查磁盘空间和文件夹权限后再运行一次。\n{_tail(output)}")

    def _install(self) -> None:
        say("正在安装依赖，首次约需一两分钟……")
        code, output = self.ask(
            *("-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:"),
            *("--disable-pip-version-check", "--no-input", "--no-warn-script-location"),
            *("-r", str(self.lock)),
        )
        if code:
            raise Stop(pip_sentence(output))


def pip_sentence(output: str) -> str:
    """Say in one sentence why pip stopped; where that needs details, its own last lines follow."""
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "下载到的软件包与 packaging/requirements.lock 记录的不一致，为安全起见没有安装；"
            f"请换一个可信的软件源后再运行一次。\n{_tail(output, lines=4)}"
        )
    if "No matching distribution" in output or "Could not fetch" in output:
        return "没能从软件源取得依赖，请检查网络（或 pip 的软件源设置）后再运行一次同样的命令。"
    return f"依赖没有装完，请按下面的提示处理后再运行一次同样的命令。\n{_tail(output)}"


def check_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that the pinned packages cannot run on.

    Raises:
        Stop: too old or too new.
    """
    if not OLDEST <= version[:2] <= NEWEST:
        shown = ".".join(str(part) for part in version[:2])
        raise Stop(
            f"这里的 Python 是 {shown}，PilotDesk 需要 3.11 至 3.13，请安装后用那个 Python 再运行一次。"
        )


def _need_venv_module() -> None:
    """Make sure that `python -m venv` works; Debian packages half of it separately.

    Raises:
        Stop: it does not, and cannot be installed from here.
    """
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    install_packages((f"python{_python_version()}-venv",), "创建 .venv 需要的 Python 组件")


def need_qt_libraries(environment: Environment, *, screen: bool) -> None:
    """Make sure that Qt finds its system libraries; rebuild an environment that has lost Qt itself.

    Args:
        environment: a ready environment.
        screen: also look for what a real screen needs, not only drawing into memory.

    Raises:
        Stop: libraries are missing and cannot be installed from here.
    """
    plugin = _platform_plugin(os.environ) if screen else "libqoffscreen.so"
    arguments = [] if _has_own_screen() else [plugin]
    code, output = environment.ask("-c", PROBE_LIBRARIES, *arguments)
    if code and "ModuleNotFoundError" in output:
        environment.make_ready(anew=True)
        code, output = environment.ask("-c", PROBE_LIBRARIES, *arguments)
    if not code:
        return
    if "cannot open shared object file" not in output:
        raise Stop(f"Qt 没能启动，请按下面的提示处理后再运行一次同样的命令。\n{_tail(output)}")
    packages = QT_PACKAGES + (SCREEN_PACKAGES if screen else ())
    install_packages(packages, "界面需要的系统库", detail=_tail(output, lines=1))


def install_packages(packages: tuple[str, ...], purpose: str, *, detail: str = "") -> None:
    """Install Debian packages as root, or tell what to type.

    Args:
        packages: Debian package names.
        purpose: what they are for, as it stands in the sentence.
        detail: what was found missing, for systems without apt-get.

    Raises:
        Stop: not root, no apt-get, or apt-get could not install them.
    """
    if not shutil.which("apt-get"):
        raise Stop(f"缺少{purpose}，请用本机的软件包管理工具安装后再运行一次。{detail}".rstrip())
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not _is_root():
        raise Stop(f"缺少{purpose}，请运行下面这条命令，然后再运行一次：\nsudo {command}")
    say(f"正在安装{purpose}……")
    for step in ("apt-get update", command):
        code, output = _ask(step.split(), DEBIAN_FRONTEND="noninteractive")
    if code:
        raise Stop(
            f"没能装上{purpose}，请检查网络后再运行一次，或手工运行：\n{command}\n{_tail(output, lines=1)}"
        )


def child_environment(**variables: str) -> dict[str, str]:
    """The variables for a child process: ours, less what would lead it out of the environment or slow it.

    Args:
        **variables: what to set in addition.
    """
    astray = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    slow = {
        "PYTHONDONTWRITEBYTECODE"
    }  # the tests start hundreds of processes: each would compile the program anew
    kept = {name: value for name, value in os.environ.items() if name not in astray | slow}
    return {**kept, "PYTHONUTF8": "1", **variables}


def _ask(command: list[str], *, cwd: Path | None = None, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=child_environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def _tail(output: str, *, lines: int = 5) -> str:
    kept = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING")]
    return "\n".join(kept[-lines:])


def _python_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _is_root() -> bool:
    geteuid = getattr(os, "geteuid", None)  # Windows has none
    return geteuid is not None and geteuid() == 0


def _has_own_screen() -> bool:
    return os.name == "nt" or sys.platform == "darwin"


def _platform_plugin(variables: os._Environ[str]) -> str:
    return "libqxcb.so" if variables.get("DISPLAY") else "libqwayland-generic.so"


def has_screen() -> bool:
    """Whether a window could be opened here, as far as the variables tell."""
    return _has_own_screen() or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(environment: Environment, arguments: list[str]) -> int:
    """Open the program with the sample, or without a screen do its main job into `out/`.

    Returns:
        The exit code of the program.
    """
    screen = has_screen()
    need_qt_libraries(environment, screen=screen)
    # A variable may name a screen that cannot be reached (left over from a remote login): Qt would abort.
    if screen and not _has_own_screen() and environment.ask("-c", PROBE_SCREEN)[0]:
        screen = False
        say("这里的显示器打不开，改为不开窗口运行。")
    if screen:
        return environment.call("-m", "pilotdesk", "gui", "--sample", *arguments)
    return environment.call(
        "-m", "pilotdesk", "demo", "--out", "out", *arguments, QT_QPA_PLATFORM="offscreen"
    )


def test(environment: Environment, arguments: list[str]) -> int:
    """Run every check of the project; the first one that is not content ends the run.

    Returns:
        0 if all are content, else the exit code of the stage that was not.
    """
    need_qt_libraries(environment, screen=False)
    for name, command in STAGES:
        code, output = environment.ask(*command)
        if code:
            say(output.rstrip())
            say(f"停在 {name} 这一步（退出码 {code}）。")
            return code
        say(f"{name}：通过")
    with place_to_write(MEMORY) as place:
        return environment.call(
            *("-m", "pytest", *spread(os.cpu_count() or 1), *place, *arguments), QT_QPA_PLATFORM="offscreen"
        )


@contextlib.contextmanager
def place_to_write(memory: Path, room: int = ROOM_BYTES) -> Iterator[tuple[str, ...]]:
    """Arguments that have pytest make its folders in memory while this is open; none where that cannot be had.

    Thousands of tests store something for good, and a disk takes a millisecond or more each time to say that it has.

    Args:
        memory: where there may be a file system in memory.
        room: how many bytes have to be free there; a container often has a few megabytes only.
    """
    if not _is_roomy(memory, room):
        yield ()
        return
    with tempfile.TemporaryDirectory(
        prefix="pilotdesk-tests-", dir=memory, ignore_cleanup_errors=True
    ) as folder:
        yield ("--basetemp", str(Path(folder, "tests")))


def _is_roomy(folder: Path, room: int) -> bool:
    if os.name == "nt" or not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    told = os.statvfs(folder)
    return (
        told.f_bavail * told.f_frsize >= room and not told.f_flag & os.ST_NOEXEC
    )  # some tests start scripts


def spread(cores: int) -> tuple[str, ...]:
    """Arguments that have pytest use several cores; `-n0` among the user's own arguments takes that back.

    Of more than two only half are used: they are often two halves of one, and somebody may want to go on working.
    `worksteal` gives each worker a stretch of the tests in their order, so that what a module prepares is prepared
    once, and lets whoever is done first take over from the other's end, so that no core waits for a long module.
    """
    workers = min(max(cores // 2, 2), cores, MOST_WORKERS)
    return () if workers == 1 else ("-n", str(workers), "--dist", "worksteal")


def say(text: str) -> None:
    """Print at once, so that the lines of child processes come after it."""
    print(text, flush=True)


def main(arguments: list[str]) -> int:
    """Carry out one command line.

    Returns:
        Exit code: that of the command; 2 when something has to be done first, or the command is unknown.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show Chinese is no reason to end
            stream.reconfigure(errors="replace")
    commands = {"run": run, "test": test}
    command = commands.get(arguments[0]) if arguments else None
    if command is None:
        say(USAGE)
        return 2
    try:
        check_python(sys.version_info[:2])
        environment = Environment(Path(__file__).resolve().parent.parent)
        environment.make_ready()
        return command(environment, arguments[1:])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
