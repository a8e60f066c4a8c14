"""That one TPS's figures are in a sealed recap, provable without the rest of it (RFC 6962's Merkle tree).

The root of the tree stands in the seal entry; the hash of that entry makes the words that every saksi wrote down.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pleno.domain.chain import Json, canonical, link, parse_canonical
from pleno.domain.errors import Damaged
from pleno.domain.figures import Figures, from_json, to_json

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


FORMAT: Final = "pleno-bukti/1"
ANGKA_SAKSI: Final = re.compile(r"[0-9]{4,6}")
"""Digits that a saksi calls out for a seal."""


class SealEntry(NamedTuple):
    """A seal as the journal stores it."""

    seq: int
    prev: bytes
    """Hash of the entry before it."""
    body: str


class Step(NamedTuple):
    """One neighbour on the way from a leaf to the root."""

    left: bool
    """The neighbour stands left of what was hashed so far."""
    hash: bytes


def leaf(contest: str, tps: str, figures: Figures) -> bytes:
    """Hash of what one TPS that is sah gave to the sums: its determined figures."""
    told: Json = {"figures": {row: to_json(figure) for row, figure in figures.items()}, "kontes": contest, "tps": tps}
    return hashlib.sha256(_LEAF + canonical(told).encode()).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The one hash over all leaves in their order; of no leaves that of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(root(leaves[:split]), root(leaves[split:]))


def path(leaves: Sequence[bytes], place: int) -> list[Step]:
    """The neighbours of a leaf, from the bottom up."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if place < split:
        return [*path(leaves[:split], place), Step(False, root(leaves[split:]))]
    return [*path(leaves[split:], place - split), Step(True, root(leaves[:split]))]


def climb(start: bytes, steps: Sequence[Step]) -> bytes:
    """The root that a leaf and its neighbours lead to."""
    found = start
    for step in steps:
        found = _node(step.hash, found) if step.left else _node(found, step.hash)
    return found


def leaves(contest: str, settled: Mapping[str, Figures]) -> list[bytes]:
    """The leaves of a contest: its TPS that are sah (code -> figures), ordered by code."""
    return [leaf(contest, tps, settled[tps]) for tps in sorted(settled)]


class Proof(NamedTuple):
    """What a proof says once it was found right; the words must be the ones on paper."""

    contest: str
    tps: str
    figures: Figures
    seal: int
    """Number of the seal."""
    seq: int
    angka_saksi: str
    hash: str
    """Of the seal entry, hex."""


def proof_text(contest: str, tps: str, figures: Figures, steps: Sequence[Step], seal: SealEntry) -> str:
    """A proof as it is handed over: canonical JSON."""
    return canonical(
        {
            "angka": {row: to_json(figure) for row, figure in figures.items()},
            "format": FORMAT,
            "jalur": [["kiri" if step.left else "kanan", step.hash.hex()] for step in steps],
            "kontes": contest,
            "segel": {"isi": seal.body, "sebelum": seal.prev.hex(), "seq": seal.seq},
            "tps": tps,
        }
    )


def check_proof(text: str) -> Proof:
    """Climb from the figures to the root in the seal entry, and hash that entry. Damaged where it does not hold."""
    try:
        told = parse_canonical(text)
        seal, steps = told["segel"], [_step(side, hash_) for side, hash_ in told["jalur"]]
        entry = parse_canonical(seal["isi"])
        figures = {row: from_json(figure) for row, figure in told["angka"].items()}
        found = climb(leaf(told["kontes"], told["tps"], figures), steps).hex()
        sealed = entry["data"]["akar"].get(told["kontes"])
        hash_ = link(_hash(seal["sebelum"]), seal["seq"], seal["isi"]).hex()
        proof = Proof(
            told["kontes"], told["tps"], figures,
            entry["data"]["no"], seal["seq"], entry["data"]["angka_saksi"], hash_,
        )  # fmt: skip
        right = told["format"] == FORMAT and entry["kind"] == "seal"
        whole = all(type(number) is int and number >= 0 for number in (proof.seal, proof.seq))
        if not whole or ANGKA_SAKSI.fullmatch(proof.angka_saksi) is None:
            raise ValueError("segel")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Damaged("Bukti rusak", "Isinya bukan bukti TPS dari pleno.", "Minta berkas bukti yang baru.") from error
    if not right or found != sealed:
        raise Damaged(
            "Bukti tidak cocok",
            f"Angka TPS {proof.tps} di berkas ini bukan yang ada di rekap yang disegel.",
            "Minta berkas bukti yang baru, dan laporkan yang ini kepada Panwaslu.",
        )
    return proof


def _step(side: str, hash_: str) -> Step:
    if side not in ("kiri", "kanan"):
        raise ValueError(side)
    return Step(side == "kiri", _hash(hash_))


def _hash(digits: str) -> bytes:
    """32 bytes out of 64 hexadecimal digits, which have one form."""
    if len(found := bytes.fromhex(digits)) != 32 or found.hex() != digits:
        raise ValueError(digits)
    return found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
