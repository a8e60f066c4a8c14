"""The forms a workspace may use: those that come with pleno, and an office's own before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pleno.domain.contest import Choice, Contest, ContestKind, Profile
from pleno.domain.errors import PlenoError
from pleno.domain.identities import identities, limits
from pleno.importers.limits import shown_outside
from pleno.importers.profile import files_of, load_profile, read_profile, shipped_profiles

_SAMPLE = (Choice(1, "..."), Choice(2, "..."))
_PARTY_SAMPLE = (Choice(1, "..."), Choice(1, "...", partai=1), Choice(2, "..."), Choice(1, "...", partai=2))


class Forms(NamedTuple):
    """The forms that a new workspace is asked to have."""

    profiles: Mapping[str, Profile]
    """By id, in reading order."""
    own: Sequence[Path]
    """Files of the office that must lie beside pleno.toml."""


def shipped() -> tuple[Profile, ...]:
    """Every form that comes with pleno."""
    return tuple(load_profile(name) for name in shipped_profiles())


def form_named(text: str) -> Profile:
    """The form that a person names: the file of an office (`.toml`), or the id of one that comes with pleno.

    PlenoError names every wrong line and key at once.
    """
    return read_profile(Path(text)) if _is_file(text) else load_profile(text)


def forms_named(names: Iterable[str]) -> Forms:
    """The forms that people name, and the files to copy.

    PlenoError names every form that is wrong at once; also where two files have one name.
    """
    profiles: dict[str, Profile] = {}
    own: dict[str, Path] = {}
    refused: list[PlenoError] = []
    for text in dict.fromkeys(names):
        try:
            profile = form_named(text)
        except PlenoError as error:
            refused.append(error)
            continue
        profiles[profile.id] = profile
        for path in files_of(Path(text)) if _is_file(text) else ():
            if own.setdefault(path.name, path).absolute() != path.absolute():
                shown = shown_outside(path.name)
                raise PlenoError(
                    "Profil ditolak", f"Ada dua berkas bernama {shown} di folder berbeda.", "Letakkan di satu folder."
                )
    if refused:
        raise PlenoError(refused[0].title, " ".join(error.message for error in refused), refused[0].advice)
    return Forms(profiles, tuple(own.values()))


def rules_of(profile: Profile) -> tuple[str, ...]:
    """Ids of the rules on sums and limits whose rows this form has."""
    contest = Contest(profile, _PARTY_SAMPLE if profile.kind is ContestKind.PARTAI else _SAMPLE)
    return tuple(sorted({*identities(contest), *limits(contest)}))


def _is_file(text: str) -> bool:
    return text.lower().endswith(".toml")
