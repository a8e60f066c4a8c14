"""What belongs to a workspace beside its database: forms, the office's workbooks, key files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pleno.domain.errors import PlenoError
from pleno.service.health import Health, Line
from pleno.service.opening import forms_of, recorded_forms
from pleno.service.session import Session
from pleno.service.signers import current_keys, may_sign
from pleno.service.template_list import lister
from pleno.signing.keyfile import SUFFIX


def belongings(session: Session) -> Iterator[Line]:
    """A line for each kind of them; reading only."""
    yield _forms(session)
    yield _templates(session)
    yield _keys(session)
    yield from _keys_left_behind(session.folder)


def _forms(session: Session) -> Line:
    """The forms of the contests are those the journal knows, by fingerprint."""
    now, known = forms_of(session), recorded_forms(session) or {}
    if changed := [contest for contest, form in now.items() if known.get(contest, form) != form]:
        return Line(
            "profil", Health.CARE, f"formulir berubah sejak dicatat: {', '.join(changed)}",
            "Pastikan perubahan itu disengaja; entri berikutnya mencatatnya.",
        )  # fmt: skip
    return Line("profil", Health.GOOD, f"{', '.join(now)}: sidik formulir sama dengan yang dicatat")


def _templates(session: Session) -> Line:
    try:
        offers = lister(session, None)(lambda _done, _of: None)
    except PlenoError as error:
        return Line("templat", Health.CARE, error.message.rstrip("."), error.advice)
    if unknown := [one.name for one in offers if not one.sheets]:
        said = f"{len(unknown)} dari {len(offers)} buku kerja tidak dikenal: {', '.join(unknown[:3])}"
        return Line("templat", Health.CARE, said, "Lihat sebabnya dengan `pleno templat daftar`.")
    return Line("templat", Health.GOOD, f"{len(offers)} buku kerja dikenal" if offers else "tidak memakai buku kerja")


def _keys(session: Session) -> Line:
    """Who of the officers has a key; the files themselves are on sticks, and not looked for."""
    officers = [person.id for person in session.config.officers if person.id in may_sign(session)]
    held = current_keys(session)
    if missing := [person for person in officers if person not in held]:
        return Line(
            "kunci", Health.UNKNOWN if session.practice else Health.CARE, f"belum punya kunci: {', '.join(missing)}",
            "Buat di stik pemiliknya sebelum segel terakhir: `pleno kunci buat ID DIR`.",
        )  # fmt: skip
    return Line("kunci", Health.GOOD, f"{len(officers)} petugas punya kunci")


def _keys_left_behind(folder: Path) -> Iterator[Line]:
    left = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob(f"*{SUFFIX}"))]
    if left:
        yield Line(
            "berkas kunci", Health.BAD, f"ada di ruang kerja: {', '.join(left[:3])}",
            "Pindahkan ke stik pemiliknya, lalu hapus di sini.",
        )  # fmt: skip
