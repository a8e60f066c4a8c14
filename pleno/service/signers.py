"""Who may sign here, and with which key."""

from __future__ import annotations

import base64
from typing import Final

from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.signers import ABOUT_SIGNING, Signer, SignerRole, SigningKey, keys_of
from pleno.domain.state import Kehadiran
from pleno.service.session import Session

_OFFICES: Final = {Role.KETUA: SignerRole.KETUA, Role.PPK: SignerRole.ANGGOTA}


def may_sign(session: Session) -> dict[str, tuple[str, SignerRole]]:
    """Id -> name and role of everybody who may sign: the PPK, ketua first, then saksi and Panwaslu by id."""
    officers = sorted(
        (one for one in session.config.officers if one.role in _OFFICES),
        key=lambda one: (one.role is not Role.KETUA, one.id),
    )
    guests = session.state.all(Kehadiran)
    return {
        **{one.id: (one.name, _OFFICES[one.role]) for one in officers},
        **{
            one.id: (one.name, SignerRole.PANWASLU if one.stands_for == "panwaslu" else SignerRole.SAKSI)
            for one in guests
            if one.is_guest
        },
    }


def require_signer(session: Session, person: str) -> tuple[str, SignerRole]:
    """Name and role of somebody who may sign. PlenoError for anybody else."""
    able = may_sign(session)
    if person not in able:
        raise PlenoError(
            "Bukan penanda tangan",
            f'"{person}" bukan ketua atau anggota PPK, dan tidak tercatat hadir.',
            f"Pakai salah satu: {', '.join(able)}; saksi dicatat dulu dengan `pleno hadir`.",
        )
    return able[person]


def current_keys(session: Session) -> dict[str, SigningKey]:
    """Id -> the key that counts now, of everybody who has one."""
    return {key.person: key for key in keys_of(session.store.entries_of(*ABOUT_SIGNING)).values()}


def signers(session: Session) -> tuple[Signer, ...]:
    """Everybody who may sign and has a key, numbered as their signature files will be.

    Each with the name and role that his certificate holds: verifiers ask for no other.
    """
    from pleno.signing import certificate  # `cryptography` is loaded only where somebody signs

    keys = current_keys(session)
    able = [keys[person] for person in may_sign(session) if person in keys]
    held = [(key, certificate.holder(base64.b64decode(key.certificate))) for key in able]
    return tuple(
        Signer(number, key.person, one.name, SignerRole(one.title), key.fingerprint)
        for number, (key, one) in enumerate(held, 1)
    )
