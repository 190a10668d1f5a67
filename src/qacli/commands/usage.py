"""A wrong command line in words: everything that it lacks, how the command is typed, where its help is.

Parsers are those of Typer's own copy of Click, whose classes are private to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def named(parser: Any, words: Sequence[str]) -> tuple[Any, int]:
    """Return the command that a line of words names, a group where it names none, and how many of the words name it."""
    count = 0
    while hasattr(parser, "commands") and count < len(words) and words[count] in parser.commands:
        parser = parser.commands[words[count]]
        count += 1
    return parser, count


def in_words(wrong: Any, parser: Any, prog: str, words: Sequence[str]) -> UsageError:
    """Return what a parser found wrong with the words behind a program's name, with how the command is typed."""
    command, count = named(parser, words)
    context = command.context_class(command, info_name=" ".join([prog, *words[:count]]))
    faults = _missing(wrong, context, words[count:]) or [wrong]
    # the choices stand on lines of their own, with tabs
    said = [" ".join(each.format_message().split()) for each in faults]
    typed, more = _typed(context) or _choices(wrong, context), f"{context.command_path} --help"
    sentences = said[0] if len(said) == 1 else " ".join(f"{each.rstrip('.')}." for each in said)
    return UsageError(sentences, help=f"{typed}; more: {more}" if typed else f"see: {more}")


def _missing(wrong: Any, context: Any, words: Sequence[str]) -> list[Any]:
    """Return a fault for each argument and option that a command line lacks; none where another fault was found."""
    if type(wrong).__name__ != "MissingParameter":
        return []
    given, _, _ = context.command.make_parser(context).parse_args(args=list(words))
    lacking = [each for each in context.command.params if each.required and not given.get(each.name)]
    return [type(wrong)(ctx=context, param=each) for each in lacking]


def _typed(context: Any) -> str:
    """Return how a command with what it takes is typed, what is required first; empty where all is optional by name."""
    if hasattr(context.command, "commands"):
        return ""
    pieces = list(_pieces(context))
    return "usage: " + " ".join([context.command_path, *pieces, "[OPTIONS]"]) if pieces else ""


def _choices(wrong: Any, context: Any) -> str:
    """Return the commands of a group, where one of them is missing and none was offered in its place."""
    if not hasattr(context.command, "commands") or "Did you mean" in wrong.format_message():
        return ""
    shown = [name for name, command in context.command.commands.items() if not command.hidden]
    return f"its commands: {', '.join(shown)}"


def _pieces(context: Any) -> Iterator[str]:
    params = context.command.params
    for each in params:
        if each.param_type_name == "argument":
            yield from (piece.strip("{}") for piece in each.get_usage_pieces(context))  # braces are not to be typed
    for each in params:
        if each.param_type_name == "option" and each.required:
            option, value = max(each.opts, key=len), each.make_metavar(context)
            plain = value.startswith("<") and "|" not in value  # a type, which says less than the name
            yield f"{option} {option.lstrip('-').upper() if plain else value}"
