"""What qacli asserts of one quarter, and whether that is what was planted.

The detectors are those behind the commands; they see records, definitions and the export, never what is planted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import cached_property

import coaching
import pandas as pd
import past
import sampling
from bench import Bench, Laid
from harbour import Quarter, fresh, observed
from plan import parameters, person
from records import COACH, judged, spot_items

from qacli.files.yaml import parse
from qacli.improve.actions.checking import checked
from qacli.improve.actions.course import short
from qacli.improve.actions.draft import Draft
from qacli.improve.actions.verdict import FAILED
from qacli.improve.coaching.effect import BETTER, WORSE
from qacli.model import Row
from qacli.monitor.calibrating.calibration import standings
from qacli.monitor.calibrating.figures import scored
from qacli.monitor.calibrating.strictness import LENIENT, STRICTER, by_evaluator
from qacli.monitor.sampling.drawing import ground_now
from qacli.monitor.sampling.eligibility import judged as eligible_rows
from qacli.prepare.event import candidates
from qacli.prepare.period import parse_period
from qacli.understand.comparing.divergence import divergences
from qacli.understand.comparing.link import LINKED, NOT_LINKED
from qacli.understand.comparing.pairs import SCORE, Measured, Rated, at_transaction, judged_together, rated, ratings
from qacli.understand.comparing.parting import FELL, NOTHING_MOVED, PARTED, ROSE, Parting
from qacli.understand.evaluators import by_evaluator as by_everyday_scores
from qacli.understand.facts import Selection, sample
from qacli.understand.facts import ratings as routine_ratings
from qacli.understand.kpis.computing import compute
from qacli.understand.kpis.control import Charted, control
from qacli.understand.kpis.formulas import FORMULAS
from qacli.understand.kpis.importing import Line, Provided, import_figures
from qacli.understand.kpis.value import KpiImport, KpiValue
from qacli.understand.patterns.answering import answer_of
from qacli.understand.patterns.changes import phases_of
from qacli.understand.patterns.claim import APART, FALL, RISE, Claim
from qacli.understand.patterns.coverage import by_coverage, population_of
from qacli.understand.patterns.finding import CONFIRMED, Finding
from qacli.understand.patterns.raising import looked_at
from qacli.understand.summary import by_colleague, by_team, policy_of
from qacli.understand.targets.reach import OUT_OF_REACH, TOO_EASY, assess
from qacli.workspace.outcomes import measured
from qacli.workspace.populations import profile_of

LAST = date(2026, 6, 28)
EARLY = 4
"""In one of so many quarters it is also looked at earlier, which costs as much as all the rest of a truth."""
KPIS = (
    "fcr:repeat-7",
    "aht:standard",
    "csat:top2",
    "complaint-rate:per-1000-contacts",
    "abandonment:less-short",
    "first-response:within-promise",
)
Outcome = dict[str, bool | None]
"""What was asserted, by name; None where the question did not come up."""


class Looked:
    """One quarter laid on a bench, with what the detectors say of it; each is asked once, when it is first needed."""

    def __init__(self, bench: Bench, quarter: Quarter) -> None:
        self.bench, self.quarter, self.plant = bench, quarter, quarter.plant
        self.view: Laid = bench.lay(quarter)
        self.first: date = parameters()["first_day"]

    @cached_property
    def exported(self) -> Bench:
        """The bench with the export of the quarter in its folder."""
        self.bench.export(self.quarter)
        return self.bench

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """Everything that the one look at the routine samples of the quarter tested."""
        brought, _ = looked_at(self.view, self.first, LAST)
        self.standing = brought.raised
        return brought.claims

    @property
    def raised(self) -> Sequence[Claim]:
        """The claims that stand out among them all."""
        return self.standing if self.claims else ()

    def of(self, kind: str) -> list[Claim]:
        """Return the claims of a kind."""
        return [claim for claim in self.raised if claim.kind == kind]

    @cached_property
    def values(self) -> Sequence[KpiValue]:
        """The KPIs of the quarter by week, of the desk and of each team."""
        profile = profile_of(
            self.bench.workspace, self.bench.workspace.settings.sources["transactions"], "transactions"
        )
        whole = parse_period(f"{self.first}..{LAST}")
        with self.exported.opened() as opened:
            change = compute(
                self.view,
                whole,
                opened.population,
                profile,
                source=opened.source,
                kpis=KPIS,
                by=("week",),
                cuts=("team", "need"),
            )
        self.told = change.findings
        return [row for row in change.rows if isinstance(row, KpiValue)]

    @cached_property
    def closer(self) -> Laid:
        """The records with fresh checks of everybody on either side of the day on which somebody is coached."""
        return coaching.closer(self.view, self.quarter)

    @cached_property
    def surveyed(self) -> Laid:
        """The records with two years of satisfaction as imported, and the months of the quarter as computed."""
        view = self.bench.lay(self.quarter)
        lines = [line.split(",") for line in past.figures(self.plant)]
        given = [Line(at, at, dict(zip(lines[0], cells, strict=True))) for at, cells in enumerate(lines[1:], 2)]
        said = Provided("past.csv", lines[0], "survey tool", "all answers", date(2026, 4, 7), None, "0" * 64)
        whole = parse_period("2026-04-01..2026-05-31")  # the months that lie in the quarter
        source = self.bench.workspace.settings.sources["transactions"]
        profile = profile_of(self.bench.workspace, source, "transactions")
        with self.exported.opened() as opened:
            change = compute(
                view, whole, opened.population, profile, source=opened.source, kpis=("csat:top2",), by=("month",)
            )
        made = [*import_figures(view, given, said).rows, *change.rows]
        view.add({kind.TABLE: _as_table(kind, made) for kind in (KpiImport, KpiValue)})
        return view

    def weeks(self, kpi: str, team: str = "") -> list[KpiValue]:
        """Return the figures of a KPI by week, of the desk or of a team."""
        ours = ("team", team) if team else ("all", "all")
        found = [each for each in self.values if each.id_of_kpi == kpi and (each.cut, each.slice) == ours]
        return sorted((each for each in found if "W" in each.period), key=lambda each: each.first)

    def by_need(self, kpi: str) -> dict[str, KpiValue]:
        """Return the figures of a KPI over the quarter, by whether customers need more support."""
        mine = [each for each in self.values if each.id_of_kpi == kpi and each.cut == "need" and "W" not in each.period]
        return {each.slice: each for each in mine}

    def chart(self, kpi: str, formula: str, team: str = "") -> Charted:
        """Return the control chart of a KPI by week."""
        known = FORMULAS[formula]
        points = [each.point() for each in self.weeks(kpi, team)]
        return control(points, self.view.events, known.kind, known.scale)

    @cached_property
    def colleagues(self) -> pd.DataFrame:
        """The summary by colleague."""
        return by_colleague(self.view, Selection()).frame

    @cached_property
    def rated(self) -> pd.DataFrame:
        """Every rating of the quarter."""
        return ratings(self.view, Selection())

    def ratings(self, purpose: str) -> Rated:
        """Return the ratings of a purpose, beside which a measure can be laid."""
        policy = policy_of(self.view, sample(self.view, Selection()))
        return rated(self.rated, purpose, policy)

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        """The measures of the contacts that were rated, by KPI."""
        mine = set(self.rated["transaction"])
        found = measured(self.exported.workspace, ("aht", "csat", "fcr"), "", mine, Selection())
        return {each.measure.kpi: each for each in found}

    @cached_property
    def content(self) -> Measured:
        """The satisfaction of the contacts that were rated."""
        workspace, mine = self.exported.workspace, set(self.rated["transaction"])
        return measured(workspace, ("csat",), "", mine, Selection())[0]

    def parted(self, kpi: str) -> list[Parting]:
        """Return what the score and a measure of each team did from the day of the cut on."""
        points = float(self.view.settings.thresholds.calibration_tolerance)
        return divergences(self.ratings("routine"), self.measured[kpi], self.plant.cut, "team", points)


def _as_table(kind: type[Row], made: Sequence[Row]) -> pd.DataFrame:
    """Return rows of a kind as records hold them, with ids; a row that they name stands by its id."""
    rows = [row for row in made if type(row) is kind]
    ids = {id(row): f"{kind.LETTER}_{at}" for at, row in enumerate(made, 1)}
    ids |= {id(row): f"{type(row).LETTER}_{at}" for at, row in enumerate(made, 1)}
    names = kind.columns()
    cells = [
        [ids[id(row)] if name == "id" else ids.get(id(getattr(row, name)), getattr(row, name)) for name in names]
        for row in rows
    ]
    return pd.DataFrame(cells, columns=list(names), dtype=object).assign(at=pd.Timestamp("2026-06-30"), by=COACH)


def t1(looked: Looked) -> Outcome:
    """The failing criterion: found, dated, in its channel alone, in all hands; the release a candidate, no cause."""
    plant = looked.plant
    rises = looked.of(RISE)
    ours = [each for each in rises if (each.channel, each.criterion) == (plant.channel, plant.failing)]
    topic = plant.criterion
    twin = [each for each in rises if each.criterion.endswith(f"-{topic}") and each.channel != plant.channel]
    found: Outcome = {"found": bool(ours), "in its channel alone": not twin if ours else None}
    if not ours:
        return found | {"dated within a week": None, "process, not person": None, "release named as a candidate": None}
    claim = ours[0]
    near = claim.since is not None and abs((claim.since - plant.release).days) <= 7
    named = candidates(looked.view.events, claim.since, claim.channel) if claim.since else []
    spread = claim.spread.verdict if claim.spread else ""
    return found | {
        "dated within a week": near,
        "process, not person": spread == "process",
        "called a person's fault": spread == "person",
        "release named as a candidate": any(each.event.id == "chg-release" for each in named),
    }


def t2(looked: Looked) -> Outcome:
    """The falling colleague: on watch by week 10, by the end, and confirmed by fresh checks."""
    who = person(looked.plant.colleague)
    soon = None
    if not looked.plant.seed % EARLY:
        early, _ = looked_at(looked.view, looked.first, looked.first + timedelta(days=69))
        soon = any(claim.kind == FALL and claim.colleague == who for claim in early.raised)
    falls = [claim for claim in looked.of(FALL) if claim.colleague == who]
    confirmed = confirmed_fall(looked, who) if falls else None
    return {
        "on watch by week 10": soon,
        "on watch by the end": bool(falls),
        "confirmed by fresh checks": confirmed,
        "on watch and confirmed": bool(falls) and bool(confirmed),
    }


def confirmed_fall(looked: Looked, who: str) -> bool:
    """Return whether fresh random checks of the last four weeks confirm the fall of a colleague who is on watch."""
    claim = next(claim for claim in looked.of(FALL) if claim.colleague == who)
    same = {each.name: getattr(claim, each.name) for each in fields(Finding) if hasattr(claim, each.name)}
    finding = Finding(**{**same, "look": "", "first": looked.first, "last": LAST, "spread": ""})
    number = parameters()["truths"]["T2"]["checks"]
    picked = fresh(looked.quarter, number, colleague=who, since=LAST - timedelta(days=27), seed=len(who))
    items = spot_items(looked.quarter, picked, "d_zz")
    draw = pd.DataFrame(looked.view.frames["draws"].iloc[[-1]]).assign(id="d_zz", purpose="spot", design="simple")
    scores = judged(*observed(looked.quarter.contacts, looked.plant, picked, looked.quarter.stream(15)), items, 100_000)
    view = Laid(looked.bench.workspace, looked.quarter)
    view.add({"draws": draw, "items": items, **scores})
    return answer_of(view, finding, "d_zz").kind == CONFIRMED


def t3(looked: Looked) -> Outcome:
    """The lenient evaluator, by calibration and by everyday scores; nobody else called lenient, nobody ranked."""
    thresholds = looked.view.settings.thresholds
    given = scored(looked.view, standings(looked.view))
    found = by_evaluator(looked.view, given, float(thresholds.calibration_tolerance), thresholds.confidence / 100)
    verdicts = {each.evaluator: each for each in found}
    ours = verdicts[looked.plant.evaluator]
    low, high = parameters()["truths"]["T3"]["within"]
    others = [each.verdict for name, each in verdicts.items() if name != looked.plant.evaluator]
    size = ours.bias.estimate or 0.0
    everyday = by_everyday_scores(looked.view, Selection()).frame
    mine = everyday["evaluator"] == looked.plant.evaluator
    gaps = team_gaps(looked)
    return {
        "lenient by calibration": ours.verdict == LENIENT,
        "within 5 to 9 points by calibration": low <= size <= high,
        "lenient by everyday scores": bool((everyday.loc[mine, "verdict"] == LENIENT).any()),
        "another called lenient": LENIENT in others or bool((everyday.loc[~mine, "verdict"] == LENIENT).any()),
        "somebody called lenient or stricter": any(each.verdict in {LENIENT, STRICTER} for each in found),
        "somebody called so by everyday scores": bool(everyday["verdict"].isin([LENIENT, STRICTER]).any()),
        "the team 2 points or more ahead in the raw table": gaps[0] >= 2,
        "the team ahead apart from evaluators": gaps[1] >= 2,
        "its gap within 1.5 apart from evaluators": abs(gaps[1]) <= parameters()["truths"]["T3"]["adjusted_gap"],
    }


def team_gaps(looked: Looked) -> tuple[float, float]:
    """Return how far the flattered team lies ahead of the mean of the others, raw and apart from evaluators, by phone."""
    frame = by_team(looked.view, Selection()).frame
    phone = frame[frame["scorecard"].str.startswith("phone@")].set_index("team")[["mean", "adjusted"]]
    raw, apart = phone.loc[looked.plant.flattered] - phone.drop(looked.plant.flattered).mean()
    return float(raw), float(apart)


def t4(looked: Looked) -> Outcome:
    """Which of all criteria go with satisfaction: told by the sample that was drawn for it, all looked at together."""
    compared = judged_together(at_transaction(looked.ratings("kpi-link"), looked.content))
    found = {each.criterion: each.found for each in compared}
    linked, other = found[looked.plant.linked], found[looked.plant.not_linked]
    others = [each.verdict for name, each in found.items() if name not in {looked.plant.linked, SCORE}]
    return {
        "the linked one is linked": linked.verdict == LINKED,
        "the linked one is called not linked": linked.verdict == NOT_LINKED,
        "the other is not linked within .2": other.verdict == NOT_LINKED,
        "the other is called linked": other.verdict == LINKED,
        "any of the others is called linked": LINKED in others,
        "any criterion is called linked": LINKED in {each.verdict for each in found.values()},
        "210 pairs or more": other.n >= 210,
    }


def t5(looked: Looked) -> Outcome:
    """A team whose calls get shorter and settle less, while its quality stays: nobody else's do."""
    found = {kpi: {each.unit: each for each in looked.parted(kpi)} for kpi in ("aht", "fcr")}
    timed, settled = (each[looked.plant.team] for each in found.values())
    everywhere = [each for teams in found.values() for each in teams.values()]
    elsewhere = [each for each in everywhere if each.unit != looked.plant.team]
    return {
        "handling time fell": timed.measure.verdict == FELL and timed.verdict != NOTHING_MOVED,
        "resolution fell": settled.measure.verdict == FELL and settled.verdict != NOTHING_MOVED,
        "quality called fallen or risen": timed.quality.verdict in {FELL, ROSE},
        "both part from quality": timed.verdict == settled.verdict == PARTED,
        "some team parts": any(each.verdict == PARTED for each in everywhere),
        "another team parts": any(each.verdict == PARTED for each in elsewhere),
        "another team's measure moves": any(each.verdict != NOTHING_MOVED for each in elsewhere),
        "last week held back": bool(looked.values) and any("held back" in each for each in looked.told),
    }


