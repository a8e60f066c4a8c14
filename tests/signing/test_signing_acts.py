"""Who may sign what, with which key, and what the journal says of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from service.table import Table
from signing.ceremony import SIGNERS, Ceremony, held, settled, workspace
from signing.forgeries import own_key

from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.domain.signers import SignerRole, SigningRule, spoken_fingerprint
from pleno.domain.state import Sheet, SheetStatus
from pleno.service import meeting, sealing, settling, signing
from pleno.service.export import export
from pleno.service.revision import stamp_of
from pleno.service.session import Clock, Session
from pleno.service.signers import current_keys, signers
from pleno.service.verify import Outcome, verify
from pleno.signing import certificate, cms


@pytest.fixture(scope="module")
def unsigned_once(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    return held(tmp_path_factory.mktemp("belum"), signed=False)


@pytest.fixture
def unsigned(unsigned_once: Ceremony, tmp_path: Path) -> Ceremony:
    """A determined set that nobody signed yet, to sign."""
    folder = Path(shutil.copytree(unsigned_once.folder, tmp_path / "kec"))
    return unsigned_once._replace(folder=folder, bundle=folder / "data" / "ekspor" / unsigned_once.bundle.name)


@pytest.fixture
def session(unsigned: Ceremony) -> Iterator[Session]:
    with Session.open(unsigned.folder) as session:
        yield session


def sign(session: Session, one: Ceremony, person: str) -> signing.Signed:
    return signing.sign(session, one.bundle, one.stick, one.words[person], person)


def entries(session: Session, one: Ceremony) -> tuple[Entry, ...]:
    return signing.signing_state(session, one.bundle).entries


def status(session: Session) -> SheetStatus:
    return list(session.state.all(Sheet))[-1].status


@pytest.mark.parametrize(
    ("signed", "missing"),
    [
        ("", "1 ketua dan 2 anggota"),
        ("K", "2 anggota"),
        ("KA", "1 anggota"),
        ("AAAA", "1 ketua"),
        ("KAA", ""),
        ("AKAAAS", ""),
        ("SP", "1 ketua dan 2 anggota"),
    ],
)
def test_the_rule_counts_ketua_and_anggota_alone(signed: str, missing: str) -> None:
    roles = {"K": SignerRole.KETUA, "A": SignerRole.ANGGOTA, "S": SignerRole.SAKSI, "P": SignerRole.PANWASLU}
    assert SigningRule().missing(roles[one] for one in signed) == missing


def test_a_rule_of_nobody_still_needs_somebody() -> None:
    assert SigningRule(0, 0).missing([]) == "1 tanda tangan"
    assert SigningRule(0, 0).missing([SignerRole.SAKSI]) == ""


def test_the_third_signature_makes_the_set_ditandatangani(session: Session, unsigned: Ceremony) -> None:
    before = [sign(session, unsigned, person).missing for person in ("ppk2", "ppk1")]
    assert (before, status(session)) == (["1 ketua dan 1 anggota", "1 anggota"], SheetStatus.DITETAPKAN)
    last = sign(session, unsigned, "ppk3")
    assert (last.missing, last.signer.n, status(session)) == ("", 3, SheetStatus.DITANDATANGANI)
    told = [sentence(entry, session.names()) for entry in entries(session, unsigned)]
    assert told[-1] == "Ekspor 1 ditandatangani Anggota PPK 3 (berkas 3), syarat tanda tangan terpenuhi."
    session.close()
    assert verify(unsigned.folder).outcome is Outcome.UTUH
    assert verify(unsigned.bundle, workspace=unsigned.folder).outcome is Outcome.UTUH
    assert verify(unsigned.bundle).outcome is Outcome.EKOR, "a workspace around a set vouches for nobody"


def test_a_saksi_may_countersign_and_another_refuse(session: Session, unsigned: Ceremony) -> None:
    signed = sign(session, unsigned, "s1")
    assert (signed.signer.role, status(session)) == (SignerRole.SAKSI, SheetStatus.DITETAPKAN)
    state = signing.signing_state(session, unsigned.bundle)
    assert ([one.id for one in state.signed], [one.id for one in state.left]) == (["s1"], ["ppk1", "ppk2", "ppk3"])
    assert state.missing == "1 ketua dan 2 anggota"
    meeting.note_presence(session, "s2", "Budi", "2", "02/SM", True, "op1")
    before = sealing.tail(session)
    refused = signing.refuse_to_sign(session, unsigned.bundle, "s2", "salinan TPS 2 tidak dibuka di rapat")
    assert sentence(refused, session.names()) == (
        "Budi (saksi nomor 2) menolak menandatangani ekspor nomor 1: salinan TPS 2 tidak dibuka di rapat; "
        "dicatat Operator (operator)."
    )
    assert sealing.tail(session) == before + 1
    assert [entry.kind for entry in entries(session, unsigned)] == [Kind.EXPORT_SIGNED, Kind.SIGNING_REFUSED]


def test_refusing_needs_a_reason(session: Session, unsigned: Ceremony) -> None:
    with pytest.raises(PlenoError, match="perlu alasan tertulis"):
        signing.refuse_to_sign(session, unsigned.bundle, "ppk4", "tidak")


@pytest.mark.parametrize(
    ("person", "why"),
    [("op1", "bukan ketua atau anggota PPK"), ("siapa", "bukan ketua"), ("ppk4", "ppk4 belum punya kunci")],
)
def test_who_cannot_sign(session: Session, unsigned: Ceremony, person: str, why: str) -> None:
    with pytest.raises(PlenoError, match=why):
        signing.sign(session, unsigned.bundle, unsigned.stick, "a b c d e", person)
    assert entries(session, unsigned) == ()


def test_what_does_not_sign(session: Session, unsigned: Ceremony, tmp_path: Path) -> None:
    with pytest.raises(PlenoError, match="Sandi salah"):
        signing.sign(session, unsigned.bundle, unsigned.stick, unsigned.words["ppk2"], "ppk1")
    with pytest.raises(PlenoError, match=r"ppk2\.kunci bukan berkas kunci ppk1"):
        signing.sign(session, unsigned.bundle, unsigned.stick / "ppk2.kunci", unsigned.words["ppk2"], "ppk1")
    with pytest.raises(PlenoError, match="bukan berkas kunci"):
        signing.sign(session, unsigned.bundle, tmp_path, "a", "ppk1")
    sign(session, unsigned, "ppk1")
    with pytest.raises(PlenoError, match="sudah menandatangani"):
        sign(session, unsigned, "ppk1")
    (unsigned.bundle / "BACA-SAYA.txt").write_bytes(b"lain")
    with pytest.raises(PlenoError, match=r"BACA-SAYA.txt BERUBAH"):
        sign(session, unsigned, "ppk2")
    (unsigned.bundle / "manifest.json").write_bytes(b"{}\n")
    with pytest.raises(PlenoError, match="bukan yang dicatat jejak"):
        sign(session, unsigned, "ppk2")
    with pytest.raises(PlenoError, match="tidak ada"):
        signing.sign(session, tmp_path, unsigned.stick, "a", "ppk2")
    assert len(session.store.entries_of(Kind.EXPORT_SIGNED)) == 1


def test_a_draft_and_a_voided_set_are_not_signed(session: Session, unsigned: Ceremony) -> None:
    draft = export(session, session.contest(None), True, None).folder
    with pytest.raises(PlenoError, match="Set KONSEP tidak ditandatangani"):
        signing.sign(session, draft, unsigned.stick, unsigned.words["ppk1"], "ppk1")
    settling.reopen(
        session, next(iter(session.roster.values())), session.contest(None), "saksi minta dibaca ulang", "op1"
    )
    with pytest.raises(PlenoError, match="Set BATAL tidak ditandatangani"):
        sign(session, unsigned, "ppk1")


def test_an_adjourned_meeting_signs_nothing(session: Session, unsigned: Ceremony) -> None:
    meeting.suspend(session, "ppk1", "istirahat")
    with pytest.raises(PlenoError, match="Belum waktunya"):
        sign(session, unsigned, "ppk1")
    meeting.resume(session, "ppk1", "lanjut")
    meeting.close_meeting(session, "ppk1", "selesai")
    assert sign(session, unsigned, "ppk1").missing == "2 anggota"


def test_a_full_disk_leaves_no_signature_that_no_entry_tells_of(
    session: Session, unsigned: Ceremony, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise PlenoError("TIDAK TERSIMPAN", "Disk penuh.", "")

    monkeypatch.setattr(session, "commit", full)
    with pytest.raises(PlenoError, match="TIDAK TERSIMPAN"):
        sign(session, unsigned, "ppk1")
    assert not (unsigned.bundle / "SHA256SUMS.1.p7s").exists()
    with pytest.raises(PlenoError, match="TIDAK TERSIMPAN"):
        signing.create_key(session, "ppk4", unsigned.stick, None)
    assert not (unsigned.stick / "ppk4.kunci").exists()


@pytest.mark.parametrize("written", [("sertifikat/1.crt",), ("sertifikat/1.crt", "SHA256SUMS.1.p7s")])
def test_who_was_cut_off_while_signing_signs_again(
    session: Session, unsigned: Ceremony, written: tuple[str, ...]
) -> None:
    """A kill leaves files that no entry tells of: one of them, or both."""
    key, sums = own_key(unsigned, "ppk1"), (unsigned.bundle / "SHA256SUMS").read_bytes()
    left = {
        "sertifikat/1.crt": certificate.to_pem(key.certificate),
        "SHA256SUMS.1.p7s": cms.sign(key.key, key.certificate, sums, session.now()),
    }
    (unsigned.bundle / "sertifikat").mkdir()
    for name in written:
        (unsigned.bundle / name).write_bytes(left[name])
    assert signing.signing_state(session, unsigned.bundle).signed == ()
    assert sign(session, unsigned, "ppk2").missing == "1 ketua dan 1 anggota"
    assert sign(session, unsigned, "ppk1").missing == "1 anggota"
    signed = [entry.data["id"] for entry in entries(session, unsigned)]
    assert signed == ["ppk2", "ppk1"]


def test_a_copy_on_a_stick_gets_every_signature(session: Session, unsigned: Ceremony, tmp_path: Path) -> None:
    sign(session, unsigned, "ppk1")
    copy = Path(shutil.copytree(unsigned.bundle, tmp_path / "stik" / unsigned.bundle.name))
    shutil.rmtree(copy / "sertifikat")
    (copy / "SHA256SUMS.1.p7s").unlink()
    signing.sign(session, copy, unsigned.stick, unsigned.words["ppk2"], "ppk2")
    sign(session, unsigned, "ppk3")
    signing_files = {path.name for path in copy.rglob("*.p7s")} | {path.name for path in copy.rglob("*.crt")}
    assert signing_files == {"SHA256SUMS.1.p7s", "SHA256SUMS.2.p7s", "1.crt", "2.crt"}
    assert verify(copy, unsigned.trusted).outcome is Outcome.EKOR


# --- keys ----------------------------------------------------------------------------------


def test_a_lost_key_is_replaced_and_old_signatures_stay(session: Session, unsigned: Ceremony, tmp_path: Path) -> None:
    for person in ("ppk1", "ppk2", "ppk3"):
        sign(session, unsigned, person)
    old = current_keys(session)["ppk2"]
    with pytest.raises(PlenoError, match="tercatat sebagai operator"):
        signing.rotate_key(session, "ppk2", tmp_path, "stik hilang di perjalanan", "op1")
    place = tmp_path / "stik-baru"
    place.mkdir()
    new = signing.rotate_key(session, "ppk2", place, "stik hilang di perjalanan", "ppk1")
    assert current_keys(session)["ppk2"].fingerprint == new.fingerprint != old.fingerprint
    told = sentence(new.entry, session.names())
    assert "diganti" in told
    assert spoken_fingerprint(old.fingerprint) in told
    assert verify_closed(session, unsigned) is Outcome.EKOR  # the new key is not sealed yet
    with pytest.raises(PlenoError, match="sesudah set ini ditulis"), Session.open(unsigned.folder) as again:
        signing.sign(again, unsigned.bundle, place, new.passphrase, "ppk2")


@pytest.mark.parametrize("year", [1970, 2045])
def test_a_clock_that_jumped_while_signing_is_a_note_and_no_fault(unsigned: Ceremony, year: int) -> None:
    """K03: the time that a certificate holds is told, never judged."""
    with Session.open(unsigned.folder, Clock(lambda: datetime(year, 1, 2, tzinfo=UTC))) as session:
        for person in SIGNERS:
            sign(session, unsigned, person)
    found = verify(unsigned.bundle, unsigned.trusted)
    told = [check.message for check in found.checks if f"dibuat {year}-01-02" in check.message]
    assert ["di luar masa berlaku sertifikat" in message for message in told] == [True] * 3
    assert found.outcome is Outcome.UTUH


def test_the_file_of_a_replaced_key_signs_no_longer(session: Session, unsigned: Ceremony, tmp_path: Path) -> None:
    (tmp_path / "baru").mkdir()
    new = signing.rotate_key(session, "ppk2", tmp_path / "baru", "stik hilang di perjalanan", "ppk1")
    sealing.seal(session, "0418", None)
    again = unsigned._replace(bundle=export(session, session.contest(None), False, None).folder)
    with pytest.raises(PlenoError, match=r"stik bukan kunci Anggota PPK 2 yang tercatat"):
        sign(session, again, "ppk2")
    assert signing.sign(session, again.bundle, new.path, new.passphrase, "ppk2").missing == "1 ketua dan 1 anggota"


def verify_closed(session: Session, one: Ceremony) -> Outcome:
    session.close()
    found = verify(one.folder)
    assert [check.message for check in found.checks if not check.ok] == []
    return found.outcome


def test_where_a_key_goes(tmp_path: Path) -> None:
    with Session.open(workspace(tmp_path)) as session:
        with pytest.raises(PlenoError, match="di dalam ruang kerja"):
            signing.create_key(session, "ppk1", session.folder / "data", None)
        with pytest.raises(PlenoError, match="bukan folder"):
            signing.create_key(session, "ppk1", tmp_path / "tidak-ada", None)
        stick = tmp_path / "stik"
        stick.mkdir()
        (stick / "ppk1.kunci").write_bytes(b"milik orang")
        with pytest.raises(PlenoError, match="sudah ada"):
            signing.create_key(session, "ppk1", stick, None)
        assert (stick / "ppk1.kunci").read_bytes() == b"milik orang"
        made = signing.create_key(session, "ppk2", stick, None)
        if os.name != "nt":
            assert made.path.stat().st_mode & 0o077 == 0
        with pytest.raises(PlenoError, match="Sudah punya kunci"):
            signing.create_key(session, "ppk2", stick, None)
        with pytest.raises(PlenoError, match="belum pernah punya kunci"):
            signing.rotate_key(session, "ppk3", stick, "sandi di amplop hilang", "ppk1")
        assert [(one.n, one.id) for one in signers(session)] == [(1, "ppk2")]
    journal = (tmp_path / "kec" / "data" / "pleno.db").read_bytes()
    assert made.passphrase.encode() not in journal


def test_a_key_made_after_the_seal_asks_for_another_seal(tmp_path: Path) -> None:
    with Session.open(workspace(tmp_path)) as session:
        table: Table = settled(session)
        sealing.seal(session, "0417", None)
        stick = tmp_path / "stik"
        stick.mkdir()
        signing.create_key(session, "ppk1", stick, None)
        with pytest.raises(PlenoError, match="1 entri sesudah segel terakhir"):
            export(session, table.contest, False, None)


def test_the_cover_of_the_set_names_every_fingerprint_and_the_signed_page_its_seal(ceremony: Ceremony) -> None:
    book = load_workbook(next(ceremony.bundle.glob("*.xlsx")), read_only=True)
    said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    for digits in ceremony.trusted:
        assert any(line.endswith(f": {spoken_fingerprint(digits)}") for line in said)
    seal = json.loads((ceremony.bundle / "manifest.json").read_text("utf-8"))["seal"]
    assert f"Sidik segel: {spoken_fingerprint(seal['head'])}" in said


def test_every_sheet_of_the_workbook_carries_the_newest_seal_below_its_pages(ceremony: Ceremony) -> None:
    seal = json.loads((ceremony.bundle / "manifest.json").read_text("utf-8"))["seal"]
    line = f"  SEGEL 01  #{seal['seq']}  saksi 0417  {seal['words']}"
    feet = [sheet.oddFooter.left.text for sheet in load_workbook(next(ceremony.bundle.glob("*.xlsx")))]
    assert feet
    assert all(foot.endswith(line) and stamp_of([foot]) is not None for foot in feet)
