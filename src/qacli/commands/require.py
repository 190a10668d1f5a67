"""``qacli require``: the rules with their sources and days, what they touch, and looking at their sources again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands import require_change, require_check
from qacli.commands.adding import tell_written, written
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, refuse_stranger
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.govern.requirements.requirement import Requirement
    from qacli.model import View

app = new_app("Keep rules by their days; consult, implement, hold results to them.")
RULE = Annotated[str, typer.Argument(metavar="RULE", help="For example fca-payment, or fca-payment@2.")]
Kind = Literal["law", "regulator", "code", "standard", "policy", "strategy", "offer"]


@command(app, writes=True)
def add(
    context: Context,
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="Short name, for example callback-promise.")] = "",
    register: Annotated[
        list[str] | None, typer.Option(help="Instead: take over a starter register, general, fca or ofcom; repeatable.")
    ] = None,
    title: Annotated[str, typer.Option(help="Name shown to people.")] = "",
    says: Annotated[str, typer.Option(help="What it asks, in your own words.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="The first four are set by others, the rest by us.")] = None,
    source: Annotated[str, typer.Option(help="What says so: act, handbook, page of the charter.")] = "",
    clause: Annotated[str, typer.Option(help="Section, rule or clause of it.")] = "",
    regulator: Annotated[str, typer.Option(help="Who watches over it.")] = "",
    nation: Annotated[list[str] | None, typer.Option(help="Only there: england-wales, scotland; repeatable.")] = None,
    from_: Annotated[str, typer.Option("--from", help="First day on which it holds.")] = "",
    to: Annotated[str, typer.Option(help="Last day; left out: open.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="Role whose work it touches; repeatable.")] = None,
    checked_on: Annotated[str, typer.Option(help="Day on which you read the source.")] = "",
    look_every: Annotated[str, typer.Option(help="Days after which the source is looked at again.")] = "",
    supersedes: Annotated[str, typer.Option(help="What it takes the place of: id@version.")] = "",
    transition: Annotated[str, typer.Option(help="For open cases: unchecked, by-receipt or at-once.")] = "",
    procedure: Annotated[list[str] | None, typer.Option(help="Procedure that carries it out; repeatable.")] = None,
    notice: Annotated[list[str] | None, typer.Option(help="Notice that tells people; repeatable.")] = None,
    scorecard: Annotated[list[str] | None, typer.Option(help="Scorecard that watches it; repeatable.")] = None,
    criterion: Annotated[list[str] | None, typer.Option(help="Criterion that watches it; repeatable.")] = None,
    trigger: Annotated[list[str] | None, typer.Option(help="Trigger of escalations it is about; repeatable.")] = None,
    control: Annotated[list[str] | None, typer.Option(help="What else sees to it; repeatable.")] = None,
    test: Annotated[list[str] | None, typer.Option(help='"clock answer within 8 weeks"; repeatable.')] = None,
    version: Annotated[str, typer.Option(help="Version, where the rule is there already.")] = "1",
) -> None:
    """Write a rule into definitions/requirements.yaml: without its source and its days it is refused."""
    if bool(rule) == bool(register):
        raise UsageError(
            "name one rule, or a starter register", help="qacli require add RULE ... or --register general"
        )
    if register:
        _take_over(context, register)
        return
    from qacli.govern.requirements.register import NoSource

    stated = {
        "a source (--source)": source,
        "its first day (--from)": from_,
        "when it was read (--checked-on)": checked_on,
    }
    if lacking := [what for what, text in stated.items() if not text.strip()]:
        raise NoSource(f"{rule}@{version}", lacking)
    if day(checked_on) > context.workspace.clock().date():
        raise UsageError(f"{checked_on} is still to come", help="--checked-on is the day on which the source was read")
    settings: dict[str, object] = {
        "id": rule,
        "version": version,
        "owner": context.workspace.actor,
        "from": from_,
        "to": to,
        "title": title or rule,
        "says": says,
        "kind": kind,
        "source": source,
        "clause": clause,
        "regulator": regulator,
        "nations": nation,
        "roles": role,
        "checked_on": checked_on,
        "look_every": look_every,
        "supersedes": supersedes,
        "transition": transition,
        "procedures": procedure,
        "notices": notice,
        "scorecards": scorecard,
        "criteria": criterion,
        "triggers": trigger,
        "controls": control,
        "test": test,
    }
    added = written(context, "requirement", {name: value for name, value in settings.items() if value})
    tell_written(context, added, f"see what it touches: qacli require impact {rule}")


def _take_over(context: Context, names: Sequence[str]) -> None:
    """Write what starter registers have and this workspace has not; each rule is then to be reviewed here."""
    from qacli.workspace.registers import starters

    name = " and ".join(dict.fromkeys(names))
    found = [each for one in dict.fromkeys(names) for each in starters(context.workspace, one)]
    rules = list({each.reference: each for each in found}.values())
    for each in rules:
        written(context, "requirement", {key: value for key, value in each.settings.items() if value})
        if each.left_out:
            context.tell(f"{each.reference}: left out, because it is not here: {', '.join(each.left_out)}")
    if not rules:
        context.tell(f"every rule of the register {name} is here already: nothing to do")
    elif context.dry_run:
        context.tell("dry run: nothing was written")
    else:
        context.tell(
            f"{len(rules)} rules of {name} written into definitions/requirements.yaml; no legal advice, and nobody here has "
            "reviewed them: qacli require review RULE --note ..."
        )


@command(app, "list")
def list_(
    context: Context,
    on: Annotated[str, typer.Option(help="As of this day, if not today: 2026-04-10.")] = "",
    all_: Annotated[bool, typer.Option("--all", help="Every version, and those of other nations.")] = False,
    for_: Annotated[
        str, typer.Option("--for", help="Only what touches the work of this person.", metavar="PERSON")
    ] = "",
    changes: Annotated[bool, typer.Option("--changes", help="Instead: consultations, and what came of them.")] = False,
) -> None:
    """List the rules that hold on a day in the nation of the workspace, each in the version of that day."""
    from qacli.govern.requirements.register import in_force

    view = context.workspace.view()
    refuse_stranger(view, for_)
    if changes:
        require_change.show_changes(context, view)
        return
    when = day(on) if on else view.now.date()
    rules: Sequence[Requirement] = view.definitions("requirement") if all_ else in_force(view, when)
    if for_:
        rules = [each for each in rules if _touches(view, each, for_, when)]
    columns = SHORT if context.for_people else (*SHORT, *BESIDE)
    rows = [_row(view, each)[: len(columns)] for each in rules]
    context.show("requirements", columns, rows, title="Every rule" if all_ else f"Rules that hold on {when}")
    if not rules:
        context.tell(
            "no rule holds: take over a starter register, qacli require add --register general, or add your own"
        )
    bare = [each.reference for each in rules if not each.met_by]
    if bare:
        context.tell(f"nothing here carries out or watches: {', '.join(bare)}")


SHORT = ("rule", "title", "source", "from", "to", "reviewed here", "look again by")
BESIDE = ("kind", "owner", "source read", "met by", "tested by")


def _row(view: View, rule: Requirement) -> tuple[object, ...]:
    from qacli.govern.requirements.reviewing import last_look, look_due

    look, due = last_look(view, rule), look_due(view, rule)
    seen = f"{look.on} by {look.by}" if look else "not yet"
    over = rule.to and rule.to < view.now.date()
    again = None if over else f"{due}, overdue" if due < view.now.date() else str(due)
    met, tests = " ".join(rule.met_by) or None, "; ".join(rule.test) or None
    shown = (rule.reference, rule.title, rule.cited, rule.from_, rule.to, seen, again)
    return (*shown, rule.kind, rule.owner, rule.checked_on, met, tests)


def _touches(view: View, rule: Requirement, person: str, when: date) -> bool:
    """Return whether a rule touches the work of a person: everybody's, or that of a role which they hold on a day."""
    from qacli.prepare.authority.matrix import holders

    return not rule.roles or any(person in holders(view, role, when) for role in rule.roles)


