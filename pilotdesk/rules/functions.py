"""All functions of the language; importing this module fills the register.

The functions stand in modules by topic: rows and lists, links between tables, texts, time, codes, standards, the round,
evidence, promises, scans of running text.
"""

from __future__ import annotations

from pilotdesk.rules import (
    functions_codes,
    functions_evidence,
    functions_links,
    functions_lists,
    functions_promises,
    functions_round,
    functions_scan,
    functions_standards,
    functions_text,
    functions_time,
)
from pilotdesk.rules.registry import FUNCTIONS

MODULES = (
    functions_lists,
    functions_links,
    functions_text,
    functions_time,
    functions_codes,
    functions_standards,
    functions_round,
    functions_scan,
    functions_evidence,
    functions_promises,
)
"""Every module with functions; importing them fills the register."""

__all__ = ["FUNCTIONS", "MODULES"]
