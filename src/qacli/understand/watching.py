"""What each way of watching brought: routine or spot, live or afterwards; coverage, days to feedback, scores, pace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from qacli.stats import mean_difference
from qacli.understand.estimates import Policy, plain_mean, score_cells, scored
from qacli.understand.facts import Sample, Selection, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.summary import Summary, framed, policy_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from qacli.model import View

LIVE, AFTERWARDS = "live", "afterwards"
ONE_WAY = "no kind of check was both watched live and looked at afterwards: nothing to compare"
SESSIONS = "SELECT id AS session, kind, technique, told_at, intervened, comfort FROM sessions"
GROUP = ("kind", "watched", "scorecard")
COLUMNS = (
    *GROUP,
    "observed",
    "colleagues",
    "of_colleagues",
    "told_before",
    "intervened",
    "n_comfort",
    "comfort",
    "n",
    "mean",
    "low",
    "high",
    "verdict",
    "n_seconds",
    "mean_seconds",
    "n_feedback",
    "days_to_feedback",
)
WHOLE = (
    "observed",
    "colleagues",
    "of_colleagues",
    "told_before",
    "intervened",
    "n_comfort",
    "n",
    "n_seconds",
    "n_feedback",
)


class Difference(NamedTuple):
    """What live watching goes with, against looking afterwards, for one kind of check and one card."""

    kind: str
    scorecard: str
    measure: str
    live: list[float]
    afterwards: list[float]


def by_watching(view: View, selection: Selection, told: Mapping[str, date]) -> Summary:
    """Return per kind of check, way of watching and scorecard what was observed by chance.

    ``told`` says for each observation on which day feedback on it was given. ``days_to_feedback`` is the median of the
    days from the transaction to that. Scores are plain means with t intervals; too few is said.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    observed = _watched(view, found)
    groups = observed.groupby(list(GROUP), sort=True)
    people = found.drawn["colleague"].nunique()
    rows = [dict(zip(GROUP, key, strict=True)) | _cells(part, people, told, policy) for key, part in groups]
    lines = [_told(each, policy) for each in _differences(observed, policy)]
    notes = [
        *notes_of(found, policy),
        f"under {policy.minimum_n} evaluations there is no mean and no difference: too few",
        "days_to_feedback: median from the transaction to the day of feedback; mean_seconds: length of the transaction",
        "comfort: median of what colleagues said themselves, 1 to 5; intervened: how often the observer stepped in",
        "who is watched live is not decided by chance, so a difference may have other causes than being watched",
    ]
    return Summary(
        "What observation brought",
        framed(rows, COLUMNS, WHOLE, (*GROUP, "verdict")),
        notes,
        "qacli.technique-results/1",
        "; ".join(lines) or (NOTHING if observed.empty else ONE_WAY),
    )


def _watched(view: View, found: Sample) -> pd.DataFrame:
    """Return the observations asked for with kind, technique and whether somebody watched live."""
    sessions = view.sql(SESSIONS)
    live = {name: view.look_up("technique", name).live for name in set(sessions["technique"])}
    sessions["watched"] = [LIVE if live[name] else AFTERWARDS for name in sessions["technique"]]
    return found.observed.merge(sessions, on="session", how="inner")


def _cells(rows: pd.DataFrame, people: int, told: Mapping[str, date], policy: Policy) -> dict[str, object]:
    pairs = zip(rows["observation"], rows["day"], strict=True)
    days = [(told[name] - day.date()).days for name, day in pairs if name in told]
    seconds, comfort = rows["seconds"].dropna(), rows["comfort"].dropna()
    scores = score_cells(scored(rows, policy), plain_mean, policy)
    return {
        "observed": len(rows),
        "colleagues": rows["colleague"].nunique(),
        "of_colleagues": people,
        "told_before": int(rows["told_at"].notna().sum()),
        "intervened": int(rows["intervened"].sum()),
        "n_comfort": len(comfort),
        "comfort": comfort.median() if len(comfort) else None,
        **{name: scores[name] for name in ("n", "mean", "low", "high", "verdict")},
        "n_seconds": len(seconds),
        "mean_seconds": seconds.mean() if len(seconds) >= policy.minimum_n else None,
        "n_feedback": len(days),
        "days_to_feedback": median(days) if days else None,
    }


def _differences(observed: pd.DataFrame, policy: Policy) -> Iterator[Difference]:
    for (kind, card), rows in observed.groupby(["kind", "scorecard"], sort=True):
        if rows["watched"].nunique() == 1:
            continue
        parts = {name: rows[rows["watched"] == name] for name in (LIVE, AFTERWARDS)}
        scores = [list(scored(parts[name], policy).values()) for name in parts]
        seconds = [[float(value) for value in parts[name]["seconds"].dropna()] for name in parts]
        yield Difference(str(kind), str(card), "score", *scores)
        yield Difference(str(kind), str(card), "seconds", *seconds)


def _told(each: Difference, policy: Policy) -> str:
    """Return a difference in words; what cannot be told at this n is said."""
    sizes = f"{len(each.live)} {LIVE}, {len(each.afterwards)} {AFTERWARDS}"
    what = f"{each.scorecard}, {each.kind}, {each.measure}"
    if min(len(each.live), len(each.afterwards)) < policy.minimum_n:
        return f"{what}: too few to compare ({sizes})"
    found = mean_difference(each.live, each.afterwards, policy.confidence)
    if found.low is None or found.high is None or found.estimate is None:
        return f"{what}: {found.method} ({sizes})"
    verdict = "cannot tell" if found.low <= 0 <= found.high else "differs"
    limits = f"{found.low:+.1f} to {found.high:+.1f}"
    return f"{what}: live less afterwards {found.estimate:+.1f} ({limits}, {found.method}; {sizes}): {verdict}"
