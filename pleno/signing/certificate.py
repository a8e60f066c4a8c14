"""The key of one signer and the certificate that goes with it: ECDSA P-256, self-signed, made offline."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from pleno.domain.errors import PlenoError

PrivateKey = ec.EllipticCurvePrivateKey
"""What never leaves the key file of its owner."""

_YEARS: Final = 5
_FIRST_YEAR: Final = 1950
_LAST_YEAR: Final = 9990
_LONGEST_IN_NAME: Final = 64
"""Bytes of one part of an X.509 name."""


class Holder(NamedTuple):
    """Whom a certificate names; one who is trusted by his fingerprint is trusted as this and as nobody else."""

    id: str
    name: str
    title: str
    """As what he signs: "ketua", "anggota", "saksi", "panwaslu"."""
    office: str
    """ "PPK HAMPANG"."""


def make(holder: Holder, now: datetime) -> tuple[PrivateKey, bytes]:
    """A new key and its certificate in DER, valid from one day before `now` for five years.

    PlenoError where the clock says a year that no certificate can name.
    """
    if not _FIRST_YEAR < now.year < _LAST_YEAR:
        raise PlenoError(
            "Kunci tidak dibuat", f"Jam laptop menunjuk tahun {now.year}.", "Betulkan jam laptop, lalu ulangi."
        )
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(holder.office)),
            x509.NameAttribute(NameOID.TITLE, _cut(holder.title)),
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(holder.name)),
            x509.NameAttribute(NameOID.USER_ID, holder.id),
        ]
    )
    use = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    since = now - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(use, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(Encoding.DER)


def holder(certificate: bytes) -> Holder:
    """Whom a certificate in DER names, long names cut. ValueError for one that `make` did not write."""
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
        parts = (NameOID.USER_ID, NameOID.COMMON_NAME, NameOID.TITLE, NameOID.ORGANIZATION_NAME)
        found = [[one.value for one in subject.get_attributes_for_oid(part)] for part in parts]
        (person,), (name,), (title,), (office,) = found
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError("sertifikat tidak dikenal") from error
    return Holder(f"{person!s}", f"{name!s}", f"{title!s}", f"{office!s}")


def holds_at(certificate: bytes, moment: datetime) -> bool:
    """Whether a moment lies in the time for which a certificate in DER was made."""
    made = x509.load_der_x509_certificate(certificate)
    return made.not_valid_before_utc <= moment <= made.not_valid_after_utc


def _cut(text: str) -> str:
    """What fits into one part of a name; no character is cut through."""
    return text.encode()[:_LONGEST_IN_NAME].decode(errors="ignore")


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in DER, 64 hex digits: what is read aloud, printed and trusted."""
    return hashlib.sha256(certificate).hexdigest()


def to_pem(certificate: bytes) -> bytes:
    """The file that openssl reads."""
    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)


def of_pem(data: bytes) -> bytes:
    """The DER of a certificate file. ValueError unless the file is exactly what `to_pem` writes."""
    try:
        certificate = x509.load_pem_x509_certificate(data)
        if certificate.public_bytes(Encoding.PEM) != data:
            raise ValueError("sertifikat bukan bentuk baku")
        return certificate.public_bytes(Encoding.DER)
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError("sertifikat tidak dikenal") from error
