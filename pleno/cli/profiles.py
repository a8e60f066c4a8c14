"""The forms of contests: which there are, and whether an office's own file holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.options import AsJson, Folder, Kontes, Oleh
from pleno.cli.output import Column, document, say, table

if TYPE_CHECKING:
    from pleno.domain.contest import Profile

_KINDS: Final = {
    "paslon": "pasangan calon",
    "perseorangan": "calon perseorangan",
    "partai": "partai dan calonnya",
}


def show(
    named: Annotated[
        str | None,
        typer.Argument(metavar="BERKAS", help="Profil kantor (.toml), atau id profil bawaan; tanpa ini: daftarnya."),
    ] = None,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Periksa profil kontes, dan tampilkan barisnya.

    Semua yang keliru disebut sekaligus dengan berkas, baris dan kuncinya; tidak ada yang diubah.
    """
    from pleno.service.forms import form_named, shipped

    if named is None:
        profiles = shipped()
        if as_json:
            document("profil", {"bawaan": [_about(profile) for profile in profiles]})
        else:
            table((Column("profil"), Column("kontes")), [(one.id, f"{one.name} {one.year}") for one in profiles])
        return
    profile = form_named(named)
    if as_json:
        document("profil", _json(profile))
    else:
        _print(profile)


def _about(profile: Profile) -> dict[str, object]:
    return {"id": profile.id, "nama": profile.name, "tahun": profile.year, "jenis": profile.kind.value}


def _json(profile: Profile) -> dict[str, object]:
    from pleno.service.forms import rules_of

    return {
        **_about(profile),
        "kode_sirekap": profile.sirekap_code,
        "sumber": profile.basis,
        "digit": profile.digits,
        "maks_pemilih": profile.max_voters,
        "cadangan_permil": profile.reserve_permille,
        "model": dict(profile.models),
        "kategori": dict(profile.categories),
        "bagian": [
            {
                "kode": section.code,
                "judul": section.title,
                "pilihan": section.code == profile.choice_section,
                "baris": [{"kode": row.code, "isian": row.name, "uraian": row.label} for row in section.rows],
            }
            for section in profile.sections
        ],
        "aturan": list(rules_of(profile)),
        "ambang": {rule: dict(limits) for rule, limits in profile.thresholds.items()},
    }


def _print(profile: Profile) -> None:
    from pleno.service.forms import rules_of

    reserve = f"{profile.reserve_permille / 10:g}".replace(".", ",")
    say(
        f"{profile.id}: {profile.name} {profile.year} ({profile.basis})",
        f"Formulir {', '.join(profile.models.values())}",
        f"Pilihan: {_KINDS[profile.kind.value]}, bagian {profile.choice_section}",
        f"Paling banyak {profile.max_voters} pemilih per TPS, cadangan {reserve}%, {profile.digits} kotak angka",
        "",
    )
    table(
        (Column("kode"), Column("isian"), Column("uraian")),
        [
            cells
            for section in profile.sections
            for cells in (
                (section.code, "(pilihan)" if section.code == profile.choice_section else "", section.title),
                *((row.code, row.name, row.label) for row in section.rows),
            )
        ],
    )
    say("", f"Aturan jumlah dan batas yang berlaku: {', '.join(rules_of(profile))}")
    limits = (f"{rule} {name} {most}" for rule, said in profile.thresholds.items() for name, most in said.items())
    say(f"Ambang sendiri: {', '.join(limits) or 'tidak ada'}", "Profil ini dapat dipakai.")
