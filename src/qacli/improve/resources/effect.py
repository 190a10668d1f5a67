"""What came of resources that were given: the figure that was to move, before they were there and since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from qacli.improve.resources.request import Asked, ResourceRequest, request_of, requests
from qacli.model import Command, Hint, Refusal, View
from qacli.prepare.period import in_words
from qacli.stats import newcombe
from qacli.understand.facts import Selection
from qacli.understand.kpis.value import ALL, KpiValue, span_kind, variant_of
from qacli.understand.kpis.verdict import Better
from qacli.understand.summaries import summarised

DAY = timedelta(days=1)
BETTER, WORSE, CANNOT_TELL = "better", "worse", "cannot tell"


class NothingGiven(Refusal, rule="nothing-given"):
    """What was not given has no effect."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(
            f"{asked.request.id} is {asked.state}: nothing was given, so nothing can have come of it.",
            help=Hint("what was given, and from when: ", Command("resource list")),
        )


class TooEarly(Refusal, rule="too-early"):
    """An effect is looked for where it can be, after the first day."""

    def __init__(self, request: ResourceRequest, since: date) -> None:
        super().__init__(
            f"what {request.id} asked for is there from {in_words(since)}.", help="look at its effect after that day"
        )


class Side(NamedTuple):
    """A figure before the first day, or since; ``hits`` of ``n`` where it is a share, None where it is not."""

    days: str
    value: float
    low: float | None
    high: float | None
    n: int
    hits: int | None
    unit: str


class Effect(NamedTuple):
    """Both sides, None where nothing is known of one; ``low`` and ``high`` of the difference where it is one of shares.

    ``verdict`` is better, worse or cannot tell: by the interval of the difference, else by whether the two overlap.
    """

    measure: str
    before: Side | None
    after: Side | None
    low: float | None
    high: float | None
    method: str
    verdict: str


def effect_of(view: View, request: str) -> Effect:
    """Return what came of a request. Raises NoSuchRow, NothingGiven, TooEarly, NoVariant."""
    row = request_of(view, request)
    asked = next(each for each in requests(view) if each.request.id == row.id)
    if not asked.decision or not asked.decision.since:
        raise NothingGiven(asked)
    since = asked.decision.since
    if since > view.now.date():
        raise TooEarly(row, since)
    kpi = next((each for each in view.definitions("kpi") if each.id == row.effect), None)
    if kpi is None:
        return _judged(row.effect, *_criterion(view, row.effect, since), "lower")
    variant = variant_of(kpi)
    before, after = _kpi(view, row.effect, variant, kpi.unit, since)
    return _judged(f"{kpi.id} ({variant})", before, after, kpi.better)


def _kpi(view: View, kpi: str, variant: str, unit: str, since: date) -> tuple[Side | None, Side | None]:
    """Return the last figure whose days ended before, and the last that began since, both of the same length of time."""
    rows = [row for row in view.current(KpiValue) if (row.id_of_kpi, row.variant, row.cut) == (kpi, variant, ALL)]
    later = _last(row for row in rows if row.first >= since)
    kind = span_kind(later) if later else None
    earlier = _last(row for row in rows if row.last < since and (kind is None or span_kind(row) == kind))
    return _side(earlier, unit), _side(later, unit)


def _last(rows: Iterable[KpiValue]) -> KpiValue | None:
    return max(rows, key=lambda row: (row.last, row.first), default=None)


def _side(row: KpiValue | None, unit: str) -> Side | None:
    if row is None or row.value is None:
        return None
    share = unit.startswith("percent") and row.num is not None and row.den is not None
    whole = share and float(row.num or 0).is_integer() and float(row.den or 0).is_integer()
    days = f"{in_words(row.first)} to {in_words(row.last)}"
    n = int(row.den or 0) if whole else row.n or 0
    return Side(days, row.value, row.low, row.high, n, int(row.num or 0) if whole else None, unit)


def _criterion(view: View, criterion: str, since: date) -> tuple[Side | None, Side | None]:
    """Return how often a criterion was failed before and since, over all cards that hold it."""
    before = _failed(view, criterion, Selection(to=since - DAY), f"until {in_words(since - DAY)}")
    return before, _failed(view, criterion, Selection(from_=since), f"from {in_words(since)}")


def _failed(view: View, criterion: str, selection: Selection, days: str) -> Side | None:
    frame = summarised(view, "criterion", selection).frame
    rows = frame[frame["criterion"] == criterion]
    n, failed = int(rows["n"].sum()), int(rows["failed"].sum())
    if not n:
        return None
    alone = rows.iloc[0] if len(rows) == 1 else None
    if alone is None:
        return Side(days, 100 * failed / n, None, None, n, failed, "percent failed")
    share, low, high = (100 * float(alone[name]) for name in ("share", "low", "high"))  # weighted, as summaries show it
    return Side(days, share, low, high, n, failed, "percent failed")


def _judged(measure: str, before: Side | None, after: Side | None, better: Better) -> Effect:
    if before is None or after is None:
        return Effect(measure, before, after, None, None, "", CANNOT_TELL)
    if before.hits is not None and after.hits is not None:
        found = newcombe(after.hits, after.n, before.hits, before.n)
        low, high, method = found.low, found.high, found.method
    elif None not in (before.low, before.high, after.low, after.high):
        low, high = (after.low or 0) - (before.high or 0), (after.high or 0) - (before.low or 0)
        return Effect(measure, before, after, None, None, "intervals apart or not", _verdict(low, high, better))
    else:
        low, high, method = None, None, ""
    points = (None if low is None else 100 * low, None if high is None else 100 * high)
    return Effect(measure, before, after, *points, method, _verdict(low, high, better))


def _verdict(low: float | None, high: float | None, better: Better) -> str:
    if low is None or high is None or low <= 0 <= high:
        return CANNOT_TELL
    return BETTER if (low > 0) == (better == "higher") else WORSE
