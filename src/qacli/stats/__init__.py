"""Numbers in, numbers out: estimates with intervals, agreement, allocation, chances. Imports nothing of qacli."""

from __future__ import annotations

from qacli.stats.acceptance import Plan, accept_probability, acceptance_plan, attribute_sample
from qacli.stats.agreement import Agreement, cohen_kappa, gwet_ac, percent_agreement
from qacli.stats.allocation import allocate
from qacli.stats.counting import CountTest, count_test
from qacli.stats.estimators import (
    design_mean,
    design_proportion,
    domain_mean,
    domain_proportion,
    stratified_mean,
    stratified_proportion,
)
from qacli.stats.intervals import Interval, korn_graubard, mean_difference, t_interval, wilson
from qacli.stats.lots import LotPlan, lot_plan
from qacli.stats.order_sampling import class_probabilities, inclusion_probabilities, pareto_rank
from qacli.stats.parts import Alike, Clustered, Part, Weighted
from qacli.stats.planning import SampleSize, chance_to_miss, discovery_sample, sample_size_mean, sample_size_proportion
from qacli.stats.power import detectable_drop, power_two_proportions
from qacli.stats.systematic import fractional_interval

__all__ = [
    "Agreement",
    "Alike",
    "Clustered",
    "CountTest",
    "Interval",
    "LotPlan",
    "Part",
    "Plan",
    "SampleSize",
    "Weighted",
    "accept_probability",
    "acceptance_plan",
    "allocate",
    "attribute_sample",
    "chance_to_miss",
    "class_probabilities",
    "cohen_kappa",
    "count_test",
    "design_mean",
    "design_proportion",
    "detectable_drop",
    "discovery_sample",
    "domain_mean",
    "domain_proportion",
    "fractional_interval",
    "gwet_ac",
    "inclusion_probabilities",
    "korn_graubard",
    "lot_plan",
    "mean_difference",
    "pareto_rank",
    "percent_agreement",
    "power_two_proportions",
    "sample_size_mean",
    "sample_size_proportion",
    "stratified_mean",
    "stratified_proportion",
    "t_interval",
    "wilson",
]
