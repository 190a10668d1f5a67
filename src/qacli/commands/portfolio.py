"""``qacli portfolio``: what the records prove of five standards; own words, evidence, signatures, the pack."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands import portfolio_pack
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, refuse_stranger
from qacli.commands.portfolio_found import coverage_of, units_named
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from qacli.govern.portfolio.adding import Given
    from qacli.govern.portfolio.coverage import Cell, Coverage
    from qacli.govern.portfolio.signing import Statement
    from qacli.model import Change, View
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView

app = new_app("Show what the records prove of five standards; own words, evidence, signatures, the pack.")
UNIT = Annotated[str, typer.Option(help="Only this standard: mon, d13, per, gde or cfa.")]
CANDIDATE = Annotated[str, typer.Option("--for", metavar="PERSON", help="Whose portfolio, if not your own.")]
LONG = ("put in", "occasions", "lacks")
"""Columns that a terminal has no room for; qacli portfolio coverage ID tells them."""


@command(app, "map")
def map_(
    context: Context,
    criterion: Annotated[str, typer.Argument(metavar="[ID]", help="For example mon-p9; left out: all of them.")] = "",
    unit: UNIT = "",
) -> None:
    """Show what each criterion asks of the records, and which command makes it. Headings are reference, not evidence."""
    from qacli.govern.portfolio.saying import find_criterion

    chosen = units_named(unit)
    found = [find_criterion(criterion, chosen)] if criterion else [each for one in chosen for each in one.criteria]
    rows = [(each.id, each.heading, part.in_words, each.make(part)) for each in found for part in each.needs]
    context.show("portfolio-map", ("id", "about", "asks for", "made by"), rows)
    context.tell(f"{len(found)} criteri{'on' if len(found) == 1 else 'a'}; the headings are reference, not evidence")


@command(app, slow=True)
def coverage(
    context: Context,
    criterion: Annotated[str, typer.Argument(metavar="[ID]", help="Show the records behind this one: mon-p9.")] = "",
    unit: UNIT = "",
    state: Annotated[str, typer.Option(help="Only what is held, lacks or is not-live.")] = "",
    for_: CANDIDATE = "",
) -> None:
    """Show for each criterion whether records hold it, over how many days and customers, and what it lacks."""
    from qacli.govern.portfolio.coverage import DECIDES

    wanted = _state(state)
    view = context.workspace.view()
    refuse_stranger(view, for_)
    found = coverage_of(view, for_, unit)
    if criterion:
        _show_cell(context, found, criterion)
        return
    cells = [cell for cell in found.cells if not wanted or cell.state == wanted]
    context.show("portfolio-coverage", *_table(cells, short=context.for_people))
    counts = ", ".join(f"{name} {count}" for name, count in found.counts().items())
    context.tell(f"{found.candidate}: {counts} of {len(found.cells)}. {DECIDES}")


def _state(typed: str) -> str:
    from qacli.govern.portfolio.coverage import HELD, LACKS, NOT_LIVE

    states = {"": "", "held": HELD, "lacks": LACKS, "not-live": NOT_LIVE}
    if typed not in states:
        raise UsageError(f"there is no state '{typed}'", help="one of: held, lacks, not-live")
    return states[typed]


def _show_cell(context: Context, found: Coverage, id: str) -> None:  # noqa: A002
    from qacli.govern.portfolio.saying import NoSuchCriterion

    known = {cell.criterion.id: cell for cell in found.cells}
    cell = known.get(id.lower())
    if cell is None:
        raise NoSuchCriterion(id, list(known))
    rows = [(row.id, type(row).TABLE, row.at, row.by, row.provenance) for row in [*cell.rows, *cell.added]]
    context.show("portfolio-cell", ("record", "table", "at", "by", "provenance"), rows)
    context.tell(f"{cell.criterion.id}, {cell.criterion.heading}: {cell.state}")
    for lack in cell.lacks:
        context.tell(f"lacks: {lack.missing}; {lack.make}")


def _table(cells: Sequence[Cell], *, short: bool) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return columns and rows of the grid; ``short`` is what fits a terminal."""
    columns = ("id", "about", "state", "records", "put in", "days", "customers", "occasions", "lacks", "next")
    chosen = [place for place, name in enumerate(columns) if not short or name not in LONG]
    rows = [_row(cell) for cell in cells]
    return tuple(columns[place] for place in chosen), [tuple(row[place] for place in chosen) for row in rows]


def _row(cell: Cell) -> tuple[object, ...]:
    lacks = "; ".join(lack.missing for lack in cell.lacks) or None
    following = "; ".join(dict.fromkeys(lack.make for lack in cell.lacks)) or None
    spread = (cell.days, cell.transactions, cell.occasions)
    return (
        cell.criterion.id,
        cell.criterion.heading,
        cell.state,
        len(cell.rows),
        len(cell.added),
        *spread,
        lacks,
        following,
    )


@command(app, writes=True)
def say(
    context: Context,
    criteria: Annotated[
        str, typer.Argument(metavar="ID,ID...", help="For example mon-k7,d13-4.6; gde-t6 is the reflective account.")
    ],
    words_file: Annotated[Path | None, typer.Option(help="Text file with your own words.")] = None,
    words: Annotated[str, typer.Option(help="Your own words, instead of a file.")] = "",
    before: Annotated[str, typer.Option(help="Of an account: the figure before, for example kv_3a.")] = "",
    after: Annotated[str, typer.Option(help="The figure after.")] = "",
    claim: Annotated[str, typer.Option(help="What the two show: better, worse or not-told-apart.")] = "",
) -> None:
    """Put your own words on record, of criteria that ask the same. Templates, copies and names of people are refused."""
    from qacli.govern.portfolio.saying import Claim
    from qacli.govern.portfolio.saying import say as act

    if bool(words) == bool(words_file):
        raise UsageError("own words come from a file or from the line", help="--words-file FILE, or --words TEXT")
    text = _text(words_file) if words_file else words
    about = [each.strip().lower() for each in criteria.split(",") if each.strip()]
    stated = Claim(before, after, claim)
    outcome = context.commit(partial(act, about=about, text=text, units=units_named(""), claim=stated))
    if outcome.rows:
        count = len(text.split())
        context.say(
            f"{outcome.first or 'would be'}: {count} words of {context.workspace.actor} on {', '.join(about)}{context.recorded_by}"
        )


