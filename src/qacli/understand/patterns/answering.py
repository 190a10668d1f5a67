"""Fresh checks for one finding: how many are needed, drawn by chance, and what they say once they are scored.

The test is fixed before anything is drawn: one-sided, at 5 %, of the fresh checks alone. What raised the finding is only
what they are compared with.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import comb
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Change, Command, Hint, Refusal, View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.confirming import Part, confirm
from qacli.monitor.sampling.draw import Draw, Item, Occasion, Replacement
from qacli.prepare.period import Period, parse_period
from qacli.stats import count_test, level_difference, newcombe
from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.patterns.claim import FALL, RISE
from qacli.understand.patterns.finding import (
    CONFIRMED,
    DISMISSED,
    UNDECIDED,
    WATCH,
    Finding,
    FindingEvent,
    Standing,
    standing_of,
    standings,
)
from qacli.understand.patterns.raising import with_scores
from qacli.understand.summary import policy_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

ALPHA, POWER = 0.05, 0.8
FEWEST, MOST = 8, 30
"""Fresh checks: so many at least, so many at most unless somebody asks for more."""
RECENT = timedelta(days=28)
FRESH = "(fresh checks)"


class NotOnWatch(Refusal, rule="finding-not-on-watch"):
    """Fresh checks answer what is on watch; they are drawn once."""

    def __init__(self, standing: Standing, draw: str = "") -> None:
        if draw:
            super().__init__(
                f"fresh checks for {standing.finding.id} were drawn as {draw} and are not all scored.",
                help=Hint("see: ", Command(f"sample list --draw {draw}")),
            )
        else:
            super().__init__(
                f"{standing.finding.id} is {standing.status}: there is nothing to confirm.",
                help=Hint("see: ", Command(f"finding show {standing.finding.id}")),
            )


class NoFrame(Refusal, rule="no-frame-for-finding"):
    """Fresh checks are drawn from the frame whose samples raised a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(
            f"no frame in force holds the samples that raised {finding.id}.",
            help=Hint("draw by hand: ", Command('sample confirm FRAME --period ... --size 8 --question "..."')),
        )


class Answer(NamedTuple):
    """What fresh checks say: the kind of event, and the figures behind it, as FindingEvent names them."""

    kind: str
    n: int
    method: str
    failed: int | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def checks_needed(finding: Finding) -> int:
    """Return how many fresh checks find the effect, if it is as it looked, in four of five cases: 8 to 30.

    For a fall 8: over the last four weeks a fall that could be raised at all has grown to more than the scatter of scores.
    """
    if finding.kind == FALL or finding.failed is None or finding.n_other is None or finding.failed_other is None:
        return FEWEST
    share = finding.failed / finding.n
    return next(
        (n for n in range(FEWEST, MOST) if _power(n, share, finding.failed_other, finding.n_other) >= POWER), MOST
    )


def _power(n: int, share: float, failed_other: int, n_other: int) -> float:
    """Return the chance that n fresh checks, each failed with a chance of ``share``, fail significantly often."""

    def stands(k: int) -> bool:
        return count_test([(n + n_other, k + failed_other, n)], k).high < ALPHA

    least = next((k for k in range(n + 1) if stands(k)), n + 1)
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(least, n + 1))


def days_to_check(finding: Finding) -> Period:
    """Return the days from which fresh checks are drawn: those of a rise, and of a colleague the last four weeks."""
    first = finding.last - RECENT + timedelta(days=1)
    last = finding.last
    if finding.kind == RISE:
        first, last = finding.since or finding.first, finding.until or finding.last
    return parse_period(f"{first}..{last}")


def confirm_finding(
    view: View,
    finding_id: str,
    population: Population,
    source: str,
    opt_outs: Sequence[Span] = (),
    size: int | None = None,
    period: Period | None = None,
) -> Change:
    """Draw fresh spot checks for a finding on watch. Raises NoSuchRow, NotOnWatch, NoFrame, and what ``confirm`` raises."""
    standing = standing_of(view, finding_id)
    if standing.status != WATCH:
        raise NotOnWatch(standing)
    if unfinished := next((draw for draw in draws_for(view, finding_id) if not answered(view, finding_id, draw)), ""):
        raise NotOnWatch(standing, unfinished)
    finding = standing.finding
    days = period or days_to_check(finding)
    return confirm(
        view,
        frame_of(view, finding),
        days,
        size or checks_needed(finding),
        f"finding {finding.id}",
        Part(channel=finding.channel, colleague=finding.colleague),
        population,
        source,
        opt_outs,
        link=finding.id,
    )


def owner_of(view: View, finding: Finding) -> str:
    """Return who answers for the frame whose samples raised a finding; empty where no frame in force holds them."""
    try:
        name = frame_of(view, finding)
    except NoFrame:
        return ""
    frames = [frame for frame in view.definitions("frame") if frame.id == name]
    return max(frames, key=lambda frame: frame.newness).owner if frames else ""


