"""A pattern that is compiled with its first use: the program starts without the many that it rarely needs."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class LazyPattern:
    """Stands for ``re.compile(text, flags)``.

    Args:
        text: the pattern. flags: as of :func:`re.compile`.
    """

    def __init__(self, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.text = text
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text, self.flags)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """See :meth:`re.Pattern.fullmatch`."""
        return self._compiled.fullmatch(text)

    def match(self, text: str) -> re.Match[str] | None:
        """See :meth:`re.Pattern.match`."""
        return self._compiled.match(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """See :meth:`re.Pattern.search`."""
        return self._compiled.search(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """See :meth:`re.Pattern.finditer`."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """See :meth:`re.Pattern.findall`, of a pattern without groups."""
        return self._compiled.findall(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """See :meth:`re.Pattern.sub`."""
        return self._compiled.sub(new, text)
