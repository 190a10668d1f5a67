"""What ``qacli run`` has to say of itself: lines for owners while it works, or one table for programs at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from qacli.model import Command, Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context
    from qacli.govern.duties.duty import Duty

COLUMNS = ("state", "record", "due", "owner", "what", "work", "subject", "duty", "command")
State = Literal["drawn", "waiting", "refused", "watch", "told"]
"""drawn, or still to be drawn by the next run; refused with the reason; a finding raised or answered; told to its owner."""


class News:
    """What is new in one run, in the order in which it came about."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rows: list[tuple[Any, ...]] = []

    def of(self, state: State, duty: Duty, what: str, line: str, record: str = "") -> None:
        """Say what became of one duty."""
        self._row(state, duty, what, record)
        self._say(line)

    def of_finding(self, finding: str, line: str) -> None:
        """Say what was put on watch, or answered by fresh checks."""
        show = self.context.completed(Hint(Command(f"finding show {finding}")))
        self.rows.append(("watch", finding, None, None, line, "finding", finding, None, show))
        self._say(line)

    def left(self, duties: Sequence[Duty], line: str) -> None:
        """Say what is left for the next run: in one line, or a row for each."""
        for duty in duties:
            self._row("waiting", duty, duty.words)
        self._say(line)

    def show(self) -> None:
        """Write the table that was asked for, also where nothing is new; what was said in lines is said already."""
        if self.context.for_programs:
            self.context.show("news", COLUMNS, self.rows)

    def _row(self, state: State, duty: Duty, what: str, record: str = "") -> None:
        row = duty.due, duty.owner, what, duty.kind, duty.subject, duty.key, self.context.completed(duty.how)
        self.rows.append((state, record or None, *row))

    def _say(self, line: str) -> None:
        if not self.context.for_programs:
            self.context.say(line)
