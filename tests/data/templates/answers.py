"""What the sample's answers look like when a person writes them into a form: every writing that counts as right.

This is the examiner's own knowledge. It reads the sample's JSON, never the program's printing.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH = re.compile(r"(\d{4})-(\d\d)")
RANGE = re.compile(r"(\d{4})年(\d+)月—(\d{4})年(\d+)月")

# What the application works out from other answers.
WORKED_OUT = {
    "undertaking_unit": "unit_name",
    "basic_project_name": "project_name",
    "basic_pilot_field": "pilot_field",
}
# What the later forms carry over, and choices of theirs by their labels.
CARRIED = {
    "build_period": "2027年1月—2028年12月",
    "implementation_scope": "县政务服务大厅和14个乡镇便民服务中心，17个“一件事”主题",
    "funding_total": "32.0",
    "total_score": "95.0",
    "full_points": "100",
}


@cache
def answers(form: str) -> dict[str, object]:
    """The answers of a form of the sample, field name → value as in its JSON; what is carried or worked out included."""
    application = json.loads((SAMPLE / "application.json").read_text("utf-8"))
    own = json.loads((SAMPLE / f"{form}.json").read_text("utf-8"))
    names = [row["name"] for row in application["participating_units"]]
    made: dict[str, object] = {
        name: application[name] for name in ("project_name", "pilot_field", "unit_name")
    }
    made |= CARRIED | own | {"participant_names": names, "participants": names}
    if form == "application":
        made |= {name: own[of] for name, of in WORKED_OUT.items()}
    return made


def accepted(form: str, path: str, row: int | None = None) -> list[str]:
    """The writings of one answer, the commonest first; an empty list when the sample has none."""
    name, _, part = path.partition(".")
    value = answers(form).get(name.removesuffix("[]"))
    if row is not None and isinstance(value, list):
        value = value[row] if row < len(value) else {}
    if part and isinstance(value, dict):
        value = value.get(part)
    return [] if value in (None, "") else writings(value)


def writings(value: object) -> list[str]:
    """How a value may be written."""
    if isinstance(value, list):
        words = [writings(part)[0] for part in value]
        return list(dict.fromkeys(sign.join(words) for sign in ("、", "；", "，", "\n")))
    if isinstance(value, dict):
        return _person(value)
    return _text(str(value))


def _person(value: dict[str, str]) -> list[str]:
    name, position = value.get("name", ""), value.get("position", "")
    both = [f"{name} {position}", f"{name}（{position}）", f"{name}，{position}", f"{name}、{position}"]
    return [name, *both]


def _text(value: str) -> list[str]:
    if day := DAY.fullmatch(value):
        year, month, number = (int(part) for part in day.groups())
        return [
            f"{year}年{month}月{number}日",
            f"{year}年{month:02}月{number:02}日",
            value,
            f"{year}.{month}.{number}",
        ]
    if found := MONTH.fullmatch(value):
        year, month = (int(part) for part in found.groups())
        return [f"{year}年{month}月", f"{year}年{month:02}月", value, f"{year}.{month}", f"{year}.{month:02}"]
    if found := RANGE.fullmatch(value):
        a, b, c, d = (int(part) for part in found.groups())
        ends = [
            (f"{a}年{b}月", f"{c}年{d}月"),
            (f"{a}.{b:02}", f"{c}.{d:02}"),
            (f"{a}年{b:02}月", f"{c}年{d:02}月"),
        ]
        return [f"{start}{sign}{end}" for start, end in ends for sign in ("—", "至", "-", "～", "–")]
    if re.fullmatch(r"\d+", value):
        return [value, f"{value}.0"]
    if re.fullmatch(r"\d+\.\d*0", value):
        return [value, value.rstrip("0").rstrip(".")]
    return [value]
