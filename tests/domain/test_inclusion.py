"""A TPS's figures in a sealed recap: RFC 6962's tree, and proofs that hold or do not."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.chain import canonical, link
from pleno.domain.errors import Damaged
from pleno.domain.figures import KOSONG
from pleno.domain.inclusion import SealEntry, check_proof, climb, leaf, leaves, path, proof_text, root

CONTEST = "pemilu2024-ppwp"
SETTLED = {f"3101011001{n:03}": {"suara.1": n, "suara.2": KOSONG, "suara_sah": n} for n in range(1, 8)}
PREV = bytes(range(32))


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_the_tree_is_that_of_rfc_6962() -> None:
    a, b, c, d, e = (bytes([n]) * 32 for n in range(5))
    abcd = _hashed(b"\x01", _hashed(b"\x01", a, b), _hashed(b"\x01", c, d))
    assert root([]) == hashlib.sha256().digest()
    assert root([a]) == a
    assert root([a, b, c]) == _hashed(b"\x01", _hashed(b"\x01", a, b), c)
    assert root([a, b, c, d, e]) == _hashed(b"\x01", abcd, e)


@given(st.integers(1, 70), st.data())
def test_every_leaf_climbs_to_the_root_and_no_other_does(count: int, data: st.DataObject) -> None:
    every = [_hashed(bytes([n])) for n in range(count)]
    place = data.draw(st.integers(0, count - 1))
    steps = path(every, place)
    assert climb(every[place], steps) == root(every)
    assert climb(_hashed(b"lain"), steps) != root(every)


def test_a_leaf_tells_contest_tps_and_figures_apart() -> None:
    figures = {"suara.1": 1}
    told = {
        leaf(CONTEST, "3101011001001", figures),
        leaf("pemilu2024-pdpr", "3101011001001", figures),
        leaf(CONTEST, "3101011001002", figures),
        leaf(CONTEST, "3101011001001", {"suara.1": 10}),
        leaf(CONTEST, "3101011001001", {"suara.1": None}),
        leaf(CONTEST, "3101011001001", {"suara.1": KOSONG}),
    }
    assert len(told) == 6


def _proof(tps: str) -> str:
    every = leaves(CONTEST, SETTLED)
    body = canonical(
        {"data": {"akar": {CONTEST: root(every).hex()}, "angka_saksi": "4711", "no": 3}, "kind": "seal", "v": 1}
    )
    steps = path(every, sorted(SETTLED).index(tps))
    return proof_text(CONTEST, tps, SETTLED[tps], steps, SealEntry(90, PREV, body))


@pytest.mark.parametrize("tps", SETTLED)
def test_a_proof_leads_to_the_hash_of_the_seal(tps: str) -> None:
    text = _proof(tps)
    proof = check_proof(text)
    assert (proof.tps, proof.figures, proof.seal, proof.angka_saksi) == (tps, SETTLED[tps], 3, "4711")
    assert proof.hash == link(PREV, 90, json.loads(text)["segel"]["isi"]).hex()


def _spoilt() -> dict[str, str]:
    text = _proof("3101011001003")
    told = json.loads(text)
    body = json.loads(told["segel"]["isi"])

    def changed(**what: object) -> str:
        return canonical({**told, **what})

    return {
        "figure": changed(angka={**told["angka"], "suara.1": 30}),
        "row left out": changed(angka={"suara.1": 3}),
        "other tps": changed(tps="3101011001004"),
        "other contest": changed(kontes="pemilu2024-pdpr"),
        "path turned": changed(jalur=told["jalur"][::-1]),
        "step left out": changed(jalur=told["jalur"][1:]),
        "side": changed(jalur=[["kanan" if side == "kiri" else "kiri", one] for side, one in told["jalur"]]),
        "unknown side": changed(jalur=[["atas", one] for _, one in told["jalur"]]),
        "no seal": changed(segel={**told["segel"], "isi": canonical({**body, "kind": "export"})}),
        "short prev": changed(segel={**told["segel"], "sebelum": "00"}),
        "seq": changed(segel={**told["segel"], "seq": -1}),
        "format": changed(format="pleno-bukti/2"),
        "spaces": text.replace(",", ", ", 1),
        "no json": "bukan",
        "a list": "[]",
        "empty": "",
    }


@pytest.mark.parametrize("what", _spoilt())
def test_a_proof_that_does_not_hold_is_refused(what: str) -> None:
    with pytest.raises(Damaged):
        check_proof(_spoilt()[what])
