"""A target against the records: the last periods, the other teams, and the rules of qacli.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import View
from qacli.prepare.event import disturbances
from qacli.understand.kpis.measuring import NOT_STATED
from qacli.understand.kpis.value import ALL, KpiValue, Series, series
from qacli.understand.targets.reach import Band, Peer, Tested, assess, history
from qacli.understand.targets.target import Place, TargetChange, agreed, in_force, place_of

if TYPE_CHECKING:
    from qacli.prepare.kpi import Kpi

PEERS = "team"
"""Against whom the whole desk is compared; a slice is compared with the other slices of its cut."""


class Assessment(NamedTuple):
    """The test of a target of one place, with the figures that it rests on, oldest first.

    ``target`` is the figure that was tested, None where there is none yet; ``row`` the record in force behind it.
    ``noted`` are the periods that a disturbance touches: they neither hit nor miss, as no chart judges them.
    """

    place: Place
    target: float | None
    row: TargetChange | None
    values: tuple[KpiValue, ...]
    tested: Tested
    noted: tuple[str, ...] = ()

    @property
    def suggestion(self) -> float | None:
        """What history suggests instead, or at first: a figure that was met in half of the periods; None for nothing."""
        return None if self.tested.propose is None else round(self.tested.propose, 1)

    def in_words(self) -> str:
        """Return the evidence in one line: hits, periods, the process."""
        tested = self.tested
        if not self.values:
            return "no figure recorded"
        span = f"{self.values[0].period} to {self.values[-1].period}"
        hits = f"met in {tested.hits} of {tested.periods} periods ({span}): {tested.verdict}; "
        hits = hits if self.target is not None else f"{tested.periods} periods ({span}); "
        limits = "limits of the process not known"
        if tested.center is not None:
            limits = f"centre {tested.center:,.1f}"
        if tested.natural_low is not None and tested.natural_high is not None:
            limits += f", process {tested.natural_low:,.1f} to {tested.natural_high:,.1f}"
        return hits + limits


def assess_place(view: View, kpi: Kpi, place: Place, target: float | None = None) -> Assessment:
    """Return the test of a figure as a target of a place; left out: the target in force today, if there is one."""
    rules = view.settings.targets
    row = in_force(agreed(view), place, view.now.date())
    wanted = target if target is not None else row.new if row else None
    values = view.current(KpiValue)
    found = series(values, Series(*place, by=rules.by))[-rules.look_back :]
    events, channel = view.definitions("event"), place.slice if place.cut == "channel" else ""
    noted = tuple(value.period for value in found if disturbances(events, value.first, value.last, channel))
    figures = [None if value.period in noted else value.value for value in found]
    peers = peers_of(values, place, {value.period for value in found} - {*noted})
    band = Band(float(rules.hit_low), float(rules.hit_high))
    if wanted is None:
        tested = assess(figures, 0.0, kpi.better, band, peers)
        known = [figure for figure in figures if figure is not None]
        suggested = history(known, kpi.better, peers)
        half = suggested.get("half")
        tested = tested._replace(
            hits=0,
            share=None,
            low=None,
            high=None,
            verdict="no target",
            propose=half,
            because="" if half is None else f"it was met in half of the {len(known)} periods",
            alternatives=suggested,
        )
    else:
        tested = assess(figures, wanted, kpi.better, band, peers)
    return Assessment(place, wanted, row, tuple(found), tested, noted)


def assess_all(view: View, kpis: Iterable[str] = ()) -> list[Assessment]:
    """Return the test of every target in force today, or of those of some KPIs."""
    wanted = set(kpis)
    places = dict.fromkeys(place_of(row) for row in agreed(view) if row.effective <= view.now.date())
    known = {kpi.id: kpi for kpi in view.definitions("kpi")}
    return [
        assess_place(view, known[place.kpi], place)
        for place in places
        if place.kpi in known and (not wanted or place.kpi in wanted)
    ]


def peers_of(values: Iterable[KpiValue], place: Place, periods: set[str]) -> list[Peer]:
    """Return the teams, or the other slices of the same cut, over the same periods; contacts without one are no peer."""
    cut = PEERS if place.cut == ALL else place.cut
    found: dict[str, list[KpiValue]] = {}
    for value in values:
        same = (value.id_of_kpi, value.variant, value.cut) == (place.kpi, place.variant, cut)
        if (
            same
            and value.slice not in {place.slice, NOT_STATED}
            and value.period in periods
            and value.value is not None
            and value.n
        ):
            found.setdefault(value.slice, []).append(value)
    return [_peer(name, each) for name, each in sorted(found.items())]


def _peer(name: str, values: list[KpiValue]) -> Peer:
    """Return several periods as one: each counts by what its figure is divided by, or by its n where nobody said."""
    n = sum(value.n or 0 for value in values)
    divided = [value.den or 0.0 for value in values]
    weights = divided if all(divided) else [float(value.n or 0) for value in values]
    shares = [weight / sum(weights) for weight in weights]
    mean = sum((value.value or 0.0) * share for value, share in zip(values, shares, strict=True))
    errors = [value.se * share for value, share in zip(values, shares, strict=True) if value.se is not None]
    return Peer(name, mean, n * sum(each**2 for each in errors) if len(errors) == len(values) else None, n)
