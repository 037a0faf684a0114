"""Compile every module below a folder: `python -I -S compile_modules.py FOLDER SHOWN [READABLE…]`.

A process of its own, because what `marshal` writes depends on which strings the interpreter knows already: only one that
has done nothing else writes the same bytes every time. For that reason no `pathlib` either, which keeps the names
of the folders it has seen.

FOLDER is looked through; SHOWN goes before a module's path in tracebacks; READABLE are top folders whose sources are kept,
with compiled modules beside them that are checked against the source. All others become `X.pyc` in the place of `X.py`.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys

MAGIC_311 = (3495).to_bytes(2, "little") + b"\r\n"  # source: importlib/_bootstrap_external.py of CPython 3.11
UNCHECKED, CHECKED = 0b01, 0b11  # flags of a .pyc made by hash, PEP 552


def compiled(source: bytes, shown: str, flags: int) -> bytes:
    """The content of a .pyc file; no path of this machine is in it."""
    code = compile(source, shown, "exec", dont_inherit=True, optimize=0)
    return MAGIC_311 + flags.to_bytes(4, "little") + importlib.util.source_hash(source) + marshal.dumps(code)


def compile_all(shown: str, readable: frozenset[str]) -> None:
    """Compile what lies below the working directory, in the order of the names."""
    for folder, folders, files in os.walk("."):
        folders.sort()
        place = "" if folder == "." else folder[2:].replace(os.sep, "/") + "/"
        for name in sorted(name for name in files if name.endswith(".py")):
            compile_one(place, name, shown, keep=place.partition("/")[0] in readable)


def compile_one(place: str, name: str, shown: str, *, keep: bool) -> None:
    """Compile one module; without `keep` the source goes."""
    with open(place + name, "rb") as file:
        source = file.read()
    made = compiled(source, shown + place + name, CHECKED if keep else UNCHECKED)
    to = place + name + "c"
    if keep:
        os.makedirs(place + "__pycache__", exist_ok=True)
        to = place + "__pycache__/" + name[:-3] + ".cpython-311.pyc"
    with open(to, "wb") as file:
        file.write(made)
    if not keep:
        os.remove(place + name)


def main(folder: str, shown: str, *readable: str) -> int:
    """Compile a folder.

    Returns:
        Exit code: 0; 3 when this Python writes other .pyc files than 3.11 reads.
    """
    if importlib.util.MAGIC_NUMBER != MAGIC_311:
        return 3
    os.chdir(folder)
    compile_all(shown, frozenset(readable))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
