"""Numbers in, numbers out: estimates with intervals, agreement, allocation, chances. Imports nothing of qacli."""

from __future__ import annotations

from qacli.stats.acceptance import Plan, accept_probability, acceptance_plan, attribute_sample
from qacli.stats.agreement import Agreement, cohen_kappa, gwet_ac, percent_agreement
from qacli.stats.allocation import allocate
from qacli.stats.bias import Bias, Significance, mcnemar, paired_bias
from qacli.stats.charts import Chart, xmr
from qacli.stats.estimators import domain_mean, domain_proportion, stratified_mean, stratified_proportion
from qacli.stats.intervals import Interval, korn_graubard, mean_difference, t_interval, wilson
from qacli.stats.order_sampling import inclusion_probabilities, pareto_rank
from qacli.stats.planning import SampleSize, chance_to_miss, discovery_sample, sample_size_mean, sample_size_proportion
from qacli.stats.power import detectable_drop, power_two_proportions
from qacli.stats.raters import Benchmark, benchmark, fleiss_kappa, icc, krippendorff_alpha, specific_agreement

__all__ = [
    "Agreement",
    "Benchmark",
    "Bias",
    "Chart",
    "Interval",
    "Plan",
    "SampleSize",
    "Significance",
    "accept_probability",
    "acceptance_plan",
    "allocate",
    "attribute_sample",
    "benchmark",
    "chance_to_miss",
    "cohen_kappa",
    "detectable_drop",
    "discovery_sample",
    "domain_mean",
    "domain_proportion",
    "fleiss_kappa",
    "gwet_ac",
    "icc",
    "inclusion_probabilities",
    "korn_graubard",
    "krippendorff_alpha",
    "mcnemar",
    "mean_difference",
    "paired_bias",
    "pareto_rank",
    "percent_agreement",
    "power_two_proportions",
    "sample_size_mean",
    "sample_size_proportion",
    "specific_agreement",
    "stratified_mean",
    "stratified_proportion",
    "t_interval",
    "wilson",
    "xmr",
]
