"""What a business case comes to: its figures as they stand now, each option's cost and benefit, how far both may move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.cases import formula
from qacli.improve.cases.case import DO_NOTHING, Case, Each
from qacli.improve.cases.sources import Lookup, look_up
from qacli.model import QacliError, Refusal, View

if TYPE_CHECKING:
    from qacli.improve.cases.case import Amount, Figure, Option

CENT, SIXTH = Decimal("0.01"), Decimal("0.000001")
WEEKS = 52
"""A year is counted as so many weeks."""
Inputs = Mapping[str, Fraction]


class NoTrace(Refusal, rule="no-trace"):
    """A figure without the record that makes it is an opinion."""

    def __init__(self, case: Case, lacking: Sequence[tuple[str, QacliError]]) -> None:
        listed = "".join(f"\n  {name}: {wrong.message}; {wrong.help}" for name, wrong in lacking)
        super().__init__(
            f"{case.reference} has {len(lacking)} figure{'s' * (len(lacking) != 1)} that nothing makes now:{listed}",
            help="name what makes it, or let the record be made first; nothing was recorded",
        )


class NoResult(Refusal, rule="no-result"):
    """A division by nothing has no result, and none is made up."""

    def __init__(self, case: Case, amount: Amount) -> None:
        super().__init__(
            f"{case.reference}: '{amount.what}' divides by 0: {amount.amount}",
            help="rest it on a figure that is not 0 now",
        )


class Known(NamedTuple):
    """One figure or assumption as it stands now, with its range where there is one, and what it is traced to."""

    name: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    command: str  # empty for an assumption
    trace: str

    @property
    def ranged(self) -> bool:
        """Whether it may be another than it is taken to be."""
        return self.low is not None and self.high is not None and self.low != self.high


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
    known = {each.name: each for each in (*_figures(view, case), *_assumptions(case))}
    inputs = {name: Fraction(each.value) for name, each in known.items()}
    _refuse_undefined(case, inputs)
    outcomes = {option.id: _outcome(case, option, known, inputs) for option in case.options}
    lines = {
        (option.id, str(place[0]), int(place[1])): _money(_total([each], inputs, case.months))
        for option in case.options
        for place, each in option.amounts()
    }
    rival = max((each for name, each in outcomes.items() if name != case.recommend), key=lambda each: each.gain)
    swings = sorted(_swings(case, rival.option, known, inputs), key=lambda each: -abs(each.at_high - each.at_low))
    return Reckoned(case, known, outcomes, swings, lines, rival)


def _figures(view: View, case: Case) -> Iterator[Known]:
    lookup = Lookup(view)
    lacking, found = [], []
    for name, each in case.figures.items():
        try:
            cell, trace = look_up(lookup, each.from_, each.row, each.column, each.where)
        except QacliError as wrong:
            lacking.append((name, wrong))
            continue
        if cell.value is not None:
            low, high = (None if end is None else end.quantize(SIXTH) for end in (cell.low, cell.high))
            unit = each.unit or cell.unit.replace("money", case.currency)
            found.append(Known(name, cell.value.quantize(SIXTH), low, high, unit, typed(each), trace))
    if lacking:
        raise NoTrace(case, lacking)
    yield from found


def typed(figure: Figure) -> str:
    """Return the command line that shows a figure."""
    named = figure.from_ in {"resource calc", "kpi show", "finding show"}
    options = "".join(
        f" --{name} {value}" for name, value in figure.where.items() if name not in {"cut", "slice", "scorecard"}
    )
    if figure.from_ == "catalogue":
        return "definitions/catalogue.yaml"
    if figure.from_ == "sample list":
        return "qacli sample list --draws"
    return f"qacli {figure.from_}{f' {figure.row}' if named else ''}{'' if figure.from_ == 'target list' else options}"


def _assumptions(case: Case) -> Iterator[Known]:
    for name, each in case.assumptions.items():
        yield Known(name, each.value, each.low, each.high, each.unit, "", each.source)


def _refuse_undefined(case: Case, inputs: Inputs) -> None:
    for option in case.options:
        for _, each in option.amounts():
            if formula.value(each.formula, inputs) is None:
                raise NoResult(case, each)


def _outcome(case: Case, option: Option, known: Mapping[str, Known], inputs: Inputs) -> Outcome:
    def gain(at: Inputs) -> Fraction | None:
        return _gain(case, option, at, case.months)

    cost = [_money(each) for each in _ends(lambda at: _total(option.costs, at, case.months), known, inputs)]
    benefit = [_money(each) for each in _ends(lambda at: _total(option.benefits, at, case.months), known, inputs)]
    worst, middle, best = (_money(each) for each in _ends(gain, known, inputs))
    return Outcome(
        option,
        cost[1],
        benefit[1],
        middle,
        (cost[0], cost[2]),
        (benefit[0], benefit[2]),
        worst,
        best,
        _payback(case, option, inputs),
    )


def _total(amounts: Sequence[Amount], at: Inputs, months: int) -> Fraction | None:
    found = Fraction(0)
    for each in amounts:
        one = formula.value(each.formula, at)
        if one is None:
            return None
        found += one * times(each.each, months)
    return found


def times(each: Each, months: int) -> Fraction:
    """Return how often something of each week, month or year occurs in so many months."""
    return {
        "once": Fraction(1),
        "week": Fraction(WEEKS * months, 12),
        "month": Fraction(months),
        "year": Fraction(months, 12),
    }[each]


def _net(option: Option, at: Inputs, months: int) -> Fraction | None:
    benefit, cost = _total(option.benefits, at, months), _total(option.costs, at, months)
    return None if benefit is None or cost is None else benefit - cost


def _gain(case: Case, option: Option, at: Inputs, months: int) -> Fraction | None:
    mine, idle = _net(option, at, months), _net(case.option(DO_NOTHING), at, months)
    return None if mine is None or idle is None else mine - idle


def _ends(
    measure: Callable[[Inputs], Fraction | None], known: Mapping[str, Known], inputs: Inputs
) -> tuple[Fraction, Fraction, Fraction]:
    """Return a measure with every input at the end that lowers it, as it stands, and at the end that raises it."""
    middle = measure(inputs) or Fraction(0)
    lowest, highest = dict(inputs), dict(inputs)
    for each in known.values():
        if each.ranged:
            tried = [
                (found, end)
                for end in (each.low, each.value, each.high)
                if (found := measure({**inputs, each.name: Fraction(end or 0)})) is not None
            ]
            lowest[each.name], highest[each.name] = Fraction(min(tried)[1] or 0), Fraction(max(tried)[1] or 0)
    low, high = measure(lowest), measure(highest)
    return (middle if low is None else low), middle, (middle if high is None else high)


def _swings(case: Case, rival: Option, known: Mapping[str, Known], inputs: Inputs) -> Iterator[Swing]:
    ours, idle = case.option(case.recommend), case.option(DO_NOTHING)
    used = {
        name for option in (ours, rival, idle) for _, each in option.amounts() for name in formula.names(each.formula)
    }
    for name in sorted(used):
        each = known[name]

        def ahead(value: Fraction, of: Option = idle, name: str = name) -> Fraction | None:
            at = {**inputs, name: value}
            mine, other = _net(ours, at, case.months), _net(of, at, case.months)
            return None if mine is None or other is None else mine - other

        low, high = (Fraction(end if each.ranged and end is not None else each.value) for end in (each.low, each.high))
        even, overtaken = _even(ahead, inputs[name]), _even(partial(ahead, of=rival), inputs[name])
        inside = even is not None and low <= even <= high and low != high
        ends = _money(ahead(low)), _money(ahead(high))
        values = [None if at is None else _rounded(at) for at in (even, overtaken)]
        yield Swing(each, *ends, values[0], inside, values[1])


def _even(gain: Callable[[Fraction], Fraction | None], at: Fraction) -> Fraction | None:
    """Return where a gain is 0, exactly where it moves in proportion; None where it does not, or moves not at all.

    A gain that does not move in proportion, as where the input divides, is followed by halving between 0 and ten times
    the value, where its sign changes there.
    """
    here, double, triple = gain(at), gain(2 * at), gain(3 * at)
    if here is None or double is None or triple is None or not at:
        return None
    slope = (double - here) / at
    if (triple - double) / at == slope:
        return at - here / slope if slope and at - here / slope >= 0 else None
    low, high = at / 1000, 10 * at
    first, last = gain(low), gain(high)
    if first is None or last is None or (first > 0) == (last > 0):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        found = gain(middle)
        low, high = (middle, high) if found is not None and (found > 0) == (first > 0) else (low, middle)
    return high.limit_denominator(10**9)


def _payback(case: Case, option: Option, inputs: Inputs) -> Decimal | None:
    """Return after how many months what was spent at once has come back."""
    start, after = _gain(case, option, inputs, 0), _gain(case, option, inputs, 1)
    if start is None or after is None or start >= 0 or after <= start:
        return None
    return _rounded(-start / (after - start)).quantize(Decimal("0.1"))


def _money(amount: Fraction | None) -> Decimal:
    return _rounded(amount or Fraction(0)).quantize(CENT)


def _rounded(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(SIXTH)
