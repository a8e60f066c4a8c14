"""T01-T05 and S01-S08 of TRUST.md section 8, by command: pleno.toml and pleno.db as people and disks leave them."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli.driver import WHOLE, Said, pleno
from importers.border_samples import GOOD_CSV
from signing.ceremony import PROFILE, TPS

from pleno.domain.chain import canonical, link, parse_canonical
from pleno.service import doctor, machine

TOML, DATABASE = "pleno.toml", Path("data/pleno.db")
LOOK = (("banding", "--tps", TPS[0]), ("rekap",), ("jejak",), ("verifikasi",), ("dokter",))
"""Commands that only read."""


def looked_at(folder: Path) -> list[Said]:
    """What every reading command says; none may end in a fault of the program."""
    said = [pleno(*words, "--folder", folder) for words in LOOK]
    assert all(one.code in (0, 1, 2, 3, 4) for one in said), said
    assert not any("Traceback" in one.out + one.err for one in said)
    return said


def write(folder: Path) -> Said:
    return pleno("catat", TPS[1], *(f"{row}={n}" for row, n in WHOLE.items()), "--oleh", "op1", "--folder", folder)


def by_hand(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


# --- pleno.toml ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda t: t + b"\n[simpan\n", "baris", id="bad_T01 syntax"),
        pytest.param(lambda t: t.replace(b'kode = "310101"', b"kode = 310101"), "kunci kode", id="bad_T01 type"),
        pytest.param(lambda t: t.replace(b"kode =", b"kodee ="), "kunci kodee", id="bad_T01 unknown key"),
        pytest.param(
            lambda t: t.replace(b'kode = "310101"', b'kode = "310102"'), "310102", id="bad_T02 other kecamatan"
        ),
        pytest.param(lambda t: t + b"#" * 10_000_000, "100", id="bad_T03 10 MB"),
        pytest.param(lambda t: t.replace(b'kode = "310101"', b'kode = "\xff"'), "UTF-8", id="bad_T03 not UTF-8"),
        pytest.param(
            lambda t: t.replace(b'kode = "310101"', b'kode = "310101"\nkode = "310101"'), "baris", id="bad_T03 twice"
        ),
        pytest.param(
            lambda t: t.replace(b'kode = "310101"', b"kode = " + b"9" * 5_000), "pleno.toml", id="bad_T03 integer"
        ),
        pytest.param(lambda t: t + b"a = " + b"[" * 90_000, "pleno.toml", id="bad_T03 depth"),
        pytest.param(lambda t: b"", "pleno.toml", id="bad_T01 empty"),
        pytest.param(
            lambda t: t.replace(b"sqlite:///data/pleno.db", b"sqlite:///~/pleno.db"), "kunci database", id="bad_T04 ~"
        ),
        pytest.param(
            lambda t: t.replace(b"sqlite:///data/pleno.db", b"sqlite:///../x.db"), "keluar dari", id="bad_T04 outward"
        ),
        pytest.param(
            lambda t: t.replace(b"sqlite:///data/pleno.db", b"sqlite:///tidak/ada.db"), "ada.db", id="bad_T04 missing"
        ),
    ],
)
def test_a_wrong_pleno_toml_is_refused_with_its_place(kec: Path, spoil: Callable[[bytes], bytes], words: str) -> None:
    text = (kec / TOML).read_bytes()
    (kec / TOML).write_bytes(spoil(text))
    before = (kec / DATABASE).read_bytes()
    said = pleno("rekap", "--folder", kec)
    assert (said.code, said.out) == (2, ""), said
    assert words in said.err
    assert all(line.isprintable() for line in said.err.splitlines())
    assert len(said.err) < 3_000
    assert write(kec).code == 2
    looked_at(kec)
    assert (kec / DATABASE).read_bytes() == before


@pytest.mark.parametrize("medium", [machine.Medium.REMOVABLE, machine.Medium.NETWORK], ids=lambda one: f"bad_T04 {one}")
def test_a_database_on_a_stick_is_read_and_not_written(
    kec: Path, tmp_path: Path, medium: machine.Medium, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = (kec / "data" / "cadangan").glob("*.db")
    monkeypatch.setattr(machine, "medium", lambda _folder: medium)
    (line,) = [line for line in doctor.checkup(kec, None) if line.name == "letak basis data"]
    assert (line.health, bool(line.advice)) == (doctor.Health.BAD, True)
    before = (kec / DATABASE).read_bytes()
    read = pleno("rekap", "--folder", kec)
    assert (read.code, f"BACA-SAJA: Basis data di {medium}: " in read.err) == (0, True), read
    restored = pleno("pulihkan", copy, "--oleh", "ppk1", "--catatan", "laptop lama mati", "--folder", kec)
    for refused in (write(kec), restored):
        assert (refused.code, "disk laptop sendiri" in refused.err) == (2, True), refused
    assert (kec / DATABASE).read_bytes() == before
    made = pleno("siapkan", tmp_path / "baru", "--profil", PROFILE, "--wilayah", "310101", *office(tmp_path))
    assert (made.code, "disk laptop sendiri" in made.err, (tmp_path / "baru").exists()) == (2, True, False), made
    monkeypatch.setattr(machine, "medium", lambda _folder: machine.Medium.UNKNOWN)
    assert write(kec).code == 0, "a container's own disk"


def office(folder: Path) -> tuple[str | Path, ...]:
    (folder / "tps.csv").write_text(f"kode_tps;desa;nomor\n{TPS[0]};;1\n", "utf-8")
    (folder / "pilihan.csv").write_text(f"kontes,nomor,nama\n{PROFILE},1,A\n{PROFILE},2,B\n{PROFILE},3,C\n", "utf-8")
    return "--tps", folder / "tps.csv", "--pilihan", folder / "pilihan.csv"


def test_bad_T04_the_disk_of_the_system_is_not_removable(tmp_path: Path) -> None:
    """A laptop that runs from a stick, a container, WSL: nothing there is lost sooner than the program itself."""
    assert machine.medium(Path("/")) is not machine.Medium.REMOVABLE
    assert machine.refused(tmp_path) == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="rights lie in access lists there")
@pytest.mark.parametrize("what", [".", TOML], ids=lambda what: f"bad_T05 {what}")
def test_what_others_may_write_is_warned_of(kec: Path, what: str) -> None:
    (kec / what).chmod(0o777)
    said = pleno("dokter", "--folder", kec)
    assert any("orang lain dapat menulis" in line for line in said.out.splitlines()), said.out


# --- pleno.db ------------------------------------------------------------------------------------


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b"kode_tps;suara.1\n" * 99), id="bad_S01 text"),
        pytest.param(lambda path: path.write_bytes(b""), id="bad_S01 0 bytes"),
        pytest.param(_folder_instead, id="bad_S01 folder"),
        pytest.param(lambda path: path.unlink(), id="bad_S01 missing"),
    ],
)
def test_what_is_no_database_is_said_and_a_copy_offered(kec: Path, spoil: Callable[[Path], object]) -> None:
    spoil(kec / DATABASE)
    said = pleno("rekap", "--folder", kec)
    assert said.code in (2, 4)
    assert "salinan" in said.err.lower() or "cadangan" in said.err.lower(), said.err
    assert write(kec).code in (2, 4)
    looked_at(kec)


def test_bad_S02_random_damage_ends_in_a_verdict(kec: Path) -> None:
    content, rng = (kec / DATABASE).read_bytes(), random.Random(8)
    verdicts = set()
    for _ in range(40):
        broken = bytearray(content)
        for _ in range(rng.choice((1, 30, 300))):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        if rng.random() < 0.2:
            del broken[rng.randrange(len(broken)) :]
        (kec / DATABASE).write_bytes(broken)
        said = pleno("verifikasi", "--folder", kec)
        verdicts.add(said.code)
        assert said.code in (0, 2, 3, 4), said
        assert pleno("rekap", "--folder", kec).code in (0, 2, 4)
    assert 4 in verdicts


@pytest.mark.parametrize(
    "version", [pytest.param(99, id="bad_S03 newer"), pytest.param(2**31 - 1, id="bad_S03 largest")]
)
def test_a_newer_database_is_refused(kec: Path, version: int) -> None:
    by_hand(kec / DATABASE, f"PRAGMA user_version = {version}")
    before = (kec / DATABASE).read_bytes()
    said = pleno("rekap", "--folder", kec)
    assert said.code == 2
    assert "baru" in said.err
    assert pleno("verifikasi", "--folder", kec).code == 2
    assert (kec / DATABASE).read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("CREATE TABLE asing (x)", id="bad_S04 table"),
        pytest.param("CREATE TRIGGER t AFTER INSERT ON journal BEGIN SELECT 1; END", id="bad_S04 trigger"),
        pytest.param("CREATE VIEW lihat AS SELECT 1", id="bad_S04 view"),
    ],
)
def test_a_foreign_object_makes_it_read_only(kec: Path, statement: str) -> None:
    by_hand(kec / DATABASE, statement)
    assert pleno("verifikasi", "--folder", kec).code == 4
    refused = write(kec)
    assert refused.code == 2
    assert "Susunan basis data berubah" in refused.err
    assert pleno("rekap", "--folder", kec).code == 0


def test_bad_S04_a_weakened_check_is_named(kec: Path) -> None:
    with closing(sqlite3.connect(kec / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'journal'")
    assert pleno("verifikasi", "--folder", kec).code == 4


def test_bad_S05_a_journal_of_another_database_is_never_taken_for_whole(kec: Path, tmp_path: Path) -> None:
    """The hot journal of another file beside this one: undone, refused or damaged, but no figure changes unseen."""
    other = tmp_path / "lain.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as database:
        database.execute("CREATE TABLE x (a)")
        database.execute("PRAGMA cache_spill = 1")
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN")
        database.executemany("INSERT INTO x VALUES (?)", [("y" * 900,)] * 400)
        shutil.copyfile(f"{other}-journal", kec / "data" / "pleno.db-journal")
        database.execute("ROLLBACK")
    said = pleno("verifikasi", "--folder", kec)
    assert said.code in (0, 3, 4), said
    if said.code != 4:
        assert pleno("jejak", "--folder", kec).code == 0
        assert "123" not in pleno("rekap", "--folder", kec).err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom the system can refuse")
def test_bad_S06_what_may_not_be_written_is_read(kec: Path) -> None:
    """The other half, on a medium without writing, is in tests/crash/test_read_only_medium.py."""
    (kec / DATABASE).chmod(0o400)
    (kec / "data").chmod(0o500)
    try:
        assert pleno("rekap", "--folder", kec).code == 0
        assert write(kec).code == 2
    finally:
        (kec / "data").chmod(0o700)


@pytest.mark.parametrize("size", [512, 65_536], ids=lambda size: f"bad_S07 page size {size}")
def test_another_page_size_is_read_or_refused(kec: Path, size: int) -> None:
    by_hand(kec / DATABASE, "PRAGMA journal_mode = DELETE", f"PRAGMA page_size = {size}", "VACUUM")
    assert pleno("verifikasi", "--folder", kec).code in (0, 3)
    assert write(kec).code == 0
    assert pleno("verifikasi", "--folder", kec).code in (0, 3)


@pytest.mark.parametrize("beside", ["", "-journal"], ids=["bad_S07 5 GB", "bad_S07 5 GB of journal"])
def test_a_database_of_5_GB_is_refused_before_it_is_copied(
    kec: Path, beside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.copyfile", lambda *_paths: pytest.fail("copied"))
    large = tmp_path / "besar.db"
    large.write_bytes((kec / DATABASE).read_bytes())
    sparse = large.with_name(f"{large.name}{beside}")
    sparse.touch()
    os.truncate(sparse, 5_000_000_000)
    said = pleno("verifikasi", large)
    assert (said.code, said.out) == (2, "")
    assert f"{sparse} lebih besar dari 2 GB, jadi bukan dari pleno." in said.err


def test_bad_S07_a_wal_of_elsewhere_changes_nothing(kec: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE x (a)")
        for end in ("-wal", "-shm"):
            shutil.copyfile(f"{other}{end}", kec / "data" / f"pleno.db{end}")
    before = (kec / DATABASE).read_bytes()
    for refused in (*looked_at(kec)[:5], write(kec)):
        assert (refused.code, "pleno.db-wal" in refused.out + refused.err) == (2, True), refused
    assert (kec / DATABASE).read_bytes() == before
    (kec / "data" / "pleno.db-wal").unlink()
    assert pleno("verifikasi", "--folder", kec).code in (0, 3)
    assert write(kec).code == 0


def test_bad_S08_an_entry_of_a_later_kind_is_no_damage(kec: Path) -> None:
    with closing(sqlite3.connect(kec / DATABASE, isolation_level=None)) as database:
        seq, body, before = database.execute("SELECT seq, body, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        text = canonical({**parse_canonical(body), "kind": "hal.baru", "v": 99})
        database.execute(
            "INSERT INTO journal (seq, prev, body, hash) VALUES (?, ?, ?, ?)",
            (seq + 1, before, text, link(before, seq + 1, text)),
        )
    said = pleno("verifikasi", "--folder", kec)
    assert (said.code, "lebih baru" in said.out + said.err) == (2, True), said


# --- files that disagree with what was read --------------------------------------------------------


def test_bad_X45_other_figures_for_a_tps_that_was_read_are_a_difference(kec: Path, tmp_path: Path) -> None:
    """A plano file over a plano read at the table: the figure stays, and the rival stands to be settled."""
    path = tmp_path / "plano.csv"
    path.write_bytes(GOOD_CSV)
    taken = pleno("impor", path, "--sumber", "plano", "--oleh", "op1", "--folder", kec)
    assert taken.code == 0, taken
    assert "beda" in taken.out, taken.out
    compared = pleno("banding", "--tps", TPS[0], "--folder", kec, "--json")
    assert compared.code == 1
    (tps,) = compared.json["tps"]
    told = {cell["isian"]: (cell["bacaan"], cell["ditetapkan"], cell["terbuka"]) for cell in tps["beda"]}
    assert told == {
        f"suara.{n}": ({"plano": WHOLE[f"suara.{n}"], "plano:berkas": rival}, WHOLE[f"suara.{n}"], True)
        for n, rival in ((1, 10), (2, 20))
    }
