"""The programs and files that a step needs: which of them are missing here, and having them installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dev import install_packages

if TYPE_CHECKING:
    from collections.abc import Mapping


def have_tools(tools: Mapping[str, str], purpose: str) -> None:
    """Install the Debian packages of what is missing.

    Args:
        tools: program, or file with its whole path → package that has it.
        purpose: as it stands in the sentence.

    Raises:
        Stop: they cannot be installed from here.
    """
    if missing := lacking(tools):
        install_packages(missing, purpose)


def lacking(tools: Mapping[str, str]) -> tuple[str, ...]:
    """The Debian packages of what is missing, each once, sorted.

    Args:
        tools: program, or file with its whole path → package that has it.
    """
    return tuple(sorted({package for name, package in tools.items() if not is_there(name)}))


def is_there(name: str) -> bool:
    """Whether a program is on the path, or a file is where it is said to be."""
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None
