"""The figures of a set as data: long csv, lossless json, the recap, the journal, and a note to the reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pleno.domain.chain import Json, canonical
from pleno.domain.compare import TpsFile
from pleno.domain.document import Document
from pleno.domain.figures import DITETAPKAN, Figures, to_json
from pleno.domain.recap_json import recap_fields
from pleno.domain.state import SheetStatus
from pleno.exporters.incidents import incidents_csv, incidents_json
from pleno.exporters.register import register_csv


def data_files(document: Document) -> dict[str, bytes]:
    """File name within the set -> content."""
    return {
        "data/angka.csv": _figures_csv(document),
        "data/angka.json": _lines(_figures_json(document)),
        "data/pembetulan.csv": register_csv(document),
        "data/rekap.json": _lines(recap_json(document)),
        "data/kejadian-khusus.csv": incidents_csv(document),
        "data/kejadian-khusus.json": _lines(incidents_json(document)),
        "data/jejak.jsonl": _journal(document),
        "BACA-SAYA.txt": _readme(document).encode(),
    }


def _vectors(file: TpsFile) -> Iterator[tuple[str, Figures]]:
    """Every reading of a TPS by source, then what was determined."""
    for source, reading in file.readings.items():
        yield source, reading.figures
    yield DITETAPKAN, file.ditetapkan


def _figures_csv(document: Document) -> bytes:
    """Every figure in one long list; a contest of parties says of each vote which party it is for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    contest = document.recap.contest
    party = {
        row: one.choice.number for one in contest.partai for row in (one.votes, *one.calon_rows, one.total)
    }  # fmt: skip
    head = ("kode_tps", "kontes", "sumber", "kode_baris", "isian", *(["partai"] if party else []), "angka")
    writer.writerow(head)
    for file in document.recap.files:
        for source, figures in _vectors(file):
            for row in contest.rows:
                if (figure := to_json(figures.get(row.name))) is not None:
                    whose = [party.get(row.name, "")] if party else []
                    writer.writerow((file.tps.code, contest.id, source, row.code, row.name, *whose, figure))
    return out.getvalue().encode("utf-8-sig")


def _figures_json(document: Document) -> Json:
    return {
        "versi": 1,
        "kontes": document.recap.contest.id,
        "kecamatan": document.meeting.kecamatan,
        "ekspor": document.number,
        "tps": [
            {
                "kode": file.tps.code,
                "desa": file.tps.desa,
                "nomor": file.tps.number,
                "keadaan": file.state.value,
                "bacaan": {
                    source: {row: to_json(figure) for row, figure in figures.items()}
                    for source, figures in _vectors(file)
                },
            }
            for file in document.recap.files
        ],
    }


def recap_json(document: Document) -> Json:
    """The recap in the shape of `pleno rekap --json`."""
    recap = document.recap
    return {"versi": 1, "perintah": "rekap", "kontes": recap.contest.id, **recap_fields(recap, recap.desa)}


def _journal(document: Document) -> bytes:
    lines = [canonical({"nomor": e.seq, "hash": e.hash, "isi": e.body()}) for e in document.journal]
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(value: Json) -> bytes:
    return f"{canonical(value)}\n".encode()


def _readme(document: Document) -> str:
    names, contest = document.meeting.names, document.recap.contest
    draft = document.status is SheetStatus.KONSEP
    paragraphs = [
        f"REKAPITULASI {contest.profile.name} {contest.profile.year}",
        f"Kecamatan {names['kecamatan']} ({document.meeting.kecamatan}), {names['kabkota']}, {names['provinsi']}",
        f"Ekspor nomor {document.number}, {document.status.value}; {document.recap.settled} dari "
        f"{document.recap.tps} TPS sah.",
    ]
    if document.replaces:
        paragraphs.append(f"Menggantikan ekspor nomor {document.replaces}, yang menjadi BATAL.")
    if document.meeting.practice:
        paragraphs.append("LATIHAN: bukan hasil pemilihan.")
    if draft:
        paragraphs.append("KONSEP: untuk diperiksa, belum ditetapkan; angka TPS yang belum sah bersifat sementara.")
    paragraphs += [
        "Rujukan tetap formulir C.HASIL (plano) dan tanda tangan basah pada lembar yang dicetak. "
        "Tanda tangan dalam SHA256SUMS.*.p7s bukan tanda tangan elektronik tersertifikasi.",
        "ISI\n"
        "  D.HASIL_....xlsx   lembar rekap dengan rumus hidup\n"
        "  D.HASIL_....pdf    lembar yang sama siap cetak; setiap halaman bersidik dan berkode QR\n"
        "  pembetulan_, kejadian-khusus_, daftar-hadir_....pdf   siap cetak dan paraf\n"
        "  data/angka.csv     setiap angka: TPS, sumber, baris\n"
        "  data/angka.json    angka yang sama, lengkap\n"
        "  data/lembar.json   isi setiap sel angka buku kerja\n"
        "  data/rekap.json    jumlah per desa dan kecamatan\n"
        "  data/pembetulan.csv   register pembetulan\n"
        "  data/kejadian-khusus.csv, .json   keberatan dan kejadian khusus dengan penyelesaiannya\n"
        "  data/jejak.jsonl   setiap tindakan, berantai hash\n"
        "  manifest.json      daftar berkas dengan ukuran dan sidik\n"
        "  SHA256SUMS         daftar yang ditandatangani; SHA256SUMS.N.p7s dan sertifikat/N.crt, satu per orang",
        "MEMERIKSA\n"
        "  pleno verifikasi FOLDER-INI\n"
        "  python periksa_pleno.py FOLDER-INI SIDIK...   (tanpa pleno)\n"
        "  buka periksa.html di peramban, pilih folder ini\n"
        "  openssl x509 -in sertifikat/1.crt -out ../satu.crt\n"
        "  openssl x509 -in ../satu.crt -noout -subject -fingerprint -sha256\n"
        "  openssl cms -verify -binary -inform DER -in SHA256SUMS.1.p7s -content SHA256SUMS \\\n"
        "    -certfile ../satu.crt -nointern -noverify -out ../isi.txt\n"
        "  sha256sum -c SHA256SUMS                 (Linux, Git Bash)\n"
        "  certutil -hashfile BERKAS SHA256        (Windows, satu per satu)\n"
        "  Lalu hitung: jumlah berkas = isi manifest.json + 2 + 2 untuk setiap tanda tangan.\n"
        "  Percaya sertifikat hanya bila sidiknya sama dengan yang dibacakan di rapat, bukan karena ada di folder ini; "
        "pemeriksa pun dari sumber lain, bukan salinan di folder ini.",
        *(["SEGEL\n" + "\n".join(f"  {line}" for line in document.seals)] if document.seals else []),
        f"Ujung jejak sebelum ekspor: #{document.head_seq} {document.head_hash}",
    ]
    return "\n\n".join(paragraphs) + "\n"
