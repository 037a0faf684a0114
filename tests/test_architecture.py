"""The house keeps its shape: budgets, import directions, words, and nothing of the machine it was built on."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pilotdesk"

FUNCTION_LINES, MODULE_LINES, CLASS_METHODS, MAIN_WINDOW_LINES = 40, 400, 25, 300
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# Loaded when something is exported, read or stored, never while the first window is on its way.
HEAVY = ("cryptography", "docx", "lxml", "PIL", "pypdfium2", "reportlab", "sqlite_utils")
WINDOW_ROOMS = (
    grimp.Layer("window"),
    grimp.Layer("desk"),
    grimp.Layer("start"),
    grimp.Layer("updates"),
    grimp.Layer("carriers", "sharing", independent=False),
    grimp.Layer("filling"),
    grimp.Layer("checking", "evidence", "preview", "safety", "trees", "versions"),
    grimp.Layer("steps"),
    grimp.Layer("tables"),
    grimp.Layer("fields"),
    grimp.Layer("editors"),
    grimp.Layer("navigation"),
    grimp.Layer("tasks"),
    grimp.Layer("dialogs"),
    grimp.Layer("components"),
    grimp.Layer("look"),
)
BUILT_BY_NAME = (
    ("editors.by_kind", "evidence.ledger"),
    ("editors.by_kind", "tables.editor"),
    ("editors.by_kind", "trees.editor"),
    ("editors.evidence", "evidence.picker"),
    ("carriers.package_desk", "updates.desk"),
    ("desk.shots", "window.shots"),
)
"""What is imported when it is first wanted, by whoever knows that it may be: editors of a kind of field, the desk of updates."""

QT = ("PySide6", "shiboken6")

# Not rules, where a rule is applied to a run that knows the rules, and not documents, where two pairs know each other's types.
WITHOUT_CIRCLES = ("forms", "drafts", "projects", "updates", "review", "cli")

# Names that say nothing; see the glossary of the README for those that do.
VAGUE = {"question", "item", "control", "param", "data", "info", "manager", "helper", "util", "utils"}

# Written in pieces, so that this file does not find itself.
OUTSIDE = re.compile(
    "|".join(
        [
            r"\bpy" r"pi\.(org|python|tuna)",
            r"python" r"hosted\.org",
            r"deb\.de" r"bian\.org",
            r"registry\.np" r"mjs",
            r"mirrors?\.(aliyun|tuna|ustc|cloud|163)",
            r"(extra-)?index-" r"url|find-" r"links\b",
            r"(?<![\w.])/(work|root|home)" r"/\w",
            r"[A-Z]:\\+Use" r"rs\\",
            r"\.\./sha" r"red\b",
            r"(?<![\w.])shared/refe" r"rence\b",
        ]
    )
)

TOOL_MADE = re.compile(
    r"^(\.git|\.venv|\.hypothesis|out|dist|build)/|(^|/)(__pycache__|\.[a-z_]+_cache)/|\.(pyc|pyo|db|sqlite3?)$"
)


def sources(*folders: str) -> list[Path]:
    """The Python files of these folders of the project, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def statements(path: Path) -> tuple[ast.stmt, ...]:
    """Every statement of a module, however deep; what most rules look at is a small part of the tree."""
    return tuple(node for node in ast.walk(parsed(path)) if isinstance(node, ast.stmt))


def shown(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.stmt) else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"


def walk(folders: tuple[str, ...], *kinds: type[ast.stmt]) -> Iterator[tuple[Path, ast.stmt]]:
    for path in sources(*folders):
        yield from ((path, node) for node in statements(path) if isinstance(node, kinds))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def core_modules() -> list[str]:
    """Every module that has to work without a window: all but the window room and who composes it."""
    names = [module_name(path) for path in sources("pilotdesk")]
    return [
        name for name in names if not name.startswith(("pilotdesk.ui", "pilotdesk.app", "pilotdesk._data"))
    ]


def tracked_files() -> list[Path]:
    """What git keeps, or where there is no git every file that is not made by a tool."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        )
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not TOOL_MADE.search(path.relative_to(ROOT).as_posix())
    ]


def left_in(script: str) -> str:
    """Run a script with warnings as errors in a fresh process; returns what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- budgets


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path, node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path, node in walk(("pilotdesk", "packaging"), *DEFINITIONS)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long, f"more than {FUNCTION_LINES} lines:\n" + "\n".join(long)


def test_no_module_is_longer_than_one_topic() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources("pilotdesk", "packaging")}
    limits = {PACKAGE / "ui" / "window" / "main_window.py": MAIN_WINDOW_LINES}
    long = [f"{shown(path)}: {n} lines" for path, n in lengths.items() if n > limits.get(path, MODULE_LINES)]
    assert not long, f"more than {MODULE_LINES} lines (main window: {MAIN_WINDOW_LINES}):\n" + "\n".join(long)


