"""Sets that somebody made anew with other figures: with a key of his own, or with the one key he rightly holds.

Every list in them agrees with every file; what they lack is the hands that they claim.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from signing.ceremony import SIGNERS, Ceremony

from pleno.domain.chain import Json, canonical
from pleno.exporters.bundle import FIGURES_CSV, MANIFEST, SUMS, certificate_name, signature_name
from pleno.signing import certificate, cms, keyfile

NOW: Final = datetime(2024, 12, 1, tzinfo=UTC)
STORE: Final = "toko-sertifikat"
"""Beside the set: the certificates that the forger's victim trusts for web pages."""

Signers = list[dict[str, Any]]


def spoiled(
    ceremony: Ceremony, to: Path, listed: Callable[[Signers], None] = lambda _: None,
    more: Mapping[str, Json] | None = None, **rule: int,
) -> Path:  # fmt: skip
    """A copy of the set without signatures, one figure changed and both lists made to fit.

    `listed` edits the signers of the manifest, `more` are files it names beside those that are there.
    """
    folder = ceremony.copied(to)
    for old in (*folder.glob("*.p7s"), *folder.glob("sertifikat/*")):
        old.unlink()
    data = (folder / FIGURES_CSV).read_bytes().replace(b",124\r\n", b",924\r\n")
    assert data != (folder / FIGURES_CSV).read_bytes()
    (folder / FIGURES_CSV).write_bytes(data)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"][FIGURES_CSV] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    manifest["files"].update(more or {})
    manifest["signing"].update(rule)
    listed(manifest["signers"])
    (folder / MANIFEST).write_text(f"{canonical(manifest)}\n", "utf-8", newline="\n")
    named = sorted((*(manifest["files"].keys() - (more or {}).keys()), MANIFEST))
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in named]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    return folder


def put(folder: Path, number: int, held: bytes, signature: bytes) -> None:
    (folder / certificate_name(number)).write_bytes(held)
    (folder / signature_name(number)).write_bytes(signature)


def genuine(ceremony: Ceremony, number: int) -> bytes:
    return (ceremony.bundle / certificate_name(number)).read_bytes()


def own_key(ceremony: Ceremony, person: str) -> keyfile.KeyFile:
    return keyfile.unlock((ceremony.stick / f"{person}.kunci").read_bytes(), ceremony.words[person])


def stranger() -> tuple[certificate.PrivateKey, bytes]:
    return certificate.make(certificate.Holder("ppk1", "Ketua PPK", "ketua", "PPK"), NOW)


# --- forgeries -----------------------------------------------------------------------------


def second_certificate(ceremony: Ceremony, to: Path) -> Path:
    """A stranger's certificate hangs below each genuine one; he signs with it."""
    folder, (key, own) = spoiled(ceremony, to), stranger()
    for number in range(1, len(SIGNERS) + 1):
        held = genuine(ceremony, number) + certificate.to_pem(own)
        put(folder, number, held, cms.sign(key, own, (folder / SUMS).read_bytes(), NOW))
    return folder


def hidden_certificate(ceremony: Ceremony, to: Path) -> Path:
    """The same, and the genuine one is DER: what reads DER sees it alone, what reads PEM sees the stranger's alone."""
    folder, (key, own) = spoiled(ceremony, to), stranger()
    for number in range(1, len(SIGNERS) + 1):
        held = certificate.of_pem(genuine(ceremony, number)) + certificate.to_pem(own)
        put(folder, number, held, cms.sign(key, own, (folder / SUMS).read_bytes(), NOW))
    return folder


