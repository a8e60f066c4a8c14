"""Is an exported set whole: every listed file there and as listed, nothing more (TERMS.md, "Verification chain")."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from pleno.domain.chain import Json, parse_canonical
from pleno.domain.errors import PlenoError
from pleno.exporters.bundle import MANIFEST, SUMS

UNSIGNED: Final = "tanda tangan"
"""Name of the check that fails while nobody has signed; alone it is no damage."""

_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\r\n\0]{1,200})")
_LARGEST_LIST: Final = 1_000_000


class BundleCheck(NamedTuple):
    """One question and its answer."""

    name: str
    ok: bool
    message: str


def check_bundle(folder: Path) -> list[BundleCheck]:
    """Every file against SHA256SUMS and manifest.json; whatever is wrong is named, nothing is raised."""
    try:
        listed = _sums(folder)
        checks = list(_compare(folder, listed))
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        return [_unreadable("daftar", error)]
    try:
        manifest = _manifest(folder)
        checks += _agree(folder, listed, manifest)
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        return [*checks, _unreadable("manifes", error)]
    whole = f"{len(listed)} berkas sesuai SHA256SUMS, tidak ada yang lebih atau kurang"
    return [
        *(checks or [BundleCheck("berkas", True, whole)]),
        BundleCheck("manifes", True, _told(manifest)),
        BundleCheck(UNSIGNED, False, f"set {manifest['export']['status']} ini belum ditandatangani siapa pun"),
    ]


def _unreadable(name: str, error: Exception) -> BundleCheck:
    return BundleCheck(name, False, error.message if isinstance(error, PlenoError) else f"tidak terbaca: {error}")


def check_file(path: Path) -> list[BundleCheck]:
    """One file of a set against the set it lies in; for the list itself, the whole set."""
    path = path.absolute()
    for folder in (path.parent, path.parent.parent):
        if (folder / SUMS).is_file():
            return check_bundle(folder) if path == folder / SUMS else _check_member(folder, path)
    raise PlenoError(
        "Tidak dapat diperiksa",
        f"Di samping {path.name} tidak ada {SUMS}.",
        "Periksa berkas di dalam folder ekspornya.",
    )


def _check_member(folder: Path, path: Path) -> list[BundleCheck]:
    name = path.relative_to(folder).as_posix()
    try:
        listed = _sums(folder)
        found = _hash(path)
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        return [_unreadable("daftar", error)]
    if name not in listed:
        return [BundleCheck("berkas", False, f"{name} tidak ada dalam {SUMS}")]
    same = found == listed[name]
    told = f"{name} sesuai {SUMS}" if same else _changed(name)
    return [BundleCheck("berkas", same, told), BundleCheck(UNSIGNED, False, "daftar itu sendiri belum ditandatangani")]


def _sums(folder: Path) -> dict[str, str]:
    listed: dict[str, str] = {}
    text = _list_text(folder / SUMS)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _LINE.fullmatch(line)
        if found is None or _leaves(found[2]) or found[2] in listed:
            raise PlenoError("Set tidak utuh", f"{SUMS} baris {number} bukan baris yang ditulis pleno.")
        listed[found[2]] = found[1]
    if text != "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)):
        raise PlenoError("Set tidak utuh", f"{SUMS} BERUBAH: urutan atau akhir barisnya bukan yang ditulis pleno.")
    return listed


def _list_text(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        raise PlenoError("Set tidak utuh", f"{path.name} {'bukan berkas biasa' if path.is_symlink() else 'hilang'}.")
    if path.stat().st_size > _LARGEST_LIST:
        raise PlenoError("Set tidak utuh", f"{path.name} terlalu besar.")
    return path.read_bytes().decode()


def _leaves(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith("/") or "\\" in name or ":" in name or ".." in parts or name != "/".join(parts)


def _manifest(folder: Path) -> Json:
    text = _list_text(folder / MANIFEST)
    try:
        manifest = parse_canonical(text.removesuffix("\n"))
        if not text.endswith("\n") or manifest["format"] != "pleno-manifest/1":
            raise ValueError(manifest["format"])
        _told(manifest)
        {name: (one["sha256"], one["size"]) for name, one in manifest["files"].items()}
    except (PlenoError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlenoError("Set tidak utuh", f"{MANIFEST} bukan yang ditulis pleno.") from error
    return manifest


def _told(manifest: Json) -> str:
    export, journal = manifest["export"], manifest["journal"]
    return f"ekspor {export['no']} {export['status']}, kecamatan {manifest['kecamatan']}, jejak #{journal['seq']}"


def _compare(folder: Path, listed: dict[str, str]) -> Iterator[BundleCheck]:
    present = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    }
    gone = {name: listed[name] for name in sorted(listed.keys() - present)}
    extra = sorted(present - listed.keys() - {SUMS})
    hashes = {name: _hash(folder / name) for name in extra}
    for name, expected in gone.items():
        renamed = next((other for other, found in hashes.items() if found == expected), None)
        told = f"{name} hilang" if renamed is None else f"{name} diganti nama menjadi {renamed}"
        yield BundleCheck("berkas", False, told)
    for name in extra:
        yield BundleCheck("berkas", False, f"{name} tidak ada dalam daftar")
    for name in sorted(listed.keys() & present):
        if _hash(folder / name) != listed[name]:
            yield BundleCheck("berkas", False, _changed(name))


def _changed(name: str) -> str:
    return f"{name} BERUBAH: isinya bukan yang diekspor"


def _hash(path: Path) -> str:
    """Of a regular file; a link or a device has none."""
    if path.is_symlink() or not path.is_file():
        return "bukan berkas biasa"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _agree(folder: Path, listed: dict[str, str], manifest: Json) -> Iterator[BundleCheck]:
    """The two lists name the same files with the same hashes, and the manifest their sizes."""
    named = {name: one["sha256"] for name, one in manifest["files"].items()}
    for name in sorted(named.keys() ^ (listed.keys() - {MANIFEST})):
        yield BundleCheck("manifes", False, f"{name} hanya ada dalam salah satu dari {MANIFEST} dan {SUMS}")
    for name in sorted(named.keys() & listed.keys()):
        if named[name] != listed[name]:
            yield BundleCheck("manifes", False, f"sidik {name} berbeda antara {MANIFEST} dan {SUMS}")
        elif (folder / name).is_file() and manifest["files"][name]["size"] != (folder / name).stat().st_size:
            yield BundleCheck("manifes", False, f"ukuran {name} bukan yang disebut {MANIFEST}")
