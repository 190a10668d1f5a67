"""A claim: what one look at routine data says of a criterion, or of a colleague, with the chance of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qacli.understand.patterns.spread import Spread

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["rise", "fall", "apart"]
RISE: Kind = "rise"
FALL: Kind = "fall"
APART: Kind = "apart"


class Place(NamedTuple):
    """Where a criterion is looked at: a channel, a version of a card, and the criterion."""

    channel: str
    scorecard: str
    criterion: str


WEEK = 7


class Claim(NamedTuple):
    """What was looked at and what was seen there.

    ``rise``: a criterion was failed more often from ``since`` (None: from the first day looked at) to ``until`` (None: to the
    last) than on the other days, and may have begun between ``since_low`` and ``since_high``. ``fall``: the scores of
    a colleague fall, apart from what all do. ``apart``: a colleague fails a criterion more often than the others.
    ``failed`` of ``n`` are inside, ``failed_other`` of ``n_other`` in what it is compared with; of a fall, ``n`` counts
    scores. ``effect`` is a difference of shares, or points of 100 a week. ``p`` is one-sided, None where nothing can be
    told, and ``method`` says why. ``adjusted`` is p for all looks together.
    """

    kind: Kind
    n: int
    method: str
    colleague: str = ""
    channel: str = ""
    scorecard: str = ""
    criterion: str = ""
    failed: int | None = None
    n_other: int | None = None
    failed_other: int | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    adjusted: float | None = None
    since: date | None = None
    until: date | None = None
    since_low: date | None = None
    since_high: date | None = None
    spread: Spread | None = None

    @property
    def key(self) -> str:
        """What the claim is about, the same however often somebody looks."""
        return "/".join((self.kind, self.colleague, self.channel, self.scorecard.partition("@")[0], self.criterion))


def days_of(rows: pd.DataFrame) -> Any:
    """Return the local day of each row as datetime64[D]."""
    import numpy as np

    return rows["day"].to_numpy().astype("datetime64[D]") if len(rows) else np.empty(0, dtype="datetime64[D]")
