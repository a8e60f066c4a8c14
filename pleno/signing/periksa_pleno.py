"""Periksa satu set rekap pleno, atau bukti satu TPS, tanpa pleno: hanya Python 3.8 ke atas, tanpa pustaka lain.

    python periksa_pleno.py FOLDER [SIDIK ...]
    python periksa_pleno.py BUKTI

FOLDER adalah folder yang memuat manifest.json. SIDIK adalah sidik sertifikat (64 angka heksadesimal) dari lembar
pembukaan atau kertas saksi; tanpa itu tanda tangan diperiksa, tetapi pemiliknya belum dikenal.
BUKTI adalah berkas bukti satu TPS: baris segel yang ditampilkan harus sama dengan yang ditulis saksi di kertas.
Pakai berkas ini dari sumber yang Anda percaya: yang ada di dalam set yang dicurigai mungkin juga diubah.

Kode keluar: 0 utuh dan ditandatangani orang yang dikenal; 3 utuh, tetapi tanda tangan kurang atau belum dikenal;
4 rusak: berubah, kurang, lebih, atau berganti nama; 2 tidak dapat dinilai.
"""

# A second implementation on purpose: it shares no line with the package it lies in.

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

WHOLE, CANNOT, UNSIGNED, DAMAGED = 0, 2, 3, 4

LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n\0]{1,200})\n")
LARGEST_LIST = 1_000_000
LARGEST_SIGNATURE = 16_384
USUAL = {"ketua": 1, "anggota": 2}
"""How many must sign at least; a set may ask for more, never for less."""

