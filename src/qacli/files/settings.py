"""Which settings a model knows at a place, for "did you mean" and for lists of what may stand there."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo


def settings_at(model: Any, steps: Iterable[str | int]) -> list[str]:
    """Return the names of the settings that may stand at a place below a model, as they are written in YAML."""
    kinds = list(_members(model))
    for step in steps:
        kinds = [kind for parent in kinds for kind in _children(parent, step)]
    return [name for kind in kinds if _is_model(kind) for name in _fields(kind)]


def _members(kind: Any) -> Iterator[Any]:
    """Yield the types that an annotation stands for, without Annotated and unions."""
    if get_origin(kind) is Annotated:
        yield from _members(get_args(kind)[0])
    elif get_origin(kind) in {Union, UnionType}:
        for member in get_args(kind):
            yield from _members(member)
    elif _is_model(kind) and issubclass(kind, RootModel):
        yield from _members(kind.model_fields["root"].annotation)
    else:
        yield kind


def _children(kind: Any, step: str | int) -> Iterator[Any]:
    if _is_model(kind):
        field = _fields(kind).get(str(step))
        yield from _members(field.annotation) if field else ()
    elif get_args(kind):
        # The items of a list or tuple stand first among the arguments of its type, the values of a dict last.
        yield from _members(get_args(kind)[-1 if isinstance(step, str) else 0])


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
