"""The house itself: what is installed, what is shipped, what is written where, and how big it is."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
PYPROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PRACTICE_FILES: Final = sorted(path.name for path in (ROOT / "data" / "latihan").iterdir())
LONGEST_MODULE: Final = 320
"""Lines. Modules hold one noun and about 300 lines; the rest is room for a last docstring."""
LONGER: Final = {"pleno/signing/periksa_pleno.py": 440}
"""One file by its purpose: a saksi copies it, reads it and runs it alone, for sets and for proofs."""

# The last letters stand in brackets so that this file does not match itself.
MACHINE: Final = re.compile(
    r"pyp[i]\.org|pythonhoste[d]\.org|(?<![\w./])/(?:wor[k]|tm[p]|roo[t]|hom[e])(?:/|\b)|\.\./share[d]|/op[t]/"
)


def run(*args: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(args, capture_output=True, encoding="utf-8", timeout=300, **more)  # type: ignore[call-overload,no-any-return]


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = run("git", "-C", ROOT, "ls-files", "-z")
    assert listed.returncode == 0, listed.stderr
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


# --- what is installed ---------------------------------------------------------------------


def all_requirements() -> list[str]:
    project = PYPROJECT["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"], *PYPROJECT["build-system"]["requires"]]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = dict(line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in found.items()}


@pytest.mark.parametrize("requirement", sorted(set(all_requirements())))
def test_each_dependency_says_why_it_is_there(requirement: str) -> None:
    lines = [line for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines() if f'"{requirement}"' in line]
    assert lines
    assert [line for line in lines if not re.search(r"# \w+.* \w+", line)] == []


def test_constraints_pin_exactly_one_version_each() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)] == []
    assert len(pins()) == len(lines)


def test_everything_installed_for_pleno_is_pinned() -> None:
    pinned = pins()
    wanted, seen = [Requirement(text) for text in all_requirements()], set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if name in seen:
            continue
        seen.add(name)
        assert name in pinned, f"{requirement} is missing in constraints.txt"
        assert requirement.specifier.contains(pinned[name]), f"{requirement} is pinned to {pinned[name]}"
        try:
            needs = map(Requirement, requires(name) or ())
        except PackageNotFoundError:  # a build tool that only the Makefile installs
            continue
        wanted += [one for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})]


# --- what stands where ---------------------------------------------------------------------


def test_no_module_is_too_long_to_see() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "pleno").rglob("*.py")
    }
    assert len(lengths) > 50
    assert {path: length for path, length in lengths.items() if length > LONGER.get(path, LONGEST_MODULE)} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE.search(line)
        ]
    assert found == []


def test_the_licence_is_mit_everywhere() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("MIT License")
    assert "WITHOUT WARRANTY OF ANY KIND" in text
    assert PYPROJECT["project"]["license"] == "MIT"


@pytest.mark.skipif(sys.platform == "win32", reason="laptops with Windows have no make")
def test_make_alone_tells_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    told = run("make", "-C", ROOT, "--no-print-directory")
    assert told.returncode == 0, told.stderr
    assert [line.split()[1] for line in told.stdout.splitlines()] == phony.split()


# --- what is imported ----------------------------------------------------------------------


def modules_after(code: str, *args: str) -> set[str]:
    listing = "\nimport sys; print(*sys.modules, file=sys.stderr)"
    ended = run(
        sys.executable, "-P", "-c", code + listing, *args, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


def test_importing_pleno_imports_nothing() -> None:
    assert modules_after("import pleno") - modules_after("") == {"pleno"}


@pytest.mark.parametrize(
    ("args", "heavy"),
    [
        (["--version"], {"typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "cryptography"}),
        (["--help"], {"sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "cryptography"}),
    ],
)
def test_quick_answers_load_nothing_heavy(args: list[str], heavy: set[str]) -> None:
    code = "from pleno.cli.main import run\ntry: run()\nexcept SystemExit: pass"
    assert modules_after(code, *args) & heavy == set()


# --- what is shipped -----------------------------------------------------------------------

needs_builder = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None and "PLENO_CI" not in os.environ, reason="hatchling is not installed"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("pleno-*-py3-none-any.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    done = run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", folder, wheel)
    assert done.returncode == 0, done.stderr
    return folder


def pleno_from(folder: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The installed program with the checkout out of reach."""
    code = (
        "import sys; root, folder = sys.argv.pop(1), sys.argv.pop(1);"
        "sys.path = [folder, *(path for path in sys.path if path != root)];"
        "import pleno; assert pleno.__file__.startswith(folder), pleno.__file__;"
        "from pleno.cli.main import run; run()"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return run(sys.executable, "-P", "-c", code, str(ROOT), str(folder), *args, cwd=cwd, env=environment)


@needs_builder
def test_the_wheel_holds_forms_templates_and_practice(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = ROOT / "pleno" / "profiles"
    profiles = {f"pleno/profiles/{path.relative_to(shipped).as_posix()}" for path in shipped.rglob("*.toml")}
    templates = {f"pleno/templates_xlsx/{path.name}" for path in (ROOT / "templates_xlsx").iterdir() if path.is_file()}
    practice = {f"pleno/data/latihan/{name}" for name in PRACTICE_FILES}
    assert len(profiles) == 24
    assert templates
    assert profiles | templates | practice | {"pleno/importers/regions.tsv.gz"} <= names
    assert {name.split("/")[0] for name in names} == {
        "pleno",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }


@needs_builder
def test_the_wheel_runs_by_itself(installed: Path, tmp_path: Path) -> None:
    version = pleno_from(installed, tmp_path, "--version")
    assert (version.returncode, version.stdout.split()[0]) == (0, "pleno"), version.stderr
    practised = pleno_from(installed, tmp_path, "latihan", "coba", "--tanpa-layar")
    assert practised.returncode == 0, practised.stderr
    assert practised.stdout.splitlines()[-1].endswith("utuh")
    assert (tmp_path / "coba" / "data" / "pleno.db").is_file()
