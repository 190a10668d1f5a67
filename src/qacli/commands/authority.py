"""``qacli authority``: who may decide what up to which limit; agreed, read, asked, and decisions held against it."""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.adding import tell_written, written
from qacli.commands.approvals import approved_by, say_decisions
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day, refuse_stranger
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qacli.files.csv import CsvRow
    from qacli.model import Row, View
    from qacli.prepare.authority.quiz import Quiz
    from qacli.prepare.authority.replay import Decision

app = new_app("Who may decide what up to which limit: agree, read, quiz, replay decisions.")
LINE = Annotated[
    str, typer.Argument(metavar="LINE", help="Id of a line of the matrix, for example colleague-goodwill.")
]
LOG = ("on", "case", "customer", "person", "decision", "amount", "approver", "reason")


@command(app, "set", writes=True)
def set_(
    context: Context,
    line: LINE,
    role: Annotated[str, typer.Option(help="A role of qacli.yaml, or colleague.")],
    decision: Annotated[str, typer.Option(help="What is decided, for example goodwill.")],
    limit: Annotated[str, typer.Option(help="Up to how much for one case; 0: always referred.")],
    next_role: Annotated[str, typer.Option(help="Who decides above it.")] = "",
    condition: Annotated[list[str] | None, typer.Option(help="What has to hold besides; may be repeated.")] = None,
    unit: Annotated[str, typer.Option(help="What the limit counts.")] = "",
    split_days: Annotated[str, typer.Option(help="Several on one case within so many days count as one.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day; else today.")] = "",
    to: Annotated[str, typer.Option(help="Last day; left out: open.")] = "",
    version: Annotated[str, typer.Option(help="Version, where the id is there already.")] = "1",
) -> None:
    """Write a line into definitions/authority.yaml. It counts once a second person has agreed it."""
    from qacli.prepare.authority.matrix import refuse_unknown_roles

    refuse_unknown_roles(context.workspace.view(), (role, next_role))
    settings: dict[str, object] = {
        "id": line,
        "version": version,
        "owner": context.workspace.actor,
        "from": from_ or str(context.workspace.clock().date()),
        "to": to,
        "role": role,
        "decision": decision,
        "limit": limit,
        "unit": unit,
        "conditions": condition or [],
        "next_role": next_role,
        "split_days": split_days,
    }
    added = written(context, "authority", {name: value for name, value in settings.items() if value not in ("", [])})
    tell_written(context, added, f"another person: qacli authority agree {line} --as PERSON")


@command(app, "list")
def list_(
    context: Context,
    on: Annotated[str, typer.Option(help="As of this day, if not today: 2026-05-04.")] = "",
    for_: Annotated[str, typer.Option("--for", help="Only what this person may decide.", metavar="PERSON")] = "",
) -> None:
    """List who may decide what on a day, and who agreed it."""
    from qacli.files.schema import newest_in_force
    from qacli.prepare.authority.matrix import Authority, Matrix

    view = context.workspace.view()
    refuse_stranger(view, for_)
    when = day(on) if on else view.now.date()
    every: list[Authority] = newest_in_force(view.definitions("authority"), when)
    matrix = Matrix(view)
    mine = matrix.of(for_, when) if for_ else every
    rows = [
        (
            each.decision,
            each.role,
            each.limit,
            each.unit,
            each.next_role,
            "; ".join(each.conditions) or None,
            each.reference,
            len(matrix.holders(each.role, when)),
            approved_by(view, "authority", each),
        )
        for each in sorted(mine, key=lambda each: (each.decision, each.limit))
    ]
    columns = ("decision", "role", "up to", "unit", "above", "conditions", "line", "people", "agreed")
    context.show("authority", columns, rows, title=f"Who may decide what on {when}")
    if not rows and every:
        context.tell(f"{for_} decides nothing by themselves on {when}; all lines: qacli authority list")
    elif not rows:
        context.tell(
            f"no line is in force on {when}; write one: qacli authority set LINE --role ROLE --decision goodwill --limit 25"
        )


