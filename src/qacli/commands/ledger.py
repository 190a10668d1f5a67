"""``qacli ledger``: prove the records, and show who did what when."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app

if TYPE_CHECKING:
    from qacli.ledger.verify import Damage

app = new_app("Verify and show the trail of records.")

DIFFERENCE = ("kind", "file", "first", "last", "entry", "at", "actor", "command", "message")


@command(app, slow=True)
def verify(
    context: Context,
    against: Annotated[
        Path | None, typer.Option(metavar="SEAL", help="Compare with a seal that was kept elsewhere.")
    ] = None,
    signers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Allowed signers (ssh-keygen): who may have signed the seal.")
    ] = None,
) -> int:
    """Compare every record with the journal. Silent and 0 when all is as recorded; else 1 and every difference."""
    from qacli.ledger.verify import verify as differences

    broken, rows = 0, []
    for damage in differences(context.workspace.folder):
        broken += not damage.note
        if context.for_programs:
            rows.append(_row(damage))
        else:
            (context.tell if damage.note else context.say)(str(damage))
    if broken:
        context.tell(
            "files that a spreadsheet saved, values unchanged: qacli ledger repair; else restore from a backup"
        )
    if against and (problem := _against(context, against, signers)):
        broken += 1
        if context.for_programs:
            rows.append(("broken", str(against), *[None] * 6, problem))
        else:
            context.say(f"broken: {problem}")
    if context.for_programs:
        context.show("differences", DIFFERENCE, rows)
    return 1 if broken else 0


def _row(damage: Damage) -> tuple[object, ...]:
    entry = damage.entry
    made = (entry.seq, entry.time, entry.actor, entry.command) if entry else (None,) * 4
    kind = "note" if damage.note else "broken"
    return kind, damage.file, damage.first or None, damage.last or None, *made, damage.message


def _against(context: Context, file: Path, signers: Path | None) -> str:
    """Return how the trail is not the one that was sealed, or its seal not signed as it should be; else nothing."""
    from qacli.ledger.seal import compare, parse, signed_by
    from qacli.model import UsageError

    if not file.is_file():
        raise UsageError(f"{file} is not there", help="name a file that holds what qacli ledger seal printed")
    found = parse(file.read_text("utf-8", "replace"), str(file))
    problem = compare(context.workspace.folder, found).problem
    if problem or not signers:
        return problem
    name = signed_by(found, signers)
    if name is None:
        return f"{file} is not signed by anybody in {signers}"
    context.tell(f"sealed by {name}")
    return ""


@command(app, slow=True)
def seal(
    context: Context, key: Annotated[Path | None, typer.Option(metavar="FILE", help="SSH key to sign with.")] = None
) -> None:
    """Print the head of the trail in five lines. Keep it where the people who write records cannot write.

    --format gives its parts as a table; what verify --against reads are the lines.
    """
    from qacli.ledger.seal import seal as make
    from qacli.ledger.seal import sign

    found = make(context.workspace.folder)
    if key:
        found = sign(found, key)
    if context.asked in {"csv", "json", "md"}:  # QACLI_FORMAT is for results: it would spoil what is kept as a seal
        context.show("seal", found._fields, [[part or None for part in found]])
    else:
        context.say(f"{found}{found.signature}")


@command(app)
def trace(
    context: Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Any record, for example o_4p.")],  # noqa: A002
) -> int:
    """Show the chain that a record stands in: sample, observation, feedback, plan. 1 where a link is broken."""
    from qacli.govern.trace import trace as chain
    from qacli.workspace.tables import tables

    links = chain(context.workspace.view(), tables(), id)
    heads = [link for link in links if link.row.LETTER]
    rows = [(link.row.id, link.row.TABLE, link.row.at, link.row.by, " ".join(link.broken)) for link in heads]
    context.show("trace", ("id", "table", "at", "by", "leads nowhere"), rows)
    broken = sum(len(link.broken) for link in links)
    if broken:
        context.tell(f"{broken} link{'s' * (broken != 1)} lead nowhere: records that were retired, or lost")
    return 1 if broken else 0


@command(app)
def show(
    context: Context,
    id: Annotated[str, typer.Argument(metavar="[ID]", help="Id of a record: show its entry and its rows.")] = "",  # noqa: A002
    last: Annotated[int, typer.Option(min=0, help="How many entries, newest last; 0 for all.")] = 20,
) -> None:
    """Show the entries of the journal, or what is recorded under one id."""
    from qacli.ledger import journal

    path = context.workspace.folder / journal.NAME
    if id:
        _show_one(context, id)
        return
    entries = list(journal.entries(path))
    rows = [
        (
            entry.seq,
            entry.time,
            entry.actor,
            entry.via,
            entry.command,
            entry.key,
            " ".join(part.file.rsplit("/", 1)[1].removesuffix(".csv") for part in entry.ranges),
        )
        for entry in entries[-last if last else 0 :]
    ]
    context.show("ledger", ("entry", "time", "actor", "via", "command", "key", "tables"), rows)


def _show_one(context: Context, id: str) -> None:  # noqa: A002
    from dataclasses import fields

    from qacli.ledger.ids import entry_number
    from qacli.model import QacliError
    from qacli.workspace.tables import tables

    view = context.workspace.view()
    number = entry_number(id)
    rows = [
        (kind.TABLE, row.id, field.name, getattr(row, field.name))
        for kind in tables()
        for row in view.rows(kind)
        if row.id == id or row.id.startswith(id + "-")
        for field in fields(row)
        if field.name != "id"
    ]
    if not rows:
        raise QacliError(f"nothing is recorded under {id}", help="ids look like o_4p; entries: qacli ledger show")
    context.tell(
        f"entry {number}" + (f"; {id} was corrected and is no longer in force" if id in view.withdrawn else "")
    )
    context.show("record", ("table", "id", "column", "value"), rows)


host = new_app("The one computer that writes to this folder.")
app.add_typer(host, name="host", help="The one computer that writes to this folder.")


@command(host, writes=True)
def take(context: Context) -> None:
    """Make this computer the one that writes here. Do it once, on a complete copy, when the other has stopped."""
    from qacli.commands.context import RECORDED
    from qacli.ledger.head import read_head
    from qacli.ledger.trail import Signature, this_host, writing

    workspace = context.workspace
    if read_head(workspace.folder).host in {"", this_host()}:
        context.tell("this computer writes here already: nothing to do")
        return
    if context.dry_run:
        context.tell("dry run: nothing was recorded")
        return
    with writing(
        workspace.folder, Signature(workspace.actor, workspace.via, "ledger host take"), any_host=True
    ) as trail:
        RECORDED.append(trail.append(()).seq)
    context.say(f"this computer ({this_host()}) now writes here")


@command(app, writes=True)
def redact(
    context: Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Words (w_...), or records whose texts are meant.")],
    reason: Annotated[str, typer.Option(help="Why the text goes.")] = "",
) -> None:
    """Overwrite free text in the records. What was there cannot be brought back; the trail still verifies."""
    from qacli.govern import redaction
    from qacli.workspace.mend import copies_of
    from qacli.workspace.tables import tables

    workspace = context.workspace
    texts = workspace.view().texts
    outcome = context.commit(partial(redaction.redact, tables=tables(), ids=ids, reason=reason))
    gone = [texts.get(row.words, "") for row in outcome.rows if isinstance(row, redaction.Redaction)]
    if outcome.rows:
        context.say(f"{len(outcome.rows)} text{'s' * (len(outcome.rows) != 1)} redacted")
    for copy in copies_of(workspace, gone):
        context.tell(f"{copy.where}: {copy.what}; {copy.to_do}")


@command(app, writes=True)
def retire(
    context: Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="CLASS", help="draws, observations, feedback, coaching, requests, disclosures, adjustments."
        ),
    ],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="A year that is over.")],
    reason: Annotated[str, typer.Option(help="Under which rule they go.")] = "",
) -> None:
    """Let the records of one class and year go, texts included. The journal keeps that they were."""
    from qacli.govern.retirement import Retirement
    from qacli.govern.retirement import retire as act
    from qacli.workspace.mend import places_of_copies
    from qacli.workspace.tables import tables

    outcome = context.commit(partial(act, tables=tables(), kind=kind, year=year, reason=reason))
    for row in outcome.rows:
        if isinstance(row, Retirement):
            context.say(f"{row.name} of {row.year}: {row.rows:,} row{'s' * (row.rows != 1)} retired")
    if outcome.rows and (places := places_of_copies(context.workspace.folder)):
        context.tell(f"copies of what went may still lie in {', '.join(places)}: empty them, or look through them")


@command(app)
def repair(context: Context) -> int:
    """Restore record files that another program saved with the same values. 1 where values were changed."""
    from qacli.workspace.mend import repair_all

    found = repair_all(context.workspace)
    for each in found:
        if each.restored:
            context.say(f"{each.file}: the values are as recorded; restored, the other form is in quarantine/")
        elif each.rows:
            rows = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in each.rows)
            context.say(f"{each.file}: values were changed in rows {rows}; restore the file from a backup")
        else:
            context.say(f"{each.file}: {each.reason}; restore the file from a backup")
    if not found:
        context.tell("every record file is as recorded: nothing to do")
    return 0 if all(each.restored for each in found) else 1


@command(app, writes=True)
def adopt(
    context: Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Record file with rows typed by hand, or its copy in quarantine/.")
    ],
) -> None:
    """Record rows that somebody typed into a table by hand, with the time and the actor of now."""
    from qacli.workspace.mend import adopt as act
    from qacli.workspace.mend import typed_rows

    kind, lines = typed_rows(context.workspace, file)
    outcome = context.commit(partial(act, kind=kind, file=file, lines=lines))
    for row in outcome.rows:
        context.say(f"{row.id or 'would be'} recorded in {kind.TABLE}")
