"""What exports call the fields from which KPIs are computed, to offer a line for the profile; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from qacli.sources.names import matched, unit_in
from qacli.sources.profile import IN_SECONDS
from qacli.sources.profile_text import word

# Reports of Genesys Cloud, NICE CXone, Amazon Connect, Five9 and Zendesk, and names that people give such columns.
NAMES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "product": ("product", "product name", "product group", "product purchased", "line of business"),
        "wait": (
            "wait s",
            "wait",
            "wait time",
            "wait seconds",
            "queue time",
            "queue wait time",
            "time in queue",
            "t wait",
        ),
        "answered": ("answered", "is answered", "call answered"),
        "abandoned_after": ("abandoned after s", "abandoned after", "abandon time", "abandon seconds", "t abandon"),
        "talk": ("talk s", "talk", "talk time", "talk seconds", "t talk", "agent interaction duration"),
        "hold": ("hold s", "hold", "hold time", "hold seconds", "t held", "customer hold duration"),
        "after_work": ("acw s", "acw", "acw seconds", "after call work", "after contact work", "wrap up time", "t acw"),
        "ready": ("ready s", "ready time", "available time", "idle time"),
        "concurrency": ("concurrency", "concurrent chats"),
        "first_response": ("first response s", "first response", "first response time", "first reply time"),
        "transferred": ("transferred", "transfer", "is transferred"),
        "escalated": ("escalated", "escalation", "is escalated"),
        "resolved": ("resolved agent flag", "resolved", "first contact resolution", "fcr"),
        "complaint": ("complaint id", "complaint", "complaint reference"),
        "surveyed": ("surveyed", "survey sent", "survey offered"),
        "satisfaction": ("csat", "csat score", "satisfaction"),
        "recommend": ("nps", "nps score", "likelihood to recommend"),
        "effort": ("ces", "effort", "customer effort"),
        "need": ("vulnerable flag", "vulnerable", "support need"),
    }
)
SCALES: Mapping[str, str] = MappingProxyType(
    {"satisfaction": "1, highest: 5", "recommend": "0, highest: 10", "effort": "1, highest: 7"}
)


def offered(left_out: Collection[str], fields: Collection[str]) -> dict[str, str]:
    """Return a line for the profile for each field that a column left out may be meant for: {wait: "wait: {...}"}."""
    wanted = {field: names for field, names in NAMES.items() if field in fields}
    return {field: _line(field, column) for field, column in matched(list(left_out), wanted).items()}


def _line(field: str, column: str) -> str:
    stated = unit_in(column) or ("seconds" if re.search("[_ ]s$", column) else "seconds|minutes|hh:mm:ss")
    more = f", unit: {stated}" if field in IN_SECONDS else ""
    more += f", lowest: {SCALES[field]}" if field in SCALES else ""
    return f"{field}: {{column: {word(column)}{more}}}"
