"""``qacli scorecard rules``: what the rules of a card would suggest, tried on the transcripts of what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command

if TYPE_CHECKING:
    from qacli.monitor.suggesting.trying import Tried


def join(app: typer.Typer) -> None:
    """Add the command to the group ``scorecard``."""
    command(app, "rules")(rules)


def rules(
    context: Context,
    card: Annotated[str, typer.Argument(metavar="CARD", help="Id of a scorecard, or id@version.")],
    show: Annotated[str, typer.Option(help="List each item of this rule with the words found.", metavar="RULE")] = "",
) -> None:
    """Try the rules of a card on the transcripts of drawn items: how often each finds its words, and who agreed."""
    from qacli.model import QacliError
    from qacli.monitor.suggesting.item import measures_on
    from qacli.monitor.suggesting.trying import items_of, tried
    from qacli.workspace.conversations import transcripts_of
    from qacli.workspace.measured import exported

    view = context.workspace.view()
    found = view.definition("scorecard", card)
    transcripts = transcripts_of(context.workspace)
    drawn = items_of(view, found)
    measures = {name for item in drawn for name in measures_on(view, item, found)}
    result = tried(
        view,
        found,
        lambda name: read.turns if transcripts and (read := transcripts.read(name)) else (),
        exported(context.workspace, measures, {item.transaction for item in drawn}),
    )
    if show and show not in {each.rule.id for each in result.rules}:
        known = ", ".join(each.rule.id for each in result.rules) or "none"
        raise QacliError(f"no rule '{show}' is about a criterion of {found.reference}", help=f"its rules: {known}")
    context.tell(f"{result.items} items drawn for {found.id}, {result.read} with a transcript, {result.scored} scored")
    if show:
        _one(context, next(each for each in result.rules if each.rule.id == show))
        return
    rows = [
        (
            each.rule.reference,
            each.rule.criterion,
            each.rule.title,
            len(each.found) if each.says_found else None,
            len(each.missing) if each.rule.missing else None,
            f"{each.agreed} of {each.judged}" if each.judged else "",
        )
        for each in result.rules
    ]
    context.show(
        "rules", ("rule", "criterion", "looks for", "suggests found", "suggests missing", "person agreed"), rows
    )


def _one(context: Context, tried: Tried) -> None:
    rows = [(item, suggestion.answer, suggestion.turn, suggestion.words) for item, suggestion in tried.every()]
    context.show("rule-items", ("item", "suggests", "turn", "words"), rows)
