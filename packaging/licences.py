"""Collects the licence text of everything shipped into `licences/` of an installed tree, with the index `许可.txt`.

`python3 packaging/licences.py TREE`. Qt and PySide6 are used under the LGPL 3: the index names their files, says how
they are replaced and where their source is to be had.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from pathlib import Path

from bundled_parts import BuildError
from components import OWN, SITE, STANDARD_TEXTS, Component, components_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "licences"
INDEX = "许可.txt"
OWN_TEXT = "PilotDesk/LICENSE.txt"
QT = ("pyside6_essentials/Qt", "wheel:pyside6_essentials", "wheel:shiboken6")

# Licences that ask for the source: where it is to be had, by the start of the name of the component.
SOURCES = {
    "Qt": "https://download.qt.io/official_releases/qt/ （选同一版本号）",
    "PySide6": "https://download.qt.io/official_releases/QtForPython/pyside6/ （选同一版本号）",
    "shiboken6": "在 PySide6 的源代码里",
    "python-stdnum": "https://arthurdejong.org/python-stdnum/",
    "libiconv": "https://ftp.gnu.org/gnu/libiconv/ ；它在 lxml 里面，lxml 的源代码：https://lxml.de/",
    "pikepdf": "https://github.com/pikepdf/pikepdf",
    "PilotFang": "就在安装文件夹里：app/resources/fonts/source（原字体和转换用的程序）",
}
_ASKS_SOURCE = re.compile(r"\bL?GPL-|\bMPL-")


def collect_licences(tree: Path) -> Path:
    """Fill `licences/` of a tree anew.

    Args:
        tree: an installed tree, whole but for this folder and the SBOM.

    Returns:
        The index.

    Raises:
        BuildError: a component has no licence text, or one that asks for its source has none named here.
    """
    target = tree / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    components = components_of(tree)
    places = {source: _place(source) for one in components for source in one.texts}
    for source, place in sorted(places.items()):
        _copy(_text(tree, source), target / place)
    _copy(ROOT / "LICENSE", target / OWN_TEXT)
    index = target / INDEX
    index.write_text(_index(tree, components, places), "utf-8-sig", newline="\r\n")  # for the old Notepad
    return index


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.read_bytes() != source.read_bytes():
        raise BuildError(f"two licence texts want to be {target.name}")
    shutil.copyfile(source, target)


def _text(tree: Path, source: str) -> Path:
    """A text of the tree; the standard ones may be left out of it and are then those of the source."""
    path = tree / source
    if not path.is_file() and source.startswith(f"{STANDARD_TEXTS}/"):
        path = ROOT / "resources/licences" / source.removeprefix(f"{STANDARD_TEXTS}/")
    if not path.is_file():
        raise BuildError(f"{source}: the licence text is missing")
    return path


def _place(source: str) -> str:
    """Where a text goes, below `licences/`."""
    if source.startswith(f"{STANDARD_TEXTS}/"):
        return source.removeprefix(f"{STANDARD_TEXTS}/")
    if source.startswith("runtime/"):
        return f"CPython/{Path(source).name}"
    if source.startswith("app/resources/"):
        return f"PilotDesk/{Path(source).name}"
    wheel, _, rest = source.removeprefix(f"{SITE}/").partition("/")
    if not wheel.endswith(".dist-info"):
        return f"{wheel}/{Path(source).name}"
    return f"{wheel.partition('-')[0]}/{re.sub('^licenses/', '', rest)}"


# --- the index -------------------------------------------------------------------------------------------------


def _index(tree: Path, components: tuple[Component, ...], places: dict[str, str]) -> str:
    own = next(one for one in components if one.ref == OWN)
    lines = [
        f"PilotDesk {own.version} 里有什么，各是什么许可",
        "",
        "这个文件夹里是随程序一起发放的全部组成的许可文本。每个文件属于哪个组成、哈希值是多少，见上一级的 sbom.cdx.json。",
        "",
        "一、PilotDesk 自己",
        "",
        f"MIT 许可，文本：{OWN_TEXT}。可以自由使用、复制、修改、分发，保留许可文本就行。",
        "PilotDesk 不是任何机关发布的软件，和下面各组成的作者也没有隶属关系。",
        "",
        *_about_qt(components),
        "",
        "三、还有哪些许可要求说明源代码在哪里",
        "",
        *_about_sources(components),
        "",
        "四、全部组成：名称、版本、许可，文本在哪个文件",
        "",
    ]
    for one in sorted(components, key=lambda each: (each.name.casefold(), each.ref)):
        lines += _entry(one, components, places)
    return "\n".join(lines) + "\n"


def _about_qt(components: tuple[Component, ...]) -> list[str]:
    parts = [one for one in components if one.ref in QT]
    if len(parts) != len(QT):
        raise BuildError("Qt, PySide6 or shiboken6 is missing in the tree")
    files = [name for one in parts for name in one.files if re.search(r"\.(dll|pyd|so)(\.[\d.]+)?$", name)]
    return [
        "二、Qt、PySide6、shiboken6（LGPL 3）",
        "",
        "界面用 Qt 和它的 Python 接口 PySide6、shiboken6，按 GNU 较宽松公共许可证第 3 版（LGPL-3.0）使用，原样未改。",
        "文本：LGPL-3.txt；它引用的 GPL 第 3 版：GPL-3.txt；Qt 里第三方代码的声明：Qt-third-party.txt。",
        *(f"源代码：{one.name} {one.version}：{_source_of(one)}" for one in parts),
        "",
        "您可以换成自己编译或修改过的 Qt：它们是单独的动态库文件，没有编进程序里。换了照样能用，只是诊断卡会说文件变了。做法：",
        "1. 关掉 PilotDesk。",
        "2. 取同一个大版本（6.8）的源代码，改好，用同样的编译器编译，接口要和原来的兼容。",
        "3. 用编译出来的同名文件覆盖下面的文件（先留一份原来的），再打开 PilotDesk。",
        "为了调试这样的修改，允许对程序做反向工程。",
        "可以替换的文件：",
        *(f"   {name}" for name in sorted(files)),
    ]


def _about_sources(components: tuple[Component, ...]) -> list[str]:
    """One line for each component under a licence with source, but Qt's.

    Raises:
        BuildError: it is not known where the source of one is to be had.
    """
    asking = [one for one in components if _ASKS_SOURCE.search(one.licence) and one.ref not in QT]
    free = [one for one in asking if " OR " not in one.licence]
    return [
        f"{one.name} {one.version}（{one.licence}）：{_source_of(one)}".replace(" （", "（") for one in free
    ]


def _source_of(one: Component) -> str:
    for start, place in SOURCES.items():
        if one.name.startswith(start):
            return place
    raise BuildError(f"{one.name} ({one.licence}): packaging/licences.py does not say where its source is")


def _entry(one: Component, components: tuple[Component, ...], places: dict[str, str]) -> list[str]:
    by_ref = {other.ref: other.name for other in components}
    inside = f"（在 {by_ref[one.within]} 里）" if one.within else ""
    version = one.version or "、".join(one.several) or "版本没有写明"
    texts = [OWN_TEXT] if one.ref == OWN else [places[source] for source in one.texts]
    first = f"{_padded(one.name + inside, 44)}{_padded(version, 16)}{one.licence}"
    who = [f"    作者：{one.author}"] if one.author else []
    shown = (
        texts
        if len(texts) <= 6
        else [*texts[:5], f"等 {len(texts)} 个，都在 {texts[0].partition('/')[0]} 里"]
    )
    return [first, *who, f"    文本：{'、'.join(shown)}"]


def _padded(text: str, columns: int) -> str:
    """The text, filled up to so many columns; a Chinese character takes two."""
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(2, columns - width)


def main(arguments: list[str]) -> int:
    """Collect the licences of a tree; returns the exit code."""
    if len(arguments) != 1:
        print("usage: python3 packaging/licences.py TREE", file=sys.stderr)
        return 2
    try:
        index = collect_licences(Path(arguments[0]))
    except BuildError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"{index.parent}: {sum(1 for path in index.parent.rglob('*') if path.is_file())} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
