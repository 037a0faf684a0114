"""What the desk says of the form of the material: code to sentence, severity, and on what it rests.

First what is wrong, then what to do. 必须改 only where the notice is behind it; how the files of one submission have to agree
is our own reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.forms.model import FormPack

MOST_NAMED: Final = 5
"""Places or files that a sentence names one by one."""
_OWN: Final = ("inferred",)


class FormalWords(Record, frozen=True):
    """One code: its severity, its sentence with words in braces, and keys of the sources behind it."""

    severity: Severity
    text: str
    source: tuple[str, ...] = _OWN


FORMAL: Final[dict[str, FormalWords]] = {
    "desk_pdf_older": FormalWords(
        Severity.WARNING,
        "“{place}”是第 {revision} 版，{others}已经是第 {newest} 版，内容不一样。请把新的一版 PDF 一起报来。",
    ),
    "desk_word_older": FormalWords(
        Severity.WARNING,
        "“{place}”是第 {revision} 版，{others}已经是第 {newest} 版，内容不一样。请把新的一版 Word 一起报来。",
    ),
    "desk_package_older": FormalWords(
        Severity.WARNING,
        "“{place}”比报来的第 {newest} 版定稿旧，{what}不一样。请把定稿那天的 .pilot 文件一起报来。",
    ),
    "desk_package_newer": FormalWords(
        Severity.HINT,
        "“{place}”在第 {newest} 版定稿以后又改过，{what}和打印的不一样。改动要报的，请重新定稿，三份一起报来。",
    ),
    "desk_word_changed": FormalWords(
        Severity.WARNING,
        "“{place}”导出以后改过 {count} 处：{named}。请在程序里改好，重新定稿再报。",
    ),
    "desk_pdf_changed": FormalWords(
        Severity.WARNING,
        "“{place}”里看得见的字和写进去的不一样，有 {count} 处：{named}。请重新定稿再报。",
    ),
    "desk_code_differs": FormalWords(
        Severity.WARNING,
        "“{place}”的校验码是 {code}，按里面的内容算出来是 {digest}，导出以后添过或删过内容。请重新定稿再报。",
    ),
    "desk_differs": FormalWords(
        Severity.WARNING, "“{place}”和“{other}”都是第 {revision} 版，内容不一样。请核实以哪一份为准。"
    ),
    "desk_other_project": FormalWords(
        Severity.WARNING,
        "“{place}”写的是“{title}”，别的文件写的是“{other}”。请核实是不是放错了文件。",
    ),
    "desk_two_versions": FormalWords(
        Severity.HINT, "“{place}”和“{newest}”是同一个项目，内容不一样，按后一份看。请核实以哪一份为准。"
    ),
    "desk_draft_print": FormalWords(
        Severity.WARNING, "“{place}”带着“草稿”水印，不是定稿。请把必须改的改好，定稿以后再报。"
    ),
    "desk_practice": FormalWords(
        Severity.ERROR,
        "“{place}”是程序里的练习样例，不是单位自己的材料。请报本单位填的。",
        ("notice_3_eligibility",),
    ),
    "desk_pack_older": FormalWords(
        Severity.WARNING,
        "这份材料照第 {there} 版表单填的，现在用的是第 {here} 版。请转到新版，看过新增的栏再报。",
    ),
    "desk_pack_newer": FormalWords(
        Severity.WARNING,
        "这份材料照第 {there} 版表单填的，这里只有第 {here} 版，有的栏看不到。请先更新这里的程序，再看这一份。",
    ),
    "desk_only_word": FormalWords(
        Severity.HINT, "只报来 Word 文件，没法三份核对。请把定稿的 PDF 和 .pilot 文件一起报来。"
    ),
    "desk_only_pdf": FormalWords(
        Severity.HINT, "只报来 PDF 文件，没法三份核对。请把定稿的 Word 和 .pilot 文件一起报来。"
    ),
    "desk_only_package": FormalWords(
        Severity.HINT, "只报来 .pilot 文件，没有打印的材料。请把定稿的 Word 和 PDF 一起报来。"
    ),
    "desk_plain_word": FormalWords(
        Severity.HINT,
        "“{place}”不是从程序导出的，按栏名认出 {filled} 栏，表里一共 {asked} 栏。没有认出来的，请对照原件看。",
    ),
    "desk_attachment_missing": FormalWords(Severity.WARNING, "没有附“{label}”。请补上扫描件。"),
    "desk_attachment_unseen": FormalWords(
        Severity.HINT, "没有看到名字像“{label}”的文件。请核对，确实没有的补上扫描件。"
    ),
    "desk_attachment_damaged": FormalWords(
        Severity.WARNING, "附件“{place}”打不开。请重新扫描或导出一份再报。"
    ),
    "desk_file_refused": FormalWords(Severity.HINT, "有一个文件没有读进来：{reason}"),
    "desk_late": FormalWords(Severity.WARNING, "{received}报来，截止日是{due}，晚了 {days} 天。请说明原因。"),
}
"""Every code that :mod:`pilotdesk.review.checking.formal_checks` gives.

``desk_attachment_missing`` takes severity and source from the pack, ``desk_late`` its source from the deadline.
"""


def formal_finding(
    code: str,
    pack: FormPack,
    words: Mapping[str, object],
    *,
    severity: Severity | None = None,
    source: tuple[str, ...] | None = None,
    path: str = "",
) -> Finding:
    """A finding about the form of the material.

    Args:
        code: one of :data:`FORMAL`.
        pack: that has the sources.
        words: what the sentence needs; ``number`` and ``label`` are those of the field that it is bound to.
        severity: where it is not that of the code.
        source: where it is not that of the code.
        path: of the field that it is bound to.
    """
    said = FORMAL[code]
    return Finding(
        code=code,
        severity=severity or said.severity,
        point=0,
        sentence=said.text.format(**words),
        clause=clause_of(said.source if source is None else source, pack),
        path=path,
        number=str(words.get("number", "")),
        label=str(words.get("label", "")),
    )


def named(names: Sequence[str]) -> str:
    """Names joined by ``、``; of many only the first."""
    more = "等" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more