def certificate_for_web_pages(ceremony: Ceremony, to: Path) -> Path:
    """Genuine certificates beside signatures of one whom the system trusts for web pages."""
    folder, store = spoiled(ceremony, to), to / STORE
    store.mkdir()
    short = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9000"]
    _openssl("req", "-x509", *short, "-keyout", to / "ca.key", "-out", store / "ca.pem", "-subj", "/CN=Web CA")
    _openssl("req", *short[:-2], "-keyout", to / "web.key", "-out", to / "web.csr", "-subj", "/CN=web.example")
    ca = ["-CA", store / "ca.pem", "-CAkey", to / "ca.key", "-set_serial", "7", "-days", "9000"]
    _openssl("x509", "-req", "-in", to / "web.csr", *ca, "-out", to / "web.pem")
    _openssl("rehash", store)
    signer = ["-signer", to / "web.pem", "-inkey", to / "web.key", "-outform", "DER", "-out", to / "web.p7s"]
    _openssl("cms", "-sign", "-binary", "-in", folder / SUMS, *signer)
    for number in range(1, len(SIGNERS) + 1):
        put(folder, number, genuine(ceremony, number), (to / "web.p7s").read_bytes())
    return folder


def one_for_three(ceremony: Ceremony, to: Path) -> Path:
    """A member signs with his own key in the place of the ketua and of another member."""
    own = own_key(ceremony, "ppk3")

    def listed(signers: Signers) -> None:
        for one in signers[: len(SIGNERS)]:
            one["cert_sha256"] = certificate.fingerprint(own.certificate)

    folder = spoiled(ceremony, to, listed)
    for number in range(1, len(SIGNERS) + 1):
        signature = cms.sign(own.key, own.certificate, (folder / SUMS).read_bytes(), NOW)
        put(folder, number, certificate.to_pem(own.certificate), signature)
    return folder


def saksi_as_ketua(ceremony: Ceremony, to: Path) -> Path:
    """A saksi signs with his own key; the list calls him ketua, and asks for nobody else."""
    own = own_key(ceremony, "s1")

    def listed(signers: Signers) -> None:
        signers[:] = [{**one, "role": "ketua"} for one in signers if one["id"] == "s1"]

    folder = spoiled(ceremony, to, listed, anggota=0)
    number = json.loads((folder / MANIFEST).read_text("utf-8"))["signers"][0]["n"]
    signature = cms.sign(own.key, own.certificate, (folder / SUMS).read_bytes(), NOW)
    put(folder, number, certificate.to_pem(own.certificate), signature)
    return folder


def member_as_ketua(ceremony: Ceremony, to: Path) -> Path:
    """A member signs with his own key under the name of the ketua; the list asks for one member."""
    own = own_key(ceremony, "ppk3")

    def listed(signers: Signers) -> None:
        signers[2].update(id="ppk1", name=signers[0]["name"])

    folder = spoiled(ceremony, to, listed, ketua=0, anggota=1)
    signature = cms.sign(own.key, own.certificate, (folder / SUMS).read_bytes(), NOW)
    put(folder, 3, certificate.to_pem(own.certificate), signature)
    return folder


def lowered_rule(ceremony: Ceremony, to: Path) -> Path:
    """A member signs alone, in his own name; the list asks for one member."""
    own = own_key(ceremony, "ppk3")
    folder = spoiled(ceremony, to, ketua=0, anggota=1)
    signature = cms.sign(own.key, own.certificate, (folder / SUMS).read_bytes(), NOW)
    put(folder, 3, certificate.to_pem(own.certificate), signature)
    return folder


def certificates_without_signatures(ceremony: Ceremony, to: Path) -> Path:
    """A member signs alone; the others' certificates lie there, and the manifest lists two names more to be counted."""
    own = own_key(ceremony, "ppk3")
    nothing = {"sha256": hashlib.sha256(b"").hexdigest(), "size": 0}
    folder = spoiled(ceremony, to, more={"x1": nothing, "x2": nothing}, ketua=0, anggota=1)
    signature = cms.sign(own.key, own.certificate, (folder / SUMS).read_bytes(), NOW)
    put(folder, 3, certificate.to_pem(own.certificate), signature)
    for number in (1, 2):
        (folder / certificate_name(number)).write_bytes(genuine(ceremony, number))
    return folder


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], capture_output=True, check=True, timeout=60)


FORGERIES: Final[tuple[Callable[[Ceremony, Path], Path], ...]] = (
    second_certificate, hidden_certificate, certificate_for_web_pages,
    one_for_three, saksi_as_ketua, member_as_ketua, lowered_rule,
    certificates_without_signatures,
)  # fmt: skip
