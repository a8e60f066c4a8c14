"""Do the signatures of a set hold, and are those who signed known (TRUST.md section 6, "Verifier rules")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pleno.domain.signers import Signer, spoken_fingerprint
from pleno.domain.state import SheetStatus
from pleno.exporters.check import Bundle, BundleCheck, Manifest, SignatureFiles

UNSIGNED: Final = "tanda tangan"
"""Name of the check that fails while signatures are missing; alone it is no damage."""
UNKNOWN: Final = "penanda tangan"
"""Name of the check that fails while nobody vouches for a certificate; alone it is no damage."""


class Judged(NamedTuple):
    """The signatures of a set."""

    checks: tuple[BundleCheck, ...]
    valid: tuple[Signer, ...]
    """Whose signature holds, known or not."""


def judge(bundle: Bundle, trusted: Mapping[str, str], own: bool = False) -> Judged:
    """Judge the signatures of a set; `trusted` are fingerprints from outside it and where they are from, in words.

    A certificate is never trusted because it lies in the set, and a rule below the usual one of ketua and two
    members counts only for an `own` set, one that the journal at hand wrote.
    """
    if bundle.manifest is None:
        return Judged((), ())
    valid: list[Signer] = []
    checks = [_one(files, bundle.sums, trusted, valid) for files in bundle.signatures]
    known = [signer for signer in valid if signer.cert_sha256 in trusted]
    checks += _unknown(signer for signer in valid if signer.cert_sha256 not in trusted)
    checks.append(_rule(bundle.manifest, valid, known, own))
    return Judged(tuple(checks), tuple(valid))


def _one(files: SignatureFiles, sums: bytes, trusted: Mapping[str, str], valid: list[Signer]) -> BundleCheck:
    from pleno.signing import certificate, cms  # `cryptography` is loaded only where a signature is judged

    signer = files.signer
    who = f"{signer.n} {signer.name} ({signer.role})"
    try:
        own = certificate.of_pem(files.certificate)
        if certificate.fingerprint(own) != signer.cert_sha256:
            return BundleCheck("berkas", False, f"sertifikat {who} bukan yang disebut manifest.json")
        held = certificate.holder(own)
        if (held.id, held.name, held.title) != (signer.id, signer.name, signer.role):
            return BundleCheck("berkas", False, f"sertifikat {who} milik {held.name} ({held.title})")
        moment = cms.check(files.signature, own, sums)
    except cms.BadSignature as error:
        return BundleCheck("berkas", False, f"tanda tangan {who}: {error}")
    except ValueError:
        return BundleCheck("berkas", False, f"sertifikat {who} tidak terbaca atau bukan bentuk baku")
    valid.append(signer)
    source = trusted.get(signer.cert_sha256)
    known = f"; dikenal dari {source}" if source else ""
    # A note and no fault: clocks are wrong (TRUST.md section 6).
    late = "" if certificate.holds_at(own, moment) else ", di luar masa berlaku sertifikat"
    told = f"dibuat {moment:%Y-%m-%d %H:%M} UTC menurut jam laptopnya{late}"
    return BundleCheck(UNSIGNED, True, f"{who} sah, {told}{known}")


def _unknown(signers: Iterator[Signer]) -> Iterator[BundleCheck]:
    for signer in signers:
        told = f"{signer.n} {signer.name} belum dikenal; cocokkan dengan lembar pembukaan, lalu sebut dengan --sidik"
        yield BundleCheck(UNKNOWN, False, f"{told}: {spoken_fingerprint(signer.cert_sha256)}")


def _rule(manifest: Manifest, valid: list[Signer], known: list[Signer], own: bool) -> BundleCheck:
    if manifest.status == SheetStatus.KONSEP or not valid:
        return BundleCheck(UNSIGNED, False, f"set {manifest.status} ini belum ditandatangani siapa pun")
    absent = [signer for signer in manifest.signers if signer not in valid]
    left = f"; belum menandatangani: {', '.join(signer.name for signer in absent)}" if absent else ""
    rule = manifest.rule if own else manifest.rule.at_least
    if missing := rule.missing(signer.role for signer in known):
        asked = "" if rule == manifest.rule else f"; set ini hanya meminta {manifest.rule.told}"
        return BundleCheck(UNSIGNED, False, f"masih kurang {missing} yang dikenal{asked}{left}")
    return BundleCheck(UNSIGNED, True, f"syarat tanda tangan terpenuhi: {rule.told}{left}")
