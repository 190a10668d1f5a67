"""``qacli scorecard``: write, check, compare, approve and retire scorecards."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands import scorecard_forms, scorecard_rules
from qacli.commands.approvals import approved_by, lint_file, say_decisions
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qacli.model import View
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Scorecard

app = new_app("Write, check, compare, approve and retire scorecards; exchange them with other systems.")
CARD = Annotated[str, typer.Argument(metavar="SCORECARD", help="Id of the scorecard, for example phone.")]


@command(app, "list")
def list_(
    context: Context,
    channel: Annotated[str, typer.Option(help="Only cards for this channel.")] = "",
    on: Annotated[str, typer.Option(help="Only cards in force on this day: 2026-05-14.")] = "",
    criteria: Annotated[bool, typer.Option("--criteria", help="One line for each criterion.")] = False,
) -> None:
    """List scorecards, or their criteria: version, owner, days in force, who approved them, when to review them."""
    from qacli.prepare.approval import last_day

    view = context.workspace.view()
    there = _in_force(view, day(on)) if on else view.definitions("scorecard")
    cards = [card for card in there if channel in {"", *card.channels}]
    if criteria:
        rows = [
            (each.id, each.observable, each.scale, each.weight, each.critical, card.reference, card.owner, approved)
            for card in cards
            for approved in [approved_by(view, "scorecard", card)]
            for each in card.criteria()
        ]
        columns = ("criterion", "observable", "scale", "weight", "critical", "scorecard", "owner", "approved")
        context.show("criteria", columns, rows)
        return
    context.show(
        "scorecards",
        ("scorecard", "title", "channels", "criteria", "owner", "from", "to", "last day", "review by", "approved"),
        [
            (
                card.reference,
                card.title,
                " ".join(card.channels),
                len(card.criteria()),
                card.owner,
                card.from_,
                card.to,
                last_day(view, "scorecard", card),
                card.review_by,
                approved_by(view, "scorecard", card),
            )
            for card in cards
        ],
    )


def _in_force(view: View, on: date) -> list[Scorecard]:
    """Return the version of each card that holds on a day, of the folder or as records keep it."""
    from qacli.workspace.definitions import NoSuchDefinition
    from qacli.workspace.versions import CitedVersion

    names = {card.id for card in view.definitions("scorecard")}
    names |= {row.item for row in view.rows(CitedVersion) if row.kind == "scorecard"}
    found = []
    for name in sorted(names):
        with suppress(NoSuchDefinition):
            found.append(view.definition("scorecard", name, on))
    return found


@command(app)
def new(
    context: Context,
    scorecard: Annotated[str, typer.Argument(metavar="ID", help="Id of the new scorecard, for example social.")],
    from_: Annotated[str, typer.Option("--from", metavar="SCORECARD", help="Draw it up after this card.")] = "",
    channel: Annotated[str, typer.Option(help="Channel that it is for; else called like the card.")] = "",
    title: Annotated[str, typer.Option(help="Name shown to people.")] = "",
    prefix: Annotated[str, typer.Option(help="How its criteria begin; else the first two letters of its id.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show the draft; write nothing.")] = False,
) -> None:
    """Write the draft of a new scorecard for you to edit. It overwrites nothing."""
    from qacli.workspace.drafting import draft, new_card, write

    workspace = context.workspace
    target = new_card(workspace, scorecard)
    text = draft(workspace, scorecard, from_, channel or scorecard, title, prefix or scorecard[:2])
    if dry_run:
        context.say(text.rstrip("\n"))
        return
    write(workspace, target, text)
    context.say(f"wrote {target.relative_to(workspace.folder)}; edit it, then: qacli scorecard lint {scorecard}")


@command(app)
def lint(context: Context, scorecard: CARD) -> int:
    """Find every fault of a scorecard in one run: settings, words, scales, promises. Silent and 0 when all is well."""
    code = lint_file(context, "scorecard", scorecard)
    if not code:
        card = _standing(context.workspace.view(), scorecard)
        for each in card.criteria():
            if not each.kpis:
                context.tell(f"{each.id} names no KPI: nothing will show whether it matters to customers")
    return code


@command(app)
def show(
    context: Context,
    scorecard: CARD,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Instead, which criterion serves which promise.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Instead, its versions: who decided, when and why.")
    ] = False,
) -> None:
    """Show a scorecard as a form on one page; as a document with --format md."""
    from qacli.reports.scorecard import FORM, form_document, form_rows, form_text

    if coverage and history:
        raise UsageError("--coverage and --history do not go together", help="run the command twice")
    view = context.workspace.view()
    if history:
        _show_history(context, view, scorecard)
        return
    card = _standing(view, scorecard)
    if coverage:
        _show_coverage(context, card)
        return
    scales, approved = _scales(view, card), approved_by(view, "scorecard", card)
    if context.form == "md":
        context.say(form_document(view, card, scales, approved))
    elif context.for_people:
        context.say(form_text(card, scales, approved))
    else:
        context.show("scorecard", FORM, form_rows(card, scales), beside={"scorecard": card.reference})


def _standing(view: View, scorecard: str) -> Scorecard:
    from qacli.prepare.approval import standing

    card: Scorecard = standing(view, "scorecard", scorecard)
    return card


def _scales(view: View, card: Scorecard) -> Mapping[str, Scale]:
    return {criterion.scale: view.definition("scale", criterion.scale) for criterion in card.criteria()}


def _show_coverage(context: Context, card: Scorecard) -> None:
    from qacli.prepare.scorecards.lint import uncovered_promises
    from qacli.reports.scorecard import coverage

    columns, rows = coverage(card)
    context.show("coverage", columns, rows)
    for finding in uncovered_promises(card):
        context.tell(f"{finding.message}: {finding.help}")
    without = [each.id for each in card.criteria() if not each.kpis]
    if without:
        context.tell(f"without a KPI: {', '.join(without)}")


def _show_history(context: Context, view: View, scorecard: str) -> None:
    from qacli.reports.history import HISTORY, history

    context.show("history", HISTORY, history(view, "scorecard", scorecard))


@command(app)
def diff(
    context: Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A version, for example phone@1.0; or an id.")],
    new: Annotated[
        str, typer.Argument(metavar="[NEW]", help="Another version; an id, or nothing, for the card as it stands.")
    ] = "",
) -> int:
    """Compare two versions of a scorecard: what changed, and which trends it ends. 1 where a new version is due.

    With an id alone, the card as it stands is compared with its last version that records cite.
    """
    from qacli.prepare.scorecards.difference import differences
    from qacli.workspace.compare import compared

    pair = compared(context.workspace, "scorecard", old, new)
    found = differences(pair.old, pair.new)
    rows = [(each.where, each.setting, each.before, each.after, " ".join(each.breaks)) for each in found]
    context.show("scorecard-diff", ("where", "setting", "before", "after", "ends the trend of"), rows)
    ended = sorted({each.where for each in found if "criterion" in each.breaks})
    score = "ends" if any("score" in each.breaks for each in found) else "goes on"
    changes = f"{len(found)} change{'s' * (len(found) != 1)}"
    context.tell(f"{pair.old.reference} to {pair.new.reference}: {changes}; the trend of the score {score}")
    if ended:
        context.tell(f"the trend ends for {', '.join(ended)}")
    if pair.same_version and found:
        context.tell(
            f"{pair.new.reference} is approved or cited as it was: these changes take a new version; raise it in {pair.place}"
        )
        return 1
    return 0


@command(app, writes=True)
def approve(
    context: Context,
    scorecard: CARD,
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
    with_scales: Annotated[
        bool, typer.Option("--with-scales", help="Approve its scales too, where their trials allow it.")
    ] = False,
    override: Annotated[
        str,
        typer.Option(
            metavar="REASON", help="With the scales: against their trial; for the role that qacli.yaml names."
        ),
    ] = "",
) -> None:
    """Approve a scorecard as it stands. The owner cannot approve their own; an approved version is never edited."""
    from qacli.prepare.agreeing import approve_card

    if override and not with_scales:
        raise UsageError("--override goes with --with-scales: a card itself has no trial", help="leave it out")
    act = partial(
        approve_card,
        id=scorecard,
        comment=comment,
        decision="declined" if decline else "agreed",
        with_scales=with_scales,
        override=override,
    )
    say_decisions(context, context.commit(act).rows)


@command(app, writes=True)
def retire(
    context: Context,
    scorecard: CARD,
    reason: Annotated[str, typer.Option(help="Why it is no longer used.")],
    on: Annotated[str, typer.Option(help="Last day whose transactions are scored with it, if not today.")] = "",
) -> None:
    """Retire a scorecard: from the day after its last, nothing is drawn or scored with it. A second person does it."""
    from qacli.prepare.approval import Ending
    from qacli.prepare.approval import retire as act

    last = day(on) if on else context.workspace.clock().date()
    outcome = context.commit(partial(act, kind="scorecard", id=scorecard, last=last, reason=reason))
    row: Any = outcome.rows[0]
    [ending] = [each for each in outcome.rows if isinstance(each, Ending)]
    context.say(f"{row.item} retired by {context.workspace.actor}{context.recorded_by}; its last day is {ending.last}")


scorecard_forms.join(app)
scorecard_rules.join(app)