def t6(looked: Looked) -> Outcome:
    """Customers who need more support: their satisfaction and their complaints, each with its interval."""
    content, complain = (looked.by_need(kpi) for kpi in ("csat", "complaint-rate"))
    return {
        "less content": _apart(content["yes"], content["no"]),
        "complain more often": _apart(complain["no"], complain["yes"]),
        "more content": _apart(content["no"], content["yes"]),
    }


def _apart(one: KpiValue, other: KpiValue) -> bool:
    """Return whether all of the interval of one figure lies below all of the other's."""
    return one.high is not None and other.low is not None and one.high < other.low


def t7(looked: Looked) -> Outcome:
    """What may not be observed: each contact is refused for the reason that was planted, and no other."""
    why = sampling.why_not(looked.quarter.contacts)
    frame = looked.view.look_up("frame", "routine-chat")
    frame = frame.model_copy(
        update={
            "population": frame.population.model_copy(update={"channel": ()}),
            "scorecards": {"any": "chat@1.0"},
            "technique": {"any": "transcript"},
        }
    )
    with looked.exported.opened() as opened:
        ground = ground_now(looked.view, opened.source, opened.opt_outs, drawn=False)
        query, values = eligible_rows(opened.population, frame, parse_period(f"{looked.first}..{LAST}"), ground)
        told = dict(opened.population.connection.execute(f"SELECT id, why FROM ({query})", values).fetchall())
    ours = pd.Series(why, index=looked.quarter.contacts["txn_id"])
    return {"every contact as planted": told == ours.to_dict(), "notice gap": bool((ours == "notice-gap").any())}


