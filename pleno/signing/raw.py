"""A signature as 64 bytes, r and s of ECDSA P-256 over SHA-256: what fits into a QR code (TRUST.md section 6)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from pleno.signing.certificate import PrivateKey
from pleno.signing.cms import BadSignature, public_key


def sign(key: PrivateKey, data: bytes) -> bytes:
    """The signature of `data`, 64 bytes."""
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def check(signature: bytes, certificate: bytes, data: bytes) -> None:
    """BadSignature unless the owner of `certificate` (DER) signed `data`."""
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        public_key(certificate).verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise BadSignature("tanda tangan tidak cocok dengan sertifikatnya") from error
