"""What every command shares: the common options, the workspace, and how results and messages leave.

``@command(app)`` adds the options that all commands take and hands the function a Context first.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property, partial
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from qacli.commands.options import Format, as_before, parse_today, switched_on
from qacli.commands.progress import Progress
from qacli.commands.usage import in_words, named
from qacli.files.nearest import nearest
from qacli.model import Hint, QacliError, Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qacli.workspace import Workspace
    from qacli.workspace.commit import Act, Outcome

RECORDED: list[int] = []
"""Entries that this process committed; the error boundary must not call them a failure."""
COMMON = "Common options"
NOTHING_BESIDE: Mapping[str, Any] = MappingProxyType({})


class TodayInLive(Refusal, rule="today-in-live"):
    """Live records carry the real time."""

    def __init__(self) -> None:
        super().__init__(
            "--today is for playing a quarter; this folder is live, and live records carry the real time.",
            help="leave --today out",
        )


class Context:
    """One run of one command.

    ``asked`` is the form that was asked for, by --format or by what the file of -o is called; ``form`` is that or what
    QACLI_FORMAT says; None for neither.
    """

    def __init__(
        self, name: str, options: dict[str, Any], own_forms: Collection[str] = (), *, slow: bool = False
    ) -> None:
        self.name = name
        self.folder: Path | None = options["folder"]
        self.actor: str = options["as_"] or ""
        self.today: str | None = options.get("today")
        self.output: Path | None = options["output"]
        if self.output:
            from qacli.commands.precious import refuse_precious

            refuse_precious(self.output)
        self.asked: Format | None = options["stated"] or by_name(self.output, own_forms)
        self.form: Format | None = self.asked or options["format_"]
        self.quiet: bool = options["quiet"]
        self.plain: bool = options["plain"]
        self.writes = "dry_run" in options
        self.dry_run: bool = options.get("dry_run", False)
        self._said = False
        self.progress = Progress(name, wanted=slow and not self.quiet and not self.plain)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace at or above the folder. Raises NoWorkspace, TodayInLive."""
        from qacli.workspace import Workspace

        found = Workspace.find(self.folder or Path(), self.actor, parse_today(self.today))
        found.quiet = self.quiet
        if self.today and self.writes and not self.dry_run and found.settings.provenance == "live":
            raise TodayInLive
        return found

    @property
    def for_people(self) -> bool:
        """Whether the result is a table on a terminal, where room is short."""
        return self.form == "table" or (self.form is None and not self.output and sys.stdout.isatty())

    @property
    def for_programs(self) -> bool:
        """Whether a result that is told in sentences is to be a table of another form."""
        return self.form in {"csv", "json", "md"}

    def commit(self, act: Act) -> Outcome:
        """Run an act, record it (unless --dry-run), and tell its findings. Raises whatever the act refuses."""
        outcome = self.workspace.commit(act, self.name, dry_run=self.dry_run)
        if outcome.seq is not None:
            RECORDED.append(outcome.seq)
        for part in outcome.set_aside:
            self.tell(f"recovered: {part.length} bytes of {part.file} that were never committed now lie in {part.copy}")
        for finding in outcome.findings:
            self.tell(finding)
        if self.dry_run and outcome.rows:
            self.tell("dry run: nothing was recorded")
        return outcome

    @property
    def recorded_by(self) -> str:
        """Who typed what is recorded for another, to stand behind that person's name; empty for one's own login.

        A command line proves nobody: only that this login recorded it.
        """
        workspace = self.workspace
        return "" if workspace.via == workspace.actor else f" (recorded by {workspace.via} for {workspace.actor})"

    def completed(self, text: str) -> str:
        """Return a text with whose name and which day this runs in behind each command that a Hint names in it.

        Where no workspace was found, or nobody is known, as in one whose people.csv cannot be read, it stays as it is.
        """
        if not isinstance(text, Hint) or "workspace" not in self.__dict__:
            return text
        try:
            return text.completed(partial(as_before, self.workspace))
        except QacliError:
            return text

    def tell(self, text: str) -> None:
        """Say something beside the result, on standard error."""
        text = self.completed(text)
        if not self.quiet:
            from qacli.files.cards import masked
            from qacli.files.text import visible

            shown = visible(masked(text), layout=True)
            if sys.stderr.isatty():
                from qacli.commands.output import wrapped

                shown = wrapped(shown)
            with self._undisturbed():
                print(shown, file=sys.stderr)

    def say(self, text: str) -> None:
        """Write a part of a result, to standard output or to the file of -o, one below the other."""
        from qacli.commands.output import write

        with self._undisturbed():
            write(self.completed(text), self.output, append=self._said)
        self._said = True

    def show(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        title: str = "",
        beside: Mapping[str, Any] = NOTHING_BESIDE,
    ) -> None:
        """Write a table as the format asks: a table on a terminal, CSV on a pipe. ``name`` is its schema.

        ``beside`` is what JSON holds beside the rows; for people the command tells it itself.
        """
        from qacli.commands.output import Table, render

        table = Table(name, tuple(columns), [tuple(row) for row in rows], title, beside)
        with self._undisturbed():
            render(table, self.form, self.output, self.plain)

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Take the line of progress away while something is written."""
        running = self.progress.running
        self.progress.stop()
        yield
        if running:
            self.progress.start()


def by_name(output: Path | None, own_forms: Collection[str] = ()) -> Format | None:
    """Return the form that a file's name asks for; None where it has no ending, or one that the command writes itself.

    Raises UsageError.
    """
    if not output or not output.suffix or output.suffix in own_forms:
        return None
    from qacli.commands.output import FORMATS

    found = FORMATS.get(output.suffix.lower())
    if not found:
        raise UsageError(
            f"{output}: qacli writes no {output.suffix} file",
            help=f"end its name in {', '.join([*FORMATS, *own_forms])} (spreadsheets open .csv), or say --format",
        )
    return found


def new_app(help: str) -> typer.Typer:  # noqa: A002
    """Return the Typer app of one command file; its help is plain unless a person reads it on a terminal."""
    rich = sys.stdout.isatty() and not switched_on("QACLI_PLAIN")
    return typer.Typer(
        help=help,
        add_completion=False,
        rich_markup_mode="rich" if rich else None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command(
    app: typer.Typer, name: str = "", *, writes: bool = False, slow: bool = False, forms: Collection[str] = ()
) -> Callable[[Callable[..., int | None]], Any]:
    """Register a function ``(context, ...) -> exit code or None`` as a command with the common options.

    ``forms`` are the endings of files that it writes itself, beside those that every command writes. A ``slow`` one, which
    asks nothing while it works, shows on a terminal that it goes on.
    """

    def register(function: Callable[..., int | None]) -> Callable[..., int | None]:
        hints = get_type_hints(function, include_extras=True)
        own = list(inspect.signature(function).parameters.values())[1:]
        parameters = [parameter.replace(annotation=hints[parameter.name]) for parameter in own]
        shared = _common(writes)
        word = name or function.__name__.rstrip("_").replace("_", "-")
        group = function.__module__.rsplit(".", 1)[1].partition("_")[0]  # sample_list holds commands of sample
        path = f"{group} {word}" if name or _grouped(function) else word

        def run(typed: typer.Context, **values: Any) -> None:
            options = {key: values.pop(key) for key in [each.name for each in shared]}
            source = typed.get_parameter_source("format_")
            options["stated"] = options["format_"] if source and source.name == "COMMANDLINE" else None
            _refuse_no_number(values)
            context = Context(path, options, forms, slow=slow)
            context.progress.start()
            try:
                code = function(context, **values)
            except QacliError as wrong:
                wrong.help = context.completed(wrong.help)
                raise
            finally:
                context.progress.stop()
            if code:
                raise typer.Exit(code)

        run.__doc__ = function.__doc__
        run.writes = writes  # type: ignore[attr-defined]
        whole = inspect.Parameter("typed", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
        everything = [whole, *parameters, *shared]
        run.__signature__ = inspect.Signature(everything)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in everything}
        app.command(word)(run)
        return function

    return register


def _refuse_no_number(values: Mapping[str, Any]) -> None:
    """Raise UsageError where an option that takes a number is given nan or inf, which the parser takes for one."""
    for name, value in values.items():
        if isinstance(value, float) and not isfinite(value):
            raise UsageError(
                f"--{name.rstrip('_').replace('_', '-')} {value} is no number", help="write digits: 12 or 0.5"
            )


def _grouped(function: Callable[..., Any]) -> bool:
    """Return whether a command file holds several commands: its function is not named after the file."""
    return function.__name__.rstrip("_") != function.__module__.rsplit(".", 1)[1]


@cache
def _common(writes: bool) -> list[inspect.Parameter]:
    def option(name: str, kind: Any, default: Any, *flags: str, help: str, env: str | None = None) -> inspect.Parameter:  # noqa: A002
        info = typer.Option(*flags, help=help, envvar=env, show_envvar=False, rich_help_panel=COMMON)
        return inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, info]
        )

    options = [
        option(
            "folder",
            Path | None,
            None,
            "--folder",
            "-C",
            help="Workspace folder; else found upward from here.",
            env="QACLI_FOLDER",
        ),
        option(
            "as_",
            str | None,
            None,
            "--as",
            help="Person in whose name this runs; else QACLI_AS, else your login.",
            env="QACLI_AS",
        ),
        option("today", str | None, None, "--today", help="Play this date; a live folder refuses it when writing."),
        option(
            "format_",
            Format | None,
            None,
            "--format",
            help="Form of the result; else a table on a terminal and CSV on a pipe.",
            env="QACLI_FORMAT",
        ),
        option("output", Path | None, None, "--output", "-o", help="Write the result to this file."),
        option("quiet", bool, False, "--quiet", "-q", help="Say nothing beside the result."),
        option("plain", bool, False, "--plain", help="No colour, no boxes.", env="QACLI_PLAIN"),
    ]
    if writes:
        options.append(
            option("dry_run", bool, False, "--dry-run", "-n", help="Show what would be recorded; record nothing.")
        )
    return options


def run(app: typer.Typer, arguments: Sequence[str], prog: str, early: Sequence[str] = (), alone: str = "") -> int:
    """Run a Typer app and return its exit code; a wrong command line becomes a UsageError.

    ``early`` holds options that stood before the command, as they were typed; the same option after it wins. ``alone`` is
    the command of a group that is meant where an id, or an option, stands in the place of one.
    """
    RECORDED.clear()
    parser = _parser(app)
    words = _placed(parser, [*([alone] if alone and _means_alone(parser, arguments) else []), *arguments], early)
    try:
        code = parser.main(args=list(words), prog_name=prog, standalone_mode=False)
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as end:
        # Typer leaves with 1 where nobody reads on; the boundary knows better what that means
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise
    except Exception as wrong:
        if hasattr(wrong, "format_message") and hasattr(wrong, "exit_code"):
            # Typer's own copy of Click raises these; their classes are private to it.
            raise in_words(wrong, parser, prog, words) from None
        raise
    return code if isinstance(code, int) else 0


@cache
def _parser(app: typer.Typer) -> Any:
    """Return the parser of an app, made once: the demo plays many commands in one process."""
    return typer.main.get_command(app)


def _means_alone(parser: Any, arguments: Sequence[str]) -> bool:
    """Return whether a command line of a group begins with no command, nor with what looks like one misspelt."""
    first = arguments[0] if arguments else ""
    if first in {"", "-h", "--help", *parser.commands}:
        return False
    return not nearest(first, parser.commands)


def _placed(parser: Any, arguments: list[str], early: Sequence[str]) -> list[str]:
    """Return the arguments with early options behind the words that name the command."""
    command, words = named(parser, arguments)
    return arguments if hasattr(command, "commands") else [*arguments[:words], *early, *arguments[words:]]
