"""Passwords of packages and of secret keys: from a file and never from the command line, where everybody sees them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import UpdateError

if TYPE_CHECKING:
    import argparse

    from pilotdesk.drafts.package import Package


KEY_VARIABLE: Final = "PILOTDESK_KEY_PASSWORD"


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


def add_key_password(command: argparse.ArgumentParser) -> None:
    """Add the argument to a command that makes or uses the secret key of a distributor."""
    command.add_argument(
        "--password-file", type=Path, metavar="F",
        help=f"私钥的密码在这个文件的第一行；不写就问，或取环境变量 {KEY_VARIABLE}",
    )  # fmt: skip


def key_password(asked: argparse.Namespace, *, twice: bool = False) -> str:
    """The password of a key: of the file, of the environment, or typed where nobody sees it.

    Raises:
        PackageError: ``password_file_missing``, ``password_short``.
        UpdateError: ``password_differs`` when it was not typed alike twice; ``password_untold`` when nobody can type it.
    """
    import warnings
    from getpass import GetPassWarning, getpass

    from pilotdesk.drafts.sealed import password_in

    if asked.password_file is not None:
        return password_in(asked.password_file)
    if given := os.environ.get(KEY_VARIABLE):
        return given
    try:
        with warnings.catch_warnings():
            # Without a terminal it would be read where everybody sees it.
            warnings.simplefilter("error", GetPassWarning)
            typed = getpass("私钥的密码：")
            if twice and typed != getpass("再输一遍："):
                raise UpdateError("password_differs")
    except (EOFError, OSError, GetPassWarning) as trouble:
        raise UpdateError("password_untold", variable=KEY_VARIABLE) from trouble
    return typed
