"""Four ways to verify a set, each as a whole procedure: all accept it, all refuse what was spoiled."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from cli.driver import pleno as command
from e2e import chromium
from e2e.chromium import Page
from signing.ceremony import Ceremony
from signing.fixtures import ceremony, others
from signing.forgeries import FORGERIES, STORE
from signing.mutations import MUTATIONS, Others, mutate

from pleno.domain.signers import spoken_fingerprint, typed_fingerprint
from pleno.signing import verifiers

__all__ = ["ceremony", "others"]

SEEDS: Final = range(5_000, 5_040)
CLEAN: Final = Path(verifiers.__file__).parent
"""Where the verifiers lie that judge: not in the set."""

GUIDE: Final = (Path(__file__).parents[2] / "docs" / "verifikasi.md").read_text("utf-8")
COMMANDS: Final = "\n".join(re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))

MISSING: Final = [tool for tool in ("openssl", "sha256sum", "bash") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING) and "PLENO_CI" not in os.environ, reason=f"{MISSING} not installed")

Verifier = Callable[[Path, list[str]], bool]
"""Whether the set in a folder is whole and signed by the owners of these fingerprints."""


def no_trace(ended: subprocess.CompletedProcess[str]) -> int:
    assert "Traceback" not in ended.stdout + ended.stderr, ended.stderr
    return ended.returncode


def run(*words: str | Path, cwd: Path | None = None, store: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`store`: certificates that the system trusts for web pages."""
    more = {"SSL_CERT_DIR": str(store)} if store is not None else {}
    return subprocess.run(
        list(map(str, words)), cwd=cwd, capture_output=True, encoding="utf-8", errors="replace", timeout=120,
        stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8", **more},
    )  # fmt: skip


def by_pleno(folder: Path, trusted: list[str]) -> bool:
    """`pleno verifikasi FOLDER --sidik ...`"""
    paper = [word for digits in trusted for word in ("--sidik", digits)]
    code = no_trace(run(sys.executable, "-m", "pleno", "verifikasi", folder, *paper))
    assert code in (0, 2, 3, 4)
    return code == 0


def by_command(folder: Path, trusted: list[str]) -> bool:
    """The same command within this process; starting forty programs would take a minute."""
    said = command("verifikasi", folder, *(word for digits in trusted for word in ("--sidik", digits)))
    assert said.code in (0, 2, 3, 4), said.err
    return said.code == 0


def by_single_file(folder: Path, trusted: list[str]) -> bool:
    """`python -I periksa_pleno.py FOLDER SIDIK ...`, with the standard library alone."""
    code = no_trace(run(sys.executable, "-I", "-S", CLEAN / verifiers.PYTHON, folder, *trusted))
    assert code in (0, 2, 3, 4)
    return code == 0


def by_openssl(folder: Path, trusted: list[str]) -> bool:
    """The commands of docs/verifikasi.md as they stand there, read as the page says."""
    told = run("bash", "-c", COMMANDS, cwd=folder, store=folder.parent / STORE).stdout
    known = {typed_fingerprint(text) for text in re.findall(r"Fingerprint=(.*)\nSHA256SUMS.*p7s sah\n", told)}
    return len(known & set(trusted)) == 3 and "RUSAK" not in told


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """periksa.html as a clerk opens it from disk."""
    if chromium.found() is None and "PLENO_CI" not in os.environ:
        pytest.skip("chromium is not installed")
    with chromium.opened((CLEAN / verifiers.PAGE).as_uri(), tmp_path_factory.mktemp("peramban")) as opened:
        yield opened


LOOK: Final = """
new Promise(done => {
  const [set, button, answer] = ['set', 'periksa', 'hasil'].map(id => document.getElementById(id));
  const press = () => {
    if (button.disabled) return setTimeout(press, 5);
    answer.hidden = true;
    button.click();
    read();
  };
  const read = () => answer.hidden ? setTimeout(read, 5) : done([answer.dataset.kode, document.body.innerText]);
  press();
})
"""


