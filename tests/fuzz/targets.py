"""What is fuzzed: each reader of foreign bytes, what it starts from, and what it may answer.

A reader may return, or refuse with a PlenoError whose words a person can read. Everything else that leaves it is a
finding. The readers are called below the last line of the border (`parse_file` turns any exception into a refusal),
so that a fault nobody foresaw is seen here.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from importers import border_samples, workbook_samples
from signing.ceremony import Ceremony, held

from pleno.domain.chain import canonical, parse_canonical
from pleno.domain.checkpoint import read_checkpoint
from pleno.domain.errors import PlenoError
from pleno.domain.inclusion import check_proof
from pleno.importers.archive import read_members
from pleno.importers.choices import read_choices
from pleno.importers.delimited import read_delimited
from pleno.importers.profile import load_profile, read_profile
from pleno.importers.roster import read_roster
from pleno.importers.sirekap import read_object
from pleno.importers.template import read_template
from pleno.importers.template_map import map_text
from pleno.importers.workbook import read_workbook
from pleno.importers.workbook_map import read_maps
from pleno.importers.workspace import FILE_NAME, load_config
from pleno.service.proof import prove
from pleno.service.sealing import checkpoint
from pleno.service.session import Session, database_path
from pleno.service.verify import Outcome, verify
from pleno.signing import cms, keyfile, periksa_pleno
from pleno.signing.certificate import of_pem
from pleno.store import inspect

FINDINGS: Final = Path(__file__).parents[1] / "fixtures" / "fuzz"
"""A folder for each target; each file in it once broke that target, and is tried again by every test run."""

_FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
_PROJECT: Final = Path(__file__).parents[2]


class Target(NamedTuple):
    """One reader."""

    name: str
    seeds: Callable[[], list[bytes]]
    """What it accepts, to start from."""
    feed: Callable[[bytes], object]
    """Give it bytes; raises for a finding."""


@cache
def _folder() -> Path:
    """Where readers that take a path find their file."""
    folder = Path(tempfile.mkdtemp(prefix="pleno-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _held(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _refusing(read: Callable[[bytes], object]) -> Callable[[bytes], bool]:
    """The reader, of which a refusal in plain words is an answer: whether it took the bytes."""

    def feed(data: bytes) -> bool:
        try:
            read(data)
        except PlenoError as error:
            told = f"{error.title} {error.message} {error.advice}".replace("\n", " ")
            assert told.isprintable(), repr(told)
            return False
        return True

    return feed


# --- files of figures ----------------------------------------------------------------------------


def _tables() -> list[bytes]:
    tall = b"kode_tps,kontes,isian,angka\n3101011001001,pemilu2024-ppwp,suara.1,10\n"
    return [
        border_samples.GOOD_CSV,
        b"\xef\xbb\xbfsep=;\r\n" + border_samples.GOOD_CSV.replace(b",", b";"),
        border_samples.GOOD_CSV.decode().encode("utf-16"),
        tall,
    ]


def _objects() -> list[bytes]:
    return [border_samples.GOOD_JSON, *(path.read_bytes() for path in sorted(border_samples.SIREKAP_OBJECTS.glob("*")))]


def _zips() -> list[bytes]:
    plain = border_samples.zip_of({"3101011001001.json": border_samples.GOOD_JSON, "a/b.csv": border_samples.GOOD_CSV})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("3101011001001.json", border_samples.GOOD_JSON)
    return [plain, stored.getvalue(), border_samples.zip_of({"é/ü.csv": b"x"})]


_RECAP: Final = workbook_samples.with_shared_strings(
    workbook_samples.Recap(numbers=(1,)).data(), [b"<t>9</t>", b"<r><t>1</t></r><r><t>2</t></r>"]
)
_PARTS: Final = tuple(sorted(zipfile.ZipFile(io.BytesIO(_RECAP)).namelist()))


def _workbook(data: bytes) -> bytes:
    """The good workbook with one part put in: the first byte says which, the others are that part."""
    name = _PARTS[data[0] % len(_PARTS)] if data else _PARTS[0]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_RECAP)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in _PARTS:
            new.writestr(part, data[1:] if part == name else old.read(part))
    return stream.getvalue()


def _parts() -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(_RECAP)) as archive:
        return [bytes([at]) + archive.read(part) for at, part in enumerate(_PARTS)]


def _kecamatan(data: bytes) -> str:
    """The map that a template's sheets lead to."""
    return map_text(read_template(data, "D.HASIL.xlsx", workbook_samples.target(numbers=(1,))))


# --- what an office writes -----------------------------------------------------------------------

