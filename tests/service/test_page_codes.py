"""The codes of a set that the ketua signed: from the picture of the page back to his key."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli.driver import pleno
from exporters.prints import needs_poppler, qr_texts
from hypothesis import given
from hypothesis import strategies as st
from signing.ceremony import Ceremony, held

from pleno.domain.errors import PlenoError
from pleno.exporters.pdf_qr import TAG, base45, from_base45, qr_text, read_qr, signed_bytes
from pleno.service import sealing, signing
from pleno.service.export import export
from pleno.service.page_codes import page_sign, verify_code
from pleno.service.session import Session
from pleno.service.verify import Outcome
from pleno.signing import certificate, raw

pytestmark = needs_poppler


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    return held(tmp_path_factory.mktemp("kode"), signed=False)


@pytest.fixture(scope="module")
def signed(table: Ceremony) -> Path:
    """The set whose codes are signed, by command."""
    typed = f"{table.words['ppk1']}\n"
    told = pleno("ekspor", "--kunci", table.stick, "--pin-stdin", "--json", "--folder", table.folder, typed=typed)
    assert told.code == 0, told.err
    assert told.json["kode_halaman_bertanda_tangan"] is True
    (made,) = (table.folder / "data" / "ekspor").glob("02-*")
    return made


@pytest.fixture(scope="module")
def code(signed: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the picture of the sheet of the kecamatan says."""
    pdf = next(signed.glob("D.HASIL*.pdf")).read_bytes()
    found = [text for (text,) in qr_texts(pdf, tmp_path_factory.mktemp("gambar"), range(1, 7))]
    assert all(len(read_qr(text)[1]) == 64 for text in found)
    return next(text for text in found if read_qr(text)[0].sheet == "KECAMATAN")


def test_a_scanned_code_leads_to_the_ketua(table: Ceremony, signed: Path, code: str, tmp_path: Path) -> None:
    told = pleno("verifikasi", "--qr", code, signed, "--folder", table.folder)
    assert told.code == 0, told.out
    assert "kecamatan 310101, pemilu2024-ppwp, lembar KECAMATAN, halaman 3 dari" in told.out
    assert "sidik di kode sama dengan angka.json" in told.out
    assert f"ditandatangani Ketua PPK (ketua); dikenal dari jejak ruang kerja {table.folder}" in told.out
    file = tmp_path / "kode.txt"
    file.write_text(f"{code}\n", "ascii")
    away = tmp_path / "kosong"
    away.mkdir()
    outside = ("verifikasi", "--qr", file, signed, "--folder", away)
    assert (told := pleno(*outside)).code == 3, told.out
    assert "yang belum dikenal" in told.out
    assert pleno(*outside, "--sidik", table.fingerprints["ppk1"]).code == 0
    assert pleno(*outside, "--sidik", table.fingerprints["ppk2"]).code == 3
    assert pleno("verifikasi", "--qr", file, "--folder", away).code == 3


def test_the_first_set_has_another_hash_only_where_its_figures_differ(
    table: Ceremony, code: str, tmp_path: Path
) -> None:
    other = table.copied(tmp_path)
    (other / "data" / "angka.json").write_bytes(b"{}")
    found = verify_code(code, other, (), table.folder)
    assert found.outcome is Outcome.RUSAK
    assert [one.name for one in found.checks if not one.ok] == ["sidik"]


def test_every_flipped_byte_is_refused(table: Ceremony, signed: Path, code: str) -> None:
    data = from_base45(code.removeprefix(TAG))
    for place in range(len(data)):
        spoiled = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        found = verify_code(TAG + base45(spoiled), signed, table.trusted)
        assert found.outcome is Outcome.RUSAK, place


def test_a_code_without_a_signature_says_so(table: Ceremony, code: str) -> None:
    found = verify_code(qr_text(read_qr(code)[0]), None, (), table.folder)
    assert found.outcome is Outcome.EKOR
    assert "siapa pun dapat membuatnya" in found.checks[-1].message


