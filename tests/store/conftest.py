"""A workspace's database for each test."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from store.samples import GENESIS, created, walk

from pleno.store import Occupant, Store

HERE = Occupant("op1", os.getpid(), "2024-02-17T14:30:12.000+07:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pleno.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new workspace with its first entry."""
    with Store.create(path, GENESIS, HERE) as store:
        store.append(created())
        yield store


@pytest.fixture
def worked(store: Store) -> Store:
    """A workspace after 120 acts at random, seals among them."""
    for entry in islice(walk(store.state, random.Random(7), 1), 120):
        store.append(entry)
    return store
