"""What the trials prove of an installed program in the same way, whatever system it is on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from trial_report import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from screen import Picture

_MOST_OF_ONE: Final = 0.9
"""Share of the colour that there is most of, on a page with something on it."""


def colours_told(picture: Picture) -> str:
    """How many colours a page has, in words.

    Raises:
        Failed: nearly all of it is one colour: there is no page.
    """
    colours = picture.colours()
    share = colours.most_common(1)[0][1] / (picture.width * picture.height)
    if share > _MOST_OF_ONE:
        raise Failed(f"最多的一种颜色占 {share:.0%}")
    return f"{len(colours)} 种颜色，最多的一种占 {share:.0%}"


def slowest_told(proofs: Sequence[dict[str, Any]]) -> str:
    """Which proof of a self-test took longest, in words; ``proofs`` as its report has them."""
    slowest = max(proofs, key=lambda one: float(one["seconds"]))
    return f"最慢的是{slowest['name']} {slowest['seconds']:.1f} 秒"


def exported_alike(there: Path, here: Path, verified: Callable[[Sequence[Path]], str]) -> str:
    """How Word and PDF of one draft agree that were made in there and here, in words: by their bytes, or else by their code.

    Args:
        there: the folder that the installed program exported into.
        here: the one of the program from source.
        verified: gives what ``verify --json`` says of these files and the draft.

    Raises:
        Failed: other files, or more than one check code.
    """
    names = sorted(path.name for path in here.iterdir())
    if names != sorted(path.name for path in there.iterdir()) or len(names) < 2:
        raise Failed(f"两边的文件不一样：{names}")
    differing = [name for name in names if (there / name).read_bytes() != (here / name).read_bytes()]
    codes = codes_in(json.loads(verified([folder / name for folder in (there, here) for name in names])))
    if len(codes) != 1:
        raise Failed(f"校验码不一样：{sorted(codes)}")
    alike = "字节完全相同" if not differing else f"字节不同：{'、'.join(differing)}"
    return f"{len(names)} 个文件逐栏核对一致，校验码 {codes.pop()}，{alike}"


def codes_in(verified: object) -> set[str]:
    """The check codes of the contents in what ``verify --json`` says, wherever they stand."""
    match verified:
        case dict():
            own = {verified["digest"]} if verified.get("digest") else set[str]()
            return own.union(*map(codes_in, verified.values()))
        case list():
            return set[str]().union(*map(codes_in, verified))
    return set()
