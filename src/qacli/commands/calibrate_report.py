"""The report of calibrations as tables: agreement, strictness, drift, what to talk about first, and the minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from qacli.commands.output import Coefficient
from qacli.model import QacliError
from qacli.monitor.calibrating.calibration import Minute, Standing, standing, standings
from qacli.monitor.calibrating.discussing import differences
from qacli.monitor.calibrating.drifting import by_drift, drift_in_words
from qacli.monitor.calibrating.figures import LABEL_UNITS, Scored, by_criterion, of_totals, scored
from qacli.monitor.calibrating.minuting import readings
from qacli.monitor.calibrating.revealing import StillSealed
from qacli.monitor.calibrating.strictness import by_evaluator, by_session, by_severity, differs
from qacli.prepare.period import Period, period_of

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.stats import Weights


LEAST = 0.01
LEGENDS: Mapping[str, str] = MappingProxyType(
    {
        "criterion": "AC: AC1 on a binary scale, AC2 with {weights} weights on the others, low and high at {confidence:.0%}; "
        f"a label of Landis and Koch needs {LABEL_UNITS} units; fails agreed: where one finds a failure, how often another",
        "evaluator": "bias: evaluator minus expert in points of 100, paired t, low and high at {confidence:.0%}; apart: its "
        "mean size; p: failures in one direction, exact McNemar",
        "severity": "difference: evaluator minus expert, answers worth 0 to 100; p: exact McNemar where all or nothing, "
        "else paired t; adjusted for as many looks as there are lines with a p",
    }
)
"""How a table is to be read."""


class Part(NamedTuple):
    """One table of the report."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Chosen(NamedTuple):
    """The sessions that a report is about, and how it calls them."""

    sessions: Sequence[Standing]
    words: str


class NothingRevealed(QacliError):
    """There is nothing to report."""

    def __init__(self, words: str, waiting: Sequence[str]) -> None:
        super().__init__(
            f"no calibration was revealed {words}",
            help=f"still sealed: {', '.join(waiting)}: qacli calibrate list"
            if waiting
            else "open one: qacli calibrate open",
        )


def chosen(view: View, session: str, first: date | None, last: date | None) -> Chosen:
    """Return one session, or those revealed in a period, else in this quarter. Raises StillSealed, NothingRevealed."""
    if session:
        found = standing(view, session)
        if not found.revealed:
            raise StillSealed(found)
        return Chosen([found], session)
    quarter = period_of("quarter", view.now.date())
    period = Period("", first or quarter.first, last or max(quarter.last, first or quarter.last))
    told = [each for each in standings(view) if each.revealed and period.first <= _day(view, each) <= period.last]
    if not told:
        raise NothingRevealed(
            f"from {period.describe()}", [each.calibration.id for each in standings(view) if each.state == "sealed"]
        )
    return Chosen(told, f"{len(told)} calibration{'s' * (len(told) != 1)} of {period.describe()}")


def _day(view: View, found: Standing) -> date:
    at = found.revealed[0].at
    return at.astimezone(view.now.tzinfo).date() if at else date.min


