"""Values and attic entries as the JSON that the store and the package keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pilotdesk.forms.json_values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value


def value_text(value: Value) -> str:
    """One value as JSON text."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def values_text(values: Mapping[str, Value]) -> str:
    """Path to value as JSON text."""
    kept = {path: to_json(value) for path, value in values.items()}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def values_of_text(text: str) -> dict[str, Value]:
    """The values that :func:`values_text` made this of.

    Raises:
        ValueError: it did not.
    """
    return {path: from_json(value) for path, value in json.loads(text).items()}


def attic_to_json(entry: AtticEntry) -> dict[str, object]:
    """An attic entry as something ``json.dumps`` takes."""
    return {
        "path": entry.path,
        "label": entry.label,
        "text": entry.text,
        "value": to_json(entry.value),
        "why": entry.why,
        "at": entry.at,
    }


def attic_from_json(stored: dict[str, Any]) -> AtticEntry:
    """The entry that :func:`attic_to_json` made this of.

    Raises:
        KeyError, ValueError: it did not.
    """
    from pilotdesk.forms.attic import AtticEntry

    words = {name: str(stored[name]) for name in ("path", "label", "text", "why", "at")}
    return AtticEntry(value=from_json(stored["value"]), **words)
