"""Durations as exports write them: numbers of a stated unit, hours, minutes and seconds, or a spreadsheet's clock."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.engine.connection import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.sources.profile import Unit

NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "seconds": "{number}",
        "minutes": "{number} * 60",
        "milliseconds": "{number} / 1000",
        # to the millisecond: a spreadsheet keeps 15 digits of a day
        "day-fraction": "round({number} * 86400, 3)",
    }
)
"""What a plain number is worth in seconds."""
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "hh:mm:ss": "-?([0-9]{1,4}):([0-5][0-9]):([0-5][0-9](?:[.][0-9]{1,6})?)",
        "mm:ss": "-?()([0-9]{1,5}):([0-5][0-9](?:[.][0-9]{1,6})?)",
        "clock": "(1[0-2]|0?[1-9]):([0-5][0-9]):([0-5][0-9]) ?[AaPp][.]?[Mm][.]?",
    }
)
"""Durations in parts: hours, minutes, seconds."""
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "milliseconds": ("ms", "msec", "millis", "millisecond", "milliseconds"),
        "seconds": ("s", "sec", "secs", "second", "seconds"),
        "minutes": ("m", "min", "mins", "minute", "minutes"),
        "hours": ("h", "hr", "hrs", "hour", "hours"),
    }
)
"""What a column of units says, without case."""
WORTH: Mapping[str, float] = MappingProxyType({"milliseconds": 0.001, "seconds": 1, "minutes": 60, "hours": 3600})


def plain_number(decimal: str, places: int = 6) -> str:
    """Return the pattern of a plain number with a decimal point or comma; no thousands are set apart."""
    return f"-?[0-9]{{1,9}}([{decimal}][0-9]{{1,{places}}})?"


def number_sql(text: str, decimal: str, places: int = 6) -> str:
    """Return the SQL of the number in a text, NULL where it is none."""
    point = f"replace({text}, ',', '.')" if decimal == "," else text
    return f"(CASE WHEN regexp_full_match({text}, '{plain_number(decimal, places)}') THEN {point}::DOUBLE END)"


def seconds_sql(text: str, unit: Unit, decimal: str) -> str:
    """Return the SQL of the seconds in a text, NULL where it is no duration in this unit."""
    if unit not in SHAPES:
        return NUMBERS[unit].format(number=number_sql(text, decimal, 17 if unit == "day-fraction" else 6))
    point = f"replace({text}, ',', '.')" if decimal == "," else text
    hours, minutes, seconds = (f"regexp_extract({point}, '{SHAPES[unit]}', {part})" for part in (1, 2, 3))
    hour = f"coalesce(try_cast({hours} AS INT), 0)"
    if unit == "clock":
        hour = f"({hour} % 12 + CASE WHEN {text} ILIKE '%p%' THEN 12 ELSE 0 END)"
    sign = f"CASE WHEN {text} LIKE '-%' THEN -1 ELSE 1 END"
    total = f"({sign}) * ({hour} * 3600 + {minutes}::INT * 60 + {seconds}::DOUBLE)"
    return f"CASE WHEN regexp_full_match({point}, '{SHAPES[unit]}') THEN {total} END"


def seconds_by_word_sql(text: str, word: str, decimal: str) -> str:
    """Return the SQL of the seconds in a text whose unit stands in another, NULL where either cannot be read."""
    cases = " ".join(
        f"WHEN lower(trim({word})) IN ({', '.join(map(literal, words))}) THEN {WORTH[unit]}"
        for unit, words in WORDS.items()
    )
    return f"{number_sql(text, decimal)} * CASE {cases} END"
