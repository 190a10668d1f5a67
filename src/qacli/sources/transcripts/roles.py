"""Who speaks: names that systems give to parties, and what they are here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qacli.files.schema import ANY

USUAL: Mapping[str, str] = MappingProxyType(
    {
        "agent": "colleague",
        "admin": "colleague",
        "customer": "customer",
        "caller": "customer",
        "user": "customer",
        "lead": "customer",
        "contact": "customer",
        "end-user": "customer",
        "system": "system",
        "bot": "system",
        "action": "action",
    }
)
"""What Amazon Connect, Zendesk, Intercom and the like call the parties of a conversation."""


def role_of(speaker: str, roles: Mapping[str, str]) -> str | None:
    """Return the role of a speaker: as named, as the domain of an e-mail address is, or as ``any``; None for a stranger.

    ``roles`` has case-folded names.
    """
    name = speaker.strip().casefold()
    domain = "@" + name.rpartition("@")[2] if "@" in name else ""
    return roles.get(name) or roles.get(domain) or roles.get(ANY)
