"""One pembetulan as the dialog shows it, line by line; the sentence is what the chair reads aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Reason
from pleno.domain.figures import PLANO, Figure, Kosong, Source, addend, shown, source_label
from pleno.domain.sentences import spoken
from pleno.domain.state import Kehadiran, PembetulanKind, Person
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.text import packed, spread, wrapped

if TYPE_CHECKING:
    from pleno.service.pins import Verified

WITNESS_KEYS: Final = "abcdeghijklmnopqrstuvwxyz"
"""Ticks the saksi off, in their order; `f` is the form's own."""
REASONS: Final = tuple(Reason)
"""In the order of their keys 1 to 6."""


@dataclass
class Proposal:
    """What the dialog gathers about one row."""

    row: DeskRow
    kind: PembetulanKind
    source: Source
    """Whose figure is wrong."""
    before: Figure
    after: Figure
    """None until it was typed (kind formulir)."""
    reason: Reason | None = None
    note: str = ""


class Decision(NamedTuple):
    """What the dialog ends with."""

    proposals: tuple[Proposal, ...]
    confirmer: str | None
    """Id of the PPK member who agrees; None = it waits for somebody."""
    proof: Verified | None = None
    """That the PIN of the confirmer was right, where there is one."""

    witness: tuple[str, ...] | None = None
    """Ids of the saksi and Panwaslu who saw it; None = everybody noted as present."""

    @property
    def told(self) -> str:
        """ "2 pembetulan disetujui"."""
        return f"{len(self.proposals)} pembetulan {'disetujui' if self.confirmer else 'menunggu disetujui'}"


def proposals(view: DeskView, row: DeskRow, aids: Sequence[Source]) -> list[Proposal]:
    """What `b` corrects: every aid of this TPS that differs, the row in hand first; without one, the paper itself."""
    open_aids = {
        cell.row.name: [source for source in cell.open if source in aids]
        for cell in view.file.open_cells
        if cell.ditetapkan is not None
    }
    here = row.row.name
    names = sorted((name for name in open_aids if open_aids[name]), key=lambda name: name != here)
    if not names:
        return [paper_proposal(view, row)]
    return [
        Proposal(
            view.of(name), PembetulanKind.SIREKAP, source, view.file.figure(source, name), view.of(name).ditetapkan
        )
        for name in names
        for source in open_aids[name]
    ]


def why_not(view: DeskView, row: DeskRow) -> str:
    """Why nothing can be corrected from this row; empty where something can."""
    if row.ditetapkan is None and not any(finding.source for finding in view.findings):
        return f"{row.row.code} belum dibaca dari plano."
    return ""


def paper_proposal(view: DeskView, row: DeskRow) -> Proposal:
    """The paper itself is wrong in a row; the right figure is yet to be typed."""
    return Proposal(row, PembetulanKind.FORMULIR, PLANO, view.file.figure(PLANO, row.row.name), None)


def upper_lines(view: DeskView, item: Proposal, typing: str, cells: int) -> list[str]:
    """From the place to the reasons."""
    jenis = "Sirekap" if item.kind is PembetulanKind.SIREKAP else "formulir"
    label = f"{item.row.row.code}  {' '.join(item.row.label.split())}"
    after = shown(item.after) if item.after is not None else f"[{typing}_]"
    words = f"  ({spoken(item.after).partition('(')[2]}" if isinstance(item.after, int) else ""
    chosen = str(REASONS.index(item.reason) + 1) if item.reason else " "
    return [
        spread(f"Desa {view.desa.title()}  TPS {view.file.tps.number:03}  {label}", f"jenis: {jenis}", cells),
        f"     {source_label(item.source).upper()} {shown(item.before)}   ->   {after}{words}",
        "Alasan  1 Salah baca Sirekap   2 Salah jumlah   3 Salah tulis",
        f"  [{chosen}]   4 Hitung ulang         5 Rekomendasi Panwaslu   6 Lain",
        "Sumber  C.HASIL (plano)",
    ]


def lower_lines(
    view: DeskView,
    item: Proposal,
    guests: Mapping[Kehadiran, bool],
    members: Sequence[Person] | None,
    chosen: str,
    pin: str,
    cells: int,
) -> list[str]:
    """From the witnesses to who agrees.

    `guests`: who was noted, and whether they see this; `members`: None before every reason is given, for a digit is a
    reason until then; `pin`: the field of the PIN of the chosen one, or nothing.
    """
    keyed = zip(WITNESS_KEYS, guests.items(), strict=False)  # there are more keys than guests
    saksi = [f"{key} [{'v' if seen else '-'}] {_guest(one)}" for key, (one, seen) in keyed]
    saksi = saksi or ["tidak ada yang tercatat hadir"]
    told = [
        *_named("Saksi", packed(saksi, cells - 8)),
        *_named("Akibat", wrapped(effect(item), cells - 8)),
        *_named("Bacakan", wrapped(f'"{aloud(view, item)}"', cells - 8)),
    ]
    if members is None:
        return [*told, "Disetujui anggota PPK: ditanyakan sesudah alasan terakhir"]
    numbered = [*(f"{n} {one.name}" for n, one in enumerate(members, 1)), "0 belum ada"]
    agree = [f"[{part}]" if part[0] == chosen else part for part in numbered]
    return [
        *told,
        f"Disetujui anggota PPK:  PIN {members[int(chosen) - 1].name} {pin}" if pin else "Disetujui anggota PPK:",
        *_named("", packed(agree, cells - 8)),
    ]


def _named(name: str, lines: Sequence[str]) -> list[str]:
    return [f"{name if place == 0 else '':<8}{line}" for place, line in enumerate(lines)]


def _guest(guest: Kehadiran) -> str:
    short = f"S{int(guest.stands_for):02}" if guest.stands_for.isdigit() else "PWS"
    return f"{short} {guest.name}" if guest.present else f"{short} tidak hadir"


def effect(item: Proposal) -> str:
    """What the correction does to the sums."""
    if item.kind is PembetulanKind.SIREKAP:
        return f"TPS {shown(item.after)} tetap; jumlah desa dan kecamatan tidak berubah"
    if item.after is None:
        return "ketik angka yang benar, lalu Enter"
    gap = (addend(item.after) or 0) - (addend(item.before) or 0)
    return f"TPS {shown(item.before)} menjadi {shown(item.after)}; jumlah desa dan kecamatan {gap:+}"


def aloud(view: DeskView, item: Proposal) -> str:
    """What the chair reads aloud."""
    what = _spoken_row(view.file.contest, item.row.row)
    written = "di Sirekap" if item.kind is PembetulanKind.SIREKAP else "di C.HASIL"
    basis = " sesuai C.HASIL" if item.kind is PembetulanKind.SIREKAP else ""
    after = "..." if item.after is None else "kosong" if isinstance(item.after, Kosong) else shown(item.after)
    return (
        f"{what} di TPS {view.file.tps.number:03} {view.desa.title()}, {written} tertulis {shown(item.before)}, "
        f"dibetulkan menjadi {after}{basis}."
    )


def _spoken_row(contest: Contest, row: Row) -> str:
    """A row as it is read aloud; a candidate and a sum of a party always with the party."""
    kind, *numbers = row.name.split(".")
    if kind == "suara":
        return f"Suara nomor {int(numbers[0]):02}"
    if not numbers:
        return f"{row.code} {row.label}"
    number = int(numbers[0])
    party = next(one.name for one in contest.contestants if one.number == number)
    what = {"suara_calon": row.label, "suara_partai": "suara partai"}.get(kind, "jumlah suara partai dan calon")
    return f"{row.code} {what}, partai nomor {number:02} {party}"
