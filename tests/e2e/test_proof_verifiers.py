"""Four ways to check the proof for one TPS: all lead to the words on paper, and no changed proof does."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from cli.driver import pleno as command
from e2e import chromium
from e2e.chromium import Page
from e2e.test_verifiers import CLEAN, no_trace, run
from signing.ceremony import Ceremony
from signing.fixtures import ceremony, others

from pleno.domain.chain import canonical
from pleno.domain.figures import to_json
from pleno.domain.inclusion import SealEntry, leaves, path, proof_text, root
from pleno.service.history import recap_at
from pleno.service.proof import prove
from pleno.service.sealing import seal_lines, settled_of
from pleno.service.session import Session
from pleno.signing import verifiers

__all__ = ["ceremony", "others"]

GUIDE: Final = (Path(__file__).parents[2] / "docs" / "bukti.md").read_text("utf-8")
COMMANDS: Final = "\n".join(re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
_WORDS: Final = re.compile(r"saksi (\d+),?  ?(?:kata )?([a-z]{8}-[a-z]{8})")

MISSING: Final = [tool for tool in ("openssl", "bash") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING) and "PLENO_CI" not in os.environ, reason=f"{MISSING} not installed")

Answer = tuple[str, str] | None
"""The saksi's digits and the words a proof leads to, to be held against paper; None where it is refused."""
Way = Callable[[Path], Answer]


def answer(code: int, told: str) -> Answer:
    assert code in (0, 2, 4), told
    found = _WORDS.search(told)
    assert (found is not None) == (code == 0), told
    return (found[1], found[2]) if found else None


def by_pleno(proof: Path) -> Answer:
    """`pleno verifikasi BERKAS`"""
    said = command("verifikasi", proof)
    return answer(said.code, said.out)


def by_single_file(proof: Path) -> Answer:
    """`python -I periksa_pleno.py BERKAS`, with the standard library alone."""
    ended = run(sys.executable, "-I", "-S", CLEAN / verifiers.PYTHON, proof)
    return answer(no_trace(ended), ended.stdout)


def by_openssl(proof: Path) -> Answer:
    """The commands of docs/bukti.md as they stand there, read as the page says."""
    told = run("bash", "-c", COMMANDS.replace("bukti=bukti.json", f"bukti={proof.name}"), cwd=proof.parent).stdout
    found = _WORDS.search(told)
    return (found[1], found[2]) if found and "RUSAK" not in told and "angka sah" in told else None


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if chromium.found() is None and "PLENO_CI" not in os.environ:
        pytest.skip("chromium is not installed")
    with chromium.opened((CLEAN / verifiers.PAGE).as_uri(), tmp_path_factory.mktemp("peramban")) as opened:
        yield opened


LOOK: Final = """
new Promise(done => {
  const answer = document.getElementById('hasil_bukti');
  const read = () => answer.hidden ? setTimeout(read, 5) : done([answer.dataset.kode, document.body.innerText]);
  read();
})
"""


def by_page(page: Page, proof: Path) -> Answer:
    """periksa.html with the proof chosen in its picker."""
    page.run("document.getElementById('hasil_bukti').hidden = true; document.getElementById('bukti').value = ''")
    page.choose("#bukti", proof)
    code, text = page.run(LOOK)
    return answer(int(code), text)


class Given(NamedTuple):
    """What a saksi holds: the proof, and on paper the digits and words of the seal."""

    text: str
    paper: tuple[str, str]
    lies: tuple[str, ...]
    """Proofs as the owner of the laptop could make them afterwards, whole in themselves."""


@pytest.fixture(scope="module")
def given(ceremony: Ceremony, tmp_path_factory: pytest.TempPathFactory) -> Given:
    kec = Path(shutil.copytree(ceremony.folder, tmp_path_factory.mktemp("bukti") / "kec"))
    with Session.open(kec) as session:
        contest = session.contest(None)
        tps = next(iter(session.roster.values()))
        (sealed,) = seal_lines(session)
        text = prove(session, tps, contest)
        settled = settled_of(recap_at(session, contest, sealed.seq))
        row = next(row for row, figure in settled[tps.code].items() if to_json(figure) == 124)
        false = {**settled, tps.code: {**settled[tps.code], row: 142}}
        before, entry = session.store.entries(sealed.seq - 1, sealed.seq)
        body = entry.body()
        body["data"]["akar"][contest.id] = root(leaves(contest.id, false)).hex()
        steps = path(leaves(contest.id, false), sorted(false).index(tps.code))
        forged = SealEntry(entry.seq, bytes.fromhex(before.hash), canonical(body))
        lie = proof_text(contest.id, tps.code, false[tps.code], steps, forged)
    moved = text.replace(f'"seq":{sealed.seq}}}', f'"seq":{sealed.seq + 1}}}')
    return Given(text, (sealed.angka_saksi, sealed.words), (lie, moved))


def test_the_good_proof_leads_to_the_words_on_paper(given: Given, page: Page, tmp_path: Path) -> None:
    proof = tmp_path / "bukti.json"
    for text in (given.text, f"{given.text}\n"):
        proof.write_text(text, "utf-8", newline="")
        told = [by_pleno(proof), by_single_file(proof), by_openssl(proof), by_page(page, proof)]
        assert told == [given.paper] * 4
    assert {url.partition(":")[0] for url in page.requests} <= {"file"}


def test_a_proof_of_another_recap_is_whole_but_leads_to_other_words(given: Given, page: Page, tmp_path: Path) -> None:
    proof = tmp_path / "bukti.json"
    for lie in given.lies:
        assert lie != given.text
        proof.write_text(lie, "utf-8")
        told = {by_pleno(proof), by_single_file(proof), by_openssl(proof), by_page(page, proof)}
        assert len(told) == 1
        assert None not in told
        assert given.paper not in told


def spoiled(text: str, seed: int) -> bytes:
    """A changed proof: a digit, a step, a bit or a piece; the same seed does the same."""
    rng = random.Random(seed)
    data = bytearray(text.encode())
    if seed % 4 == 0:
        at = rng.choice([found.start() for found in re.finditer(r"\d", text)])
        data[at] = ord(rng.choice([digit for digit in "0123456789" if digit != text[at]]))
    elif seed % 4 == 1:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif seed % 4 == 2:
        at, size = rng.randrange(len(data)), rng.randint(1, 9)
        del data[at : at + size]
    else:
        return re.sub(r'\["(kiri|kanan)","[0-9a-f]{64}"\],?', "", text, count=rng.randint(1, 2)).encode()
    return bytes(data)


@pytest.mark.parametrize("seed", range(24))
def test_no_changed_proof_leads_to_the_words_on_paper(given: Given, page: Page, tmp_path: Path, seed: int) -> None:
    proof = tmp_path / "bukti.json"
    proof.write_bytes(spoiled(given.text, seed))
    told = [by_pleno(proof), by_single_file(proof), by_page(page, proof)]
    assert len(set(told)) == 1, told
    assert given.paper not in (*told, by_openssl(proof))


def test_what_is_no_proof_is_refused(page: Page, tmp_path: Path) -> None:
    proof = tmp_path / "bukti.json"
    for bad in ("", "bukan", "[]", '{"angka":{}}', '{"angka":{"suara.1":1.5}}', "\ufeff{}"):
        proof.write_text(bad, "utf-8")
        assert by_single_file(proof) is None
        assert by_openssl(proof) is None
        assert by_page(page, proof) is None
