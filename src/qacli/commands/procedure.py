"""``qacli procedure``: what colleagues have to do, who has read which version, and who passed its quiz."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import FEW, as_before, day, not_a_date
from qacli.commands.quiz import answers_of, asked, attempts, explained
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.prepare.procedures.currency import Standing
    from qacli.prepare.procedures.procedure import Procedure
    from qacli.prepare.procedures.quiz import Check
    from qacli.prepare.procedures.reading import Read

app = new_app("Read procedures and pass their quizzes; show who knows which version.")
NAMES = Annotated[
    list[str] | None, typer.Argument(metavar="[PROCEDURE]...", help="Ids, for example idv; or a version of one, idv@3.")
]
MANY = "CSV of many: columns {}."


@command(app, "list")
def list_(context: Context) -> None:
    """List the procedures with their quizzes. Beside each: since when it holds, how many criteria cite it, who read it."""
    from collections import Counter

    from qacli.prepare.procedures.reading import Reading

    view = context.workspace.view()
    read = Counter(procedure for _, procedure in {(row.person, row.procedure) for row in view.current(Reading)})
    cited = Counter(criterion.procedure for card in view.definitions("scorecard") for criterion in card.criteria())
    rows = [
        (
            each.reference,
            each.title,
            each.from_,
            each.to,
            len(each.questions),
            each.pass_mark if each.questions else None,
            cited[each.reference],
            read[each.reference],
        )
        for each in sorted(view.definitions("procedure"), key=lambda each: (each.id, each.from_))
    ]
    columns = ("procedure", "title", "from", "to", "questions", "pass_mark", "criteria", "read")
    context.show("procedures", columns, rows)


@command(app)
def show(
    context: Context,
    procedure: Annotated[
        str, typer.Argument(metavar="PROCEDURE", help="Its id, for example idv; or a version, idv@3.")
    ],
    on: Annotated[str, typer.Option(help="The version in force on this day, if not today: 2026-05-04.")] = "",
    questions: Annotated[
        bool, typer.Option("--questions", help="Show what its quiz asks, without what is right.")
    ] = False,
) -> None:
    """Show a procedure: its standard, its text, its quiz. The version is the one in force, unless you name another."""
    from qacli.prepare.period import in_words

    if on and "@" in procedure:
        raise UsageError(f"{procedure} names its version, whatever the day", help="leave --on out, or the version")
    view = context.workspace.view()
    found: Procedure = view.definition("procedure", procedure, day(on) if on else None)
    if context.for_programs:
        rows = [
            (name, getattr(found, name)) for name in ("reference", "title", "owner", "standard", "text", "pass_mark")
        ]
        quiz = [(question.id, asked(question)) for question in found.questions] if questions else []
        context.show("procedure", ("setting", "value"), [*rows, ("from", found.from_), ("to", found.to), *quiz])
        return
    until = f" to {in_words(found.to)}" if found.to else ""
    context.say(f"{found.reference}  {found.title}  (from {in_words(found.from_)}{until}; owner {found.owner})")
    context.say(f"Standard: {found.standard}\n\n{found.text}\n")
    context.say(_about_quiz(found))
    for question in found.questions if questions else ():
        context.say(f"\n{asked(question)}")


def _about_quiz(procedure: Procedure) -> str:
    from qacli.prepare.procedures.quiz import pass_mark_in_words

    read = f"When you have read it: qacli procedure ack {procedure.reference}"
    if not procedure.questions:
        return f"No quiz. {read}"
    return f"Quiz: {pass_mark_in_words(procedure)}. {read}; then: qacli procedure quiz {procedure.reference}"


@command(app, writes=True)
def ack(
    context: Context,
    procedures: NAMES = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All that your work needs and you have not read; each is named.")
    ] = False,
    on: Annotated[str, typer.Option(help="Day of reading, if not today: 2026-05-21.")] = "",
    means: Annotated[str, typer.Option(help="How, for example: read, e-learning, team meeting.")] = "read",
    words: Annotated[
        str, typer.Option(help="What it asks, in your own words: held, not judged. For one procedure.")
    ] = "",
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help=MANY.format("person, procedure, on, means"))
    ] = None,
) -> None:
    """Record that you have read procedures. The version is the one in force; many readings at once come from a file."""
    from qacli.prepare.procedures.reading import Read, acknowledge_procedures

    workspace, named = context.workspace, list(procedures or ())
    if sum([bool(named), everything, bool(from_)]) > 1:
        raise UsageError("procedures, --all and --from exclude one another", help="give one of them")
    if from_ and on:
        raise UsageError("the file says who read on which day", help="leave --on out")
    if words and len(named) != 1:
        raise UsageError("--words explains one procedure", help="name one: qacli procedure ack idv --words '...'")
    if from_:
        lines = _read(from_)
    else:
        if everything:
            named = [each.procedure.reference for each in _to_learn(context) if each.unread]
            if not named:
                context.say(f"{workspace.actor} has read all that their work needs")
                return
        read_on = day(on) if on else workspace.clock().date()
        lines = [Read(workspace.actor, name, read_on, means, words) for name in named]
    outcome = context.commit(partial(acknowledge_procedures, lines=lines))
    _told_read(context, outcome.rows)


def _to_learn(context: Context) -> Sequence[Standing]:
    from qacli.monitor.observing.readiness import to_learn

    return to_learn(context.workspace.view(), context.workspace.actor)


def _told_read(context: Context, rows: Sequence[Any]) -> None:
    """Say what was recorded: each version with its standard, and the quizzes that are still to be taken."""
    if not rows:
        return
    view, who = context.workspace.view(), as_before(context.workspace)
    versions = {row.procedure: view.definition("procedure", row.procedure) for row in rows}
    for reference, version in versions.items():
        context.say(f"{reference}  {version.title}: {version.standard}")
    people = len({row.person for row in rows})
    of = f"{len(versions)} procedure{'s' * (len(versions) != 1)}" + (f" by {people} people" if people > 1 else "")
    context.say(f"{len(rows)} acknowledgement{'s' * (len(rows) != 1)} of {of} recorded")
    quizzes = [reference for reference, version in versions.items() if version.questions]
    if quizzes and {row.person for row in rows} == {context.workspace.actor}:
        context.tell(f"next: qacli procedure quiz{_few(quizzes)}{who}")


def _few(references: Sequence[str]) -> str:
    """Return the names that a command needs; none where they are many: without names it takes all that are open."""
    return f" {' '.join(references)}" if len(references) <= FEW else ""


def _read(path: Path) -> list[Read]:
    from datetime import date

    from qacli.files import csv
    from qacli.files.faults import FileFaults
    from qacli.prepare.procedures.reading import Read

    lines, faults = [], []
    for row in csv.handed_in(path, columns=("person", "procedure", "on", "means")):
        try:
            lines.append(Read(row.cells[0], row.cells[1], date.fromisoformat(row.cells[2]), row.cells[3]))
        except ValueError:
            faults.append(not_a_date(path, row, row.cells[2], "C"))
    if faults:
        raise FileFaults(faults)
    return lines


@command(app, writes=True)
def quiz(
    context: Context,
    procedures: NAMES = None,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help=MANY.format("person, procedure, question, answer"))
    ] = None,
) -> None:
    """Take quizzes: those named, or all still to pass. Reasons come at the end; every attempt is kept, and may be repeated."""
    from qacli.prepare.procedures.quiz import Attempt, check

    named = list(procedures or ())
    if from_:
        if named:
            raise UsageError("the file names the procedures", help="leave them out, or leave --from out")
        seen = context.workspace.view()
        known = [each.id for each in seen.definitions("procedure")]
        outcome = context.commit(partial(check, attempts=attempts(from_, seen.people.ids(), known)))
        _told_checks(context, outcome.rows)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "there is no terminal to ask on",
            help="hand in answers: --from FILE, a CSV with the columns person, procedure, question, answer",
        )
    view, me = context.workspace.view(), context.workspace.actor
    open_ = _open_quizzes(context, view, named)
    if not open_ and not named:
        context.say(f"no quiz waits for {me}")
    for version in open_:
        attempt = Attempt(me, version.reference, answers_of(version, input, _shown))
        outcome = context.commit(partial(check, attempts=[attempt]))
        for line in explained(version, attempt.answers):
            _shown(line)
        _told_checks(context, outcome.rows)


def _shown(text: str) -> None:
    """Print a text on the terminal, broken between words where it ends."""
    from qacli.commands.output import wrapped

    print(wrapped(text))


def _open_quizzes(context: Context, view: View, named: Sequence[str]) -> list[Procedure]:
    """Return the versions whose quizzes are to be asked: those named, else all that the actor has still to pass."""
    from qacli.prepare.procedures.currency import Knowledge
    from qacli.prepare.procedures.quiz import NoQuiz

    if not named:
        return [each.procedure for each in _to_learn(context) if each.unasked]
    knowledge, found = Knowledge(view), []
    for name in named:
        version: Procedure = view.definition("procedure", name)
        if not version.questions:
            raise NoQuiz(version)
        standing = knowledge.standing(context.workspace.actor, version)
        if standing.unasked:
            found.append(version)
        elif standing.check:
            context.tell(
                f"{standing.person} passed the quiz of {version.reference} on {standing.check.on}: nothing to do"
            )
    return found


def _told_checks(context: Context, rows: Sequence[Any]) -> None:
    from qacli.prepare.procedures.quiz import Check, pass_mark_in_words

    view, who = context.workspace.view(), as_before(context.workspace)
    checks: list[Check] = [row for row in rows if isinstance(row, Check)]
    for row in checks:
        version: Procedure = view.definition("procedure", row.procedure)
        verdict = "passed" if row.passed else f"not passed; {pass_mark_in_words(version)}"
        context.say(f"{row.person}, {row.procedure}: {row.right} of {row.asked} right, {verdict}")
    failed = [row.procedure for row in checks if not row.passed and row.person == context.workspace.actor]
    if failed:
        context.tell(f"read it again: qacli procedure show {failed[0]}; then: qacli procedure quiz{_few(failed)}{who}")


@command(app)
def matrix(
    context: Context,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 where somebody may not rate by what is in force today.")
    ] = False,
) -> int:
    """Show who knows which procedure in force today. States: current, stale, never, quiz open, quiz failed, due soon."""
    from qacli.prepare.procedures.currency import STATES
    from qacli.prepare.procedures.currency import matrix as find

    found = find(context.workspace.view())
    if not found:
        context.tell("no frame in force today names an evaluator whose card cites a procedure")
    if context.for_people:
        context.show("procedure-matrix", *_grid(found))
    else:
        columns = ("person", "procedure", "from", "state", "read", "read_on", "quiz", "quiz_on", "next", "next_from")
        context.show("procedure-matrix", columns, [_line(each) for each in found])
    unready = [each for each in found if not each.ready]
    if unready:
        for state in sorted({each.state for each in unready}) if context.for_people else ():
            context.tell(f"{state}: {STATES[state]}")
        people = len({each.person for each in unready})
        context.tell(
            f"{len(unready)} of {len(found)} are not ready, for {people} of {len({each.person for each in found})} evaluators"
        )
    return 1 if strict and unready else 0


def _line(each: Standing) -> tuple[Any, ...]:
    read, check, following = each.read, each.check, each.next
    return (
        each.person,
        each.procedure.reference,
        each.procedure.from_,
        each.state,
        read.procedure if read else None,
        read.on if read else None,
        check.share if check else None,
        check.on if check else None,
        following.reference if following else None,
        following.from_ if following else None,
    )


def _grid(found: Sequence[Standing]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return columns and rows for people: a row per procedure, a column per evaluator."""
    people = sorted({each.person for each in found})
    cells = {(each.procedure.reference, each.person): _cell(each) for each in found}
    versions = {each.procedure.reference: each.procedure for each in found}
    rows = [
        (reference, version.from_, *(cells.get((reference, person)) for person in people))
        for reference, version in versions.items()
    ]
    return ("procedure", "since", *people), rows


def _cell(each: Standing) -> str:
    if each.state == "stale" and each.read:
        return f"stale: read {each.read.procedure.partition('@')[2]}"
    if each.state == "quiz failed" and each.check:
        return f"quiz failed: {each.check.right} of {each.check.asked}"
    if each.state == "due soon" and each.next:
        return f"due soon: {each.next.version} on {each.next.from_:%d %b}"
    return each.state
