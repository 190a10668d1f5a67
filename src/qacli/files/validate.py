"""From a tree to a model: what pydantic finds, told in plain words at the place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from qacli.files.events import Mapping, Sequence
from qacli.files.faults import Fault, FileFaults
from qacli.files.settings import nearest, settings_at
from qacli.files.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qacli.files.yaml import Place, Tree

M = TypeVar("M", bound=BaseModel)

LABELS = ("id", "label", "name", "title")
"""The settings by which people know an item of a list."""


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
    others = [e for e in errors if e["type"] not in {"extra_forbidden", "missing"}]
    meant = {e["loc"]: _meant(tree, model, e["loc"], missing) for e in unknown}
    misspelled = {(e["loc"][:-1], meant[e["loc"]]) for e in unknown}
    found = [_unknown(tree, model, e["loc"], meant[e["loc"]]) for e in unknown]
    found += [
        _missing(tree, e["loc"])
        for e in missing
        if (e["loc"][:-1], e["loc"][-1]) not in misspelled and _whole(tree, e["loc"][:-1])
    ]
    found += [_other(tree, model, e) for e in others]
    # A part that was refused as it was read stands in the tree without its value: one fault for it is enough.
    refused = {fault.line for fault in tree.faults}
    return [fault for fault in _one_per_place(found) if fault.line not in refused]


def _one_per_place(faults: list[Fault]) -> list[Fault]:
    """Return the faults without the further complaints of a union about one value."""
    kept: dict[object, Fault] = {}
    for fault in faults:
        several = fault.code in {"missing-setting", "unknown-setting"}
        kept.setdefault((fault.line, fault.column, fault.message if several else ""), fault)
    return list(kept.values())


def _meant(tree: Tree, model: type[BaseModel], loc: Place, missing: list[Any]) -> str:
    """Return the setting that an unknown one was probably meant to be, those missing beside it first."""
    name = str(loc[-1])
    lacking = [str(e["loc"][-1]) for e in missing if e["loc"][:-1] == loc[:-1]]
    return nearest(name, lacking) or nearest(name, _free(tree, model, loc[:-1]))


def _free(tree: Tree, model: type[BaseModel], place: Place) -> list[str]:
    """Return the settings that may still be added at a place."""
    steps, node = _steps(tree, place)
    taken = node.keys if isinstance(node, Mapping) else {}
    return [name for name in dict.fromkeys(settings_at(model, steps)) if name not in taken]


def _unknown(tree: Tree, model: type[BaseModel], loc: Place, meant: str) -> Fault:
    free = _free(tree, model, loc[:-1])
    hint = f"did you mean '{meant}'?" if meant else f"settings that can be added here: {', '.join(free) or 'none'}"
    path = readable(tree, loc[:-1])
    where = f" in {path}" if path else ""
    at = tree.place(loc, key=True)
    return tree.document.fault("unknown-setting", f"unknown setting '{_short(loc[-1])}'{where}", at, hint)


def _missing(tree: Tree, loc: Place) -> Fault:
    path = readable(tree, loc[:-1]) or "the file"
    at = tree.place(loc[:-1], key=True)
    return tree.document.fault("missing-setting", f"{path} lacks '{loc[-1]}'", at, f"add a line '{loc[-1]}: ...'")


def _other(tree: Tree, model: type[BaseModel], error: Any) -> Fault:
    place = (*error["loc"], *error.get("ctx", {}).get("at", ()))
    words = worded(error)
    path = readable(tree, place)
    message = f"{path}: {words.message}" if path else words.message
    return tree.document.fault(words.code, message, tree.place(place), words.help)


def _steps(tree: Tree, place: Place) -> tuple[list[str | int], Any]:
    way = tree.nodes(place)
    return [step for step, _ in way], way[-1][1] if way else tree.root


def _whole(tree: Tree, place: Place) -> bool:
    """Return whether every setting of a mapping was kept; otherwise none can be said to be missing."""
    node = _steps(tree, place)[1]
    return not isinstance(node, Mapping) or node.whole


def readable(tree: Tree, place: Place) -> str:
    """Return a place as people name it: ``sections[Greeting] > criteria[close] > scale``."""
    words: list[str] = []
    for step, node in tree.nodes(place):
        if isinstance(step, str):
            words.append(_short(step))
        else:
            name = f"[{_label(node) or step + 1}]"
            words[-1:] = [words[-1] + name] if words else [f"item {name}"]
    return " > ".join(words)


def _label(node: Any) -> str:
    if not isinstance(node, Mapping | Sequence) or isinstance(node, Sequence):
        return ""
    return next((_short(node.data[key]) for key in LABELS if isinstance(node.data.get(key), str)), "")


def _short(text: object) -> str:
    text = str(text)
    return text if len(text) <= 40 else text[:39] + "…"
