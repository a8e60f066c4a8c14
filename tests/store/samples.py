"""A small kecamatan and the entries of its pleno, for the tests of the store."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from pleno.domain.chain import canonical
from pleno.domain.entry import Actor, Change, Entry, Kind, Role, Stamp
from pleno.domain.figures import KOSONG, PLANO, SIREKAP, Figure
from pleno.domain.keberatan import Keberatan, KeberatanState
from pleno.domain.state import Meeting, Pembetulan, PembetulanState, Reading, Seal, Settlement, State

CONTEST = "pemilu2024-ppwp"
DESA = ("3101011001", "3101011002")
TPS = tuple(f"{desa}{number:03}" for desa in DESA for number in (1, 2, 3, 901))
ROWS = ("pengguna_dpt_l", "pengguna_dpt_p", "suara.1", "suara.2", "suara.3", "suara_sah", "suara_tidak_sah")
GENESIS = canonical(
    {"created": "2024-02-17T08:00:00.000+07:00", "kecamatan": "310101", "mode": "latihan", "nonce": "00"}
)
OPERATOR, KETUA = Actor("op1", Role.OPERATOR), Actor("ppk1", Role.KETUA)


def entry(kind: Kind, actor: Actor = OPERATOR, at: str = "2024-02-17T09:00:00.000+07:00", **fields: object) -> Entry:
    return Entry(kind, actor, Stamp(at, 1, "boot", "sess", "0.1.0"), **fields)  # type: ignore[arg-type]


def created() -> Entry:
    return entry(
        Kind.WORKSPACE_CREATED,
        data={
            "kode": "310101",
            "mode": "latihan",
            "nama": {"kecamatan": "KEPULAUAN SERIBU UTARA"},
            "desa": [[code, f"DESA {code}"] for code in DESA],
            "tps": [[code, code[:10], int(code[10:]), "biasa", None, None, 300, []] for code in TPS],
            "pilihan": [[CONTEST, number, f"PASLON {number}", f"10002{number}", False, 0] for number in (1, 2, 3)],
        },
    )


def imported(
    state: State, cells: Sequence[tuple[str, str, Figure]], number: int, source: str = SIREKAP, contest: str = CONTEST
) -> Entry:
    """One import of `cells` (tps, row, figure)."""
    changes = []
    for tps, row, after in cells:
        reading = state.get(Reading, tps, contest, source)
        changes.append(Change(tps, row, reading.figures.get(row) if reading else None, after))
    return entry(
        Kind.FILE_IMPORTED,
        contest=contest,
        source=source,
        changes=tuple(changes),
        src_sha256=f"{number:064x}",
        data={
            "nama": f"berkas-{number}.json",
            "format": "sirekap",
            "bacaan": [[tps, contest, "2024-02-16 10:00:00"] for tps in sorted({cell[0] for cell in cells})],
        },
    )


def saved(state: State, tps: str, figures: dict[str, Figure], source: str = PLANO) -> Entry:
    reading = state.get(Reading, tps, CONTEST, source)
    before = reading.figures if reading else {}
    changes = tuple(Change(tps, row, before.get(row), figure) for row, figure in figures.items())
    return entry(Kind.READING_SAVED, tps=tps, contest=CONTEST, source=source, changes=changes)


def sealed(head_seq: int, head_hash: bytes, number: int, angka_saksi: str = "7391") -> Entry:
    return entry(
        Kind.SEAL,
        KETUA,
        data={
            "no": number,
            "upto": head_seq,
            "head": head_hash.hex(),
            "angka_saksi": angka_saksi,
            "totals": {},
            "hadir": [],
        },
    )


def walk(state: State, rng: random.Random, next_seq: int) -> Iterator[Entry]:
    """An endless pleno at random; each entry is made for the state as it is when it is asked for."""
    number = next_seq
    while True:
        number += 1
        yield rng.choices(_STEPS, _WEIGHTS)[0](state, rng, number)


def _figure(rng: random.Random) -> Figure:
    return rng.choice((None, KOSONG, rng.randrange(10), rng.randrange(400), rng.randrange(400)))


def _import_step(state: State, rng: random.Random, number: int) -> Entry:
    tps = rng.sample(TPS, rng.randrange(1, len(TPS)))
    cells = [(code, row, _figure(rng)) for code in tps for row in ROWS]
    return imported(state, cells, number, rng.choice((SIREKAP, PLANO, "salinan:2")))


def _save_step(state: State, rng: random.Random, number: int) -> Entry:
    return saved(state, rng.choice(TPS), {row: _figure(rng) for row in rng.sample(ROWS, 3)})


def _propose_step(state: State, rng: random.Random, number: int) -> Entry:
    tps = rng.choice(TPS)
    return entry(
        Kind.PEMBETULAN_PROPOSED,
        contest=CONTEST,
        tps=tps,
        source=PLANO,
        changes=(Change(tps, "suara.1", _figure(rng), _figure(rng)),),
        reason="SALAH_TULIS",
        note='angka "2" dan 3 tertukar, {"kind":"seal"}',
        witness=("saksi-02",),
        data={"jenis": "formulir"},
    )


def _answer_step(state: State, rng: random.Random, number: int) -> Entry:
    waiting = [p for p in state.all(Pembetulan) if p.state is PembetulanState.MENUNGGU]
    if not waiting:
        return _propose_step(state, rng, number)
    kind = rng.choice((Kind.PEMBETULAN_CONFIRMED, Kind.PEMBETULAN_REJECTED, Kind.PEMBETULAN_WITHDRAWN))
    return entry(kind, KETUA, contest=CONTEST, refers=rng.choice(waiting).seq)


def _settle_step(state: State, rng: random.Random, number: int) -> Entry:
    tps = rng.choice(TPS)
    if state.get(Settlement, tps, CONTEST):
        return entry(Kind.TPS_REOPENED, KETUA, tps=tps, contest=CONTEST, reason="LAIN", note="keliru")
    return entry(Kind.TPS_READ_BACK, tps=tps, contest=CONTEST, data={"dibacakan": "ppk1"})


def _word_step(state: State, rng: random.Random, number: int) -> Entry:
    tps = rng.choice(TPS)
    return rng.choice(
        (
            entry(Kind.SAKSI_ANSWERED, tps=tps, contest=CONTEST, source="salinan:2", note="salah salin",
                  changes=(Change(tps, "suara.2", _figure(rng), _figure(rng)),)),
            entry(Kind.FINDING_EXPLAINED, tps=tps, contest=CONTEST, note="sesuai kertas",
                  data={"aturan": "R20", "angka": "185 ≠ 71 + 641"}),
            entry(Kind.PERSON_CHANGED, KETUA, data={"id": f"op{number}", "nama": "Siti é", "peran": "operator"}),
            entry(Kind.KEHADIRAN_NOTED,
                  data={"id": "saksi-02", "nama": "Budi", "mewakili": "2", "mandat": "", "hadir": True}),
            entry(Kind.APP_OPEN),
        )
    )  # fmt: skip


def _keberatan_step(state: State, rng: random.Random, number: int) -> Entry:
    """NIHIL, a new line, or an answer to one; of a TPS or of the whole contest."""
    where = rng.choice((*TPS, None))
    items = list(state.all(Keberatan))
    if items and rng.random() < 0.4:
        item, new = rng.choice(items), rng.choice([one for one in KeberatanState if one != "terbuka"])
        return entry(
            Kind.KEBERATAN_NOTED, KETUA, contest=CONTEST, tps=item.tps or None, note="sesuai kertas", refers=item.seq,
            data={"penyelesaian": new.value},
        )  # fmt: skip
    if rng.random() < 0.3:
        return entry(Kind.KEBERATAN_NOTED, contest=CONTEST, tps=where, data={"jenis": "nihil"})
    data = {"jenis": rng.choice(("keberatan", "kejadian_khusus")), "pengaju": rng.choice(("2", "panwaslu"))}
    copy = {} if where is None else {
        "source": "salinan:2", "changes": (Change(where, "suara.2", _figure(rng), _figure(rng)),),
    }  # fmt: skip
    more = {} if where is None else {"baris": "suara.2"}
    return entry(Kind.KEBERATAN_NOTED, contest=CONTEST, tps=where, note='kata "[/x]"', data=data | more, **copy)


def _meeting_step(state: State, rng: random.Random, number: int) -> Entry:
    running = next(iter(state.all(Meeting))).state == "dibuka"
    return entry(Kind.MEETING_SUSPENDED if running else Kind.MEETING_RESUMED, KETUA)


def _sheet_step(state: State, rng: random.Random, number: int) -> Entry:
    return entry(
        Kind.EXPORT, contest=CONTEST,
        data={"no": number, "folder": "ekspor/01", "manifest_sha256": "ab" * 32, "status": "KONSEP", "ganti": None},
    )  # fmt: skip


def _seal_step(state: State, rng: random.Random, number: int) -> Entry:
    seals = list(state.all(Seal))
    if seals and seals[-1].read_back is None:
        return entry(Kind.SEAL_READ_BACK, KETUA, refers=seals[-1].seq)
    return sealed(number - 1, b"\0" * 32, len(seals) + 1)


_STEPS = (
    _import_step, _save_step, _propose_step, _answer_step, _settle_step, _word_step,
    _keberatan_step, _meeting_step, _sheet_step, _seal_step,
)  # fmt: skip
_WEIGHTS = (3, 5, 2, 2, 2, 4, 2, 1, 1, 1)
