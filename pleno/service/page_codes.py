"""The QR codes of printed pages: signed with the key of the ketua, and judged as scanned (TRUST.md section 6)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.chain import parse_canonical
from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.figures import thousands
from pleno.domain.signers import Signer, SignerRole, keys_of, spoken_fingerprint
from pleno.domain.state import SheetStatus
from pleno.exporters.bundle import CERTIFICATES, FIGURES_JSON, JOURNAL
from pleno.exporters.pdf_qr import LONGEST, TAG, QrPage, read_qr, signed_bytes
from pleno.exporters.pdf_qr import PageSign as PageSign  # the commands name its type through here
from pleno.service.session import Session
from pleno.service.signatures import UNKNOWN, UNSIGNED
from pleno.service.signers import signers
from pleno.service.verify import REPLACED, CheckLine, Outcome, Verification, known
from pleno.store import Inspection

_ABOUT_KEYS: Final = b'"kind":"key.'
_LONGEST_LINE: Final = 100_000
_LARGEST_CERTIFICATE: Final = 16_384
_PEM: Final = b"-----BEGIN CERTIFICATE-----"


# --- signing ------------------------------------------------------------------------------------


def ketua(session: Session) -> Signer:
    """The ketua with the key that counts now. PlenoError where there is none."""
    ids = {one.id for one in session.config.officers if one.role is Role.KETUA}
    found = next((one for one in signers(session) if one.id in ids and one.role is SignerRole.KETUA), None)
    if found is None:
        raise PlenoError(
            "Belum punya kunci",
            "Kode QR ditandatangani kunci ketua, dan ketua belum punya kunci.",
            "Buat dengan `pleno kunci buat`, lalu segel dan ekspor; atau ekspor tanpa --kunci.",
        )
    return found


def page_sign(session: Session, key_file: Path, words: str) -> PageSign:
    """What signs the codes of a set: the key of the ketua, opened. PlenoError for another key and for wrong words."""
    from pleno.service.signing import open_own_key
    from pleno.signing import raw  # `cryptography` is loaded only where somebody signs

    return partial(raw.sign, open_own_key(session, ketua(session).id, key_file, words).key)


# --- judging ------------------------------------------------------------------------------------


def verify_code(
    text: str, beside: Path | None = None, fingerprints: Collection[str] = (), workspace: Path | None = None
) -> Verification:
    """Judge the text of a scanned code, or of a file that holds it.

    `beside` is what the code is held against: the folder of a set, a certificate, or the file of figures.
    `fingerprints` and `workspace` as `verify`. PlenoError for what is no code at all, or cannot be read.
    """
    code = _code(text)
    try:
        page, signature = read_qr(code)
    except ValueError:
        told = "kode ini berubah atau tidak terbaca utuh; pindai lagi"
        return Verification(Outcome.RUSAK, [CheckLine("kode", False, told)])
    own, trusted = known(fingerprints, workspace)
    if own is not None and parse_canonical(own.genesis).get("kecamatan") != page.kecamatan:
        own = None
    checks = [*_told(page), *(_figures(page, beside) if beside else ()), *(_sheet(page, own) if own else ())]
    others = list(_certificates(beside)) if beside else []
    checks.append(_signature(page, signature, _keys(own) if own else [], others, trusted))
    failed = {check.name for check in checks if not check.ok}
    whole = Outcome.EKOR if failed else Outcome.UTUH
    return Verification(whole if failed <= {UNSIGNED, UNKNOWN, REPLACED} else Outcome.RUSAK, checks)


def _code(text: str) -> str:
    """The text itself, or what the file of that name holds."""
    if text.startswith(TAG):
        return text.rstrip("\r\n")
    try:
        with Path(text).open("rb") as file:
            held = file.read(LONGEST + 3).decode("ascii").rstrip("\r\n")
        if not held.startswith(TAG):
            raise ValueError(held)
        return held
    except (OSError, ValueError) as error:
        why = os_words(error) if isinstance(error, OSError) else "isinya bukan teks kode"
        raise PlenoError(
            "Kode tidak terbaca",
            f'"{text[:60]}": {why}.',
            f"Salin seluruh tulisan hasil pindai, mulai {TAG}, di antara tanda kutip tunggal, atau sebut berkasnya.",
        ) from error


def _told(page: QrPage) -> Iterator[CheckLine]:
    number = f"ekspor nomor {page.export}" if page.export else "lembar kerja"
    place = f"kecamatan {page.kecamatan}, {page.contest}, lembar {page.sheet}, halaman {page.page} dari {page.of}"
    yield CheckLine("kode", True, f"{place}, {number}")
    yield CheckLine("kertas", True, f"cocokkan sidik yang tercetak: {spoken_fingerprint(page.sidik.hex())}")
    if page.totals:
        totals = "; ".join("kosong" if total is None else thousands(total) for total in page.totals)
        yield CheckLine("jumlah", True, f"kolom terakhir halaman itu dari atas: {totals}")


def _figures(page: QrPage, beside: Path) -> Iterator[CheckLine]:
    """The hash of the code against the file of figures; a certificate has none."""
    path = beside / FIGURES_JSON if beside.is_dir() else beside
    if not path.is_file():
        raise PlenoError("Tidak dapat diperiksa", f"{path} tidak ada.", "Sebut folder setnya, atau satu berkas.")
    try:
        with path.open("rb") as file:
            if file.read(len(_PEM)) == _PEM:
                return
            file.seek(0)
            same = hashlib.file_digest(file, "sha256").digest() == page.sidik
    except OSError as error:
        raise PlenoError("Tidak dapat diperiksa", f"{path}: {os_words(error)}.", "Periksa disknya.") from error
    said = f"sidik di kode sama dengan {path.name}" if same else f"sidik di kode BUKAN sidik {path.name} di {beside}"
    yield CheckLine("sidik", same, said)


def _sheet(page: QrPage, own: Inspection) -> Iterator[CheckLine]:
    """What the journal of one's own workspace knows of the set."""
    if not page.export:
        return
    sheet = next((one for one in own.sheets if (one.number, one.contest) == (page.export, page.contest)), None)
    if sheet is None:
        yield CheckLine("ekspor", False, f"ekspor {page.export} {page.contest} tidak ada di jejak ruang kerja ini")
    elif sheet.status is SheetStatus.BATAL:
        yield CheckLine(REPLACED, False, f"ekspor {page.export} ini BATAL")
    else:
        yield CheckLine("ekspor", True, f"ekspor {page.export} di jejak ruang kerja ini {sheet.status}")


