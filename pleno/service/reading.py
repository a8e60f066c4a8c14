"""Figures read at the table: the plano, a copy, a recount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pleno.domain.contest import Contest
from pleno.domain.draft import Draft
from pleno.domain.entry import Change, Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import (
    HITUNG_ULANG,
    SALINAN_PANWASLU,
    Figure,
    Source,
    addend,
    is_salinan,
    is_source,
    salinan,
    shown,
    source_label,
)
from pleno.domain.papers import reading_of
from pleno.domain.state import PlenoState, Reading, Settlement, Tps
from pleno.service import notes
from pleno.service.session import Session


def record_reading(
    session: Session,
    tps: Tps,
    contest: Contest,
    source: Source,
    figures: Mapping[str, Figure],
    by: str | None,
    note: str = "",
    accepted: Sequence[str] = (),
    draft: Draft | None = None,
) -> Entry:
    """Write what a person read on one paper (`pleno catat`).

    `accepted` names the rows taken over from another source with `=`; `draft` is the draft that
    this entry makes an end of. A figure that was read before is changed only with a note that says why.
    """
    if not is_source(source) or source == HITUNG_ULANG:
        raise PlenoError(
            "Sumber tidak dikenal",
            f'"{source}" bukan sumber bacaan.',
            "Pakai sirekap, plano, foto, salinan:panwaslu atau salinan:<nomor>; hitung ulang: `pleno hitung-ulang`.",
        )
    require_choice(contest, source)
    return _record(session, tps, contest, source, figures, by, note, Kind.READING_SAVED, accepted, draft)


def record_recount(
    session: Session, tps: Tps, contest: Contest, figures: Mapping[str, Figure], by: str | None, note: str
) -> Entry:
    """Write the figures of a penghitungan ulang of the ballots of one TPS; the note says why it was held.

    What was kept of it while it was typed is gone with this entry.
    """
    why = notes.reason(note, "Penghitungan ulang")
    draft = session.state.get(Draft, tps.code, contest.id, HITUNG_ULANG)
    return _record(session, tps, contest, HITUNG_ULANG, figures, by, why, Kind.RECOUNT_RECORDED, draft=draft)


def _record(
    session: Session,
    tps: Tps,
    contest: Contest,
    source: Source,
    figures: Mapping[str, Figure],
    by: str | None,
    note: str,
    kind: Kind,
    accepted: Sequence[str] = (),
    draft: Draft | None = None,
) -> Entry:
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    note = notes.note(note, "Catatan")
    reading = reading_of(session.state, tps.code, contest.id, source)
    rows = _checked(contest, figures)
    _require_reason_for_changes(contest, reading, rows, note)
    changes = tuple(Change(tps.code, row, reading.figures.get(row), figure) for row, figure in rows.items())
    data = {"samakan": list(accepted)} if accepted else {}
    entry = session.entry(
        kind, actor, contest=contest.id, tps=tps.code, source=source, changes=changes, note=note or None, data=data
    )
    return session.commit(entry, done=draft)[0]


def _checked(contest: Contest, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figures by canonical name; PlenoError lists everything that cannot be one."""
    rows: dict[str, Figure] = {}
    wrong: list[str] = []
    for text, figure in figures.items():
        row = contest.find(text)
        if row.name in rows:
            wrong.append(f"{row.code} disebut dua kali")
        rows[row.name] = figure
        wrong += check_figure(contest, row.name, figure)
    if not rows:
        wrong.append("tidak ada angka yang disebut")
    if wrong:
        raise PlenoError(
            "Angka tidak dicatat", "; ".join(wrong) + ".", "Periksa kertasnya, lalu ulangi seluruh perintah."
        )
    return rows


def check_figure(contest: Contest, row: str, figure: Figure) -> list[str]:
    """Why a figure cannot stand in this row; empty if it can."""
    code = contest.by_name[row].code
    if row in contest.unpublished:
        return [f"{code} tidak diisi di ruang kerja latihan ini"]
    if figure is None:
        return [f"{code} tanpa angka; 0 diketik 0, sel kosong di kertas diketik x"]
    largest = 10**contest.profile.digits - 1
    if (addend(figure) or 0) > largest:
        return [f"{code} {shown(figure)}: paling banyak {largest} per TPS"]
    return []


def _require_reason_for_changes(contest: Contest, reading: Reading, rows: Mapping[str, Figure], note: str) -> None:
    changed = [
        f"{contest.by_name[row].code} dari {shown(reading.figures[row])} menjadi {shown(figure)}"
        for row, figure in rows.items()
        if reading.figures.get(row) not in (None, figure) and row not in reading.waiting
    ]
    if changed and len(note) < notes.SHORTEST:
        raise PlenoError(
            "Angka yang sudah dibaca berubah",
            f"{'; '.join(changed)}. Perubahan perlu alasan tertulis, paling sedikit {notes.SHORTEST} huruf.",
            "Ulangi dengan --catatan; bila kertasnya sendiri yang keliru, pakai `pleno betulkan`.",
        )


def require_choice(contest: Contest, source: Source) -> None:
    """Refuse a copy of a saksi whose choice does not exist, or has no saksi."""
    holders = {salinan(choice.number) for choice in contest.contestants if not choice.is_kolom_kosong}
    if is_salinan(source) and source not in (*holders, SALINAN_PANWASLU):
        raise PlenoError(
            "Sumber tidak dikenal",
            f"{source_label(source)} bukan salinan saksi dari {contest.profile.name}.",
            f"Pakai {SALINAN_PANWASLU} atau salah satu dari {', '.join(sorted(holders))}.",
        )


def require_read_here(session: Session, tps: Tps, contest: Contest) -> None:
    """Refuse a TPS where this contest is not read."""
    if tps.contests and contest.id not in tps.contests:
        raise PlenoError(
            "Kontes tidak dibaca di sini",
            f"{session.tps_name(tps)} tidak membaca {contest.profile.name} menurut daftar TPS.",
            f"Kontes di TPS ini: {', '.join(tps.contests)}.",
        )


def require_open(session: Session, tps: Tps, contest: Contest) -> None:
    """Refuse to touch a TPS that is SAH, or where this contest is not read."""
    require_read_here(session, tps, contest)
    if session.state.get(Settlement, tps.code, contest.id) is not None:
        raise PlenoError(
            "TPS sudah sah",
            f"{session.tps_name(tps)} sudah disahkan untuk {contest.profile.name}.",
            "Buka kembali dengan `pleno buka-kembali` dan alasannya, bila memang harus berubah.",
        )
