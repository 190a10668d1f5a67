"""Numbers in, numbers out: estimates with intervals, allocation, chances. Imports nothing of qacli."""

from __future__ import annotations

from qacli.stats.allocation import allocate
from qacli.stats.estimators import domain_mean, domain_proportion, stratified_mean, stratified_proportion
from qacli.stats.intervals import Interval, korn_graubard, mean_difference, t_interval, wilson
from qacli.stats.planning import SampleSize, chance_to_miss, discovery_sample, sample_size_proportion

__all__ = [
    "Interval",
    "SampleSize",
    "allocate",
    "chance_to_miss",
    "discovery_sample",
    "domain_mean",
    "domain_proportion",
    "korn_graubard",
    "mean_difference",
    "sample_size_proportion",
    "stratified_mean",
    "stratified_proportion",
    "t_interval",
    "wilson",
]
