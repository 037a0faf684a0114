"""What the checks have found, kept by field, path and rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import field_name, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.rules.checking import CheckRule, Finding


class FoundIssues:
    """Findings by field, path and rule."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, dict[CheckRule, tuple[Finding, ...]]]] = {}
        self._rules: set[CheckRule] = set()

    def put(self, rule: CheckRule, path: str, findings: tuple[Finding, ...]) -> bool:
        """Keeps what a rule has found at a path; whether anything is or was there."""
        owner = rule.subject.owner.name
        at_path = self._found.get(owner, {}).get(path, {})
        if not findings:
            return at_path.pop(rule, None) is not None
        self._found.setdefault(owner, {}).setdefault(path, {})[rule] = findings
        self._rules.add(rule)
        return True

    def has(self, rule: CheckRule) -> bool:
        """Whether a rule has found anything since the start."""
        return rule in self._rules

    def drop_rows(self, table: str, row_ids: set[str]) -> set[str]:
        """Forgets what was found in rows that are gone; returns the paths."""
        gone = {path for path in self._found.get(table, {}) if row_of(path) in row_ids}
        for path in gone:
            del self._found[table][path]
        return gone

    def paths(self, owner: str) -> Iterator[str]:
        """Paths of a field at which something was found."""
        return (path for path, rules in self._found.get(owner, {}).items() if rules)

    def at(self, path: str) -> list[tuple[CheckRule, Finding]]:
        """What was found at a path, gravest first, then in the order of the rules."""
        rules = self._found.get(field_name(path), {}).get(path, {})
        listed = [(rule, finding) for rule, findings in rules.items() for finding in findings]
        return sorted(listed, key=lambda pair: (pair[1].severity.rank, pair[0].order))


def row_of(path: str) -> str:
    """Id of the row that a cell's path stands in; empty for other paths."""
    place = split_cell_path(path)
    return place[1] if place else ""