def _text(path: Path) -> str:
    from qacli.workspace.added import read_own

    return read_own(path)[0]


@command(app, writes=True)
def add(
    context: Context,
    evidence: Annotated[
        str, typer.Argument(metavar="RECORD|FILE", help="A record such as o_4p, or a file below the folder.")
    ],
    covers: Annotated[str, typer.Option(help="Criteria that it is for: mon-p9,d13-2.4.")],
    role_note: Annotated[str, typer.Option(help="Your own part in it, in one sentence.")],
    method: Annotated[str, typer.Option(help="product, observation, witness or discussion.")] = "product",
    author: Annotated[str, typer.Option(metavar="PERSON", help="Who made a file, if not you.")] = "",
) -> None:
    """Put a record or a file into your portfolio, with your own part in it. What others made is refused as a product."""
    from qacli.govern.portfolio.adding import add as act
    from qacli.workspace.tables import tables

    refuse_stranger(context.workspace.view(), author)
    ids = [each.strip() for each in covers.split(",") if each.strip()]
    outcome = context.commit(
        partial(
            act,
            given=_given(context, evidence),
            covers=ids,
            method=method,
            author=author,
            role_note=role_note,
            units=units_named(""),
            kinds=tables(),
        )
    )
    if outcome.rows:
        context.say(f"{outcome.first or 'would be'}: {evidence} for {', '.join(ids)}{context.recorded_by}")


def _given(context: Context, evidence: str) -> Given:
    from qacli.govern.portfolio.adding import Given
    from qacli.workspace.added import read_added

    if "_" in evidence and "." not in evidence and "/" not in evidence:
        return Given(record=evidence)
    return read_added(context.workspace.folder, Path(evidence))


@command(app, writes=True)
def sign(
    context: Context,
    role: Annotated[str, typer.Option(help="candidate, assessor or verifier.")],
    for_: CANDIDATE = "",
    comment: Annotated[str, typer.Option(help="What you say beside your signature.")] = "",
    sampled: Annotated[str, typer.Option(help="Of the internal verifier: day of the sample.")] = "",
    key: Annotated[Path | None, typer.Option(help="SSH key for a detached signature of the same statement.")] = None,
) -> None:
    """Sign for the pack as it stands, every file of it. What is added or changed later is not signed for."""
    from qacli.govern.portfolio.portfolio import require_portfolio
    from qacli.govern.portfolio.records import PortfolioSignature
    from qacli.govern.portfolio.signing import NAMESPACE, bare
    from qacli.ledger.seal import signature_of

    view = context.workspace.view()
    candidate = for_ or _candidate(view, role)
    require_portfolio(view, candidate)
    when = day(sampled) if sampled else None
    state = partial(
        _statement, workspace=context.workspace, candidate=candidate, role=role, sampled=when, comment=comment
    )
    signed = state(view) if key else None
    ssh = bare(signature_of(str(signed), key, NAMESPACE)) if key else ""
    for row in context.commit(partial(_signed, state=state, ssh=ssh, signed=signed)).rows:
        if isinstance(row, PortfolioSignature):
            whom = f"{row.rows} rows of {row.candidate}"
            context.say(f"{context.workspace.actor} signs as {role} for {whom}{context.recorded_by}")
            context.tell(f"sha256 of what was signed (signed.txt of the pack): {row.sha256}")


def _candidate(view: View, role: str) -> str:
    from qacli.govern.portfolio.portfolio import Portfolio
    from qacli.govern.portfolio.records import SIGNERS

    if role not in SIGNERS:
        raise UsageError(f"nobody signs as '{role}'", help=f"one of: {', '.join(SIGNERS)}")
    known: list[Portfolio] = list(view.definitions("portfolio"))
    mine = dict.fromkeys(each.candidate for each in known if each.person(role) == view.actor)
    if len(mine) > 1:
        raise UsageError(
            f"{view.actor} signs as {role} for {', '.join(mine)}", help=f"say for whom: --for {next(iter(mine))}"
        )
    return next(iter(mine), "")


def _statement(
    view: FolderView, workspace: Workspace, candidate: str, role: str, sampled: date | None, comment: str
) -> Statement:
    from qacli.commands.portfolio_found import packed_of
    from qacli.govern.portfolio.packing import refuse_changed
    from qacli.govern.portfolio.signing import statement
    from qacli.reports.portfolio.pack import contents_of
    from qacli.workspace.added import file_now

    made_of = packed_of(workspace, view, candidate)
    refuse_changed(made_of.found, partial(file_now, workspace.folder))
    return statement(view, made_of.found.candidate, contents_of(made_of), role, sampled, comment)


def _signed(view: FolderView, state: Callable[[FolderView], Statement], ssh: str, signed: Statement | None) -> Change:
    from qacli.govern.portfolio.portfolio import require_portfolio
    from qacli.govern.portfolio.signing import sign as act

    now = state(view)
    if signed and now != signed:
        raise UsageError("the records grew while you signed", help="sign again")
    return act(view, require_portfolio(view, now.candidate), now, ssh)


portfolio_pack.join(app)
