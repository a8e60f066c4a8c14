"""A proof for a saksi, from the table to the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.table import WHOLE, Table

from pleno.domain.chain import seal_words
from pleno.domain.errors import PlenoError
from pleno.domain.inclusion import check_proof
from pleno.service import sealing
from pleno.service.proof import prove, write_proof


def test_the_proof_leads_to_the_words_on_paper(table: Table, tmp_path: Path) -> None:
    for n in (0, 1):
        table.reads(n)
        table.settles(n)
    sealed = sealing.seal(table.session, "0417", None)
    table.reads(2)
    table.settles(2)
    sealing.seal(table.session, "0418", None)
    for n in (0, 1):
        tps = table.file(n).tps
        proof = check_proof(prove(table.session, tps, table.contest, 1))
        assert (proof.tps, proof.seal, proof.seq) == (tps.code, 1, sealed.seq)
        assert dict(proof.figures) == WHOLE
        assert seal_words(bytes.fromhex(proof.hash), proof.seq, proof.angka_saksi) == sealed.words
    text = prove(table.session, table.file(2).tps, table.contest)
    assert check_proof(text).seal == 2
    write_proof(text, tmp_path / "bukti.json")
    assert (tmp_path / "bukti.json").read_text("utf-8") == f"{text}\n"
    with pytest.raises(PlenoError, match="tidak ditimpa"):
        write_proof(text, tmp_path / "bukti.json")


def test_what_no_seal_holds_cannot_be_proved(table: Table) -> None:
    tps = table.file(0).tps
    with pytest.raises(PlenoError, match="Segel terakhir tidak ada"):
        prove(table.session, tps, table.contest)
    sealing.seal(table.session, "0417", None)
    table.reads(0)
    table.settles(0)
    with pytest.raises(PlenoError, match="belum sah ketika segel 01 dibuat"):
        prove(table.session, tps, table.contest)
    with pytest.raises(PlenoError, match="Segel 7 tidak ada"):
        prove(table.session, tps, table.contest, 7)
