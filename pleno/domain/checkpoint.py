"""A seal as a small file that goes with every copy and set, so that nobody need type it (TRUST.md section 5).

It proves nothing by itself: the words that follow from it must be the ones on paper.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pleno.domain.chain import canonical, parse_canonical, seal_words
from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged
from pleno.domain.inclusion import ANGKA_SAKSI

FORMAT: Final = "pleno-segel/1"
_HASH: Final = re.compile("[0-9a-f]{64}")


class Checkpoint(NamedTuple):
    """A seal as its file tells it."""

    genesis: str
    """Hex of h_0: which workspace."""
    number: int
    seq: int
    angka_saksi: str
    hash: str
    """Of the seal entry, hex."""

    @property
    def words(self) -> str:
        """What every saksi wrote down, if this is the seal they heard."""
        return seal_words(bytes.fromhex(self.hash), self.seq, self.angka_saksi)


def checkpoint_name(number: int) -> str:
    """The file of a seal: "segel-07.json"."""
    return f"segel-{number:02}.json"


def checkpoint_text(genesis: str, seal: Entry) -> str:
    """The file of a seal entry, canonical; `genesis` is h_0 in hex."""
    return canonical(
        {
            "angka_saksi": seal.data["angka_saksi"],
            "format": FORMAT,
            "genesis": genesis,
            "hash": seal.hash,
            "no": seal.data["no"],
            "seq": seal.seq,
            "time": seal.stamp.at,
            "totals": seal.data["totals"],
        }
    )


def read_checkpoint(text: str) -> Checkpoint:
    """The seal in such a file. Damaged where it is none."""
    try:
        told = parse_canonical(text)
        found = Checkpoint(told["genesis"], told["no"], told["seq"], told["angka_saksi"], told["hash"])
        numbers = all(type(number) is int and 0 <= number < 2**53 for number in (found.number, found.seq))
        hashes = _HASH.fullmatch(found.genesis) and _HASH.fullmatch(found.hash)
        if told["format"] != FORMAT or not numbers or not hashes or ANGKA_SAKSI.fullmatch(found.angka_saksi) is None:
            raise ValueError(FORMAT)
    except (Damaged, KeyError, TypeError, ValueError) as error:
        raise Damaged(
            "Berkas segel rusak", "Isinya bukan segel dari pleno.", "Pakai baris segel di kertas, atau salinan lain."
        ) from error
    return found
