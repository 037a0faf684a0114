"""Pinyin initials."""

from __future__ import annotations

import pytest

from pilotdesk.forms.initials import initials


@pytest.mark.parametrize(
    ("text", "short"), [("统一社会信用代码", "tyshxydm"), ("联系人", "lxr"), ("A类", "al"), ("𠮷", "")]
)
def test_initials(text: str, short: str) -> None:
    assert initials(text) == short