_PROFILE: Final = (_PROJECT / "pleno" / "profiles" / "pemilu2024-ppwp.toml").read_bytes()
_MAP: Final = b"""berkas = "D.HASIL*.xlsx"
profil = ["pemilu2024-ppwp"]
[[lembar]]
nama = "DESA_*"
isi = "desa"
label = ["B", "C", "AA"]
kepala = { baris = 9, pola = "Kolom TPS no. {nomor:03}", jumlah = "TOTAL", pindahan = "PINDAHAN" }
[lembar.sel]
desa = "C4"
[lembar.arti]
"-" = "nol"
[lembar.baris]
suara_sah = 40
[lembar.kolom]
F = "001"
[lembar.sebutan]
"YANG MENCOBLOS" = "pengguna_total"
"""
_LIST: Final = b"kode_tps;desa;nomor;dpt_l;dpt_p;dpt_j\n3101011001001;PULAU KELAPA;1;10;20;30\n"


def _profiles() -> list[bytes]:
    whole = [path.read_bytes() for path in sorted((_PROJECT / "pleno" / "profiles").glob("*.toml"))[:4]]
    return [_PROFILE, *whole]


def _profile(data: bytes) -> None:
    read_profile(_held("pemilu2024-ppwp.toml", data))


def _map(data: bytes) -> None:
    read_maps(_held("peta/peta.toml", data).parent)


def _list(data: bytes) -> None:
    read_roster(_held("daftar.csv", data), "310101")


def _choices(data: bytes) -> None:
    read_choices(_held("pilihan.csv", data), {"pemilu2024-ppwp": load_profile("pemilu2024-ppwp")})


# --- what is verified ----------------------------------------------------------------------------


@cache
def _ceremony() -> Ceremony:
    """A kecamatan carried to a signed set; made once for a process."""
    folder = _folder() / "upacara"
    folder.mkdir()
    return held(folder)


@cache
def _database() -> bytes:
    with Session.open(_ceremony().folder) as session:
        place = database_path(session.folder, session.config)
    return place.read_bytes()


def _inspect(data: bytes) -> None:
    inspect(_held("periksa/pleno.db", data))


@cache
def _set() -> tuple[Path, tuple[str, ...]]:
    """A copy of the signed set to spoil, and those of its files that are read and not only hashed."""
    copy = Path(shutil.copytree(_ceremony().bundle, _folder() / "set"))
    names = sorted(path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file())
    return copy, tuple(name for name in names if not name.endswith((".pdf", ".html", ".py", ".txt")))


def _files_of_set() -> list[bytes]:
    folder, names = _set()
    return [bytes([at]) + (folder / name).read_bytes() for at, name in enumerate(names)]


