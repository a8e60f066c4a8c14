"""Is an exported set whole: every listed file there and as listed, nothing more (TERMS.md, "Verification chain")."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from pleno.domain.chain import Json, parse_canonical
from pleno.domain.errors import PlenoError
from pleno.domain.signers import Signer, SignerRole, SigningRule
from pleno.exporters.bundle import MANIFEST, SUMS, certificate_name, signature_name

_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\r\n\0]{1,200})")
_LARGEST_LIST: Final = 1_000_000
_LARGEST_SIGNATURE: Final = 16_384
_MOST_SIGNERS: Final = 99


class BundleCheck(NamedTuple):
    """One question and its answer."""

    name: str
    ok: bool
    message: str


class SignatureFiles(NamedTuple):
    """The two files that somebody who signed left in the set."""

    signer: Signer
    signature: bytes
    certificate: bytes


class Manifest(NamedTuple):
    """What a set says of itself."""

    status: str
    """KONSEP or DITETAPKAN."""
    files: Json
    """Name -> {sha256, size}."""
    signers: tuple[Signer, ...]
    rule: SigningRule
    told: str
    """Number, status and origin in words."""


class Bundle(NamedTuple):
    """A set as it lies on the disk; hashes and lists are judged, signatures only collected."""

    folder: Path
    checks: list[BundleCheck]
    manifest: Manifest | None
    """None when it cannot be read, and then a check says so."""
    sums: bytes
    """What is signed."""
    signatures: tuple[SignatureFiles, ...]
    changed: tuple[str, ...]
    """Listed files whose content is another."""


def check_bundle(folder: Path) -> Bundle:
    """Every file against SHA256SUMS and manifest.json; whatever is wrong is named, nothing is raised."""
    try:
        listed, sums = _sums(folder)
        present = _present(folder)
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        return Bundle(folder, [_unreadable("daftar", error)], None, b"", (), ())
    try:
        manifest, checks = _manifest(folder), []
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        manifest, checks = None, [_unreadable("manifes", error)]
    signers = manifest.signers if manifest else ()
    allowed = {name for signer in signers for name in (signature_name(signer.n), certificate_name(signer.n))}
    changed: list[str] = []
    try:
        checks = [*_compare(folder, listed, present - allowed, changed), *checks]
        if manifest:
            checks += _agree(folder, listed, manifest)
        signatures = tuple(_signatures(folder, signers, present, checks))
    except OSError as error:
        return Bundle(folder, [*checks, _unreadable("berkas", error)], manifest, sums, (), ())
    whole = f"{len(listed)} berkas sesuai SHA256SUMS, tidak ada yang lebih atau kurang"
    told = [BundleCheck("manifes", True, manifest.told)] if manifest else []
    return Bundle(
        folder, [*(checks or [BundleCheck("berkas", True, whole)]), *told], manifest, sums, signatures, tuple(changed)
    )


def check_file(path: Path) -> Bundle:
    """One file of a set against the set it lies in; for the lists themselves, the whole set."""
    path = path.absolute()
    for folder in (path.parent, path.parent.parent):
        if (folder / SUMS).is_file():
            name = path.relative_to(folder).as_posix()
            own = name in (SUMS, MANIFEST) or name.startswith((f"{SUMS}.", "sertifikat/"))
            return check_bundle(folder) if own else _check_member(folder, name)
    raise PlenoError(
        "Tidak dapat diperiksa",
        f"Di samping {path.name} tidak ada {SUMS}.",
        "Periksa berkas di dalam folder ekspornya.",
    )


def _check_member(folder: Path, name: str) -> Bundle:
    try:
        listed, sums = _sums(folder)
        found = _hash(folder / name)
        manifest = _manifest(folder)
        checks: list[BundleCheck] = []
        signatures = tuple(_signatures(folder, manifest.signers, _present(folder), checks))
    except (PlenoError, OSError, UnicodeDecodeError) as error:
        return Bundle(folder, [_unreadable("daftar", error)], None, b"", (), ())
    if name not in listed:
        return Bundle(folder, [BundleCheck("berkas", False, f"{name} tidak ada dalam {SUMS}")], manifest, sums, (), ())
    same = found == listed[name]
    checks.insert(0, BundleCheck("berkas", same, f"{name} sesuai {SUMS}" if same else _changed(name)))
    if listed[MANIFEST] != _hash(folder / MANIFEST):
        checks.append(BundleCheck("berkas", False, _changed(MANIFEST)))
    return Bundle(folder, checks, manifest, sums, signatures, () if same else (name,))


def _unreadable(name: str, error: Exception) -> BundleCheck:
    return BundleCheck(name, False, error.message if isinstance(error, PlenoError) else f"tidak terbaca: {error}")


def _sums(folder: Path) -> tuple[dict[str, str], bytes]:
    listed: dict[str, str] = {}
    data = _list_bytes(folder / SUMS)
    text = data.decode()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _LINE.fullmatch(line)
        if found is None or _leaves(found[2]) or found[2] in listed:
            raise PlenoError("Set tidak utuh", f"{SUMS} baris {number} bukan baris yang ditulis pleno.")
        listed[found[2]] = found[1]
    if text != "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)):
        raise PlenoError("Set tidak utuh", f"{SUMS} BERUBAH: urutan atau akhir barisnya bukan yang ditulis pleno.")
    if MANIFEST not in listed:
        raise PlenoError("Set tidak utuh", f"{SUMS} tidak menyebut {MANIFEST}.")
    return listed, data


def _list_bytes(path: Path, largest: int = _LARGEST_LIST) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise PlenoError("Set tidak utuh", f"{path.name} {'bukan berkas biasa' if path.is_symlink() else 'hilang'}.")
    if path.stat().st_size > largest:
        raise PlenoError("Set tidak utuh", f"{path.name} terlalu besar.")
    return path.read_bytes()


def _leaves(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith("/") or "\\" in name or ":" in name or ".." in parts or name != "/".join(parts)


def _manifest(folder: Path) -> Manifest:
    text = _list_bytes(folder / MANIFEST).decode()
    try:
        value = parse_canonical(text.removesuffix("\n"))
        if not text.endswith("\n") or value["format"] != "pleno-manifest/1":
            raise ValueError(value["format"])
        {name: (one["sha256"], one["size"]) for name, one in value["files"].items()}
        return Manifest(
            value["export"]["status"], value["files"], _signers(value["signers"]), _rule(value["signing"]), _told(value)
        )
    except (PlenoError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlenoError("Set tidak utuh", f"{MANIFEST} bukan yang ditulis pleno.") from error


def _signers(listed: Json) -> tuple[Signer, ...]:
    signers = tuple(Signer(**{**one, "role": SignerRole(one["role"])}) for one in listed)
    numbers = [signer.n for signer in signers]
    if len(set(numbers)) < len(numbers) or not all(type(n) is int and 0 < n <= _MOST_SIGNERS for n in numbers):
        raise ValueError("nomor penanda tangan")
    if len({signer.cert_sha256 for signer in signers}) < len(signers):
        raise ValueError("satu sertifikat untuk dua penanda tangan")
    if not all(isinstance(text, str) for signer in signers for text in (signer.id, signer.name, signer.cert_sha256)):
        raise ValueError("penanda tangan")
    return signers


def _rule(value: Json) -> SigningRule:
    rule = SigningRule(**value)
    if not all(type(least) is int for least in rule):
        raise ValueError("syarat tanda tangan")
    return rule


def _told(value: Json) -> str:
    export, journal = value["export"], value["journal"]
    return f"ekspor {export['no']} {export['status']}, kecamatan {value['kecamatan']}, jejak #{journal['seq']}"


def _present(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def _compare(folder: Path, listed: dict[str, str], present: set[str], changed: list[str]) -> Iterator[BundleCheck]:
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
            changed.append(name)
            yield BundleCheck("berkas", False, _changed(name))


def _changed(name: str) -> str:
    return f"{name} BERUBAH: isinya bukan yang diekspor"


def _hash(path: Path) -> str:
    """Of a regular file; a link or a device has none."""
    if path.is_symlink() or not path.is_file():
        return "bukan berkas biasa"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _agree(folder: Path, listed: dict[str, str], manifest: Manifest) -> Iterator[BundleCheck]:
    """The two lists name the same files with the same hashes, and the manifest their sizes."""
    named = {name: one["sha256"] for name, one in manifest.files.items()}
    for name in sorted(named.keys() ^ (listed.keys() - {MANIFEST})):
        yield BundleCheck("manifes", False, f"{name} hanya ada dalam salah satu dari {MANIFEST} dan {SUMS}")
    for name in sorted(named.keys() & listed.keys()):
        if named[name] != listed[name]:
            yield BundleCheck("manifes", False, f"sidik {name} berbeda antara {MANIFEST} dan {SUMS}")
        elif (folder / name).is_file() and manifest.files[name]["size"] != (folder / name).stat().st_size:
            yield BundleCheck("manifes", False, f"ukuran {name} bukan yang disebut {MANIFEST}")


def _signatures(
    folder: Path, signers: tuple[Signer, ...], present: set[str], faults: list[BundleCheck]
) -> Iterator[SignatureFiles]:
    """Signature and certificate of everybody who signed; one without the other is a fault."""
    for signer in signers:
        names = (signature_name(signer.n), certificate_name(signer.n))
        there = [name for name in names if name in present]
        if len(there) == 1:
            (gone,) = set(names) - set(there)
            faults.append(BundleCheck("berkas", False, f"{gone} hilang, padahal {there[0]} ada"))
        elif there:
            try:
                signature, certificate = (_list_bytes(folder / name, _LARGEST_SIGNATURE) for name in names)
                yield SignatureFiles(signer, signature, certificate)
            except PlenoError as error:
                faults.append(BundleCheck("berkas", False, error.message))
