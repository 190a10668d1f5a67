"""Figures of a desk from draws in two stages and with unequal chances: the estimate that fits the design, or none."""

from __future__ import annotations

import pytest

from qacli.monitor.sampling.draw import Stratum
from qacli.stats import Alike, Clustered, Weighted, design_mean
from qacli.understand.criteria import by_criterion
from qacli.understand.facts import Selection
from qacli.understand.summary import by_colleague, by_team, desk

ALL = Selection()
STAGES = """
    design    stratum colleague held score
    two-stage p_a01   p_a01     40   60
    two-stage p_a01   p_a01     40   70
    two-stage p_a01   p_a01     40   65
    two-stage p_a02   p_a02     10   90
    two-stage p_a02   p_a02     10   95
    two-stage p_a03   p_a03     25   80
    two-stage p_a03   p_a03     25   70
    two-stage p_a03   p_a03     25   75
"""
SCORES = [Alike(40, [60, 70, 65]), Alike(10, [90, 95]), Alike(25, [80, 70, 75])]


def not_drawn(*names, first=20):
    """Clusters of a draw of which none was taken."""
    return [
        Stratum(id=f"d_1-{n}", draw="d_1", stratum=name, eligible=30, asked=0, drawn=0)
        for n, name in enumerate(names, first)
    ]


def test_two_stages_are_estimated_from_the_clusters_drawn_of_all_there_are(desk_of):
    view = desk_of(STAGES)
    view.given += not_drawn("p_a04", "p_a05", "p_a06", "p_a07")
    found = desk(view, ALL)
    expected = design_mean([Clustered(7, SCORES)])
    row = found.frame.iloc[0]
    assert (row["mean"], row["low"], row["high"]) == pytest.approx(expected[:3])
    # as one stratum for each colleague, limits would say that nobody else was on the desk
    assert expected.high - expected.low > 3 * (design_mean(SCORES).high - design_mean(SCORES).low)
    assert "weighted by the design: 3 of 7 clusters, 8 observed" in found.notes
    assert any(note.startswith("two stages: limits by how much the clusters differ") for note in found.notes)


def test_items_still_open_take_nothing_from_the_weight_of_their_class(desk_of):
    view = desk_of("""
        design        stratum   held chance score
        risk-weighted complaint 10   0.5    50
        risk-weighted complaint 10   0.5    -
        risk-weighted complaint 10   0.5    40
        risk-weighted complaint 10   0.5    -
        risk-weighted other     60   0.1    90
        risk-weighted other     60   0.1    80
        risk-weighted other     60   0.1    70
    """)
    found = desk(view, ALL)
    # two of four complaints are observed: each stands for 1 / (0.5 · 2/4) = 4, each other for 10
    expected = design_mean([Weighted([0.25, 0.25, 0.1, 0.1, 0.1], [50, 40, 90, 80, 70])])
    assert expected.estimate == pytest.approx((4 * 50 + 4 * 40 + 10 * 240) / 38)
    row = found.frame.iloc[0]
    assert (row["mean"], row["low"], row["high"]) == pytest.approx(expected[:3])
    assert any(note.startswith("unequal chances: each evaluation weighs 1 over its chance") for note in found.notes)


def test_a_colleague_under_unequal_chances_is_told_what_the_figures_lean_to(desk_of):
    table = "design score\n" + "{0} 80\n" * 5
    assert any(
        "lean towards what carries risk" in note
        for note in by_colleague(desk_of(table.format("risk-weighted")), ALL).notes
    )
    assert not any("lean" in note for note in by_colleague(desk_of(table.format("stratified")), ALL).notes)


def test_parts_and_shares_of_a_two_stage_sample_stay_on_its_clusters(desk_of):
    header, *lines = STAGES.strip().splitlines()
    told = [f"{line} {('north', 'south')[n % 2]} idv={'n' if n == 3 else 'y'}" for n, line in enumerate(lines)]
    table = "\n".join([f"{header} team ratings", *told])
    view = desk_of(table, minimum_n=2)
    view.given += not_drawn("p_a04")
    values = [60, None, 65, None, 95, None, 70, None]
    groups = [Alike(40, values[:3]), Alike(10, values[3:5]), Alike(25, values[5:])]
    north = by_team(view, ALL).frame.set_index("team").loc["north"]
    assert (north["mean"], north["low"]) == pytest.approx(design_mean([Clustered(4, groups)])[:2])
    failed = by_criterion(view, ALL).frame.iloc[0]
    assert failed["share"] == pytest.approx(10 / 2 / (40 + 10 + 25))


def test_systematic_says_how_its_limits_were_made(desk_of):
    notes = desk(desk_of("design score\n" + "systematic 80\nsystematic 70\n" * 3), ALL).notes
    assert any(note.startswith("systematic: limits as if drawn without an order") for note in notes)


def test_what_a_person_chose_is_in_no_figure(desk_of):
    notes = desk(desk_of("design score\n" + "judgement 80\n" * 6), ALL)
    assert notes.frame.empty
    assert "left out, because the transaction was chosen and not drawn by chance: 6" in notes.notes