def _judged_alike(path: Path, whole: bool) -> None:
    """`periksa_pleno.py` ends with a code it knows, and accepts nothing that pleno does not."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = periksa_pleno.main([str(path), *_ceremony().trusted])
    known = (periksa_pleno.WHOLE, periksa_pleno.UNSIGNED, periksa_pleno.DAMAGED, periksa_pleno.CANNOT)
    assert code in known, code
    assert (code == periksa_pleno.WHOLE) == whole, f"pleno {whole}, periksa_pleno {code}"


_KEPT: Final = lru_cache(maxsize=256)(periksa_pleno.verify), lru_cache(maxsize=256)(cms.check)
"""The answers of both judges of a signature."""


def _spoil_set(data: bytes) -> None:
    """The set with one file replaced: the first byte says which.

    The same signatures are judged at nearly every try, by arithmetic in Python, so their answers are kept; that
    arithmetic is what the target "tanda-tangan" tries.
    """
    judges = periksa_pleno.verify, cms.check
    periksa_pleno.verify, cms.check = _KEPT
    try:
        _spoil(data)
    finally:
        periksa_pleno.verify, cms.check = judges


def _spoil(data: bytes) -> None:
    folder, names = _set()
    name = names[data[0] % len(names)] if data else names[0]
    kept = (folder / name).read_bytes()
    (folder / name).write_bytes(data[1:])
    try:
        whole = verify(folder, _ceremony().trusted).outcome is Outcome.UTUH
        _judged_alike(folder, whole)
        assert not whole or data[1:] == kept, f"{name} berubah tetapi diterima"
    finally:
        (folder / name).write_bytes(kept)


@cache
def _papers() -> list[bytes]:
    """A proof of one TPS and the file of a seal."""
    with Session.open(_ceremony().folder) as session:
        proof = prove(session, next(iter(session.roster.values())), session.contest(None))
        return [proof.encode(), checkpoint(session).encode()]


def _paper(data: bytes) -> None:
    path = _held("kertas/bukti.json", data)
    outcome = verify(path).outcome
    if data.startswith(b'{"angka":{'):
        _judged_alike(path, outcome is Outcome.UTUH)


def _proof(data: bytes) -> None:
    check_proof(data.decode())


def _checkpoint(data: bytes) -> None:
    read_checkpoint(data.decode())


def _canonical(data: bytes) -> None:
    text = data.decode()
    assert canonical(parse_canonical(text)) == text


def _signatures() -> list[bytes]:
    folder = _ceremony().bundle
    return [path.read_bytes() for path in sorted((*folder.glob("*.p7s"), *folder.glob("sertifikat/*.crt")))]


def _signature(data: bytes) -> None:
    """As a signature, as a certificate and as its PEM; both verifiers must agree."""
    folder = _ceremony().bundle
    sums = (folder / "SHA256SUMS").read_bytes()
    certificate = of_pem((folder / "sertifikat" / "1.crt").read_bytes())
    genuine = (folder / "SHA256SUMS.1.p7s").read_bytes()
    for signature, by in ((data, certificate), (genuine, data)):
        ours = _holds(lambda s=signature, c=by: cms.check(s, c, sums))
        theirs = _holds(lambda s=signature, c=by: _none(periksa_pleno.verify(s, c, sums)))
        assert ours == theirs, f"pleno {ours}, periksa_pleno {theirs}"
        assert not ours or (signature, by) == (genuine, certificate)
    ours, theirs = _holds(lambda: of_pem(data)), _holds(lambda: periksa_pleno.of_pem(data))
    assert not ours or theirs


def _none(why: str) -> None:
    if why:
        raise ValueError(why)


def _holds(judge: Callable[[], object]) -> bool:
    """Whether a judge is content; what it may raise is what its callers take for a refusal."""
    try:
        judge()
    except (ValueError, IndexError):
        return False
    return True


def _keys() -> list[bytes]:
    return [path.read_bytes() for path in sorted(_ceremony().stick.rglob("*.kunci"))]


def _key(data: bytes) -> None:
    """With a cheap key derivation: 128 MB of scrypt a try would leave no time to try anything."""
    dear = keyfile._wrapping_key
    keyfile._wrapping_key = lambda passphrase, salt: hashlib.sha256(passphrase.encode() + salt).digest()
    try:
        keyfile.unlock(data, "lima kata dari amplop ini")
    finally:
        keyfile._wrapping_key = dear


def _text(read: Callable[[bytes], object]) -> Callable[[bytes], bool]:
    """A reader of text, whose callers have refused what is no UTF-8."""

    def feed(data: bytes) -> bool:
        with contextlib.suppress(UnicodeDecodeError):
            return _refusing(read)(data)
        return False

    return feed


WHERE: Final = border_samples.target()

TARGETS: Final = {
    target.name: target
    for target in (
        Target("csv", _tables, _refusing(lambda data: read_delimited(data, "a.csv", WHERE))),
        Target("sirekap", _objects, _refusing(lambda data: read_object(data, "3101011001001.json", WHERE))),
        Target("zip", _zips, _refusing(lambda data: list(read_members(data, "a.zip")))),
        Target(
            "xlsx", lambda: [_RECAP], _refusing(lambda data: read_workbook(data, "a.xlsx", workbook_samples.target()))
        ),
        Target(
            "lembar",
            _parts,
            _refusing(lambda data: read_workbook(_workbook(data), "a.xlsx", workbook_samples.target(numbers=(1,)))),
        ),
        Target("templat", _parts, _refusing(lambda data: _kecamatan(_workbook(data)))),
        Target(
            "pleno.toml",
            lambda: [(_PROJECT / "data" / "latihan" / FILE_NAME).read_bytes()],
            _refusing(lambda data: load_config(_held(FILE_NAME, data).parent)),
        ),
        Target("profil", _profiles, _refusing(_profile)),
        Target("peta", lambda: [_MAP], _refusing(_map)),
        Target("daftar-tps", lambda: [_LIST], _refusing(_list)),
        Target("daftar-pilihan", lambda: [b"nomor,nama\n1,ANIES\n2,PRABOWO\n3,GANJAR\n"], _refusing(_choices)),
        Target("basis-data", lambda: [_database()], _refusing(_inspect)),
        Target("set", _files_of_set, _refusing(_spoil_set)),
        Target("bukti", _papers, _refusing(_paper)),
        Target("segel", _papers, _text(_checkpoint)),
        Target("kanonik", _papers, _text(_canonical)),
        Target("tanda-tangan", _signatures, _refusing(_signature)),
        Target("kunci", _keys, _refusing(_key)),
    )
}
