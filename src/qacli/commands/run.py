"""``qacli run``: what is due is done or told, once, however often it is run; for cron."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, refuse_stranger
from qacli.model import Change, Exit, Hint, QacliError, Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qacli.commands.run_news import News
    from qacli.govern.duties.duty import Duty
    from qacli.model import View
    from qacli.prepare.period import Period

MOST = 12
"""Samples that one run draws: a quarter of weeks. After a long absence the next runs draw the rest."""
DONE_HERE = ("draw", "look", "settle")
"""Duties that a run does itself."""
app = new_app("Do and tell what is due, once; made for cron.")


@command(app, writes=True, slow=True)
def run(
    context: Context,
    ahead: Annotated[
        int | None, typer.Option(min=0, max=3660, help="Only list what falls due in so many days; record nothing.")
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Only list what fell due since then, and what became of it.")
    ] = "",
    for_: Annotated[str, typer.Option("--for", metavar="PERSON", help="With --ahead or --since: what is theirs.")] = "",
    most: Annotated[
        int, typer.Option(min=1, help="Draw at most so many samples in this run, the oldest first.")
    ] = MOST,
    ping: Annotated[
        str,
        typer.Option(metavar="URL", help="Then fetch this address with the exit code behind it, URL/0; nothing else."),
    ] = "",
    example: Annotated[
        Literal["cron", "systemd"] | None, typer.Option(help="Print how to have this run by itself.")
    ] = None,
) -> int:
    """Draw the samples that are due, oldest first, and tell owners once of whatever else is. Silent when nothing is new.

    1 where a sample that is due could not be drawn. Runs that overlap or were missed leave one record for each duty.
    """
    if example:
        from qacli.commands.run_example import example_of

        context.say(example_of(context.workspace, example))
        return 0
    if ahead is not None or since:
        _list(context, ahead, since, for_)
        return 0
    if for_:
        raise UsageError("--for narrows a list", help="add --ahead 30, or --since 2026-05-01")
    _require_address(ping)
    code: int = Exit.BUG
    try:
        code = _due(context, most)
    except QacliError as wrong:
        code = wrong.exit_code
        raise
    except OSError:
        code = Exit.NOT_RECORDED
        raise
    finally:
        if ping and not context.dry_run:
            _fetch(context, _with(ping, int(code)))
    return code


def _list(context: Context, ahead: int | None, since: str, person: str) -> None:
    from qacli.commands.run_lists import show_ahead, show_since

    if ahead is not None and since:
        raise UsageError("--ahead looks forwards, --since backwards", help="take one of them")
    refuse_stranger(context.workspace.view(), person)
    if ahead is not None:
        show_ahead(context, ahead, person)
    else:
        show_since(context, day(since), person)


def _due(context: Context, most: int) -> int:
    """Draw and tell what is due, and return the exit code. What keeps samples from being drawn keeps nothing else."""
    from qacli.commands.run_news import News

    news = News(context)
    try:
        code = _work(context, news, most)
    except Exception:
        if news.rows:  # what was recorded before the fault
            news.show()
        raise
    news.show()
    return code


def _work(context: Context, news: News, most: int) -> int:
    from qacli.commands.finding import look_and_settle
    from qacli.govern.duties.due import duties, remind

    view = context.workspace.view()
    found = duties(view, view.now.date())
    refused, code = _draw(context, news, [duty for duty in found if duty.kind == "draw"], most)
    refused += look_and_settle(context, found, news.of_finding)
    told = [*refused, *(duty for duty in found if duty.kind not in DONE_HERE)]
    try:
        outcome = context.commit(partial(remind, found=told))
    except QacliError as wrong:
        return _told(context, wrong)
    new = {row.duty for row in outcome.rows}  # type: ignore[attr-defined]
    for duty in told:
        if duty.key in new:
            line = Hint(f"{duty.owner}: {duty.words}{': ' if duty.command else ''}", duty.how)
            news.of("refused" if duty in refused else "told", duty, duty.words, line)
    return code


def _draw(context: Context, news: News, due: Sequence[Duty], most: int) -> tuple[list[Duty], int]:
    """Draw what is due, oldest first, and return what was refused, with the reason; and the exit code."""
    times, others = _by_design(context, due)
    run = _Run(context, news, most)
    try:
        for duty in times:
            run.draw(duty, _times)
        if others and run.left:
            _from_export(run, others)
    except QacliError as wrong:  # an export that cannot be read, or a busy folder: what was drawn stays drawn
        return run.refused, _told(context, wrong)
    if waiting := [duty for duty in due if duty not in run.tried]:
        more = "1 more sample is" if len(waiting) == 1 else f"{len(waiting)} more samples are"
        news.left(
            waiting, f"{more} due: the next run draws the oldest {min(len(waiting), most)}, or: --most {len(waiting)}"
        )
    return run.refused, Exit.FINDINGS if run.refused else Exit.FINE


def _told(context: Context, wrong: QacliError) -> int:
    """Tell what went wrong and return its exit code: after a commit the error boundary would call it a success."""
    wrong.help = context.completed(wrong.help)
    context.tell(str(wrong))
    return wrong.exit_code


def _by_design(context: Context, due: Sequence[Duty]) -> tuple[list[Duty], list[Duty]]:
    """Return the draws of times of unannounced checks, and those from an export."""
    from qacli.monitor.sampling.spot import TIMES
    from qacli.prepare.period import parse_period

    view, times, others = context.workspace.view(), list[Any](), list[Any]()
    for duty in due:
        first = parse_period(duty.key.rpartition("/")[2]).first
        (times if view.look_up("frame", duty.subject, first).design == TIMES else others).append(duty)
    return times, others


def _from_export(run: _Run, due: Sequence[Duty]) -> None:
    from qacli.monitor.sampling.drawing import draw_sample
    from qacli.workspace.populations import open_transactions

    with open_transactions(run.context.workspace) as opened:
        for duty in due:
            run.draw(
                duty, partial(draw_sample, population=opened.population, source=opened.source, opt_outs=opened.opt_outs)
            )


def _times(view: View, frame_id: str, period: Period) -> Change:
    from qacli.monitor.sampling.spot_draw import draw_times

    return draw_times(view, frame_id, period)


class _Run:
    """What one run has drawn, and what was refused, each with the reason."""

    def __init__(self, context: Context, news: News, most: int) -> None:
        self.context, self.news, self.most = context, news, most
        self.drawn = 0
        self.refused: list[Duty] = []
        self.tried: list[Duty] = []

    @property
    def left(self) -> bool:
        return self.drawn < self.most

    def draw(self, duty: Duty, act: Callable[..., Change]) -> None:
        """Draw one sample, unless this run has drawn enough."""
        from qacli.prepare.period import in_words, parse_period

        if not self.left:
            return
        self.tried.append(duty)
        frame, period = duty.key.split("/")[1:]

        def drawn(view: View) -> Change:
            change = act(view, frame_id=frame, period=parse_period(period))
            return change if change.rows else Change()  # another run was faster: nothing to tell

        try:
            outcome = self.context.commit(drawn)
        except Refusal as refusal:
            words = f"{frame} of {period}, due since {in_words(duty.due)}, cannot be drawn: {refusal.message}"
            self.refused.append(duty._replace(key=f"{duty.key}/{refusal.rule}", words=words, command=""))
            return
        self.drawn += 1
        if outcome.rows:
            made: Any = outcome.rows[0]
            late = "" if duty.due == self.context.workspace.clock().date() else f", due since {in_words(duty.due)}"
            of = "eligible" if made.sha256 else "moments for unannounced checks"
            drew = f"drew {made.id}: " if outcome.seq else "would draw "
            what = f"{drew}{frame}, {period}, {made.drawn} of {made.eligible:,} {of}{late}"
            self.news.of("drawn", duty, what, what, made.id)


def _require_address(url: str) -> None:
    from urllib.parse import urlsplit

    if not url:
        return
    try:
        found = urlsplit(url)
        known = found.scheme in {"https", "http"} and found.hostname and found.port != 0
    except ValueError:  # a port that is no number
        known = False
    if not known or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(f"--ping {url} is no address", help="write one such as https://monitor.example/qa-weekly")


def _with(url: str, code: int) -> str:
    """Return the address with an exit code in it, or behind it."""
    return url.replace("{code}", str(code)) if "{code}" in url else f"{url.rstrip('/')}/{code}"


def _fetch(context: Context, url: str) -> None:
    """Fetch the address. What was recorded stays recorded where nobody answers."""
    from http.client import HTTPException
    from urllib.request import urlopen

    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - the scheme was looked at
            answer.read(1)
    except (OSError, ValueError, HTTPException) as wrong:
        why = getattr(wrong, "reason", None) or wrong
        said = getattr(why, "strerror", None) or why
        context.tell(f"warning: {url} did not answer: {said}; what was recorded stays")
