"""pleno.toml: what a workspace is for, who sits at its table, and where things lie (FORMATS.md, "pleno.toml")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final

from pleno.domain.entry import Role
from pleno.domain.errors import NewerVersion, PlenoError
from pleno.domain.state import Person
from pleno.domain.words import ZONES
from pleno.importers.limits import nearest, shown_outside
from pleno.importers.photos import PhotoRule
from pleno.importers.place import FILE_NAME
from pleno.importers.profile import load_profile
from pleno.importers.regions import KECAMATAN_CODE
from pleno.importers.thresholds import Ambang, read_ambang, render_ambang
from pleno.importers.toml_syntax import read_toml
from pleno.importers.toml_table import TomlTable, parse_toml

VERSION: Final = 1

PAPERS: Final = ("A4", "F4", "A3")
THEMES: Final = ("gelap", "terang", "kontras", "kontras-terang")

_MOST_PPK: Final = 5
_OFFICER_ID: Final = re.compile("[a-z][a-z0-9_]{0,19}")
_COMMAND_ID: Final = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_SQLITE: Final = "sqlite:///"
_DRIVE: Final = re.compile("[A-Za-z]:/")
_ROLES: Final = {"ketua": Role.KETUA, "anggota": Role.PPK}


class Mode(StrEnum):
    """Whether figures count."""

    RESMI = "resmi"
    LATIHAN = "latihan"


@dataclass(frozen=True, slots=True)
class Config:
    """A workspace as pleno.toml describes it; the attributes are named like its keys."""

    mode: Mode
    kontes: tuple[str, ...]
    """Profile ids, in the order of reading."""
    zona: str
    """A key of ZONES."""
    provinsi: str
    kabkota: str
    kecamatan: str
    kode: str
    """KPU code of the kecamatan, 6 digits."""
    officers: tuple[Person, ...]
    """PPK members first, then operators; exactly one is ketua."""
    database: str = "data/pleno.db"
    """Path of the SQLite file with forward slashes, relative to pleno.toml or absolute."""
    cadangan: tuple[str, ...] = ("data/cadangan",)
    """Folders that copies go to, relative to pleno.toml or absolute."""
    tanda_tangan_ketua: int = 1
    tanda_tangan_anggota: int = 2
    """Least numbers of signatures on a final set."""
    tempat: str = ""
    """Where the pleno is held, as the Berita Acara prints it; empty while nobody said."""
    kertas: str = "F4"
    kolom_per_halaman: int = 10
    """Value columns of one printed page."""
    tema: str = "gelap"
    tanpa: tuple[str, ...] = ()
    """Canonical rows without a published figure: shown "-", never asked; practice only."""
    pin_sahkan: bool = False
    """Whether each TPS is settled by the PIN of a PPK member; practice asks for none."""
    tanpa_lihat: bool = False
    """Whether the Meja hides what other sources say of a row until the row is read, and `=` is off."""
    pola: str = "{kode_tps}*"
    """Name pattern of photos."""
    ambang: Ambang = Ambang()  # noqa: RUF009  # an immutable tuple
    """Limits of rules that this workspace sets otherwise than its profiles."""
    tombol: Mapping[str, str] = field(default_factory=dict)
    """Id of a command to the key that replaces its own."""


def load_config(folder: Path) -> Config:
    """The configuration of the workspace in `folder`. PlenoError as in parse_config."""
    return parse_config(read_toml(folder / FILE_NAME), FILE_NAME, folder)


def parse_config(text: str, name: str = FILE_NAME, beside: Path | None = None) -> Config:
    """The configuration a text holds; profiles of the office are looked for in the folder `beside`.

    PlenoError names every wrong line and key at once.
    """
    root = parse_toml(text, name)
    _check_version(root, name)
    mode = root.text("mode", among=tuple(Mode))
    contests = root.texts("kontes", limit=60)
    if not contests and root.has("kontes"):
        root.problem("kontes", "belum menyebut satu kontes pun.")
    place = root.table("wilayah")
    storage = root.table("simpan", required=False)
    signatures = root.table("segel", required=False).table("tanda_tangan", required=False)
    export = root.table("ekspor", required=False)
    desk = root.table("meja", required=False)
    meeting = root.table("rapat", required=False)
    rows = _rows_of(root, contests, beside)
    config = Config(
        mode=Mode(mode) if mode else Mode.RESMI,
        kontes=contests,
        zona=root.text("zona", among=tuple(ZONES)),
        provinsi=place.text("provinsi"),
        kabkota=place.text("kabkota"),
        kecamatan=place.text("kecamatan"),
        kode=place.text("kode", pattern=KECAMATAN_CODE, shape="kode kecamatan 6 angka"),
        officers=tuple(_officers(root)),
        database=_database(storage),
        cadangan=tuple(_folders(storage)),
        tanda_tangan_ketua=signatures.integer("ketua", 0, 1, 1),
        tanda_tangan_anggota=signatures.integer("anggota", 0, _MOST_PPK - 1, 2),
        tempat=meeting.text("tempat") if meeting.has("tempat") else "",
        kertas=export.text("kertas", "F4", among=PAPERS),
        kolom_per_halaman=export.integer("kolom_per_halaman", 3, 60, 10),
        tema=root.table("tampilan", required=False).text("tema", "gelap", among=THEMES),
        tanpa=_unpublished(root.table("isian", required=False), mode, rows),
        pin_sahkan=desk.flag("pin_sahkan", False),
        tanpa_lihat=desk.flag("tanpa_lihat", False),
        pola=_photo_pattern(root.table("foto", required=False)),
        ambang=read_ambang(root),
        tombol=_keys(root.table("tombol", required=False)),
    )
    root.done()
    return config


def _check_version(root: TomlTable, name: str) -> None:
    version = root.integer("versi", 1, 9_999)
    if version > VERSION:
        raise NewerVersion(
            "Ditulis versi yang lebih baru",
            f"{name} baris {root.line('versi')} menyebut versi {version}; pleno ini membaca versi {VERSION}.",
            "Pasang pleno yang lebih baru.",
        )


def _rows_of(root: TomlTable, contests: tuple[str, ...], beside: Path | None) -> set[str]:
    """Canonical names of all rows of the contests; an unknown profile becomes a finding."""
    names: set[str] = set()
    for contest in contests:
        try:
            profile = load_profile(contest, beside)
        except PlenoError as error:
            root.problem("kontes", error.message)
            continue
        names.update(row.name for section in profile.sections for row in section.rows)
    return names


def _officers(root: TomlTable) -> Iterator[Person]:
    seen: dict[str, int] = {}
    members = root.tables("ppk")
    titles = [member.text("jabatan", among=tuple(_ROLES)) for member in members]
    if root.has("ppk") and (titles.count("ketua") != 1 or len(members) > _MOST_PPK):
        root.problem(
            "ppk",
            f"harus memuat paling banyak {_MOST_PPK} orang dengan tepat satu ketua, "
            f"bukan {len(members)} orang dengan {titles.count('ketua')} ketua.",
        )
    for member, title in zip(members, titles, strict=True):
        yield Person(_officer_id(member, seen), member.text("nama"), _ROLES.get(title, Role.PPK))
    for operator in root.tables("operator", required=False):
        yield Person(_officer_id(operator, seen), operator.text("nama"), Role.OPERATOR)


def _officer_id(table: TomlTable, seen: dict[str, int]) -> str:
    found = table.text("id", pattern=_OFFICER_ID, shape="huruf kecil dan angka, seperti ppk1")
    if found in seen:
        table.problem("id", f"{found} sudah dipakai di baris {seen[found]}.")
    elif found:
        seen[found] = table.line("id")
    return found


def _database(storage: TomlTable) -> str:
    url = storage.text("database", f"{_SQLITE}data/pleno.db", limit=500)
    path = url.removeprefix(_SQLITE)
    if not url:
        return path
    if path == url:
        storage.problem("database", 'harus diawali "sqlite:///", misalnya "sqlite:///data/pleno.db".')
    elif fault := _path_fault(path):
        storage.problem("database", fault)
    elif not PurePosixPath(path).name.endswith(".db") or "?" in path:
        storage.problem("database", 'harus menunjuk satu berkas yang namanya berakhir ".db".')
    return path


def _folders(storage: TomlTable) -> Iterator[str]:
    for folder in storage.texts("cadangan", ("data/cadangan",), limit=500):
        if fault := _path_fault(folder):
            storage.problem("cadangan", fault)
        yield folder


def _path_fault(path: str) -> str:
    """Why a path may not stand in pleno.toml; empty if it may."""
    shown = shown_outside(path, 60)
    if "\\" in path:
        return f'"{shown}" memakai garis miring terbalik; tulis dengan /.'
    if ".." in PurePosixPath(path).parts:
        return f'"{shown}" keluar dari ruang kerja dengan ".."; sebut jalur lengkapnya.'
    if path.startswith(("~", "//")):
        return f'"{shown}" bukan jalur di laptop ini; sebut jalur lengkapnya tanpa ~ dan tanpa alamat jaringan.'
    if ":" in _DRIVE.sub("", path, count=1) or not path:
        return f'"{shown}" bukan jalur yang benar.'
    return ""


def _unpublished(table: TomlTable, mode: str, rows: set[str]) -> tuple[str, ...]:
    names = table.texts("tanpa", ())
    if names and mode == Mode.RESMI:
        table.problem("tanpa", 'hanya boleh diisi bila mode = "latihan".')
    for name in names:
        if rows and name not in rows:
            table.problem(
                "tanpa", f'memuat "{shown_outside(name, 40)}", yang bukan baris formulir.{nearest(name, rows)}'
            )
    return names


def _photo_pattern(table: TomlTable) -> str:
    pola = table.text("pola", "{kode_tps}*", limit=100)
    try:
        PhotoRule(pola)
    except ValueError as wrong:
        table.problem("pola", f'"{shown_outside(pola, 40)}" {wrong}')
    return pola


def _keys(table: TomlTable) -> Mapping[str, str]:
    """Key of each command; `meja.samakan = "f5"` and `"meja.samakan" = "f5"` mean the same."""
    found: dict[str, str] = {}
    for name in table.keys():  # noqa: SIM118  # a TomlTable is no dict
        nested = table.table(name) if table.is_table(name) else None
        for key in nested.keys() if nested else (name,):
            command = f"{name}.{key}" if nested else name
            if not _COMMAND_ID.fullmatch(command) or command in found:
                table.problem(name, f'menulis "{shown_outside(command, 60)}", bukan nama perintah atau sudah ada.')
            found[command] = (nested or table).text(key, limit=40)
    return found


def render_config(config: Config) -> str:
    """The text of pleno.toml; reading it back gives the same configuration."""
    lines = [
        f"versi = {VERSION}",
        f"mode = {_quoted(config.mode)}  # tidak dapat diubah sesudah entri pertama",
        f"kontes = {_listed(config.kontes)}  # urutan = urutan pembacaan",
        f"zona = {_quoted(config.zona)}",
        "",
        "[wilayah]",
        f"provinsi = {_quoted(config.provinsi)}",
        f"kabkota = {_quoted(config.kabkota)}",
        f"kecamatan = {_quoted(config.kecamatan)}",
        f"kode = {_quoted(config.kode)}",
        *(line for officer in config.officers for line in _officer_lines(officer)),
        "",
        "[simpan]",
        f"database = {_quoted(_SQLITE + config.database)}",
        f"cadangan = {_listed(config.cadangan)}  # folder lain atau stik USB; setiap segel menyalin ke sini",
        "[segel]",
        f"tanda_tangan = {{ ketua = {config.tanda_tangan_ketua}, anggota = {config.tanda_tangan_anggota} }}"
        "  # sekurang-kurangnya, agar set menjadi DITANDATANGANI",
        "[rapat]",
        f"tempat = {_quoted(config.tempat)}"
        if config.tempat
        else '# tempat = "Aula Kecamatan"  # dicetak di Berita Acara',
        "[ekspor]",
        f"kertas = {_quoted(config.kertas)}",
        f"kolom_per_halaman = {config.kolom_per_halaman}",
        "[tampilan]",
        f"tema = {_quoted(config.tema)}",
        "[isian]",
        f"tanpa = {_listed(config.tanpa)}",
        "[meja]",
        f"pin_sahkan = {str(config.pin_sahkan).lower()}  # true: setiap TPS disahkan dengan PIN anggota PPK",
        f"tanpa_lihat = {str(config.tanpa_lihat).lower()}  # true: angka lain tertutup sampai plano dibaca; = mati",
        "[foto]",
        f"pola = {_quoted(config.pola)}  # nama berkas di data/foto; aturan lain: {{desa}} {{nomor}}*",
        *render_ambang(config.ambang),
        "[tombol]",
        *(f"{_quoted(command)} = {_quoted(key)}" for command, key in config.tombol.items()),
    ]
    return "\n".join(lines) + "\n"


def _officer_lines(officer: Person) -> Iterator[str]:
    yield from ("", "[[operator]]" if officer.role is Role.OPERATOR else "[[ppk]]")
    yield f"id = {_quoted(officer.id)}"
    yield f"nama = {_quoted(officer.name)}"
    if officer.role is not Role.OPERATOR:
        yield f"jabatan = {_quoted('ketua' if officer.role is Role.KETUA else 'anggota')}"


def _quoted(text: str) -> str:
    """A TOML basic string: every escape that JSON writes is one of TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