class Report:
    """The report of some sessions; each table is computed when it is asked for.

    A brief one leaves out where evaluators and expert do not differ.
    """

    TABLES: ClassVar[Mapping[str, Callable[[Report], Part]]]

    def __init__(self, view: View, about: Chosen, *, brief: bool = False, weights: Weights = "linear") -> None:
        self.view, self.about, self.brief, self.weights = view, about, brief, weights
        self.confidence = view.settings.thresholds.confidence / 100
        self.tolerance = float(view.settings.thresholds.calibration_tolerance)

    @cached_property
    def given(self) -> list[Scored]:
        """What was revealed in the sessions."""
        return scored(self.view, self.about.sessions)

    @cached_property
    def history(self) -> list[Scored]:
        """What was revealed in every session up to the last reported one."""
        found = []
        for each in standings(self.view):
            found.append(each)
            if each.calibration.id == self.about.sessions[-1].calibration.id:
                break
        return scored(self.view, [each for each in found if each.revealed])

    def table(self, name: str) -> Part:
        """Return one of TABLES."""
        return self.TABLES[name](self)

    def _p(self, value: float | None) -> str | Coefficient | None:
        """Return a p-value; people read no zeros."""
        return "< 0.01" if self.brief and value is not None and value < LEAST else _two(value)

    def criteria(self) -> Part:
        """Return the agreement on each criterion."""
        columns = ("criterion", "units", "raters", "% passed", "% agreed", "AC", "low", "high", "alpha", "fails agreed")
        rows = []
        for each in by_criterion(self.view, self.given, self.confidence, self.weights):
            found = each.coefficient
            said = found.method if found.estimate is None else found.method.split(" ")[0].rstrip(";")
            note = "; ".join(
                part
                for part in (
                    said,
                    each.label,
                    f"{each.applicability} differ on whether it applies" if each.applicability else "",
                )
                if part
            )
            rows.append(
                (
                    each.criterion,
                    each.units,
                    each.raters,
                    _percent(each.passed),
                    _percent(each.exact),
                    *(_two(value) for value in found[:3]),
                    _two(each.alpha.estimate),
                    _two(each.fails.estimate),
                    note,
                )
            )
        return Part(f"Agreement by criterion, {self.about.words}", (*columns, "what it is"), rows)

    def evaluators(self) -> Part:
        """Return how strict each evaluator is beside the expert."""
        columns = ("evaluator", "sessions", "items", "bias", "low", "high", "apart", "% within", "% aligned")
        rows = [
            (
                each.evaluator,
                each.sessions,
                each.bias.n,
                *each.bias[:3],
                each.bias.mean_absolute,
                _percent(each.within),
                each.alignment,
                each.missed,
                each.added,
                self._p(each.direction.p) if each.bias.n and not each.verdict.startswith("too few") else None,
                each.verdict,
            )
            for each in by_evaluator(self.view, self.given, self.tolerance, self.confidence)
        ]
        return Part(
            f"Evaluators beside the expert, {self.about.words}",
            (*columns, "failed by expert only", "by evaluator only", "p", "verdict"),
            rows,
        )

    def severity(self) -> Part:
        """Return how strict each evaluator is on each criterion."""
        rows = [
            (*each[:4], each.missed, each.added, self._p(each.p), each.verdict)
            for each in by_severity(self.given, self.confidence)
            if not self.brief or differs(each)
        ]
        columns = ("criterion", "evaluator", "units", "difference", "failed by expert only", "by evaluator only", "p")
        words = f"Strictness by criterion{', where it differs from the expert' if self.brief else ''}"
        return Part(f"{words}, {self.about.words}", (*columns, "verdict"), rows)

    def sessions(self) -> Part:
        """Return each evaluator's difference from the expert, session by session, up to the last reported one."""
        last = self.about.sessions[-1].calibration.id
        rows = by_session(self.history)
        columns = ("evaluator", "calibration", "items", "bias", "low", "high", "verdict")
        return Part(f"Drift, sessions up to {last}", columns, rows)

    def differences(self) -> Part:
        """Return what to talk about first."""
        rows = [
            (
                *each[:3],
                each.critical or None,
                "split" if each.split else None,
                each.weight,
                each.spread,
                ", ".join(f"{scorer} {answer}" for scorer, answer in each.answers.items()),
                each.decided or None,
            )
            for each in differences(self.view, self.about.sessions, self.given)
        ]
        columns = ("calibration", "item", "criterion", "critical", "standard", "weight", "spread", "answers", "agreed")
        return Part(f"To talk about, first things first, {self.about.words}", columns, rows)

    def minutes(self) -> Part:
        """Return what was agreed, and by whom."""
        agreed = {row.id: row.agreed for row in self.view.current(Minute)}
        rows = [
            (each.calibration.id, row.item, row.criterion, row.answer, row.reading, agreed[row.minute])
            for each in self.about.sessions
            for row in readings(self.view, each.calibration.id)
        ]
        columns = ("calibration", "item", "criterion", "answer", "reading", "agreed by")
        return Part(f"Minutes, {self.about.words}", columns, rows)

    def notes(self, parts: Sequence[str]) -> Iterator[str]:
        """Yield who is not in the figures and why, and how some tables are to be read."""
        if {"criterion", "evaluator"} & set(parts):
            yield self._totals()
        for each in self.about.sessions:
            yield from self._of_session(each)
        if not any(each.expert for each in self.given):
            yield "no expert scored: nobody can be called strict or lenient"
        if "session" in parts:
            yield from (drift_in_words(each) for each in by_drift(self.history))
        named = {"confidence": self.confidence, "weights": self.weights}
        yield from (legend.format_map(named) for part, legend in LEGENDS.items() if part in parts)

    def _of_session(self, each: Standing) -> Iterator[str]:
        session = each.calibration.id
        late = [row.scorer for row in each.revealed if not row.sealed]
        if each.missing:
            yield f"{session} is partial: {', '.join(each.missing)} not in ({each.revealed[0].reason})"
        if each.left_out:
            yield f"{session}: {', '.join(each.left_out)} left out: the draft was not what was sealed"
        if late:
            yield f"{session}: {', '.join(late)} scored unsealed, after the others were revealed: in no figure"
        if not each.ended and not readings(self.view, session):
            yield f"{session} has no minute yet: qacli calibrate minute {session} --agreed ..."

    def _totals(self) -> str:
        found = of_totals(self.given, self.tolerance, self.confidence)
        if found.apart is None or found.within is None:
            return "total score: nothing was scored by two people"
        what = found.coefficient
        name = what.method.split(" ")[0].rstrip(";")
        span = f", {what.low:.2f} to {what.high:.2f}" if what.low is not None and what.high is not None else ""
        said = f"{name} {what.estimate:.2f}{span}" if what.estimate is not None else what.method
        return (
            f"total score of {found.units} items by {found.raters} people: {said}; two scorers lie {found.apart:.1f} "
            f"points apart, {found.within:.0%} of pairs within {self.tolerance:g} points"
        )


Report.TABLES = MappingProxyType(
    {
        "criterion": Report.criteria,
        "evaluator": Report.evaluators,
        "severity": Report.severity,
        "session": Report.sessions,
        "difference": Report.differences,
        "minute": Report.minutes,
    }
)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _two(value: float | None) -> Coefficient | None:
    return None if value is None else Coefficient(value)
