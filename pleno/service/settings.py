"""The settings of a workspace: what is in force and since when, and changing one by an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pleno.domain.entry import Entry, Kind, Role
from pleno.domain.errors import PlenoError
from pleno.domain.setting import Setting
from pleno.domain.state import Person, PlenoState
from pleno.service import notes
from pleno.service.pins import Verified, require_pin
from pleno.service.session import Session
from pleno.service.setting_rules import RULES, checked, in_force, rule_of, said

_FILE = "pleno.toml"


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting in force."""

    name: str
    """As in pleno.toml with its table; of several values the table alone."""
    label: str
    value: str
    origin: str
    """Where it comes from, in words."""
    who: str = ""
    """Who may change it here; empty where only pleno.toml does."""


def ketua_of(session: Session) -> Person:
    """The ketua, as pleno.toml names one."""
    return next(one for one in session.config.officers if one.role is Role.KETUA)


def settings(session: Session) -> list[SettingLine]:
    """Every setting: first those that an entry may change, then those that pleno.toml alone gives."""
    return [*_changeable(session), *_fixed(session)]


def _changeable(session: Session) -> Iterator[SettingLine]:
    for rule in RULES:
        known, file = session.state.get(Setting, rule.name), said(rule, session.proposed)
        now = said(rule, session.config)
        origin = f"{_FILE}, entri {known.seq}" if known else _FILE
        if known is not None and known.value != known.proposed:
            origin = f"entri {known.seq}"
        if file != now:
            origin += f"; {_FILE} menulis {file}"
        elif known is not None and known.value != now:
            origin = f"{_FILE}, dicatat pada tindakan berikut"
        yield SettingLine(rule.name, rule.label, now, origin, "ketua" if rule.of_ketua else "petugas")


def _fixed(session: Session) -> Iterator[SettingLine]:
    config = session.proposed
    limits = [
        f"{rule} {name} {number}" for rule, names in config.ambang.limits.items() for name, number in names.items()
    ]
    for name, label, value in (
        ("mode", "mode", config.mode.value),
        ("kontes", "kontes dan urutan pembacaan", ", ".join(config.kontes)),
        ("zona", "zona waktu", config.zona),
        ("wilayah", "wilayah", f"{config.kode} {config.kecamatan}, {config.kabkota}, {config.provinsi}"),
        ("petugas", "petugas", ", ".join(f"{one.id} {one.name}" for one in config.officers)),
        ("simpan.database", "basis data", config.database),
        ("simpan.cadangan", "folder salinan", ", ".join(config.cadangan) or "tidak ada"),
        ("isian.tanpa", "baris tanpa angka terbitan", ", ".join(config.tanpa) or "tidak ada"),
        ("ambang", "ambang aturan", "; ".join((*limits, config.ambang.reason)) if limits else "menurut profil"),
        ("tombol", "tombol", ", ".join(f"{act} = {key}" for act, key in config.tombol.items()) or "bawaan"),
    ):
        yield SettingLine(name, label, value, _FILE)


def change(
    session: Session, name: str, value: str, by: str | None, note: str = "", proof: Verified | None = None
) -> Entry:
    """Make another value of a setting count from now on.

    Settings of the ketua take the ketua, with the PIN of whoever has one, and a reason. PlenoError for an unknown
    setting or value, one that is in force already, and where the meeting does not allow it.
    """
    rule, actor = rule_of(name), None
    new = checked(rule, value)
    if rule.of_ketua:
        actor = session.actor(by or ketua_of(session).id, Role.KETUA)
        note = notes.reason(note, "Mengubah setelan ketua")
        require_pin(session, actor.id, proof)
    else:
        actor, note = session.actor(by), notes.note(note, "Alasan")
    if not rule.always:
        session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    before = said(rule, session.config)
    if new == before:
        raise PlenoError("Tidak berubah", f"{rule.label} sudah {new}.", "Tidak ada yang dicatat.")
    data = {"setelan": {name: [before, new]}} | ({"pin": True} if proof is not None else {})
    entry = session.entry(Kind.SETTING_CHANGED, actor, note=note or None, data=data)
    written = session.commit(entry)[0]
    session.config = in_force(session.proposed, session.state)
    return written
