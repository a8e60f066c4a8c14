"""A key file opens with its own five words and with nothing else (TRUST.md section 8, K01)."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime

import pytest

from pleno.domain.chain import canonical
from pleno.domain.errors import PlenoError
from pleno.signing import keyfile, passphrase
from pleno.signing.certificate import Holder, fingerprint, make

WORDS = "gula kawat debat aksara petang"


@pytest.fixture(scope="module")
def locked() -> bytes:
    key, certificate = make(Holder("ppk1", "Budi", "ketua PPK", "PPK HAMPANG"), datetime.now(UTC))
    return keyfile.lock("ppk1", "Budi", certificate, key, WORDS)


def changed(data: bytes, **fields: object) -> bytes:
    return f"{canonical({**json.loads(data), **fields})}\n".encode()


def test_the_words_open_what_they_locked(locked: bytes) -> None:
    opened = keyfile.unlock(locked, WORDS)
    assert opened.id == "ppk1"
    assert opened.certificate == base64.b64decode(json.loads(locked)["cert"])
    numbers = opened.key.public_key().public_numbers()
    assert numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big") in opened.certificate
    assert len(locked) < keyfile.LARGEST


def test_the_file_tells_nothing_of_the_key(locked: bytes) -> None:
    secret = keyfile.unlock(locked, WORDS).key.private_numbers().private_value
    assert secret.to_bytes(32, "big") not in base64.b64decode(json.loads(locked)["key"])


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda d: d[:-40], id="cut"),
        pytest.param(lambda d: b"", id="empty"),
        pytest.param(lambda d: b"\xff" * 100, id="bytes"),
        pytest.param(lambda d: b"[" * 10_000, id="deep"),
        pytest.param(lambda d: d + b" " * keyfile.LARGEST, id="large"),
        pytest.param(lambda d: b"[]\n", id="list"),
        pytest.param(lambda d: changed(d, n=2**30), id="memory"),
        pytest.param(lambda d: changed(d, format="pleno-kunci/2"), id="version"),
        pytest.param(lambda d: changed(d, id="ppk2"), id="another owner"),
        pytest.param(lambda d: changed(d, salt="!"), id="no base64"),
        pytest.param(lambda d: changed(d, nonce=""), id="nonce"),
        pytest.param(lambda d: changed(d, key=17), id="number"),
        pytest.param(lambda d: d.replace(b",", b", ", 1), id="space"),
    ],
)
def test_bad_k01_a_spoiled_file_is_refused_in_one_sentence(locked: bytes, spoil: object) -> None:
    with pytest.raises(PlenoError, match="Sandi salah atau berkas kunci rusak"):
        keyfile.unlock(spoil(locked), WORDS)  # type: ignore[operator]


@pytest.mark.parametrize("words", ["", "gula kawat debat aksara", "gula kawat debat petang aksara"])
def test_bad_k01_other_words_are_refused_in_the_same_words(locked: bytes, words: str) -> None:
    with pytest.raises(PlenoError, match="Sandi salah atau berkas kunci rusak"):
        keyfile.unlock(locked, words)


def test_the_list_has_2048_words_that_can_be_typed() -> None:
    words = passphrase.word_list()
    assert len(words) == len(set(words)) == 2048
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in words)


def test_a_passphrase_is_five_words_and_typed_as_people_do() -> None:
    made = passphrase.new_passphrase()
    assert len(made.split()) == passphrase.WORDS
    assert set(made.split()) <= set(passphrase.word_list())
    assert len({passphrase.new_passphrase() for _ in range(50)}) == 50
    assert passphrase.typed(f"  {made.upper().replace(' ', ' - ')}\n") == made


def test_a_certificate_is_new_each_time() -> None:
    holder = Holder("ppk1", "B" * 120, "ketua PPK", "PPK " + "H" * 120)
    moment = datetime.fromtimestamp(random.Random(1).randrange(2**31), UTC)
    assert fingerprint(make(holder, moment)[1]) != fingerprint(make(holder, moment)[1])
