"""The validity campaign: the detectors before hundreds of quarters of which it is known what is in them.

python scenario/validity.py [PART ...] [--quick] [--page] [--seeds N] [--every N] [--processes N]

A part keeps its figures in scenario/figures/, so that one part can be run again alone; the page is made of all. A part that
is broken off keeps what it has: so many quarters as it says.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
for place in ("src", "tests", "scenario"):
    if str(ROOT / place) not in sys.path:
        sys.path.insert(0, str(ROOT / place))

import coverage
import design
from bench import Bench
from harbour import generate
from outcomes import (
    DECOYS,
    DECOYS_MEASURED,
    EXPECTED,
    TRUTHS,
    TRUTHS_MEASURED,
    Looked,
    Question,
    asked,
    effects,
    links,
    nothing,
    nothing_measured,
    others,
    shared,
    t11,
)
from plan import planted

from qacli.stats import wilson
from qacli.understand.patterns.claim import RISE
from qacli.understand.patterns.looking import LEVEL

FIGURES = Path(__file__).parent / "figures"
PAGE = ROOT / "docs" / "validity.md"
MEMORY = Path("/dev/shm")
MOST, UPPER = 0.05, 0.08
"""So often a false assertion may be made, and so high its upper 95 % limit may lie."""
INTRODUCTION = """\
# Validity: figures

`make scenario` lays hundreds of quarters of a fictional bank before the detectors and writes this page. Each quarter has about
57,200 contacts, 868 observations with 14,500 ratings and six calibrations, made from a seed; what is planted in it stands in
`scenario/harbour-vale.yaml`. The detectors are those behind `summarise`, `finding`, `kpi`, `compare`, `target`, `plan` and
`calibrate`: they see records, definitions and the export, and never what is planted. A short version runs with the tests.

A rate stands with its n and its 95 % limits (Wilson). What should be found is *ok* where the rate is not shown to lie below
what the design of the samples allows, as the part on the design works it out; what must not be asserted is *ok* at 5 % at most,
its upper limit at 8 % at most. Where neither can be told at the n of a run, that is said: *too few*.