@command(app, writes=True)
def agree(
    context: Context,
    lines: Annotated[list[str], typer.Argument(metavar="LINE...", help="Ids of lines.")],
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
) -> None:
    """Agree lines as they stand. The owner cannot; an edited line is agreed again."""
    from qacli.model import Change
    from qacli.prepare.approval import approve
    from qacli.prepare.authority.matrix import refuse_unknown_roles

    def act(view: View) -> Change:
        if not decline:
            meant = [each for each in view.definitions("authority") if {each.id, each.reference} & set(lines)]
            refuse_unknown_roles(view, [name for each in meant for name in (each.role, each.next_role)])
        decided = [
            approve(view, "authority", line, comment, "declined" if decline else "agreed")
            for line in dict.fromkeys(lines)
        ]
        return Change(
            [row for each in decided for row in each.rows], [say for each in decided for say in each.findings]
        )

    say_decisions(context, context.commit(act).rows)


@command(app, writes=True)
def ack(
    context: Context,
    on: Annotated[str, typer.Option(help="Day of reading, if not today: 2026-05-21.")] = "",
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="CSV of many: columns person, on.")
    ] = None,
) -> None:
    """Record that you have read what you may decide, all lines that are yours; many at once come from a file."""
    from qacli.files import csv
    from qacli.prepare.authority.acknowledging import AuthorityAck, Reader, acknowledge

    if from_ and on:
        raise UsageError("the file says who read on which day", help="leave --on out")
    workspace = context.workspace
    if from_:
        readers = [Reader(row.cells[0], day(row.cells[1])) for row in csv.handed_in(from_, columns=("person", "on"))]
    else:
        readers = [Reader(workspace.actor, day(on) if on else workspace.clock().date())]
    outcome = context.commit(partial(acknowledge, readers=readers))
    rows = [row for row in outcome.rows if isinstance(row, AuthorityAck)]
    for line in dict.fromkeys(row.authority for row in rows):
        context.say(f"{line}  {workspace.view().definition('authority', line).in_words}")
    if rows:
        people = len({row.person for row in rows})
        by = f" by {people} people" if people > 1 else ""
        context.tell(f"{len(rows)} acknowledgement{'s' * (len(rows) != 1)}{by} recorded")
        if not from_:
            context.tell(f"next: qacli authority quiz{as_before(workspace)}")


@command(app, writes=True)
def quiz(
    context: Context,
    questions: Annotated[
        bool, typer.Option("--questions", help="Show what is asked of you, without what is right.")
    ] = False,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Your answers: CSV with the columns question, answer.")
    ] = None,
) -> None:
    """Take the quiz on what you may decide. It is made from the lines that are yours; all has to be right."""
    from qacli.commands.quiz import asked, explained
    from qacli.prepare.authority.quiz import check, quizzes_of

    view, me = context.workspace.view(), context.workspace.actor
    found = quizzes_of(view, me)
    if questions:
        for each in found:
            context.say("\n\n".join([each.role, *(asked(question) for question in each.questions)]))
        return
    for each, answers in _answered(context, found, from_):
        outcome = context.commit(partial(check, person=me, role=each.role, answers=answers))
        if not from_:
            for said in explained(each, answers):
                context.say(said)
        _told(context, outcome.rows)


def _answered(context: Context, quizzes: Sequence[Quiz], path: Path | None) -> Iterator[tuple[Quiz, Mapping[str, str]]]:
    """Yield each quiz with the answers to it, from a file or asked for on the terminal."""
    from qacli.commands.quiz import answers_of

    if path:
        given = _handed_in(path)
        left = set(given)
        for each in quizzes:
            mine = {question.id for question in each.questions}
            left -= mine
            yield each, {name: answer for name, answer in given.items() if name in mine}
        if left:
            context.tell(f"not asked of you: {', '.join(sorted(left))}")
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "there is no terminal to ask on",
            help="hand in answers: --from FILE, a CSV with the columns question, answer; what is asked: --questions",
        )
    for each in quizzes:
        yield each, answers_of(each, input, context.say)


def _handed_in(path: Path) -> dict[str, str]:
    """Return the answers of a file by their questions. Raises FileFaults for questions answered twice."""
    from qacli.commands.quiz import repeated_answer
    from qacli.files import csv
    from qacli.files.faults import FileFaults

    given: dict[str, str] = {}
    faults = []
    for row in csv.handed_in(path, columns=("question", "answer")):
        question, answer = (cell.strip() for cell in row.cells)
        if question in given:
            faults.append(repeated_answer(f"{question} is answered", path, row, "A"))
        given[question] = answer.casefold()
    if faults:
        raise FileFaults(faults)
    return given


