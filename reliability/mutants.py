"""Small faults in a module, one at a time: what a test that means something has to notice.

A mutant is one function with one thing changed, or one constant of the module. It is put into the running program in
place of the function's code, so that a test session that is ready can be forked and nothing is loaded anew.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy, deepcopy
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, NamedTuple

OTHER: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.Pow: (ast.Mult,),
}
"""What stands in place of an operator: the boundary moved, the sense turned, a sum made a difference."""
REMOVED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Delete)


class Mutant(NamedTuple):
    """One changed thing: where it stands, how it read before and after.

    ``within`` is a function, or a constant; ``whole`` is a digest of all of it as it reads without the change.
    """

    module: str
    within: str
    line: int
    before: str
    after: str
    code: CodeType
    nth: int
    whole: str

    @property
    def key(self) -> str:
        """What its verdict hangs on: the function that it is a change of, in whatever module, and the change."""
        return f"{self.whole} {self.within}: {self.before} -> {self.after} [{self.nth}]"

    @property
    def name(self) -> str:
        again = f" [{self.nth}]" if self.nth > 1 else ""
        return f"{self.module.removeprefix('qacli.')}.{self.within}: {self.before} -> {self.after}{again}"


class Place(NamedTuple):
    """Where a node hangs in the tree."""

    holder: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.holder, self.field, node)
        else:
            getattr(self.holder, self.field)[self.index] = node


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    file = str(import_module(module).__file__)
    tree = ast.parse(Path(file).read_text("utf-8"))
    alike: Counter[tuple[str, str, str]] = Counter()
    for within, part in _parts(tree):
        whole = sha256(ast.unparse(part).encode()).hexdigest()[:12]
        for place in list(_places(part)):
            for new in _others(place):
                if ast.dump(new) == ast.dump(place.node):
                    continue
                place.put(ast.copy_location(new, place.node))
                code = _compiled(tree, file, within, part)
                place.put(place.node)
                key = within, _said(place.node), _said(new)
                alike[key] += 1
                yield Mutant(module, within, getattr(place.node, "lineno", 0), *key[1:], code, alike[key], whole)


def put_in(mutant: Mutant) -> None:
    """Let this process run the mutant from now on. Raises ValueError where its code does not fit."""
    module = import_module(mutant.module)
    found: Any = module
    for name in mutant.within.split("."):
        found = vars(found)[name]
    if mutant.within.isupper():
        value = eval(mutant.code, vars(module))
        for name, other in list(sys.modules.items()):
            if name.startswith("qacli"):
                _replace(vars(other), found, value)
        return
    found = getattr(found, "__func__", None) or getattr(found, "fget", None) or found
    while hasattr(found, "__wrapped__"):
        getattr(found, "cache_clear", bool)()
        found = found.__wrapped__
    found.__code__ = mutant.code


def _replace(names: dict[str, Any], before: object, after: object) -> None:
    """Put another constant in the place of one, also in the tables that hold it."""
    for name, held in list(names.items()):
        if held is before:
            names[name] = after
        elif isinstance(held, Mapping) and any(each is before for each in held.values()):
            names[name] = MappingProxyType({key: after if each is before else each for key, each in held.items()})


def _parts(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield the functions, methods and constants of a module by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
            yield node.targets[0].id, node


def _places(node: ast.AST) -> Iterator[Place]:
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "targets"}:
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and not isinstance(child, ast.arguments):
                yield Place(node, field, index if isinstance(value, list) else None, child)
                yield from _places(child)


def _others(place: Place) -> Iterator[ast.AST]:  # noqa: C901 - one rule after the other
    """Yield what may stand in a node's place."""
    node = place.node
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            for other in OTHER[type(op)]:
                yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])
    elif isinstance(node, ast.BoolOp | ast.BinOp) and not _is_path(node):
        yield from (_with(node, op=other()) for other in OTHER.get(type(node.op), ()))
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif place.field in {"test", "ifs"}:
        yield ast.UnaryOp(ast.Not(), node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + step) for step in (1, -1))
    elif isinstance(node, ast.Call) and len(node.args) > 1 and not _is_orderless(node):
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
    elif isinstance(node, ast.Return) and node.value:
        yield from _returned(node.value)
    elif isinstance(node, ast.Continue | ast.Break):
        yield ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
    elif isinstance(node, REMOVED) and not _is_text(node):
        yield ast.Pass()


def _is_path(node: ast.BoolOp | ast.BinOp) -> bool:
    """Whether a division may be one of paths: without it nothing runs at all, and any test would notice."""
    return isinstance(node.op, ast.Div) and bool(re.search(r"folder|path|NAME|['\"]", ast.unparse(node)))


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    new = copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _returned(value: ast.expr) -> Iterator[ast.AST]:
    """Yield what may be returned instead: nothing, but a text for an empty one. What is false as nothing is has its own rules."""
    if not isinstance(value, ast.Constant) or value.value:
        yield ast.Return(ast.Constant(None))
    elif value.value == "":
        yield ast.Return(ast.Constant("?"))


def _is_orderless(node: ast.Call) -> bool:
    """Whether the first two arguments may change places: it is the same call then, or none that can be made."""
    return any(isinstance(each, ast.Starred) for each in node.args) or ast.unparse(node.func) in {
        "min",
        "max",
        "suppress",
    }


def _is_text(node: ast.AST) -> bool:
    value = getattr(node, "value", None)
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _said(node: ast.AST) -> str:
    """Return a node as it reads, on one line, and not at length."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]} ... {text[-25:]}"


def _compiled(tree: ast.Module, file: str, within: str, part: ast.AST) -> CodeType:
    if isinstance(part, ast.Assign):
        return compile(ast.fix_missing_locations(ast.Expression(deepcopy(part.value))), file, "eval")
    return next(_found(compile(ast.fix_missing_locations(deepcopy(tree)), file, "exec"), within))


def _found(code: CodeType, name: str) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_qualname == name:
                yield each
            yield from _found(each, name)