Each question that a quarter is asked is one family, and 5 % is promised for all of it: all criteria of all channels and cards and
all their stretches of weeks; all claims about people; all criteria beside satisfaction; all evaluators on all cards. What is *told
only* is promised by nobody.
"""


ALLOWED: Mapping[str, Mapping[str, float]] = {
    "written": {"T1: found": 0.87, "T3: its gap within 1.5 apart from evaluators": 0.55},
    "redrawn": {"T1: found": 0.92},
}
"""At which rate the design of the samples lets something be found where that depends on the quarter; see ``design``."""
CLOSE = 0.03


class Figure(NamedTuple):
    """One line of the page: what was asked, what came out, what it is held against, and how that ended."""

    what: str
    figure: str
    against: str
    verdict: str


class Kind(NamedTuple):
    """One kind of quarter: whether truths are drawn anew or left out, its first seed, and what is asked of it.

    What is ``measured`` may be asked of one quarter in several.
    """

    redraw: bool
    truths: bool
    first: int
    questions: Mapping[str, Question]
    measured: Mapping[str, Question]


EVERYTHING = {**TRUTHS, **DECOYS, "others": others}
EVERYTHING_MEASURED = {**TRUTHS_MEASURED, **DECOYS_MEASURED}
KINDS = {
    "written": Kind(False, True, 1, EVERYTHING, {}),
    "redrawn": Kind(True, True, 10_001, EVERYTHING, {}),
    "nothing": Kind(False, False, 20_001, {**DECOYS, "nothing": nothing, "links": links}, {}),
    "written-measured": Kind(False, True, 1, EVERYTHING_MEASURED, {}),
    "redrawn-measured": Kind(True, True, 10_001, EVERYTHING_MEASURED, {}),
    "nothing-measured": Kind(False, False, 20_001, {**DECOYS_MEASURED, "nothing": nothing_measured}, {}),
    "shared": Kind(False, True, 30_001, {"shared": shared}, {"T11": t11}),
    "coached": Kind(False, True, 50_001, {"coached": effects}, {}),
    "alike": Kind(False, False, 40_001, {"coached": effects}, {}),
}
QUARTERS = {
    "written": 400,
    "redrawn": 200,
    "nothing": 400,
    "written-measured": 100,
    "redrawn-measured": 100,
    "nothing-measured": 200,
    "shared": 200,
    "coached": 200,
    "alike": 200,
}
TITLES = {
    "written": "Quarters with the truths as written: what is found, and what only looks like a finding",
    "redrawn": "Week, channel, criterion and colleague of every truth drawn anew for each quarter",
    "nothing": "Quarters without any truth: nothing should be asserted",
    "written-measured": "The same quarters as written, what takes the export of all contacts",
    "redrawn-measured": "The same quarters drawn anew, what takes the export of all contacts",
    "nothing-measured": "Quarters without any truth, what takes the export of all contacts",
    "shared": "Coaching for a fault of many hands, and an action out of reach",
    "coached": "What coaching changed: whoever looks worst is coached, with no effect and with one (colleagues as different as written)",
    "alike": "Coaching where all colleagues are alike: nothing lies behind who looks worst",
    "design": "What the design of the samples allows, worked out without the detectors",
    "months": "Months of identical colleagues: nobody should be flagged",
    "intervals": "Coverage of the intervals",
}


def counted(
    kind: str, seeds: int, processes: int, every: int, keep: Callable[[Counter[tuple[str, str]]], None]
) -> None:
    """Ask every question of so many quarters, what is measured of one in ``every``; ``keep`` is handed the counts
    now and then, and at the end.
    """
    count: Counter[tuple[str, str]] = Counter()
    first = KINDS[kind].first
    with get_context("spawn").Pool(processes, _ready, (kind, every)) as pool:
        for number, found in enumerate(pool.imap_unordered(_of_seed, range(first, first + seeds)), 1):
            count.update(found)
            if not number % 10 or number == seeds:
                keep(count)


_BENCH: list[Any] = []


def _ready(kind: str, every: int) -> None:
    """Make the folder of one process, in memory where there is such a place."""
    import atexit

    folder = Path(mkdtemp(prefix="validity-", dir=MEMORY if MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _BENCH[:] = [Bench(folder / "bench", generate(planted(1))), kind, every]


def _of_seed(seed: int) -> list[tuple[str, str]]:
    """Return (what, how it came out) of every question about the quarter of a seed."""
    bench, name, every = _BENCH
    kind = KINDS[name]
    looked = Looked(bench, generate(planted(seed, redraw=kind.redraw, truths=kind.truths)))
    found = [*asked(looked, kind.questions), *(() if seed % every else asked(looked, kind.measured))]
    words = {True: "yes", False: "no", None: "not asked"}
    return [(what, words[came]) for what, came in found]


def figures_of(count: Counter[tuple[str, str]], kind: str = "") -> Iterator[Figure]:
    """Return the lines of one kind of quarters."""
    allowed = ALLOWED.get(kind.partition("-")[0], {})
    for what in dict.fromkeys(what for what, _ in count):
        yes, no = count[what, "yes"], count[what, "no"]
        found = wilson(yes, yes + no)
        told = "never asked" if found.low is None else f"{yes} of {yes + no}, {_percent(found)}"
        wanted = allowed.get(what, EXPECTED.get(what))
        if wanted == 0:
            yield Figure(what, told, f"at most {MOST:.0%}, upper limit {UPPER:.0%}", _false(found))
        elif wanted is None:
            yield Figure(what, told, "told only", "")
        else:
            yield Figure(
                what, told, f"{wanted:.0%}", "ok" if found.high is not None and found.high >= wanted else "**low**"
            )


def _percent(found: Any) -> str:
    return f"{found.estimate:.1%} ({found.low:.1%} to {found.high:.1%})"


def _false(found: Any) -> str:
    if found.estimate is None:
        return ""
    if found.estimate <= MOST and found.high <= UPPER:
        return "ok"
    return "too few" if found.low <= MOST else "**high**"


def intervals(quick: bool) -> Iterator[Figure]:
    """Yield the coverage of every interval that summaries print."""
    for n in coverage.SIZES:
        plain, exact = coverage.of_proportions(n)
        told = f"mean {plain.mean:.3f}, least {plain.least:.3f} at p {plain.at:.3f}"
        yield Figure(f"Wilson, n {n}, p .5 to .99, exact", told, "mean at least .94", _ok(plain.mean >= 0.94))
        told = f"mean {exact.mean:.3f}, least {exact.least:.3f} at p {exact.at:.3f}"
        yield Figure(
            f"Clopper-Pearson, n {n}, for criticals, exact", told, "least at least .95", _ok(exact.least >= 0.95)
        )
    samples = 1_000 if quick else 20_000
    least = {5: 0.91, 10: 0.93, 20: 0.94}
    for name, scores in coverage.populations().items():
        for n in coverage.SIZES:
            held = wilson(round(samples * coverage.of_means(scores, n, samples)), samples)
            told = f"{held.estimate:.4f} ({held.low:.4f} to {held.high:.4f})"
            against, good = (f"{least[n]}", (held.high or 0) >= least[n]) if n in least else ("told only", True)
            yield Figure(f"t, n {n}: {name}; {samples:,} samples", told, against, _ok(good))
    yield Figure("mean of fewer than 5 scores", "withheld", "withheld", _ok(all(map(coverage.withheld, range(1, 5)))))


def months(quick: bool) -> Iterator[Figure]:
    """Yield in how many months somebody is flagged although all are alike."""
    number = 100 if quick else 1_000
    alone, together = coverage.months(number)
    each = f"{coverage.COLLEAGUES} colleagues, {coverage.OBSERVED} evaluations each, {coverage.MET:.0%} met"
    yield Figure(f"each at p < .05 alone; {each}", f"{alone} of {number:,}", "told only", "")
    good = together <= 0.065 * number
    yield Figure("among all (Benjamini-Hochberg, q = .05)", f"{together} of {number:,}", "at most 6.5 %", _ok(good))


def allowed(quick: bool) -> Iterator[Figure]:
    """Yield what the design of the samples allows, worked out again, beside what the page holds the detectors against."""
    many, few = (4, 1) if quick else (300, 60)
    for kind, redraw, first in (("written", False, 500_101), ("redrawn", True, 510_101)):
        fault = design.fault(many, redraw=redraw, first=first)
        level = f"{kind}; at its share of {LEVEL[RISE]:.1%}, {fault.level:.2%} in the middle"
        told, sought = wilson(round(fault.told * many), many), wilson(round(fault.sought * many), many)
        yield Figure(f"T1, {level}; its days known beforehand, exact test", _percent(told), "told only", "")
        wanted = ALLOWED[kind]["T1: found"]
        good = sought.low is not None and sought.high is not None and sought.low <= wanted <= sought.high
        yield Figure(f"T1, {level}; its days sought, scan", _percent(sought), f"{wanted:.0%}", _ok(good))
        for what, work_out, unit, digits in (
            ("T3: its gap within 1.5 apart from evaluators", design.gap, "points", 1),
            ("T5: both part from quality", design.steady, "points", 1),
            ("T4: the other is not linked within .2", design.unlinked, "on Fisher's scale", 3),
        ):
            worked = work_out(few, redraw=redraw, first=520_001)
            error = f"{worked.error:.{digits}f}"
            told_of = f"{worked.chance:.0%}: expected {worked.expected:+.{digits}f} {unit}, standard error {error}"
            held = ALLOWED[kind].get(what)
            good = "" if held is None else _ok(quick or abs(worked.chance - held) <= CLOSE)
            yield Figure(f"{what}, {kind}", told_of, "told only" if held is None else f"{held:.0%}", good)


def _ok(good: bool) -> str:
    return "ok" if good else "**not held**"


PLAIN: dict[str, Callable[[bool], Iterator[Figure]]] = {"months": months, "intervals": intervals, "design": allowed}


def play(name: str, quick: bool, seeds: int, processes: int, every: int) -> bool:
    """Run one part, keep its figures, and return whether all were as promised."""
    begin = time.perf_counter()
    if name in PLAIN:
        _keep(name, quick, list(PLAIN[name](quick)), 0, time.perf_counter() - begin)
    else:

        def keep(count: Counter[tuple[str, str]]) -> None:
            many = max(count[what, "yes"] + count[what, "no"] + count[what, "not asked"] for what, _ in count)
            _keep(name, quick, list(figures_of(count, name)), many, time.perf_counter() - begin)
            print(f"{name}: {many} quarters, {time.perf_counter() - begin:.0f} s", flush=True)

        counted(name, seeds or (4 if quick else QUARTERS[name]), processes, every, keep)
    return not any("**" in Figure(*each).verdict for each in _kept(name)["figures"])


def _keep(name: str, quick: bool, figures: Sequence[Figure], quarters: int, seconds: float) -> None:
    kept = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} CPUs ({platform.machine()}), Python {platform.python_version()}",
        "seconds": round(seconds),
        "quarters": quarters,
        "quick": quick,
        "figures": figures,
    }
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _kept(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIGURES / f"{name}.json").read_text("utf-8"))
    return found


def page() -> str:
    """Return docs/validity.md, made of the figures that were kept."""
    lines = [INTRODUCTION]
    for name, title in TITLES.items():
        lines.append(f"## {title}\n")
        if not (FIGURES / f"{name}.json").exists():
            lines.append("Not run.\n")
            continue
        kept = _kept(name)
        many = f"{kept['quarters']} quarters, " if kept["quarters"] else ""
        older = " **Older than the detectors as they are now; to be run again.**" if kept.get("older") else ""
        lines.append(f"{kept['date']}, {many}{kept['seconds']} s, {kept['machine']}.{older}\n")
        lines += ["| what | figure | held against | |", "|---|---|---|---|"]
        lines += ["| " + " | ".join(Figure(*each)) + " |" for each in kept["figures"]]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Run the parts that are asked for and write the page; 1 where something was not as promised."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(TITLES)}; all if left out")
    parser.add_argument("--quick", action="store_true", help="few quarters, few samples")
    parser.add_argument("--page", action="store_true", help="only write the page, from the figures that there are")
    parser.add_argument("--seeds", type=int, default=0, help="how many quarters")
    parser.add_argument("--every", type=int, default=1, help="ask what takes the export of one quarter in so many")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    good = True
    for name in () if options.page else options.parts or TITLES:
        good = play(name, options.quick, options.seeds, options.processes, options.every) and good
    PAGE.write_text(page(), "utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
