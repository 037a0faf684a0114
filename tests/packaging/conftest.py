"""The scripts of packaging/ find their neighbours as they do when they are started from there."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = str(Path(__file__).resolve().parents[2] / "packaging")
if FOLDER not in sys.path:
    sys.path.append(FOLDER)  # at the end: a library of the same name comes first