def _told(context: Context, rows: Sequence[Row]) -> None:
    from qacli.prepare.authority.quiz import AuthorityCheck

    for row in rows:
        if isinstance(row, AuthorityCheck):
            verdict = "passed" if row.passed else "not passed: all have to be right; read it again, then once more"
            context.say(f"{row.person}, {row.level}: {row.right} of {row.asked} right, {verdict}")


@command(app)
def levels(
    context: Context,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 where somebody is not ready.")] = False,
) -> int:
    """Show for each level who has read what is theirs in its present version, and passed the quiz on it."""
    from qacli.prepare.authority.acknowledging import levels as found
    from qacli.prepare.authority.quiz import outcomes

    view = context.workspace.view()
    rows = found(view, outcomes(view))
    context.show(
        "authority-levels",
        ("level", "person", "lines", "read", "quiz"),
        [(each.role, each.person, each.lines, each.read, each.quiz) for each in rows],
    )
    for role in dict.fromkeys(each.role for each in rows):
        mine = [each for each in rows if each.role == role]
        context.tell(f"{role}: {sum(each.ready for each in mine)} of {len(mine)} ready")
    return Exit.FINDINGS if strict and not all(each.ready for each in rows) else Exit.FINE


@command(app, writes=True)
def replay(
    context: Context,
    log: Annotated[Path, typer.Argument(metavar="FILE", help=f"CSV of decisions: columns {', '.join(LOG)}.")],
    record: Annotated[
        bool, typer.Option("--record", help="Put what is found on record; what is there already is not.")
    ] = False,
) -> int:
    """Hold a log of decisions against the matrix of each day: over the limit, self-approved, split, without authority.

    Ends with 1 where there is a breach, with --record with 0 once it is on record.
    """
    from qacli.prepare.authority.replay import record as act
    from qacli.prepare.authority.replay import replayed

    view = context.workspace.view()
    decisions = _decisions(log)
    found = replayed(view, decisions)
    rows = [
        (
            each.rule,
            each.decisions[0].on,
            each.decisions[0].case,
            each.decisions[0].person,
            each.decisions[0].decision,
            len(each.decisions),
            each.amount,
            each.limit,
            each.authority or None,
            each.words,
        )
        for each in found
    ]
    columns = ("breach", "on", "case", "person", "decision", "n", "amount", "limit", "line", "what")
    # what is shown counts as done, so it is recorded first
    made = len(context.commit(partial(act, breaches=found)).rows) if record else 0
    context.show("authority-breaches", columns, rows)
    if made:
        context.tell(f"{made} put on record")
    context.tell(f"{len(found)} breach{'es' * (len(found) != 1)} in {len(decisions)} decisions")
    return Exit.FINDINGS if found and not record else Exit.FINE


def _decisions(path: Path) -> list[Decision]:
    """Return the decisions of a log. Raises FileFaults for every day and amount that is none, and for what is not named."""
    from datetime import date

    from qacli.files import csv
    from qacli.files.faults import Fault, FileFaults
    from qacli.files.schema import NUMBER
    from qacli.prepare.authority.replay import Decision

    found, faults = [], []

    def fault(row: CsvRow, letter: str, what: str) -> Fault:
        return Fault("not-read", what, str(path), row.line, cell=f"{letter}{row.record + 1}")

    for row in csv.read(path, columns=LOG):
        on, case, customer, person, decision, amount, approver, reason = (cell.strip() for cell in row.cells)
        try:
            when = date.fromisoformat(on)
        except ValueError:
            faults.append(fault(row, "A", f"'{on}' is not a date: write 2026-05-18"))
            when = date.min
        if not NUMBER.fullmatch(amount):
            faults.append(fault(row, "F", f"'{amount}' is not an amount: write digits, 20 or 20.50"))
            amount = "0"
        for name, cell in (("case", case), ("person", person), ("decision", decision)):
            if not cell:
                faults.append(fault(row, "ABCDEFGH"[LOG.index(name)], f"a decision names its {name}"))
        found.append(Decision(when, case, customer, person, decision, Decimal(amount), approver, reason))
    if faults:
        raise FileFaults(faults)
    return found
