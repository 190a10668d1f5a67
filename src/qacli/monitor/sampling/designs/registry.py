"""The designs by the names that frames give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qacli.monitor.sampling.designs.design import Design
from qacli.monitor.sampling.designs.stratified import QUOTA, SIMPLE, STRATIFIED

DESIGNS: Mapping[str, Design] = MappingProxyType(
    {"simple": SIMPLE, "stratified": STRATIFIED, "proportional": STRATIFIED, "quota": QUOTA}
)