def looked(page: Page, folder: Path, trusted: list[str]) -> tuple[int, str]:
    """The answer of the page about a folder: its code and everything it shows."""
    page.run("document.getElementById('set').value = ''; document.getElementById('periksa').disabled = true")
    typed = json.dumps("\n".join(map(spoken_fingerprint, trusted)))
    page.run(f"document.getElementById('sidik').value = {typed}")
    page.choose("#set", folder)
    code, text = page.run(LOOK)
    return int(code), text


def test_the_untouched_set_is_accepted_by_all_four(ceremony: Ceremony, page: Page, tmp_path: Path) -> None:
    copy, trusted = ceremony.copied(tmp_path), ceremony.trusted
    assert by_pleno(copy, trusted)
    assert by_openssl(copy, trusted)
    assert by_single_file(copy, trusted)
    code, text = looked(page, copy, trusted)
    assert code == 0, text
    assert "UTUH, ditandatangani orang yang dikenal" in text


def test_nobody_is_known_by_the_set_itself(ceremony: Ceremony, page: Page, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    for trusted in ([], ceremony.trusted[:1], ["0" * 64]):
        assert not by_pleno(copy, trusted)
        assert not by_openssl(copy, trusted)
        assert not by_single_file(copy, trusted)
        assert looked(page, copy, trusted)[0] == 3


@pytest.fixture(scope="module")
def spoiled(
    ceremony: Ceremony, others: Others, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, Path, list[str]]]:
    """Forty spoiled sets, each way among them, and the paper against which they are held."""
    folder = tmp_path_factory.mktemp("dirusak")
    assert {seed % len(MUTATIONS) for seed in SEEDS} == set(range(len(MUTATIONS)))
    return [
        (mutate(ceremony.bundle, folder / str(seed), seed, others), folder / str(seed), ceremony.trusted)
        for seed in SEEDS
    ]


@pytest.mark.parametrize("verifier", [by_command, by_openssl, by_single_file])
def test_forty_spoiled_sets_are_refused(verifier: Verifier, spoiled: list[tuple[str, Path, list[str]]]) -> None:
    assert [told for told, folder, trusted in spoiled if verifier(folder, trusted)] == []


def test_forty_spoiled_sets_are_refused_by_the_page(page: Page, spoiled: list[tuple[str, Path, list[str]]]) -> None:
    answers = {told: looked(page, folder, trusted) for told, folder, trusted in spoiled}
    assert {told: text for told, (code, text) in answers.items() if code not in (3, 4)} == {}
    assert {code for code, _ in answers.values()} == {4}


@pytest.mark.parametrize("forge", FORGERIES)
def test_no_forgery_passes_for_what_three_people_signed(
    forge: Callable[[Ceremony, Path], Path], ceremony: Ceremony, page: Page, tmp_path: Path
) -> None:
    """The keys of ketua, two members and a saksi are all on paper, so nobody is a stranger by his certificate."""
    folder = forge(ceremony, tmp_path)
    verifiers_said = {
        "perintah": by_command(folder, ceremony.trusted),
        "openssl": by_openssl(folder, ceremony.trusted),
        "periksa_pleno.py": by_single_file(folder, ceremony.trusted),
        "periksa.html": looked(page, folder, ceremony.trusted)[0] == 0,
    }
    assert not any(verifiers_said.values()), verifiers_said


def test_the_page_asks_nothing_of_any_network(page: Page) -> None:
    assert {url.partition(":")[0] for url in page.requests} <= {"file"}


def test_the_set_carries_the_same_verifiers(ceremony: Ceremony) -> None:
    for name, data in verifiers.verifiers().items():
        assert (ceremony.bundle / name).read_bytes() == data == (CLEAN / name).read_bytes()


def test_the_guide_fits_a_page_and_names_both_answers(ceremony: Ceremony, tmp_path: Path) -> None:
    assert len(GUIDE.splitlines()) <= 70
    copy = ceremony.copied(tmp_path)
    told = run("bash", "-c", COMMANDS, cwd=copy).stdout
    assert told.count("sah") == 5
    (copy / "data" / "angka.csv").write_bytes(b"")
    (copy / "lebih.txt").write_bytes(b"")
    told = run("bash", "-c", COMMANDS, cwd=copy).stdout
    assert "data/angka.csv: FAILED" in told
    assert "isi RUSAK" in told
    assert "jumlah RUSAK" in told
    assert "p7s RUSAK" not in told
