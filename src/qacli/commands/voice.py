"""``qacli voice``: what customers say, in surveys and unasked; its themes, hidden complaints, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day, days
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.govern.voice.feedback import Heard
    from qacli.model import Change, Row, View

app = new_app("What customers say: surveys, informal remarks, themes, hidden complaints, loops closed.")
REMARK = Annotated[str, typer.Argument(metavar="REMARK", help="For example vo_5f.")]
Kind = Literal["survey", "unsolicited", "overheard", "social", "praise"]
Sentiment = Literal["positive", "negative", "mixed", "unsaid"]
FIRST_DAY, LAST_DAY = "First day on which it was said: 2026-04-01.", "Last day on which it was said."
MANY = 5
"""So many remarks to be triaged are told one by one."""


@command(app, "import", writes=True)
def import_(
    context: Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="CSV: one line for each customer who was asked.")
    ] = None,
    instrument: Annotated[str, typer.Option(help="An instrument of definitions/instruments.yaml.")] = "",
    withdraw: Annotated[
        str, typer.Option(metavar="IMPORT", help="Instead: take back an import that was wrong, for example vc_5f.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why it is taken back.")] = "",
) -> None:
    """Take in a survey, with all who were asked, or remarks from elsewhere; personal data is taken out first."""
    if bool(withdraw) == bool(file) or bool(file) != bool(instrument) or (reason and not withdraw):
        raise UsageError(
            "a file is taken in by its instrument, or an import is taken back for a reason",
            help="say: FILE --instrument ID; or: --withdraw vc_5f --reason TEXT",
        )
    if file:
        _take_in(context, file, instrument)
        return
    from qacli.govern.voice.withdrawing import withdraw as act

    outcome = context.commit(partial(act, batch=withdraw, reason=reason))
    context.say(f"{withdraw} is taken back with {len(outcome.rows) - 1} remarks{context.recorded_by}")


def _take_in(context: Context, file: Path, instrument: str) -> None:
    import hashlib

    from qacli.files import csv
    from qacli.govern.voice.feedback import VoiceImport
    from qacli.govern.voice.importing import Taken, columns_of, lines, take

    view = context.workspace.view()
    if not view.definitions("instrument"):
        raise UsageError(
            "no instrument is defined yet",
            help="say what is asked and which column holds what: definitions/instruments.yaml has an example",
        )
    found = view.look_up("instrument", instrument)
    rows = csv.read(file, columns=columns_of(found))
    with file.open("rb") as source:
        taken = Taken(file.name, hashlib.file_digest(source, "sha256").hexdigest(), lines(found, rows, str(file)))
    outcome = context.commit(partial(take, instrument=instrument, taken=taken))
    for row in outcome.rows:
        if isinstance(row, VoiceImport):
            context.say(
                f"{row.id}: {row.instrument}, {row.first} to {row.last}: {row.sent} asked, {row.returned} answered, "
                f"{row.with_words} with words{context.recorded_by}"
            )
    _prompt(context, outcome.rows)


@command(app, writes=True)
def note(
    context: Context,
    kind: Annotated[Kind, typer.Option(help="unsolicited, overheard, social or praise.")],
    words: Annotated[str, typer.Option(help="What the customer said, without names and numbers.")],
    channel: Annotated[str, typer.Option(help="Where it was heard or read.")] = "",
    transaction: Annotated[str, typer.Option(help="The transaction that it is about, if any.")] = "",
    sentiment: Annotated[Sentiment, typer.Option(help="As you heard it.")] = "unsaid",
    on: Annotated[str, typer.Option(help="Day on which it was said, if not today.")] = "",
    late: Annotated[str, typer.Option(help="Why it is not logged on the day.")] = "",
) -> None:
    """Log what nobody asked for, on the day, in the customer's words. It never counts as satisfaction."""
    from qacli.govern.voice.noting import note as act

    heard_on = day(on) if on else context.workspace.clock().date()
    outcome = context.commit(
        partial(
            act,
            kind=kind,
            words=words,
            on=heard_on,
            channel=channel.strip(),
            transaction=transaction.strip(),
            sentiment=sentiment,
            late=late,
        )
    )
    if outcome.rows:
        context.say(f"{outcome.first}: {kind} of {heard_on} logged{context.recorded_by}")
        _doubt(context, transaction.strip(), channel.strip())
    _prompt(context, outcome.rows)


def _doubt(context: Context, transaction: str, channel: str) -> None:
    """Tell what is not known here of a transaction and a channel that were typed; both may be right all the same."""
    from qacli.govern.channels import doubtful_channel
    from qacli.workspace.transactions import doubt

    view = context.workspace.view()
    for said in (doubt(context.workspace, view, transaction), doubtful_channel(view, channel)):
        if said:
            context.tell(f"note: {said}")


def _prompt(context: Context, rows: Sequence[Row]) -> None:
    """Tell which remarks may be complaints, by which words, and by when somebody decides."""
    from qacli.govern.voice.feedback import CustomerFeedback
    from qacli.govern.voice.noting import pointed

    found = [row for row in rows if isinstance(row, CustomerFeedback) and row.triage_by]
    view = context.workspace.view()
    for row in found[:MANY]:
        said, source = pointed(view, row)
        context.tell(
            f"this may be a complaint, or a case: '{said}' ({row.sign}, {source}). The clock runs from {row.on}: "
            f"triage {row.id} by {row.triage_by}: qacli voice triage {row.id} --complaint TRIGGER, or --dismiss REASON"
        )
    if len(found) > MANY:
        context.tell(f"and {len(found) - MANY} more may be complaints: qacli voice list --triage")


