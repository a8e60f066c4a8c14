"""Whom a certificate names, and that nobody counts as somebody else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from signing.ceremony import settled, workspace

from pleno.domain.errors import PlenoError
from pleno.domain.signers import SignerRole
from pleno.service import sealing, signing
from pleno.service.export import export
from pleno.service.session import Session
from pleno.service.signers import signers
from pleno.service.verify import Outcome, verify
from pleno.signing import certificate, periksa_pleno
from pleno.signing.certificate import Holder

NOW = datetime(2024, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "Siti Aminah",
        "José Édouard",
        "é" * 40,
        "x" * 100,
        "😀" * 20,
        "A, O = KPU + CN=B/CN=C",
        "[red]x[/red]",
        "a\u202eb",
    ],
)
def test_a_certificate_tells_whom_it_names(name: str) -> None:
    _key, made = certificate.make(Holder("ppk1", name, "ketua", f"PPK {name}"), NOW)
    held = certificate.holder(made)
    assert (held.id, held.title) == ("ppk1", "ketua")
    assert name.startswith(held.name)
    assert len(held.name.encode()) in range(min(61, len(name.encode())), 65)
    assert periksa_pleno.holder(made) == {"id": held.id, "name": held.name, "role": held.title}


@pytest.mark.parametrize("year", [1940, 1950, 9990])
def test_a_clock_no_certificate_can_name_is_refused(year: int) -> None:
    with pytest.raises(PlenoError, match=f"menunjuk tahun {year}"):
        certificate.make(Holder("ppk1", "A", "ketua", "PPK B"), NOW.replace(year=year))


def test_who_becomes_ketua_signs_as_one_with_a_new_key_only(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    with Session.open(folder) as session:
        settled(session)
        old = signing.create_key(session, "ppk2", tmp_path, None)
    config = folder / "pleno.toml"
    text = config.read_text("utf-8").replace('jabatan = "ketua"', 'jabatan = "anggota"')
    at = text.index('jabatan = "anggota"', text.index('id = "ppk2"'))
    config.write_text(text[:at] + text[at:].replace('jabatan = "anggota"', 'jabatan = "ketua"', 1), "utf-8")
    Path(old.path).unlink()
    with Session.open(folder) as session:
        assert [one.role for one in signers(session)] == [SignerRole.ANGGOTA]
        signing.rotate_key(session, "ppk2", tmp_path, "sekarang ketua, menggantikan", "ppk2")
        assert [(one.id, one.role) for one in signers(session)] == [("ppk2", SignerRole.KETUA)]


def test_a_rule_below_the_usual_one_counts_at_its_own_workspace_alone(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    config = folder / "pleno.toml"
    config.write_text(config.read_text("utf-8").replace("anggota = 2 }", "anggota = 0 }"), "utf-8")
    with Session.open(folder) as session:
        table = settled(session)
        key = signing.create_key(session, "ppk1", tmp_path, None)
        sealing.seal(session, "0417", None)
        bundle = export(session, table.contest, False, None).folder
        assert not signing.sign(session, bundle, tmp_path, key.passphrase, "ppk1").missing
    assert verify(bundle, (), folder).outcome is Outcome.UTUH
    found = verify(bundle, (key.fingerprint,))
    assert found.outcome is Outcome.EKOR
    assert (
        found.checks[-1].message == "masih kurang 2 anggota yang dikenal; set ini hanya meminta 1 ketua dan 0 anggota"
    )
    assert periksa_pleno.main([str(bundle), key.fingerprint]) == periksa_pleno.UNSIGNED
