"""``qacli cause``: why a fault recurs, what is done about it, and whether new data show it less often."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day
from qacli.govern.causes.named import Confidence, FixKind

if TYPE_CHECKING:
    from qacli.govern.causes.cause import Search

app = new_app("Find why a fault recurs, mend that, and see in new data whether it is gone.")
CAUSE = Annotated[str, typer.Argument(metavar="CAUSE", help="Id of a search, for example ca_4k.")]
BRANCH = Annotated[str, typer.Option(help="Branch of the tree: a class of definitions/causes.yaml.")]
WORDS = Annotated[str, typer.Option(help="In one sentence.")]


@command(app, "open", writes=True, slow=True)
def open_(
    context: Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A finding w_..., a case es_..., or a criterion.")],
    words: Annotated[str, typer.Option(help="What goes wrong, for whom; else as the source says it.")] = "",
    owner: Annotated[str, typer.Option(help="Who finds out; else yourself.", metavar="PERSON")] = "",
    channel: Annotated[str, typer.Option(help="Only this channel; a finding brings its own.")] = "",
    because: Annotated[str, typer.Option(help="Why this one, where others make more faults.")] = "",
    from_: Annotated[
        str, typer.Option("--from", help="First day looked at; else of the finding, or 91 days ago.")
    ] = "",
    to: Annotated[str, typer.Option("--to", help="Last day looked at; else of the finding, or today.")] = "",
) -> None:
    """Begin to look for the cause of what makes most faults. Its place among them and customers like it are worked out."""
    from qacli.govern.causes.cause import Cause, Search
    from qacli.govern.causes.opening import Sought, open_cause
    from qacli.govern.causes.telling import told

    sought = Sought(source, words, owner, channel, because, day(from_) if from_ else None, day(to) if to else None)
    for row in context.commit(partial(open_cause, sought=sought)).rows:
        if isinstance(row, Cause):
            shown = replace(row, id=row.id or "(dry run)")
            for line in told(context.workspace.view(), Search(shown, (), (), (), ())):
                context.say(line)


@command(app, writes=True)
def why(
    context: Context,
    cause: CAUSE,
    words: WORDS,
    branch: BRANCH,
    evidence: Annotated[
        str, typer.Option(help="What shows it: a record o_4k, or event:ID, procedure:ID, kpi:ID.")
    ] = "",
    document: Annotated[
        str, typer.Option(help="A paper that shows it, where no record does: what, of when, where.")
    ] = "",
    confidence: Annotated[
        Confidence, typer.Option(help="possible: a candidate; likely; shown: seen to be so.")
    ] = "likely",
    after: Annotated[
        str, typer.Option(help="The why that this one explains; else the fault itself.", metavar="WHY")
    ] = "",
) -> None:
    """Record a why with what shows it. A known event near in time is a candidate, never more by itself."""
    from qacli.govern.causes import asking
    from qacli.govern.causes.telling import asked
    from qacli.workspace.tables import tables

    said = asking.Why(words, confidence, branch, evidence, document, after)
    outcome = context.commit(partial(asking.why, cause=cause, said=said, kinds=tables()))
    if outcome.rows:
        context.say(f"{outcome.first or '(dry run)'}: why of {cause} recorded{context.recorded_by}")
        for question in asked(context.workspace.view(), [branch]):
            context.tell(f"ask on, {question}")


@command(app, "cause", writes=True)
def cause_(
    context: Context,
    cause: CAUSE,
    words: WORDS,
    branch: BRANCH,
    rests_on: Annotated[str, typer.Option(help="The why that it rests on; else the last.", metavar="WHY")] = "",
) -> None:
    """Record an end cause: what let it happen. Who did it is no cause."""
    from qacli.govern.causes import asking

    outcome = context.commit(partial(asking.end, cause=cause, why=rests_on, branch=branch, words=words))
    if outcome.rows:
        context.say(f"{outcome.first or '(dry run)'}: end cause of {cause} recorded{context.recorded_by}")
        context.tell(f"next: qacli cause fix {cause}{as_before(context.workspace)}")


@command(app, writes=True)
def fix(
    context: Context,
    cause: CAUSE,
    words: Annotated[str, typer.Option(help="What is done.")],
    kind: Annotated[FixKind, typer.Option(help="Takes it away, keeps it from doing harm, or shows it sooner.")],
    owner: Annotated[str, typer.Option(help="Who does it.", metavar="PERSON")],
    customer: Annotated[str, typer.Option(help="How customers see it.")],
    benefit: Annotated[str, typer.Option(help="What the organisation gains.")],
    risk: Annotated[str, typer.Option(help="What the organisation risks.")],
    live_on: Annotated[str, typer.Option(help="Day from which it works: 2026-06-08.")],
    window: Annotated[int, typer.Option(min=1, help="Days of new data by which it is judged.")] = 28,
    end: Annotated[str, typer.Option(help="The end cause that it is for; else the last.", metavar="END")] = "",
) -> None:
    """Record a fix, and the days of new data that will judge it."""
    from qacli.govern.causes import fixing
    from qacli.govern.causes.cause import CauseFix

    planned = fixing.Planned(words, customer, benefit, risk, kind, owner, day(live_on), window, end)
    for row in context.commit(partial(fixing.fix, cause=cause, planned=planned)).rows:
        if isinstance(row, CauseFix):
            context.say(
                f"{row.id or '(dry run)'}: {row.kind}, {row.owner}, live on {row.live_on}; judged by {row.metric} "
                f"up to {row.last}{context.recorded_by}"
            )


@command(app, writes=True)
def verify(
    context: Context, fix: Annotated[str, typer.Argument(metavar="FIX", help="Id of a fix, for example cf_4k.")]
) -> None:
    """Work out from new data whether the fault comes less often. Not before its days are over, nor by its owner."""
    from qacli.govern.causes import fixing
    from qacli.govern.causes.cause import CauseVerdict
    from qacli.govern.causes.telling import verdict_in_words

    for row in context.commit(partial(fixing.verify, fix=fix)).rows:
        if isinstance(row, CauseVerdict):
            context.say(f"{fix} {verdict_in_words(row)}{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context, all_: Annotated[bool, typer.Option("--all", help="Also what comes less often by now.")] = False
) -> None:
    """List what is looked into: its place among all faults, customers like it, how far it is, what is next by when."""
    from qacli.govern.causes.cause import FEWER, searches

    view = context.workspace.view()
    rows = [_row(each) for each in searches(view) if all_ or each.state != FEWER]
    columns = (
        "cause",
        "state",
        "from",
        "what",
        "faults",
        "of all",
        "% of all",
        "customers",
        "owner",
        "whys",
        "fixes",
        "next by",
    )
    context.show("causes", columns, rows)
    if not rows:
        context.tell("nothing is looked into; begin with what makes most faults: qacli summarise fault")


def _row(each: Search) -> tuple[object, ...]:
    row = each.cause
    due = [fix.last for fix in each.fixes if not each.verdict_of(fix.id)]
    return (
        row.id,
        each.state,
        row.source,
        row.criterion or row.trigger,
        row.faults,
        row.all_faults,
        None if row.part is None else round(100 * row.part, 1),
        None if row.affected is None else round(row.affected),
        row.owner,
        len(each.whys),
        len(each.fixes),
        min(due, default=None),
    )


@command(app)
def show(context: Context, cause: CAUSE) -> None:
    """Show a search whole: place, customers like it, whys as a chain with what shows them, fixes, before and after."""
    from qacli.govern.causes.cause import search_of
    from qacli.govern.causes.telling import PARTS, parts, told

    view = context.workspace.view()
    found = search_of(view, cause)
    if context.for_programs:
        context.show("cause-parts", PARTS, list(parts(found)))
        return
    for line in told(view, found):
        context.say(line)


@command(app)
def ask(
    context: Context,
    branch: Annotated[list[str] | None, typer.Argument(metavar="BRANCH...", help="Branches; else all.")] = None,
) -> None:
    """Show the branches of the tree with the questions that lead on."""
    from qacli.govern.causes.telling import asked

    for line in asked(context.workspace.view(), branch or []):
        context.say(line)
