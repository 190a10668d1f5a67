"""Designs and aims from the frame to the records, typed."""

from __future__ import annotations

import csv
from fractions import Fraction

from command_line import run
from desk import FRAME, done, write

from qacli.model import Exit

QUOTA = "design: quota\nper_colleague: 2"
MONTHLY = FRAME.replace("cadence: week", "cadence: month")
DESIGNS = {
    "half": "design: simple\nsize: {fraction: 12.5}",
    "along": "design: systematic\nsize: 3",
    "stages": "design: two-stage\nclusters: 2\nper_cluster: 2",
    "risk": "design: risk-weighted\nsize: 3\nrisk: {chats: {weight: 4, channel: [chat]}}",
    "person": "design: judgement",
}


def table(folder, name):
    with (folder / f"records/2026/{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_c04_each_design_is_recorded_with_its_chances_and_drawn_again(agreed):
    for name, design in DESIGNS.items():
        text = MONTHLY.replace("id: weekly", f"id: {name}").replace(QUOTA, design)
        text = text.replace("routine", "targeted").replace("seed: desk 2026\n", "") if name == "person" else text
        write(agreed, {f"definitions/frames/{name}.yaml": text})
        done(run(f"frame agree {name}", agreed, "p_mgr1", "2026-06-02"))
    for name in ("half", "along", "stages", "risk"):
        said = done(run(f"sample draw {name} --period 2026-05", agreed, "p_tl1", "2026-06-02"))
        assert ("n 3 from 12.5 % of those eligible, of 21 eligible" in said.err) == (name == "half")
    refused = run("sample draw person --period 2026-05", agreed, "p_tl1", "2026-06-02")
    assert refused.code == Exit.FINDINGS
    assert "refused[not-by-chance]: person@1 is of design judgement" in refused.err
    # a person is not reminded to draw what nobody can draw
    ahead = done(run("run --ahead 30", agreed, "p_tl1", "2026-06-02")).out
    assert "half" in ahead
    assert "person" not in ahead

    draws = {row["id"]: row for row in table(agreed, "draws.2")}
    rules = [row["rule"] for row in draws.values()]
    assert rules == ["n 3 from 12.5 % of those eligible, of 21 eligible", "", "", ""]
    assert f"  size       {rules[0]}\n" in done(run(f"sample show {next(iter(draws))}", agreed, "p_tl1")).err
    strata = {(row["draw"], row["stratum"]): row for row in table(agreed, "strata")}
    for item in table(agreed, "items"):
        draw, stratum = draws[item["draw"]], strata[item["draw"], item["stratum"]]
        chance = Fraction(int(stratum["drawn"]), int(stratum["eligible"]))
        if draw["design"] == "two-stage":
            chance *= Fraction(2, sum(row["draw"] == item["draw"] for row in strata.values()))
        if draw["design"] == "risk-weighted":
            chats, rest = (int(strata[item["draw"], name]["eligible"]) for name in ("chats", "other"))
            chance = 3 * (4 if item["channel"] == "chat" else 1) / (4 * chats + rest)
        assert (float(item["probability"]), float(item["weight"])) == (float(chance), float(1 / chance))
    again = done(run("sample verify", agreed, "p_tl1", "2026-06-03"))
    assert again.out.count("the same") == 4
