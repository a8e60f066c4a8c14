"""The key file of one signer: the private key wrapped by scrypt and AES-GCM (TRUST.md section 6, K01)."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from pleno.domain.chain import Json, canonical, parse_canonical
from pleno.domain.errors import PlenoError
from pleno.signing.certificate import PrivateKey

SUFFIX: Final = ".kunci"
LARGEST: Final = 16_384
"""Bytes of a key file."""

_FORMAT: Final = "pleno-kunci/1"
_KDF: Final[dict[str, Json]] = {"kdf": "scrypt", "n": 131_072, "r": 8, "p": 1}
"""Other parameters are refused: a file may not choose how much memory it takes."""
_SCRYPT_MEMORY: Final = 256 * 2**20


class KeyFile(NamedTuple):
    """An opened key file."""

    id: str
    certificate: bytes
    """DER."""
    key: PrivateKey


def lock(person: str, name: str, certificate: bytes, key: PrivateKey, passphrase: str) -> bytes:
    """The key file of a person; only the passphrase opens it."""
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {
        "format": _FORMAT, "id": person, "name": name, "cert": _text(certificate), **_KDF,
        "salt": _text(salt), "nonce": _text(nonce),
    }  # fmt: skip
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    wrapped = AESGCM(_wrapping_key(passphrase, salt)).encrypt(nonce, secret, canonical(head).encode())
    return f"{canonical({**head, 'key': _text(wrapped)})}\n".encode()


def unlock(data: bytes, passphrase: str) -> KeyFile:
    """Open a key file.

    Raises PlenoError in the same words for a wrong passphrase and for a damaged file: which of the two
    it is cannot be told.
    """
    try:
        if len(data) > LARGEST:
            raise ValueError("terlalu besar")
        head = parse_canonical(data.decode().removesuffix("\n"))
        wrapped = base64.b64decode(head.pop("key"), validate=True)
        if head["format"] != _FORMAT or any(head[name] != due for name, due in _KDF.items()):
            raise ValueError("bentuk lain")
        salt, nonce, certificate = (base64.b64decode(head[name], validate=True) for name in ("salt", "nonce", "cert"))
        secret = AESGCM(_wrapping_key(passphrase, salt)).decrypt(nonce, wrapped, canonical(head).encode())
        key = load_der_private_key(secret, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("bukan P-256")
        return KeyFile(head["id"], certificate, key)
    except (PlenoError, ValueError, KeyError, TypeError, AttributeError, InvalidTag) as error:
        raise PlenoError(
            "Kunci tidak terbuka",
            "Sandi salah atau berkas kunci rusak.",
            "Ketik ulang kelima kata dari amplopnya; bila hilang, ganti kuncinya dengan `pleno kunci ganti`.",
        ) from error


def owner(data: bytes) -> str | None:
    """Whose key file this says it is, before anybody typed a passphrase; None where it does not tell."""
    try:
        told = parse_canonical(data.decode().removesuffix("\n"))["id"]
    except (PlenoError, ValueError, KeyError, TypeError):
        return None
    return told if isinstance(told, str) else None


def _wrapping_key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=_KDF["n"], r=_KDF["r"], p=_KDF["p"], maxmem=_SCRYPT_MEMORY, dklen=32
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