def t10(looked: Looked) -> Outcome:
    """One target always met and one never."""
    targets = parameters()["truths"]["T10"]
    easy = assess([each.value for each in looked.weeks("first-response")], 100 * targets["first_reply"], "higher")
    far = assess([each.value for each in looked.weeks("aht")], targets["handling"], "lower")
    return {
        "too easy": easy.verdict == TOO_EASY and easy.hits == easy.periods,
        "out of reach": far.verdict == OUT_OF_REACH and far.hits == 0,
        "a reachable one proposed": far.propose is not None and far.propose > targets["handling"],
    }


def t11(looked: Looked) -> Outcome:
    """An action asks for more than was ever reached in so short a time: its letter A fails, and names the best move."""
    view = looked.surveyed
    draft = Draft.model_validate(parse(past.action(looked.plant), "action.yaml").data)
    verdicts, course = checked(view, draft)
    step = next(each for each in verdicts if each.check == "A").parts[0]
    known = [figure.value for figure in course.figures] if course else []
    best = max(after - before for before, after in zip(known, known[past.QUARTER :], strict=False))
    modest = draft.model_copy(update={"target": f"{known[-1] + best / 2:.2f}", "due": "2026-09-30"})
    reached = next(each for each in checked(view, modest)[0] if each.check == "A").parts[0]
    return {
        "refused": step.state == FAILED,
        "its best 13-week move named": f"best 13-week move on record {short(best)} (" in step.words,
        "that move within a point of what was planted": abs(best - looked.plant.best) <= 1,
        "half the best move in 13 weeks refused": reached.state == FAILED,
    }


