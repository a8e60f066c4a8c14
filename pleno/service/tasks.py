"""The tasks of the practice kecamatan (bimtek): what a trainee does, and how far the workspace shows it done.

Every figure is one of data/latihan; what no file of it says (the copy of a saksi, a recount) the task itself tells.
"""

from __future__ import annotations

from typing import Final

from pleno.domain.draft import with_draft
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, salinan
from pleno.domain.state import Seal, Sheet, SheetStatus
from pleno.domain.tasks import (
    Seen,
    Task,
    Verdict,
    copy_read,
    explained,
    exported,
    judged,
    objected,
    paper_corrected,
    read_as,
    recounted,
    sealed,
    settled,
)
from pleno.exporters.check import check_bundle
from pleno.service import drafting, views
from pleno.service.export import OUTGOING
from pleno.service.session import Session

PANGGANG_002: Final = "3101011001002"
PANGGANG_003: Final = "3101011001003"
PANGGANG_014: Final = "3101011001014"
KELAPA_016: Final = "3101011002016"
KELAPA_903: Final = "3101011002903"
HARAPAN_001: Final = "3101011003001"
HARAPAN_006: Final = "3101011003006"

TASKS: Final = (
    Task(
        "Baca TPS yang cocok, lalu sahkan",
        "TPS 002 Pulau Panggang. Angka plano dari berkas menunggu dibacakan (%). Cocokkan baris demi baris, lalu "
        "sahkan TPS-nya.",
        "= menerima satu baris, satu kali tekan satu baris: itulah bacaan di meja. Sesudah baris terakhir, s "
        "mengesahkan, dan TPS berikut terbuka.",
        settled(PANGGANG_002, {"suara.1": 92, "suara.2": 126, "suara.3": 30, "suara_sah": 248}),
        PANGGANG_002,
    ),
    Task(
        "Betulkan dua selisih Sirekap",
        "TPS 003 Pulau Panggang. Plano menulis I.B.1.P 121 dan IV.03 30; Sirekap 126 dan 38. Baca seluruh baris, "
        "betulkan kedua selisih dengan persetujuan anggota PPK, lalu sahkan.",
        "Plano yang berlaku: = menerima 121 dan 30. b membuka pembetulan untuk kedua baris: 1 salah baca Sirekap, "
        "sekali untuk setiap baris; Enter; nomor anggota yang menyetujui; Enter. Lalu s.",
        settled(PANGGANG_003, {"pengguna_dpt_p": 121, "suara.3": 30}),
        PANGGANG_003,
    ),
    Task(
        "Catat sel yang kosong di kertas",
        "TPS 014 Pulau Panggang. Di kertas, I.B.4.L dan I.B.4.P hanya dicoret, tanpa angka. Catat apa adanya.",
        ".b4l Enter melompat ke barisnya, x mencatat sel kosong. Kosong bukan nol: baris itu sudah dibaca, dan "
        "jumlah yang tidak cocok menjadi temuan, bukan diisi sendiri.",
        read_as(PANGGANG_014, {"pengguna_total_l": KOSONG, "pengguna_total_p": KOSONG}),
        PANGGANG_014,
    ),
    Task(
        "Betulkan jumlah yang keliru di formulir",
        "TPS 006 Pulau Harapan. 83 + 2 + 1 perempuan memilih, di I.B.4.P tertulis 85. Baca seluruh baris; rapat "
        "sepakat 85 dicoret menjadi 86. Catat pembetulan formulir, disetujui orang lain.",
        "Di baris I.B.4.P: b, ketik 86, Enter, 2 salah jumlah, catatan, Enter dua kali, nomor anggota, Enter. Pengusul "
        "tidak dapat menyetujui sendiri. R02 dan R04 hilang; Sirekap yang juga 85 menjadi selisih yang dibetulkan.",
        paper_corrected(HARAPAN_006, "pengguna_total_p", 86),
        HARAPAN_006,
    ),
    Task(
        "Jelaskan temuan yang tetap",
        "TPS 016 Pulau Kelapa. Suara 201, pengguna hak pilih 263: tidak seimbang (R24), dan kertasnya memang begitu. "
        "Baca seluruh baris, lalu jelaskan temuan itu secara tertulis.",
        "i membuka temuan, Enter menjelaskan: pilih anggota PPK, tulis alasannya. Angka tidak berubah; penjelasannya "
        "tercetak di lembar kejadian khusus.",
        explained(KELAPA_016, "R24"),
        KELAPA_016,
    ),
    Task(
        "Isi salinan saksi yang berbeda",
        "TPS 001 Pulau Harapan. Baca seluruh baris. Salinan saksi nomor 2 menulis IV.02 160, plano 150; baris lainnya "
        "sama. Catat salinan itu.",
        "w, 2 (nomor di daftar), lalu hanya baris yang berbeda: 2=160, Enter, Enter. Baris yang tidak disebut dicatat "
        "sama. Selisihnya terbuka sampai saksi mengakui keliru, keberatan dicatat, atau suara dihitung ulang.",
        copy_read(HARAPAN_001, salinan(2), {"suara.2": 160, "suara.1": 59}),
        HARAPAN_001,
    ),
    Task(
        "Catat keberatan saksi",
        "TPS 001 Pulau Harapan. Saksi nomor 2 tidak menerima IV.02 150. Catat keberatannya di baris itu.",
        "Di baris IV.02: k, 1 keberatan, 2 Enter (nomor saksi), Enter (barisnya), lalu kata-katanya, Enter.",
        objected(HARAPAN_001, "2", answered=False),
        HARAPAN_001,
    ),
    Task(
        "Jawab keberatan itu di rapat",
        "Keberatan saksi nomor 2 tadi tidak diterima rapat karena C.HASIL menulis 150. Catat jawabannya.",
        "F5, di barisnya 2 tidak diterima, nomor anggota PPK yang menjawab, lalu alasannya. Yang tidak "
        "diterima tetap tercetak dan naik ke kabupaten/kota; TPS-nya dapat disahkan.",
        objected(HARAPAN_001, "2", answered=True),
        HARAPAN_001,
        "keberatan",
    ),
    Task(
        "Catat hitung ulang",
        "TPS 903 Pulau Kelapa. Rincian suara 58 + 46 + 55 tidak sama dengan suara sah 115 (R20). Surat suara dihitung "
        "ulang: 01 58, 02 46, 03 11; suara sah 115. Catat hasilnya.",
        "Sesudah seluruh baris dibaca: # membuka hitung ulang, 3=11 Enter, Tab dua kali, lalu alasannya. Baris lain "
        "yang sama boleh dilewati. Angka hitung ulang berlaku, angka plano yang lama tetap terlihat di jejak.",
        recounted(KELAPA_903, {"suara.1": 58, "suara.2": 46, "suara.3": 11, "suara_sah": 115}),
        KELAPA_903,
    ),
    Task(
        "Segel dan baca ulang",
        "Buat segel dengan angka yang disebut seorang saksi, tulis kedua katanya di kertas, lalu baca ulang.",
        "F7, s, angka saksi 4 sampai 6 digit, Enter, s. Kata kedua diketik kembali oleh anggota PPK dari kertas: "
        "kertas dan laptop terbukti menyebut hal yang sama.",
        sealed,
        mode="closing",
    ),
    Task(
        "Ekspor KONSEP dan verifikasi",
        "Tulis set rekap KONSEP, lalu verifikasi bahwa set itu utuh.",
        "F7, e menulis set; p memverifikasi ruang kerja dan set. Siapa pun yang memegang set dapat memeriksanya dengan "
        "periksa.html di dalamnya.",
        exported,
        mode="closing",
    ),
)  # fmt: skip
"""In the order of a pleno."""


