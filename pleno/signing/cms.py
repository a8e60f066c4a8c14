"""A detached signature as CMS (RFC 5652): one signer, signed attributes, SHA-256, ECDSA P-256.

A signature of given bytes by a given certificate has one form only, so it is judged by writing that
form again and comparing: what is altered anywhere, in a second signer, another algorithm, a foreign
attribute, a trailing byte or a length in another form, differs.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from pleno.signing.certificate import PrivateKey
from pleno.signing.der import CONTEXT_0, OCTETS, SEQUENCE, SET, UTC_TIME, integer, value

_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
_SIGNING_TIME: Final = bytes.fromhex("06092a864886f70d010905")
_SHA256: Final = value(SEQUENCE, bytes.fromhex("0609608648016503040201"))
_ECDSA_SHA256: Final = value(SEQUENCE, bytes.fromhex("06082a8648ce3d040302"))
"""Object identifiers and, for the last two, the algorithm as it is named."""

_TIME_FORMAT: Final = "%y%m%d%H%M%SZ"
_TIME_SIZE: Final = 13
_DIGEST_SIZE: Final = len(value(SEQUENCE, _MESSAGE_DIGEST, value(SET, value(OCTETS, bytes(32)))))
_SIGNATURE_SIZES: Final = range(8, 73)
"""Bytes that r and s of P-256 take in DER."""


class BadSignature(ValueError):
    """Why a signature does not hold, in words."""


def sign(key: PrivateKey, certificate: bytes, data: bytes, now: datetime) -> bytes:
    """The detached signature of `data` in DER."""
    attributes = _attributes(data, now.astimezone(UTC).strftime(_TIME_FORMAT).encode())
    return _signed_data(certificate, attributes, key.sign(value(SET, attributes), ec.ECDSA(hashes.SHA256())))


def check(signature: bytes, certificate: bytes, data: bytes) -> datetime:
    """When, by the clock of then, the owner of `certificate` signed `data`.

    Raises BadSignature unless `signature` is exactly what `sign` writes and the curve agrees.
    """
    if hashlib.sha256(data).digest() not in signature:
        raise BadSignature("bukan tanda tangan atas SHA256SUMS ini")
    public = public_key(certificate)
    for size in _SIGNATURE_SIZES:
        if signature[-size - 2 : -size] != bytes([OCTETS, size]):
            continue
        curve = signature[-size:]
        end = len(signature) - size - 2 - len(_ECDSA_SHA256) - _DIGEST_SIZE
        time = signature[end - _TIME_SIZE : end]
        attributes = _attributes(data, time)
        if _signed_data(certificate, attributes, curve) == signature:
            try:
                if encode_dss_signature(*decode_dss_signature(curve)) != curve:
                    break
                public.verify(curve, value(SET, attributes), ec.ECDSA(hashes.SHA256()))
                return datetime.strptime(time.decode(), _TIME_FORMAT).replace(tzinfo=UTC)
            except (InvalidSignature, ValueError) as error:
                raise BadSignature("tanda tangan tidak cocok dengan sertifikatnya") from error
    raise BadSignature("bukan bentuk tanda tangan yang ditulis pleno")


def public_key(certificate: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a certificate in DER; BadSignature for any other."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except Exception as error:  # cryptography raises its own kinds for keys it does not know
        raise BadSignature("sertifikatnya tidak terbaca") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadSignature("kunci sertifikatnya bukan P-256")
    return key


def _attributes(data: bytes, time: bytes) -> bytes:
    """The content of the signed attributes, in the order that DER demands of a set."""
    return b"".join(
        (
            value(SEQUENCE, _CONTENT_TYPE, value(SET, _DATA)),
            value(SEQUENCE, _SIGNING_TIME, value(SET, value(UTC_TIME, time))),
            value(SEQUENCE, _MESSAGE_DIGEST, value(SET, value(OCTETS, hashlib.sha256(data).digest()))),
        )
    )


def _signed_data(certificate: bytes, attributes: bytes, curve: bytes) -> bytes:
    named = x509.load_der_x509_certificate(certificate)
    signer = value(
        SEQUENCE,
        integer(1),
        value(SEQUENCE, named.issuer.public_bytes(), integer(named.serial_number)),
        _SHA256,
        value(CONTEXT_0, attributes),
        _ECDSA_SHA256,
        value(OCTETS, curve),
    )
    content = value(
        SEQUENCE,
        integer(1),
        value(SET, _SHA256),
        value(SEQUENCE, _DATA),
        value(CONTEXT_0, certificate),
        value(SET, signer),
    )
    return value(SEQUENCE, _SIGNED_DATA, value(CONTEXT_0, content))
