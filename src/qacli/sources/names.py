"""What exports of contact-centre and help-desk software call our fields."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A day, and a time of day, that stand in columns of their own
DATE_NAMES = ("date", "start date", "call date", "contact date", "datum")
TIME_NAMES = ("time", "start time", "time of day", "time started", "uhrzeit", "heure", "hora")
# Field names of Amazon Connect contact records, Genesys Cloud analytics, NICE CXone, Talkdesk, Five9, Aircall,
# RingCentral, Zendesk, Freshdesk, Intercom, HubSpot, Dixa and ServiceNow; the likelier name stands first.
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "transaction": (
            "transaction",
            "transaction id",
            "txn id",
            "contact id",
            "conversation id",
            "interaction id",
            "call id",
            "ticket id",
            "case id",
            "case number",
            "incident number",
            "id de llamada",
            "master contact id",
            "session id",
            "ticket",
            "unique id",
            "number",
            "sid",
            "hs object id",
            "id",
        ),
        "started_at": (
            "started at",
            "start",
            "start at",
            "start time",
            "started",
            "opened at",
            "initiation timestamp",
            "conversation start",
            "contact start",
            "created at",
            "created time",
            "call timestamp",
            "timestamp",
            "issue reported at",
            "hs timestamp",
            "start time ms",
            "date time",
            *DATE_NAMES,
        ),
        "ended_at": (
            "ended at",
            "end",
            "end at",
            "end time",
            "ended",
            "closed at",
            "disconnect timestamp",
            "conversation end",
            "solved at",
            "resolved at",
            "closed",
        ),
        "colleague": (
            "colleague",
            "agent id",
            "agent username",
            "agent",
            "agent name",
            "agent email",
            "user id",
            "user name",
            "handling user name",
            "admin assignee id",
            "assignee id",
            "assignee name",
            "assigned to",
            "assigned agent name",
            "responder id",
            "participant name",
            "correo electronico del agente",
            "correo electrçnico del agente",  # as it occurs: the o with its accent read in the wrong code page
            "agent metadata agent name",
            "from name",
            "hubspot owner id",
        ),
        "team": (
            "team",
            "team name",
            "team id",
            "agent group",
            "assignment group",
            "assigned team name",
            "group id",
            "call group id",
            "team assignee id",
            "hubspot team id",
            "call center",
            "supervisor",
        ),
        "channel": (
            "channel",
            "media type",
            "media type name",
            "channel name",
            "contact type",
            "ticket channel",
            "initial channel",
            "via channel",
            "source type",
            "call type",
            "direction",
            "type",
        ),
        "customer": (
            "customer",
            "customer id",
            "requester id",
            "caller id",
            "client id",
            "contact email",
            "account id",
        ),
        "reason": (
            "reason",
            "contact reason",
            "wrap up code",
            "disposition",
            "disposition code",
            "category",
            "topic",
            "ticket type",
            "hs call disposition",
            "task type",
            "tasks task type",
            "sub category",
            "subcategory",
        ),
        "queue": (
            "queue",
            "queue name",
            "queue id",
            "skill",
            "skill name",
            "ring groups",
            "assigned call queue name",
            "campaign",
            "campaign name",
        ),
        "seconds": (
            "seconds",
            "duration",
            "handle time",
            "handling duration",
            "total time",
            "talk time",
            "agent seconds",
            "agent interaction duration",
            "total duration seconds",
            "total duration",
            "connected handling time",
            "full resolution time in minutes",
            "call duration in minutes",
            "hs call duration",
            "bill duration",
        ),
        "satisfaction": (
            "satisfaction",
            "csat",
            "csat score",
            "satisfaction rating",
            "satisfaction rating score",
            "rating score",
            "customer satisfaction rating",
            "conversation rating rating",
            "o survey total score",
        ),
    }
)
UNITS = (
    ("milliseconds", ("milliseconds", "millis", "ms")),
    ("minutes", ("minutes", "mins", "min")),
    ("seconds", ("seconds", "secs", "sec")),
)


def folded(name: str) -> str:
    """Return a column name without case, blanks, underscores, dots and accents: Call Id, call_id, CallID are one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum() and not unicodedata.combining(character))


def matched(header: Sequence[str], known: Mapping[str, Sequence[str]] = NAMES) -> dict[str, str]:
    """Return {field: column} for the fields whose name is recognised; no column serves two fields."""
    columns = {folded(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for field, names in known.items():
        for name in map(folded, names):
            if name in columns and columns[name] not in found.values():
                found[field] = columns[name]
                break
    return found


def also_fitting(free: Sequence[str], fields: Iterable[str]) -> dict[str, list[str]]:
    """Return {field: columns that have a name of the field too} of columns that no field uses, the likelier first."""
    return {field: others for field in fields if (others := list(dict.fromkeys(named_among(NAMES[field], free))))}


def named_among(names: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return the columns of a header that have one of some names, the likelier first."""
    columns = {folded(name): name for name in reversed(header)}
    return [columns[name] for name in map(folded, names) if name in columns]


def unit_in(name: str) -> str | None:
    """Return the unit that a column name states as a word of its own, never one guessed from the size of numbers."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).casefold())
    return next((unit for unit, spellings in UNITS if any(word in spellings for word in words)), None)


def slug(text: str) -> str:
    """Return a text as an id: lower case, hyphens, ASCII; empty where nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:40].strip("-")
