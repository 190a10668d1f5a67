"""The house of DESIGN section 3: a module imports only what stands below it."""

from __future__ import annotations

import ast
from pathlib import Path

import qacli

HOUSE = Path(qacli.__file__).parent
FLOORS = (
    "model",
    "files",
    "stats",
    "engine",
    "sources",
    "prepare",
    "monitor",
    "understand",
    "improve",
    "govern",
    "ledger",
    "workspace",
    "interchange",
    "reports",
    "commands",
    "cli",
)


# A word that only these rooms spell: what it stands for has one door.
SPELLED_ONLY_IN = {
    "read_csv": {"engine", "ledger", "workspace"},
    "records/": {"ledger", "workspace"},
    "corrections": {"model", "ledger", "workspace"},
    "get_close_matches": {"files"},
}


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported_rooms(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: write imports in full"
            names = [node.module] if node.module != "qacli" else [f"qacli.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("qacli."))


def test_a_module_imports_only_what_stands_below_it():
    above = []
    for path in sorted(HOUSE.rglob("*.py")):
        here = room(path)
        if here in {"__init__", "__main__"}:
            continue
        assert here in FLOORS, f"{path} stands on no floor"
        above += [
            f"{path.relative_to(HOUSE)} imports {there}"
            for there in imported_rooms(path)
            if there in FLOORS and FLOORS.index(there) > FLOORS.index(here)
        ]
    assert above == []


def test_stats_imports_nothing_of_qacli():
    assert [p for p in (HOUSE / "stats").rglob("*.py") if set(imported_rooms(p)) - {"stats"}] == []


def test_no_module_is_longer_than_400_lines():
    assert [p.name for p in HOUSE.rglob("*.py") if len(p.read_text("utf-8").splitlines()) > 400] == []


def code_of(path: Path):
    """Yield every name and text of a module, without its comments and docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
        yield from (
            value for value in vars(node).values() if isinstance(value, str) and not isinstance(node, ast.Constant)
        )


def test_a_door_is_spelled_only_where_it_stands():
    code = {path: "\n".join(code_of(path)) for path in HOUSE.rglob("*.py")}
    for word, rooms in SPELLED_ONLY_IN.items():
        spelling = {path for path, text in code.items() if word in text}
        assert {str(path.relative_to(HOUSE)) for path in spelling if room(path) not in rooms} == set()
        assert {room(path) for path in spelling}, f"nobody spells {word!r} any more: take it out"