def t12(looked: Looked) -> Outcome:
    """After the repair, which people know of: better than during the fault, and not shown to be back where it was."""
    plant = looked.plant
    rows = routine_ratings(looked.view, Selection())
    rows = rows[(rows["channel"] == plant.channel) & (rows["criterion"] == plant.failing) & rows["met"].notna()]
    found = phases_of(rows, looked.first, LAST, plant.release, plant.repair - timedelta(days=1))
    return {
        "worse during it": found.change == "worse",
        "better after it": found.mended == "better",
        "called back where it was": found.back == "back",
        "called worse than before": found.back == "worse",
    }


def shared(looked: Looked) -> Outcome:
    """Coaching for the failing criterion is refused and sent to its cause; what one person alone fails may be coached."""
    picked = coaching.failing(looked.view, looked.quarter)
    own = coaching.alone(looked.view, looked.quarter)
    return {
        "coaching for the shared fault refused": coaching.refused_as_shared(looked.view, picked) if picked else None,
        "coaching for what one alone fails refused": coaching.said_shared(*own) if own else None,
    }


def effects(looked: Looked) -> Outcome:
    """The one who looks worst is coached: with no effect at all, and with one of the size that is said to be found."""
    laid = looked.closer
    picked = coaching.worst(laid)
    found = coaching.looked(coaching.planned(laid, picked), picked) if picked else None
    if not picked or not found:
        return dict.fromkeys(
            (
                "looked at",
                "better although nothing was done",
                "worse although nothing was done",
                "a true effect of the size said confirmed",
            )
        ) | {"looked at": False}
    told: Outcome = {
        "looked at": True,
        "better although nothing was done": found.verdict == BETTER,
        "worse although nothing was done": found.verdict == WORSE,
        "the share rises although nothing was done": found.estimate > 0,
        "its change alone would be called a rise": found.low > 0,
        "not even all met would have shown an effect": found.needed is None,
        "its difference in differences alone would be called a rise": found.did_low is not None and found.did_low > 0,
    }
    if found.detectable is None:
        return told | {"a true effect of the size said confirmed": None}
    helped = coaching.looked(coaching.coached(laid, picked, found.detectable, looked.plant.seed), picked)
    return told | {"a true effect of the size said confirmed": bool(helped) and helped.verdict == BETTER}


