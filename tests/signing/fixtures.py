"""One signed set and what lies around it, for the tests here and in e2e; whoever changes something copies it first."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from signing.ceremony import SIGNERS, Ceremony, held
from signing.mutations import Others, workbook

from pleno.service import signing
from pleno.service.export import export
from pleno.service.session import Session


@pytest.fixture(scope="session")
def ceremony(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    return held(tmp_path_factory.mktemp("upacara"))


@pytest.fixture(scope="session")
def others(ceremony: Ceremony, tmp_path_factory: pytest.TempPathFactory) -> Others:
    """The next export of the same workspace, signed too, and the workbook as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("lain")
    kec = Path(shutil.copytree(ceremony.folder, folder / "kec"))
    with Session.open(kec) as session:
        newer = export(session, session.contest(None), False, None).folder
        for person in SIGNERS:
            signing.sign(session, newer, ceremony.stick, ceremony.words[person], person)
    return Others(newer, _saved_again(workbook(ceremony.bundle), folder))


def _saved_again(path: Path, folder: Path) -> Path | None:
    if shutil.which("soffice") is None and "PLENO_CI" not in os.environ:
        return None
    words = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*words, "--outdir", str(folder), str(path)], capture_output=True, timeout=180, check=True)
    return folder / path.name
