"""``qacli check``: everything that is wrong with what is agreed, in one run, in order of file and line."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from qacli.files import yaml
from qacli.files.faults import Fault, FileFaults
from qacli.govern.requirements.reviewing import look_due
from qacli.ledger import journal
from qacli.model import Command, QacliError
from qacli.prepare.approval import NoSuchItem, verb_of
from qacli.prepare.approval import awaiting as waiting
from qacli.prepare.frames.workload import overload
from qacli.prepare.period import in_words
from qacli.prepare.reviewing import review_due
from qacli.workspace.citations import (
    Citable,
    audits_hold_together,
    authority_holds_together,
    benchmarks_fit,
    cards_in_use,
    cases_hold_together,
    cited_procedures_hold,
    kpis_paired,
    models_known,
    portfolios_hold_together,
    references_lead_somewhere,
    requirements_fit,
    tiers_held,
)
from qacli.workspace.definitions import KINDS, ChangedVersion, Item
from qacli.workspace.people import NAME as PEOPLE
from qacli.workspace.rules_fit import rules_fit
from qacli.workspace.sight import frames_see_what_they_ask
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from datetime import date

    from qacli.prepare.scorecards.lint import Finding
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


def check_item(workspace: Workspace, kind: str, id: str) -> list[Fault]:  # noqa: A002
    """Return every fault in the file of one definition, sorted by place. Raises NoSuchItem where there is no file."""
    paths = {path.stem: path for path in workspace.definitions.paths(kind)}
    if id not in paths:
        raise NoSuchItem(kind, id, sorted(paths))
    file = paths[id].relative_to(workspace.folder).as_posix()
    return [fault for fault in check(workspace) if fault.file == file]


class Awaiting(NamedTuple):
    """What a second person has yet to approve: ``command`` does it, of somebody other than its ``owner``."""

    kind: str
    item: str
    owner: str
    command: Command


def awaiting(workspace: Workspace) -> list[Awaiting]:
    """Return what frames need and a second person has yet to approve. Raises FileFaults."""
    return [
        Awaiting(kind, item.reference, item.owner, Command(f"{kind} {verb_of(kind)} {item.id}", "PERSON"))
        for kind, item in waiting(workspace.view())
    ]


def settings_stated(workspace: Workspace) -> Iterator[Fault]:
    """Purpose, lawful basis and assessment are stated."""
    tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
    for entry in workspace.settings.unstated():
        place = tree.place((entry.setting,), key=True)
        yield tree.document.fault("missing-setting", entry.message, place, entry.help)


def assessment_reviewed(workspace: Workspace) -> Iterator[Fault]:
    """The data protection impact assessment was looked at again in time."""
    due = workspace.settings.dpia_review_by
    if due and due < workspace.clock().date():
        tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
        yield tree.document.fault(
            "dpia-overdue",
            f"the data protection impact assessment was to be looked at again by {due}",
            tree.place(("dpia_review_by",)),
            "review it, then name the new version in dpia and write the next day here",
        )


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
        for item in workspace.definitions.whole(kind):
            for place, person in _persons(item):
                if person not in people:
                    yield _stranger(item.tree, place, person)


def _persons(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("owner",), item.model.owner
    named = getattr(item.model, "evaluators", ())
    for number, person in enumerate(named):
        yield ("evaluators", person if isinstance(named, dict) else number), person


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
    from qacli.prepare.scorecards.lint import lint, lint_draft

    scales = [item.model for item in workspace.definitions.whole("scale")]
    readable, faults = workspace.definitions.readable("kpi")
    kpis = None if faults else {item.model.id for item in readable}
    unread = Citable(workspace, "scale").broken
    for card in workspace.definitions.whole("scorecard"):
        told = [each for each in lint(card.model, scales, kpis) if not _told_already(each, unread)]
        yield from _found(card.tree, told)
    for tree in _broken(workspace, "scorecard"):
        yield from _found(tree, lint_draft(tree.raw, scales))


def scales_linted(workspace: Workspace) -> Iterator[Fault]:
    """The points of a scale are told apart by what they are called."""
    from qacli.prepare.scorecards.scale_lint import lint_scale

    for scale in workspace.definitions.whole("scale"):
        yield from _found(scale.tree, lint_scale(scale.model))


def _told_already(finding: Finding, unread: Collection[str]) -> bool:
    """Return whether a card cites a scale whose own file cannot be read: that file is told."""
    return finding.code == "unknown-scale" and finding.cites in unread


def _found(tree: yaml.Tree, findings: Iterable[Finding]) -> Iterator[Fault]:
    for found in findings:
        yield tree.document.fault(found.code, found.message, tree.place(found.place), found.help)


def _broken(workspace: Workspace, kind: str) -> Iterator[yaml.Tree]:
    """Yield the files of a kind that can be read as YAML, but not as what they should be."""
    broken = {fault.file for fault in workspace.definitions.readable(kind)[1]}
    for path in workspace.definitions.paths(kind):
        name = path.relative_to(workspace.folder).as_posix()
        if name in broken:
            with suppress(FileFaults):
                yield yaml.read(path, name)


HOW_REVIEWED = {"frame": "frame", "requirement": "require"}


def reviewed_in_time(workspace: Workspace) -> Iterator[Fault]:
    """What was to be looked at again by now has been."""
    for kind, item, due in overdue_reviews(workspace):
        how = f", and runs: qacli {HOW_REVIEWED[kind]} review {item.model.id}" if kind in HOW_REVIEWED else ""
        yield item.tree.document.fault(
            "overdue-review",
            f"{kind} {item.reference} was to be reviewed by {in_words(due)}",
            item.tree.place(("review_by",) if item.model.review_by else ("id",)),
            f"{item.model.owner} looks at it again{how or ', and writes a new version with the next review_by'}",
        )


def overdue_reviews(workspace: Workspace) -> Iterator[tuple[str, Item, date]]:
    """Yield the definitions in force whose review is overdue, each with its kind and the day."""
    view = workspace.view()
    today = view.now.date()
    for kind in KINDS:
        for item in workspace.definitions.whole(kind):
            due = look_due(view, item.model) if kind == "requirement" else review_due(view, kind, item.model)
            if due and due < today and item.model.in_force(today):
                yield kind, item, due


def evaluators_have_time(workspace: Workspace) -> Iterator[Fault]:
    """What a frame asks for fits the hours that it gives its evaluators."""
    for frame in workspace.definitions.whole("frame"):
        asked = frame.model.size.n if frame.model.size else None
        if asked and (over := overload(frame.model, asked)):
            yield frame.tree.document.fault(
                "too-few-hours",
                f"{frame.reference}: {over}",
                frame.tree.place(("evaluators",)),
                "lower size, give more hours, or name more evaluators",
            )


def sources_described(workspace: Workspace) -> Iterator[Fault]:
    """Every profile that a source names is defined."""
    tree = yaml.read(workspace.folder / "qacli.yaml", "qacli.yaml")
    known = {item.model.id for item in workspace.definitions.whole("profile")}
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
        for item in workspace.definitions.whole(kind):
            sha256 = cited.get((kind, item.reference), item.sha256)
            if sha256 != item.sha256:
                changed = ChangedVersion(item, sha256)
                place = item.tree.place(("version",))
                yield item.tree.document.fault(changed.rule, changed.sentence, place, changed.help)


def versions_kept(workspace: Workspace) -> Iterator[Fault]:
    """The text of every version that records cite is there, and is what they cite: later it is all that says by what was judged."""
    for row in workspace.view().rows(CitedVersion):
        if row.kind in KINDS and (wrong := workspace.definitions.unkept(row.sha256)):
            yield Fault(
                "cited-version",
                f"{wrong}: {row.kind} {row.reference}, which records cite",
                workspace.definitions.kept(row.sha256),
                help="restore it from a backup",
            )


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


RULES: tuple[Callable[[Workspace], Iterator[Fault]], ...] = (
    settings_stated,
    assessment_reviewed,
    people_known,
    definitions_read,
    scales_linted,
    scorecards_linted,
    rules_fit,
    references_lead_somewhere,
    evaluators_have_time,
    authority_holds_together,
    tiers_held,
    kpis_paired,
    benchmarks_fit,
    models_known,
    cases_hold_together,
    requirements_fit,
    audits_hold_together,
    cited_procedures_hold,
    frames_see_what_they_ask,
    cards_in_use,
    sources_described,
    versions_unchanged,
    versions_kept,
    reviewed_in_time,
    kept_private,
    portfolios_hold_together,
)
