"""Steps that go through the pages of installer and uninstaller as somebody does: with keys, and with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import trial_tree
from trial_report import Failed
from windows.trial_handing_out import FOLDER, beside_a_key
from windows.trial_room import A_PAGE, NAME, WINDOW
from windows.trial_setup import left_behind, shortcuts
from windows.wizard import BACK, CANCEL, FINE, NEXT, NO, RETRY, YES, Page, Wizard

if TYPE_CHECKING:
    from windows.trial_room import Room

CANCELLED: Final = 1
_BAD_PLACE: Final = r"Q:\PilotDesk"
_FOLDER_LINE: Final = 1019
_RUN: Final = "现在打开"
_ENDED: Final = "程序已经删去"


def looked_at_and_left(room: Room) -> str:
    """With the keyboard on a fine screen: forth and back, a place that will not do, and away; nothing has been touched."""
    _as_proposed(room)
    before = trial_tree.files_of(room.wine.drive / "users")
    with Wizard(room, room.setup, "安装向导 144", FINE) as wizard:
        _enter_presses(wizard.wait("不需要管理员权限"), NEXT)
        wizard.press("Return")
        page = wizard.wait("一般不用改")
        _enter_presses(page, NEXT)
        offered = page.button(_FOLDER_LINE).text
        wizard.press("ctrl+a", text=_BAD_PLACE)
        wizard.press("Return")
        wizard.wait("这个位置装不了")
        wizard.press("Return")
        wizard.press("alt+p")
        wizard.wait("不需要管理员权限", picture=False)
        wizard.press("Escape")
        _enter_presses(wizard.wait("确定不装了吗"), NO)
        wizard.press("Return")
        wizard.press("Escape")
        wizard.wait("确定不装了吗", picture=False)
        wizard.press("alt+y")
        code = wizard.end()
    changed = trial_tree.difference(before, trial_tree.files_of(room.wine.drive / "users"))
    if offered != room.wine.windows_path(room.tree) or code != CANCELLED or changed:
        raise Failed(f"先写着 {offered}，退出码 {code}，应当是 {CANCELLED}，用户文件夹{changed or '没有变'}")
    return f"{len(wizard.read)} 段文字都是中文、都放得下，取消时退出码 {code}，什么也没有改动"


def clicked_through(room: Room) -> str:
    """With the mouse: installed to where the installer proposes, the key beside it refused, the program opened at the end."""
    _as_proposed(room)
    with Wizard(room, room.setup, "安装向导") as wizard:
        wizard.click(wizard.wait("不需要管理员权限"), NEXT)
        wizard.click(wizard.wait("一般不用改"), NEXT)
        asked = wizard.wait("公钥")
        wizard.click(asked, NO)
        last = wizard.wait(_RUN)
        _enter_presses(last, NEXT)
        if any(last.button(number).enabled for number in (BACK, CANCEL)):
            raise Failed("装好以后还能点“上一步”或“取消”")
        wizard.click(last, NEXT)
        code = wizard.end()
    seconds = room.screen.wait_title(NAME) + room.wait_page(A_PAGE)
    room.keep_picture("安装向导打开的程序")
    room.wine.run("taskkill", "/IM", WINDOW)
    room.screen.wait_for("空的屏幕", lambda: not room.screen.titles())
    files = trial_tree.files_of(room.tree)
    if code or WINDOW not in files or len(shortcuts(room)) < 2 or (room.tree / "keys").exists():
        raise Failed(f"退出码 {code}，{len(files)} 个文件，{len(shortcuts(room))} 个快捷方式")
    return f"装了 {len(files)} 个文件，公钥点“否”就没有登记，点“完成”后 {seconds:.1f} 秒程序打开"


def uninstalled(room: Room) -> str:
    """With the mouse: before and after it says where the data stays; the program goes, the data does not."""
    kept = trial_tree.files_of(room.user_data)
    where = room.wine.windows_path(room.user_data)
    with Wizard(room, room.tree / "uninstall.exe", "卸载向导") as wizard:
        first = wizard.wait("只删去程序")
        _enter_presses(first, NEXT)
        wizard.click(first, NEXT)
        last = wizard.wait(_ENDED)
        wizard.click(last, NEXT)
        room.screen.wait_for("空的屏幕", lambda: not room.screen.titles())
    if where not in first or where not in last:
        raise Failed(f"没有说资料留在 {where}")
    room.screen.wait_for("卸载完", lambda: not left_behind(room), 30)
    changed = trial_tree.difference(kept, trial_tree.files_of(room.user_data))
    if changed or not kept or room.tree.exists():
        raise Failed(f"填写的资料{changed or '没有变'}，{room.tree} {'还' if room.tree.exists() else '不'}在")
    return f"前后两次说了资料留在 {where}，{len(kept)} 个文件一个没动，程序、快捷方式、注册表都清了"


def over_with_the_window_open(room: Room) -> str:
    """With the program open the wizard says so and waits; closed, 重试 goes on and the installation is whole."""
    before = trial_tree.files_of(room.tree)
    process = room.open_window()
    room.screen.wait_title(NAME)
    room.wait_page(A_PAGE)
    with Wizard(room, room.setup, "程序开着时") as wizard:
        wizard.wait("不需要管理员权限", picture=False)
        wizard.press("Return")
        wizard.wait("一般不用改", picture=False)
        wizard.press("Return")
        said = wizard.wait("PilotDesk 还开着")
        _enter_presses(said, RETRY)
        room.close_window(process)
        wizard.click(said, RETRY)
        wizard.click(wizard.wait("公钥", picture=False), YES)
        last = wizard.wait(_RUN, picture=False)
        wizard.press("space")  # not opened again
        wizard.click(last, NEXT)
        code = wizard.end()
    changed = trial_tree.difference(before, trial_tree.files_of(room.tree))
    if code or changed:
        raise Failed(f"退出码 {code}，程序文件夹{changed or '没有变'}")
    return f"说了还开着；关掉以后点“重试”，{len(before)} 个文件和原来一样，在 {FOLDER} 旁边的公钥点“是”"


def _as_proposed(room: Room) -> None:
    """What is tried now is the place that the installer proposes, with a key beside the installer."""
    room.tree = room.wine.local / "Programs" / NAME
    room.setup = beside_a_key(room)


def _enter_presses(page: Page, number: int) -> None:
    """Check which button Enter presses.

    Raises:
        Failed: another one.
    """
    button = page.button(number)
    if not button.chosen or not button.enabled:
        chosen = [one.text for one in page.controls if one.chosen]
        raise Failed(f"按回车的是 {chosen}，应当是“{button.text}”")
