"""``qacli technique``: ways of observing, what each shows of a scorecard, what it brought, and why one is used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands import technique_effect
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.prepare.frames.justification import Justified
    from qacli.prepare.frames.technique import Technique
    from qacli.prepare.frames.visibility import Shown
    from qacli.prepare.scorecards.scorecard import Scorecard

app = new_app("Compare ways of observing, and say why one is used.")
CHANNEL = Annotated[str, typer.Option(help="Only this channel.")]


@command(app, "list")
def list_(context: Context) -> None:
    """List the techniques of definitions/techniques.yaml: channels, intrusion, who must be told, minutes and cost."""
    rows = [(each.reference, each.title, " ".join(each.sees), each.live, *_price(each)) for each in _defined(context)]
    columns = ("technique", "title", "channels", "live", "intrusion", "notice_needed", "minutes", "cost")
    context.show("techniques", columns, rows)


def _defined(context: Context) -> Sequence[Technique]:
    """Return every technique that the folder defines; where there is none, say how to get the shipped ones."""
    found: Sequence[Technique] = context.workspace.view().definitions("technique")
    if not found:
        context.tell("no technique is defined; qacli init writes the shipped ones and overwrites nothing")
    return found


def _price(technique: Technique) -> tuple[Any, ...]:
    told = " ".join(technique.notice_needed) or "nobody"
    return technique.intrusion, told, technique.minutes, technique.cost


@command(app)
def show(
    context: Context,
    technique: Annotated[str, typer.Argument(metavar="TECHNIQUE", help="Its id, for example recording.")],
) -> None:
    """Show a technique: what it lets you perceive per channel, what stays hidden, which way it misleads."""
    item = context.workspace.view().item("technique", technique)
    found: Technique = item.model
    rows = [
        ("technique", found.reference),
        ("title", found.title),
        ("owner", found.owner),
        *((f"sees on {channel}", ", ".join(signs)) for channel, signs in found.sees.items()),
        ("blind to", found.blind_to),
        ("live", found.live),
        *zip(("intrusion", "must have been told", "minutes", "cost"), _price(found), strict=True),
        ("misleads", found.bias),
        ("advantages", found.advantages),
        ("sha256", item.sha256),
    ]
    context.show("technique", ("setting", "value"), rows)


@command(app)
def compare(
    context: Context,
    card: Annotated[str, typer.Argument(metavar="SCORECARD", help="Id of the scorecard, for example phone.")],
    channel: CHANNEL = "",
    grid: Annotated[bool, typer.Option("--grid", help="One line per criterion, one column per technique.")] = False,
) -> None:
    """Compare what each technique shows of a scorecard, what it takes and who must have been told."""
    from qacli.model import UsageError

    view = context.workspace.view()
    found: Scorecard = view.look_up("scorecard", card)
    if channel and channel not in found.channels:
        raise UsageError(f"{found.reference} is not for {channel}", help=f"its channels: {', '.join(found.channels)}")
    channels = [channel] if channel else list(found.channels)
    techniques = [each for each in _defined(context) if each.in_force(view.now.date())]
    (_grid if grid else _totals)(context, found, channels, techniques)


def _totals(context: Context, card: Scorecard, channels: Sequence[str], techniques: Sequence[Technique]) -> None:
    """Show one line per channel and technique."""
    from qacli.prepare.frames.visibility import shown

    count, criticals = len(card.criteria()), sum(each.critical != "none" for each in card.criteria())
    found = [shown(card, channel, technique) for channel in channels for technique in techniques]
    rows = [(each.channel, each.technique.id, *each[2:5], *_price(each.technique), _hidden(each)) for each in found]
    columns = (
        "channel",
        "technique",
        "weight",
        "criteria",
        "criticals",
        "intrusion",
        "notice_needed",
        "minutes",
        "cost",
    )
    context.show("technique-compare", (*columns, "cannot_judge"), rows)
    context.tell(
        f"{card.reference} has {count} criteria, {criticals} of them critical, and a weight of 100: shown is what each "
        "technique lets you judge of it. Minutes and cost are per transaction"
    )


def _hidden(each: Shown) -> str:
    """Return what a technique does not show of a card, in words."""
    if not each.technique.sees_on(each.channel):
        return f"of no use on {each.channel}"
    if not each.criteria:
        return f"all of it: it shows only {', '.join(each.technique.sees_on(each.channel))}"
    return "; ".join(f"{criterion}: {', '.join(signs)}" for criterion, signs in each.hidden.items())


def _grid(context: Context, card: Scorecard, channels: Sequence[str], techniques: Sequence[Technique]) -> None:
    """Show one line per channel and criterion: sees, or what is missing."""
    usable = [each for each in techniques if any(map(each.sees_on, channels))]
    rows = [
        (
            channel,
            criterion.id,
            criterion.weight,
            criterion.critical,
            ", ".join(criterion.needs),
            *(_sight(technique.hidden(criterion, channel)) for technique in usable),
        )
        for channel in channels
        for criterion in card.criteria()
    ]
    columns = ("channel", "criterion", "weight", "critical", "needs", *(each.id for each in usable))
    context.show("technique-grid", columns, rows)
    if left_out := [each.id for each in techniques if each not in usable]:
        context.tell(f"of no use on {', '.join(channels)}: {', '.join(left_out)}")


def _sight(hidden: Sequence[str]) -> str:
    return f"blind: {', '.join(hidden)}" if hidden else "sees"


@command(app)
def results(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    channel: CHANNEL = "",
) -> None:
    """Show what routine and spot observation brought so far, watched live or afterwards: coverage, days, scores."""
    from qacli.improve.feedback import told_on
    from qacli.understand.facts import Selection, refuse_unknown
    from qacli.understand.watching import by_watching

    view = context.workspace.view()
    selection = Selection(*days(from_, to), purpose="all", channel=channel)
    refuse_unknown(view, selection)
    found = by_watching(view, selection, told_on(view))
    context.show(
        "technique-results",
        list(found.frame.columns),
        found.frame.values.tolist(),
        found.title,
        {"statement": found.statement, "notes": list(found.notes)},
    )
    for note in (found.statement, *found.notes, "what being watched does to the work: qacli technique effect"):
        context.tell(note)


@command(app, writes=True)
def justify(
    context: Context,
    frame: Annotated[str, typer.Argument(metavar="FRAME", help="Id of the frame, for example weekly-routine.")],
    because: Annotated[str, typer.Option(help="Why this technique here; else what the frame says.")] = "",
    channel: CHANNEL = "",
) -> None:
    """Record why a frame looks at transactions as it does, and print its justification."""
    from qacli.prepare.frames.choice import TechniqueChoice
    from qacli.prepare.frames.choice import justify as act

    outcome = context.commit(partial(act, frame_id=frame, because=because, channel=channel))
    lines = _justified(context, frame, {row.channel: row for row in outcome.rows if isinstance(row, TechniqueChoice)})
    context.show(
        "technique-justification",
        ("setting", *(each.planned.channel for each in lines)),
        list(zip(*[_settings(), *map(_values, lines)], strict=True)),
        f"Why {frame} observes as it does" if context.form == "md" else "",
    )


def _justified(context: Context, frame: str, made: Mapping[str, Any]) -> list[Justified]:
    """Return the justification of a frame with what was recorded just now, and tell what should be looked at."""
    from qacli.prepare.frames.choice import choices
    from qacli.prepare.frames.justification import justification, warnings
    from qacli.prepare.frames.visibility import plan_of

    view = context.workspace.view()
    found = view.look_up("frame", frame)
    recorded = {**choices(view, found), **made}
    lines = justification(plan_of(found, view.look_up), recorded, view.definitions("notice"), view.now.date())
    for warning in warnings(found, lines):
        context.tell(warning)
    return lines


def _settings() -> tuple[str, ...]:
    return (
        "scorecard",
        "technique",
        "because",
        "recorded by",
        "shows",
        "of its weight",
        "blind to",
        "misleads",
        "complement",
        "which adds",
        "intrusion",
        "must have been told",
        "minutes",
        "cost",
    )


def _values(each: Justified) -> tuple[Any, ...]:
    planned, technique = each.planned, each.planned.technique
    told = "; ".join(f"{audience}: {' '.join(found) or 'none in force'}" for audience, found in each.notices.items())
    return (
        planned.card.reference,
        f"{technique.reference}: {technique.title}",
        each.because,
        each.by or "nobody yet",
        ", ".join(technique.sees_on(planned.channel)),
        f"{each.shown.weight} of 100",
        technique.blind_to,
        technique.bias,
        planned.complement.reference if planned.complement else "none",
        ", ".join(each.adds) or "nothing",
        technique.intrusion,
        told or "nobody",
        technique.minutes,
        technique.cost,
    )


technique_effect.join(app)
