"""Filling a scoring sheet at the terminal: by line prompts, or on the full screen. The draft is kept at every entry."""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from qacli.files.cards import masked
from qacli.model import Exit, Misconfigured, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

Tui = Annotated[
    bool | None,
    typer.Option(
        "--tui/--lines",
        help="Full screen, the conversation beside the criteria (qacli[tui]), or line prompts, also through a pipe.",
        envvar="QACLI_TUI",
        show_envvar=False,
    ),
]
Total = Annotated[bool, typer.Option("--total", help="Tell the score so far after each answer.")]


class NoFullScreen(Misconfigured):
    """The library that draws the full screen is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "this installation has no full screen", help="run: pip install 'qacli[tui]'; or leave --tui out"
        )


class Way(NamedTuple):
    """How a sheet is filled: on the full screen or not (None: as it comes), and whether the score so far is told."""

    tui: bool | None = None
    total: bool = False

    @property
    def entered(self) -> str:
        """What a record says of it."""
        return "screen" if self.tui else "prompts"


def refuse_nothing_asked(way: Way, option: str) -> None:
    """Raise UsageError where a way of asking is wanted beside an option with which nothing is asked."""
    wanted = "--total" if way.total else "--tui" if way.tui else "--lines"
    # what stands in the environment is meant for the times when something is asked
    if way.total or (way.tui is not None and "QACLI_TUI" not in os.environ):
        raise UsageError(f"{wanted} is about asking, and {option} asks nothing", help=f"leave {wanted} out")


def refuse_no_terminal(way: Way, forms: str) -> None:
    """Raise UsageError where nobody can be asked in the way that is wanted, NoFullScreen where a part is missing.

    ``forms`` says how filled forms are handed in instead.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if way.tui and (not terminal or os.environ.get("TERM") == "dumb"):
        raise UsageError("there is no terminal for a full screen", help=f"leave --tui out; or {forms}")
    if way.tui and find_spec("textual") is None:
        raise NoFullScreen
    if way.tui is None and not terminal:
        raise UsageError("there is no terminal to ask on", help=f"{forms}; or answer through a pipe: --lines")


def filled(context: Context, sheet: Sheet, draft: Draft, way: Way, heading: Sequence[str], again: str) -> Sheet:
    """Return a sheet that lacks nothing, filled by the actor from where its draft stopped.

    ``heading`` says what is scored, ``again`` is the command that goes on with the draft. Raises typer.Exit where the
    evaluator stops before the end.
    """
    begun = draft.resume(sheet)
    done: Sheet | None = None
    code = Exit.FINE
    try:
        done = _on_screen(context, begun, draft, way, heading) if way.tui else _in_lines(begun, draft, way, heading)
    except EOFError:
        code = Exit.INTERRUPTED
    except KeyboardInterrupt:
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # pressed twice, it would end the program before it says what it kept
        code = Exit.INTERRUPTED
    if done is None:
        kept = "draft kept; go on" if draft.path.is_file() else "nothing was entered; begin anew"
        print(f"{'' if way.tui else chr(10)}{kept} with: {again}")
        raise typer.Exit(code)
    return done


def _in_lines(sheet: Sheet, draft: Draft, way: Way, heading: Sequence[str]) -> Sheet | None:
    from qacli.commands.prompts import KeepDraft, Prompts

    for line in heading:
        shown(line)
    try:
        return Prompts(sheet, input if sys.stdin.isatty() else _echoed, shown, draft.keep, way.total).run()
    except KeepDraft:
        return None


def _on_screen(context: Context, sheet: Sheet, draft: Draft, way: Way, heading: Sequence[str]) -> Sheet | None:
    from qacli.commands.tui.app import Scoring

    return Scoring(sheet, draft.keep, heading, total=way.total, plain=context.plain).run()


def _echoed(prompt: str) -> str:
    """Return a line of a pipe; what a terminal would have shown of it is shown."""
    typed = input(prompt)
    print(masked(typed))
    return typed


def shown(line: str) -> None:
    """Print a line, broken between words where the terminal ends, without card numbers that were typed."""
    from qacli.commands.output import wrapped

    print(wrapped(masked(line)))


def heading_of(context: Context, item: Item, scorecard: str) -> str:
    """Return what is scored in one line: card, channel, transaction, colleague, time, length."""
    from qacli.monitor.observing.evaluation import length

    started = item.started_at.astimezone(context.workspace.zone)
    whose = item.team or item.colleague
    return f"{scorecard} - {item.channel} {item.transaction}, {whose}, {started:%d %b %H:%M}, {length(item)}"
