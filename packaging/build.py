"""Build what is handed out: `python3 packaging/build.py [windows] [linux] [--to dist] [--fast] [--try]`.

Starts on a bare Debian with nothing but Python 3.11: it makes `.venv` as `dev.py` does and goes on in it, installs the tools it
needs by apt-get, fetches what is pinned, builds, and says at the end what weighs what and how long each step took. The
same commit gives the same bytes. Without a word it builds both systems.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from pathlib import Path

from dev import Environment, Stop, check_python, child_environment
from ending import Ended, clean_up_on_signals
from tools import have_tools

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ("windows", "linux")
FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
# Program → Debian package.
WINDOWS_TOOLS = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "osslsigncode": "osslsigncode",
    "git": "git",
    "update-ca-certificates": "ca-certificates",  # the roots that signatures lead to
}


def main(arguments: list[str]) -> int:
    """Carry out one command line.

    Returns:
        Exit code: 0; 1 when the trial is not content; 2 when something has to be done first, which is said.
    """
    parser = argparse.ArgumentParser(prog="build.py", description="构建安装包")
    parser.add_argument("systems", nargs="*", metavar="windows|linux", help="不写就是两个都要")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="放到哪里（默认 dist）")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache", help="下载的东西放在哪里")
    parser.add_argument("--fast", action="store_true", help="用快的压缩（zlib），给自动检查用")
    parser.add_argument("--try", dest="trial", action="store_true", help="做好以后装一遍、用一遍、卸一遍")
    asked = parser.parse_args(arguments)
    unknown = set(asked.systems) - set(SYSTEMS)
    if unknown:
        parser.error(f"不认识 {'、'.join(sorted(unknown))}，只有 windows 和 linux")
    clean_up_on_signals()
    try:
        check_python(sys.version_info[:2])
        return _go_on(arguments, asked)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except OSError as trouble:
        sentence = disk_sentence(trouble)
        if not sentence:
            raise
        print(sentence, file=sys.stderr)
        return 2
    except Ended as end:
        print("停下来了，做了一半的已经收拾好。", file=sys.stderr)
        return end.code


def disk_sentence(trouble: OSError) -> str:
    """Say what to do about a disk that takes nothing; empty for any other trouble, which is ours."""
    place = f"：{trouble.filename}" if trouble.filename else ""
    if trouble.errno in FULL:
        return f"盘满了{place}。腾出一些地方，或用 --to、--cache 换一个盘，再运行一次同样的命令。"
    if trouble.errno in CLOSED:
        return f"写不进去{place}。用 --to、--cache 换一个能写的文件夹，或让它能写，再运行一次同样的命令。"
    return ""


def _go_on(arguments: list[str], asked: argparse.Namespace) -> int:
    environment = Environment(ROOT)
    environment.make_ready()
    if Path(sys.prefix).resolve() != environment.venv.resolve():
        # In place of this process, not below it: a signal reaches whoever has to clean up.
        python = str(environment.python)
        os.execve(python, [python, __file__, *arguments], child_environment())  # noqa: S606
    wanted = [name for name in SYSTEMS if name in asked.systems or not asked.systems]
    if "windows" in wanted:
        have_tools(WINDOWS_TOOLS, "构建 Windows 安装程序需要的工具")
    from building import Building, finish

    building = Building(ROOT, asked.to.resolve(), asked.cache.resolve(), fast=asked.fast)
    code = 0
    if "windows" in wanted:
        from windows.package import build_windows, try_windows

        build_windows(building)
        code |= try_windows(building) if asked.trial else 0
    if "linux" in wanted:
        from linux.package import build_linux, try_linux

        build_linux(building)
        code |= try_linux(building) if asked.trial else 0
    finish(building)
    return code


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
