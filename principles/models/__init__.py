"""The rows of the yardstick. Published rows never change: the database refuses it."""

from principles.models.criterion import Criterion
from principles.models.edition import Edition, ScalePoint
from principles.models.framework import Framework
from principles.models.measure import DoubleCountPair, Measure
from principles.models.value_set import UnitValue, ValueSet, ValueSetWithdrawal

__all__ = [
    "Criterion",
    "DoubleCountPair",
    "Edition",
    "Framework",
    "Measure",
    "ScalePoint",
    "UnitValue",
    "ValueSet",
    "ValueSetWithdrawal",
]
