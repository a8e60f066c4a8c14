"""A signature has one form; everything else is invalid (TRUST.md section 8, K02)."""

from __future__ import annotations

import base64
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from pleno.domain.signers import spoken_fingerprint, typed_fingerprint
from pleno.signing import certificate, cms

NOW = datetime(2024, 12, 1, 10, 2, 11, tzinfo=UTC)
DATA = b"0" * 64 + b"  manifest.json\n"


class Signed(NamedTuple):
    key: certificate.PrivateKey
    certificate: bytes
    signature: bytes


def signed(name: str = "Budi é") -> Signed:
    key, own = certificate.make(certificate.Holder("ppk1", name, "ketua PPK", "PPK HAMPANG"), NOW)
    return Signed(key, own, cms.sign(key, own, DATA, NOW))


@pytest.fixture(scope="module")
def one() -> Signed:
    return signed()


def test_what_was_signed_holds(one: Signed) -> None:
    assert cms.check(one.signature, one.certificate, DATA) == NOW


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_stock_openssl_agrees(one: Signed, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(DATA)
    (tmp_path / "1.p7s").write_bytes(one.signature)
    (tmp_path / "1.crt").write_bytes(certificate.to_pem(one.certificate))
    words = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "1.p7s", "-content", "SHA256SUMS",
             "-CAfile", "1.crt", "-purpose", "any", "-no_check_time", "-out", "isi"]  # fmt: skip
    assert subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True).returncode == 0
    assert (tmp_path / "isi").read_bytes() == DATA
    told = subprocess.run(
        ["openssl", "x509", "-in", "1.crt", "-noout", "-fingerprint", "-sha256"],
        cwd=tmp_path, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert typed_fingerprint(told.partition("=")[2]) == certificate.fingerprint(one.certificate)
    (tmp_path / "SHA256SUMS").write_bytes(DATA + b"\n")
    assert subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True).returncode != 0


N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def with_numbers(one: Signed, change: Callable[[int, int], tuple[int, int]]) -> bytes:
    """The signature rebuilt around other numbers r and s."""
    size = next(n for n in range(8, 73) if one.signature[-n - 2 : -n] == bytes([4, n]))
    attributes = cms._attributes(DATA, NOW.strftime("%y%m%d%H%M%SZ").encode())
    curve = encode_dss_signature(*change(*decode_dss_signature(one.signature[-size:])))
    return cms._signed_data(one.certificate, attributes, curve)


def by_library(one: Signed, *options: pkcs7.PKCS7Options, algorithm: hashes.HashAlgorithm | None = None) -> bytes:
    """As another program signs: with more attributes, or none."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(DATA)
    builder = builder.add_signer(
        x509.load_der_x509_certificate(one.certificate),
        one.key,
        algorithm or hashes.SHA256(),  # type: ignore[arg-type]
    )
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, *options])


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda s: s.signature + b"\0", id="trailing byte"),
        pytest.param(lambda s: s.signature[:-1], id="cut"),
        pytest.param(lambda s: b"", id="empty"),
        pytest.param(lambda s: b"\x30\x80" + s.signature[4:] + b"\0\0", id="BER"),
        pytest.param(lambda s: cms.sign(s.key, s.certificate, DATA + b"x", NOW), id="other content"),
        pytest.param(lambda s: signed().signature, id="other signer"),
        pytest.param(lambda s: cms.sign(signed().key, s.certificate, DATA, NOW), id="other key"),
        pytest.param(lambda s: with_numbers(s, lambda r, t: (0, t)), id="r = 0"),
        pytest.param(lambda s: with_numbers(s, lambda r, t: (r, 0)), id="s = 0"),
        pytest.param(lambda s: with_numbers(s, lambda r, t: (r + N, t)), id="r >= n"),
        pytest.param(lambda s: by_library(s), id="more attributes"),
        pytest.param(lambda s: by_library(s, pkcs7.PKCS7Options.NoAttributes), id="no attributes"),
        pytest.param(lambda s: by_library(s, algorithm=hashes.SHA384()), id="SHA-384"),
        pytest.param(lambda s: random.Random(1).randbytes(915), id="noise"),
    ],
)
def test_bad_k02_what_is_not_of_that_form_is_invalid(one: Signed, spoil: Callable[[Signed], bytes]) -> None:
    with pytest.raises(cms.BadSignature):
        cms.check(spoil(one), one.certificate, DATA)


def foreign(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Budi")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(7)
    return (
        builder.public_key(key.public_key()).not_valid_before(NOW).not_valid_after(NOW.replace(year=2029))
        .sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    )  # fmt: skip


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)])
def test_bad_k02_other_keys_are_not_taken(one: Signed, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
    with pytest.raises(cms.BadSignature, match="P-256"):
        cms.check(one.signature, foreign(key), DATA)
    with pytest.raises(cms.BadSignature, match="tidak terbaca"):
        cms.check(one.signature, b"0", DATA)


def test_every_bit_counts(one: Signed) -> None:
    for at in range(len(one.signature)):
        spoiled = bytearray(one.signature)
        spoiled[at] ^= 1 << at % 8
        with pytest.raises(cms.BadSignature):
            cms.check(bytes(spoiled), one.certificate, DATA)


def test_a_certificate_file_has_one_form(one: Signed) -> None:
    pem = certificate.to_pem(one.certificate)
    assert certificate.of_pem(pem) == one.certificate
    off_curve = bytearray(one.certificate)
    off_curve[one.certificate.index(bytes.fromhex("03420004")) + 10] ^= 1
    broken = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(bytes(off_curve)) + b"-----END CERTIFICATE-----\n"
    for spoiled in (pem.replace(b"\n", b"\r\n"), b"x" + pem, pem + pem, pem[:-30], b"", one.certificate):
        with pytest.raises(ValueError):  # noqa: PT011  # the library's own words
            certificate.of_pem(spoiled)
    with pytest.raises(ValueError):  # noqa: PT011  # whichever of the two notices first
        cms.check(one.signature, certificate.of_pem(broken), DATA)


@pytest.mark.parametrize("shape", ["{}", " {}\n", "{:.10}-{}"])
def test_a_fingerprint_is_typed_in_any_grouping(one: Signed, shape: str) -> None:
    digits = certificate.fingerprint(one.certificate)
    spoken = spoken_fingerprint(digits)
    assert len(spoken.split()) == 16
    assert typed_fingerprint(spoken) == typed_fingerprint(spoken.replace(" ", ":")) == digits
    typed = typed_fingerprint(shape.format(digits, digits))
    assert typed == (digits if shape.count("{") == 1 else None)


def test_bad_k03_a_certificate_that_expired_by_the_clock_still_holds() -> None:
    """Clocks of laptops are wrong; validity dates are no reason to refuse (openssl: -no_check_time)."""
    past = datetime(2009, 4, 9, 7, 0, tzinfo=UTC)
    key, own = certificate.make(certificate.Holder("ppk1", "Budi", "ketua PPK", "PPK HAMPANG"), past)
    assert cms.check(cms.sign(key, own, DATA, NOW), own, DATA) == NOW
