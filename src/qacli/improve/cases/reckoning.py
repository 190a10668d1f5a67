"""What a business case comes to: each option's cost and benefit as figures stand now, and how far both may move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.cases.case import DO_NOTHING, Case
from qacli.improve.cases.known import SIXTH, Known, known_of
from qacli.improve.cases.weighing import Ends, Inputs, Measure, extremes, net, total, used, zero

if TYPE_CHECKING:
    from qacli.improve.cases.case import Option
    from qacli.model import View

CENT = Decimal("0.01")


class Outcome(NamedTuple):
    """What one option comes to over the months of the case; ``gain`` is its net beside that of doing nothing.

    ``worst`` and ``best`` are the gain with all inputs at their worse, or better, end at once. ``payback`` is the months
    until the gain is above 0; None where it never is, or is from the start.
    """

    option: Option
    cost: Decimal
    benefit: Decimal
    gain: Decimal
    cost_range: tuple[Decimal, Decimal]
    benefit_range: tuple[Decimal, Decimal]
    worst: Decimal
    best: Decimal
    payback: Decimal | None

    @property
    def net(self) -> Decimal:
        """Benefit less cost."""
        return self.benefit - self.cost


class Swing(NamedTuple):
    """How far one input alone moves the gain, the value at which the gain is 0, and that at which the next best is as good.

    None where no value of the input alone does that.
    """

    known: Known
    at_low: Decimal
    at_high: Decimal
    even: Decimal | None
    inside: bool
    overtaken: Decimal | None


class Reckoned(NamedTuple):
    """A case with all its figures worked out now."""

    case: Case
    known: Mapping[str, Known]
    outcomes: Mapping[str, Outcome]
    swings: Sequence[Swing]  # of the option that is recommended, the widest first
    lines: Mapping[tuple[str, str, int], Decimal]  # each cost and benefit over the months
    next_best: Outcome  # the greatest gain besides that of the option that is recommended

    @property
    def recommended(self) -> Outcome:
        """The outcome of the option that is recommended."""
        return self.outcomes[self.case.recommend]


def reckon(view: View, case: Case) -> Reckoned:
    """Return a case with its figures as they stand now. Raises NoTrace with all that are not there, NoResult."""
    known = known_of(view, case)
    inputs = {name: Fraction(each.value) for name, each in known.items()}
    outcomes = {option.id: _outcome(case, option, known, inputs) for option in case.options}
    lines = {
        (option.id, str(place[0]), int(place[1])): _money(total([each], inputs, case.months))
        for option in case.options
        for place, each in option.amounts()
    }
    rival = max((each for name, each in outcomes.items() if name != case.recommend), key=lambda each: each.gain)
    swings = sorted(_swings(case, rival.option, known, inputs), key=lambda each: -abs(each.at_high - each.at_low))
    return Reckoned(case, known, outcomes, swings, lines, rival)


def _outcome(case: Case, option: Option, known: Mapping[str, Known], inputs: Inputs) -> Outcome:
    idle, months = case.option(DO_NOTHING), case.months
    ends = _ends(known, used((option, idle)))

    def reach(measure: Measure) -> tuple[Decimal, Decimal, Decimal]:
        low, middle, high = extremes(measure, inputs, ends)
        return _money(low), _money(middle), _money(high)

    least, cost, most = reach(lambda at: total(option.costs, at, months))
    fewest, benefit, greatest = reach(lambda at: total(option.benefits, at, months))
    worst, gain, best = reach(lambda at: net(option, at, months) - net(idle, at, months))
    payback = _payback(case, option, inputs)
    return Outcome(option, cost, benefit, gain, (least, most), (fewest, greatest), worst, best, payback)


def _ends(known: Mapping[str, Known], names: set[str]) -> Ends:
    return {
        name: (Fraction(known[name].low or 0), Fraction(known[name].high or 0))
        for name in sorted(names)
        if known[name].ranged
    }


def _swings(case: Case, rival: Option, known: Mapping[str, Known], inputs: Inputs) -> Iterator[Swing]:
    ours, idle = case.option(case.recommend), case.option(DO_NOTHING)
    for name in sorted(used((ours, rival, idle))):
        each = known[name]

        def ahead(value: Fraction, of: Option = idle, name: str = name) -> Fraction:
            at = {**inputs, name: value}
            return net(ours, at, case.months) - net(of, at, case.months)

        def ahead_of_rival(value: Fraction) -> Fraction:
            return ahead(value, rival)

        low, high = _ends(known, {name}).get(name, (inputs[name], inputs[name]))
        even, overtaken = zero(ahead, inputs[name]), zero(ahead_of_rival, inputs[name])
        inside = each.ranged and even is not None and low <= even <= high
        yield Swing(each, _money(ahead(low)), _money(ahead(high)), _rounded(even), inside, _rounded(overtaken))


def _payback(case: Case, option: Option, inputs: Inputs) -> Decimal | None:
    """Return after how many months what was spent at once has come back."""
    idle = case.option(DO_NOTHING)
    start, after = (net(option, inputs, months) - net(idle, inputs, months) for months in (0, 1))
    if start >= 0 or after <= start:
        return None
    found = start / (start - after)
    return (Decimal(found.numerator) / found.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _money(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / amount.denominator).quantize(CENT, ROUND_HALF_UP)


def _rounded(number: Fraction | None) -> Decimal | None:
    return None if number is None else (Decimal(number.numerator) / number.denominator).quantize(SIXTH)
