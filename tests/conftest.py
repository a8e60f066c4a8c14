"""What holds for every test: the profile of whoever runs them is never read or written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

PROFILE = ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
"""Where Linux and Windows are told the profile lies."""
DEVICE = "7C1F-22A0"
"""The mark of the laptop of these tests."""


def own_profile(folder: Path, device: str = DEVICE) -> Path:
    """A profile that knows the laptop's mark and no journal; returns what to point the environment to."""
    (folder / "pleno").mkdir(parents=True)
    (folder / "pleno" / "perangkat").write_text(f"{device}\n", "utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _profile_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what is made once for many tests: a laptop that keeps no journal in mind, since they all go on from one."""
    with pytest.MonkeyPatch.context() as environment:
        place = own_profile(tmp_path_factory.mktemp("profil"))
        (place / "pleno" / "jejak").touch()
        for name in PROFILE:
            environment.setenv(name, str(place))
        yield


@pytest.fixture(scope="session", autouse=True)
def _scrypt_once() -> Iterator[None]:
    """What makes a PIN or a passphrase slow to guess is reckoned once for the same input."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hashlib, "scrypt", lru_cache(maxsize=10_000)(hashlib.scrypt))
        yield


@pytest.fixture(autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with a laptop that has seen no journal; the folder of pleno in its profile."""
    return _sit_at(own_profile(tmp_path_factory.mktemp("profil")), monkeypatch)


@pytest.fixture
def sit_at(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Go over to another laptop, by its mark; the same mark again is the same laptop."""
    laptops: dict[str, Path] = {}

    def go(device: str) -> Path:
        if device not in laptops:
            laptops[device] = own_profile(tmp_path_factory.mktemp("profil"), device)
        return _sit_at(laptops[device], monkeypatch)

    return go


def _sit_at(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in PROFILE:
        monkeypatch.setenv(name, str(place))
    return place / "pleno"