@command(app, writes=True)
def triage(
    context: Context,
    remark: REMARK,
    complaint: Annotated[
        str,
        typer.Option(metavar="TRIGGER", help="It is one, or another case: a trigger of definitions/escalations.yaml."),
    ] = "",
    case: Annotated[str, typer.Option(help="Its number in the register of complaints.")] = "",
    dismiss: Annotated[str, typer.Option(metavar="REASON", help="Why it is no complaint.")] = "",
) -> None:
    """Decide whether a remark is a complaint. It becomes a case, whose clocks run from the day on which it was said."""
    from qacli.govern.voice.answering import triage as act
    from qacli.govern.voice.feedback import VoiceLink

    outcome = context.commit(partial(act, feedback=remark, trigger=complaint, case=case, dismiss=dismiss))
    for row in outcome.rows:
        if isinstance(row, VoiceLink):
            what = f"case {row.to}, to be answered by {row.due} ({row.trigger})" if row.due else "no complaint"
            context.say(f"{remark}: {what}{context.recorded_by}")


@command(app, writes=True)
def theme(
    context: Context,
    remark: Annotated[str, typer.Argument(metavar="[REMARK]", help="For example vo_5f.")] = "",
    theme: Annotated[str, typer.Option(help="What it is mainly about: an id of definitions/themes.yaml.")] = "",
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Many at once: CSV with the columns remark, theme.")
    ] = None,
) -> None:
    """Say what a remark is mainly about. Two people do so apart; where they differ, a third settles it."""
    from qacli.files import csv
    from qacli.govern.voice.coding import code

    if bool(from_) == bool(remark and theme):
        raise UsageError("what is coded is not said", help="REMARK --theme ID, or --from FILE")
    codes = (
        {row.cells[0].strip(): row.cells[1].strip() for row in csv.handed_in(from_, columns=("remark", "theme"))}
        if from_
        else {remark: theme}
    )
    outcome = context.commit(partial(code, themes=codes))
    if outcome.rows:
        what = f"{remark}: {theme}" if remark else f"{len(outcome.rows)} remarks"
        context.say(f"{what} coded by {context.workspace.actor}{context.recorded_by}")


@command(app, writes=True)
def link(
    context: Context,
    remark: REMARK,
    to: Annotated[
        str, typer.Option(metavar="ID", help="The finding, plan, action, cause or change that acts on it.")
    ] = "",
    words: Annotated[str, typer.Option(help="How it acts on it.")] = "",
    nothing: Annotated[str, typer.Option(metavar="REASON", help="Why nothing is done.")] = "",
    told: Annotated[str, typer.Option(metavar="WORDS", help="Who was told what came of it, and how.")] = "",
) -> None:
    """Link a remark to what acts on it, or say why nothing is done; then who was told. That closes the loop."""
    from qacli.govern.voice import answering
    from qacli.workspace.tables import tables

    if sum(bool(each.strip()) for each in (to, nothing, told)) != 1:
        raise UsageError("one thing at a time is linked", help="say one of: --to ID, --nothing REASON, --told WORDS")

    def act(view: View) -> Change:
        if to:
            return answering.link(view, remark, to, words, tables())
        return answering.leave(view, remark, nothing) if nothing else answering.tell(view, remark, told)

    if context.commit(act).rows:
        what = f"linked to {to}" if to else "nothing is done, and why" if nothing else "told; the loop is closed"
        context.say(f"{remark}: {what}{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context,
    triage: Annotated[bool, typer.Option("--triage", help="Only what may be a complaint and is not decided.")] = False,
    to_code: Annotated[bool, typer.Option("--to-code", help="Only what you can code; nobody's code is shown.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Only those whose loop is not closed.")] = False,
    from_: Annotated[str, typer.Option("--from", help=FIRST_DAY)] = "",
    to: Annotated[str, typer.Option("--to", help=LAST_DAY)] = "",
) -> None:
    """List remarks: what was said, what it is about, and how far it has come."""
    from qacli.govern.voice.coding import to_code as codable
    from qacli.govern.voice.feedback import heard

    view = context.workspace.view()
    found = codable(view, context.workspace.actor) if to_code else heard(view, *days(from_, to))
    rows = [
        _row(each, hidden=to_code)
        for each in found
        if not (triage and not each.triage_open) and not (open_ and each.closed)
    ]
    columns = ("remark", "kind", "on", "channel", "transaction", "theme", "state", "triage by", "answer by", "words")
    context.show("remarks", columns, rows)
    if to_code and rows:
        context.tell(f"next: qacli voice theme {rows[0][0]} --theme ID{as_before(context.workspace)}")


def _row(each: Heard, *, hidden: bool) -> tuple[object, ...]:
    complaint = each.link("complaint", "no-complaint")
    row = each.feedback
    name = "contested" if each.contested else each.theme or None
    return (
        row.id,
        row.kind,
        row.on,
        row.channel or None,
        row.transaction or None,
        None if hidden else name,
        each.state,
        row.triage_by if each.triage_open else None,
        complaint.due if complaint else None,
        str(row.words),
    )


@command(app)
def report(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help=FIRST_DAY)] = "",
    to: Annotated[str, typer.Option("--to", help=LAST_DAY)] = "",
) -> None:
    """Write what customers say as Markdown: response and its bias, satisfaction, themes by kind, loops closed."""
    from qacli.reports.voice import voice_document

    if context.asked not in {None, "md"}:
        raise UsageError("a report is Markdown", help="leave --format out; the remarks alone: qacli voice list")
    context.say(voice_document(context.workspace.view(), *days(from_, to)))
