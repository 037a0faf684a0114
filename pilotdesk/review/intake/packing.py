"""The content of a file on its way from one worker to another: small, and never on a disk."""

from __future__ import annotations

import copyreg
import pickle
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.review.intake.records import Kept


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def _plain(
    mapping: MappingProxyType[Any, Any],
) -> tuple[Callable[..., MappingProxyType[Any, Any]], tuple[Any, ...]]:
    return _read_only, (dict(mapping),)


def picklable_rows() -> None:
    """Let rows go from process to process; their cells are read-only mappings, which Python does not pickle by itself."""
    copyreg.pickle(MappingProxyType, _plain)


def packed(kept: Kept) -> bytes:
    """A content as bytes, a sixth of its size."""
    picklable_rows()
    return zlib.compress(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(content: bytes) -> Kept:
    """What :func:`packed` packed in another process of ours; never what came from a file."""
    kept: Kept = pickle.loads(zlib.decompress(content))  # noqa: S301
    return kept
