"""One query, several engines: DuckDB's SQL as Spark and PostgreSQL understand it, meaning the same to the last bit.

sqlglot knows the grammar. What it does not know, or knows in a way that may answer differently, stands here as a
template for each engine, and each template is proved on a real one.
"""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from qacli.engine.connection import literal
from qacli.model import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


Tree: TypeAlias = Any
"""A query as sqlglot holds it, whose base class has another name from version to version."""
EXTRA = "sqlglot carries queries to other engines, and it is not installed"


class Dialect(NamedTuple):
    """How one engine differs. ``name`` is what sqlglot calls it, ``key`` how a text becomes 64 hex digits.

    In templates ``:a``, ``:b`` ... are the arguments. ``fence`` ends a query that is not to be folded into the one
    around it, which would compute each of its columns again wherever it is used.
    """

    name: str
    key: str
    functions: Mapping[str, str]
    pattern: Callable[[str], str]
    fence: str = ""


POSTGRESQL = Dialect(
    "postgres",
    key="encode(sha256(convert_to(:a, 'UTF8')), 'hex') COLLATE \"C\"",
    functions=MappingProxyType(
        {
            "nfc_normalize": "CASE WHEN octet_length(:a) = length(:a) THEN :a ELSE normalize(:a, NFC) END",
            "regexp_full_match": ":a ~ :b",
            "regexp_extract": "substring(:a FROM :b)",
            "to_seconds": "make_interval(secs => :a)",
            "from_micros": "TIMESTAMP 'epoch' + :a * INTERVAL '1 microsecond'",
            "make_timestamp": "make_timestamp(:a, :b, :c, :d, :e, CAST(:f AS DOUBLE PRECISION))",
            "hex_number": "CAST(CAST('x' || :a AS BIT(60)) AS BIGINT)",
            "pinned": ":a",
            "hour": "CAST(EXTRACT(HOUR FROM :a) AS INT)",
            "isodow": "CAST(EXTRACT(ISODOW FROM :a) AS INT)",
        }
    ),
    pattern=lambda body: f"^(?:{body})$",
    fence=" OFFSET 0",
)
SPARK = Dialect(
    "spark",
    key="sha2(:a, 256)",
    functions=MappingProxyType(
        {
            # Spark has no such function, but the library of the Unicode consortium among its own
            "nfc_normalize": (
                "CASE WHEN octet_length(:a) = length(:a) THEN :a "
                "ELSE reflect('com.ibm.icu.text.Normalizer', 'compose', :a, false) END"
            ),
            "regexp_full_match": ":a RLIKE :b",
            "regexp_extract": "regexp_extract(:a, :b, 1)",
            "to_seconds": "make_dt_interval(0, 0, 0, :a)",
            "from_micros": "CAST(timestamp_micros(:a) AS TIMESTAMP_NTZ)",
            "make_timestamp": "make_timestamp_ntz(:a, :b, :c, :d, :e, :f)",
            "hex_number": "CAST(conv(:a, 16, 10) AS BIGINT)",
            # a condition on a column is moved to where its cells are read, with all that made the column written out
            # again at each mention; past chance nothing is moved
            "pinned": "coalesce(:a, CASE WHEN rand() < 0.5 THEN :a END)",
            "hour": "hour(:a)",
            "isodow": "weekday(:a) + 1",
        }
    ),
    pattern=lambda body: f"\\A(?:{body})\\z",  # Java's $ also matches before a last line feed
)
DIALECTS: Mapping[str, Dialect] = MappingProxyType({"postgresql": POSTGRESQL, "spark": SPARK})


class NotSaid(Misconfigured):
    """A query needs something that an engine cannot be asked yet."""

    def __init__(self, dialect: Dialect, what: str) -> None:
        super().__init__(
            f"qacli cannot ask {dialect.name} yet: {what}",
            help="take out an export of the table, and name it with path: in qacli.yaml",
        )


def bound(query: str, parameters: Sequence[object]) -> str:
    """Return a query of DuckDB's with its parameters written into it as literals."""
    from sqlglot import TokenType, tokenize

    given, parts, at = iter(parameters), [], 0
    for token in tokenize(query, read="duckdb"):
        if token.token_type in {TokenType.PLACEHOLDER, TokenType.QDCOLON}:
            parts += [query[at : token.start], written(next(given))]
            at = token.start + 1
    return "".join([*parts, query[at:]])


def written(value: object) -> str:
    """Return a value as a literal of DuckDB's. Raises TypeError for a kind of value that no query takes."""
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"no parameter of a query: {value!r}")


