"""``qacli sample replace``, ``extend``, ``choose``, ``confirm`` and ``audit``: what happens to samples beside their plan."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command
from qacli.commands.sample_commit import commit_over_transactions
from qacli.commands.sample_told import tell_draw
from qacli.model import UsageError
from qacli.monitor.sampling.audit import By

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Row

FRAME = Annotated[
    str, typer.Argument(metavar="FRAME", help="Id of an agreed frame: its cards, techniques, evaluators.")
]
FINDING = re.compile(r"w_[0-9a-z]+(-[0-9]+)?")
AUDITED = ("items", "replaced", "percent", "why", "watched", "by others", "left open", "% chance", "verdict")


def join(app: typer.Typer) -> None:
    """Add the commands to the group ``sample``."""
    command(app, "replace", writes=True)(replace)
    command(app, "extend", writes=True)(extend)
    command(app, "confirm", writes=True)(confirm)
    command(app, "choose", writes=True)(choose)
    command(app, "audit")(audit)


def replace(
    context: Context,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="Id of an item that cannot be observed, for example t_4k-7.")
    ],
    reason: Annotated[
        str,
        typer.Option(
            help="recording-lost, not-a-transaction, wrong-data, already-known, colleague-left, opted-out or other."
        ),
    ],
    words: Annotated[str, typer.Option(help="What happened, in words; needed for other.")] = "",
) -> None:
    """Put the next of its stratum in the place of an item that cannot be observed. Which is next, the draw says.

    What was scored stays. A replaced item stays replaced, also where its recording turns up again.
    """
    from qacli.monitor.sampling.draw import Item
    from qacli.monitor.sampling.replacement import cause_of, replace_item, replacement
    from qacli.workspace.drafts import remove_all
    from qacli.workspace.populations import open_transactions

    cause_of(reason)
    context.workspace.view().one(Item, item)
    with open_transactions(context.workspace) as opened:
        next_of = partial(replacement, population=opened.population, source=opened.source, opt_outs=opened.opt_outs)
        outcome = context.commit(partial(replace_item, item_id=item, cause=reason, next_of=next_of, words=words))
    if outcome.seq:
        remove_all(context.workspace.folder, item)
    new = _items(outcome.rows)
    then = f"{new[0].id} ({new[0].transaction}) takes its place, for {new[0].evaluator or 'nobody yet'}" if new else ""
    context.say(f"{item} is replaced, {cause_of(reason)}{f'; {then}' if then else ''}")


def extend(
    context: Context,
    draw: Annotated[str, typer.Argument(metavar="DRAW", help="Id of a draw, for example d_4k.")],
    to: Annotated[
        int, typer.Option(min=1, metavar="N", help="New size, as its frame counts: in all, or per colleague.")
    ],
    reason: Annotated[str, typer.Option(help="Why more are needed.")] = "",
) -> None:
    """Make a draw larger by the same numbers: the larger sample contains the smaller, and weights are those of the new size."""
    from qacli.monitor.sampling.draw import Extension
    from qacli.monitor.sampling.extending import extend as act

    outcome = commit_over_transactions(context, act, draw_id=draw, size=to, words=reason)
    grown: list[Any] = [row for row in outcome.rows if isinstance(row, Extension)]
    context.show(
        "extension",
        ("stratum", "asked", "drawn", "weight"),
        [(row.stratum, row.asked, row.drawn, row.weight) for row in grown],
    )
    strata = "1 stratum" if len(grown) == 1 else f"{len(grown)} strata"
    n = len(_items(outcome.rows))
    context.tell(f"{draw}: {n} more item{'s' * (n != 1)} in {strata}; see qacli sample list --draw {draw}")


def confirm(
    context: Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="FINDING|FRAME", help="Id of a finding on watch, for example w_5c; or of an agreed frame."
        ),
    ],
    period: Annotated[
        str,
        typer.Option(
            help="Days from which is drawn: 2026-W20, 2026-05-11..2026-05-17. A finding: its own days, else the last four weeks."
        ),
    ] = "",
    size: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many. A finding: as many as can answer it, 8 to 30.")
    ] = None,
    question: Annotated[str, typer.Option(help="With a frame: what is to be confirmed or dismissed.")] = "",
    channel: Annotated[str, typer.Option(help="With a frame: only this channel.")] = "",
    team: Annotated[str, typer.Option(help="With a frame: only this team, as the export names it.")] = "",
    reason: Annotated[str, typer.Option(help="With a frame: only this contact reason, as the export names it.")] = "",
    colleague: Annotated[str, typer.Option(help="With a frame: only this colleague.", metavar="PERSON")] = "",
) -> None:
    """Put a question to chance: draw fresh spot items, none of them sampled before, to confirm or dismiss a suspicion."""
    from qacli.monitor.sampling.confirming import Part
    from qacli.monitor.sampling.confirming import confirm as act
    from qacli.prepare.period import parse_period
    from qacli.understand.patterns.answering import confirm_finding

    days = parse_period(period) if period else None
    part = Part(channel, team, reason, colleague)
    if FINDING.fullmatch(what):
        if question or any(part):
            raise UsageError(f"{what} says what is asked, and of which part", help="leave out all but --period, --size")
        asked: dict[str, Any] = {"finding_id": what, "size": size, "period": days}
        outcome = commit_over_transactions(context, confirm_finding, **asked)
    else:
        if days is None or size is None:
            missing = "--period" if days is None else "--size"
            raise UsageError(f"{missing} is missing", help=f"{what} is a frame: say from which days, and how many")
        asked = {"frame_id": what, "period": days, "size": size, "question": question, "part": part}
        outcome = commit_over_transactions(context, act, **asked)
    tell_draw(context, outcome.rows)
    if outcome.seq:
        context.tell(f"drew {outcome.first} for the question; to score: qacli sample list --draw {outcome.first}")


def choose(
    context: Context,
    frame: FRAME,
    transactions: Annotated[
        list[str], typer.Argument(metavar="TRANSACTION...", help="Ids of transactions, as the export names them.")
    ],
    reason: Annotated[str, typer.Option(help="Why these.")],
    link: Annotated[
        str, typer.Option(help="Complaint, survey or measure that points at them; their purpose is then kpi-link.")
    ] = "",
    also: Annotated[bool, typer.Option("--also", help="Take those that lie in a sample a second time.")] = False,
) -> None:
    """Choose transactions by name, to be scored. They enter no estimate, and notices and opt-outs hold for them too."""
    from qacli.monitor.sampling.choosing import choose as act

    outcome = commit_over_transactions(
        context, act, frame_id=frame, transactions=transactions, reason=reason, link=link, also=also
    )
    for item in _items(outcome.rows):
        context.say(
            f"{item.id}: {item.transaction}, {item.channel} of {item.day}, {item.purpose}, for {item.evaluator or 'nobody'}"
        )
    if outcome.rows:
        context.tell("chosen, not drawn: in no estimate")


def audit(
    context: Context,
    by: Annotated[By, typer.Option(help="evaluator: whose items were put aside; colleague: whose work.")] = "evaluator",
    frame: Annotated[str, typer.Option(help="Only draws of this frame, any version.", metavar="FRAME")] = "",
    period: Annotated[str, typer.Option(help="Only draws that lie in this period: 2026-Q2.")] = "",
    draw: Annotated[str, typer.Option(help="Only this draw.", metavar="DRAW")] = "",
) -> None:
    """Audit the replacements: how many of whose items, why, and whether that is more than the others' by chance."""
    from qacli.commands.sample_list import Asked
    from qacli.monitor.sampling.audit import audit as audited
    from qacli.monitor.sampling.draw import Draw

    view = context.workspace.view()
    if draw:
        view.one(Draw, draw)
    asked = Asked(draw=draw, frame=frame, period=period)
    asked.refuse_unknown(view)
    confidence = context.workspace.settings.thresholds.confidence / 100
    found = audited(view, by, [row.id for row in asked.draws(view)], confidence)
    rows = [
        (
            each.name or "(nobody)",
            each.items,
            each.replaced,
            100 * each.replaced / each.items,
            ", ".join(f"{n} {cause}" for cause, n in each.causes.items()),
            each.watched,
            each.by_others,
            each.left_open,
            None if each.chance is None else 100 * each.chance,
            each.verdict,
        )
        for each in found
    ]
    context.show("replacements", (by, *AUDITED), rows)
    items, replaced = sum(each.items for each in found), sum(each.replaced for each in found)
    context.tell(
        f"{replaced} of {items} items {'was' if replaced == 1 else 'were'} replaced; one by one: qacli sample list --replaced"
    )
    context.tell(
        "watched: its observation had begun; left open: nothing took its place; chance: of so many or more, if all items "
        f"of a draw were alike (Fisher's exact test), {100 * confidence:g} % for all together; whether a reason was true no "
        "number can tell"
    )


def _items(rows: Sequence[Row]) -> list[Any]:
    from qacli.monitor.sampling.draw import Item

    return [row for row in rows if isinstance(row, Item)]
