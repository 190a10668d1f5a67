"""How an item was watched: what somebody says of a session before it is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple


class Watched(NamedTuple):
    """How an item was watched. ``technique`` is its id, or id@version; times are aware; ``comfort`` is the colleague's
    own 1 to 5."""

    item: str
    technique: str
    kind: Literal["routine", "spot"]
    transaction_kind: Literal["routine", "non-routine"]
    told_at: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    intervened: bool = False
    comfort: int | None = None
    position: str = ""  # left out: where that technique is used from
    partly: bool = False
    shopper: str = ""
    scenario: str = ""
