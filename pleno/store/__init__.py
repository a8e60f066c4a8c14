"""The workspace's database: the only package that knows SQL."""

from pleno.store.inspection import Check, Inspection, SealFact, inspect
from pleno.store.journal import Head
from pleno.store.occupant import Occupant
from pleno.store.store import Store

__all__ = ["Check", "Head", "Inspection", "Occupant", "SealFact", "Store", "inspect"]
