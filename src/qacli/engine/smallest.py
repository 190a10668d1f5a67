"""``arg_min(row, key, n)`` for engines that lack it: the n smallest of each group by ``row_number()``, and the counts.

The query stays one text. Where an engine has no such aggregate, it is asked twice: for the groups with their other
aggregates, and for the rows that stand among the first n of their group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.engine.dialect import Tree


class Halves(NamedTuple):
    """The two queries that stand for one: ``groups`` gives all columns but the last, ``rows`` each group's first rows.

    ``keys`` columns tell a group, ``names`` are the fields of a row.
    """

    groups: Tree
    rows: Tree
    keys: int
    names: tuple[str, ...]


def halves(tree: Tree) -> Halves | None:
    """Return the two halves of ``SELECT key, ..., count(*), arg_min({...}, key, n) ... GROUP BY 1, ...``.

    None for a query that does not end so. The last column may stand in ``CASE WHEN condition THEN ... END``.
    """
    from sqlglot import exp

    last = tree.expressions[-1].unalias() if isinstance(tree, exp.Select) else None
    condition = last.args["ifs"][0].this if isinstance(last, exp.Case) else None
    least = last.args["ifs"][0].args["true"] if isinstance(last, exp.Case) else last
    if not isinstance(least, exp.ArgMin) or least.args.get("count") is None:
        return None
    groups = tree.copy()
    groups.expressions[-1].pop()
    keys = len(tree.args["group"].expressions)
    marks = [f"g{number}" for number in range(keys)]
    fields = least.this.expressions
    inner = tree.copy()
    for part in ("with_", "group", "order"):
        inner.set(part, None)
    telling = [each.unalias() for each in tree.expressions[:keys]]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[each.copy() for each in telling],
        order=exp.Order(expressions=[exp.Ordered(this=least.expression.copy())]),
    )
    inner.set(
        "expressions",
        [
            *(exp.alias_(each.copy(), mark) for each, mark in zip(telling, marks, strict=True)),
            *(exp.alias_(field.expression.copy(), f"f{number}") for number, field in enumerate(fields)),
            exp.alias_(place, "place"),
        ],
    )
    if condition is not None:
        inner = inner.where(condition.copy())
    rows = (
        exp.select(*marks, *(f"f{number}" for number in range(len(fields))))
        .from_(inner.subquery("ranked"))
        .where(exp.LTE(this=exp.column("place"), expression=least.args["count"].copy()))
        .order_by(*marks, "place")
    )
    rows.set("with_", tree.args["with_"].copy() if tree.args.get("with_") else None)
    return Halves(groups, rows, keys, tuple(field.name for field in fields))


def joined(split: Halves, groups: Sequence[Sequence[Any]], rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the answer to the whole query: each group with the list of its first rows, None where it has none."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        fields = dict(zip(split.names, row[split.keys :], strict=True))
        found.setdefault(tuple(row[: split.keys]), []).append(fields)
    return [(*group, found.get(tuple(group[: split.keys]))) for group in groups]