def trees(query: str, parameters: Sequence[object] = ()) -> list[Tree]:
    """Return the statements of DuckDB's SQL as trees. Raises Misconfigured where sqlglot is not installed."""
    try:
        import sqlglot
    except ImportError:
        raise Misconfigured(EXTRA, help="pip install 'qacli[postgresql]' or 'qacli[cluster]'") from None
    return [tree for tree in sqlglot.parse(bound(query, parameters), read="duckdb") if tree is not None]


def said(tree: Tree, dialect: Dialect) -> str:
    """Return a tree of DuckDB's SQL in the words of another engine. Raises NotSaid."""
    from sqlglot import ErrorLevel, UnsupportedError

    try:
        text: str = _done(tree, dialect).sql(dialect.name, comments=False, unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise NotSaid(dialect, str(error)) from None
    return text


def _replaced(node: Tree, dialect: Dialect) -> Tree:
    """Return a node as the engine takes it: functions by template, the rest as sqlglot has it."""
    from sqlglot import exp

    if isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From | exp.Join) and not node.alias:
        node.set("alias", exp.TableAlias(this=exp.to_identifier("unnamed")))  # PostgreSQL wants a name
    if isinstance(node, exp.Select) and node.args.get("group") and node.args["group"].args.get("all"):
        node.set("group", exp.Group(expressions=_grouped(node)))
    if isinstance(node, exp.Bracket) and isinstance(node.this, exp.Array):
        return _picked(node, dialect)
    if isinstance(node, exp.ArrayContains) and (listed := node.this.find(exp.Array)):
        return exp.In(this=_done(node.expression, dialect), expressions=listed.expressions or [exp.null()])
    if isinstance(node, exp.SHA2 | exp.SHA2Digest):
        return _filled(dialect.key, dialect, node.this)
    name, arguments = _called(node, dialect)
    if name in dialect.functions:
        return _filled(dialect.functions[name], dialect, *arguments)
    return node


def _grouped(select: Tree) -> list[Tree]:
    """Return what GROUP BY ALL means: the number of each column that is no aggregate."""
    from sqlglot import exp

    columns = enumerate(select.expressions, 1)
    return [exp.Literal.number(number) for number, each in columns if not each.find(exp.AggFunc)]


def _picked(node: Tree, dialect: Dialect) -> Tree:
    """Return an element of a written list as cases: engines count from 0 or from 1, and this is counted from 0."""
    from sqlglot import exp

    ifs = [
        exp.If(this=exp.Literal.number(number), true=each.copy()) for number, each in enumerate(node.this.expressions)
    ]
    return exp.Case(this=exp.paren(_done(node.expressions[0], dialect)), ifs=ifs)


def _done(tree: Tree, dialect: Dialect) -> Tree:
    return tree.transform(lambda node: _replaced(node, dialect))


def _called(node: Tree, dialect: Dialect) -> tuple[str, list[Tree]]:
    """Return the name of a function that has a template, and its arguments; nothing for any other node."""
    from sqlglot import exp

    if isinstance(node, exp.Anonymous):
        return node.name.lower(), node.expressions
    if isinstance(node, exp.RegexpFullMatch):
        return "regexp_full_match", [node.this, exp.Literal.string(dialect.pattern(node.expression.name))]
    if isinstance(node, exp.RegexpExtract):
        return "regexp_extract", [node.this, node.expression]
    if isinstance(node, exp.TimestampFromParts):
        return "make_timestamp", [node.args[part] for part in ("year", "month", "day", "hour", "min", "sec")]
    if isinstance(node, exp.UnixToTime):
        return "from_micros", [node.this]
    if isinstance(node, exp.Hour):
        return "hour", [node.this]
    if isinstance(node, exp.DayOfWeekIso):
        return "isodow", [node.this]
    if isinstance(node, exp.Cast) and node.is_type("bigint"):
        inner = node.this.unnest()
        if isinstance(inner, exp.DPipe) and inner.this.is_string and inner.this.name == "0x":
            return "hex_number", [inner.expression]
    return "", []


def _filled(template: str, dialect: Dialect, *arguments: Tree) -> Tree:
    """Return a template with its arguments put in, each done itself: the walk does not enter what it replaced."""
    from sqlglot import exp, parse_one

    tree = parse_one(template, read=dialect.name)
    given = dict(zip("abcdef", (_done(each, dialect) for each in arguments), strict=False))
    whole: Tree = tree.transform(
        lambda node: exp.paren(given[node.name].copy()) if isinstance(node, exp.Placeholder) else node
    )
    return exp.paren(whole, copy=False)
