"""Steps of opening: a second start gives its file to the window that stands, and what cannot start says so in a window."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Final

from trial_report import Failed
from windows.trial_room import A_DRAFT, WINDOW, must

if TYPE_CHECKING:
    from windows.trial_room import Room

TITLE: Final = "PilotDesk"
SENT: Final = "发来的 #1 100%.pilot"


def second_start(room: Room) -> str:
    """With the program open, a file that is clicked is opened there: the second process ends, no second window comes."""
    draft = room.folder / SENT
    must(room.console("sample", "--to", draft, "--force"), "存样例")
    process = room.open_window()
    room.screen.wait_title(TITLE)
    room.wait_page()
    room.wait_still()
    holder = _holder(room)
    begun = time.monotonic()
    done = room.wine.run(room.tree / WINDOW, draft, seconds=60)
    seconds = time.monotonic() - begun
    room.wait_page(A_DRAFT)
    room.wait_still()
    room.keep_picture("第二次启动")
    titles, same = room.screen.titles(), _holder(room) == holder
    code = room.close_window(process)
    if done.code or code or len(titles) != 1 or not same:
        said = f"第二个退出码 {done.code}，第一个 {code}，窗口 {titles}"
        raise Failed(f"{said}，{'还是' if same else '不是'}同一个程序拿着资料")
    return f"{seconds:.1f} 秒后第二个自己退出，文件开在原来的窗口里；照片 第二次启动.png"


def said_in_a_window(room: Room) -> str:
    """Without a console, what keeps the program from starting stands in a message window."""
    forms = room.tree / "app" / "forms"
    aside = forms.rename(forms.with_name("forms-"))
    try:
        # Started as the system starts what is clicked: without the streams of this program.
        room.wine.start("start", room.wine.windows_path(room.tree / WINDOW))
        seconds = room.screen.wait_title(TITLE)
        room.wait_still()
        room.keep_picture("打不开时说的话")
    finally:
        room.wine.end_programs()
        aside.rename(forms)
    return f"{seconds:.1f} 秒后有一个说明的窗口；照片 打不开时说的话.png"


def _holder(room: Room) -> object:
    """Who has the data, as the lock says."""
    return json.loads((room.user_data / "pilotdesk.lock").read_text("utf-8"))["token"]
