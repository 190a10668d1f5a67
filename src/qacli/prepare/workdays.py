"""Working days: neither a weekend nor a bank holiday of the nation that qacli.yaml names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

DAY = timedelta(days=1)
SATURDAY = 5
NATIONS: Mapping[str, str] = MappingProxyType({"england-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"})
"""What the package ``holidays`` calls a nation of qacli.yaml."""


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> Collection[date]:
    """Return the bank holidays of a nation of qacli.yaml in a year, by the package ``holidays``."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year))


def is_business_day(day: date, nation: str) -> bool:
    """Return whether a day is neither a weekend nor a bank holiday of a nation of qacli.yaml."""
    return day.weekday() < SATURDAY and day not in bank_holidays(nation, day.year)


def working_day(day: date, nation: str) -> date:
    """Return the day, or the next one that is a business day of the nation."""
    while not is_business_day(day, nation):
        day += DAY
    return day


def business_days(first: date, last: date, nation: str) -> int:
    """Return how many business days of a nation lie from a day to another, both counted."""
    return sum(is_business_day(first + n * DAY, nation) for n in range((last - first).days + 1))