def d1(looked: Looked) -> Outcome:
    """The colleague with the hard contacts: nothing is claimed of them."""
    who = person(parameters()["decoys"]["D1"]["colleague"])
    claims = [claim for claim in looked.raised if claim.colleague == who]
    found = sample(looked.view, Selection())
    raw = found.observed.groupby("colleague")["score"].mean()
    return {
        "claimed": bool(claims),
        "lowest raw mean but for the falling one": raw.drop(person(looked.plant.colleague), errors="ignore").idxmin()
        == who,
    }


def d2(looked: Looked) -> Outcome:
    """Three excellent evaluations: too few for a mean."""
    who = person(parameters()["decoys"]["D2"]["colleague"])
    frame = looked.colleagues
    mine = frame[(frame["colleague"] == who) & (frame["n"] < 5)]
    return {
        "a mean of too few": bool(mine["mean"].notna().any()),
        "shown as too few": bool(mine["verdict"].isin(["too few", "no evaluations"]).all()),
    }


def d3(looked: Looked) -> Outcome:
    """Twelve answers: the chart raises no signal in the week of the outage."""
    return _signal_in(looked.chart("csat", "csat-top2"), "D3")


def d4(looked: Looked) -> Outcome:
    """Easter: the chart notes it."""
    return _signal_in(looked.chart("abandonment", "abandonment-less-short"), "D4")


