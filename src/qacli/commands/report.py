"""``qacli report``: documents made of records, as Markdown or as pages, in out/ or where -o says."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands import report_action
from qacli.commands.context import Context, command, new_app
from qacli.commands.documents import HTML, PAGES, write_document, write_file
from qacli.commands.options import days, refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Change, View
    from qacli.understand.facts import Selection

app = new_app("Write documents: feedback sheets, plans, summaries, the dashboard.")


@command(app, forms=PAGES)
def feedback(
    context: Context,
    sheet: Annotated[
        str, typer.Argument(metavar="[FEEDBACK]", help="One sheet, for example f_5d; else all not yet acknowledged.")
    ] = "",
    html: HTML = False,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own Jinja template; --format json shows what it is given.")
    ] = None,
) -> None:
    """Write feedback sheets: what went well first, each point with its observation, evidence and procedure."""
    from qacli.improve.feedback.assessing import refuse_unopened
    from qacli.improve.feedback.sheet import due, sheet_of
    from qacli.reports.feedback import feedback_values

    view = context.workspace.view()
    if sheet:
        refuse_unopened(view, sheet_of(view, sheet))
    sheets: Sequence[str] = [sheet] if sheet else [each.id for each in due(view) if each.colleague != view.actor]
    if context.output and len(sheets) > 1:
        raise UsageError(
            f"{len(sheets)} sheets do not go into one file",
            help=f"name one: qacli report feedback {sheets[0]} -o {context.output}, or leave -o out",
        )
    if not sheets:
        context.tell("no feedback is waiting to be given")
    for each in sheets:
        values = feedback_values(view, each)
        if context.asked == "json":
            context.say(json.dumps(values, ensure_ascii=False, indent=1))
        else:
            write_document(context, f"feedback/{each}", _sheet(view, values, template), html=html)


def _sheet(view: View, values: dict[str, Any], template: Path | None) -> str:
    """Return a sheet by our template, or by an organisation's own, which is filled in a sandbox."""
    from qacli.reports.environment import render
    from qacli.reports.own_template import own_document

    if template:
        given = f"qacli report feedback {values['feedback']} --format json"
        return own_document(template, values, view.provenance, given)
    return render("feedback.md.j2", values)


@command(app, forms=PAGES)
def pack(
    context: Context,
    sheet: Annotated[str, typer.Argument(metavar="FEEDBACK", help="For example f_5d.")],
    html: HTML = False,
) -> None:
    """Write what a colleague is given before the talk: when, where, what was seen and heard; no score, no rating."""
    from qacli.reports.pack import pack_document

    write_document(context, f"feedback/{sheet}-pack", pack_document(context.workspace.view(), sheet), html=html)


@command(app, forms=PAGES)
def brief(
    context: Context,
    briefing: Annotated[str, typer.Argument(metavar="BRIEFING", help="For example br_5f.")],
    html: HTML = False,
) -> None:
    """Write a team briefing on one page: what was found, what is to be done, who was told, what was undertaken."""
    from qacli.reports.brief import brief_document

    write_document(context, f"briefings/{briefing}", brief_document(context.workspace.view(), briefing), html=html)


@command(app)
def change(
    context: Context, consultation: Annotated[str, typer.Argument(metavar="CONSULTATION", help="For example qc_5f.")]
) -> None:
    """Write a change pack: the rule, who was asked and what they said, what is new from which day, whether it is live."""
    from qacli.reports.change import change_document

    document = change_document(context.workspace.view(), consultation)
    write_document(context, f"changes/{consultation}", document)


@command(app, forms=PAGES)
def case(
    context: Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="Id of a case in definitions/cases.")],
    html: HTML = False,
) -> None:
    """Write a business case with its figures of today, and what was decided on it; nothing is put on record."""
    from qacli.reports.case import case_document

    write_document(context, f"cases/{case}", case_document(context.workspace.view(), case), html=html)


@command(app, forms=PAGES)
def plans(
    context: Context,
    for_: Annotated[str, typer.Option("--for", help="Only this colleague.", metavar="PERSON")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    html: HTML = False,
) -> None:
    """Write the coaching plans: need, option, owner, dates, review."""
    from qacli.reports.plan import plan_document
    from qacli.understand.facts import Selection, refuse_unknown

    view = context.workspace.view()
    refuse_stranger(view, for_)
    refuse_unknown(view, Selection(team=team))
    write_document(context, f"plans{'-' + for_ if for_ else ''}", plan_document(view, for_, team), html=html)


@command(app, forms=PAGES)
def summary(
    context: Context,
    by: Annotated[
        Literal["colleague", "team", "channel", "reason", "criterion", "deviation", "desk"],
        typer.Argument(metavar="BY", help="colleague, team, channel, reason, criterion, deviation or desk."),
    ],
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    html: HTML = False,
) -> None:
    """Write a summary with its n, intervals and cautions."""
    from qacli.reports.summary import summary_document
    from qacli.understand.facts import Selection
    from qacli.understand.summaries import summarised

    view = context.workspace.view()
    found = summarised(view, by, Selection(*days(from_, to)))
    text = summary_document(
        found.title,
        found.frame,
        found.notes,
        found.statement,
        organisation=view.settings.organisation,
        provenance=view.provenance,
    )
    write_document(context, f"summary-{by}", text, html=html)


@command(app, writes=True, slow=True, forms=PAGES)
def dashboard(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
    channel: Annotated[str, typer.Option(help="Only this channel.")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Number colleagues instead of naming them, as for a screen on a wall.")
    ] = False,
    purpose: Annotated[
        str, typer.Option(help="What the names are needed for; else the purpose of monitoring in qacli.yaml.")
    ] = "",
) -> None:
    """Write one HTML page for managers: what was found, with its n and caution, and what could not be told."""
    from qacli.reports.dashboard.page import dashboard_page
    from qacli.understand.facts import Selection, refuse_unknown

    if context.asked:
        raise UsageError("a dashboard is a page", help="end the name of its file in .html, or leave -o out")
    view = context.workspace.view()
    asked = Selection(*days(from_, to), channel=channel, team=team)
    refuse_unknown(view, asked)
    text = dashboard_page(view, asked, hidden=pseudonyms)
    if not pseudonyms:
        context.commit(partial(_named, asked=asked, purpose=purpose))
    if not context.dry_run:
        write_file(context, "dashboard.html", text)


def _named(view: View, asked: Selection, purpose: str) -> Change:
    """Return the line of the access log: the page names people beside figures about them."""
    from qacli.govern.disclosure import disclosed
    from qacli.model import Change
    from qacli.understand.facts import sample

    people = sample(view, asked).observed["colleague"].nunique()
    return Change(rows=[disclosed("dashboard", people, purpose or view.settings.purpose)] if people else [])


report_action.join(app)
