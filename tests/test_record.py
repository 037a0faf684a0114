"""Plain values are read into records on several threads at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READ_AT_ONCE = '''
import sys, threading, types
from pilotdesk.record import converted, decoded

sys.setswitchinterval(1e-6)
SOURCE = """
from __future__ import annotations
import msgspec

class A(msgspec.Struct):
    x: int = 0
    y: tuple[str, ...] = ()

class B(A, kw_only=True):
    a: tuple[A, ...] = ()

class C(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    b: tuple[B, ...]
    c: tuple[A, ...] = ()
"""
for n in range(60):
    module = types.ModuleType(f"fresh{n}")
    sys.modules[module.__name__] = module
    exec(compile(SOURCE, module.__name__, "exec"), module.__dict__)
    together = threading.Barrier(4)

    def read(at, kind=module.C, together=together):
        together.wait()
        if at % 2:
            converted({"b": [{"a": [{"x": 1}]}]}, kind)
        else:
            decoded(b'{"b": [{"a": [{"x": 1}]}]}', kind)

    threads = [threading.Thread(target=read, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print("all read")
'''


def test_a_type_that_several_threads_meet_for_the_first_time_does_not_end_the_program():
    done = subprocess.run(
        [sys.executable, "-c", READ_AT_ONCE], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "all read"), done.stderr


def test_nothing_is_read_past_it():
    """Whoever asks msgspec directly is not waited for."""
    direct = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pilotdesk").rglob("*.py")
        if path.name != "record.py"
        and any(call in path.read_text("utf-8") for call in ("msgspec.convert(", "msgspec.json.decode("))
    ]
    assert direct == []
