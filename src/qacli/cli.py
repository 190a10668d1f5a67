"""The front door: finds the command, opens only its module, and turns every outcome into an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Command(NamedTuple):
    """One line of ``qacli --help``. ``alone`` is the command of a group that an id right behind its name stands for."""

    panel: str
    name: str
    help: str
    alone: str = ""


# In order of the work. A command lives in commands/<name>.py.
COMMANDS = (
    Command("Start", "init", "Make a workspace: settings, scorecards, scales, procedures, a first frame."),
    Command("Start", "demo", "Make an example workspace and play the whole loop in it."),
    Command("Start", "check", "Check settings, people and definitions; silent when all is well."),
    Command("Start", "run", "Do and tell what is due, once; made for cron. With --ahead: the calendar."),
    Command("Start", "excuse", "Say why something that is due is not done; it is told no more, and counted."),
    Command("Start", "schema", "Print the JSON Schema of a kind of definition, for editors."),
    Command("Prepare", "scale", "Check, try and approve rating scales."),
    Command(
        "Prepare",
        "scorecard",
        "Write, check, compare, approve and retire scorecards; exchange them with other systems.",
    ),
    Command("Prepare", "technique", "Compare ways of observing, and say why one is used."),
    Command("Prepare", "frame", "Say what is sampled and how: compare designs and sizes, agree, review."),
    Command("Prepare", "notice", "Tell people of monitoring, prove it, see on which days nobody was told."),
    Command("Prepare", "procedure", "Read procedures and pass their quizzes; show who knows which version."),
    Command("Prepare", "authority", "Who may decide what up to which limit: agree, read, quiz, replay decisions."),
    Command("Monitor", "source", "Connect exports of transactions, check how they are read, show a transcript."),
    Command("Monitor", "sample", "Draw samples; replace, extend and choose items; draw again to verify."),
    Command("Monitor", "spot", "Make unannounced checks: when to come by, what was seen, why one was missed."),
    Command(
        "Monitor",
        "record",
        "Record how a transaction was observed, take notes while watching, see what was done.",
        "session",
    ),
    Command("Monitor", "score", "Score a transaction against its scorecard."),
    Command("Monitor", "explain", "Show how a score came about, line by line."),
    Command("Monitor", "calibrate", "Score the same items apart, unseen; compare, and agree how criteria are read."),
    Command("Monitor", "dispute", "Contest a score, criterion by criterion; another decides, both versions are kept."),
    Command("Understand", "summarise", "Summarise scores by colleague, team, channel or criterion."),
    Command("Understand", "compare", "Compare ratings with measures: linked, not linked, where they part company."),
    Command("Understand", "kpi", "Compute, import, chart and take apart KPIs; keep the questions that they raise."),
    Command("Understand", "finding", "Look for what stands out; confirm or dismiss it by fresh checks."),
    Command("Understand", "benchmark", "Keep benchmarks with their sources, and match our figures with them."),
    Command("Understand", "target", "Test, propose and agree targets; they hold forward only."),
    Command("Improve", "feedback", "Prepare and deliver feedback, strengths first; record the reply."),
    Command("Improve", "report", "Write documents: feedback sheets, plans, summaries."),
    Command("Improve", "plan", "Plan coaching, training and SMART actions; follow them up."),
    Command("Improve", "resource", "What the service takes and what is missing; people by Erlang; ask and secure."),
    Command("Improve", "case", "Business cases: each figure traced to what makes it; draft, check, approve."),
    Command("Improve", "brief", "Tell a team what was found and what is to be done; attendance and commitments."),
    Command("Govern", "escalate", "Refer what somebody else has to decide: triggers, tiers, clocks, options, support."),
    Command("Govern", "cause", "Find why a fault recurs, mend that, and see in new data whether it is gone."),
    Command(
        "Govern", "voice", "What customers say: surveys, informal remarks, themes, hidden complaints, loops closed."
    ),
    Command("Govern", "audit", "Audit practices and the monitoring itself; findings verified; improvements tried."),
    Command("Govern", "require", "Keep rules by their days; consult, implement, hold results to them."),
    Command("Govern", "privacy", "Answer requests of people about their data; keep, hold and erase."),
    Command("Govern", "portfolio", "Show what records prove of five standards; own words, evidence, pack, signatures."),
    Command("Ledger", "ledger", "Verify and show the trail of records."),
    Command("Ledger", "export", "Export tables of records: CSV, Excel, Parquet, a data package."),
)
BEFORE_THE_COMMAND = ("-C", "--folder", "--as", "--today")
"""Options with a value that may also stand before the command."""
SWITCHES = ("-q", "--quiet", "--plain")
"""Options without one that may."""


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    _open_streams()
    return bounded(lambda: dispatch(list(arguments)))


def show(text: str) -> int:
    """Write a text that could not be written before, and return the exit code that says why not."""
    _open_streams()

    def work() -> int:
        sys.stdout.write(text)
        return 0

    return bounded(work)


def _open_streams() -> None:
    """Give a closed stream a number of its own, or the next file opened would take it and swallow our words."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # what is written to standard output fails then, and is told; nobody hears what we would tell
            null = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, os.fdopen(null, "w" if number else "r"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave(stream: TextIO) -> None:
    """Forget what could not be written, or it would be tried and would fail again when Python ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, stream.fileno())
        stream.flush()
    except (OSError, ValueError):
        pass  # not a file of ours
    finally:
        os.close(null)


def dispatch(rest: list[str]) -> int:
    """Find the command of a command line and run it."""
    early, rest = _early(rest)
    if not rest:
        from qacli.commands.due import due_or_help

        return due_or_help(early, COMMANDS)
    name, rest = rest[0], rest[1:]
    if name in {"--help", "-h", "help"}:
        from qacli.commands.help import show_help

        return show_help(COMMANDS)
    if name == "--show-completion":
        raise _no_such_shell()
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        return _unknown(name)
    from importlib import import_module

    app = import_module(f"qacli.commands.{name}").app
    from qacli.commands.context import run

    return run(app, rest, f"qacli {name}", early, command.alone)


def _early(rest: list[str]) -> tuple[list[str], list[str]]:
    """Return the options before the command as they are typed behind it, and the rest. Raises UsageError."""
    from qacli.model import UsageError

    early: list[str] = []
    while rest and (name := rest[0].partition("=")[0]) in {*BEFORE_THE_COMMAND, *SWITCHES}:
        if rest[0] in SWITCHES:
            early, rest = [*early, name], rest[1:]
        elif "=" in rest[0] and name in BEFORE_THE_COMMAND:
            early, rest = [*early, name, rest[0].partition("=")[2]], rest[1:]
        elif len(rest) > 1:
            early, rest = [*early, *rest[:2]], rest[2:]
        else:
            raise UsageError(f"{name} needs a value", help="for example: qacli -C harbour --as p_ev1 score")
    return early, rest


def _unknown(name: str) -> int:

    from qacli.files.nearest import did_you_mean
    from qacli.files.text import visible
    from qacli.model import UsageError

    if name.startswith("-"):
        raise UsageError(
            f"'{visible(name)}' stands before the command",
            help=f"write it behind the command; before it may stand {', '.join((*BEFORE_THE_COMMAND, *SWITCHES))}",
        )
    raise UsageError(
        f"there is no command '{visible(name)}'",
        help=did_you_mean(name, [command.name for command in COMMANDS], "all commands: qacli --help"),
    )


def _no_such_shell() -> Exception:
    from pathlib import Path

    from qacli.model import UsageError

    shells = sorted(path.suffix[1:] for path in (Path(__file__).parent / "completion").glob("qacli.*"))
    return UsageError("--show-completion takes one shell", help=f"one of: {', '.join(shells)}")


def bounded(work: Callable[[], int]) -> int:
    """Run the work within the one error boundary: no traceback for bad input, no success that was none."""
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        return _say("interrupted, after it was recorded", 0) if _recorded() else _say("interrupted", 130)
    except Exception as error:  # noqa: BLE001 - the boundary
        code = _failed(error)
        _leave(sys.stdout)
    return code


def _failed(error: Exception) -> int:
    from qacli.files.disk import remedy
    from qacli.files.text import visible
    from qacli.model import Exit, QacliError

    if _recorded():
        why = getattr(error, "message", "") or getattr(error, "strerror", "") or str(error)
        return _say(f"warning: recorded, but not shown: {visible(why, layout=True)}", Exit.FINE)
    if isinstance(error, QacliError):
        return _say(visible(str(error), layout=True), error.exit_code)
    if isinstance(error, EOFError):
        return _say("interrupted: the input ended", Exit.INTERRUPTED)
    if isinstance(error, OSError):
        place = f": {visible(str(error.filename))}" if error.filename else ""
        code = Exit.PERMISSION if isinstance(error, PermissionError) else Exit.NOT_RECORDED
        help_ = remedy(error) if error.filename else ""  # nobody mends the output that was closed
        return _say(f"error: {error.strerror or error}{place}" + (f"\n  = help: {help_}" if help_ else ""), code)
    import traceback

    trace = "".join(traceback.format_exception(error))
    return _say(f"{trace}this is a bug in qacli, not in your input; please report the lines above", Exit.BUG)


def _nobody_reads() -> int:
    """The reader of our output went away: harmless after a commit, else what a pipe expects."""
    _leave(sys.stdout)
    if _recorded():
        return _say("warning: recorded, but not shown: nobody read the output", 0)
    if os.name == "posix":
        import signal

        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    return 1


def _recorded() -> bool:
    context = sys.modules.get("qacli.commands.context")
    return bool(context and context.RECORDED)


def _say(text: str, code: int) -> int:
    from qacli.files.cards import masked

    try:
        print(masked(text), file=sys.stderr, flush=True)
    except OSError:
        _leave(sys.stderr)
    return int(code)
