"""``qacli run``: what is due is done or told, once, however often it is run; for cron."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import Change, Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.govern.duties import Duty
    from qacli.model import View
    from qacli.workspace.populations import Opened

FEW = 3
app = new_app("Do and tell what is due, once; made for cron.")


@command(app, writes=True)
def run(
    context: Context,
    ahead: Annotated[
        int | None, typer.Option(min=0, max=3660, help="Only list what falls due in so many days; record nothing.")
    ] = None,
    ping: Annotated[str, typer.Option(metavar="URL", help="Fetch this address when all went well.")] = "",
    example: Annotated[
        Literal["cron", "systemd"] | None, typer.Option(help="Print how to have this run by itself.")
    ] = None,
) -> int:
    """Draw the samples that are due, oldest first, and tell owners once of whatever else is. Silent when nothing is new.

    1 where a sample that is due could not be drawn. Runs that overlap or were missed leave one record for each duty.
    """
    from qacli.govern.duties import duties, remind

    if example:
        context.say(_example(context, example))
        return 0
    if ahead is not None:
        _calendar(context, ahead)
        return 0
    _require_address(ping)
    view = context.workspace.view()
    found = duties(view, view.now.date())
    refused = _draw(context, [duty for duty in found if duty.kind == "draw"])
    told = [*refused, *(duty for duty in found if duty.kind != "draw")]
    outcome = context.commit(partial(remind, found=told))
    new = {row.duty for row in outcome.rows}  # type: ignore[attr-defined]
    for duty in told:
        if duty.key in new:
            context.say(f"{duty.owner}: {duty.words}{': ' if duty.command else ''}{duty.command}")
    if ping and not refused:
        _fetch(context, ping)
    return 1 if refused else 0


def _draw(context: Context, due: Sequence[Duty]) -> list[Duty]:
    """Draw what is due, oldest first, and return what could not be drawn, with the reason."""
    from qacli.workspace.populations import open_transactions

    if not due:
        return []
    with open_transactions(context.workspace) as opened:
        return [failed for duty in due if (failed := _drawn(context, duty, opened))]


def _drawn(context: Context, duty: Duty, opened: Opened) -> Duty | None:
    """Draw one sample; return the duty with the reason where it cannot be drawn."""
    from qacli.monitor.sampling.drawing import draw_sample
    from qacli.prepare.period import in_words, parse_period

    frame, period = duty.key.split("/")[1:]

    def act(view: View) -> Change:
        change = draw_sample(view, frame, parse_period(period), opened.population, opened.source, opened.opt_outs)
        return change if change.rows else Change()  # another run was faster: nothing to tell

    try:
        outcome = context.commit(act)
    except Refusal as refusal:
        words = f"{frame} of {period}, due since {in_words(duty.due)}, cannot be drawn: {refusal.message}"
        return duty._replace(key=f"{duty.key}/{refusal.rule}", words=words)
    if outcome.seq:
        drawn: Any = outcome.rows[0]
        context.say(f"drew {drawn.id}: {frame}, {period}, {drawn.drawn} of {drawn.eligible:,} eligible")
    return None


def _calendar(context: Context, ahead: int) -> None:
    from datetime import timedelta

    from qacli.govern.duties import duties

    view = context.workspace.view()
    today = view.now.date()
    columns = ["due", "late", "owner", "what", "serves", "work", "subject", "command"]
    rows = [
        (
            duty.due,
            "late" if duty.due < today else "",
            duty.owner,
            duty.words,
            _few(duty.serves.split()) if context.for_people else duty.serves,
            duty.kind,
            duty.subject,
            duty.command,
        )
        for duty in duties(view, today + timedelta(days=ahead))
    ]
    if context.for_people:
        columns, rows = columns[:5], [row[:5] for row in rows]  # type: ignore[misc]
    context.show("calendar", columns, rows)


def _few(measures: Sequence[str]) -> str:
    """Return the first measures, and how many more there are."""
    more = f" and {len(measures) - FEW} more" if len(measures) > FEW else ""
    return f"{' '.join(measures[:FEW])}{more}"


def _require_address(url: str) -> None:
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(f"--ping {url} is no address", help="write one such as https://monitor.example/qa-weekly")


def _fetch(context: Context, url: str) -> None:
    """Fetch the address. What was recorded stays recorded where nobody answers."""
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - the scheme was looked at
            answer.read(1)
    except (URLError, OSError, ValueError) as wrong:
        context.tell(f"warning: all is recorded, but {url} did not answer: {wrong}")


CRON = """\
# every working day at six; what is due is done or told once, and cron mails only what is said
0 6 * * 1-5 {qacli} -C {folder} --as {actor} run
"""
SYSTEMD = """\
# ~/.config/systemd/user/qacli.service
[Unit]
Description=Monitoring work that is due in {folder}

[Service]
Type=oneshot
ExecStart={qacli} -C {folder} --as {actor} run

# ~/.config/systemd/user/qacli.timer
[Unit]
Description=Look every working day at six; a missed day is made up for

[Timer]
OnCalendar=Mon..Fri 06:00
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now qacli.timer
"""


def _example(context: Context, kind: str) -> str:
    from shlex import quote
    from shutil import which

    workspace = context.workspace
    text = CRON if kind == "cron" else SYSTEMD
    return text.format(
        qacli=quote(which("qacli") or "qacli"), folder=quote(str(workspace.folder)), actor=workspace.actor
    ).rstrip("\n")
