"""File, draft, and what was written: which of the differences somebody made in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.digest import canonical, normal_text
from pilotdesk.documents.edited.records import Edit, Missing
from pilotdesk.forms.counting import count_chars
from pilotdesk.forms.lookup import column_of, field_at, number_and_label
from pilotdesk.forms.values import cell_path, field_name, is_blank, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.edited.base import Base
    from pilotdesk.documents.edited.tables import Reading
    from pilotdesk.documents.edited.values import PrintedValues
    from pilotdesk.forms.values import Value


class Judge:
    """Compares what was read with the draft and with what was written.

    Args:
        outline: the draft as it would be printed now.
        base: what the file says of itself.
        values: reads printed text of this draft.
    """

    def __init__(self, outline: Outline, base: Base, values: PrintedValues) -> None:
        self._base = base
        self._values = values
        self._form = values.form
        self._texts = {answer.path: answer.text for answer in outline.printed}

    # -- answers ---------------------------------------------------------------------------------

    def edits(self, readings: Iterable[Reading]) -> Iterator[Edit]:
        """The answers that were changed in the file; of one that is printed twice the printing that was changed."""
        by_path: dict[str, list[Reading]] = {}
        for reading in readings:
            by_path.setdefault(reading.path, []).append(reading)
        for listed in by_path.values():
            inside = [reading for reading in listed if not reading.cover]
            made = [
                edit
                for reading in (*inside, *(one for one in listed if one.cover))
                if (edit := self._edit(reading, elsewhere=bool(inside))) is not None
            ]
            yield from made[:1]

    def _edit(self, reading: Reading, *, elsewhere: bool) -> Edit | None:
        path = reading.path
        after, before = self._values.said(path, reading.text, reading.ticks), self.text_of(path)
        if reading.cover and self._same_on_cover(path, after, elsewhere=elsewhere):
            return None
        if canonical(after) == canonical(before) or self._base.is_same(path, after):
            return None
        values = self._parsed(path, after)
        values |= {also: value for also in reading.also for value in values.values()}
        adoptable = bool(values)
        if values and not self._changes(values):
            return None
        was = self._base.is_same(path, before)
        return Edit(
            path=path,
            step=self._form.step_of[field_name(path)],
            label=self._label(path, values),
            before=before,
            after=_lines(after),
            values=values,
            chars=(count_chars(before), count_chars(after)),
            how=reading.how,
            confidence=reading.confidence,
            conflict=was is False and not (self._base.blank and not self._answered(path)),
            adoptable=adoptable,
        )

    def _answered(self, path: str) -> bool:
        return not is_blank(self._values.value_at(path))

    def _same_on_cover(self, path: str, text: str, *, elsewhere: bool) -> bool:
        """The cover breaks lines and prints dates in full: compared without blanks, and by value."""
        if normal_text(text) == normal_text(self.text_of(path)):
            return True
        field = field_at(self._form, path)
        printed = self._values.printing.plain(field, self._values.value_at(path))
        if normal_text(text) == normal_text(printed):
            return True
        return elsewhere and not self._parsed(path, text)

    def _parsed(self, path: str, text: str) -> dict[str, Value]:
        """Path to value of everything that a cell holds; empty where nothing of it can be taken over."""
        place = split_cell_path(path)
        names = self._values.columns_in(place[0], place[2]) if place else ()
        if place is None or len(names) < 2:
            return (
                {path: self._values.scalar(field_at(self._form, path), text)} if self._readable(path) else {}
            )
        fields = [column_of(self._form.fields[place[0]], name) for name in names]
        paths = [cell_path(place[0], place[1], name) for name in names]
        before = [self._values.value_at(one) for one in paths]
        found = self._values.together(fields, before, text)
        return {
            one: new
            for one, new, old in zip(paths, found, before, strict=True)
            if self._readable(one) and not _is_equal(new, old)
        }

    def _readable(self, path: str) -> bool:
        return self._values.can_be_read(path)

    def _changes(self, values: Mapping[str, Value]) -> bool:
        """Whether a value becomes another one; 无 for nothing is none."""
        return any(not _is_equal(new, self._values.value_at(path)) for path, new in values.items())

    def _label(self, path: str, values: Mapping[str, Value]) -> str:
        only = next(iter(values)) if len(values) == 1 else path
        return self.label(only)

    def label(self, path: str) -> str:
        """Number and label of an answer."""
        return number_and_label(self._form, path, self._values.all_values)

    def text_of(self, path: str) -> str:
        """What the draft prints at a path, also under a merged cell."""
        if path in self._texts:
            return self._texts[path]
        place = split_cell_path(path)
        field = field_at(self._form, path)
        return self._values.printing.narrow(field, self._values.value_at(path)) if place else ""

    # -- what was not found ----------------------------------------------------------------------

    def missing(self, paths: Iterable[str], readings: Iterable[Reading]) -> Iterator[Missing]:
        """Places that were not found, of answers that the file was written with and that were read nowhere else."""
        read = {reading.path for reading in readings}
        for path in dict.fromkeys(paths):
            if not self._base.blank and self._base.held(path) and path not in read:
                step = self._form.step_of[field_name(path)]
                yield Missing(path, step, self.label(path))


def _is_equal(new: Value, old: Value) -> bool:
    if is_blank(new) and is_blank(old):
        return True
    return type(new) is type(old) and str(new) == str(old)


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
