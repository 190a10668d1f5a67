"""``qacli audit``, the monitoring itself: how it does by its own ledger, and ideas that are tried before they are adopted."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import day, days
from qacli.files.numbers import to_four_digits
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.govern.auditing.health import Health

IMPROVEMENT = Annotated[str, typer.Argument(metavar="IMPROVEMENT", help="For example ai_5f.")]
EVIDENCE = Annotated[str, typer.Option(help="Records that show it, by their ids, separated by blanks.")]
Measure = Literal[
    "coverage", "completion", "scoring-delay", "feedback-delay", "agreement", "overturn", "opt-outs", "exceptions"
]


def join(app: typer.Typer) -> None:
    """Add these commands to ``qacli audit``."""
    command(app)(health)
    command(app, writes=True)(propose)
    command(app, writes=True)(trial)
    command(app, writes=True)(adopt)
    command(app)(improvements)


def health(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day; else 13 weeks before the last.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day; else today.")] = "",
) -> None:
    """Show how the monitoring itself does, from its own records: coverage, delay, agreement, overturn, opt-outs."""
    from datetime import timedelta

    from qacli.govern.auditing.health import health as found

    first, last = days(from_, to)
    last = last or context.workspace.clock().date()
    first = first or last - timedelta(days=13 * 7 - 1)
    rows = [
        (
            each.measure,
            _shown(each, each.value),
            _shown(each, each.low),
            _shown(each, each.high),
            each.n,
            each.unit,
            each.words,
        )
        for each in found(context.workspace.view(), first, last)
    ]
    columns = ("measure", "value", "low", "high", "n", "unit", "what")
    context.show("audit-health", columns, rows, title=f"Health of the monitoring, {first} to {last}")


def _shown(each: Health, value: float | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(f"{100 * value:.1f}") if each.unit == "%" else to_four_digits(value)


def propose(
    context: Context,
    words: Annotated[str, typer.Option(help="What would make the monitoring better.")],
    of: Annotated[str, typer.Option("--of", help="Whose idea it is.", metavar="PERSON")],
    measure: Annotated[Measure, typer.Option(help="Which measure of its health should move.")],
    evidence: EVIDENCE,
) -> None:
    """Put forward an idea of a colleague, with what it rests on."""
    from qacli.govern.auditing import improving
    from qacli.workspace.tables import tables

    act = partial(improving.propose, idea=words, source=of, measure=measure, evidence=evidence, tables=tables())
    outcome = context.commit(act)
    if outcome.rows:
        context.say(f"{outcome.first}: proposed, an idea of {of} for {measure}{context.recorded_by}")


def trial(
    context: Context,
    improvement: IMPROVEMENT,
    from_: Annotated[str, typer.Option("--from", help="First day of the trial: 2026-06-01.")],
    to: Annotated[str, typer.Option("--to", help="Last day of the trial.")],
    words: Annotated[str, typer.Option(help="What was done, and where.")],
) -> None:
    """Record a trial: its measure over these days against as many days before, worked out from the records."""
    from qacli.govern.auditing import improving

    first, last = day(from_), day(to)
    if last < first:
        raise UsageError(f"--to {to} comes before --from {from_}", help="the earlier day comes first")
    act = partial(improving.trial, improvement=improvement, first=first, last=last, words=words)
    for row in context.commit(act).rows:
        if isinstance(row, improving.ImprovementEvent):
            context.say(f"{improvement}: {row.in_words}{context.recorded_by}")


def adopt(
    context: Context,
    improvement: IMPROVEMENT,
    words: Annotated[str, typer.Option(help="Why.")],
    decline: Annotated[bool, typer.Option("--decline", help="Decline it.")] = False,
) -> None:
    """Decide on what was tried. Whoever proposed, thought of or tried it cannot."""
    from qacli.govern.auditing import improving

    act = partial(improving.adopt, improvement=improvement, words=words, decline=decline)
    if context.commit(act).rows:
        context.say(f"{improvement}: {'declined' if decline else 'adopted'}{context.recorded_by}")


def improvements(context: Context) -> None:
    """List ideas for the monitoring: whose they are, how they did when tried, who decided."""
    from qacli.govern.auditing.improving import improvements as found

    rows: Sequence[tuple[object, ...]] = [
        (
            each.improvement.id,
            each.improvement.source,
            each.improvement.measure,
            each.state,
            each.trials[-1].in_words if each.trials else None,
            each.decision.by if each.decision else None,
            each.improvement.evidence,
            str(each.improvement.idea),
        )
        for each in found(context.workspace.view())
    ]
    columns = ("improvement", "idea of", "measure", "state", "trial", "decided by", "evidence", "idea")
    context.show("improvements", columns, rows)
