"""K03 and K04 of TRUST.md section 8: a signed set that met somebody on its way, judged by command."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from cli.driver import pleno
from signing import mutations
from signing.ceremony import Ceremony
from signing.mutations import Mutation, Others


def judged(folder: Path, ceremony: Ceremony) -> tuple[int, str]:
    trusted = [word for fingerprint in ceremony.trusted for word in ("--sidik", fingerprint)]
    said = pleno("verifikasi", folder, *trusted)
    return said.code, said.out


def test_bad_K03_an_unknown_signer_is_told_and_no_damage(ceremony: Ceremony, tmp_path: Path) -> None:
    said = pleno("verifikasi", ceremony.copied(tmp_path))
    assert said.code == 3
    assert "belum dikenal" in said.out


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"], ids=lambda name: f"bad_K03 CRLF in {name}")
def test_other_line_ends_are_another_content(ceremony: Ceremony, name: str, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    (copy / name).write_bytes((copy / name).read_bytes().replace(b"\n", b"\r\n"))
    code, said = judged(copy, ceremony)
    assert code == 4
    assert "TIDAK" in said


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(mutations.old_manifest, id="bad_K04 manifest of another set"),
        pytest.param(mutations.swap, id="bad_K04 swapped"),
        pytest.param(mutations.drop, id="bad_K04 missing"),
        pytest.param(mutations.add, id="bad_K04 extra"),
        pytest.param(mutations.rename, id="bad_K04 renamed"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_what_does_not_belong_together_is_named(
    ceremony: Ceremony, others: Others, mutation: Mutation, seed: int, tmp_path: Path
) -> None:
    copy = ceremony.copied(tmp_path)
    told = mutation(copy, random.Random(seed), others)
    code, said = judged(copy, ceremony)
    assert code in (3, 4), told  # a signature that is gone leaves a set that is whole, and says so
    name = told.split(" -> ")[0].split(" <-> ")[0].split(", ")[0]
    assert name in said or "tanda tangan" in said or "SHA256SUMS" in said, (told, said)