def _signal_in(chart: Charted, name: str) -> Outcome:
    decoy = parameters()["decoys"][name]
    inside = [at for at, point in enumerate(chart.points) if point.first <= decoy["to"] and decoy["from"] <= point.last]
    alarmed = any(set(signal.places) & set(inside) for signal in chart.signals)
    elsewhere = any(not set(signal.places) & set(inside) for signal in chart.signals)
    return {"signal": alarmed, "signal elsewhere": elsewhere}


def d5(looked: Looked) -> Outcome:
    """Steady colleagues: none is confirmed as falling; with p below .05 for each alone somebody would be on watch."""
    falling = person(looked.plant.colleague) if looked.plant.slope else ""
    falls = [claim for claim in looked.claims if claim.kind == FALL and claim.colleague != falling]
    raised = [claim.colleague for claim in looked.of(FALL) if claim.colleague != falling]
    return {
        "on watch": bool(raised),
        "on watch and confirmed": any(confirmed_fall(looked, who) for who in raised),
        "somebody at p < .05 alone": any((claim.p or 1) < 0.05 for claim in falls),
    }


def d6(looked: Looked) -> Outcome:
    """Nobody observed because nobody was there: said to be away, no gap."""
    who = person(parameters()["decoys"]["D6"]["colleague"])
    asked_for = Selection(from_=parameters()["absent"]["A05"][0], to=LAST)
    with looked.exported.opened() as opened:
        known, first, last = population_of(looked.view, asked_for, opened.population, opened.source)
    frame = by_coverage(looked.view, asked_for, known, (first, last)).frame
    mine = frame[frame["colleague"] == who]
    never = person(parameters()["never_acknowledged"][0])
    untold = frame.loc[frame["colleague"] == never, "verdict"]
    return {
        "called a gap": bool(mine["verdict"].str.startswith("gap").any()),
        "the one who was never told called a gap": bool(untold.str.startswith("gap").any()),
        "anybody called a gap": bool(frame["verdict"].str.startswith("gap").any()),
    }


def others(looked: Looked) -> Outcome:
    """Everything else that was raised: of criteria, of people."""
    plant = looked.plant
    rises = [each for each in looked.of(RISE) if (each.channel, each.criterion) != (plant.channel, plant.failing)]
    falling = person(plant.colleague) if plant.slope else ""
    aparts = [each for each in looked.of(APART) if each.colleague != falling]
    return {"a criterion that did not change": bool(rises), "a colleague apart on a criterion": bool(aparts)}


def nothing(looked: Looked) -> Outcome:
    """What is asserted of the records of a quarter without truths, in which all colleagues and evaluators are alike."""
    calibration = t3(looked)
    return {
        "a criterion on watch": bool(looked.of(RISE)),
        "a colleague on watch for falling": bool(looked.of(FALL)),
        "a colleague on watch for a criterion": bool(looked.of(APART)),
        "an evaluator called lenient or stricter by calibration": calibration["somebody called lenient or stricter"],
        "an evaluator called lenient or stricter by everyday scores": calibration[
            "somebody called so by everyday scores"
        ],
    }


