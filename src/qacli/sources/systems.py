"""Systems whose exports are known: what their columns mean, which the export itself cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.sources.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.sources.profile import Profile


class Fitted(NamedTuple):
    """What a system's profile says of one export: {field: settings} of the columns that are there, and the others."""

    settings: Mapping[str, Mapping[str, Any]]
    absent: Sequence[str]


def fitted(system: Profile, header: Sequence[str]) -> Fitted:
    """Return the settings of the columns that an export has; names are matched without case, blanks and dots."""
    names = {folded(name): name for name in reversed(header)}
    settings: dict[str, dict[str, Any]] = {}
    absent = []
    for field, column in system.columns.items():
        name = names.get(folded(column.column))
        if name is None:
            absent.append(f"{field} ({column.column})")
            continue
        stated = column.model_dump(mode="json", exclude_defaults=True)
        settings[field] = {key: str(value) if key in {"lowest", "highest"} else value for key, value in stated.items()}
        settings[field]["column"] = name
    return Fitted(settings, absent)
