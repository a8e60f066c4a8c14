"""Who may sign here, and with which key."""

from __future__ import annotations

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
    """Everybody who may sign and has a key, numbered as their signature files will be."""
    keys = current_keys(session)
    able = [(person, *named) for person, named in may_sign(session).items() if person in keys]
    return tuple(
        Signer(number, person, name, role, keys[person].fingerprint)
        for number, (person, name, role) in enumerate(able, 1)
    )
