"""``qacli case``: a business case whose every figure is traced to what makes it, and the decision on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.documents import PAGES, write_document
from qacli.commands.options import as_before
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from qacli.improve.cases.standing import Standing

app = new_app("Business cases: every figure traced to the record that makes it; drafted, checked, approved.")
COLUMNS = (
    "case",
    "owner",
    "state",
    "recommends",
    "cost",
    "benefit",
    "gain",
    "at worst",
    "at best",
    "currency",
    "asks",
    "by",
    "title",
)
BRIEF = ("case", "state", "recommends", "cost", "gain", "at worst", "asks", "by")
"""The columns that fit a terminal."""
CASE = Annotated[
    str, typer.Argument(metavar="CASE", help="Id of a case in definitions/cases, for example identity-panel.")
]


@command(app, writes=True, forms=PAGES)
def draft(context: Context, case: CASE) -> None:
    """Work out a case with its figures of today, put them on record, and write the paper, as Markdown and to print."""
    from qacli.improve.cases import drafting
    from qacli.improve.cases.fitting import case_of
    from qacli.reports.case import refuse_unfit

    if context.asked not in {None, "md"}:
        raise UsageError("a paper is Markdown or a page", help=f"for its figures: qacli case check {case}")
    refuse_unfit(context.workspace.view(), case)
    outcome = context.commit(partial(drafting.draft, id=case))
    if context.dry_run:
        return
    if outcome.rows:
        asked = case_of(context.workspace.view(), case).ask.of
        then = f"qacli case approve {case}{as_before(context.workspace, asked)}"
        context.tell(f"{outcome.first}: drafted{context.recorded_by}; next: {then}")
    _write(context, case)


def _write(context: Context, case: str) -> None:
    """Write the paper of a case where -o says, else below out/, as Markdown and as a page."""
    from qacli.reports.case import case_document

    text = case_document(context.workspace.view(), case)
    write_document(context, f"cases/{case}", text)
    if not context.output and not context.asked:
        write_document(context, f"cases/{case}", text, html=True)


@command(app)
def check(context: Context, case: CASE) -> int:
    """Work out every figure of a case again and show which have changed since its last draft. Ends with 1 where any has."""
    from qacli.improve.cases.fitting import case_of
    from qacli.improve.cases.record import plain
    from qacli.improve.cases.standing import standing_of

    view = context.workspace.view()
    found = standing_of(view, case_of(view, case))
    if found.lacking or not found.found:
        raise found.lacking or AssertionError(f"{case} has no figures")
    before = {each.name: each.before for each in found.moved}
    rows = [
        {
            "figure": each.name,
            "value": plain(each.value),
            "low": None if each.low is None else plain(each.low),
            "high": None if each.high is None else plain(each.high),
            "unit": each.unit,
            "made by": each.command or "assumption",
            "rests on": each.trace,
            "changed": "changed" if each.name in before else None,
            "at the draft": plain(row.value) if (row := before.get(each.name)) else None,
        }
        for each in found.found.known.values()
    ]
    # what a figure rests on stands on the paper; a line on a terminal has no room for it
    columns = [name for name in rows[0] if name != "rests on" or not context.for_people]
    table = [[row[name] for name in columns] for row in rows]
    context.show("case-figures", columns, table, title=f"{found.case.reference}: {found.state}")
    for option in found.found.outcomes.values():
        context.tell(
            f"{option.option.id}: cost {option.cost:,}, benefit {option.benefit:,}, better than doing nothing by "
            f"{option.gain:,} ({option.worst:,} to {option.best:,}) {found.case.currency}"
        )
    context.tell(f"{found.case.reference}: {found.state}")
    return Exit.FINDINGS if found.draft and (found.moved or found.edited or not found.current) else Exit.FINE


@command(app, writes=True)
def approve(
    context: Context,
    case: CASE,
    comment: Annotated[str, typer.Option(help="What you decide, and under which conditions.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not approve it.")] = False,
) -> None:
    """Decide on the last draft of a case, as whom it asks. Its text and figures must still be those of the draft."""
    from qacli.commands.approvals import say_decisions
    from qacli.improve.cases import drafting

    decision = "declined" if decline else "agreed"
    outcome = context.commit(partial(drafting.approve, id=case, comment=comment, decision=decision))  # type: ignore[arg-type]
    say_decisions(context, outcome.rows)
    if outcome.rows and not (context.dry_run or context.output or context.asked):
        _write(context, case)


@command(app, "list")
def list_(context: Context) -> None:
    """List the cases: what each recommends, what that comes to, how far it is, and whether its figures have changed."""
    from qacli.improve.cases.standing import standings

    rows = [_row(each) for each in standings(context.workspace.view())]
    columns = [name for name in COLUMNS if name in BRIEF or not context.for_people]
    context.show("cases", columns, [[row[name] for name in columns] for row in rows])
    if not rows:
        context.tell("no case is written yet: definitions/cases/NAME.yaml; what stands in one: qacli schema case")


def _row(each: Standing) -> dict[str, object]:
    case, ours = each.case, each.found.recommended if each.found else None
    figures = (ours.cost, ours.benefit, ours.gain, ours.worst, ours.best) if ours else (None,) * 5
    told = (case.reference, case.owner, each.state, case.recommend, *figures, case.currency)
    return dict(zip(COLUMNS, (*told, case.ask.of, case.ask.by, case.title), strict=True))
