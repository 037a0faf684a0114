"""Codecs of text, which can always be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.codec_base import PlainCodec
from pilotdesk.forms.folding import clean, half_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.forms.values import Scalar


def _as_code(text: str) -> str:
    return "".join(half_width(text).split()).upper()


FOLDS: Final[dict[str, Callable[[str], str]]] = {"typed": str, "half": half_width, "upper": _as_code}
"""``Field.letters`` to what it does to the text."""


class TextCodec(PlainCodec, frozen=True):
    """One line of text: line ends become blanks, blanks at both ends go. ``letters`` as in the pack."""

    letters: str = "typed"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; never :class:`Unparsed`."""
        return FOLDS[self.letters](" ".join(clean(text).split("\n"))).strip() or None


class LongTextCodec(PlainCodec, frozen=True):
    r"""Paragraphs, separated by ``\n``, with every blank as it was typed."""
