"""``--password-file``: the password of a package, from a file and never from the command line, where everybody sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from pilotdesk.drafts.package import Package


def add_password(*parsers: argparse.ArgumentParser) -> None:
    """Add the argument to commands that read or write packages."""
    for parser in parsers:
        parser.add_argument(
            "--password-file", type=Path, metavar="F", help="加了密码的 .pilot：密码在这个文件的第一行，UTF-8"
        )


def password_of(asked: argparse.Namespace) -> str | None:
    """The password in the file that was named; ``None`` where none was.

    Raises:
        PackageError: ``password_file_missing``, ``password_short``.
    """
    if asked.password_file is None:
        return None
    from pilotdesk.drafts.sealed import password_in

    return password_in(asked.password_file)


def package_at(source: Path, asked: argparse.Namespace) -> Package:
    """Read a package, with the password if one was named.

    Raises:
        PackageError: as :func:`pilotdesk.drafts.package.read_package`.
    """
    from pilotdesk.drafts.package import read_package

    return read_package(source, password_of(asked))
