"""Foreign words in tooltips are words, whatever tags they hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument

import pilotdesk.ui
from pilotdesk.ui.look.plain_text import plain_tip

ROOM = Path(pilotdesk.ui.__file__).parent


@pytest.mark.parametrize(
    "words",
    [
        "一句话",
        "a < b & c",
        'x <img src="//host/x.png"> y',
        "<b>粗</b>",
        "&lt;p&gt; <i>x</i>",
        "第一行\n<br>\n第三行",
        "<!-- 看不见 -->看得见",
        "</p><img src=x>",
    ],
)
def test_a_tip_shows_its_words_sign_by_sign(words: str) -> None:
    tip = plain_tip(words)
    if not Qt.mightBeRichText(tip):
        assert tip == words
        return
    shown = QTextDocument()
    shown.setHtml(tip)
    assert shown.toPlainText() == words


def _is_foreign(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_foreign(node.body) or _is_foreign(node.orelse)
    if isinstance(node, ast.Call):
        return not (isinstance(node.func, ast.Name) and node.func.id == "plain_tip")
    return not (isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper()))


def test_every_tooltip_is_made_plain() -> None:
    bare = []
    for path in sorted(ROOM.rglob("*.py")):
        text = path.read_text("utf-8")
        if "ToolTipRole" in text and "plain_tip" not in text:
            bare.append(f"{path.relative_to(ROOM)}: ToolTipRole")
        if "setToolTip(" not in text and "showText(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            at = {"setToolTip": -1, "showText": 1}.get(node.func.attr)
            if at is not None and _is_foreign(node.args[at]):
                bare.append(f"{path.relative_to(ROOM)}:{node.lineno}")
    assert not bare
