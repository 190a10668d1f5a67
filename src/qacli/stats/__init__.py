"""Numbers in, numbers out: estimates with intervals, agreement, allocation, chances. Imports nothing of qacli."""

from __future__ import annotations

from qacli.stats.agreement import Agreement, cohen_kappa, gwet_ac, percent_agreement
from qacli.stats.allocation import allocate
from qacli.stats.estimators import domain_mean, domain_proportion, stratified_mean, stratified_proportion
from qacli.stats.intervals import Interval, korn_graubard, t_interval, wilson
from qacli.stats.planning import SampleSize, chance_to_miss, discovery_sample, sample_size_proportion

__all__ = [
    "Agreement",
    "Interval",
    "SampleSize",
    "allocate",
    "chance_to_miss",
    "cohen_kappa",
    "discovery_sample",
    "domain_mean",
    "domain_proportion",
    "gwet_ac",
    "korn_graubard",
    "percent_agreement",
    "sample_size_proportion",
    "stratified_mean",
    "stratified_proportion",
    "t_interval",
    "wilson",
]
