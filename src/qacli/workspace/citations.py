"""What definitions name: other definitions, roles and measures, which have to be there and in use."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qacli.prepare.approval import last_days
from qacli.prepare.period import in_words
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.files.faults import Fault
    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item


def references_lead_somewhere(workspace: Workspace) -> Iterator[Fault]:
    """What a definition cites is defined, in that version."""
    known = {kind: Citable(workspace, kind) for kind in ("scorecard", "procedure")}
    for frame in workspace.definitions.whole("frame"):
        for channel, card in frame.model.scorecards.items():
            yield from _cites(frame, ("scorecards", channel), "scorecard", card, known)
    for card in workspace.definitions.whole("scorecard"):
        for place, criterion in card.model.placed():
            yield from _cites(card, (*place, "procedure"), "procedure", criterion.procedure, known)


def cards_in_use(workspace: Workspace) -> Iterator[Fault]:
    """No frame in force asks for a card whose last day has passed."""
    view, today = workspace.view(), workspace.clock().date()
    retired = last_days(view, "scorecard")
    for frame in workspace.definitions.whole("frame"):
        for channel, card in frame.model.scorecards.items() if frame.model.in_force(today) else ():
            if card in retired and retired[card] < today:
                yield frame.tree.document.fault(
                    "retired-card",
                    f"scorecard {card} is retired: its last day was {in_words(retired[card])}",
                    frame.tree.place(("scorecards", channel)),
                    "name its successor, in a new version of this frame",
                )


def cited_procedures_hold(workspace: Workspace) -> Iterator[Fault]:
    """The cards of frames in force rate by what holds today, not by what a newer version took the place of."""
    from qacli.prepare.procedures.currency import superseded

    today = workspace.clock().date()
    used = {
        card
        for frame in workspace.definitions.whole("frame")
        if frame.model.in_force(today)
        for card in frame.model.scorecards.values()
    }
    procedures = [item.model for item in workspace.definitions.whole("procedure")]
    for card in workspace.definitions.whole("scorecard"):
        older = superseded(card.model, procedures, today) if card.reference in used else {}
        for place, criterion in card.model.placed():
            if now := older.get(criterion.procedure):
                yield card.tree.document.fault(
                    "superseded-procedure",
                    f"{criterion.procedure} was superseded by {now.reference} on {in_words(now.from_)}",
                    card.tree.place((*place, "procedure")),
                    f"cite {now.reference} in a new version of {card.model.id}, and name that version in the frame",
                )


class Citable:
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
    item: Item, place: tuple[str | int, ...], kind: str, reference: str, known: dict[str, Citable]
) -> Iterator[Fault]:
    if reference not in known[kind]:
        there = known[kind].references
        near = [each for each in there if each.partition("@")[0] == reference.partition("@")[0]]
        hint = f"defined is: {', '.join(near)}" if near else f"defined are: {', '.join(there) or 'none'}"
        yield item.tree.document.fault(
            f"unknown-{kind}", f"there is no {kind} {reference}", item.tree.place(place), hint
        )


def authority_holds_together(workspace: Workspace) -> Iterator[Fault]:
    """Each line of the matrix is somebody's, and what lies above it is referred to who may decide more."""
    from qacli.prepare.authority.matrix import gaps

    items = workspace.definitions.whole("authority")
    for number, message, hint in gaps([item.model for item in items], workspace.settings.roles):
        tree = items[number].tree
        yield tree.document.fault("authority-gap", message, tree.place(("role",)), hint)


def tiers_held(workspace: Workspace) -> Iterator[Fault]:
    """Somebody holds each tier that cases are referred to."""
    from qacli.govern.escalating.trigger import gaps

    items = workspace.definitions.whole("trigger")
    for number, message, hint in gaps([item.model for item in items], list(workspace.settings.roles)):
        tree = items[number].tree
        yield tree.document.fault("nobody-there", message, tree.place(("tiers",)), hint)


def kpis_paired(workspace: Workspace) -> Iterator[Fault]:
    """Each KPI is watched by another that would show it being gamed."""
    from qacli.prepare.kpi import unpaired

    items = workspace.definitions.whole("kpi")
    for number, message, hint in unpaired([item.model for item in items]):
        tree = items[number].tree
        yield tree.document.fault("unknown-kpi", message, tree.place(("counter",)), hint)


