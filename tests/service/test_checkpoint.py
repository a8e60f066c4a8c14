"""The file of a seal: beside every copy, in every set, and held against paper and journal."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.chain import canonical
from pleno.domain.checkpoint import checkpoint_name, read_checkpoint
from pleno.domain.errors import Damaged, PlenoError
from pleno.service import backup, seal_signing, sealing, signing
from pleno.service.export import export
from pleno.service.session import Session
from pleno.service.verify import Outcome, verify


def test_a_seal_goes_with_every_copy_and_every_set(table: Table, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    backup.back_up(table.session, None, stick)
    assert not list(stick.glob("segel-*"))
    sealed = sealing.seal(table.session, "0417", None)
    backup.back_up(table.session, None, stick)
    backup.back_up(table.session, None, stick)
    folder = export(table.session, table.contest, True, None).folder
    (file,) = stick.glob("segel-*")
    assert file.name == checkpoint_name(1) == "segel-01.json"
    told = read_checkpoint(file.read_text("utf-8").removesuffix("\n"))
    assert (told.number, told.seq, told.angka_saksi, told.words) == (1, sealed.seq, "0417", sealed.words)
    assert (folder / file.name).read_bytes() == file.read_bytes()
    assert file.name in json.loads((folder / "manifest.json").read_text("utf-8"))["files"]


def test_the_file_of_another_seal_with_this_number_stays(table: Table, tmp_path: Path) -> None:
    sealed = sealing.seal(table.session, "0417", None)
    (tmp_path / "segel-01.json").write_bytes(b"lain\n")
    backup.back_up(table.session, None, tmp_path)
    assert (tmp_path / "segel-01.json").read_bytes() == b"lain\n"
    own = tmp_path / f"segel-01-{sealed.words.partition('-')[0]}.json"
    assert read_checkpoint(own.read_text("utf-8").removesuffix("\n")).words == sealed.words


def test_its_words_are_held_against_paper_and_journal(folder: Path, tmp_path: Path) -> None:
    with Session.open(folder) as session:
        sealed = sealing.seal(Table(session).open().session, "0417", None)
        backup.back_up(session, None, tmp_path)
    file = tmp_path / "segel-01.json"
    found = verify(file, (), folder)
    assert found.outcome is Outcome.UTUH
    assert sealed.line.startswith(found.newest_seal)
    assert [check.message for check in found.checks if check.name == "segel"] == [
        "segel 01 ada di jejak ruang kerja ini"
    ]
    told = json.loads(file.read_text("utf-8"))
    file.write_text(canonical({**told, "hash": "0" * 64}) + "\n", "utf-8")
    assert verify(file).outcome is Outcome.UTUH
    assert sealed.words not in verify(file).newest_seal
    assert verify(file, (), folder).outcome is Outcome.RUSAK
    file.write_bytes(b'{"angka_saksi":\xff')
    assert verify(file).outcome is Outcome.RUSAK


GOOD = {
    "angka_saksi": "0417", "format": "pleno-segel/1", "genesis": "a" * 64, "hash": "b" * 64, "no": 1, "seq": 9,
    "time": "2024-02-17T10:00:00+07:00", "totals": {},
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"angka_saksi": "41x7"}, {"angka_saksi": 417}, {"format": "pleno-segel/2"}, {"genesis": "A" * 64},
        {"hash": "b" * 63}, {"no": True}, {"no": -1}, {"seq": "9"},
    ],
)  # fmt: skip
def test_what_is_no_seal_is_refused(change: dict[str, object]) -> None:
    assert read_checkpoint(canonical(GOOD)).number == 1
    with pytest.raises(Damaged):
        read_checkpoint(canonical({**GOOD, **change}))


@pytest.mark.parametrize("text", ["", "[]", "{}", "bukan"])
def test_what_is_no_json_of_a_seal_is_refused(text: str) -> None:
    with pytest.raises(Damaged):
        read_checkpoint(text)


def test_a_signed_seal_goes_with_the_copies_and_is_judged(folder: Path, tmp_path: Path) -> None:
    stick, copies = tmp_path / "stik", tmp_path / "salinan"
    stick.mkdir()
    with Session.open(folder) as session:
        sealed = sealing.seal(Table(session).open().session, "0417", None)
        key = signing.create_key(session, "ppk1", stick, None)
        with pytest.raises(PlenoError, match="Sandi salah"):
            seal_signing.sign_seal(session, stick, "gula kawat debat petang aksara", "ppk1")
        with pytest.raises(PlenoError, match="belum punya kunci"):
            seal_signing.sign_seal(session, stick, key.passphrase, "ppk2")
        assert seal_signing.sign_seal(session, stick, key.passphrase, "ppk1").number == 1
        backup.back_up(session, None, copies)
    file = copies / "segel-01.json"
    assert {one.name for one in copies.glob("segel-01.json*")} == {
        "segel-01.json", "segel-01.json.ppk1.crt", "segel-01.json.ppk1.p7s",
    }  # fmt: skip
    assert verify(file).outcome is Outcome.EKOR, "nobody vouches for the certificate"
    found = verify(file, (key.fingerprint,))
    assert found.outcome is Outcome.UTUH
    assert sealed.line.startswith(found.newest_seal)
    said = subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", f"{file}.ppk1.p7s", "-content", str(file),
         "-CAfile", f"{file}.ppk1.crt", "-purpose", "any", "-no_check_time", "-out", str(tmp_path / "isi")],
        capture_output=True,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    file.write_bytes(file.read_bytes().replace(b'"0417"', b'"0418"'))
    assert verify(file, (key.fingerprint,)).outcome is Outcome.RUSAK


def test_signatures_of_an_older_seal_stay_with_it(folder: Path, tmp_path: Path) -> None:
    with Session.open(folder) as session:
        sealing.seal(Table(session).open().session, "0417", None)
        key = signing.create_key(session, "ppk1", tmp_path, None)
        seal_signing.sign_seal(session, tmp_path, key.passphrase, "ppk1")
        assert len(seal_signing.signed_files(session)) == 2
        sealing.seal(session, "0418", None)
        assert seal_signing.signed_files(session) == {}
