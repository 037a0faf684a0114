"""The Chinese sentences of the built-in checks, and how a finding becomes an issue.

Wording: first what is wrong, then what to do; the answer is quoted; an example instead of a pattern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.form_documents import document_of, documents_of
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.rules.issue import Issue
from pilotdesk.rules.messages import spoken

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field, Form, Step
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.checking import Finding
    from pilotdesk.rules.subjects import Subject

READING: Final[dict[str, tuple[str, str]]] = {
    "text": ("请写成文字。", ""),
    "longtext": ("请写成文字。", ""),
    "integer": ("请写成整数，如 86。", "86"),
    "decimal": ("请写成数字，如 41.6。", "41.6"),
    "date": ("请写成年月日，如 2026年6月2日。", "2026年6月2日"),
    "month": ("请写成年月，如 2027年3月。", "2027年3月"),
    "month_range": ("请写成起止年月，如 2027年1月—2028年12月。", "2027年1月—2028年12月"),
    "choice": ("请从列表里选一项。", ""),
    "multi_choice": ("请从列表里选，可以选几项。", ""),
    "dependent_choice": ("请从列表里选，可以选几项。", ""),
    "region": ("请从列表里选到县（市、区）。", ""),
    "evidence": ("请写佐证编号和页码，如 E03 第5页。", "E03 第5—6页；E07"),
}
"""Field type to what to write instead of something that could not be read, and an example."""
MISSING: Final[dict[str, str]] = {
    "choice": "还没有选。",
    "multi_choice": "还没有选。",
    "dependent_choice": "还没有选。",
    "region": "还没有选。",
    "attachment": "还没有附上文件。",
    "evidence": "还没有写明佐证。",
}
"""Field type to the end of the sentence about a missing answer; 还没有填。 for all others."""

WHY: Final[dict[str, str]] = {
    "required": "这一栏省里审核时要看，空着会退回补填。",
    "unparsed": "程序读不懂的，就没法核对，也没法和别的栏目对上。",
    "unknown_choice": "前面的选择改过，或者列表换了新的。",
    "placeholder": "打印出来就是这样，省里会退回补写。",
    "too_short": "太短了说不清楚，审核的人要回头来问。",
    "too_long": "太长了重点不突出，格子也排不下。",
    "min_rows": "条数太少，看不出全貌。",
    "levels": "层数太少分不清类，太多了结构图排不下。",
}
"""Code of a built-in check to why it is made."""
FIX: Final[dict[str, str]] = {"required": "照登记证书和实际情况填写；确实没有的，写“无”。"}
"""Code to what to do where the field has no hint."""


def issue_of(finding: Finding, subject: Subject, answers: Answers, row_id: str = "") -> Issue:
    """The issue that a finding is shown as."""
    path = subject.path(row_id)
    place = number_and_label(answers.form, path, answers.values)
    parts = (
        _pack_words(finding, subject, answers, row_id)
        if finding.check
        else _built_in(finding, subject, place, answers.form)
    )
    return Issue(
        code=finding.code,
        path=path,
        severity=finding.severity,
        where=" › ".join(part for part in (step_title(answers.form, subject.owner), place) if part),
        source=source_of(finding, subject),
        gaps=(),
        **parts,
    )


def step_title(form: Form, field: Field) -> str:
    """The step of a field as it is spoken of: 五、标准化工作基础; of several documents, 自评报告 › 一、项目概况."""
    step: Step = next(one for one in form.steps if one.name == form.step_of[field.name])
    title = f"{step.number}、{step.label}" if step.number else step.label
    several = len(documents_of(form)) > 1
    return f"{document_of(form, step.document).short} › {title}" if several else title


def source_of(finding: Finding, subject: Subject) -> tuple[str, ...]:
    """Keys of the sources that a finding rests on; a column without its own has those of its table."""
    if finding.check:
        return finding.check.source
    if finding.code == "placeholder":
        return ("inferred",)
    return subject.field.source or subject.owner.source


def _pack_words(finding: Finding, subject: Subject, answers: Answers, row_id: str) -> dict[str, str]:
    check = finding.check
    if check is None:
        return {}
    templates = {"what": check.what, "why": check.why, "fix": check.fix, "example": check.example}
    words = {name: spoken(text, subject, answers, row_id) if text else "" for name, text in templates.items()}
    return words if words["example"] else words | {"example": example_of(subject)}


def example_of(subject: Subject) -> str:
    """What a filled-in answer looks like; a column or part without its own example has that of its table."""
    return subject.field.example or subject.owner.example


def _built_in(finding: Finding, subject: Subject, place: str, form: Form) -> dict[str, str]:
    field, words = subject.field, finding.words
    example = example_of(subject)
    match finding.code:
        case "required":
            parts = {"what": f"{place}{MISSING.get(field.type, '还没有填。')}", "fix": field.hint}
        case "unparsed":
            advice, sample = READING.get(field.type, ("请换一种写法。", ""))
            parts = {"what": f"没看懂“{_quoted(words[0])}”。{advice}", "fix": field.hint or advice}
            example = field.example or sample
        case "unknown_choice":
            parts = {
                "what": f"“{_labels(field, words, form)}”不在现在的列表里。请重新选。",
                "fix": "打开列表选一项；列表里没有的，按“其他”写明。" if field.other else "打开列表选一项。",
            }
        case "placeholder":
            parts = {
                "what": f"“{words[0]}”还留在这里。请换成实际内容。",
                "fix": "写上实际内容；确实没有的，写“无”。",
            }
        case _:
            parts = _advice(finding, subject, place)
    fix = parts["fix"] or FIX.get(finding.code, "")
    return parts | {"fix": fix, "why": WHY[finding.code], "example": example}


def _advice(finding: Finding, subject: Subject, place: str) -> dict[str, str]:
    """Words of the built-in checks that only advise."""
    field, words = subject.field, finding.words
    match finding.code:
        case "too_short":
            return {
                "what": f"还差约 {words[0]} 字到建议下限，不强制。",
                "fix": field.hint or f"建议不少于 {words[1]} 字。",
            }
        case "too_long":
            return {
                "what": f"比建议上限多约 {words[0]} 字，不强制。",
                "fix": f"建议不超过 {words[1]} 字；细节可以放到附件。",
            }
        case "min_rows":
            return {"what": f"现在有 {words[0]} 行，建议至少 {words[1]} 行。", "fix": field.hint}
        case "levels":
            return {
                "what": f"框架现在有 {words[0]} 层，建议 {words[1]} 到 {words[2]} 层。",
                "fix": field.hint,
            }
    raise KeyError(f"{finding.code} at {place}")


def _labels(field: Field, names: tuple[str, ...], form: Form) -> str:
    """Choices by their labels where the list still has them."""
    labels = {choice.name: choice.label for choice in form.lists.get(field.choices, ())}
    return "、".join(_quoted(labels.get(name, name)) for name in names)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:23]}…"
