"""``qacli scale``: rating scales, their trials and their approval."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.approvals import approved_by, lint_file, say_decisions
from qacli.commands.context import Context, command, new_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.trial import Tested

app = new_app("Check, try and approve rating scales.")
SCALE = Annotated[str, typer.Argument(metavar="SCALE", help="Id of the scale, for example point5.")]
SCALES = Annotated[list[str], typer.Argument(metavar="SCALE...", help="Ids of scales, for example point5.")]
MEASURED = (
    "trial",
    "scale",
    "criterion",
    "transactions",
    "scorers",
    "ratings",
    "% the same",
    "coefficient",
    "low",
    "high",
    "method",
    "kappa",
    "na differs",
    "verdict",
)


@command(app)
def lint(context: Context, scale: SCALE) -> int:
    """Find every fault of a scale in one run. Silent and 0 when all is well, else 1."""
    return lint_file(context, "scale", scale)


@command(app, "list")
def list_(context: Context) -> None:
    """List the scales: points, which criteria use them, what their last trial showed, who approved them."""
    from qacli.prepare.scorecards import trial
    from qacli.workspace.trials import users_of_scales

    view = context.workspace.view()
    users = users_of_scales(view)
    rows = []
    for scale in view.definitions("scale"):
        found = trial.latest(view, scale)
        rows.append(
            (
                scale.reference,
                scale.title,
                scale.kind,
                len(scale.points),
                scale.met_at,
                len(users.get(scale.reference, ())),
                _coefficient(found.coefficient.estimate if found else None),
                _coefficient(found.coefficient.low if found else None),
                _coefficient(found.coefficient.high if found else None),
                found.verdict if found else "not needed" if scale.range_ else "no trial",
                approved_by(view, "scale", scale),
            )
        )
    columns = (
        "scale",
        "title",
        "kind",
        "points",
        "met at",
        "criteria",
        "agreement",
        "low",
        "high",
        "trial",
        "approved",
    )
    context.show("scales", columns, rows)


@command(app)
def show(
    context: Context,
    scale: SCALE,
    ratings: Annotated[
        bool, typer.Option("--ratings", help="Instead, the ratings of the last trial on which its scorers differ.")
    ] = False,
) -> None:
    """Show a scale: its points and what they are worth, the criteria that use it, its trials, who approved it."""
    view = context.workspace.view()
    found: Scale = _standing(view, scale)
    if ratings:
        _show_differences(context, view, found)
        return
    rows = [
        (place, found.value(place), "yes" if found.meets(place) else "no", label)
        if found.has(place)
        else (place, None, "", label)
        for place, label in found.places
    ]
    context.show("scale", ("point", "value", "meets the standard", "label"), rows, beside={"scale": found.reference})
    for line in _about(view, found):
        context.tell(line)


def _about(view: View, found: Scale) -> list[str]:
    from qacli.prepare.scorecards import trial
    from qacli.workspace.trials import users_of_scales

    settings = view.settings.thresholds
    users = users_of_scales(view).get(found.reference, set())
    lines = [f"{found.reference}: {found.title}; {found.kind}, met at {found.met_at}; owner {found.owner}"]
    lines.append(f"used by {len(users)} criteria: {', '.join(sorted(users)) or 'none'}")
    for row in trial.trials_of(view, found):
        measured = trial.agreement(
            found, trial.ratings_of(view, row), settings.trial_agreement, settings.confidence / 100, row.id
        )
        on = row.at.astimezone(view.now.tzinfo).date() if row.at else ""
        lines.append(f"trial {row.id} of {on}: {trial.in_words(measured)}; {measured.verdict}")
    if len(lines) == 2:
        lines.append("a system measures it: no trial is needed" if found.range_ else "no trial yet")
    return [*lines, f"approved {approved_by(view, 'scale', found)}"]


def _show_differences(context: Context, view: View, found: Scale) -> None:
    from qacli.prepare.scorecards import trial

    held = trial.trials_of(view, found)
    given: dict[tuple[str, str], list[str]] = {}
    for row in trial.ratings_of(view, held[-1]) if held else ():
        given.setdefault((row.criterion, row.transaction), []).append(f"{row.scorer} {row.point}")
    rows = [
        (criterion, transaction, ", ".join(sorted(said)))
        for (criterion, transaction), said in sorted(given.items())
        if len({each.rpartition(" ")[2] for each in said}) > 1
    ]
    context.show("scale-differences", ("criterion", "transaction", "ratings"), rows)
    context.tell(f"{len(rows)} of {len(given)} ratings differ" if held else f"{found.reference} has not been tried")


def _standing(view: View, scale: str) -> Any:
    from qacli.prepare.approval import standing

    return standing(view, "scale", scale)


@command(app, writes=True)
def trial(
    context: Context,
    scales: SCALES,
    from_: Annotated[
        list[Path],
        typer.Option(
            "--from", metavar="FILE", help="CSV: columns transaction, scorer, criterion, point; may be repeated."
        ),
    ],
) -> None:
    """Record a trial: the same transactions rated by several people. Several scales may share the files.

    A line belongs to the scale that its criterion uses; the point na stands for not applicable.
    """
    from qacli.prepare.scorecards.trial import Trial, try_scales, with_verdict
    from qacli.workspace.trials import read_trial, users_of_scales

    view = context.workspace.view(writing=True)
    known = {found.reference: found for found in (_standing(view, scale) for scale in scales)}
    lines = read_trial(view, from_, known)
    users = users_of_scales(view)
    outcome = context.commit(partial(try_scales, scales=list(known), lines=lines, users=users))
    measured = [
        each
        for row in outcome.rows
        if isinstance(row, Trial)
        for each in _measured(view, known[row.scale], row.id, outcome.rows)
    ]
    if not measured:
        return
    context.show("trial", MEASURED, [_line(*each) for each in measured])
    for criterion, found in measured:
        if not criterion:
            context.tell(with_verdict(found, view.settings.thresholds.trial_agreement))


def _measured(view: View, scale: Scale, trial: str, rows: Sequence[Any]) -> list[tuple[str, Tested]]:
    """Return the agreement of one trial as a whole, criterion empty, and of each criterion in it."""
    from qacli.prepare.scorecards.trial import TrialRating, agreement

    settings = view.settings.thresholds
    mine = [row for row in rows if isinstance(row, TrialRating) and row.trial == trial]

    def measure(criterion: str) -> tuple[str, Tested]:
        chosen = [row for row in mine if criterion in {"", row.criterion}]
        found = agreement(scale, chosen, settings.trial_agreement, settings.confidence / 100, trial)
        return criterion, found

    return [measure(criterion) for criterion in ("", *sorted({row.criterion for row in mine}))]


def _line(criterion: str, found: Tested) -> tuple[Any, ...]:
    what = found.coefficient
    return (
        found.trial,
        found.scale,
        criterion or "all",
        found.transactions,
        found.scorers,
        found.units,
        None if found.exact is None else 100 * found.exact,
        _coefficient(what.estimate),
        _coefficient(what.low),
        _coefficient(what.high),
        what.method,
        _coefficient(found.kappa),
        found.applicability,
        found.verdict,
    )


def _coefficient(number: float | None) -> float | None:
    from qacli.commands.output import Coefficient

    return None if number is None else Coefficient(number)


@command(app, writes=True)
def approve(
    context: Context,
    scales: SCALES,
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
    override: Annotated[
        str, typer.Option(metavar="REASON", help="Approve against the trial; for the role that qacli.yaml names.")
    ] = "",
) -> None:
    """Approve scales as they stand. Their last trial decides whether they may be; the owner cannot approve their own."""
    from qacli.prepare.agreeing import approve_scales

    act = partial(
        approve_scales, ids=scales, comment=comment, decision="declined" if decline else "agreed", override=override
    )
    say_decisions(context, context.commit(act).rows)
