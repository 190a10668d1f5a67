"""Every command as Typer knows it: its path, its options, its help. What is generated is generated from this."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from qacli.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Option(NamedTuple):
    """One option. ``takes`` is what its value is: "" for none, else ``file``, ``text`` or the choices in order."""

    names: tuple[str, ...]
    takes: str | tuple[str, ...]
    help: str
    variable: str


class Known(NamedTuple):
    """One command, or a group of them, by the words that call it."""

    path: str
    summary: str
    help: str
    options: tuple[Option, ...]
    argument: str | tuple[str, ...]
    below: tuple[str, ...]


def settle() -> None:
    """Keep this terminal and these settings out of what is generated; the commands are imported after it."""
    for name in [name for name in os.environ if name.startswith("QACLI_")]:
        del os.environ[name]
    os.environ.update(QACLI_PLAIN="1", TYPER_USE_RICH="0", COLUMNS="100")


def known() -> list[Known]:
    """Return every command in the order of ``qacli --help``, groups before what they hold."""
    found: list[Known] = []
    for command in COMMANDS:
        app = import_module(f"qacli.commands.{command.name}").app
        found += _walk(typer.main.get_command(app), command.name, command.help)
    return found


def _walk(command: Any, path: str, summary: str, parent: Any = None) -> Iterator[Known]:
    below = getattr(command, "commands", {})
    name = path.rsplit(" ", 1)[-1] if parent else f"qacli {path}"
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    options = tuple(_option(each) for each in command.params if each.param_type_name == "option")
    arguments = [_takes(each) for each in command.params if each.param_type_name == "argument"]
    yield Known(path, summary, command.get_help(context), options, arguments[0] if arguments else "", tuple(below))
    for name, each in below.items():
        yield from _walk(each, f"{path} {name}", each.get_short_help_str(limit=200), context)


def _option(parameter: Any) -> Option:
    takes = "" if parameter.is_flag else _takes(parameter)
    return Option(tuple(parameter.opts), takes, parameter.help or "", parameter.envvar or "")


def _takes(parameter: Any) -> str | tuple[str, ...]:
    if choices := getattr(parameter.type, "choices", ()):
        return tuple(str(choice) for choice in choices)
    return "file" if type(parameter.type).__name__ == "TyperPath" else "text"
