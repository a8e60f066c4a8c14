"""Forms filled so that every identity of the paper holds."""

from __future__ import annotations

from hypothesis import strategies as st

from pleno.domain.contest import Contest
from pleno.domain.rules import cadangan


@st.composite
def consistent_forms(draw: st.DrawFn, contest: Contest) -> dict[str, int]:
    """A whole paper of pemilu2024-ppwp that keeps R02 to R31."""
    form: dict[str, int] = {}
    voters = {sex: draw(st.integers(1, 140)) for sex in "lp"}
    came = {sex: draw(st.integers(0, voters[sex])) for sex in "lp"}
    moved = {sex: draw(st.integers(0, 1)) for sex in "lp"}
    added = {sex: draw(st.integers(0, 1)) for sex in "lp"}
    # Moved and added voters need paper from the reserve of 2%, so only as many as there is paper for.
    spare = cadangan(contest, sum(voters.values())) + sum(voters.values()) - sum(came.values())
    if sum(moved.values()) + sum(added.values()) > spare:
        moved = added = {"l": 0, "p": 0}
    disabled = {sex: draw(st.integers(0, min(3, came[sex]))) for sex in "lp"}
    for base, by_sex in (
        ("pemilih_dpt", voters),
        ("pengguna_dpt", came),
        ("pengguna_pindahan", moved),
        ("pengguna_tambahan", added),
        ("pengguna_total", {sex: came[sex] + moved[sex] + added[sex] for sex in "lp"}),
        ("pengguna_disabilitas", disabled),
    ):
        form |= {f"{base}_l": by_sex["l"], f"{base}_p": by_sex["p"], f"{base}_j": by_sex["l"] + by_sex["p"]}
    ballots = form["pengguna_total_j"]
    received = form["pemilih_dpt_j"] + cadangan(contest, form["pemilih_dpt_j"])
    form |= {
        "surat_diterima": received,
        "surat_digunakan": ballots,
        "surat_dikembalikan": 0,
        "surat_tidak_digunakan": received - ballots,
    }
    left = ballots
    for name in contest.votes:
        form[name] = draw(st.integers(0, left))
        left -= form[name]
    form |= {"suara_sah": ballots - left, "suara_tidak_sah": left, "suara_total": ballots}
    return form
