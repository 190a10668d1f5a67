"""C15 through the command line: our figures and those of others, compared only where both count the same."""

import pytest
from command_line import run
from measures import measured

JULY = "2026-07-02"
BENCHMARK = """\
- id: {id}
  version: 1
  owner: p_tl1
  from: 2026-01-01
  kpi: {kpi}
  variant: {variant}
  value: {value}
  tolerance: {tolerance}
  kind: {kind}
  source: a guide of the trade, 2023
  year: 2023
  expires: {expires}
"""
FIGURES = """\
kpi,variant,period,num,den,asked
abandonment,less-short,2026-06,60,1000,
csat,top2,2026-06,420,500,2500
service-level,sl3,2026-06,8000,10000,
"""


def benchmark(id_, kpi, variant, value, tolerance=0, kind="standard", expires="2026-12-31"):
    return BENCHMARK.format(**locals() | {"id": id_})


@pytest.fixture
def desk(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "figures.csv").write_text(FIGURES, "utf-8")
    imported = f'kpi import {tmp_path / "figures.csv"} --source switch --method "all calls"'
    assert run(imported, folder, "p_tl1", JULY).code == 0
    return folder


def matched(desk, *benchmarks):
    (desk / "definitions/benchmarks.yaml").write_text("".join(benchmarks), "utf-8")
    told = run("benchmark match --format json", desk, "p_tl1", JULY)
    return {row["benchmark"]: row for row in told.rows}, told


def test_c15_a_benchmark_of_another_variant_gets_no_verdict(desk):
    # 9.1 % of all calls abandoned: UK contact centres, ContactBabel's guide of 2023
    rows, told = matched(desk, benchmark("uk", "abandonment", "all", "9.1", kind="indicative"))
    assert (rows["uk@1"]["verdict"], told.code) == (None, 0)
    assert rows["uk@1"]["definition"] == "definition differs: theirs is all, ours less-short"
    assert "no verdict" in told.err


def test_c15_met_inside_tolerance_breach_or_cannot_tell(desk):
    # our figures with Wilson's intervals: csat 84.0 (80.5 to 86.9), service level 80.0 (79.2 to 80.8)
    rows, told = matched(
        desk,
        benchmark("met", "csat", "top2", "80"),
        benchmark("inside", "csat", "top2", "82", 2),
        benchmark("straddles", "csat", "top2", "85"),
        benchmark("below", "service-level", "sl3", "82"),
        benchmark("less", "abandonment", "less-short", "8"),
    )
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "met@1": "met",
        "inside@1": "inside tolerance",
        "straddles@1": "cannot tell",
        "below@1": "breach",
        "less@1": "met",
    }
    assert told.code == 1
    assert "cannot tell at this n" in told.err


def test_c15_expired_and_sourceless_benchmarks_are_refused(desk):
    rows, _ = matched(desk, benchmark("old", "csat", "top2", "80", expires="2026-06-30"))
    assert (rows["old@1"]["verdict"], rows["old@1"]["definition"]) == (None, "expired: its last day was 2026-06-30")
    assert "refused[benchmark-expired]" in run("benchmark match old", desk, "p_tl1", JULY).err
    given = "benchmark add ours --kpi csat --variant top2 --value 80 --kind target --year 2026"
    assert run(f"{given} --expires 2027-12-31", desk, "p_tl1", JULY).err.startswith(
        "error: a benchmark says who says so"
    )
    assert run(f"{given} --expires 2026-01-31 --source us", desk, "p_tl1", JULY).code == 2
    assert run(f"{given} --expires 2027-12-31 --source us", desk, "p_tl1", JULY).code == 0
    [_, row] = run("benchmark list --format json", desk, "p_tl1", JULY).rows
    assert (row["benchmark"], row["source"], row["state"]) == ("ours@1", "us", "in force")
    text = (desk / "definitions/benchmarks.yaml").read_text("utf-8")
    (desk / "definitions/benchmarks.yaml").write_text(text.replace("  source: us\n", ""), "utf-8")
    assert "source" in run("benchmark list", desk, "p_tl1", JULY).err
