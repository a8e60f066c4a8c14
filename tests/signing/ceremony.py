"""A small kecamatan carried to a set that ketua and two members signed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from service.table import Table

from pleno.service import meeting, sealing, signing
from pleno.service.export import export
from pleno.service.session import Session
from pleno.service.setup import create_workspace

TPS = ("3101011001001", "3101011001002", "3101011002001", "3101011002901")
PROFILE = "pemilu2024-ppwp"
SIGNERS = ("ppk1", "ppk2", "ppk3")


class Ceremony(NamedTuple):
    """What lies on the table afterwards."""

    folder: Path
    """The workspace."""
    bundle: Path
    """Its signed set."""
    stick: Path
    """Where the key files are."""
    words: dict[str, str]
    """Passphrase of each signer."""
    fingerprints: dict[str, str]

    @property
    def trusted(self) -> list[str]:
        """The fingerprints on the paper of a saksi."""
        return list(self.fingerprints.values())

    def copied(self, to: Path) -> Path:
        """The set alone, away from its workspace."""
        return Path(shutil.copytree(self.bundle, to / self.bundle.name))


def workspace(folder: Path) -> Path:
    lines = ["kode_tps;desa;nomor", *(f"{code};;{int(code[-3:])}" for code in TPS)]
    (folder / "tps.csv").write_text("\n".join(lines) + "\n", "utf-8")
    choices = ["kontes,nomor,nama", *(f"{PROFILE},{n},PASLON {n}" for n in (1, 2, 3))]
    (folder / "pilihan.csv").write_text("\n".join(choices) + "\n", "utf-8")
    return create_workspace(folder / "kec", [PROFILE], "310101", folder / "tps.csv", folder / "pilihan.csv")


def settled(session: Session) -> Table:
    """Every TPS read aloud and sah."""
    table = Table(session).open()
    for n in range(len(table.codes)):
        table.reads(n)
    table.settles(*range(len(table.codes)))
    return table


def held(folder: Path, signed: bool = True) -> Ceremony:
    """Keys, reading, seal, export and signatures; `folder` is empty before."""
    made = workspace(folder)
    stick = folder / "stik"
    stick.mkdir()
    with Session.open(made) as session:
        table = settled(session)
        meeting.note_presence(session, "s1", "Ratna", "1", "01/SM", True, "op1")
        keys = {person: signing.create_key(session, person, stick, None) for person in (*SIGNERS, "s1")}
        sealing.seal(session, "0417", None)
        bundle = export(session, table.contest, False, None).folder
        if signed:
            for person in SIGNERS:
                signing.sign(session, bundle, stick, keys[person].passphrase, person)
    words = {person: key.passphrase for person, key in keys.items()}
    return Ceremony(made, bundle, stick, words, {person: key.fingerprint for person, key in keys.items()})
