"""A signed set spoiled at random in every way of mutations.py: no spoiled one passes, and no fault comes of it."""

from __future__ import annotations

import os
from pathlib import Path

from signing.ceremony import Ceremony
from signing.mutations import Others, mutate

from pleno.service.verify import Outcome, verify
from pleno.signing import periksa_pleno

TIMES = 200 if "PLENO_CI" in os.environ else 2_000


def test_the_untouched_set_is_accepted(ceremony: Ceremony, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    assert verify(copy, ceremony.trusted).outcome is Outcome.UTUH
    assert periksa_pleno.main([str(copy), *ceremony.trusted]) == periksa_pleno.WHOLE


def test_every_mutation_is_refused(ceremony: Ceremony, others: Others, tmp_path: Path) -> None:
    accepted = []
    for seed in range(TIMES):
        told = mutate(ceremony.bundle, tmp_path / "set", seed, others)
        if verify(tmp_path / "set", ceremony.trusted).outcome is Outcome.UTUH:
            accepted.append(told)
        if periksa_pleno.main([str(tmp_path / "set"), *ceremony.trusted]) == periksa_pleno.WHOLE:
            accepted.append(f"periksa_pleno {told}")
    assert accepted == []