@command(app)
def show(context: Context, rule: RULE) -> None:
    """Show a rule: what it asks, its versions, what meets it, who looked at its source, what was measured."""
    from qacli.commands.require_told import told
    from qacli.govern.requirements.register import meant, versions

    view = context.workspace.view()
    context.say("\n".join(told(view, meant(view, rule, view.now.date()), versions(view, rule))))


@command(app, writes=True)
def review(
    context: Context,
    rule: RULE,
    note: Annotated[str, typer.Option(help="What was read, and what it says.")],
    found: Annotated[Literal["nothing", "change"], typer.Option(help="Whether it changed.")] = "nothing",
    on: Annotated[str, typer.Option(help="Day on which it was read, if not today.")] = "",
    again: Annotated[str, typer.Option(help="By when it is looked at next; else by its own cadence.")] = "",
) -> None:
    """Record that you read the source of a rule, whether it changed, and by when somebody looks next."""
    from qacli.govern.requirements.reviewing import RequirementReview
    from qacli.govern.requirements.reviewing import review as act

    read_on, next_on = (day(text) if text else None for text in (on, again))
    outcome = context.commit(partial(act, name=rule, found=found, note=note, on=read_on, again=next_on))
    for row in outcome.rows:
        if isinstance(row, RequirementReview):
            seen = "a change was found" if row.found == "change" else "no change was found"
            context.say(f"{row.id}: {row.requirement}, {seen}; next by {row.again}{context.recorded_by}")
            if row.found == "change":
                name = row.requirement.partition("@")[0]
                context.tell(f"next: a new version with its first day, qacli require add {name} --version ...")


@command(app)
def impact(context: Context, rule: RULE) -> None:
    """List what a rule touches: what carries it out, what watches it, and what depends on that."""
    from qacli.govern.requirements.impact import impact as found
    from qacli.govern.requirements.register import meant

    view = context.workspace.view()
    version = meant(view, rule, view.now.date())
    touched = found(view, version)
    rows = [(each.kind, each.name, each.owner or None, each.why) for each in touched]
    context.show(
        "requirement-impact", ("kind", "what", "owner", "through"), rows, title=f"What {version.reference} touches"
    )
    if not touched:
        context.tell(
            f"nothing here carries out or watches {version.reference}: name it in definitions/requirements.yaml"
        )


require_change.join(app)
require_check.join(app)
