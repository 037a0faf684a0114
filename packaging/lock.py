"""Write `requirements.lock` anew from pyproject.toml: `python3 packaging/lock.py [--upgrade]`.

Without `--upgrade` what is pinned stays pinned. The lock holds the hashes of the wheels for every system and
Python version that pyproject.toml allows, and names no package index: where packages come from is the
business of the machine. The work is done by uv, fetched into a folder that is thrown away afterwards.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
HEADER = "# Written by packaging/lock.py from pyproject.toml; change that and run it again.\n"
PIN = re.compile(r"[a-z0-9._-]+==[A-Za-z0-9.]+( ; [^/\\:]+)?( \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def compile_lock(uv: Path, arguments: list[str]) -> str:
    """Let uv resolve the requirements.

    Args:
        uv: the program.
        arguments: more options for it.

    Returns:
        The text of the lock without header.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "requirements.lock"
        if LOCK.exists():
            output.write_bytes(LOCK.read_bytes())  # uv prefers the versions it finds there
        command = [str(uv), "pip", "compile", "pyproject.toml", "--group", "dev", "--quiet"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-header", "--no-annotate"]
        # sqlite-utils names pip for its own plug-ins; the pip that comes with the environment is enough.
        command += ["--no-emit-package", "pip", "--output-file", str(output), *arguments]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return output.read_text("utf-8")


def without_remarks(text: str) -> str:
    """Drop uv's comments and refuse any line that is neither a pin nor a hash.

    Raises:
        ValueError: there is such a line, for example an index, a path or an address.
    """
    kept = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in kept:
        if not (PIN.fullmatch(line) or HASH.fullmatch(line)):
            raise ValueError(f"neither a pin nor a hash: {line}")
    return "\n".join(kept) + "\n"


def main(arguments: list[str]) -> int:
    """Write the lock.

    Returns:
        0; anything that goes wrong is raised.
    """
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        text = without_remarks(compile_lock(scripts / "uv", arguments))
    LOCK.write_text(HEADER + text, "utf-8", newline="\n")
    print(f"{LOCK.relative_to(ROOT)}: {len(re.findall(r'(?m)^[a-z]', text))} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
