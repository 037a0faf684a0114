"""``--to`` of the commands that write one package: what is there already is not replaced unless somebody says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_target(*parsers: argparse.ArgumentParser) -> None:
    """Add ``--to`` and ``--force``."""
    for parser in parsers:
        parser.add_argument("--to", type=Path, required=True)
        parser.add_argument("--force", action="store_true", help="--to 那里已有文件时换掉它")


def target_of(asked: argparse.Namespace) -> Path:
    """The file to write.

    Raises:
        ExportError: ``target_taken`` when there is one and nobody said that it may be replaced.
    """
    target: Path = asked.to
    if target.exists() and not asked.force:
        from pilotdesk.errors import ExportError

        raise ExportError("target_taken", name=target.name)
    return target
