"""The PDFs of a set: what is printed, initialled and signed (DOMAIN.md 4.4 and 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from pleno.domain.chain import Json
from pleno.domain.document import Document
from pleno.exporters import pages, room_sheets
from pleno.exporters.incidents import incidents
from pleno.exporters.layout import Layout, in_its_words, texts
from pleno.exporters.pdf_engine import Tell, compile_pages, measure, tell_nobody
from pleno.exporters.pdf_frame import Part, Print, page_json, print_of_set, region, titled
from pleno.exporters.pdf_page import Heights, Placed, asked, body_room, pages_of
from pleno.exporters.pdf_qr import PageSign
from pleno.exporters.pdf_recap import desa_grid, kecamatan_grid, recap_tables
from pleno.exporters.pdf_words import words_part
from pleno.exporters.signatures import signatures

_SPEECH: Final = (13.0, 12.0, 11.0)
"""Points of the cover and the berita acara."""
_LIST: Final = (10.5,)
"""Points of lists: events, people, signatures."""
_CROWDED: Final = (9.5,)
"""Points of the register of corrections, which has twelve columns."""


class _PagePlan(NamedTuple):
    part: Part
    placed: Placed


@in_its_words
def set_pdfs(
    document: Document, layout: Layout, sidik: bytes, tell: Tell = tell_nobody, sign: PageSign | None = None
) -> dict[str, bytes]:
    """Every PDF of a set by file name; the same document and layout give the same bytes, but for signatures.

    `sidik` is the SHA-256 of data/angka.json. `tell` hears of each batch of pages over all files; what it raises
    ends the work; `sign` signs the code of every page. Raises PlenoError where a printed sum is not the recap's.
    """
    frame = print_of_set(document, layout.paper, sidik, sign)
    words = texts()["lembar"]
    status = f"{document.recap.contest.id}_{document.meeting.kecamatan}_{document.status.value}{document.number:02}.pdf"
    paper = layout.paper
    corrections = words_part(document, pages.register(document, words["pembetulan"]), paper, _CROWDED, paraf=True)
    events = words_part(document, incidents(document, words["kejadian"]), paper, _LIST, paraf=False, model="keberatan")
    people = words_part(document, room_sheets.attendance(document, words["hadir"]), paper, _LIST, paraf=False)
    told = words_part(document, room_sheets.witness_answers(document, words["saksi"]), paper, _LIST, paraf=True)
    files = {
        f"D.HASIL_KECAMATAN_{status}": _recap_parts(document, layout),
        f"pembetulan_{status}": [corrections],
        f"kejadian-khusus_{status}": [events],
        f"daftar-hadir_{status}": [people, told],
    }
    return print_files(frame, files, tell)


def print_files(frame: Print, files: Mapping[str, Sequence[Part]], tell: Tell = tell_nobody) -> dict[str, bytes]:
    """Lay out, number and compile some PDFs that share a frame."""
    heights = measure(
        one for parts in files.values() for part in parts for table in part.tables for one in asked(table)
    )
    planned = {name: _plan(parts, heights, frame.paper) for name, parts in files.items()}
    total = sum(map(len, planned.values()))
    written: dict[str, bytes] = {}
    for name, every in planned.items():
        before = sum(len(planned[earlier]) for earlier in written)
        progress = partial(_tell_more, tell, before, total)
        written[name] = compile_pages(_pages(frame, every, heights), len(every), frame.document.created, progress)
    return written


def _tell_more(tell: Tell, before: int, total: int, done: int, _: int) -> None:
    tell(before + done, total)


def _plan(parts: Sequence[Part], heights: Heights, paper: str) -> list[_PagePlan]:
    room = body_room(paper)
    return [
        _PagePlan(part, placed) for part in parts for table in part.tables for placed in pages_of(table, heights, room)
    ]


def _pages(frame: Print, every: Sequence[_PagePlan], heights: Heights) -> Iterator[Json]:
    for number, (part, placed) in enumerate(every, 1):
        yield page_json(frame, part, placed, heights, number, len(every))


@in_its_words
def voided_pdf(document: Document, layout: Layout, name: str, manifest: bytes, heading: str) -> bytes:
    """The figures of a voided set once more: BATAL across every page, nothing to sign or initial, outside any set.

    `manifest` is the SHA-256 of the set's manifest; `heading` says over each page what it is.
    """
    practice = " / LATIHAN" if document.meeting.practice else ""
    state = f"{document.mark}{practice}, ekspor nomor {document.number}"
    frame = Print(document, layout.paper, manifest, "manifest.json set itu", 0, document.mark, state)
    kecamatan, desa = _grid_parts(document, layout)
    parts = [replace(one, titles=[heading, *one.titles], paraf=False) for one in (kecamatan, *desa)]
    return print_files(frame, {name: parts})[name]


def _recap_parts(document: Document, layout: Layout) -> list[Part]:
    """Cover, berita acara, kecamatan, signatures, then each desa."""
    names, paper = texts()["lembar"], layout.paper
    kecamatan, desa = _grid_parts(document, layout)
    return [
        words_part(document, pages.cover(document, names["sampul"]), paper, _SPEECH, paraf=True),
        words_part(document, pages.minutes(document, names["berita_acara"]), paper, _SPEECH, paraf=False),
        kecamatan,
        words_part(document, signatures(document, names["tanda_tangan"]), paper, _LIST, paraf=False),
        *desa,
    ]


def _grid_parts(document: Document, layout: Layout) -> tuple[Part, list[Part]]:
    """The figures: the sheet of the kecamatan, and of each desa."""
    names, title, label = texts()["lembar"], texts()["judul"], texts()["label"]
    every = document.recap.desa
    (kecamatan,) = recap_tables([kecamatan_grid(document)], layout)
    desa_tables = recap_tables([desa_grid(document, desa) for desa in every], layout)
    return Part(names["kecamatan"], titled(title["kecamatan"], document), region(document), kecamatan), [
        Part(
            desa.desa.code,
            titled(title["desa"], document),
            [(label["desa"], f"{desa.desa.name} ({desa.desa.code})"), *region(document)],
            tables,
        )
        for desa, tables in zip(every, desa_tables, strict=True)
    ]
