"""From a tree to a model: what pydantic finds, told in plain words at the place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from yaml.events import AliasEvent

from qacli.files.events import Mapping
from qacli.files.faults import Fault, FileFaults
from qacli.files.nearest import nearest
from qacli.files.schema import COVERT, NO_COVERT_MODE
from qacli.files.settings import settings_at
from qacli.files.wording import Words, worded
from qacli.files.yaml import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qacli.files.yaml import Place, Tree

M = TypeVar("M", bound=BaseModel)


def validate(tree: Tree, model: type[M]) -> M:
    """Return a document as an instance of a model. Raises FileFaults with everything wrong in the file."""
    return validate_all([(tree, model)])[0]


def validate_all(items: Iterable[tuple[Tree, type[M]]]) -> list[M]:
    """Return each tree as an instance of its model. Raises FileFaults with everything wrong in any of them."""
    instances: list[M] = []
    faults: dict[Fault, None] = {}
    for tree, model in items:
        faults.update(dict.fromkeys(tree.faults))
        try:
            instances.append(model.model_validate(tree.raw))
        except ValidationError as error:
            faults.update(dict.fromkeys(_faults(tree, model, error)))
    if faults:
        raise FileFaults(faults)
    return instances


def _faults(tree: Tree, model: type[BaseModel], error: ValidationError) -> list[Fault]:
    errors = error.errors(include_url=False)
    unknown = [e for e in errors if e["type"] == "extra_forbidden"]
    missing = [e for e in errors if e["type"] == "missing"]
    others = [e for e in errors if e["type"] not in {"extra_forbidden", "missing"} and not _follows(tree, e)]
    meant = {e["loc"]: _meant(tree, model, e["loc"], missing) for e in unknown}
    misspelled = {(e["loc"][:-1], meant[e["loc"]]) for e in unknown}
    found = [_unknown(tree, model, e["loc"], meant[e["loc"]]) for e in unknown]
    lacking: dict[Place, list[str]] = {}
    for e in missing:
        if (e["loc"][:-1], e["loc"][-1]) not in misspelled and _whole(tree, e["loc"][:-1]):
            lacking.setdefault(e["loc"][:-1], []).append(str(e["loc"][-1]))
    found += [_missing(tree, parent, names) for parent, names in lacking.items()]
    found += _others(tree, others)
    # One fault is enough for what was refused as it was read.
    return [fault for fault in found if not any(_overlap(fault, refused) for refused in tree.faults)]


def _overlap(one: Fault, other: Fault) -> bool:
    apart = max(one.column, other.column) >= min(one.column + one.width, other.column + other.width)
    return one.line == other.line and not apart


def _follows(tree: Tree, error: Any) -> bool:
    """Return whether a finding only follows from another fault."""
    context = error.get("ctx", {})
    if error["type"] == "too_short":  # pydantic counts the valid items only
        return bool(len(error["input"]) >= context["min_length"])
    if "at" in context:  # a rule over the whole was given only what could be kept
        return bool(tree.faults)
    return isinstance(_steps(tree, error["loc"])[1], AliasEvent)


def _meant(tree: Tree, model: type[BaseModel], loc: Place, missing: list[Any]) -> str:
    """Return the setting that an unknown one was probably meant to be, those missing beside it first."""
    name = str(loc[-1])
    lacking = [str(e["loc"][-1]) for e in missing if e["loc"][:-1] == loc[:-1]]
    return nearest(name, lacking) or nearest(name, settings_at(model, _steps(tree, loc[:-1])[0]))


def _hint(tree: Tree, model: type[BaseModel], place: Place, meant: str) -> str:
    """Return what to do about an unknown setting at a place."""
    steps, node = _steps(tree, place)
    taken = node.keys if isinstance(node, Mapping) else {}
    if meant:
        return f"'{meant}' is set already: take this line out" if meant in taken else f"did you mean '{meant}'?"
    free = [name for name in dict.fromkeys(settings_at(model, steps)) if name not in taken]
    return f"settings that can be added here: {', '.join(free) or 'none'}"


def _unknown(tree: Tree, model: type[BaseModel], loc: Place, meant: str) -> Fault:
    hint = NO_COVERT_MODE if str(loc[-1]).casefold() in COVERT else _hint(tree, model, loc[:-1], meant)
    path = tree.readable(loc[:-1])
    where = f" in {path}" if path else ""
    at = tree.place(loc, key=True)
    return tree.document.fault("unknown-setting", f"unknown setting '{short(loc[-1])}'{where}", at, hint)


def _missing(tree: Tree, parent: Place, names: list[str]) -> Fault:
    path = tree.readable(parent) or "the file"
    quoted = [f"'{name}'" for name in names]
    hint = f"add a line '{names[0]}: ...'" if len(names) == 1 else f"add these lines: {', '.join(names)}"
    return tree.document.fault(
        "missing-setting", f"{path} lacks {', '.join(quoted)}", tree.place(parent, key=True), hint
    )


def _others(tree: Tree, errors: list[Any]) -> list[Fault]:
    """Return one fault for each place; where a value may be one of several kinds, each kind says its word."""
    places: dict[tuple[Place, str], list[Words]] = {}
    for error in errors:
        steps, _ = _steps(tree, (*error["loc"], *_below(error)))
        rule = error["type"] if "at" in error.get("ctx", {}) else ""
        places.setdefault((tuple(steps), rule), []).append(worded(error))
    return [_other(tree, place, words) for (place, _), words in places.items()]


def _below(error: Any) -> Place:
    """Return where below its model an error belongs: at where its rule says, or at what tells kinds apart."""
    context = error.get("ctx", {})
    if error["type"] == "union_tag_invalid":
        return (context["discriminator"].strip("'"),)
    return tuple(context.get("at", ()))


def _other(tree: Tree, place: Place, words: list[Words]) -> Fault:
    path = tree.readable(place)
    said = "; ".join(dict.fromkeys(word.message for word in words))
    help = next((word.help for word in words if word.help), "")  # noqa: A001 - the word users see
    return tree.document.fault(words[0].code, f"{path}: {said}" if path else said, tree.place(place), help)


def _steps(tree: Tree, place: Place) -> tuple[list[str | int], Any]:
    way = tree.nodes(place)
    return [step for step, _ in way], way[-1][1] if way else tree.root


def _whole(tree: Tree, place: Place) -> bool:
    """Return whether every setting of a mapping was kept; otherwise none can be said to be missing."""
    node = _steps(tree, place)[1]
    return not isinstance(node, Mapping) or node.whole
