"""``qacli require check``: what monitoring shows, held against the rules of its days; and the clock of a single case."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import day
from qacli.files.numbers import to_four_digits
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.govern.requirements.cases import Case, Clocked
    from qacli.govern.requirements.checking import Line
    from qacli.model import View

LOG = ("case", "rule", "clock", "received", "done")


def join(app: typer.Typer) -> None:
    """Add the command to ``qacli require``."""
    command(app, "check", writes=True)(check)


def check(
    context: Context,
    rules: Annotated[list[str] | None, typer.Argument(metavar="[RULE...]", help="Only these; left out: all.")] = None,
    period: Annotated[str, typer.Option(help="Days of the results: 2026-05, 2026-Q2; left out: this year.")] = "",
    cases: Annotated[
        Path | None, typer.Option(metavar="FILE", help=f"Log of cases with clocks: CSV, columns {', '.join(LOG)}.")
    ] = None,
    received: Annotated[str, typer.Option(help="Instead: until when a case of a rule received on that day has.")] = "",
    record: Annotated[
        bool, typer.Option("--record", help="Keep what was measured; the same twice makes no row.")
    ] = False,
) -> int:
    """Hold ratings, KPI values and clocks of cases against the rules that held on their days.

    Ends with 1 where a rule is broken, with --record with 0 once that is on record.
    """
    if received:
        return _until_when(context, rules or [], received)
    from qacli.govern.requirements.cases import all_clocked, of_escalations, of_requests
    from qacli.govern.requirements.checking import checked
    from qacli.govern.requirements.checking import record as act
    from qacli.govern.requirements.register import versions
    from qacli.prepare.period import parse_period
    from qacli.understand.kpis.verdict import BREACH

    view = context.workspace.view()
    for name in rules or ():
        versions(view, name)
    handed = _cases(cases, view) if cases else []
    log = all_clocked(view, [*handed, *of_requests(view), *of_escalations(view)])
    asked = parse_period(period or f"{view.now.year}-01-01..{view.now.date()}")
    lines = checked(view, asked.first, asked.last, log, rules or ())
    # what is shown counts as done, so it is recorded first
    made = len(context.commit(partial(act, lines=lines)).rows) if record else 0
    context.show("requirement-check", COLUMNS, [_row(each) for each in lines], title=f"Rules in {asked.describe()}")
    _tell_cases(context, log)
    if made and not context.dry_run:
        context.tell(f"{made} put on record")
    broken = [each.rule.reference for each in lines if each.verdict == BREACH]
    if broken:
        context.tell(f"broken: {', '.join(dict.fromkeys(broken))}; what they touch: qacli require impact {broken[0]}")
    return Exit.FINDINGS if broken and not record else Exit.FINE


COLUMNS = ("rule", "test", "from", "to", "measured by", "n", "value", "low", "high", "verdict", "unchecked", "note")


def _row(line: Line) -> tuple[object, ...]:
    figures = (None if each is None else f"{to_four_digits(each):f}" for each in line.limits)
    return (
        line.rule.reference,
        line.test or None,
        line.first,
        line.last,
        line.measured or None,
        line.n,
        *figures,
        line.verdict,
        line.unchecked or None,
        line.note,
    )


def _tell_cases(context: Context, log: Sequence[Clocked]) -> None:
    """Tell each case that is late, overdue or unchecked, with its days."""
    for each in log:
        if each.state in {"late", "overdue", "unchecked"}:
            late = f" by {each.late} day{'s' * (each.late != 1)}" if each.late else ""
            until = f"{each.rule.reference}, {each.bound.clock}, until {each.due}"
            note = f"; {each.note}" if each.note else ""
            context.tell(f"case {each.case.case}: {each.state}{late}, received {each.case.received}, {until}{note}")


def _until_when(context: Context, rules: Sequence[str], received: str) -> int:
    """Show the last day in time of a case received on a day, by each clock of a rule in the version of that day."""
    from qacli.govern.requirements.cases import Case, NoSuchClock, clocked
    from qacli.govern.requirements.register import on_day

    if len(rules) != 1:
        raise UsageError(
            "--received asks about one rule", help="qacli require check ofcom-complaint --received 2026-04-10"
        )
    view, when = context.workspace.view(), day(received)
    rule = on_day(view, rules[0], when)
    if not rule.clocks:
        raise NoSuchClock(rule, "")
    found = [clocked(view, Case("", rules[0], bound.name, when, None)) for bound in rule.clocks]
    rows = [
        (
            each.rule.reference,
            each.bound.name,
            str(each.bound.clock),
            when,
            each.due,
            each.successor.reference if each.successor else None,
            each.other,
            "unchecked" if each.successor else "checked",
            each.rule.cited,
        )
        for each in found
    ]
    columns = ("rule", "clock", "within", "received", "until", "or by", "until then", "state", "source")
    context.show("requirement-clock", columns, rows)
    for each in found:
        if each.successor:
            context.tell(f"{each.bound.name}: {_transitional(each)}")
    return Exit.FINE


def _transitional(found: Clocked) -> str:
    after = found.successor
    return (
        f"a case that is open when {after.reference if after else ''} begins: {found.due} by the old, {found.other} by the new; "
        "unchecked which of them holds, have the source read and write transition: into the new version"
    )


def _cases(path: Path, view: View) -> list[Case]:
    """Return the cases of a log. Raises FileFaults for every cell that cannot be."""
    from qacli.files import csv
    from qacli.files.faults import Fault, FileFaults
    from qacli.govern.requirements.cases import Case

    found: list[Case] = []
    faults: list[Fault] = []
    today, known, seen = view.now.date(), {rule.id for rule in view.definitions("requirement")}, set()
    for row in csv.read(path, columns=LOG):
        case, rule, clock, received, done = (cell.strip() for cell in row.cells)
        came, went = _date(received), _date(done)
        wrong = {
            "A": f"case {case} stands twice on this clock" if (case, rule, clock) in seen else "",
            "B": "" if rule.partition("@")[0] in known else f"there is no rule '{rule}': qacli require list",
            "D": f"'{received}' is not a date: write 2026-05-18" if came is None else _ahead(came, today),
            "E": f"'{done}' is not a date: write 2026-05-18" if done and went is None else _ahead(went, today),
        }
        if came and went and went < came:
            wrong["E"] = f"done on {went}, before it was received"
        seen.add((case, rule, clock))
        faults += [
            Fault("not-read", what, str(path), row.line, cell=f"{column}{row.record + 1}")
            for column, what in wrong.items()
            if what
        ]
        if came:
            found.append(Case(case, rule, clock, came, went))
    if faults:
        raise FileFaults(faults)
    return found


def _date(text: str) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ahead(day: date | None, today: date) -> str:
    return f"{day} is still to come" if day and day > today else ""
