"""``pilotdesk diagnose``: the 诊断卡 without a window, and what a number means that was read out from one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    import argparse

    from pilotdesk.cli.adding import AddCommand


def add_diagnostics(add: AddCommand) -> None:
    """Add the command.

    Args:
        add: makes a command: its name, what carries it out, a sentence.
    """
    diagnose = add("diagnose", _diagnose, "诊断卡：版本、系统、资料好不好、遇到过什么；没有填写的内容和姓名")
    asked = diagnose.add_mutually_exclusive_group()
    asked.add_argument("--json", action="store_true", help="给程序看的")
    asked.add_argument("--meaning", metavar="号码", help="查诊断卡上念出来的六位号码是什么")


def _diagnose(asked: argparse.Namespace) -> int:
    from pilotdesk.diagnostics import card_json, card_text, diagnose, meaning_of

    if asked.meaning is not None:
        found = meaning_of(asked.meaning)
        if found is None:
            print("没有这个号码：也许念错了一位，也许是程序自己的问题，请对方存下记录发来。", file=sys.stderr)
            return 1
        print(f"{found[0]}：{found[1]}")
        return 0
    card = diagnose(SYSTEM_CLOCK)
    print(card_json(card) if asked.json else card_text(card), end="")
    return 0
