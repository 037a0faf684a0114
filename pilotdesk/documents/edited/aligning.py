"""Two sequences laid beside each other: what is expected, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def chain(pairs: Iterable[tuple[int, int, float]]) -> dict[int, int]:
    """The heaviest set of pairs in which both sides rise.

    Args:
        pairs: (place on the left, place on the right, weight above 0); n of them take n log n steps.

    Returns:
        Left to right.
    """
    listed = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    best = _Heaviest(max((right for _, right, _ in listed), default=0) + 1)
    before: list[int] = []
    for number, (_, right, weight) in enumerate(listed):
        total, last = best.below(right)
        before.append(last)
        best.put(right, total + weight, number)
    _, number = best.below(best.size)
    found: dict[int, int] = {}
    while number >= 0:
        left, right, _ = listed[number]
        found[left] = right
        number = before[number]
    return dict(sorted(found.items()))


def risen(numbers: list[int]) -> set[int]:
    """Places of a longest rising run; what is not in it has moved."""
    return set(chain((place, number, 1.0) for place, number in enumerate(numbers)))


class _Heaviest:
    """The heaviest chain that ends below a number: a Fenwick tree of maxima."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def below(self, number: int) -> tuple[float, int]:
        """Weight and last pair of the heaviest chain that ends before ``number``."""
        found = (0.0, -1)
        while number > 0:
            found = max(found, self._best[number], key=lambda one: one[0])
            number -= number & -number
        return found

    def put(self, number: int, weight: float, pair: int) -> None:
        """A chain that ends at ``number``."""
        number += 1
        while number <= self.size:
            if weight > self._best[number][0]:
                self._best[number] = (weight, pair)
            number += number & -number