def models_known(workspace: Workspace) -> Iterator[Fault]:
    """Each coaching model that an option follows is defined."""
    items, faults = workspace.definitions.readable("coaching-model")
    known = sorted({item.model.id for item in items})
    for item in workspace.definitions.whole("option"):
        model = item.model.model
        if model and model not in known and not faults:
            message = f"option {item.model.id} follows the coaching model {model}, which is not defined"
            hint = f"defined are: {', '.join(known) or 'none; qacli init writes those that are shipped'}"
            yield item.tree.document.fault("unknown-coaching-model", message, item.tree.place(("model",)), hint)


def audits_hold_together(workspace: Workspace) -> Iterator[Fault]:
    """Each kind of complaint of a register has a trigger that is defined, and with it a clock."""
    items, faults = workspace.definitions.readable("trigger")
    known = sorted({item.model.id for item in items})
    for item in workspace.definitions.whole("audit"):
        for name, register in item.model.registers.items():
            for kind, clock in register.clocks.items():
                if clock not in known and not faults:
                    message = f"there is no trigger '{clock}'"
                    place = item.tree.place(("registers", name, "clocks", kind))
                    hint = f"defined are: {', '.join(known) or 'none'}, in definitions/escalations.yaml"
                    yield item.tree.document.fault("unknown-trigger", message, place, hint)


def benchmarks_fit(workspace: Workspace) -> Iterator[Fault]:
    """Each benchmark is about a KPI that is defined, and has not expired."""
    today = workspace.clock().date()
    items, faults = workspace.definitions.readable("kpi")
    known = sorted({item.model.id for item in items})
    for item in workspace.definitions.whole("benchmark"):
        benchmark, tree = item.model, item.tree
        if benchmark.kpi not in known and not faults:
            message = f"benchmark {benchmark.id} is about {benchmark.kpi}, which is not defined"
            hint = f"defined are: {', '.join(known)}"
            yield tree.document.fault("unknown-kpi", message, tree.place(("kpi",)), hint)
        if benchmark.has_expired(today) and benchmark.in_force(today):
            message = f"benchmark {benchmark.id} expired on {benchmark.expires}: nothing is compared with it any more"
            hint = "look the figure up again under a new version, or end it: to:"
            yield tree.document.fault("benchmark-expired", message, tree.place(("expires",)), hint)


def cases_hold_together(workspace: Workspace) -> Iterator[Fault]:
    """Each business case names a format, sections and people that are there."""
    cases = workspace.definitions.whole("case")
    templates, faults = workspace.definitions.readable("template")
    if not cases or faults:
        return
    from qacli.improve.cases.fitting import misfits

    people = workspace.view().people
    for item in cases:
        for place, code, message, hint in misfits(item.model, [each.model for each in templates], people):
            yield item.tree.document.fault(code, message, item.tree.place(place), hint)


def requirements_fit(workspace: Workspace) -> Iterator[Fault]:
    """What carries a requirement out, watches and tests it is defined; what it supersedes is known; dates do not overlap."""
    from qacli.govern.requirements.citing import unknown

    items = workspace.definitions.whole("requirement")
    kinds = ("procedure", "notice", "scorecard", "kpi", "trigger")
    known = {kind: {item.model.id: item.model for item in workspace.definitions.whole(kind)} for kind in kinds}
    broken = {kind for kind in kinds if workspace.definitions.readable(kind)[1]}
    for number, place, message, hint in unknown([item.model for item in items], known, broken):
        tree = items[number].tree
        yield tree.document.fault("requirement-cites", message, tree.place(place), hint)


def portfolios_hold_together(workspace: Workspace) -> Iterator[Fault]:
    """Everybody whom a portfolio names is in people.csv, and its sector is that of the folder."""
    items = workspace.definitions.whole("portfolio")
    people = workspace.people if items else ()
    for item in items:
        model, tree = item.model, item.tree
        for setting in ("candidate", "assessor", "verifier"):
            person = getattr(model, setting)
            if person and person not in people:
                message = f"portfolio {model.id} names {person} as {setting}, who is not in people.csv"
                hint = "add a line to people.csv: an assessor from outside needs no source and no login"
                yield tree.document.fault("unknown-person", message, tree.place((setting,)), hint)
        if model.sector and model.sector != workspace.settings.sector:
            message = f"portfolio {model.id} says sector {model.sector}, qacli.yaml says {workspace.settings.sector}"
            yield tree.document.fault(
                "other-sector", message, tree.place(("sector",)), "put right which of them is wrong"
            )
