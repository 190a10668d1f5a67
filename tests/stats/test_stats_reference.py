"""The whole reference file, read where it lies: every entry that these functions answer."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from math import ceil
from pathlib import Path

import pytest

from qacli.stats import (
    Alike,
    Clustered,
    accept_probability,
    acceptance_plan,
    allocate,
    attribute_sample,
    benchmark,
    cohen_kappa,
    discovery_sample,
    fleiss_kappa,
    fractional_interval,
    gwet_ac,
    icc,
    inclusion_probabilities,
    krippendorff_alpha,
    lot_plan,
    paired_bias,
    pareto_rank,
    percent_agreement,
    power_two_proportions,
    regression_to_the_mean,
    sample_size_proportion,
    stratified_mean,
    stratified_proportion,
    t_interval,
    wilson,
)

LEVELS = ("nominal", "ordinal", "interval", "ratio")
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "stats_reference.json"


def spread(n: int, mean: float, sd: float) -> list[float]:
    half = sd * math.sqrt((n - 1) / n)
    return [mean + half, mean - half] * (n // 2)


def strata_of(entry):
    return [(row["N"], spread(row["n"], row["mean"], row["sd"])) for row in entry["strata"]]


def counts_of(entry):
    return [(row["N"], row["n"], row["k"]) for row in entry["strata"]]


def size_of(entry):
    return sample_size_proportion(entry["p"], entry["moe"], entry["conf"], entry.get("N")).estimate


def attributes_of(entry):
    return [attribute_sample(row["expected"], row["tolerable"], entry["risk"]) for row in entry["rows"]]


def chances_of(entry):
    return inclusion_probabilities({str(unit): size for unit, size in enumerate(entry["x"], 1)}, entry["n"])


def pareto_of(entry):
    chances = chances_of(entry)
    return {unit: pareto_rank(number, chances[unit]) for unit, number in zip(chances, entry["prn"], strict=True)}


def drawn(ranks, n):
    return set(sorted(ranks, key=ranks.__getitem__)[:n])


def units_of(table):
    """Return the units of a square table of two raters."""
    return [[k, j] for k, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]


def turned(entry):
    """Return units in rows, where a file has raters in rows."""
    return [list(unit) for unit in zip(*entry["raters_by_units"], strict=True)]


def gwets(weights):
    return (
        lambda given: [(found := gwet_ac(given["ratings"], (1, 2, 3, 4, 5), weights)).estimate, found.observed],
        lambda expected: pytest.approx([expected["ac"], expected["pa"]], abs=6e-6),
    )


# Shrout and Fleiss (1979), table 2: six targets, four judges; the file names it by the entry of its estimates
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


# id of the entry: what we find for its input, and what of its expectation that must equal
def mu284(rows):
    clusters = defaultdict(list)
    for row in rows:
        clusters[row["psu"], row["M_i"]].append(row["y"])
    part = Clustered(rows[0]["N_psu"], [Alike(size, values) for (_, size), values in clusters.items()])
    return sum(weight * value for weight, value in part.weighted()), part.variance(float) ** 0.5


ANSWERS = {
    "size-krejcie-morgan": (
        lambda given: [sample_size_proportion(given["P"], given["d"], population=n).estimate for n in given["N"]],
        lambda expected: [pytest.approx(n + 0.5, abs=0.5) for n in expected],
    ),
    "size-prop-infinite": (size_of, ceil),
    "size-prop-fpc": (size_of, ceil),
    "size-cc-60000": (size_of, lambda expected: pytest.approx(expected, abs=1)),
    "size-strata": (
        lambda given: {
            name: sample_size_proportion(row["p"], row["moe"], population=row["N"]).estimate
            for name, row in given.items()
        },
        lambda expected: expected,
    ),
    "discovery-zero": (
        lambda given: [discovery_sample(rate, given["conf"]).estimate for rate in given["p"]],
        lambda expected: expected,
    ),
    "power-drop-90-80": (
        lambda given: power_two_proportions(given["p1"], given["p2"], given["power"], given["alpha"]).estimate,
        ceil,
    ),
    "aicpa-A1": (attributes_of, lambda expected: expected),
    "aicpa-A2": (attributes_of, lambda expected: expected),
    "oc-nist": (
        lambda given: [accept_probability(given["n"], given["c"], rate) for rate in given["p"]],
        lambda expected: pytest.approx(expected, abs=0.0011),
    ),
    "find-plan": (
        lambda given: [
            list(acceptance_plan(row["aql"], row["ltpd"], 1 - row["pa"], row["beta"])[:2]) for row in given["plans"]
        ],
        lambda expected: expected,
    ),
    "pps-inclusion-sampling": (
        lambda given: list(chances_of(given).values()),
        lambda expected: pytest.approx(expected, abs=1e-9),
    ),
    "pps-sps-readme": (
        lambda given: [1 / chances_of(given)[unit] for unit in ("6", "7", "9", "10", "11", "12")],
        lambda expected: pytest.approx(list(expected["weights"].values()), abs=1e-6),
    ),
    "pps-pareto-prn": (
        lambda given: (drawn(pareto_of(given), given["n"]), round(pareto_of(given)["8"], 12)),
        lambda expected: ({str(unit) for unit in expected["sample"]}, round(expected["Q8"], 12)),
    ),
    "largest-remainder": (lambda given: allocate(given["w"], given["n"], floor=0), lambda expected: expected),
    "alloc-neyman-practools": (
        lambda given: list(
            allocate(
                {str(i): size for i, size in enumerate(given["N"])},
                given["n"],
                "neyman",
                sd={str(i): sd for i, sd in enumerate(given["S"])},
                floor=0,
            ).values()
        ),
        lambda expected: [pytest.approx(share, abs=1) for share in expected],
    ),
    "est-srs-mean": (
        lambda given: stratified_mean([(given["N"], spread(given["n"], given["mean"], given["sd"]))])[1:3],
        lambda expected: pytest.approx(tuple(expected["ci"]), abs=1e-6),
    ),
    "est-strat-mean": (
        lambda given: stratified_mean(strata_of(given))[1:3],
        lambda expected: pytest.approx(tuple(expected["ci"]), abs=1e-6),
    ),
    "est-strat-prop": (
        lambda given: stratified_proportion(counts_of(given)).se,
        lambda expected: pytest.approx(expected["se"], abs=1e-8),
    ),
    "est-strat-prop-korn-graubard": (
        lambda given: stratified_proportion(counts_of(given))[1:3],
        lambda expected: pytest.approx(tuple(expected), abs=1e-8),
    ),
    "est-two-stage-mu284": (
        lambda given: mu284(given["rows"]),
        lambda expected: (pytest.approx(expected["total"]), pytest.approx(expected["se"], abs=0.001)),
    ),
    "sys-fractional": (
        lambda given: fractional_interval(given["N"], given["n"], given["u"]),
        lambda expected: expected,
    ),
    "iso2859-normal-II": (
        lambda given: [
            (plan.n, plan.accept, plan.accept + 1)
            for row in given["rows"]
            for plan in [lot_plan(int(row["lot"].split("-")[1]), float(row["aql"]))]
        ],
        lambda expected: [tuple(row) for row in expected],
    ),
    "iso2859-code-letters": (
        lambda given: [
            [lot_plan(int(lot.rstrip("+").split("-")[-1]), 1.0, level).letter for level in given["levels"]]
            for lot in given["lot"]
        ],
        lambda expected: expected,
    ),
    "newcombe1998-wilson": (
        lambda given: [limit for k, n in given["cases"] for limit in wilson(k, n)[1:3]],
        lambda expected: pytest.approx([limit for limits in expected for limit in limits], abs=5.1e-5),
    ),
    "t-mean-small": (
        lambda given: t_interval(given["x"])[1:3],
        lambda expected: pytest.approx(tuple(expected), abs=1e-8),
    ),
    "fleiss1971": (
        lambda given: fleiss_kappa(given["table"]).estimate,
        lambda expected: pytest.approx(expected, abs=5.1e-4),
    ),
    "gwet-4raters-nominal": gwets("nominal"),
    "gwet-4raters-linear": gwets("linear"),
    "gwet-4raters-ordinal": gwets("ordinal"),
    "gwet-4raters-quadratic": gwets("quadratic"),
    "gwet-4raters-se": (
        lambda given: [
            gwet_ac(given["ratings"], (1, 2, 3, 4, 5), weights).se for weights in ("nominal", "linear", "quadratic")
        ],
        lambda expected: pytest.approx([expected[name] for name in ("se", "se_linear", "se_quadratic")], abs=6e-6),
    ),
    "gwet-distrib-6raters": (
        lambda given: [
            gwet_ac([[k for k, n in enumerate(unit) for _ in range(n)] for unit in given["table"]], range(5)).estimate,
            fleiss_kappa(given["table"]).estimate,
            krippendorff_alpha([[k for k, n in enumerate(unit) for _ in range(n)] for unit in given["table"]]).estimate,
        ],
        lambda expected: pytest.approx([expected["ac"], expected["fleiss"], expected["alpha"]], abs=1e-7),
    ),
    "gwet-abstractors-2raters": (
        lambda given: [
            percent_agreement(given["table"]).estimate,
            cohen_kappa(given["table"]).estimate,
            gwet_ac(units_of(given["table"]), range(3)).estimate,
            cohen_kappa(given["table"], "quadratic").estimate,
            gwet_ac(units_of(given["table"]), range(3), "quadratic").estimate,
        ],
        lambda expected: pytest.approx([expected[name] for name in ("po", "kappa", "ac", "kappa_q", "ac2")], abs=1e-7),
    ),
    "cohen-paradox": (
        lambda given: [
            value for table in given["tables"] for value in (percent_agreement(table)[0], cohen_kappa(table)[0])
        ],
        lambda expected: pytest.approx([value for pair in expected for value in pair], abs=5.1e-3),
    ),
    "paradox-qa": (
        lambda given: [
            percent_agreement(given["table"]).estimate,
            cohen_kappa(given["table"]).estimate,
            gwet_ac(units_of(given["table"]), range(2)).estimate,
        ],
        lambda expected: pytest.approx([expected[name] for name in ("po", "kappa", "ac")], abs=1e-9),
    ),
    "krippendorff-C": (
        lambda given: {level: krippendorff_alpha(turned(given), level).estimate for level in LEVELS},
        lambda expected: pytest.approx(expected, abs=5.1e-4),
    ),
    "krippendorff-wikipedia": (
        lambda given: {level: krippendorff_alpha(turned(given), level).estimate for level in ("nominal", "interval")},
        lambda expected: pytest.approx(expected, abs=5.1e-4),
    ),
    "krippendorff-binary": (
        lambda given: krippendorff_alpha(turned(given)).estimate,
        lambda expected: pytest.approx(expected, abs=5.1e-4),
    ),
    "shrout-fleiss": (
        lambda given: [icc(given["ratings"], form).estimate for form in ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")],
        lambda expected: pytest.approx(
            [expected[name] for name in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")], abs=5.1e-3
        ),
    ),
    "shrout-fleiss-ci": (
        lambda _: {f"ICC{form[0]}": list(icc(SHROUT_FLEISS, form)[1:3]) for form in ("2,1", "3,1")},
        lambda expected: {name: pytest.approx(limits, abs=5.1e-8) for name, limits in expected.items()},
    ),
    "irr-anxiety": (
        lambda given: icc(given["ratings"]).estimate,
        lambda expected: pytest.approx(expected["icc21"], abs=1e-9),
    ),
    "benchmark-landis-koch": (
        lambda given: (
            benchmark(given["coef"], given["se"]).label,
            list(benchmark(given["coef"], given["se"]).cumulative[:4]),
        ),
        lambda expected: (expected["label"].lower(), pytest.approx(expected["cum"], abs=2e-5)),
    ),
    "rtm-bottom-decile": (
        lambda given: [
            regression_to_the_mean(75.56, given["mean"], given["sd_between"] ** 2, given["sd_within"] ** 2, given["n"])[
                0
            ],
            75.56,
        ],
        lambda expected: pytest.approx([expected["next_without_coaching"], expected["observed"]], abs=0.05),
    ),
    "bias-vs-gold": (
        lambda given: [
            (found := paired_bias(given["a"], given["b"])).estimate,
            found.t,
            found.p,
            found.low,
            found.high,
        ],
        lambda expected: pytest.approx([expected["mean"], expected["t"], expected["p"], *expected["ci"]], abs=5.1e-5),
    ),
}


@pytest.mark.skipif(not REFERENCE.exists(), reason="shared data is absent: ../shared/reference/stats_reference.json")
@pytest.mark.parametrize("name", ANSWERS)
def test_the_reference_file_holds(name):
    entry = next(entry for entry in json.loads(REFERENCE.read_text("utf-8")) if entry["id"] == name)
    answer, expectation = ANSWERS[name]
    assert answer(entry["input"]) == expectation(entry["expected"])
