"""A new workspace: pleno.toml, the database with its genesis, and the master data."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pleno.domain.chain import canonical
from pleno.domain.contest import Choice, Profile, check_choices
from pleno.domain.entry import Actor, Kind, Role
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.state import Desa, Person, Tps
from pleno.exporters.atomic import make_folder, sync_folder, write_bytes
from pleno.importers.choices import read_choices
from pleno.importers.limits import BadCell, clean_text
from pleno.importers.place import FILE_NAME
from pleno.importers.regions import region_names
from pleno.importers.roster import read_roster
from pleno.importers.toml_syntax import read_toml
from pleno.importers.workspace import Config, Mode, render_config
from pleno.service import machine
from pleno.service.forms import forms_named
from pleno.service.laptop import device_id
from pleno.service.opening import forms_of
from pleno.service.session import Clock, Session, database_path
from pleno.service.setting_rules import initial
from pleno.store import Occupant, Store

_WITA: Final = frozenset(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"])
_WIT: Final = frozenset(["81", "82", "91", "92", "93", "94", "95", "96", "97"])


def create_workspace(
    folder: Path,
    profiles: Sequence[str],
    kecamatan: str,
    roster: Path,
    choices: Path,
    practice: bool = False,
    place: str = "",
) -> Path:
    """Make a workspace for a kecamatan from its TPS list and its choices (`pleno siapkan`).

    Everything is checked before anything is written. A profile is an id, or a file of the office (`.toml`), which is
    copied beside pleno.toml; `place` is where the pleno is held. The people in the new pleno.toml are placeholders for
    the office to fill in. PlenoError
    when something is wrong or the folder is in use.
    """
    loaded, own = forms_named(profiles)
    region = region_names(kecamatan)
    desa, tps = read_roster(roster, kecamatan)
    require_contests(loaded, tps)
    config = Config(
        mode=Mode.LATIHAN if practice else Mode.RESMI,
        kontes=tuple(loaded),
        zona=_zone(kecamatan),
        provinsi=region.provinsi,
        kabkota=region.kabkota,
        kecamatan=region.kecamatan,
        kode=kecamatan,
        officers=_placeholders(),
        tempat=_said_place(place),
    )
    checked = checked_choices(loaded, choices)
    return build(folder, render_config(config), config, desa, tps, checked, forms=own)


def require_contests(profiles: Mapping[str, Profile], every: Sequence[Tps]) -> None:
    """A TPS of no contest of this workspace would be in no total, and nobody would see it."""
    foreign = [f"TPS {tps.code}: {', '.join(names)}" for tps in every if (names := set(tps.contests) - profiles.keys())]
    if foreign:
        more = f"; dan {len(foreign) - 5} lagi" if len(foreign) > 5 else ""
        raise PlenoError(
            "Daftar TPS ditolak",
            f"Kolom kontes menyebut yang bukan kontes ruang kerja ini: {'; '.join(foreign[:5])}{more}.",
            f"Pakai {' atau '.join(profiles)}, atau kosongkan untuk semua.",
        )


def _said_place(text: str) -> str:
    try:
        return clean_text(text, "tempat")
    except BadCell as bad:
        raise PlenoError("Tempat ditolak", f"--tempat {bad.message}", 'Misalnya --tempat "Aula Kecamatan".') from None


def _zone(kecamatan: str) -> str:
    province = kecamatan[:2]
    if province in _WIT:
        return "Asia/Jayapura"
    return "Asia/Makassar" if province in _WITA else "Asia/Jakarta"


def _placeholders() -> tuple[Person, ...]:
    members = [Person(f"ppk{n}", f"Anggota PPK {n}", Role.PPK) for n in range(2, 6)]
    return (Person("ppk1", "Ketua PPK", Role.KETUA), *members, Person("op1", "Operator", Role.OPERATOR))


def checked_choices(profiles: Mapping[str, Profile], path: Path) -> dict[str, tuple[Choice, ...]]:
    """The choices of each contest from their list. PlenoError names every wrong line at once."""
    found = read_choices(path, profiles)
    return {name: check_choices(profile, found.get(name, ())) for name, profile in profiles.items()}


def build(
    folder: Path,
    toml: str,
    config: Config,
    desa: Sequence[Desa],
    tps: Sequence[Tps],
    choices: Mapping[str, Sequence[Choice]],
    clock: Clock | None = None,
    forms: Sequence[Path] = (),
) -> Path:
    """Write a workspace beside its final place and move it there whole, so that a crash leaves nothing half.

    `forms` are copied beside pleno.toml.
    """
    folder = require_free(folder)
    if config.mode is Mode.RESMI:
        _require_own_disk(folder)
    make_folder(folder.parent)
    scratch = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        (scratch / "data").mkdir(parents=True, mode=0o700)
        for form in forms:
            write_bytes(scratch / form.name, read_toml(form).encode())
        _fill(scratch, toml, config, desa, tps, choices, clock or Clock())
        if folder.exists():
            folder.rmdir()
        scratch.replace(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise PlenoError(
            "Ruang kerja tidak dapat dibuat", f"{folder}: {os_words(error)}.", "Periksa izin dan ruang disk."
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _require_own_disk(folder: Path) -> None:
    nearest = next(one for one in folder.parents if one.exists())
    message, _move = machine.refused(nearest)
    if message:
        raise PlenoError("Tempat ditolak", f"{folder}: {message}", "Pilih folder di disk laptop sendiri.")


def require_free(folder: Path) -> Path:
    """Where a new workspace may lie, absolute. PlenoError when something is there already."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100  # Path.resolve would follow a link to elsewhere
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise PlenoError(
            "Folder sudah terisi", f"{place.name} sudah ada dan tidak kosong.", "Pilih nama folder yang baru."
        )
    return place


def _fill(
    scratch: Path,
    toml: str,
    config: Config,
    desa: Sequence[Desa],
    tps: Sequence[Tps],
    choices: Mapping[str, Sequence[Choice]],
    clock: Clock,
) -> None:
    write_bytes(scratch / FILE_NAME, toml.encode())
    roster = [[t.code, t.desa, t.number, t.kind, t.dpt_l, t.dpt_p, t.dpt_j, list(t.contests)] for t in tps]
    database = database_path(scratch, config)
    database.parent.mkdir(parents=True, exist_ok=True)
    genesis = canonical(
        {
            "kecamatan": config.kode,
            "contests": list(config.kontes),
            "mode": config.mode.value,
            "roster_sha256": hashlib.sha256(canonical(roster).encode()).hexdigest(),
            "device": device_id(),
            "created": clock.now().isoformat(timespec="seconds"),
            "nonce": secrets.token_hex(16),
        }
    )
    Store.create(database, genesis, Occupant("siapkan", os.getpid(), clock.now().isoformat(timespec="seconds"))).close()
    with Session.open(scratch, clock) as session:
        first = config.officers[0]
        data = {
            "kode": config.kode,
            "nama": {"provinsi": config.provinsi, "kabkota": config.kabkota, "kecamatan": config.kecamatan},
            "mode": config.mode.value,
            "desa": [[one.code, one.name] for one in desa],
            "tps": roster,
            "pilihan": [
                [contest, c.number, c.name, c.sirekap_id, c.is_kolom_kosong, c.partai]
                for contest, cs in choices.items()
                for c in cs
            ],
            "profil": dict(forms_of(session)),
            "setelan": initial(config),
        }
        session.commit(session.entry(Kind.WORKSPACE_CREATED, Actor(first.id, first.role), data=data))
