"""``qacli check``: everything that is wrong with what is agreed, in one run, in order of file and line."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qacli.files import yaml
from qacli.files.faults import Fault, FileFaults
from qacli.ledger import journal
from qacli.model import QacliError
from qacli.prepare.period import in_words
from qacli.workspace.definitions import KINDS, ChangedVersion, Item
from qacli.workspace.people import NAME as PEOPLE
from qacli.workspace.sight import frames_see_what_they_ask
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from qacli.workspace import Workspace

PRIVATE = (".", PEOPLE, journal.NAME, "records", "drafts", "quarantine")


def check(workspace: Workspace) -> list[Fault]:
    """Return every fault of settings, people and definitions, sorted by file and place."""
    faults: list[Fault] = []
    for rule in RULES:
        try:
            faults += rule(workspace)
        except FileFaults as wrong:
            faults += wrong.faults
        except QacliError as wrong:
            faults.append(Fault(rule.__name__.replace("_", "-"), wrong.message, "qacli.yaml", help=wrong.help))
    return sorted(
        {str(fault): fault for fault in faults}.values(), key=lambda fault: (fault.file, fault.line, fault.column)
    )


def settings_stated(workspace: Workspace) -> Iterator[Fault]:
    """Purpose, lawful basis and assessment are stated."""
    tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
    for entry in workspace.settings.unstated():
        place = tree.place((entry.setting,), key=True)
        yield tree.document.fault("missing-setting", entry.message, place, entry.help)


def people_known(workspace: Workspace) -> Iterator[Fault]:
    """Every person that definitions and settings name has a line in people.csv."""
    people = workspace.people
    if not people.ids():
        there = (workspace.folder / PEOPLE).exists()
        yield Fault(
            "no-people",
            "nobody is in people.csv yet" if there else "the file is missing",
            PEOPLE,
            int(there),
            help="one line per person: person,source,source_id,from,to,name,login",
        )
        return
    tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
    for role, persons in workspace.settings.roles.items():
        for number, person in enumerate(persons):
            if person not in people:
                yield _stranger(tree, ("roles", role, number), person)
    for kind in KINDS:
        for item in _items(workspace, kind):
            for place, person in _persons(item):
                if person not in people:
                    yield _stranger(item.tree, place, person)


def _persons(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("owner",), item.model.owner
    for number, person in enumerate(getattr(item.model, "evaluators", ())):
        yield ("evaluators", number), person


def _stranger(tree: yaml.Tree, place: tuple[str | int, ...], person: str) -> Fault:
    return tree.document.fault(
        "unknown-person",
        f"there is no person '{person}' in people.csv",
        tree.place(place),
        "add a line to people.csv, or correct the id",
    )


def definitions_read(workspace: Workspace) -> Iterator[Fault]:
    """Every file below definitions/ can be read as what it is."""
    for kind in KINDS:
        yield from workspace.definitions.readable(kind)[1]


def scorecards_linted(workspace: Workspace) -> Iterator[Fault]:
    """Scorecards have what a schema cannot see: known scales, anchors that name what is seen or heard."""
    from qacli.prepare.lint import lint

    scales = [item.model for item in _items(workspace, "scale")]
    for card in _items(workspace, "scorecard"):
        for found in lint(card.model, scales):
            yield card.tree.document.fault(found.code, found.message, card.tree.place(found.place), found.help)


def references_lead_somewhere(workspace: Workspace) -> Iterator[Fault]:
    """What a definition cites is defined, in that version."""
    known = {kind: _Known(workspace, kind) for kind in ("scorecard", "procedure")}
    for frame in _items(workspace, "frame"):
        for channel, card in frame.model.scorecards.items():
            yield from _cites(frame, ("scorecards", channel), "scorecard", card, known)
    for card in _items(workspace, "scorecard"):
        for place, criterion in card.model.placed():
            yield from _cites(card, (*place, "procedure"), "procedure", criterion.procedure, known)


def cited_procedures_hold(workspace: Workspace) -> Iterator[Fault]:
    """The cards of frames in force rate by what holds today, not by what a newer version took the place of."""
    from qacli.prepare.currency import superseded

    today = workspace.clock().date()
    used = {
        card
        for frame in _items(workspace, "frame")
        if frame.model.in_force(today)
        for card in frame.model.scorecards.values()
    }
    procedures = [item.model for item in _items(workspace, "procedure")]
    for card in _items(workspace, "scorecard"):
        older = superseded(card.model, procedures, today) if card.reference in used else {}
        for place, criterion in card.model.placed():
            if now := older.get(criterion.procedure):
                yield card.tree.document.fault(
                    "superseded-procedure",
                    f"{criterion.procedure} was superseded by {now.reference} on {in_words(now.from_)}",
                    card.tree.place((*place, "procedure")),
                    f"cite {now.reference} in a new version of {card.model.id}, and name that version in the frame",
                )


class _Known:
    """The references that may be cited: those of the files, and those that records cite, whose text is kept.

    A file that cannot be read may hold any version of what it is named after.
    """

    def __init__(self, workspace: Workspace, kind: str) -> None:
        items, faults = workspace.definitions.readable(kind)
        cited = {row.reference for row in workspace.view().rows(CitedVersion) if row.kind == kind}
        self.references = sorted(cited.union(item.reference for item in items))
        self.broken = {PurePosixPath(fault.file).stem.partition("@")[0] for fault in faults}

    def __contains__(self, reference: str) -> bool:
        return reference in self.references or reference.partition("@")[0] in self.broken


def _cites(
    item: Item, place: tuple[str | int, ...], kind: str, reference: str, known: dict[str, _Known]
) -> Iterator[Fault]:
    if reference not in known[kind]:
        there = known[kind].references
        near = [each for each in there if each.partition("@")[0] == reference.partition("@")[0]]
        hint = f"defined is: {', '.join(near)}" if near else f"defined are: {', '.join(there) or 'none'}"
        yield item.tree.document.fault(
            f"unknown-{kind}", f"there is no {kind} {reference}", item.tree.place(place), hint
        )


def sources_described(workspace: Workspace) -> Iterator[Fault]:
    """Every profile that a source names is defined."""
    tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
    known = {item.model.id for item in _items(workspace, "profile")}
    for name, source in workspace.settings.sources.items():
        if source.profile and source.profile not in known:
            yield tree.document.fault(
                "unknown-profile",
                f"there is no profile '{source.profile}'",
                tree.place(("sources", name, "profile")),
                "propose one from an export: qacli source add FILE",
            )


def versions_unchanged(workspace: Workspace) -> Iterator[Fault]:
    """What records cite has not been edited under the same version."""
    cited = {(row.kind, row.reference): row.sha256 for row in workspace.view().rows(CitedVersion)}
    for kind in KINDS:
        for item in _items(workspace, kind):
            sha256 = cited.get((kind, item.reference), item.sha256)
            if sha256 != item.sha256:
                changed = ChangedVersion(item, sha256)
                place = item.tree.place(("version",))
                yield item.tree.document.fault(changed.rule, changed.sentence, place, changed.help)


def kept_private(workspace: Workspace) -> Iterator[Fault]:
    """Names and records can be read by their owner only."""
    if os.name != "posix":
        return
    for name in PRIVATE:
        path = workspace.folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Fault(
                "open-to-others",
                f"other users of this computer can open {'this folder' if name == '.' else name}",
                name,
                help=f"run: chmod {'700' if path.is_dir() else '600'} {name}",
            )


def _items(workspace: Workspace, kind: str) -> Sequence[Item]:
    """Return the definitions of a kind; a file that cannot be read is reported by definitions_read alone."""
    return workspace.definitions.readable(kind)[0]


RULES: tuple[Callable[[Workspace], Iterator[Fault]], ...] = (
    settings_stated,
    people_known,
    definitions_read,
    scorecards_linted,
    references_lead_somewhere,
    cited_procedures_hold,
    frames_see_what_they_ask,
    sources_described,
    versions_unchanged,
    kept_private,
)
