"""字数, counted as Word and WPS count it."""

from __future__ import annotations

from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern

_WIDE: Final = (
    r"\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f"
    r"\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff"
)
_CHINESE_SIGNS: Final = "“”‘’—…·"
_SILENT: Final = r"\u200b-\u200f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_SINGLE: Final = LazyPattern(f"[{_WIDE}{_CHINESE_SIGNS}]")
_RUN: Final = LazyPattern(rf"[^\s\u3000{_WIDE}{_CHINESE_SIGNS}{_SILENT}]+")


def count_chars(text: str) -> int:
    """字数: every Chinese character and sign counts 1, every run of Latin letters and digits counts 1.

    ``依据GB/T 1.1—2020`` is 6: 依, 据, ``GB/T``, ``1.1``, —, ``2020``. White space counts nothing; code points
    are counted, so that a rare character such as 𠮷 is one. Signs that Chinese and Latin text share (“ ” ‘ ’ — … ·)
    count as Chinese; variation selectors and zero-width signs count nothing.

    Source: "字数" of Word's and WPS's word count (审阅 → 字数统计), not "字符数".
    """
    ideographs = _SINGLE.findall(text)
    return len(ideographs) - ideographs.count("\u3000") + len(_RUN.findall(text))
