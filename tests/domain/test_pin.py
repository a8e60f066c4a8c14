"""The shape of a PIN, its secret, and the waits (TRUST.md section 7)."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain import pin
from pleno.domain.apply import apply
from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.domain.errors import Damaged
from pleno.domain.pin import Pin, is_pin, matches, secret_of, wait_after, weakness
from pleno.domain.state import MemoryState

SALT = bytes(range(16))
STAMP = Stamp("2024-11-30T21:14:07.412+08:00", 1, "boot", "sess", "0.1.0")


@pytest.mark.parametrize("text", ["480275", "000000"])
def test_six_digits_have_the_shape(text: str) -> None:
    assert is_pin(text)


@pytest.mark.parametrize(
    "text",
    ["", "48027", "4802751", "48027a", " 480275", "480275\n", "+48027", "4_8027", "٤٨٠٢٧٥", "４８０２７５", "48027\0"],
)
def test_nothing_else_has(text: str) -> None:
    assert not is_pin(text)


@pytest.mark.parametrize(
    ("guessed", "why"),
    [
        ("111111", "berulang"), ("121212", "berulang"), ("112211", "berulang"), ("482482", "berulang"),
        ("112233", "berulang"),
        ("123456", "berurutan"), ("987654", "berurutan"), ("789012", "berurutan"), ("321098", "berurutan"),
        ("170845", "tanggal"), ("311299", "tanggal"), ("990817", "tanggal"), ("010203", "tanggal"),
        ("083145", "tanggal"),
    ],
)  # fmt: skip
def test_what_anybody_would_try_first_is_told(guessed: str, why: str) -> None:
    assert why in weakness(guessed)


@pytest.mark.parametrize("good", ["480275", "917352", "003971", "321398"])
def test_others_are_good(good: str) -> None:
    assert weakness(good) == ""


def test_most_pins_stay_free() -> None:
    assert sum(not weakness(f"{n:06}") for n in range(0, 10**6, 97)) / len(range(0, 10**6, 97)) > 0.85


def test_a_secret_knows_its_pin_alone() -> None:
    secret = secret_of("ppk2", "480275", SALT)
    assert matches(secret, "480275")
    assert not matches(secret, "480276")


def test_the_secret_is_scrypt_with_its_own_salt() -> None:
    one, other = secret_of("ppk2", "480275", SALT), secret_of("ppk2", "480275", SALT[::-1])
    assert one.hash == "41b1981768897cd5b2604deeb00ab70492b37229f12d9ada73c3998909e14ba6"
    assert one.hash != other.hash
    assert one.digest() != other.digest()
    assert secret_of("ppk3", "480275", SALT).digest() != one.digest()


def test_nothing_that_is_printed_holds_it() -> None:
    secret = secret_of("ppk2", "480275", SALT)
    for said in (repr(secret), str(secret)):
        assert secret.hash not in said
        assert secret.salt not in said


def test_the_comparison_takes_the_same_time_for_every_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    compare = hmac.compare_digest

    def watched(left: str, right: str) -> bool:
        compared.append((left, right))
        return compare(left, right)

    monkeypatch.setattr(pin.hmac, "compare_digest", watched)
    secret = secret_of("ppk2", "480275", SALT)
    for typed in ("480275", "480276", "999999"):
        assert matches(secret, typed) is (typed == "480275")
    assert len(compared) == 3
    assert {len(left) for left, _right in compared} == {64}


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (12, 1920), (99, 86_400), (10**9, 86_400)]
)
def test_the_wait_doubles_from_the_fifth_on(failures: int, seconds: int) -> None:
    assert wait_after(failures) == seconds


@given(st.integers(0, 500))
def test_more_failures_never_wait_less(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1) <= 86_400


def entry(kind: Kind, seq: int, **data: object) -> Entry:
    return Entry(kind, Actor("op1", Role.OPERATOR), STAMP, data=data, seq=seq)


def test_failures_are_counted_until_it_is_right() -> None:
    state = MemoryState()
    apply(state, entry(Kind.PIN_SET, 1, id="ppk2", sidik="ab", darurat=False))
    apply(state, entry(Kind.SESSION_FAIL, 2, id="ppk2", ke=1))
    apply(state, entry(Kind.SESSION_FAIL, 3, id="ppk2", ke=2))
    assert state.get(Pin, "ppk2") == Pin("ppk2", "ab", 1, failures=2, failed=3)
    apply(state, entry(Kind.SESSION_LOGIN, 4, id="ppk2", pin=True))
    assert state.get(Pin, "ppk2") == Pin("ppk2", "ab", 1)
    apply(state, entry(Kind.SESSION_FAIL, 5, id="ppk2", ke=1))
    apply(state, entry(Kind.PIN_SET, 6, id="ppk2", sidik="cd", darurat=True))
    assert state.get(Pin, "ppk2") == Pin("ppk2", "cd", 6)


def test_a_login_needs_no_pin_but_a_failure_does() -> None:
    state = MemoryState()
    apply(state, entry(Kind.SESSION_LOGIN, 1, id="op1", pin=False))
    apply(state, entry(Kind.SESSION_LOCK, 2))
    with pytest.raises(Damaged, match="tidak pernah disetel"):
        apply(state, entry(Kind.SESSION_FAIL, 3, id="op1", ke=1))
