"""``qacli scorecard export`` and ``import``: evaluation forms of Amazon Connect, Genesys Cloud and Zendesk QA."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.interchange.forms.form import Form
    from qacli.interchange.forms.imported import Imported

Instance = Annotated[str, typer.Option(help="Amazon Connect only: id of the instance, written into the form.")]


def join(app: typer.Typer) -> None:
    """Add both commands to the group ``scorecard``."""
    command(app, "export")(export)
    command(app, "import")(import_)


def export(
    context: Context,
    card: Annotated[str, typer.Argument(metavar="CARD", help="Id of a scorecard, or id@version.")],
    to: Annotated[Literal["amazon-connect", "genesys"], typer.Option(help="System whose form is written.")],
    instance: Instance = "",
) -> None:
    """Write a scorecard as the evaluation form of another system (JSON); say what such a form does not hold."""
    from qacli.interchange.forms.systems import SYSTEMS, exported

    if instance and to != "amazon-connect":
        raise UsageError("--instance belongs to Amazon Connect", help="leave --instance out")
    view = context.workspace.view()
    found = view.definition("scorecard", card)
    scales = {each.scale: view.definition("scale", each.scale) for each in found.criteria()}
    form, findings = exported(SYSTEMS[to], found, list(scales.values()))
    context.say(json.dumps({**({"InstanceId": instance} if instance else {}), **form}, indent=2, ensure_ascii=False))
    for finding in findings:
        context.tell(finding)


def import_(
    context: Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON as the other system gives it.")],
    from_: Annotated[
        Literal["amazon-connect", "genesys", "zendesk-qa"], typer.Option("--from", help="System that it comes from.")
    ],
    id: Annotated[str, typer.Option("--id", help="Id of the new scorecard; else made of its title.")] = "",  # noqa: A002
    channel: Annotated[
        list[str] | None, typer.Option(help="Channel that it is for; needed unless qacli wrote the form.")
    ] = None,
    only: Annotated[str, typer.Option(help="Zendesk QA: the scorecard, where the file holds several.")] = "",
    points: Annotated[
        int | None,
        typer.Option(min=2, max=5, help="Zendesk QA: points of the rating scale, where the file does not say it."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show the files that would be written; write nothing.")
    ] = False,
) -> None:
    """Read an evaluation form in as a new scorecard with its scales; say what a person has to complete."""
    from qacli.files import yaml
    from qacli.interchange.forms import zendesk_reading
    from qacli.interchange.forms.systems import SYSTEMS

    tree = yaml.read(file)
    if (only or points) and from_ != "zendesk-qa":
        raise UsageError("--only and --points belong to Zendesk QA", help="leave them out")
    form = zendesk_reading.read(tree, only, points or 0) if only or points else SYSTEMS[from_].read(tree)
    _write(context, SYSTEMS[from_].name, form, id, channel or [], dry_run=dry_run)


def _write(context: Context, system: str, form: Form, id: str, channels: list[str], *, dry_run: bool) -> None:  # noqa: A002
    from qacli.interchange.forms.imported import Choice, card_id, imported, to_complete
    from qacli.interchange.forms.systems import is_ours, models
    from qacli.workspace.adopt import new_files, write_new

    if not channels and not is_ours(form):
        raise UsageError("the form does not say which channel it is for", help="say it, for example: --channel phone")
    workspace = context.workspace
    choice = Choice(id or card_id(form), workspace.actor, workspace.clock().date(), channels)
    found = imported(form, choice, workspace.view().definitions("scale"))
    card, _ = models(found)
    files = new_files(workspace, _texts(found, system), "read the form in under another name: --id NAME")
    if not dry_run:
        write_new(workspace, files)
    if not files:
        context.tell(f"definitions/scorecards/{card.id}.yaml is there already, word for word: nothing to do")
    for path, text in files.items():
        context.say(f"{'would write' if dry_run else 'wrote'} {path.relative_to(workspace.folder)}")
        if dry_run:
            context.say(text.rstrip("\n"))
    for finding in dict.fromkeys(found.findings):
        context.tell(finding)
    left = to_complete(card)
    if left:
        context.tell("to complete by hand:" + "".join(f"\n  - {each}" for each in left))
    context.tell("next: read the card, then: qacli check")


def _texts(found: Imported, system: str) -> dict[tuple[str, str], str]:
    from qacli.interchange.forms.systems import as_yaml

    head = f"# Read in from a form of {system}. Change what is wrong, complete what is missing; then: qacli check\n"
    scales = {("scale", scale["id"]): head + as_yaml(scale) for scale in found.scales}
    return {**scales, ("scorecard", found.card["id"]): head + as_yaml(found.card)}