def test_another_who_calls_himself_ketua_is_not_believed(table: Ceremony, code: str, tmp_path: Path) -> None:
    page, _ = read_qr(code)
    key, own = certificate.make(certificate.Holder("ppk1", "Ketua PPK", "ketua", "PPK"), datetime.now(UTC))
    lie = page._replace(totals=[9, *page.totals[1:]])
    forged = qr_text(lie, raw.sign(key, signed_bytes(lie)))
    file = tmp_path / "1.crt"
    file.write_bytes(certificate.to_pem(own))
    assert verify_code(forged, file, (), table.folder).outcome is Outcome.RUSAK
    assert verify_code(forged, file, table.trusted).outcome is Outcome.EKOR, "nobody vouches for this certificate"
    assert verify_code(code, file, table.trusted).outcome is Outcome.RUSAK
    assert verify_code(code, None, table.trusted).outcome is Outcome.EKOR, "no certificate is at hand"


@given(st.text(max_size=60) | st.binary(max_size=90).map(lambda data: TAG + base45(b"\1" + data)))
def test_hostile_text_is_refused_in_words(text: str) -> None:
    with suppress(PlenoError):
        assert verify_code(text).outcome is not Outcome.UTUH


def test_only_the_key_of_the_ketua_signs_and_nothing_is_written_before(
    table: Ceremony, signed: Path, tmp_path: Path
) -> None:
    sets = sorted((table.folder / "data" / "ekspor").iterdir())
    where = ("--folder", table.folder, "--pin-stdin")
    wrong = "satu dua tiga empat lima\n"
    own = f"{table.words['ppk2']}\n"
    for words, typed, said in (
        (("--kunci", table.stick), wrong, "Sandi salah"),
        (("--kunci", table.stick / "ppk2.kunci"), own, "bukan berkas kunci ppk1"),
        (("--kunci", table.stick / "tiada.kunci"), own, "bukan berkas kunci"),
        (("--kunci", table.stick, "--konsep"), f"{table.words['ppk1']}\n", "KONSEP"),
    ):
        told = pleno("ekspor", *words, *where, typed=typed)
        assert told.code == 2, told.out
        assert said in told.err
    assert sorted((table.folder / "data" / "ekspor").iterdir()) == sets


def test_a_draft_is_never_signed(table: Ceremony, signed: Path, tmp_path: Path) -> None:
    with Session.open(table.folder) as session:
        draft = export(session, session.contest(None), True, None).folder
        with pytest.raises(PlenoError, match="KONSEP"):
            export(
                session, session.contest(None), True, None,
                signer=lambda: page_sign(session, table.stick, table.words["ppk1"]),
            )  # fmt: skip
    pdf = next(draft.glob("D.HASIL*.pdf")).read_bytes()
    ((text,),) = qr_texts(pdf, tmp_path, [3])
    assert read_qr(text)[1] == b""


def test_a_replaced_key_signs_no_more_and_a_replaced_set_says_so(table: Ceremony, code: str, tmp_path: Path) -> None:
    folder, stick = Path(shutil.copytree(table.folder, tmp_path / "kec")), tmp_path / "stik"
    stick.mkdir()
    with Session.open(folder) as session:
        signing.rotate_key(session, "ppk1", stick, "stik ketua hilang di jalan", "ppk2")
        with pytest.raises(PlenoError, match="bukan kunci Ketua PPK yang tercatat"):
            page_sign(session, table.stick, table.words["ppk1"])
        sealing.seal(session, "0418", None)
        export(session, session.contest(None), False, None)
    found = verify_code(code, None, (), folder)
    assert found.outcome is Outcome.EKOR
    assert [one.message for one in found.checks if not one.ok] == ["ekspor 2 ini BATAL"]
    assert "ditandatangani Ketua PPK" in found.checks[-1].message