def links(looked: Looked) -> Outcome:
    """Which criteria are said to go with satisfaction in such a quarter."""
    found = t4(looked)
    return {
        "the linked criterion called linked": found["the linked one is linked"],
        "the other criterion called linked": found["the other is called linked"],
        "any criterion, or the score, called linked": found["any criterion is called linked"],
    }


def nothing_measured(looked: Looked) -> Outcome:
    """What is asserted of the measures of such a quarter."""
    needs = t6(looked)
    return {
        "a team's handling time or resolution parts from its quality": t5(looked)["some team parts"],
        "customers who need more support called more or less content": needs["less content"] or needs["more content"],
        "customers who need more support said to complain more": needs["complain more often"],
    }


Question = Callable[[Looked], Outcome]
TRUTHS: Mapping[str, Question] = {"T1": t1, "T2": t2, "T3": t3, "T4": t4, "T12": t12}
TRUTHS_MEASURED: Mapping[str, Question] = {"T5": t5, "T6": t6, "T7": t7, "T10": t10, "T11": t11}
DECOYS: Mapping[str, Question] = {"D1": d1, "D2": d2, "D5": d5}
DECOYS_MEASURED: Mapping[str, Question] = {"D3": d3, "D4": d4, "D6": d6}
"""Those that are ``measured`` take the export of all contacts besides the records, and most of the time."""


EXPECTED: Mapping[str, float] = {
    "T1: found": 0.94,
    "T1: in its channel alone": 0.95,
    "T1: process, not person": 0.80,
    "T1: called a person's fault": 0,
    "T2: on watch by the end": 0.80,
    "T2: confirmed by fresh checks": 0.80,
    "T3: lenient by calibration": 0.99,
    "T3: lenient by everyday scores": 0.99,
    "T3: another called lenient": 0,
    "T4: the linked one is linked": 0.95,
    "T4: the linked one is called not linked": 0,
    "T4: the other is not linked within .2": 0.87,
    "T4: the other is called linked": 0,
    "T4: any of the others is called linked": 0,
    "T5: handling time fell": 0.95,
    "T5: resolution fell": 0.95,
    "T5: another team parts": 0,
    "T5: last week held back": 1.0,
    "T6: less content": 0.95,
    "T6: complain more often": 0.80,
    "T6: more content": 0,
    "T7: every contact as planted": 1.0,
    "T10: too easy": 1.0,
    "T10: out of reach": 1.0,
    "T10: a reachable one proposed": 1.0,
    "T11: refused": 1.0,
    "T11: its best 13-week move named": 1.0,
    "T11: half the best move in 13 weeks refused": 0,
    "shared: coaching for the shared fault refused": 0.80,
    "shared: coaching for what one alone fails refused": 0,
    "coached: better although nothing was done": 0,
    "coached: worse although nothing was done": 0,
    "coached: a true effect of the size said confirmed": 0.80,
    "D1: claimed": 0,
    "D2: a mean of too few": 0,
    "D2: shown as too few": 1.0,
    "D3: signal": 0,
    "D4: signal": 0,
    "D5: on watch and confirmed": 0,
    "D6: called a gap": 0,
    "D6: the one who was never told called a gap": 0,
    "T12: better after it": 0.80,
    "T12: called worse than before": 0,
    "others: a criterion that did not change": 0,
    "nothing: a criterion on watch": 0,
    "nothing: a colleague on watch for falling": 0,
    "nothing: a colleague on watch for a criterion": 0,
    "nothing: an evaluator called lenient or stricter by calibration": 0,
    "nothing: an evaluator called lenient or stricter by everyday scores": 0,
    "links: the linked criterion called linked": 0,
    "links: the other criterion called linked": 0,
    "links: any criterion, or the score, called linked": 0,
    "nothing: a team's handling time or resolution parts from its quality": 0,
    "nothing: customers who need more support called more or less content": 0,
    "nothing: customers who need more support said to complain more": 0,
}
"""At which rate the design of the samples lets something be found; 0 is what must not be asserted. What is missing is told only."""


def asked(looked: Looked, which: Mapping[str, Question]) -> Iterator[tuple[str, bool | None]]:
    """Yield every outcome of some questions by its name."""
    for name, question in which.items():
        for what, came in question(looked).items():
            yield f"{name}: {what}", None if came is None else bool(came)