# --- ECDSA on P-256 (FIPS 186-4) ------------------------------------------------------------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """Sum of two points; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(number: int, point: tuple[int, int] | None) -> tuple[int, int] | None:
    """The multiple of a point."""
    found: tuple[int, int] | None = None
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def signed_by(key: bytes, message: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is a signature of `message` by the key, 64 bytes x and y."""
    x, y = int.from_bytes(key[:32], "big"), int.from_bytes(key[32:], "big")
    on_curve = x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0
    if not on_curve or not (0 < r < N and 0 < s < N):
        return False
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, -1, N)
    found = add(times(digest * inverse % N, G), times(r * inverse % N, (x, y)))
    return found is not None and found[0] % N == r


# --- the form of a signature (RFC 5652) -----------------------------------------------------

OID_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
OID_DATA = bytes.fromhex("06092a864886f70d010701")
CONTENT_TYPE = bytes.fromhex("301806092a864886f70d010903310b06092a864886f70d010701")
SIGNING_TIME = bytes.fromhex("301c06092a864886f70d010905310f170d")
MESSAGE_DIGEST = bytes.fromhex("302f06092a864886f70d01090431220420")
SHA256 = bytes.fromhex("300b0609608648016503040201")
ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
P256_KEY = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
VERSION = bytes.fromhex("020101")


def tlv(tag: int, content: bytes) -> bytes:
    """One DER value."""
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes(2 if size > 255 else 1, "big")
    return bytes([tag, 128 + len(length)]) + length + content


def parts(der: bytes) -> list[bytes]:
    """The values that lie one after another in `der`, each with its tag and length."""
    found, at = [], 0
    while at < len(der):
        size, start = der[at + 1], at + 2
        if size >= 128:
            start += size - 128
            size = int.from_bytes(der[at + 2 : start], "big")
        if start + size > len(der):
            raise ValueError("terpotong")
        found.append(der[at : start + size])
        at = start + size
    return found


def inside(der: bytes) -> list[bytes]:
    """The values within one value."""
    return parts(content(der))


def content(der: bytes) -> bytes:
    """What one value holds."""
    return der[2 + (der[1] - 128 if der[1] >= 128 else 0) :]


NAMED = {bytes.fromhex("060a0992268993f22c640101"): "id", bytes.fromhex("0603550403"): "name",
         bytes.fromhex("060355040c"): "role"}  # fmt: skip


def holder(certificate: bytes) -> dict[str, str]:
    """Id, name and role of whoever a certificate names."""
    fields = inside(inside(certificate)[0])
    pairs = [inside(inside(part)[0]) for part in inside(fields[5])]
    return {NAMED[kind]: content(value).decode("utf-8") for kind, value in pairs if kind in NAMED}


def verify(signature: bytes, certificate: bytes, data: bytes) -> str:
    """Why a detached signature of `data` does not hold; empty when it does."""
    fields = inside(inside(certificate)[0])
    serial, issuer, key = fields[1], fields[3], fields[6]
    if len(key) != len(P256_KEY) + 64 or not key.startswith(P256_KEY):
        return "kunci sertifikatnya bukan P-256"
    if hashlib.sha256(data).digest() not in signature:
        return "bukan tanda tangan atas SHA256SUMS ini"
    signer = inside(inside(inside(inside(inside(signature)[1])[0])[4])[0])
    attributes, numbers = signer[3], signer[5]
    time = inside(attributes)[1][len(SIGNING_TIME) :]
    due = CONTENT_TYPE + SIGNING_TIME + time + MESSAGE_DIGEST + hashlib.sha256(data).digest()
    r, s = (int.from_bytes(number[2:], "big") for number in inside(numbers[2:]))
    shortest = tlv(0x30, b"".join(tlv(2, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in (r, s)))
    own = tlv(0x30, VERSION + tlv(0x30, issuer + serial) + SHA256 + tlv(0xA0, due) + ECDSA_SHA256 + tlv(4, shortest))
    content = VERSION + tlv(0x31, SHA256) + tlv(0x30, OID_DATA) + tlv(0xA0, certificate) + tlv(0x31, own)
    if len(time) != 13 or tlv(0x30, OID_SIGNED_DATA + tlv(0xA0, tlv(0x30, content))) != signature:
        return "bukan bentuk tanda tangan yang ditulis pleno"
    return "" if signed_by(key[len(P256_KEY) :], tlv(0x31, due), r, s) else "tidak cocok dengan sertifikatnya"


def of_pem(data: bytes) -> bytes:
    """The DER of a certificate file in its one form."""
    text = data.decode("ascii")
    der = base64.b64decode("".join(text.split("\n")[1:-2]), validate=True)
    lines = base64.b64encode(der).decode()
    body = "\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
    if text != "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n":
        raise ValueError("bukan bentuk baku")
    return der


# --- the set --------------------------------------------------------------------------------


def say(line: str) -> None:
    """Print a line; names in a set may hold anything."""
    print("".join(char if char.isprintable() else "?" for char in line))


class Damaged(Exception):
    """The set cannot even be read as one."""


class Check:
    """What was found in one set."""

    def __init__(self, folder: Path, trusted: set[str]) -> None:
        self.folder = folder
        self.trusted = trusted
        self.faults: list[str] = []
        self.notes: list[str] = []

    def run(self) -> int:
        """Judge everything; the exit code."""
        try:
            listed, sums = self.read_sums()
            manifest = self.read_manifest()
            allowed = self.check_signatures(manifest, sums)
            self.check_files(listed, manifest, allowed)
        except Damaged as damage:
            self.faults.append(str(damage))
        if self.faults:
            return DAMAGED
        return UNSIGNED if self.notes else WHOLE

    def read(self, name: str, largest: int) -> bytes:
        path = self.folder / name
        if path.is_symlink() or not path.is_file() or path.stat().st_size > largest:
            raise Damaged(name + " hilang, bukan berkas biasa, atau terlalu besar")
        return path.read_bytes()

    def read_sums(self) -> tuple[dict[str, str], bytes]:
        data = self.read("SHA256SUMS", LARGEST_LIST)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Damaged("SHA256SUMS bukan teks") from None
        listed = {name: digest for digest, name in LINE.findall(text)}
        if text != "".join(listed[name] + "  " + name + "\n" for name in sorted(listed)):
            raise Damaged("SHA256SUMS berubah: isi, urutan atau akhir barisnya")
        for name in listed:
            if name.startswith("/") or "\\" in name or ":" in name or set(name.split("/")) & {"", ".", ".."}:
                raise Damaged("SHA256SUMS menyebut berkas di luar set")
        return listed, data

    def read_manifest(self) -> Any:
        text = self.read("manifest.json", LARGEST_LIST)
        try:
            value = json.loads(text.decode("utf-8"))
            again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            if again.encode("utf-8") != text or value["format"] != "pleno-manifest/1":
                raise ValueError("bentuk")
            [(one["sha256"], one["size"]) for one in value["files"].values()]
            numbers = [int(one["n"]) for one in value["signers"]]
            held = [(str(one["id"]), str(one["name"]), str(one["role"])) for one in value["signers"]]
            if len(set(numbers)) < len(held) or len({str(one["cert_sha256"]) for one in value["signers"]}) < len(held):
                raise ValueError("penanda tangan dua kali")
            (int(value["signing"]["ketua"]), int(value["signing"]["anggota"]), value["export"]["status"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged("manifest.json bukan yang ditulis pleno") from None
        return value

    def check_files(self, listed: dict[str, str], manifest: Any, allowed: set[str]) -> None:
        """Every listed file there and as listed, in both lists, and nothing more."""
        found = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_symlink() or not path.is_dir()
        }
        for name in sorted(found - set(listed) - allowed - {"SHA256SUMS"}):
            self.faults.append(name + " tidak ada dalam daftar")
        for name in sorted(set(listed) ^ (set(manifest["files"]) | {"manifest.json"})):
            self.faults.append(name + " hanya ada dalam salah satu dari manifest.json dan SHA256SUMS")
        for name, digest in sorted(listed.items()):
            path = self.folder / name
            if path.is_symlink() or not path.is_file():
                self.faults.append(name + " hilang atau bukan berkas biasa")
                continue
            one = manifest["files"].get(name, {"sha256": digest, "size": path.stat().st_size})
            if one["sha256"] != digest or one["size"] != path.stat().st_size or self.digest(path) != digest:
                self.faults.append(name + " berubah")

    @staticmethod
    def digest(path: Path) -> str:
        found = hashlib.sha256()
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                found.update(block)
        return found.hexdigest()

    def check_signatures(self, manifest: Any, sums: bytes) -> set[str]:
        """Judge whoever signed; the names of signature files that may lie in the set."""
        allowed: set[str] = set()
        known: list[str] = []
        for signer in manifest["signers"]:
            names = (f"SHA256SUMS.{signer['n']}.p7s", f"sertifikat/{signer['n']}.crt")
            there = [name for name in names if (self.folder / name).exists()]
            if not there:
                continue
            allowed |= set(names)
            who = f"{signer['n']} {signer['name']} ({signer['role']})"
            why = self.check_signature(names, signer, sums)
            if why:
                self.faults.append("tanda tangan " + who + ": " + why)
            elif signer["cert_sha256"] in self.trusted:
                known.append(signer["role"])
                say("sah    " + who)
            else:
                self.notes.append("penanda tangan belum dikenal: " + who + ", sidik " + signer["cert_sha256"])
        rule = manifest["signing"]
        if manifest["export"]["status"] == "KONSEP" or not known:
            self.notes.append("belum ada tanda tangan dari orang yang dikenal")
        else:
            least = {role: max(int(rule[role]), usual) for role, usual in USUAL.items()}
            due = f"{least['ketua']} ketua dan {least['anggota']} anggota"
            if any(known.count(role) < least[role] for role in least):
                self.notes.append("tanda tangan kurang: perlu " + due)
            else:
                say("sah    syarat tanda tangan terpenuhi: " + due)
        return allowed

    def check_signature(self, names: tuple[str, str], signer: Any, sums: bytes) -> str:
        try:
            signature, pem = (self.read(name, LARGEST_SIGNATURE) for name in names)
            certificate = of_pem(pem)
            if hashlib.sha256(certificate).hexdigest() != signer["cert_sha256"]:
                return "sertifikatnya bukan yang disebut manifest.json"
            held = holder(certificate)
            if held != {part: signer[part] for part in ("id", "name", "role")}:
                return "sertifikatnya milik " + held.get("name", "?") + " (" + held.get("role", "?") + ")"
            return verify(signature, certificate, sums)
        except Damaged as damage:
            return str(damage)
        except (ValueError, IndexError, OverflowError):
            return "sertifikat atau tanda tangannya tidak terbaca"


# --- a proof for one TPS --------------------------------------------------------------------

SYLLABLES = [a + b for a in "bcdfghjklmnp" for b in "aiueo"] + ["ra", "ri", "ru", "re"]


def canonical(value: Any) -> str:
    """The one text of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def no_float(text: str) -> Any:
    """A sealed file holds whole numbers only."""
    raise ValueError(text)


def parsed(text: str) -> Any:
    """The value of a text in its one form."""
    value = json.loads(text, parse_float=no_float, parse_constant=no_float)
    if canonical(value) != text or re.search("[\x7f-\x9f]", text):
        raise ValueError("bentuk")
    return value


def digest_of(text: Any) -> bytes:
    """32 bytes out of 64 hexadecimal digits."""
    if re.fullmatch("[0-9a-f]{64}", text) is None:
        raise ValueError("sidik")
    return bytes.fromhex(text)


def seal_words(sealed: bytes, seq: int, called: str) -> str:
    """The two words of a seal, which every saksi wrote down."""
    salt = b"pleno-segel-v1\0" + called.encode()
    key = hashlib.scrypt(sealed + seq.to_bytes(8, "big"), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=6)
    bits = int.from_bytes(key, "big")
    spoken = [SYLLABLES[bits >> 6 * place & 63] for place in range(8)]
    return "".join(spoken[:4]) + "-" + "".join(spoken[4:])


def check_proof(content: bytes) -> list[str]:
    """What a proof says, its seal line last; ValueError and its like where it does not hold."""
    told = parsed(content.decode("utf-8")[:-1] if content.endswith(b"\n") else content.decode("utf-8"))
    figures, contest, tps, seal = told["angka"], told["kontes"], told["tps"], told["segel"]
    for figure in figures.values():
        if figure not in (None, "x") and (type(figure) is not int or not 0 <= figure < 10**7):
            raise ValueError("angka")
    leaf = {"figures": figures, "kontes": contest, "tps": tps}
    climbed = hashlib.sha256(b"\0" + canonical(leaf).encode("utf-8")).digest()
    for side, neighbour in told["jalur"]:
        pair = {"kiri": digest_of(neighbour) + climbed, "kanan": climbed + digest_of(neighbour)}[side]
        climbed = hashlib.sha256(b"\1" + pair).digest()
    body, seq, entry = seal["isi"].encode("utf-8"), seal["seq"], parsed(seal["isi"])
    sizes = seq.to_bytes(8, "big") + len(body).to_bytes(8, "big")
    sealed = hashlib.sha256(b"pleno-log-v1\0" + digest_of(seal["sebelum"]) + sizes + body).digest()
    data = entry["data"]
    numbers = all(type(number) is int and number >= 0 for number in (seq, data["no"]))
    if not numbers or re.fullmatch("[0-9]{4,6}", data["angka_saksi"]) is None:
        raise ValueError("segel")
    if told["format"] != "pleno-bukti/1" or entry["kind"] != "seal" or data["akar"][contest] != climbed.hex():
        raise ValueError("angka bukan yang disegel")
    lines = [row + " = " + ("?" if figures[row] is None else str(figures[row])) for row in sorted(figures)]
    words = seal_words(sealed, seq, data["angka_saksi"])
    seal_line = f"SEGEL {data['no']:02}  #{seq}  saksi {data['angka_saksi']}  {words}"
    return [contest + " TPS " + tps, *lines, seal_line]


def main_of_proof(path: Path) -> int:
    """The command for one file; its exit code."""
    try:
        content = path.read_bytes()
    except OSError as error:
        say("Tidak terbaca: " + str(error))
        return CANNOT
    try:
        lines = check_proof(content)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        say("RUSAK  " + path.name + " bukan bukti, atau angkanya bukan yang ada di rekap yang disegel")
        say("Hasil: RUSAK")
        return DAMAGED
    for line in lines:
        say(line)
    say("Hasil: utuh, bila baris SEGEL itu sama dengan yang ditulis saksi di kertas")
    return WHOLE


def main(words: list[str]) -> int:
    """The command; its exit code."""
    trusted = {re.sub(r"[\s:.-]+", "", word).lower() for word in words[1:]}
    if not words or any(re.fullmatch("[0-9a-f]{64}", word) is None for word in trusted):
        print((__doc__ or "").strip())
        return CANNOT
    folder = Path(words[0])
    if folder.is_file():
        return main_of_proof(folder)
    if not (folder / "manifest.json").exists() and not (folder / "SHA256SUMS").exists():
        say("Bukan folder set rekap: " + words[0])
        return CANNOT
    check = Check(folder, trusted)
    try:
        code = check.run()
    except OSError as error:
        say("Tidak terbaca: " + str(error))
        return CANNOT
    for line in check.faults:
        say("RUSAK  " + line)
    for line in check.notes:
        say("kurang " + line)
    say({WHOLE: "Hasil: utuh", UNSIGNED: "Hasil: utuh, tanda tangan kurang", DAMAGED: "Hasil: RUSAK"}[code])
    return code


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
