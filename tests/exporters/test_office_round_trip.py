"""Random figures of every profile through a real LibreOffice and back: typed into isian, printed in D.HASIL."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from exporters.documents import KECAMATAN, contest, document, recap, with_parties
from exporters.typed_isian import typed
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pleno.domain.contest import Contest, ContestKind
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, PLANO, Figure
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook
from pleno.importers.parsed import Parts, Target
from pleno.importers.profile import load_profile, shipped_profiles
from pleno.importers.sniff import sniff
from pleno.importers.workbook import read_workbook
from pleno.importers.workbook_map import parse_map

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("PLENO_CI"), reason="perlu LibreOffice (soffice)"
)
DESA: Final = {"PULAU KELAPA": 2, "PULAU HARAPAN": 1}
BLANK_IS_BLANK: Final = parse_map('berkas = "*"\n[[lembar]]\nnama = "*"\narti = { x = "kosong" }\n', "peta.toml")
"""What an office declares whose sheets carry the x of a blank cell; without it such a TPS is refused by name."""
WAYS: Final = {"xlsx": ("xlsx",), "ods": ("ods", "xlsx")}
"""Through which formats of LibreOffice. An ods is refused; whoever worked in one saves it as xlsx."""
BY_ODS: Final = 5
"""How many profiles a run takes through ods, others each time; all go through xlsx."""

Papers = Mapping[str, Mapping[str, Figure]]


def form(profile: str) -> Contest:
    if load_profile(profile).kind is ContestKind.PARTAI:
        return with_parties(profile, 3, 2)
    return contest(profile, ("H. A. SATU, S.H. - B. DUA", "2 HARAPAN", "C & D"))


def papers(form: Contest, random_: random.Random) -> Papers:
    """Unread, blank, zero, the largest, and any: each kind in every workbook."""
    kinds = (lambda: None, lambda: KOSONG, lambda: 0, lambda: 10**form.profile.digits - 1,
             *[lambda: random_.randrange(10**form.profile.digits)] * 6)  # fmt: skip
    codes = [
        f"{KECAMATAN}{1000 + n}{tps:03}" for n, count in enumerate(DESA.values(), 1) for tps in range(1, count + 1)
    ]
    return {code: {row.name: random_.choice(kinds)() for row in form.rows} for code in codes}


def written(one: Document, kind: str, figures: Papers) -> bytes:
    return typed(one, figures) if kind == "isian" else write_workbook(one, Layout("F4", 5)).data


def imported(one: Document, path: Path) -> Parts:
    roster = {file.tps.code: file.tps for file in one.recap.files}
    desa = {part.desa.code: part.desa.name for part in one.recap.desa}
    target = Target((one.recap.contest,), roster, desa, KECAMATAN, PLANO, maps=(BLANK_IS_BLANK,))
    return read_workbook(path.read_bytes(), path.name, target)


def converted(folder: Path, kind: str) -> Path:
    """Everything in a folder by one call of LibreOffice, which reckons all formulas anew; the new folder."""
    assert SOFFICE is not None, "PLENO_CI menuntut LibreOffice"
    into = folder.parent / f"{folder.name}-{kind}"
    command = [
        SOFFICE, f"-env:UserInstallation={(folder.parent / 'profil').as_uri()}", "--headless",
        "--convert-to", kind, "--outdir", str(into), *map(str, sorted(folder.iterdir())),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return into


def _all_but(profiles: Sequence[str]) -> Callable[[str, list[str]], list[str]]:
    return lambda _folder, names: [name for name in names if name.partition("-")[2].partition(".")[0] not in profiles]


@settings(
    max_examples=1, deadline=None, phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 2**32).filter(bool))  # the simplest example would be the same every time
def test_random_figures_of_every_profile_come_back(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("kantor") / "tulis"
    folder.mkdir()
    random_ = random.Random(seed)
    documents: dict[str, Document] = {}
    given_: dict[str, Papers] = {}
    for profile in shipped_profiles():
        for kind in ("isian", "hasil"):
            its_form = form(profile)
            figures = papers(its_form, random_)
            one = document(recap(its_form, DESA, lambda _, tps, read=figures: read[tps.code]))
            name = f"{kind}-{profile}.xlsx"
            (folder / name).write_bytes(written(one, kind, figures))
            documents[name], given_[name] = one, figures
    assert len(documents) == 2 * 19
    by_ods = random_.sample(sorted(shipped_profiles()), BY_ODS)
    for way, kinds in WAYS.items():
        saved = folder
        if way == "ods":
            saved = shutil.copytree(folder, folder.with_name("sebagian"), ignore=_all_but(by_ods))
            documents = {name: one for name, one in documents.items() if (saved / name).exists()}
            assert len(documents) == 2 * BY_ODS
        for kind in kinds:
            saved = converted(saved, kind)
            if kind == "ods":
                with pytest.raises(PlenoError, match="OpenDocument") as refused:
                    sniff(next(saved.iterdir()).read_bytes(), "isian.ods")
                assert "xlsx" in refused.value.advice
        for name, one in documents.items():
            parts = imported(one, saved / name)
            read = {reading.tps: dict(reading.figures) for reading in parts.readings}
            wanted = {
                code: {row: figure for row, figure in paper.items() if figure is not None}
                for code, paper in given_[name].items()
            }
            assert read == wanted, (way, name)
            assert parts.refused == (), (way, name)
            assert not [remark for remark in parts.remarks if "JUMLAH AKHIR" in remark.message], (way, name)
