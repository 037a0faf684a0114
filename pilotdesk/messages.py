"""Code to Chinese sentence: what happened, and what to do about it.

Sentences follow the interface's wording rules: no codes, no blame, first what is wrong, then the cure.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {}
"""Code to template; ``{name}`` is replaced by the error's context."""


def sentence(code: str, **context: object) -> str:
    """The sentence for a code.

    Raises:
        KeyError: no sentence for this code, or a word of it is missing: a bug, found by the tests.
    """
    return SENTENCES[code].format(**context)
