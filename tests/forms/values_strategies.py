"""Hypothesis strategies of values, for the tests of everything that keeps or shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
months = st.builds("{:04}-{:02}".format, st.integers(1000, 2999), st.integers(1, 12))
month_ranges = st.builds(MonthRange, st.none() | months, st.none() | months)
dates = st.dates(date(1000, 1, 1), date(2999, 12, 31))
decimals = st.builds(
    "{}{}.{}".format, st.sampled_from(["", "-"]), st.integers(0, 10**9), st.text("0123456789", min_size=1, max_size=8)
).map(Decimal) | st.decimals(allow_nan=False, allow_infinity=False)  # fmt: skip
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
scalars = (
    st.none()
    | texts
    | st.integers()
    | decimals
    | dates
    | month_ranges
    | st.lists(texts, max_size=3).map(tuple)
    | st.builds(Unparsed, texts)
)
row_ids = st.from_regex(r"r_[0-9a-f]{8}", fullmatch=True)
rows = st.tuples(
    row_ids, st.dictionaries(names, scalars, max_size=3).map(MappingProxyType), st.none() | row_ids
).map(lambda parts: Row(*parts))
attachments = st.builds(
    Attachment, st.from_regex(r"[0-9a-f]{64}", fullmatch=True), texts, st.integers(0, 10**9), texts, texts
)
values = (
    scalars
    | st.lists(rows, max_size=3, unique_by=lambda row: row.id).map(tuple)
    | st.lists(attachments, max_size=2).map(tuple)
)
