"""How comparisons are told: one pair in a sentence, many as a grid, partings with what else may be behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.understand.comparing.divergence import Unit
    from qacli.understand.comparing.pairs import Compared, Measured, Rated
    from qacli.understand.comparing.parting import Parting, Shift
    from qacli.understand.facts import Selection

By = Literal["transaction", "colleague", "team", "period"]
COLUMNS = ("criterion", "scorecard", "kpi", "variant", "by", "purpose", "n", "rho", "low", "high", "margin", "verdict", "most",
           "promised", "note")  # fmt: skip
PARTED = ("unit", "n before", "n after", "score before", "score after", "score change", "score low", "score high",
          "measure before", "measure after", "measure change", "measure low", "measure high", "verdict")  # fmt: skip
SHORT_PARTED = ("unit", "n", "score", "change", "limits", "measure", "change", "limits", "verdict")
NO_CAUSE = "a link says that two things go together, not that one brings the other"
TOGETHER_LOOKED = "moves of the measure stand among all units looked at (Benjamini-Hochberg, 5 %)"
LEAST_SHOWN = 0.1
MOST_EVENTS = 2
SIGNS = {"linked": "", "not linked": " no", "undecided": " ?"}


class Looked(NamedTuple):
    """What was compared: the ratings of one purpose, the measures, and each pair of them with its verdict."""

    view: View
    selection: Selection
    ratings: Rated
    routine: Rated
    measured: Sequence[Measured]
    compared: Sequence[Compared]
    confidence: float
    minimum_n: int


def tell_one(context: Context, looked: Looked) -> None:
    """Say what was found of one criterion and one measure, for each card that has it."""
    from qacli.understand.comparing.link import in_words

    for each in looked.compared:
        card = f" ({each.scorecard})" if len(looked.compared) > 1 else ""
        level = "" if each.by == "transaction" else f" by {each.by}"
        context.say(f"{each.criterion} and {each.measure.kpi}{level}{card}: {in_words(each.found)}")
        if _is_promised(looked, each) and each.found.verdict == "not linked":
            context.tell(
                f"{each.scorecard} says that {each.criterion} moves {each.measure.kpi}: look at the criterion, its anchors "
                "or its weight"
            )
        _tell_units(context, looked, each)
    for note in notes(looked):
        context.tell(note)


def tell_grid(context: Context, looked: Looked) -> None:
    """Show every criterion against every measure, for people one line per criterion."""
    told = list(notes(looked))
    if context.for_people:
        names = list(dict.fromkeys(each.measure.kpi for each in looked.compared))
        lines: dict[tuple[str, str], dict[str, str]] = {}
        for each in looked.compared:
            mark = "*" if _is_promised(looked, each) else ""
            lines.setdefault((each.criterion, each.scorecard), {})[each.measure.kpi] = _cell(each) + mark
        rows: list[list[Any]] = [[*key, *(cells.get(name, "") for name in names)] for key, cells in lines.items()]
        context.show("compare", ("criterion", "scorecard", *names), rows)
        told.insert(0, _legend(looked))
    else:
        context.show("compare", COLUMNS, [_row(looked, each) for each in looked.compared], "", {"notes": told})
    for note in told:
        context.tell(note)


def tell_partings(context: Context, looked: Looked, since: date, by: By, of: str) -> None:
    """Show per unit what a rating and measures did from a day on, and what else may be behind a parting."""
    from qacli.prepare.event import candidates
    from qacli.understand.comparing.divergence import divergences, explanations

    points = float(context.workspace.settings.thresholds.calibration_tolerance)
    unit: Unit = "team" if by == "team" else "colleague" if by == "colleague" else "desk"
    events = looked.view.definitions("event")
    near = [each.in_words() for each in candidates(events, since, looked.selection.channel)[:MOST_EVENTS]]
    for measured in looked.measured:
        found = divergences(looked.ratings, measured, since, unit, points, looked.confidence, of)
        if context.for_people:
            context.show(
                "compare-since", SHORT_PARTED, [_short(each) for each in found], f"{of} and {measured.measure.named}"
            )
        else:
            context.show("compare-since", ("kpi", *PARTED), [(measured.measure.kpi, *_long(each)) for each in found])
        for each in found:
            behind = list(explanations(each, looked.ratings, measured, since, unit, near))
            if behind:
                context.tell(
                    f"{each.unit}: {of} and {measured.measure.kpi} {each.verdict} from {since}. It may be, and none of it is shown:"
                )
            for line in behind:
                context.tell(f"  {line}")
    context.tell(looked.selection.in_words())
    context.tell(f"{of} is called steady where it lies within {points:g} points of before, limits and all")
    context.tell(f"changes with the limits of Welch, confidence {100 * looked.confidence:g} %; {TOGETHER_LOOKED}")


def notes(looked: Looked) -> Iterator[str]:
    """Yield what must be said beside every comparison."""
    from qacli.understand.comparing.survey import survey_notes

    ratings = looked.ratings
    yield looked.selection.in_words()
    if ratings.chosen:
        yield f"left out, because the transaction was chosen and not drawn by chance: {ratings.chosen}"
    for measured in looked.measured:
        yield from survey_notes(looked.routine, measured)
    if len(looked.compared) > 1:
        yield (
            f"{len(looked.compared)} comparisons: what is called linked stands among them all (Holm, 5 %); "
            "of 40 called not linked, one at most is expected to be linked"
        )
    yield from _of_means(looked)
    yield f"Spearman's rho with the limits of Bonett and Wright, confidence {100 * looked.confidence:g} %; {NO_CAUSE}"


def _of_means(looked: Looked) -> Iterator[str]:
    levels = {each.by for each in looked.compared}
    if levels & {"team", "period"}:
        yield "means of teams and weeks say nothing about any colleague in them"
    if "colleague" in levels:
        known = [each.most for each in looked.compared if each.most is not None]
        if known and max(known) < LEAST_SHOWN:
            yield "the means of colleagues differ no more than chance explains: a link could not show here"
        elif known:
            yield f"means of few evaluations blur a link: the strongest that could show here is about {max(known):.2f}"
        else:
            yield "how far the means of colleagues can be relied on cannot be told: a link may be there unseen"


def _tell_units(context: Context, looked: Looked, each: Compared) -> None:
    """A handful of teams or weeks makes no verdict, and is worth a look."""
    if each.by == "transaction" or not context.for_people:
        return
    from qacli.understand.comparing.pairs import by_unit

    frame = looked.ratings.frame
    part = frame[(frame["scorecard"] == each.scorecard) & (frame["criterion"] == each.criterion)]
    measured = next(one for one in looked.measured if one.measure == each.measure)
    rows = by_unit(part, measured, each.by, looked.minimum_n)
    shown = rows[["unit", "n", "mean", "answered", "outcome"]].values.tolist()
    context.show("compare-units", (each.by, "n", each.criterion, "answers", each.measure.kpi), shown)


def _is_promised(looked: Looked, each: Compared) -> bool:
    """Return whether the card says that this measure should move with the criterion."""
    card = looked.view.look_up("scorecard", each.scorecard)
    return any(one.id == each.criterion and each.measure.kpi in one.kpis for one in card.criteria())


def _cell(each: Compared) -> str:
    found = each.found
    if found.rho is None or found.verdict not in SIGNS:
        return f"{found.verdict} ({found.n})"
    return f"{found.rho:+.2f}{SIGNS[found.verdict]} ({found.n})"


def _legend(looked: Looked) -> str:
    return (
        f"a bare number: linked; no: not linked within {looked.compared[0].found.margin:g}; ?: undecided; in brackets the "
        "pairs; *: the scorecard says that this measure should move with it"
        if looked.compared
        else "nothing was scored that could be compared"
    )


def _row(looked: Looked, each: Compared) -> list[Any]:
    from qacli.commands.output import Coefficient

    found = each.found
    rho, low, high = (None if value is None else Coefficient(value) for value in (found.rho, found.low, found.high))
    most = None if each.most is None else Coefficient(each.most)
    return [each.criterion, each.scorecard, each.measure.kpi, each.measure.variant, each.by, each.purpose, found.n, rho, low,
            high, Coefficient(found.margin), found.verdict, most, _is_promised(looked, each), found.note]  # fmt: skip


def _short(each: Parting) -> list[Any]:
    return [
        each.unit,
        f"{each.quality.before.n}+{each.quality.after.n}",
        each.quality.after.mean,
        *_change(each.quality),
        each.measure.after.mean,
        *_change(each.measure),
        each.verdict,
    ]


def _change(found: Shift) -> tuple[str, str]:
    if found.change is None:
        return "–", "too few"
    limits = f"{found.low:+.2f} to {found.high:+.2f}" if found.low is not None and found.high is not None else "none"
    return f"{found.change:+.2f}", limits


def _long(each: Parting) -> list[Any]:
    quality, measure = each.quality, each.measure
    return [each.unit, quality.before.n, quality.after.n, quality.before.mean, quality.after.mean, quality.change, quality.low,
            quality.high, measure.before.mean, measure.after.mean, measure.change, measure.low, measure.high,
            each.verdict]  # fmt: skip