def frame_of(view: View, finding: Finding) -> str:
    """Return the frame that drew most of the routine items behind a finding. Raises NoFrame."""
    frames = {draw.id: draw.frame.partition("@")[0] for draw in view.current(Draw)}
    found = Counter(
        frames[item.draw]
        for item in view.current(Item)
        if finding.first <= item.day <= finding.last
        and item.purpose == "routine"
        and finding.channel in {"", item.channel}
        and finding.colleague in {"", item.colleague}
        and item.draw in frames
    )
    if not found:
        raise NoFrame(finding)
    return max(found, key=lambda name: (found[name], name))


def draws_for(view: View, finding: str) -> list[str]:
    """Return the draws of fresh checks for a finding, oldest first."""
    return [row.draw for row in view.current(Occasion) if row.link == finding and row.size]


def answered(view: View, finding: str, draw: str) -> bool:
    """Return whether the items of a draw have answered a finding."""
    return any(event.finding == finding and event.draw == draw for event in view.current(FindingEvent))


def all_scored(view: View, draw: str) -> bool:
    """Return whether every item of a draw that was not put aside is scored."""
    gone = {row.item for row in view.current(Replacement)}
    scored = {row.item for row in view.current(Observation)}
    return all(item.id in scored for item in view.current(Item) if item.draw == draw and item.id not in gone)


def settle(view: View) -> Change:
    """Record what fresh checks say of each finding on watch, once all of them are scored; nothing where none is."""
    rows = [
        event_of(each.finding, draw, answer_of(view, each.finding, draw))
        for each in standings(view)
        if each.status == WATCH
        for draw in draws_for(view, each.finding.id)
        if not answered(view, each.finding.id, draw) and all_scored(view, draw)
    ]
    return Change(rows, key=f"settle/{'/'.join(row.draw for row in rows)}" if rows else "")


def event_of(finding: Finding, draw: str, answer: Answer) -> FindingEvent:
    """Return the record of an answer."""
    return FindingEvent(
        finding=finding.id,
        kind=answer.kind,
        draw=draw,
        method=answer.method,
        n=answer.n,
        failed=answer.failed,
        effect=answer.effect,
        low=answer.low,
        high=answer.high,
        p=answer.p,
    )


def answer_of(view: View, finding: Finding, draw: str) -> Answer:
    """Return what the scored items of a draw say of a finding."""
    asked = Selection(purpose="spot")
    if finding.kind != FALL:
        rated = ratings(view, asked)
        return answer_by_share(finding, rated[rated["draw"] == draw])
    spots = sample(view, asked)
    routine = sample(view, Selection(finding.first, finding.last))
    policy = policy_of(view, routine)
    fresh = with_scores(spots.observed, policy)
    return answer_by_level(
        finding, fresh[fresh["draw"] == draw], with_scores(routine.observed, policy), policy.minimum_n
    )


def answer_by_share(finding: Finding, fresh: pd.DataFrame) -> Answer:
    """Return whether fresh checks fail the criterion more often than what the finding is compared with (Fisher, one-sided).

    ``fresh`` has a row per rating of the fresh checks; those of other criteria count nothing.
    """
    card = finding.scorecard.partition("@")[0]
    ours = (fresh["criterion"] == finding.criterion) & (fresh["scorecard"].str.partition("@")[0] == card)
    applicable = fresh[ours & fresh["met"].notna()]
    n, k = len(applicable), int((~applicable["met"].astype(bool)).sum())
    k_other, n_other = finding.failed_other or 0, finding.n_other or 0
    if n < FEWEST // 2 or not n_other:
        return Answer(UNDECIDED, n, f"undecided: it applied to {n} of the fresh checks, fewer than {FEWEST // 2}", k)
    p = count_test([(n + n_other, k + k_other, n)], k).high
    difference = newcombe(k, n, k_other, n_other)
    kind = CONFIRMED if p < ALPHA else DISMISSED
    return Answer(
        kind, n, "exact, one-sided, fresh checks only", k, difference.estimate, difference.low, difference.high, p
    )


def answer_by_level(finding: Finding, fresh: pd.DataFrame, routine: pd.DataFrame, minimum_n: int) -> Answer:
    """Return whether fresh scores lie below the colleague's level in the routine sample, apart from who judged what.

    Whether a slope was found by chance says nothing of that level, so it is a fair one to compare with. Both frames have
    a row per observation.
    """
    import pandas as pd

    both = pd.concat([routine, fresh.assign(colleague=FRESH)], ignore_index=True)
    both = both[both["score"].notna()]
    n = int((both["colleague"] == FRESH).sum())
    if n < minimum_n:
        return Answer(UNDECIDED, n, f"undecided: {n} of the fresh checks have a score, fewer than {minimum_n}")
    factors = [
        (both["channel"] + " " + both["scorecard"]).tolist(),
        both["evaluator"].tolist(),
        both["reason"].tolist(),
    ]
    found = level_difference(
        both["score"].astype(float).tolist(), both["colleague"].tolist(), FRESH, finding.colleague, factors
    )
    if found.p is None:
        return Answer(UNDECIDED, n, found.method.replace("undefined", "undecided"))
    kind = CONFIRMED if found.p < ALPHA else DISMISSED
    return Answer(kind, n, f"{found.method}, one-sided", None, found.estimate, found.low, found.high, found.p)
