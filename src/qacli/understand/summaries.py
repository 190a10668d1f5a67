"""The summaries by their name, as commands and reports ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from qacli.model import View
from qacli.understand.criteria import by_criterion
from qacli.understand.facts import Selection
from qacli.understand.summary import Summary, by_channel, by_colleague, by_reason, by_team, desk

SUMMARIES: Mapping[str, Callable[[View, Selection], Summary]] = MappingProxyType(
    {
        "colleague": by_colleague,
        "team": by_team,
        "channel": by_channel,
        "reason": by_reason,
        "criterion": by_criterion,
        "desk": desk,
    }
)


def in_percent(found: Summary) -> Summary:
    """Return a summary with its shares, and their limits, as per cent: what people read."""
    frame = found.frame.copy()
    shares = [name for name in frame.columns if name == "share" or name.endswith("_share")]
    for name in shares:
        stem = name.removesuffix("share")
        for column in (name, f"{stem}low", f"{stem}high"):
            frame[column] = frame[column] * 100
    return found._replace(frame=frame.rename(columns={name: name.replace("share", "percent") for name in shares}))
