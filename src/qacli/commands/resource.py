"""``qacli resource``: what the service takes against what there is; people by Erlang; asking, and what was secured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, number
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from qacli.improve.resources.desk import Desk
    from qacli.stats import Interval

app = new_app("What the service takes and what is missing; people by Erlang; ask and secure.")
Unit = Literal["people", "hours", "money", "units"]
Outcome = Literal["secured", "partly", "refused", "withdrawn"]
REQUEST = Annotated[str, typer.Argument(metavar="REQUEST", help="Id of a request, for example rq_5e.")]
WHAT_IF = "What if: "


@command(app)
def review(context: Context) -> int:
    """Show what there is of each resource, what it takes, what is missing and what that costs. Ends with 1 for a gap."""
    from qacli.improve.resources.review import reviewed

    lines = reviewed(context.workspace.view())
    rows = [
        (line.kind, line.id, line.have, line.need, line.gap, line.unit, line.cost, line.paid, line.source)
        for line in lines
    ]
    columns = ("kind", "resource", "have", "need", "gap", "unit", "cost", "paid", "source")
    context.show("resources", columns, rows)
    if {line.kind for line in lines} <= {"time", "knowledge"}:
        context.tell("nothing is stated yet: fill in definitions/desks.yaml and definitions/resources.yaml")
    return Exit.FINDINGS if any(line.gap is not None and line.gap > 0 for line in lines) else Exit.FINE


@command(app)
def calc(
    context: Context,
    desk: Annotated[str, typer.Argument(metavar="DESK", help="A desk of definitions/desks.yaml.")],
    contacts: Annotated[str, typer.Option(help=WHAT_IF + "contacts in the interval.")] = "",
    handle: Annotated[str, typer.Option(help=WHAT_IF + "handling time in seconds.")] = "",
    shrinkage: Annotated[str, typer.Option(help=WHAT_IF + "per cent of paid time away from customers.")] = "",
    busy: Annotated[str, typer.Option(help=WHAT_IF + "per cent of their time that people are busy at most.")] = "",
    concurrency: Annotated[str, typer.Option(help=WHAT_IF + "conversations at a time.")] = "",
    rostered: Annotated[str, typer.Option(help=WHAT_IF + "people on the rota.")] = "",
    answered: Annotated[str, typer.Option(help=WHAT_IF + "per cent answered within seconds, 80/20: Erlang C.")] = "",
    abandoned: Annotated[
        str, typer.Option(help=WHAT_IF + "per cent who give up, and their patience in seconds, 3/120: Erlang A.")
    ] = "",
) -> None:
    """Work out how many people a desk takes, with what one more or less would mean for customers and cost."""
    from qacli.improve.resources.desk import staffing, workings

    stated: dict[str, Any] = {
        "contacts": contacts,
        "handle_s": handle,
        "shrinkage_percent": shrinkage,
        "busy_percent": busy,
        "concurrency": concurrency,
        "rostered": rostered,
        "answered": _pair("--answered", answered, "percent", "within_s"),
        "abandoned": _pair("--abandoned", abandoned, "percent", "patience_s"),
    }
    found = _supposed(
        context.workspace.view().look_up("desk", desk), {key: each for key, each in stated.items() if each}
    )
    needed = staffing(found)
    rows = [
        (
            each.people,
            each.rostered,
            *(_percent(share) for share in (each.queue.service_level, each.queue.wait_probability)),
            None if each.queue.wait is None else Decimal(f"{each.queue.wait:.1f}"),
            *(_percent(share) for share in (each.queue.occupancy, each.queue.abandoned)),
            each.weekly_cost,
            "fewest" if each.people == needed.people else None,
        )
        for each in workings(found)
    ]
    columns = (
        "at work",
        "rostered",
        "% in time",
        "% wait",
        "mean wait s",
        "% busy",
        "% give up",
        "cost a week",
        "note",
    )
    context.show("staffing", columns, rows, title=f"{found.reference}: {found.promise}")
    if any(row[3] is None for row in rows):
        context.tell("where nothing is shown, more comes in than so many people can do")
    context.tell(_verdict(found, needed.people, needed.rostered))


def _supposed(desk: Desk, changes: dict[str, Any]) -> Desk:
    """Return a desk with other figures. Raises UsageError for one that cannot be."""
    from pydantic import ValidationError

    if {"answered", "abandoned"} <= set(changes):
        raise UsageError("--answered and --abandoned are two promises", help="suppose one of them")
    other = {"answered": "abandoned", "abandoned": "answered"}
    cleared = {other[name]: None for name in changes if name in other}
    told = desk.model_dump(by_alias=True, exclude_none=True)
    try:
        return type(desk).model_validate({**told, **changes, **cleared})
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{place}: {first['msg']}", help="see: qacli resource calc --help") from None


def _pair(option: str, text: str, *names: str) -> dict[str, str] | None:
    if not text:
        return None
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != len(names) or not all(parts):
        raise UsageError(f"{option} {text} is not two numbers", help=f"write it as {option} 80/20")
    return dict(zip(names, parts, strict=True))


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{100 * share:.1f}")


def _verdict(desk: Desk, people: int | None, rota: int | None) -> str:
    from qacli.files.numbers import plain, short

    if people is None or rota is None:
        return f"no number of people holds {desk.promise}"
    gap = rota - desk.rostered
    lacking = f"{gap:,} more than the {desk.rostered:,} there are" if gap > 0 else f"{desk.rostered:,} are there"
    chats = f", {desk.concurrency} conversations each" if desk.concurrency > 1 else ""
    careful = "" if desk.abandoned else "; Erlang C asks for too many where customers give up: try --abandoned"
    return (
        f"{short(desk.load)} Erlangs from {plain(desk.contacts)} contacts in {desk.interval_min} min of {plain(desk.handle_s)} s{chats}: "
        f"{people:,} at work, {rota:,} on the rota at {desk.shrinkage_percent} % shrinkage, {lacking}{careful}"
    )


@command(app)
def workload(
    context: Context,
    hours: Annotated[float | None, typer.Option(min=0, help="Paid hours that evaluators have.")] = None,
    minutes: Annotated[float | None, typer.Option(min=1, help="Minutes for one evaluation.")] = None,
    frame: Annotated[str, typer.Option(help="Take hours and minutes from a frame.")] = "",
    plan: Annotated[int | None, typer.Option(min=1, help="Evaluations planned; more than fit is refused.")] = None,
    colleagues: Annotated[int | None, typer.Option(min=1, help="Colleagues; else those of people.csv.")] = None,
    shrinkage: Annotated[float, typer.Option(min=0, max=99, help="Per cent of paid time away from work.")] = 0,
    other: Annotated[
        float, typer.Option(min=0, max=99, help="Per cent of the rest for calibration, disputes and feedback.")
    ] = 0,
) -> None:
    """Show how many evaluations the hours hold, how many each colleague gets, and how sure a result then is."""
    from qacli.improve.resources.workload import GOOD, hours_told
    from qacli.improve.resources.workload import workload as held
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.frames.workload import hours as in_hours

    view = context.workspace.view()
    if frame:
        found: Frame = view.look_up("frame", frame)
        minutes = minutes or found.minutes_per_evaluation
        if hours is None and (room := found.room()):
            hours = in_hours(found, sum(room.values()))
    if hours is None or minutes is None:
        raise UsageError(
            "there are no hours and minutes", help="say --hours 44 --minutes 22, or --frame with both in it"
        )
    people = colleagues or len({line.person for line in view.people if line.source_id})
    done = held(hours, minutes, people, plan, shrinkage / 100, other / 100)
    rows = [
        ("evaluations that fit", done.fits, _sure(done.in_all)),
        (f"for each of {people} colleagues", done.each, _sure(done.per_colleague)),
    ]
    if plan and done.needed is not None:
        rows.append(("planned", plan, f"takes {hours_told(done.needed)}"))
    context.show("workload", ("what", "n", f"a share near {100 * GOOD:.0f} % is then told as, 95 %"), rows)
    context.tell(f"{hours_told(done.spare)} are left over")


def _sure(found: Interval | None) -> str:
    if found is None or found.low is None or found.high is None:
        return "nothing: no evaluation fits"
    return f"{100 * found.low:.0f} to {100 * found.high:.0f} %"


@command(app, writes=True)
def request(
    context: Context,
    what: Annotated[str, typer.Argument(metavar="RESOURCE", help="A desk or resource, by its id.")],
    amount: Annotated[str, typer.Option(help="How much or how many.")],
    unit: Annotated[Unit, typer.Option(help="Of what.")],
    of: Annotated[str, typer.Option("--of", help="Who is asked.", metavar="PERSON")],
    effect: Annotated[str, typer.Option(help="KPI or criterion that should move.")],
    from_: Annotated[str, typer.Option("--from", help="First day on which it is wanted: 2026-07-01.")],
    words: Annotated[str, typer.Option(help="Why.")],
    cost: Annotated[str, typer.Option(help="What it costs in all.")] = "0",
    serves: Annotated[str, typer.Option("--for", help="Plan, action or finding that it serves, by its id.")] = "",
) -> None:
    """Ask somebody for more of something, and say what should come of it."""
    from qacli.improve.resources.request import ResourceRequest
    from qacli.improve.resources.request import request as act

    outcome = context.commit(
        partial(
            act,
            what=what,
            amount=number("--amount", amount),
            unit=unit,
            asked_of=of,
            effect=effect,
            wanted_from=day(from_),
            words=words,
            cost=number("--cost", cost),
            serves=serves,
        )
    )
    for row in outcome.rows:
        if isinstance(row, ResourceRequest):
            context.say(
                f"{row.id}: {row.asked_of} is asked for {row.in_words}, from {row.wanted_from}{context.recorded_by}"
            )


@command(app, writes=True)
def secure(
    context: Context,
    request: REQUEST,
    outcome: Annotated[
        Outcome, typer.Option(help="secured: all of it; partly; refused; withdrawn: whoever asked takes it back.")
    ] = "secured",
    amount: Annotated[str, typer.Option(help="How much, where it is not all.")] = "",
    cost: Annotated[str, typer.Option(help="What that costs; else what was asked.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day on which it is there; else as asked.")] = "",
    words: Annotated[str, typer.Option(help="Why, where it is not all.")] = "",
) -> None:
    """Decide a request that was asked of you; or take back one that you asked for: --outcome withdrawn."""
    from qacli.improve.resources.request import ResourceDecision
    from qacli.improve.resources.request import secure as act

    since: date | None = day(from_) if from_ else None
    done = context.commit(
        partial(
            act,
            request=request,
            outcome=outcome,
            amount=number("--amount", amount) if amount else None,
            cost=number("--cost", cost) if cost else None,
            since=since,
            words=words,
        )
    )
    for row in done.rows:
        if isinstance(row, ResourceDecision):
            there = f": {row.amount.normalize():f} from {row.since}" if row.since else ""
            context.say(f"{request} {row.outcome}{there}{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context, open_: Annotated[bool, typer.Option("--open", help="Only those that nobody has decided.")] = False
) -> None:
    """List what was asked for, of whom, what for, and what became of it."""
    from qacli.improve.resources.request import requests

    rows = [
        (
            each.request.id,
            each.request.by,
            each.request.what,
            f"{each.request.amount.normalize():f}",
            each.request.unit,
            each.request.cost,
            each.request.asked_of,
            each.request.effect,
            each.request.wanted_from,
            each.state,
            f"{each.decision.amount.normalize():f}" if each.decision else None,
            each.decision.since if each.decision else None,
            str(each.request.reason),
        )
        for each in requests(context.workspace.view())
        if not (open_ and each.decision)
    ]
    columns = (
        "request",
        "by",
        "resource",
        "asked",
        "unit",
        "cost",
        "of",
        "effect on",
        "from",
        "state",
        "given",
        "since",
    )
    context.show("resource-requests", (*columns, "reason"), rows)


@command(app)
def effect(context: Context, request: REQUEST) -> None:
    """Show what came of what was given: the figure that was to move, before it was there and since."""
    from qacli.improve.resources.effect import CANNOT_TELL, effect_of

    found = effect_of(context.workspace.view(), request)
    rows = [
        (name, side.days, *(_place(each) for each in (side.value, side.low, side.high)), side.n, side.unit)
        for name, side in (("before", found.before), ("since", found.after))
        if side
    ]
    if rows or context.for_programs:
        context.show(
            "resource-effect", ("side", "days", "value", "low", "high", "n", "unit"), rows, title=found.measure
        )
    for name, side in (("before it was there", found.before), ("since it is there", found.after)):
        if side is None:
            context.tell(f"no figure of {found.measure} {name}: qacli kpi compute, or draw and score more")
    ends = "" if found.low is None else f", difference {found.low:.1f} to {found.high:.1f} points ({found.method})"
    context.tell(f"{found.measure}: {found.verdict}{ends}")
    if found.verdict != CANNOT_TELL:
        context.tell(
            "before and since alone do not show that this was the cause: see what else happened, qacli kpi chart"
        )


def _place(number: float | None) -> Decimal | None:
    return None if number is None or number != number else Decimal(f"{number:.2f}")
