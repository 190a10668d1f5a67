"""Numbers in, numbers out: estimates with intervals, agreement, allocation, chances, charts, trends, queues. Imports nothing of qacli."""

from __future__ import annotations

from qacli.stats.acceptance import Plan, accept_probability, acceptance_plan, attribute_sample
from qacli.stats.agreement import Agreement, Weights, cohen_kappa, gwet_ac, percent_agreement
from qacli.stats.allocation import allocate
from qacli.stats.association import spearman
from qacli.stats.before_after import (
    Beyond,
    Changed,
    Regressed,
    beyond_expected,
    chance_of_at_least,
    change_of,
    detectable_share,
    difference_in_differences,
    regression_to_the_mean,
)
from qacli.stats.bias import Bias, mcnemar, paired_bias
from qacli.stats.control_charts import Chart, p_chart, share_limits, u_chart, xmr
from qacli.stats.counting import CountTest, count_test
from qacli.stats.crossed import Crossed, RaterEffect, crossed_effects
from qacli.stats.drift import Cusum, Ewma, cusum, ewma
from qacli.stats.estimators import (
    design_mean,
    design_proportion,
    domain_mean,
    domain_proportion,
    stratified_mean,
    stratified_proportion,
)
from qacli.stats.exactness import (
    Blocks,
    Intraclass,
    blocks,
    clusters_needed,
    design_effect,
    intraclass,
    least_chance,
    most_needed,
    part_of_chances,
    part_of_clusters,
    part_of_strata,
)
from qacli.stats.intervals import (
    Interval,
    clopper_pearson,
    korn_graubard,
    mean_difference,
    newcombe,
    rank_coverage,
    t_interval,
    wilson,
)
from qacli.stats.lots import LotPlan, lot_plan
from qacli.stats.multiplicity import Adjusted, benjamini_hochberg, guarded, holm
from qacli.stats.net_promoter import nps
from qacli.stats.order_sampling import class_probabilities, inclusion_probabilities, pareto_rank
from qacli.stats.parts import Alike, Clustered, Part, Weighted
from qacli.stats.planning import SampleSize, chance_to_miss, discovery_sample, sample_size_mean, sample_size_proportion
from qacli.stats.power import detectable_drop, power_two_proportions
from qacli.stats.queueing import Queue, erlang_a, erlang_b, erlang_c
from qacli.stats.raters import Benchmark, benchmark, fleiss_kappa, icc, krippendorff_alpha, specific_agreement
from qacli.stats.run_rules import Run, run_rules
from qacli.stats.scan import Dated, Stretch, dated, scan
from qacli.stats.shrinkage import Shrunk, between_variance, shrink, squeeze
from qacli.stats.slopes import LevelTest, Slope, level_difference, slopes
from qacli.stats.spread import spread_test
from qacli.stats.staffing import (
    OutOfReach,
    at_work,
    evaluations_in,
    fewest_for_abandoned,
    fewest_for_wait,
    minutes_each,
    rostered,
)
from qacli.stats.systematic import fractional_interval
from qacli.stats.trend import SignificanceTest, autocorrelation, dated_shift, mann_kendall, pettitt, theil_sen

__all__ = [
    "Adjusted",
    "Agreement",
    "Alike",
    "Benchmark",
    "Beyond",
    "Bias",
    "Blocks",
    "Changed",
    "Chart",
    "Clustered",
    "CountTest",
    "Crossed",
    "Cusum",
    "Dated",
    "Ewma",
    "Interval",
    "Intraclass",
    "LevelTest",
    "LotPlan",
    "OutOfReach",
    "Part",
    "Plan",
    "Queue",
    "RaterEffect",
    "Regressed",
    "Run",
    "SampleSize",
    "Shrunk",
    "SignificanceTest",
    "Slope",
    "Stretch",
    "Weighted",
    "Weights",
    "accept_probability",
    "acceptance_plan",
    "allocate",
    "at_work",
    "attribute_sample",
    "autocorrelation",
    "benchmark",
    "benjamini_hochberg",
    "between_variance",
    "beyond_expected",
    "blocks",
    "chance_of_at_least",
    "chance_to_miss",
    "change_of",
    "class_probabilities",
    "clopper_pearson",
    "clusters_needed",
    "cohen_kappa",
    "count_test",
    "crossed_effects",
    "cusum",
    "dated",
    "dated_shift",
    "design_effect",
    "design_mean",
    "design_proportion",
    "detectable_drop",
    "detectable_share",
    "difference_in_differences",
    "discovery_sample",
    "domain_mean",
    "domain_proportion",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "evaluations_in",
    "ewma",
    "fewest_for_abandoned",
    "fewest_for_wait",
    "fleiss_kappa",
    "fractional_interval",
    "guarded",
    "gwet_ac",
    "holm",
    "icc",
    "inclusion_probabilities",
    "intraclass",
    "korn_graubard",
    "krippendorff_alpha",
    "least_chance",
    "level_difference",
    "lot_plan",
    "mann_kendall",
    "mcnemar",
    "mean_difference",
    "minutes_each",
    "most_needed",
    "newcombe",
    "nps",
    "p_chart",
    "paired_bias",
    "pareto_rank",
    "part_of_chances",
    "part_of_clusters",
    "part_of_strata",
    "percent_agreement",
    "pettitt",
    "power_two_proportions",
    "rank_coverage",
    "regression_to_the_mean",
    "rostered",
    "run_rules",
    "sample_size_mean",
    "sample_size_proportion",
    "scan",
    "share_limits",
    "shrink",
    "slopes",
    "spearman",
    "specific_agreement",
    "spread_test",
    "squeeze",
    "stratified_mean",
    "stratified_proportion",
    "t_interval",
    "theil_sen",
    "u_chart",
    "wilson",
    "xmr",
]
