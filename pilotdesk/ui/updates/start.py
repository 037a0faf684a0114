"""The installer of a newer program is started: the last thing that this program does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pilotdesk.paths import data_dir
from pilotdesk.ui.dialogs.asking import tell
from pilotdesk.ui.look.application import make_application
from pilotdesk.ui.look.settings import FILE_NAME, Settings

if TYPE_CHECKING:
    from pathlib import Path


def start_installer(installer: Path) -> None:
    """Start it, and say so where the system does not let it start: the file is there, and can be opened by hand.

    Args:
        installer: the copy that was verified while it was written.
    """
    try:
        _start(installer)
    except OSError:
        _app, look = make_application(Settings(data_dir() / FILE_NAME, keeps=False))
        text = (
            "多半是杀毒软件或管理策略拦住了。资料都存好了，原来的程序也还在。"
            f"可以请管理电脑的同事看一下，再双击它：{installer}"
        )
        tell(None, look, "安装程序没有打开", text)


def _start(installer: Path) -> None:
    if sys.platform == "win32":
        import os

        os.startfile(installer)  # noqa: S606  # a file whose signature was checked a moment ago
    else:
        import subprocess

        subprocess.Popen([installer], start_new_session=True)  # noqa: S603  # as above
