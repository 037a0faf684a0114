"""No answer text leaves the drafts by a side door: nothing is logged, and what is printed is asked for."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from pilotdesk.clock import Clock
    from pilotdesk.ui.window.main_window import MainWindow

ROOT = Path(__file__).parents[3]
LOGGERS = frozenset({"logging", "syslog", "loguru", "faulthandler"})
LOGS = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "syslog", "basicConfig"}
)
SAYERS = frozenset({"print", "qDebug", "qInfo", "qWarning", "qCritical"})
STREAMS = {
    "ui/window/crash_hook.py": ["entry"],  # only what describe() made, when the record cannot be written
    "ui/window/shots.py": ["f'{text}\\n'"],  # Qt's own messages while a picture is drawn
}
LOGGED = {
    "documents/pdf/widths.py": ["'column %d of %s widened by %.1f mm'", "column + 1", "table.path", "moved"],
}
SECRET = "甲乙丙丁子丑寅卯"


def modules(names: Iterable[str]) -> Iterator[tuple[str, ast.Module]]:
    """The modules of the program in which one of some names stands at all: to parse all of them takes seconds."""
    for path in sorted((ROOT / "pilotdesk").rglob("*.py")):
        text = path.read_text("utf-8")
        if any(name in text for name in names):
            yield path.relative_to(ROOT / "pilotdesk").as_posix(), ast.parse(text)


def test_what_is_logged_is_known() -> None:
    """Paths and measures; a library's logger may be turned down."""
    found: dict[str, list[str]] = {}
    for name, tree in modules(LOGGERS):
        if not any(isinstance(node, ast.Import) and imports_a_logger(node) for node in ast.walk(tree)):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGS:
                found.setdefault(name, []).extend(map(ast.unparse, node.args))
    assert found == LOGGED
    assert not [
        f"{name}:{node.lineno}"
        for name, tree in modules(LOGGERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in LOGGERS
    ]


def imports_a_logger(node: ast.Import) -> bool:
    return bool(LOGGERS & {alias.name.split(".")[0] for alias in node.names})


def test_nothing_is_printed_but_by_the_command_line() -> None:
    """The command line answers who asked it."""
    found = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, tree in modules(SAYERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in (SAYERS - {"print"} if name.startswith("cli") else SAYERS)
    ]
    assert not found


def test_what_goes_to_the_streams_is_known() -> None:
    found: dict[str, list[str]] = {}
    for name, tree in modules(("stderr", "stdout")):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"write", "writelines"}
                and ast.unparse(node.func.value) in {"sys.stderr", "sys.stdout"}
            ):
                found.setdefault(name, []).extend(map(ast.unparse, node.args))
    assert found == STREAMS


def test_what_is_typed_stands_in_no_output_and_in_no_record(
    window: MainWindow, clock: Clock, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A secret in every text of a draft, through every page, a save, a check, an export and a crash."""
    from pilotdesk.projects import export_session
    from pilotdesk.ui.window.crash_hook import CrashHook

    window.open_draft(window.shelf.sample())
    session = window.workspace.session
    texts = {
        name: SECRET for name, field in session.form.fields.items() if field.type in {"text", "longtext"}
    }
    texts = {name: text for name, text in texts.items() if not session.field(name).calculation}
    session.set_values(texts)
    assert session.value("unit_name") == SECRET
    for step in session.form.steps:
        window.workspace.navigator.show_page(step.name)
    window.flush()
    assert window.shelf.store.load(session.identity.draft_id).values["unit_name"] == SECRET
    export_session(session, tmp_path / "out", draft=True, pdf=False)
    records: list[str] = []
    hook = CrashHook(
        tmp_path / "log", clock, flush=window.flush, tell=lambda _said, entry: not records.append(entry)
    )
    try:
        session.codec(session.value("unit_name"))
    except KeyError as trouble:
        hook(type(trouble), trouble, trouble.__traceback__)
    window.close()
    said = capfd.readouterr()
    assert records
    for text in (said.out, said.err, *records, *(p.read_text("utf-8") for p in (tmp_path / "log").glob("*"))):
        assert SECRET not in text
