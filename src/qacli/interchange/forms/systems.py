"""The systems whose evaluation forms can be written or read, and the two ways between a card and a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml as pyyaml

from qacli.files import yaml
from qacli.files.validate import validate
from qacli.files.yaml import Tree
from qacli.interchange.forms import connect, connect_reading, genesys, genesys_reading, guidance, zendesk_reading
from qacli.interchange.forms.form import Form
from qacli.interchange.forms.imported import Choice, Imported, imported
from qacli.interchange.forms.losses import lost
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

READER = "p_reader"
"""In whose name an export is read back to see what it holds."""


class System(NamedTuple):
    """One system: its name, what writes a card as its form (None where it takes none), what reads its form."""

    name: str
    export: Callable[[Scorecard, Mapping[str, Scale]], dict[str, Any]] | None
    read: Callable[[Tree], Form]


SYSTEMS: Mapping[str, System] = MappingProxyType(
    {
        "amazon-connect": System(connect.NAME, connect.export, connect_reading.read),
        "genesys": System(genesys.NAME, genesys.export, genesys_reading.read),
        "zendesk-qa": System("Zendesk QA", None, zendesk_reading.read),
    }
)


class Exported(NamedTuple):
    """A form, and what of the card it does not hold."""

    form: dict[str, Any]
    findings: Sequence[str]


def exported(system: System, card: Scorecard, scales: Sequence[Scale]) -> Exported:
    """Return a card as the form of a system that takes one. Raises CannotHold, Refusal.

    The form is read back at once, so that nothing is lost without being told.
    """
    assert system.export
    form = system.export(card, {scale.reference: scale for scale in scales})
    read = system.read(yaml.parse(json.dumps(form, ensure_ascii=False), system.name))
    back, again = models(imported(read, Choice(card.id, READER, date.min, ())))
    return Exported(form, lost(system.name, card, scales, back, again))


def models(found: Imported) -> tuple[Scorecard, list[Scale]]:
    """Return a card that was read in, and its new scales, as models. Raises FileFaults."""
    scales = [validate(yaml.parse(as_yaml(scale), f"{scale['id']}.yaml"), Scale) for scale in found.scales]
    return validate(yaml.parse(as_yaml(found.card), f"{found.card['id']}.yaml"), Scorecard), scales


class _Plain(pyyaml.SafeDumper):
    """Writes every text as plain as YAML allows: our loader takes all for text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def as_yaml(item: Mapping[str, Any]) -> str:
    """Return a definition as the text of its file."""
    return pyyaml.dump(dict(item), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=118)


def is_ours(form: Form) -> bool:
    """Return whether a form was written by qacli, and so says which channels its card is for."""
    return guidance.FIRST in form.about