def why_none(session: Session) -> str:
    """Why this workspace has no tasks, an Indonesian sentence; empty where it has."""
    if not session.practice:
        return "Tugas hanya ada di ruang kerja latihan."
    known = all(task.tps in session.roster for task in TASKS if task.tps)
    return "" if known else "Tugas hanya ada di kecamatan latihan dari `pleno latihan`."


def verdicts(session: Session) -> list[Verdict]:
    """Every task as the workspace stands. PlenoError where it is no practice kecamatan of `pleno latihan`."""
    if why := why_none(session):
        raise PlenoError("Tidak ada tugas", why, "Buat latihan dengan `pleno latihan`.")
    return judged(TASKS, _seen(session))


def _seen(session: Session) -> Seen:
    contest = next(iter(session.contests.values()))
    drafts = {draft.tps: draft for draft in drafting.open_drafts(session) if draft.contest == contest.id}
    files = {
        file.tps.code: with_draft(file, drafts.get(file.tps.code)) for file in views.contest_files(session, contest)
    }
    sheets = list(session.state.all(Sheet))
    whole = frozenset(sheet.number for sheet in sheets if _is_whole(session, sheet))
    return Seen(files, list(session.state.all(Seal)), sheets, whole)


def _is_whole(session: Session, sheet: Sheet) -> bool:
    folder = session.folder / OUTGOING / sheet.folder
    if sheet.status is SheetStatus.BATAL or not folder.is_dir():
        return False
    return all(check.ok for check in check_bundle(folder).checks)
