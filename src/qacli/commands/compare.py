"""``qacli compare``: are ratings linked to a measure of the service, and where do the two part company?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.compare_told import By, Looked
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, days
from qacli.files.nearest import did_you_mean
from qacli.model import QacliError, Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Change, View
    from qacli.understand.comparing.pairs import Compared, Measured, Rated
    from qacli.understand.facts import Selection

app = new_app("Compare ratings with measures of the service: linked, not linked, where they part company.")


class NothingScored(QacliError):
    """No transaction of the days and the purpose asked for was drawn by chance and scored."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"no {purpose} transaction of these days has been scored: there is nothing to compare",
            help="see what is waiting: qacli sample list --open; other days: --from, --to",
        )


class NoSuchRating(UsageError):
    """No card of these samples has a criterion of that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"no rating of these days has the criterion '{name}'",
            help=did_you_mean(name, known, f"there are: {', '.join(known)}"),
        )


class TooFewPairs(Refusal, rule="too-few-pairs"):
    """Nothing is said of a link from a handful of transactions."""

    def __init__(self, criterion: str, measure: str, n: int, fewest: int) -> None:
        super().__init__(
            f"{criterion} and {measure}: {n} transaction{'s' * (n != 1)} {'have' if n != 1 else 'has'} both, a verdict "
            f"takes {fewest}, and about 210 to show that there is no link within 0.2.",
            help="score more transactions that have an answer; a frame with purpose: kpi-link draws among these",
        )


class TeamIsNoProof(Refusal, rule="team-average"):
    """What holds of teams need not hold of anybody in them."""

    def __init__(self) -> None:
        super().__init__(
            "averages of teams, and of weeks, say nothing about one colleague.",
            help="leave --colleague out, or compare transactions: --by transaction",
        )


@command(app, writes=True, slow=True)
def compare(
    context: Context,
    criterion: Annotated[
        str, typer.Argument(metavar="[CRITERION|score]", help="A criterion of a scorecard, or score; else all of them.")
    ] = "",
    kpi: Annotated[str, typer.Argument(metavar="[KPI]", help="A measure, for example csat; else all of them.")] = "",
    variant: Annotated[
        str, typer.Option(help="A variant of the measure; else the one that says most of a contact.")
    ] = "",
    by: Annotated[
        By, typer.Option(help="Pairs of single transactions, or means: transaction, colleague, team, period.")
    ] = "transaction",
    since: Annotated[str, typer.Option(help="Day from which quality and measure are compared with before.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    purpose: Annotated[
        Literal["kpi-link", "routine", "spot"] | None,
        typer.Option(
            help="Which samples count, never two together; else kpi-link for pairs where there are any, routine for means."
        ),
    ] = None,
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    colleague: Annotated[str, typer.Option(help="Only this colleague.", metavar="PERSON")] = "",
    every: Annotated[
        bool,
        typer.Option("--all", help="All measures, not only those that a scorecard says should move with a criterion."),
    ] = False,
    margin: Annotated[float, typer.Option(help="A correlation below this is no link worth having.")] = 0.2,
    record: Annotated[bool, typer.Option("--record", help="Keep the verdicts, with their figures.")] = False,
) -> None:
    """Say whether ratings and measures are linked, not linked within a margin, or undecided; never what causes what."""
    from qacli.understand.facts import Selection

    if colleague and by in {"team", "period"}:
        raise TeamIsNoProof
    if not 0 < margin < 1:
        raise UsageError(f"a margin of {margin:g} is none", help="give a number between 0 and 1, for example 0.2")
    # means are those of routine samples; what was drawn to be compared only tells of links
    means = since or by != "transaction"
    asked = Selection(*days(from_, to), purpose or ("routine" if means else ""), channel, team, colleague)
    looked = _look(context, asked, criterion, kpi, variant, by, margin, every)
    if since:
        from qacli.commands.compare_told import tell_partings

        tell_partings(context, looked, day(since), by, criterion or "score")
        return
    if record:
        kept = [row.id for row in context.commit(partial(_record, looked=looked)).rows if row.TABLE == "links"]
        if kept and not context.dry_run:
            context.tell(f"on record: {kept[0]}" + (f" to {kept[-1]}, {len(kept)} comparisons" if kept[1:] else ""))
    from qacli.commands.compare_told import tell_grid, tell_one

    if criterion and kpi and not context.for_programs:
        tell_one(context, looked)
    else:
        tell_grid(context, looked)


def _look(
    context: Context, asked: Selection, criterion: str, kpi: str, variant: str, by: By, margin: float, every: bool
) -> Looked:
    """Return what was asked for. Raises NoSuchRating, NoSuchDefinition, NoValuePerTransaction, TooFewPairs."""
    from qacli.understand.comparing import pairs
    from qacli.understand.facts import refuse_unknown
    from qacli.understand.summary import policy_for
    from qacli.workspace.outcomes import measured

    workspace = context.workspace
    view = workspace.view()
    refuse_unknown(view, asked)
    rows = pairs.ratings(view, asked)
    asked = asked._replace(purpose=asked.purpose or pairs.purpose_at_hand(rows))
    policy = policy_for(view, set(rows["scorecard"]))
    ratings, routine = (pairs.rated(rows, each, policy) for each in (asked.purpose, "routine"))
    if ratings.frame.empty:
        raise NothingScored(asked.purpose)
    if criterion:
        ratings = _only(ratings, criterion)
    transactions = sorted({*ratings.frame["transaction"], *routine.frame["transaction"]})
    kpis = {kpi} if kpi else set() if every else _promised(view, set(rows["scorecard"]))
    found = measured(workspace, kpis, variant, transactions, asked)
    compared = []
    for each in found:
        if by == "transaction":
            compared += pairs.at_transaction(ratings, each, margin, policy.confidence)
        else:
            compared += pairs.at_unit(ratings, each, by, policy.minimum_n, margin, policy.confidence)
    if by == "transaction" and criterion and kpi:
        _refuse_few(criterion, found[0], compared)
    return Looked(
        view, asked, ratings, routine, found, pairs.judged_together(compared), policy.confidence, policy.minimum_n
    )


def _promised(view: View, scorecards: set[str]) -> set[str]:
    """Return the measures that scorecards say should move with a criterion, of those that are defined."""
    cards = [view.look_up("scorecard", reference) for reference in scorecards]
    named = {kpi for card in cards for criterion in card.criteria() for kpi in criterion.kpis}
    return named & {each.id for each in view.definitions("kpi")}


def _only(ratings: Rated, criterion: str) -> Rated:
    from qacli.understand.comparing.pairs import SCORE

    names = sorted(set(ratings.frame["criterion"]) | {SCORE})
    if criterion not in names:
        raise NoSuchRating(criterion, names)
    return ratings._replace(frame=ratings.frame[ratings.frame["criterion"] == criterion])


def _refuse_few(criterion: str, measured: Measured, compared: Sequence[Compared]) -> None:
    from qacli.understand.comparing.link import FEWEST, TOO_FEW

    if all(each.found.verdict == TOO_FEW for each in compared):
        most = max((each.found.n for each in compared), default=0)
        raise TooFewPairs(criterion, measured.measure.kpi, most, FEWEST)


def _record(view: View, looked: Looked) -> Change:
    from qacli.understand.comparing.record import recorded

    for each in {each.measure.reference for each in looked.compared}:
        view.definition("kpi", each)
    return recorded(view, looked.compared, (looked.selection.from_, looked.selection.to), looked.confidence)
