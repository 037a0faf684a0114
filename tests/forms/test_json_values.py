"""Values as JSON: nothing lost, nothing foreign accepted."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from tests.forms.values_strategies import values

if TYPE_CHECKING:
    from pilotdesk.forms.values import Value


@given(values)
def test_every_value_comes_back_through_json_text(value: Value) -> None:
    back = from_json(json.loads(json.dumps(to_json(value), ensure_ascii=False)))
    assert back == value
    assert type(back) is type(value)
    assert str(back) == str(value)  # 1.50 is not 1.5


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        ("南汀县", "南汀县"),
        (86, 86),
        (Decimal("1.50"), {"$decimal": "1.50"}),
        (date(2026, 6, 2), {"$date": "2026-06-02"}),
        (MonthRange("2027-01", None), {"$months": ["2027-01", None]}),
        (("f1", "other:茶"), ["f1", "other:茶"]),
        (Unparsed("八十多"), {"$unparsed": "八十多"}),
        (
            (Row("r_1", MappingProxyType({"cost": Decimal("2.0")})), Row("r_2", parent="r_1")),
            {"$rows": [{"id": "r_1", "cells": {"cost": {"$decimal": "2.0"}}}, {"id": "r_2", "parent": "r_1", "cells": {}}]},
        ),
        (
            (Attachment("a" * 64, "证.pdf", 3, "application/pdf", "正本"),),
            {"$files": [{"sha256": "a" * 64, "file_name": "证.pdf", "size": 3, "media_type": "application/pdf", "note": "正本"}]},
        ),
    ],
)  # fmt: skip
def test_the_stored_form_is_readable_without_the_form(value: Value, stored: object) -> None:
    assert to_json(value) == stored
    assert from_json(stored) == value


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        Decimal("NaN"),
        Decimal("Infinity"),
        datetime(2026, 6, 2, tzinfo=UTC),
        {"a": 1},
        ["a"],
        ("a", 1),
        (Row("r_1"), "a"),
        object(),
    ],
)
def test_what_is_no_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a value"):
        to_json(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "stored",
    [
        1.5,
        True,
        [1],
        {},
        {"a": 1},
        {"$decimal": "1.5", "$date": "2026-06-02"},
        {"$decimal": 1.5},
        {"$decimal": "zwei"},
        {"$decimal": "NaN"},
        {"$date": "20260602"},
        {"$date": "2026-02-30"},
        {"$months": ["2027-01"]},
        {"$months": ["2027-13", None]},
        {"$months": "2027-01"},
        {"$unparsed": None},
        {"$rows": {}},
        {"$rows": [{"id": "r_1"}]},
        {"$rows": [{"id": "1", "cells": {}}]},
        {"$rows": [{"id": "r_1", "cells": [], "parent": None}]},
        {"$rows": [{"id": "r_1", "cells": {}, "more": 1}]},
        {"$rows": [{"id": "r_1", "cells": {"a": {"$rows": [{"id": "r_2", "cells": {}}]}}}]},
        {"$rows": [{"id": "r_1", "cells": {}}, {"id": "r_1", "cells": {}}]},
        {"$files": [{"sha256": "a" * 64, "file_name": "a"}]},
        {"$files": [{"sha256": "../a", "file_name": "a", "size": 1}]},
        {"$files": [{"sha256": "a" * 64, "file_name": "a", "size": -1}]},
        {"$files": [{"sha256": "a" * 64, "file_name": "a", "size": True}]},
    ],
)
def test_what_was_never_stored_is_refused(stored: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reason is for developers
        from_json(stored)
