"""``qacli privacy``: requests of people about their data, what is due to go, what is held, who is erased."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from qacli.govern.privacy import Standing
    from qacli.model import Change, View

app = new_app("Answer requests of people about their data; keep, hold and erase.")
SUBJECT = Annotated[
    str, typer.Argument(metavar="PERSON", help="Person id; or what a customer is called: transaction id, reference.")
]
RECEIVED = Annotated[str, typer.Option(help="Day on which it came, if not today: 2026-05-20.")]
CHANNEL = Annotated[str, typer.Option(help="How it came, for example: letter, by phone.")]
ON = Annotated[str, typer.Option(help="Day of what is recorded, if not today.")]
DONE = Annotated[bool, typer.Option("--done", help="It was answered.")]
WORDS = Annotated[str, typer.Option(help="What was said or asked.")]


@command(app, writes=True)
def access(
    context: Context,
    person: SUBJECT,
    received: RECEIVED = "",
    channel: CHANNEL = "",
    stop_clock: Annotated[bool, typer.Option("--stop-clock", help="You asked what exactly, or who it is.")] = False,
    start_clock: Annotated[bool, typer.Option("--start-clock", help="The answer to that came.")] = False,
    extend: Annotated[
        bool, typer.Option("--extend", help="It is complex: the further months of the deadline.")
    ] = False,
    done: DONE = False,
    on: ON = "",
    words: WORDS = "",
) -> None:
    """Record a request of access and write its pack to out/access/; or record what happened to it."""
    from qacli.govern import privacy

    told = {privacy.STOPPED: stop_clock, privacy.STARTED: start_clock, privacy.EXTENDED: extend, privacy.DONE: done}
    if any(told.values()):
        _happen(context, "access", person, [kind for kind, happened in told.items() if happened], on, words)
        return
    came = day(received) if received else None
    context.commit(partial(_asked_and_packed, subject=person, received=came, channel=channel, words=words))
    if context.dry_run:
        return
    view = context.workspace.view()
    if waiting := privacy.open_request(view, "access", person):
        context.say(f"{waiting.request.id}: {_due(waiting)}")
    _write_pack(context, view, person)


def _asked_and_packed(view: View, subject: str, received: date | None, channel: str, words: str) -> Change:
    from qacli.govern.access import pack
    from qacli.govern.disclosure import disclosed
    from qacli.govern.privacy import PERSON, receive, rows_of
    from qacli.govern.subject import refuse_unknown
    from qacli.model import Change
    from qacli.workspace.tables import tables

    refuse_unknown(view, tables(), subject)
    found = pack(view, tables(), subject)
    # a customer's reference may be a name: it stands in the request, where it can be redacted
    whose = subject if PERSON.fullmatch(subject) else ""
    log = disclosed("access pack", found.rows, "answer to a request of access", whose)
    return rows_of([receive(view, "access", subject, received, channel, words), Change(rows=[log])])


def _write_pack(context: Context, view: View, subject: str) -> None:
    from qacli.commands.output import from_here
    from qacli.files.whole import make_directories, replace_file
    from qacli.govern.access import pack
    from qacli.govern.privacy import PERSON, open_request
    from qacli.reports.access import access_files
    from qacli.workspace.tables import tables

    waiting = open_request(view, "access", subject)
    name = subject if PERSON.fullmatch(subject) else waiting.request.id if waiting else "customer"
    place: Path = context.workspace.folder / "out" / "access" / name
    make_directories(place, context.workspace.folder)
    for old in place.glob("*.csv"):
        old.unlink()
    files = access_files(view, pack(view, tables(), subject))
    for file, text in files.items():
        replace_file(place / file, text)
    context.say(f"wrote {from_here(place / 'index.md')} and {len(files) - 1} table{'s' * (len(files) != 2)}")


def _happen(context: Context, kind: str, person: str, kinds: list[str], on: str, words: str) -> None:
    from qacli.govern import privacy
    from qacli.model import UsageError

    if len(kinds) > 1:
        raise UsageError("one thing at a time", help=f"record each with its day: {', '.join(kinds)}")
    when = day(on) if on else context.workspace.clock().date()
    act = partial(privacy.happen, kind=kind, subject=person, what=kinds[0], on=when, words=words)
    outcome = context.commit(act)
    if outcome.seq is not None:
        view = context.workspace.view()
        request = next(each for each in view.current(privacy.Request) if each.id == outcome.rows[0].request)  # type: ignore[attr-defined]
        context.say(f"{request.id}: {kinds[0]}; {_due(privacy.standing(view, request))}")


def _due(standing: Standing) -> str:
    from qacli.prepare.period import in_words

    if standing.done:
        return f"answered on {in_words(standing.done)}, due {in_words(standing.due)}"
    if standing.stopped:
        return f"clock stopped since {in_words(standing.stopped)}; due {in_words(standing.due)} if it started today"
    return f"due {in_words(standing.due)}"


@command(app, writes=True)
def complaint(
    context: Context,
    person: SUBJECT,
    received: RECEIVED = "",
    channel: CHANNEL = "",
    done: Annotated[bool, typer.Option("--done", help="It was acknowledged.")] = False,
    on: ON = "",
    words: WORDS = "",
) -> None:
    """Record a complaint about how data are handled, and by when it is to be acknowledged; or that it was."""
    from qacli.govern import privacy

    if done:
        _happen(context, "complaint", person, [privacy.DONE], on, words)
        return
    came = day(received) if received else None
    outcome = context.commit(partial(_complained, subject=person, received=came, channel=channel, words=words))
    if outcome.seq is not None:
        view = context.workspace.view()
        context.say(f"{outcome.first}: {_due(privacy.standing(view, view.one(privacy.Request, outcome.first)))}")


def _complained(view: View, subject: str, received: date | None, channel: str, words: str) -> Change:
    from qacli.govern.privacy import receive
    from qacli.govern.subject import refuse_unknown
    from qacli.workspace.tables import tables

    refuse_unknown(view, tables(), subject)
    return receive(view, "complaint", subject, received, channel, words)


@command(app)
def due(context: Context) -> int:
    """List open requests with their days, and what is due to go. 1 where something is overdue."""
    from qacli.govern import retention
    from qacli.govern.privacy import open_requests, subject_of
    from qacli.govern.staying import reasons_to_stay
    from qacli.workspace.tables import tables

    view, kinds = context.workspace.view(), tables()
    requests, going = open_requests(view), retention.due(view, kinds, reasons_to_stay(view, kinds))
    rows: list[tuple[object, ...]] = [
        (f"{each.request.kind} {each.request.id}", subject_of(each.request), None, each.due, _state(each))
        for each in requests
    ]
    rows += [
        (f"retire {each.rule}", f"{each.table} {each.year}", each.rows, each.since, each.stays or "due")
        for each in going
    ]
    if rows or context.for_programs:
        context.show("privacy-due", ("what", "of", "rows", "due", "state"), rows)
    if unruled := retention.unruled(view, kinds):
        context.tell(f"no rule of definitions/retention.yaml says how long these are kept: {', '.join(unruled)}")
    for hold in _holds(view):
        context.tell(hold)
    return 1 if any(each.overdue for each in requests) or any(not each.stays for each in going) else 0


def _state(standing: Standing) -> str:
    if standing.overdue:
        return "overdue"
    return f"clock stopped since {standing.stopped}" if standing.stopped else "open"


def _holds(view: View) -> Iterator[str]:
    from qacli.govern.hold import held
    from qacli.prepare.period import in_words

    for each in held(view):
        until = f"until {in_words(each.until)}" if each.until else "until it is released"
        yield f"{each.id} holds {each.person or each.records} {until}: {each.reason.text}"


@command(app, writes=True)
def hold(
    context: Context,
    subject: Annotated[
        str,
        typer.Argument(metavar="PERSON|CLASS", help="Person id, or a class of records; with --release also a hold."),
    ],
    reason: Annotated[str, typer.Option(help="Why it must stay, or why it may go.")] = "",
    until: Annotated[str, typer.Option(help="Last day; left out: until it is released.")] = "",
    release: Annotated[bool, typer.Option("--release", help="End every hold on it, or this one.")] = False,
) -> None:
    """Hold what would be erased or retired, for a person or a class of records; or release it."""
    from qacli.govern import hold as holds

    if release:
        outcome = context.commit(partial(holds.release, subject=subject, reason=reason))
        if outcome.seq is not None:
            ended = [row.hold for row in outcome.rows if isinstance(row, holds.HoldEnd)]
            context.say(f"released: {', '.join(ended)}")
        return
    last = day(until) if until else None
    outcome = context.commit(partial(holds.hold, subject=subject, reason=reason, until=last))
    if outcome.seq is not None:
        context.say(f"{outcome.first}: legal hold on {subject} {f'until {last}' if last else 'until it is released'}")


@command(app, writes=True)
def erase(
    context: Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Person id of people.csv.")],
    reason: Annotated[str, typer.Option(help="Why the person is erased.")] = "",
    received: RECEIVED = "",
) -> None:
    """Take a person out of people.csv, and list where the name still stands. The records go on under the id."""
    from qacli.govern import erasure
    from qacli.workspace import erase as folder
    from qacli.workspace.tables import tables

    came = day(received) if received else None
    left = folder.left_of(context.workspace, person)
    act = partial(erasure.erase, kinds=tables(), person=person, reason=reason, received=came)
    outcome = context.commit(act)
    if outcome.seq is not None:
        count = folder.remove_person(context.workspace.folder, person)
        context.tell(f"{person} is erased: {count} line{'s' * (count != 1)} of people.csv went")
    if left and outcome.rows:
        context.tell("still to be dealt with:")
        context.show("copies", ("where", "what", "to do"), left)
