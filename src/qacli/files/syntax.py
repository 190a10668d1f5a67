"""What a YAML parser says when it gives up, in plain words and at the place where the mistake was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from qacli.files.document import Position

if TYPE_CHECKING:
    from collections.abc import Callable

    from qacli.files.document import Document
    from qacli.files.faults import Fault


class Syntax(NamedTuple):
    """One kind of syntax fault: the parser's words that give it away, and ours. ``opening``: shown where it opened."""

    problem: re.Pattern[str]
    code: str
    message: str
    help: str
    opening: bool = False


TABS = Syntax(
    re.compile(r"tab character|'\\t'"),
    "tab-indentation",
    "this line is indented with a tab",
    "use blanks: two for each step to the right",
)
UNCLOSED_QUOTE = Syntax(
    re.compile("unexpected end of stream|unexpected document"),
    "unclosed-quote",
    "this quote is never closed",
    "close it on the same line; write \\\" for a quote inside double quotes, '' for one inside single quotes",
    opening=True,
)
# The words differ between the two parsers of PyYAML; each pattern knows both.
KINDS = (
    TABS,
    UNCLOSED_QUOTE,
    Syntax(
        re.compile("expected ',' or"),
        "unclosed-bracket",
        "this bracket is not closed, or a comma is missing in it",
        "put a comma between the items and close the bracket",
        opening=True,
    ),
    Syntax(
        re.compile("mapping values are not allowed|unexpected ':'"),
        "stray-colon",
        "a ':' stands where no setting can begin",
        "put quotes around text that holds ': ', and check the indentation of the line",
    ),
    Syntax(
        re.compile("cannot start any token"),
        "stray-character",
        "text cannot begin with this character",
        "put the text in quotes",
    ),
    Syntax(
        re.compile("escape|hexadeci|hexdeci"),
        "bad-escape",
        "this backslash makes no character",
        "use single quotes around text with backslashes; write emoji as they are",
    ),
    Syntax(re.compile("tag"), "tag", "tags (!) are not used here", "leave the tag out: the schema knows the type"),
    Syntax(
        re.compile("expected key|'-' indicator|<block end>|could not find expected ':'|block sequence entries"),
        "bad-indentation",
        "this line does not fit those above it",
        "settings of one item begin in the same column, each with ': ' after its name",
    ),
    Syntax(
        re.compile("<document start>|YAML document"),
        "second-document",
        "a file holds one document only",
        "take out '...' and '%' lines, and an empty [] above your entries; or divide the file",
    ),
)
QUOTES = ("'", '"')
AFTER_QUOTE = Syntax(
    re.compile(""), "text-after-quote", "text follows the closing quote", "put the quotes around the whole text"
)
OTHER = Syntax(re.compile(""), "bad-yaml", "this is not readable as YAML", "")


def syntax_fault(document: Document, error: yaml.YAMLError, parser: Callable[[str], Any]) -> Fault:
    """Return the fault at which parsing ended."""
    problem = getattr(error, "problem", "") or ""
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    line = document.lines[mark.line] if mark and mark.line < len(document.lines) else ""
    kind = next((kind for kind in KINDS if kind.problem.search(problem)), OTHER)
    if kind.code == "stray-character" and "\t" in line[: len(line) - len(line.lstrip())]:
        kind = TABS
    if kind.code in {"bad-indentation", "stray-colon"} and (quote := _runaway_quote(document.text, parser, mark)):
        kind, opened = UNCLOSED_QUOTE, quote
    elif kind.code == "bad-indentation" and mark and mark.column and line[mark.column - 1] in QUOTES:
        kind = AFTER_QUOTE
    at = opened if kind.opening and opened else mark
    if at is None:
        return document.fault(kind.code, kind.message, Position(1, 1), problem)
    return document.fault(kind.code, kind.message, _position(document, at), kind.help or problem)


def _position(document: Document, mark: Any) -> Position:
    """Return a mark as a position; the end of the text becomes the end of its last line that says something."""
    if mark.line < len(document.lines) and document.lines[mark.line].strip():
        return Position(mark.line + 1, mark.column + 1)
    last = max((n for n, text in enumerate(document.lines[: mark.line + 1]) if text.strip()), default=0)
    return Position(last + 1, max(1, len(document.lines[last])))


def _runaway_quote(text: str, parser: Callable[[str], Any], problem: Any) -> Any:
    """Return where the quote opened that swallowed lines up to the problem, or None.

    A quote left open is closed by the next one, and the parser complains only about what follows that.
    """
    tokens = parser(text)
    opened = None
    try:
        while tokens.check_token():
            token = tokens.get_token()
            end = token.end_mark
            if isinstance(token, yaml.ScalarToken) and token.style in QUOTES and token.start_mark.line < end.line:
                before = problem and end.line == problem.line and end.column <= problem.column
                opened = token.start_mark if before else opened
    except yaml.YAMLError:
        pass
    return opened
