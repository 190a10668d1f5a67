"""Times and numbers out of text in SQL that every engine has: no strptime, whose formats differ from engine to engine.

A pattern says whether a cell has the shape, and its parts are then cut at their separators. Each function returns
levels: columns to add to a query one after the other, because later ones use earlier ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.engine.connection import literal, quoted

if TYPE_CHECKING:
    from qacli.sources.profile import Unit

Level = tuple[str, ...]
"""Columns as ``expression AS name``."""

DAY, MONTH, WORD = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "[A-Za-z]{3}"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HOUR, HALF_DAY, SIXTIETH = "(?:[01]?[0-9]|2[0-3])", "(?:0?[1-9]|1[0-2])", "[0-5]?[0-9]"
CLOCK = f"{HOUR}:{SIXTIETH}(?::{SIXTIETH}(?:[.][0-9]{{1,6}})?)?"
AM_PM = f"{HALF_DAY}:{SIXTIETH}(?::{SIXTIETH})? +[AaPp][Mm]"
OFFSET = "(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
NUMBER = "-?[0-9]{1,9}([.][0-9]{1,6})?"
HOURS = "-?[0-9]{1,4}:[0-5][0-9]:[0-5][0-9]"
SCALES = {"seconds": "{} * 1", "minutes": "{} * 60", "milliseconds": "{} / 1000"}


def time_levels(field: str, order: str, utc: bool) -> list[Level]:
    """Return the levels that make v_<field>, a time, of t_<field>, a text; NULL where it is not written in this order.

    ``utc`` says that ISO times carry their own zone, and become UTC. Of years with two digits 69 to 99 are 19.., the
    others 20..; ISO dates have four.
    """
    text, made = quoted("t_" + field), quoted("v_" + field)
    if order.startswith("epoch"):
        micros, digits = (1_000_000, 11) if order == "epoch-s" else (1_000, 13)  # no more fit into the years up to 2999
        count = f"CAST(round(CAST({text} AS DECIMAL(24, 6)) * {micros}, 0) AS BIGINT)"
        whole = f"regexp_full_match({text}, '[0-9]{{9,{digits}}}([.][0-9]+)?')"
        return [(f"CASE WHEN {whole} THEN make_timestamp({count}) END AS {made}",)]
    zone, core, day, clock = (quoted(part + field) for part in ("z_", "k_", "a_", "w_"))
    date = _date(order)
    times = f"(?: +{CLOCK}| +{AM_PM}|T{CLOCK})?" if order == "y-m-d" else f"(?: +{CLOCK}| +{AM_PM})?"
    shape = literal(date + times + (OFFSET if utc else ""))
    suffix = f"regexp_extract({text}, '([+-][0-9]{{2}}(?::?[0-9]{{2}})?|Z)$', 1)" if utc else "''"
    return [
        (f"CASE WHEN regexp_full_match({text}, {shape}) THEN {suffix} END AS {zone}",),
        (f"left({text}, length({text}) - length({zone})) AS {core}",),
        (f"regexp_extract({core}, {literal(f'^({date})(?:[ T]|$)')}, 1) AS {day}",),
        (
            f"trim(substr({core}, length({day}) + 2)) AS {clock}",
            f"translate({day}, '/. ', '---') AS {quoted('r_' + field)}",
        ),
        _parts(field, order),
        (f"{_time(field, utc)} AS {made}",),
    ]


def number_levels(field: str, unit: Unit) -> list[Level]:
    """Return the levels that make v_<field>, seconds, of t_<field>, a text; NULL where it is no duration in this unit."""
    text, made = quoted("t_" + field), quoted("v_" + field)
    if unit == "hh:mm:ss":
        hours, minutes, seconds = (f"CAST(split_part({text}, ':', {part}) AS INT)" for part in (1, 2, 3))
        sign = f"CASE WHEN {text} LIKE '-%' THEN -1 ELSE 1 END"
        total = f"CAST(({sign}) * (abs({hours}) * 3600 + {minutes} * 60 + {seconds}) AS DOUBLE)"
        return [(f"CASE WHEN regexp_full_match({text}, '{HOURS}') THEN {total} END AS {made}",)]
    number = SCALES[unit].format(f"CAST({text} AS DOUBLE)")
    return [(f"CASE WHEN regexp_full_match({text}, '{NUMBER}') THEN {number} END AS {made}",)]


def _date(order: str) -> str:
    """Return the pattern of a date: its parts with one kind of separator between them."""
    year = "(?:[0-9]{4}|[0-9]{2})"
    parts = {
        "y-m-d": ("[0-9]{4}", MONTH, DAY),
        "d/m/y": (DAY, MONTH, year),
        "m/d/y": (MONTH, DAY, year),
        "d-mon-y": (DAY, WORD, year),
    }[order]
    separators = ["-", "/", "[.]"] + ([" "] if order == "d-mon-y" else [])
    return f"(?:{'|'.join(separator.join(parts) for separator in separators)})"


def _parts(field: str, order: str) -> Level:
    """Return the level of year, month, day, hour, minute and second as numbers, and ``half``, which is AM, PM or ''."""
    day, clock = quoted("r_" + field), quoted("w_" + field)
    at = {name: place for place, name in enumerate(order.replace("/", "-").replace("mon", "m").split("-"), 1)}
    piece = {name: f"split_part({day}, '-', {place})" for name, place in at.items()}
    month = f"CAST({piece['m']} AS INT)"
    if order == "d-mon-y":
        cases = " ".join(f"WHEN '{word}' THEN {number}" for number, word in enumerate(MONTHS, 1))
        month = f"CASE lower({piece['m']}) {cases} END"
    short = f"CASE WHEN length({piece['y']}) > 2 THEN 0 WHEN {piece['y']} < '69' THEN 2000 ELSE 1900 END"
    hour, minute, second = (f"nullif(split_part(split_part({clock}, ' ', 1), ':', {part}), '')" for part in (1, 2, 3))
    return (
        f"CAST({piece['y']} AS INT) + {short} AS {quoted('y_' + field)}",
        f"{month} AS {quoted('m_' + field)}",
        f"CAST({piece['d']} AS INT) AS {quoted('d_' + field)}",
        f"coalesce(CAST({hour} AS INT), 0) AS {quoted('h_' + field)}",
        f"coalesce(CAST({minute} AS INT), 0) AS {quoted('i_' + field)}",
        f"coalesce(CAST({second} AS DECIMAL(8, 6)), 0) AS {quoted('s_' + field)}",
        f"CASE WHEN upper({clock}) LIKE '%M' THEN upper(right({clock}, 2)) ELSE '' END AS {quoted('half_' + field)}",
    )


def _time(field: str, utc: bool) -> str:
    y, m, d, h, i, s, half, zone = (
        quoted(part + field) for part in ("y_", "m_", "d_", "h_", "i_", "s_", "half_", "z_")
    )
    leap = f"({y} % 4 = 0 AND ({y} % 100 <> 0 OR {y} % 400 = 0))"
    days = f"CASE WHEN {m} IN (4, 6, 9, 11) THEN 30 WHEN {m} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END"
    hour = f"CASE {half} WHEN '' THEN {h} WHEN 'AM' THEN {h} % 12 ELSE {h} % 12 + 12 END"
    time = f"make_timestamp({y}, {m}, {d}, {hour}, {i}, {s})"
    if utc:
        hours = f"CAST(substr({zone}, 2, 2) AS INT) * 3600"
        minutes = f"CAST('0' || translate(substr({zone}, 4), ':', '') AS INT) * 60"
        seconds = f"CASE WHEN {zone} = 'Z' THEN 0 WHEN left({zone}, 1) = '-' THEN -1 ELSE 1 END"
        time += f" - to_seconds(CASE WHEN {zone} = 'Z' THEN 0 ELSE ({seconds}) * ({hours} + {minutes}) END)"
    return f"CASE WHEN {d} <= {days} AND {y} >= 1 THEN {time} END"
