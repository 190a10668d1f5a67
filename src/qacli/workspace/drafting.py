"""Drafting a scorecard: a new file for a leader to edit, from a card that is there or from a few lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qacli.files import yaml
from qacli.files.validate import validate
from qacli.files.whole import make_directories, replace_file
from qacli.model import UsageError
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.workspace.start import yaml_text

if TYPE_CHECKING:
    from pathlib import Path

    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item

ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
TOP = re.compile(r"([a-z_]+):")
SKELETON = """\
id: {id}
version: 1.0
owner: {owner}
from: {today}
title: {title}
channels: [{channel}]
promises:
  sorted: We sort it out the first time.
sections:
  - id: open
    title: Opening
    criteria:
      - id: {prefix}-need
        observable: The colleague says back in one sentence what the customer wants.
        scale: point5@1
        weight: 100
        anchors:
          1: Acts on the first sentence; nothing is asked or said back.
          3: Says back a part of what the customer wants.
          4: Says back the whole request, and the customer confirms it.
          5: As 4, and a question brings out something that the customer had not mentioned.
        not_applicable: never
        procedure: need@1
        promise: sorted
        kpis: [fcr]
"""


def new_card(workspace: Workspace, id: str) -> Path:  # noqa: A002
    """Return the file of a scorecard that is not there yet. Raises UsageError."""
    if not ID.fullmatch(id):
        raise UsageError(f"'{id}' cannot name a scorecard", help="write small letters, digits and hyphens: social")
    target = workspace.folder / "definitions" / "scorecards" / f"{id}.yaml"
    if target.exists():
        raise UsageError(
            f"{target.relative_to(workspace.folder)} is there already",
            help="edit it, raising its version; or name another card",
        )
    return target


def draft(workspace: Workspace, id: str, like: str, channel: str, title: str, prefix: str) -> str:  # noqa: A002
    """Return the text of a new card, comments and layout kept where it is drawn up after another.

    Its criteria get ids of their own, since an id is never used again. Raises UsageError, FileFaults.
    """
    today = str(workspace.clock().date())
    mine = {
        "id": id,
        "version": "1.0",
        "owner": workspace.actor,
        "from": today,
        "title": yaml_text(title or f"Contacts on {channel}"),
        "channels": f"[{channel}]",
    }
    if not like:
        text = SKELETON.format(
            id=id, owner=workspace.actor, today=today, title=mine["title"], channel=channel, prefix=prefix
        )
    else:
        item = _source(workspace, like)
        text = (workspace.folder / item.place).read_text("utf-8")
        text = (
            f"# Drawn up after {item.reference}: read every line, and make it fit {channel}.\n{_replaced(text, mine)}"
        )
        text = _renamed(text, [criterion.id for criterion in item.model.criteria()], prefix)
    card = validate(yaml.parse(text, f"{id}.yaml"), Scorecard)
    _refuse_taken(workspace, card)
    return text


def write(workspace: Workspace, target: Path, text: str) -> None:
    """Write a drafted card, whole or not at all."""
    make_directories(target.parent, workspace.folder)
    replace_file(target, text)


def _source(workspace: Workspace, like: str) -> Item:
    items = {item.model.id: item for item in workspace.definitions.items("scorecard")}
    if like not in items:
        raise UsageError(f"there is no scorecard '{like}'", help=f"there are: {', '.join(sorted(items)) or 'none'}")
    return items[like]


def _replaced(text: str, mine: dict[str, str]) -> str:
    """Return the text with our own settings at the top level, without those that belong to the other version."""
    lines: list[str] = []
    dropping = False
    for line in text.splitlines():
        top = TOP.match(line)
        if top:
            name = top[1]
            dropping = name in {*mine, "to", "review_by"}
            if name in mine:
                lines.append(f"{name}: {mine[name]}")
        elif line and not line[0].isspace() and line[0] != "-":
            dropping = False
        if not dropping:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _renamed(text: str, criteria: list[str], prefix: str) -> str:
    alike = len({name.partition("-")[0] for name in criteria}) == 1 and all("-" in name for name in criteria)
    for name in criteria:
        own = f"{prefix}-{name.partition('-')[2] if alike else name}"
        text = re.sub(rf"""(?<![\w-])(id:\s*["']?){re.escape(name)}(?![\w-])""", rf"\g<1>{own}", text)
    return text


def _refuse_taken(workspace: Workspace, card: Scorecard) -> None:
    taken = {
        criterion.id: other.model.id
        for other in workspace.definitions.items("scorecard")
        for criterion in other.model.criteria()
    }
    both = [criterion.id for criterion in card.criteria() if criterion.id in taken]
    if both:
        raise UsageError(
            f"{both[0]} is a criterion of {taken[both[0]]} already, and an id is never used again",
            help="begin the ids of the new card with other letters: --prefix so",
        )
