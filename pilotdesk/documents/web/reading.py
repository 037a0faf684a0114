"""Reading a page back: whether every answer that was printed stands in it, at its own place."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Figure
from pilotdesk.documents.digest import normal_text
from pilotdesk.documents.web.page import text as markup_of
from pilotdesk.forms.values import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.blocks import Outline

_EMPTY: Final = frozenset({"br", "meta", "link", "img", "hr"})


def missing_answers(outlines: Iterable[Outline], page: str) -> tuple[str, ...]:
    """Labels of the printed answers that do not stand in the page at their path."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    missing = []
    for outline in outlines:
        figures = {block.path for block in outline.blocks if isinstance(block, Figure)}
        for answer in outline.answers:
            # A node of the figure is read in the figure, whose path is that of the whole tree.
            place = field_name(answer.path) if field_name(answer.path) in figures else answer.path
            wanted = normal_text(_shown(answer.text))
            if not any(wanted in found for found in reader.found(place)):
                missing.append(answer.label)
    return tuple(missing)


def _shown(words: str) -> str:
    """What stands in a page for these words: signs that no page may hold are replaced."""
    reader = _Reader()
    reader.feed(f'<p data-path="words">{markup_of(words)}</p>')
    reader.close()
    return reader.found("words")[0]


class _Reader(HTMLParser):
    """Collects text below elements with a path; of choices what was taken, joined as printed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack: list[str | None] = []
        self._texts: dict[str, list[str]] = {}
        self._taken: dict[str, list[str]] = {}

    def found(self, path: str) -> tuple[str, ...]:
        """Texts at a path, white space taken out."""
        ticks = "；".join(self._taken.get(path, ()))
        return tuple(map(normal_text, (*self._texts.get(path, ()), *([ticks] if ticks else []))))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTMLParser: an element opens."""
        if tag in _EMPTY:
            return
        named = dict(attrs)
        path = named.get("data-path")
        if path is not None:
            self._texts.setdefault(path, []).append("")
        if "data-taken" in named and self._path():
            self._taken.setdefault(str(self._path()), []).append("")
            path = ""
        self._stack.append(path)

    def handle_endtag(self, tag: str) -> None:
        """HTMLParser: an element closes."""
        if tag not in _EMPTY and self._stack:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        """HTMLParser: text."""
        path = self._path()
        if path is None:
            return
        ticked = "" in self._stack
        kept = (self._taken if ticked else self._texts)[path]
        kept[-1] += data

    def _path(self) -> str | None:
        """The nearest path around."""
        return next((path for path in reversed(self._stack) if path), None)
