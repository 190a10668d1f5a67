"""Our figures against benchmarks: only where both count the same, and only by the whole interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from qacli.model import Refusal, View
from qacli.prepare.period import in_words
from qacli.understand.kpis.value import ALL, KpiValue
from qacli.understand.kpis.verdict import judge, judge_range

if TYPE_CHECKING:
    from datetime import date

    from qacli.prepare.benchmark import Benchmark
    from qacli.prepare.kpi import Kpi

DIFFERS: Final = "definition differs"
EXPIRED: Final = "expired"
NO_FIGURE: Final = "no figure"


class Match(NamedTuple):
    """A benchmark beside our figure. ``verdict`` is empty where there can be none, and ``why`` says so.

    ``ours`` is our latest figure, of another variant where the definition differs; None where there is none.
    """

    benchmark: Benchmark
    ours: KpiValue | None
    verdict: str
    why: str

    @property
    def judged(self) -> bool:
        """Whether the two could be compared."""
        return bool(self.verdict)


class Expired(Refusal, rule="benchmark-expired"):
    """A benchmark has a last day, because what others reach changes."""

    def __init__(self, benchmark: Benchmark) -> None:
        super().__init__(
            f"benchmark {benchmark.id} expired on {in_words(benchmark.expires)}: it is of {benchmark.year}.",
            help="look the figure up again, and write it under a new version with a new expires",
        )


def match(benchmark: Benchmark, kpi: Kpi | None, values: Iterable[KpiValue], today: date) -> Match:
    """Return the verdict on our latest figure, of those given, by a benchmark; none where the two count differently."""
    mine = sorted((v for v in values if v.id_of_kpi == benchmark.kpi), key=lambda v: (v.last, v.last - v.first))
    same = [value for value in mine if value.variant == benchmark.variant]
    ours = same[-1] if same else _leading(mine, kpi)
    if benchmark.has_expired(today):
        return Match(benchmark, ours, "", f"{EXPIRED}: its last day was {benchmark.expires}")
    if ours is None:
        return Match(benchmark, None, "", NO_FIGURE)
    if not same:
        return Match(benchmark, ours, "", f"{DIFFERS}: theirs is {benchmark.variant}, ours {ours.variant}")
    if apart := _parameters_apart(benchmark, kpi):
        return Match(benchmark, ours, "", f"{DIFFERS}: {apart}")
    return Match(benchmark, ours, _verdict(benchmark, kpi, ours), "")


def match_all(view: View, ids: Sequence[str] = (), cut: str = ALL, slice_: str = ALL, period: str = "") -> list[Match]:
    """Return the match of each benchmark, or of those named, with the latest figure of a slice, or that of a period.

    Raises Expired for one that is named and has expired, NoSuchDefinition.
    """
    known = {kpi.id: kpi for kpi in view.definitions("kpi")}
    values = [
        value
        for value in view.current(KpiValue)
        if (value.cut, value.slice) == (cut, slice_) and period in {"", value.period}
    ]
    today = view.now.date()
    chosen: list[Benchmark] = [view.look_up("benchmark", each) for each in ids] or [
        each for each in view.definitions("benchmark") if each.in_force(today)
    ]
    for each in chosen:
        if ids and each.has_expired(today):
            raise Expired(each)
    return [match(each, known.get(each.kpi), values, today) for each in chosen]


def _leading(values: Sequence[KpiValue], kpi: Kpi | None) -> KpiValue | None:
    """Return the latest figure of the leading variant, else of any."""
    leading = [value for value in values if kpi and value.variant == kpi.leading]
    chosen = leading or list(values)
    return chosen[-1] if chosen else None


def _parameters_apart(benchmark: Benchmark, kpi: Kpi | None) -> str:
    """Return what their source and our definition count by differently; what the source does not say is no difference."""
    computed = kpi.computed.get(benchmark.variant) if kpi else None
    ours = computed.parameters if computed else {}
    apart = [
        (name, theirs, ours[name]) for name, theirs in benchmark.parameters.items() if ours.get(name, theirs) != theirs
    ]
    return ", ".join(f"{name} {theirs} against our {mine}" for name, theirs, mine in apart)


def _verdict(benchmark: Benchmark, kpi: Kpi | None, ours: KpiValue) -> str:
    if benchmark.low is not None and benchmark.high is not None:
        return judge_range(ours.limits, float(benchmark.low), float(benchmark.high))
    better = kpi.better if kpi else "higher"
    return judge(ours.limits, float(benchmark.value or 0), better, float(benchmark.tolerance))