def test_no_class_does_everything() -> None:
    counts = [
        (path, node, sum(isinstance(part, DEFINITIONS) for part in node.body))
        for path, node in walk(("pilotdesk", "packaging"), ast.ClassDef)
    ]
    big = [f"{shown(path, node)} {node.name}: {n} methods" for path, node, n in counts if n > CLASS_METHODS]
    assert not big, f"more than {CLASS_METHODS} methods:\n" + "\n".join(big)


# --- import directions


def test_the_rooms_of_the_window_know_only_those_below() -> None:
    """From the ground up: how things look, what pages are made of, editors, tables, pages, desks, the window itself.

    That goes for names that only the type checker needs, too; what is built by its name at the first visit is listed above.
    """
    graph = grimp.build_graph("pilotdesk")
    for room in graph.find_children("pilotdesk.ui"):
        assert room in {f"pilotdesk.ui.{name}" for level in WINDOW_ROOMS for name in level.module_tails}, room
    for importer, imported in BUILT_BY_NAME:
        graph.remove_import(importer=f"pilotdesk.ui.{importer}", imported=f"pilotdesk.ui.{imported}")
    astray = graph.find_illegal_dependencies_for_layers(WINDOW_ROOMS, containers={"pilotdesk.ui"})
    assert not astray, "\n".join(f"{one.importer} imports {one.imported}" for one in astray)


@pytest.mark.parametrize("room", WITHOUT_CIRCLES)
def test_no_module_of_a_room_knows_one_that_knows_it(room: str) -> None:
    """However long the way round, and for names that only the type checker needs, too."""
    graph = grimp.build_graph("pilotdesk")
    inside = graph.find_descendants(f"pilotdesk.{room}")
    known = {module: graph.find_modules_directly_imported_by(module) & inside for module in inside}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as circle:
        pytest.fail(" knows ".join(reversed(circle.args[1])))


def test_only_the_window_room_names_qt() -> None:
    importing = [
        shown(path, node)
        for path, node in walk(("pilotdesk",), ast.Import, ast.ImportFrom)
        if (PACKAGE / "ui") not in path.parents
        if {name.partition(".")[0] for name in imported_names(node)} & set(QT)
    ]
    assert not importing, f"import Qt outside pilotdesk/ui: {', '.join(importing)}"


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_core_works_where_there_is_no_qt() -> None:
    script = (
        "import importlib, sys\n"
        f"for name in {core_modules()!r}:\n"
        "    importlib.import_module(name)\n"
        f"    loaded = sorted({{m.partition('.')[0] for m in sys.modules}} & set({QT!r}))\n"
        "    if loaded: sys.exit(f'importing {name} loads {loaded}')\n"
    )
    left_in(script)


@pytest.mark.parametrize("name", ["cli", "session", "app"])
def test_starting_loads_no_writer_and_no_database(name: str) -> None:
    script = (
        f"import sys, pilotdesk.{name}\n"
        f"print(*sorted({{m.partition('.')[0] for m in sys.modules}} & set({HEAVY!r})))"
    )
    assert left_in(script) == ""


# --- words


def test_names_say_what_they_mean() -> None:
    named = [(path, path.stem) for path in sources("pilotdesk")]
    named += [(path, node.name) for path, node in walk(("pilotdesk",), ast.ClassDef)]
    vague = [
        f"{shown(path)}: {name}"
        for path, name in named
        if {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)} & VAGUE
    ]
    assert not vague, "\n".join(vague)


def test_nothing_is_left_for_later() -> None:
    note = re.compile(r"#.*\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    later = [
        shown(p) for p in sources("pilotdesk", "packaging", "tests") if note.search(p.read_text("utf-8"))
    ]
    assert not later


# --- nothing of the machine it was built on


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        lines = content.decode("utf-8", "replace").splitlines()
        found += [
            f"{shown(path)}:{n}: {hit[0]}" for n, line in enumerate(lines, 1) if (hit := OUTSIDE.search(line))
        ]
    assert not found, "\n".join(found)


def test_tracked_files_are_not_what_tools_make() -> None:
    assert [name for name in map(shown, tracked_files()) if TOOL_MADE.search(name)] == []


# --- the package


def test_the_packaging_folder_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert left_in("import packaging.version") == ""


def test_the_wheel_takes_packs_and_resources_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert taken == {"forms": "pilotdesk/_data/forms", "resources": "pilotdesk/_data/resources"}
    assert all((ROOT / folder).is_dir() for folder in taken)