def _signature(
    page: QrPage, signature: bytes, own: Sequence[bytes], others: Sequence[bytes], trusted: Mapping[str, str]
) -> CheckLine:
    """Whether the ketua signed the code, by the certificates of one's own journal and by `others`, in DER."""
    if not signature:
        told = "kode ini tanpa tanda tangan, siapa pun dapat membuatnya; cocokkan dengan set yang ditandatangani"
        return CheckLine(UNSIGNED, False, told)
    mine, foreign = (list(_of_ketua(every)) for every in (own, others))
    fitting = [one for one in (*mine, *foreign) if _holds(signature, one.certificate, page)]
    for one in fitting:
        if one.fingerprint in trusted:
            return CheckLine(
                UNSIGNED, True, f"ditandatangani {one.name} (ketua); dikenal dari {trusted[one.fingerprint]}"
            )
    if fitting and not mine:
        told = f"cocok dengan sertifikat {fitting[0].name} (ketua) yang belum dikenal; cocokkan dengan lembar pembukaan"
        return CheckLine(UNKNOWN, False, f"{told}, lalu sebut --sidik: {spoken_fingerprint(fitting[0].fingerprint)}")
    if mine or foreign:
        return CheckLine("tanda tangan kode", False, "BUKAN tanda tangan kunci ketua atas kode ini")
    told = "belum dapat dinilai: sertifikat ketua tidak ada di sini; sebut folder setnya, atau berkas sertifikatnya"
    return CheckLine(UNKNOWN, False, told)


class _Ketua(NamedTuple):
    name: str
    fingerprint: str
    certificate: bytes


def _of_ketua(certificates: Iterable[bytes]) -> Iterator[_Ketua]:
    """Those certificates that name their owner as ketua."""
    from pleno.signing import certificate  # `cryptography` is loaded only where a signature is judged

    for own in certificates:
        with suppress(ValueError):
            holder = certificate.holder(own)
            if holder.title == SignerRole.KETUA:
                yield _Ketua(holder.name, certificate.fingerprint(own), own)


def _holds(signature: bytes, certificate: bytes, page: QrPage) -> bool:
    from pleno.signing import cms, raw

    try:
        raw.check(signature, certificate, signed_bytes(page))
    except cms.BadSignature:
        return False
    return True


def _keys(own: Inspection) -> list[bytes]:
    """Certificates that the journal of a workspace knows."""
    return [base64.b64decode(key.certificate) for key in keys_of(own.signing).values()]


def _certificates(beside: Path) -> Iterator[bytes]:
    """Certificates in a file, or in a set and its journal; whoever they are of, they prove nothing by lying there."""
    files = sorted((beside / CERTIFICATES).glob("*.crt")) if beside.is_dir() else [beside]
    try:
        for path in files:
            with path.open("rb") as file:
                yield from _der(_of_pem, file.read(_LARGEST_CERTIFICATE))
        if (beside / JOURNAL).is_file():
            with (beside / JOURNAL).open("rb") as file:
                while line := file.readline(_LONGEST_LINE):
                    if _ABOUT_KEYS in line:
                        yield from _der(_of_entry, line)
    except OSError as error:
        raise PlenoError("Tidak dapat diperiksa", f"{beside}: {os_words(error)}.", "Periksa disknya.") from error


def _der(read: Callable[[bytes], bytes], data: bytes) -> Iterator[bytes]:
    try:
        yield read(data)
    except (PlenoError, ValueError, KeyError, TypeError):
        return


def _of_pem(data: bytes) -> bytes:
    from pleno.signing import certificate

    return certificate.of_pem(data)


def _of_entry(line: bytes) -> bytes:
    return base64.b64decode(
        parse_canonical(line.decode().removesuffix("\n"))["isi"]["data"]["sertifikat"], validate=True
    )
