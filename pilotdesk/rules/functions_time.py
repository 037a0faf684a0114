"""Functions over days, months and periods. A month is a text ``YYYY-MM``, so months compare in their order."""

from __future__ import annotations

from datetime import date
from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import MonthRange
from pilotdesk.rules.registry import Context, function

LANGUAGE = "rule language"
_MONTH: Final = LazyPattern(r"(\d{4})-(0[1-9]|1[0-2])\Z")


@function(returns="date", source="local day of the computer", wants_context=True)
def today(context: Context) -> date:
    """The present day."""
    return context.today


@function("any", returns="number", source=LANGUAGE)
def year(moment: object) -> int | None:
    """The year of a day or month as a number."""
    if isinstance(moment, date):
        return moment.year
    found = _MONTH.match(moment) if isinstance(moment, str) else None
    return int(found[1]) if found else None


@function("date", returns="text", source=LANGUAGE)
def month_of(day: date) -> str:
    """The month of a day: ``2027-06``."""
    return f"{day.year:04}-{day.month:02}"


@function("date", "date", returns="number", source=LANGUAGE)
def days_between(earlier: date, later: date) -> int:
    """Days from the first to the second day, negative the other way round."""
    return (later - earlier).days


@function("date", returns="text", source=LANGUAGE)
def month_day(day: date) -> str:
    """A day without its year, for a short line: ``6月2日``."""
    return f"{day.month}月{day.day}日"


@function("list", returns="date", source=LANGUAGE)
def earliest(column: tuple[object, ...]) -> date | None:
    """The first day of a column; unknown while none is answered. Other cells are passed over."""
    return min((cell for cell in column if isinstance(cell, date)), default=None)


@function("text", "text", returns="number", source=LANGUAGE)
def months_between(earlier: str, later: str) -> int | None:
    """Months from the first to the second month, negative the other way round."""
    begin, end = _MONTH.match(earlier), _MONTH.match(later)
    if begin is None or end is None:
        return None
    return (int(end[1]) - int(begin[1])) * 12 + int(end[2]) - int(begin[2])


@function("months", returns="text", source=LANGUAGE)
def start_of(period: MonthRange) -> str | None:
    """The first month of a period; unknown while it is open."""
    return period.start


@function("months", returns="text", source=LANGUAGE)
def end_of(period: MonthRange) -> str | None:
    """The last month of a period; unknown while it is open."""
    return period.end


@function("list", "list", returns="list", source=LANGUAGE)
def months_outside(months: tuple[object, ...], periods: tuple[object, ...]) -> tuple[str, ...]:
    """The months that lie in none of the periods: ``months_outside(planned_standards.due, schedule.period)``.

    Periods without a beginning or an end are passed over.
    """
    spans = [
        (period.start, period.end)
        for period in periods
        if isinstance(period, MonthRange) and period.start and period.end
    ]
    return tuple(
        dict.fromkeys(
            month
            for month in months
            if isinstance(month, str) and not any(begin <= month <= end for begin, end in spans)
        )
    )


@function("list", returns="list", source=LANGUAGE)
def years_covered(periods: tuple[object, ...]) -> tuple[int, ...]:
    """The years that the periods, days or months of a column touch, in order.

    For plans that must reach both years: ``2028 in years_covered(schedule.period)``.
    """
    years: set[int] = set()
    for item in periods:
        if isinstance(item, MonthRange):
            begin, end = year(item.start), year(item.end)
            known = [one for one in (begin, end) if one is not None]
            years.update(range(min(known), max(known) + 1) if known else ())
        else:
            touched = year(item)
            years.update(() if touched is None else (touched,))
    return tuple(sorted(years))
