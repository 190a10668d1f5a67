"""``qacli benchmark``: figures to compare with, their sources, and whether ours count the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.adding import tell_written, written
from qacli.commands.context import Context, command, new_app
from qacli.commands.kpi_slices import for_reader, slice_of
from qacli.model import Exit, QacliError, UsageError

if TYPE_CHECKING:
    from qacli.prepare.benchmark import Benchmark
    from qacli.understand.kpis.benchmarks import Match

app = new_app("Keep benchmarks with their sources, and match our figures with them.")
LISTED = ("benchmark", "kpi", "variant", "value", "kind", "source", "year", "sample", "expires", "state")
MATCHED = (
    "benchmark",
    "kpi",
    "theirs",
    "their variant",
    "kind",
    "ours",
    "low",
    "high",
    "n",
    "our variant",
    "period",
    "verdict",
    "definition",
    "source",
    "year",
)
BRIEF = ("benchmark", "kind", "theirs", "ours", "low", "high", "n", "period", "verdict", "definition")


class NoSource(UsageError):
    """A figure that nobody can look up is hearsay."""

    def __init__(self) -> None:
        super().__init__(
            "a benchmark says who says so: no source is given", help='--source "name, edition, where read"'
        )


@command(app, writes=True)
def add(
    context: Context,
    benchmark: Annotated[str, typer.Argument(metavar="BENCHMARK", help="Id of the new benchmark: abandonment-uk.")],
    kpi: Annotated[str, typer.Option(help="Id of the KPI.")],
    variant: Annotated[str, typer.Option(help="The variant that its source counts, for example all.")],
    kind: Annotated[
        Literal["standard", "target", "tolerance", "indicative"],
        typer.Option(help="standard is a duty; indicative is only read beside ours."),
    ],
    year: Annotated[int, typer.Option(help="The year that the figure is of.")],
    expires: Annotated[str, typer.Option(help="Last day on which you still compare with it.")],
    value: Annotated[str, typer.Option(help="The figure, in the unit of the KPI.")] = "",
    low: Annotated[str, typer.Option(help="Where it is a range: its lower end.")] = "",
    high: Annotated[str, typer.Option(help="Where it is a range: its upper end.")] = "",
    tolerance: Annotated[str, typer.Option(help="By how much one may miss it.")] = "",
    within: Annotated[str, typer.Option(help="Seconds that its source counts by.")] = "",
    source: Annotated[str, typer.Option(help="Who says so, and where it can be looked up.")] = "",
    sample: Annotated[str, typer.Option(help="How many, and whom, the source counted.")] = "",
    definition: Annotated[str, typer.Option(help="How the source counts, in its own terms.")] = "",
    version: Annotated[str, typer.Option(help="Version, where the id is there already.")] = "1",
) -> None:
    """Write a benchmark into definitions/benchmarks.yaml, below what is there. Without a source it is refused."""
    from qacli.commands.options import day
    from qacli.understand.kpis.value import NoSuchVariant

    if not source.strip():
        raise NoSource
    workspace = context.workspace
    today = workspace.clock().date()
    if day(expires) < today:
        raise UsageError(f"--expires {expires} is over: nothing is compared with it", help="look the figure up again")
    item = workspace.view().look_up("kpi", kpi)
    if variant not in item.variants:
        context.tell(f"{NoSuchVariant(item, variant).message}: it will only ever say that the definition differs")
    given = {
        "id": benchmark,
        "version": version,
        "owner": workspace.actor,
        "from": today,
        "kpi": kpi,
        "variant": variant,
    }
    given |= {"value": value, "low": low, "high": high, "tolerance": tolerance, "within": within, "kind": kind}
    given |= {"source": source, "year": year, "sample": sample, "expires": expires, "definition": definition}
    added = written(context, "benchmark", given)
    tell_written(context, added, f"compare: qacli benchmark match {benchmark}")


@command(app, "list")
def list_(context: Context) -> None:
    """List the benchmarks: what they count, whose figure it is and of which year, when they expire."""
    view = context.workspace.view()
    today = view.now.date()
    rows = []
    for each in view.definitions("benchmark"):
        state = "expired" if each.has_expired(today) else "in force" if each.in_force(today) else "not in force"
        what = (
            each.kpi,
            each.variant,
            each.in_words,
            each.kind,
            each.source,
            str(each.year),
            each.sample,
            each.expires,
        )
        rows.append((each.reference, *what, state))
    context.show("benchmarks", LISTED, rows)


@command(app)
def match(
    context: Context,
    benchmark: Annotated[
        list[str] | None, typer.Argument(metavar="[BENCHMARK...]", help="Ids; left out: all in force.")
    ] = None,
    of: Annotated[
        str, typer.Option(help="A slice: channel=phone; left out: the whole desk.", metavar="CUT=SLICE")
    ] = "",
    period: Annotated[str, typer.Option(help="Our figure of this period; else our latest.")] = "",
) -> int:
    """Match our figures with benchmarks: met, inside tolerance, breach, cannot tell, or definition differs.

    1 where a standard, target or tolerance is in breach.
    """
    from qacli.understand.kpis.benchmarks import match_all

    found = match_all(context.workspace.view(), benchmark or (), *slice_of(of), period)
    if not found:
        raise NoBenchmark
    columns, rows = for_reader(context, MATCHED, [_row(each) for each in found], BRIEF)
    context.show("benchmark-match", columns, rows, title="Our figures and those of others")
    for each in found:
        if not each.judged:
            context.tell(f"{each.benchmark.id}: no verdict: {each.why}")
        elif each.verdict == "cannot tell":
            context.tell(
                f"{each.benchmark.id}: the interval of our figure holds {each.benchmark.in_words}: cannot tell at this n"
            )
    broken = [each for each in found if each.verdict == "breach" and each.benchmark.kind != "indicative"]
    return Exit.FINDINGS if broken else Exit.FINE


class NoBenchmark(QacliError):
    """There is nothing to compare with."""

    def __init__(self) -> None:
        super().__init__(
            "no benchmark is in force", help="add one: qacli benchmark add, or definitions/benchmarks.yaml"
        )


def _row(each: Match) -> tuple[object, ...]:
    theirs: Benchmark = each.benchmark
    ours = each.ours
    figures = (ours.value, ours.low, ours.high, ours.n, ours.variant, ours.period) if ours else (None,) * 6
    definition = "same" if each.judged else each.why
    what = (theirs.reference, theirs.kpi, theirs.in_words, theirs.variant, theirs.kind)
    return (*what, *figures, each.verdict or None, definition, theirs.source, str(theirs.year))
