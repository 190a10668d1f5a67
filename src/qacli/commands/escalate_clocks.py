"""``qacli escalate replay``: a log of cases held against the clocks of the day on which each was received."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from datetime import date

    from qacli.files.csv import CsvRow
    from qacli.files.faults import Fault
    from qacli.govern.escalating.replay import Logged

LOG = ("case", "trigger", "received", "acknowledged", "answered")
COLUMNS = ("case", "trigger", "clock", "received", "due", "done", "days", "business days", "verdict")


def join(app: typer.Typer) -> None:
    """Add the command to ``qacli escalate``."""
    command(app, "replay")(replay)


def replay(
    context: Context,
    log: Annotated[
        Path, typer.Argument(metavar="FILE", help=f"CSV of cases: columns {', '.join(LOG)}; days, or empty.")
    ],
    all_: Annotated[bool, typer.Option("--all", help="Also what came in time.")] = False,
) -> int:
    """Hold a log of cases, such as the register of complaints, against the clocks of its days. Ends with 1 for late."""
    from qacli.govern.escalating.replay import replayed, unknown

    view = context.workspace.view()
    cases = _cases(log, view.now.date())
    if missing := unknown(view, cases):
        known = ", ".join(sorted({each.id for each in view.definitions("trigger")}))
        raise UsageError(f"{log} names triggers that are not defined: {', '.join(missing)}", help=f"known are: {known}")
    found = replayed(view, cases)
    late = [each for each in found if each.is_late]
    without = [each for each in found if not each.clock]
    rows = [
        (
            each.case,
            each.trigger,
            each.clock or None,
            each.received,
            each.due,
            each.done,
            each.took if each.clock else None,
            each.business_days if each.clock else None,
            each.verdict,
        )
        for each in (found if all_ else [*late, *without])
    ]
    context.show("escalation-clocks", COLUMNS, rows)
    asked = len(found) - len(without)
    context.tell(
        f"{len(late)} late of {asked} clocks of {len(cases)} cases, bank holidays of {view.settings.nation}"
        + (f"; of {len(without)} received on a day without such a rule nothing is said" if without else "")
    )
    return Exit.FINDINGS if late else Exit.FINE


def _cases(path: Path, today: date) -> list[Logged]:
    """Return the cases of a log. Raises FileFaults for every day that is none or cannot be, and a case that stands twice."""
    from qacli.files import csv
    from qacli.files.faults import Fault, FileFaults
    from qacli.govern.case_days import wrong_days
    from qacli.govern.escalating.replay import Logged

    found: list[Logged] = []
    known: set[tuple[str, str]] = set()
    faults: list[Fault] = []
    for row in csv.read(path, columns=LOG):
        case, trigger, *texts = (cell.strip() for cell in row.cells)
        days = [_day(path, row, name, text, faults) for name, text in zip(LOG[2:], texts, strict=True)]
        received = days[0]
        if received is None:
            if not texts[0]:
                faults.append(
                    Fault("date", "a case has a day of receipt", str(path), row.line, cell=f"C{row.record + 1}")
                )
            continue
        if (case, trigger) in known:
            what = f"case {case} stands twice"
            faults.append(Fault("repeated-case", what, str(path), row.line, cell=f"A{row.record + 1}"))
        known.add((case, trigger))
        for name, what in wrong_days(received, dict(zip(LOG[3:], days[1:], strict=True)), today):
            cell = f"{'ABCDE'[LOG.index(name)]}{row.record + 1}"
            faults.append(Fault("dates-order", what, str(path), row.line, cell=cell))
        found.append(Logged(case, trigger, received, days[1], days[2]))
    if faults:
        raise FileFaults(faults)
    return found


def _day(path: Path, row: CsvRow, name: str, text: str, faults: list[Fault]) -> date | None:
    from datetime import date

    from qacli.commands.options import not_a_date

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(not_a_date(path, row, text, "ABCDE"[LOG.index(name)]))
        return None
