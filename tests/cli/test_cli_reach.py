"""Each public verb of the service is reachable from the command line."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pleno

PACKAGE = Path(pleno.__file__).parent


def modules(folder: str) -> dict[str, ast.Module]:
    return {
        path.stem: ast.parse(path.read_text("utf-8"))
        for path in (PACKAGE / folder).glob("*.py")
        if path.stem != "__init__"
    }


def names_in(tree: ast.AST) -> set[str]:
    """Every name, attribute and imported name a piece of code speaks of."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found.update(alias.name.rpartition(".")[2] for alias in node.names)
    return found


def functions(tree: ast.Module) -> Iterable[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef))


SCREENS_ONLY = {
    "drafting": "a paper half typed exists only on a screen; `pleno catat` takes it whole",
    "undo": "on the command line `pleno catat --catatan` and `pleno batalkan` say the same with a reason",
    "copies": "one key for a whole copy; `pleno catat --sumber salinan:N` takes it row by row",
    "lists": "what a screen shows as a file; `pleno banding --json` prints the same",
    "file_manager": "a key that opens a folder; every command prints where it wrote",
    "proposal": "the lines of a form, each judged at its place; `pleno siapkan` takes them all at once",
    "crash": "the report of a program that drew on the whole terminal",
    "board": "the picture for the projector is left by the desk and shown by `pleno papan`",
}
"""Modules of the service for hands on a keyboard, and what the command line has instead."""


SCREENS = {
    ("workspace", "pleno.tui.app"), ("workspace", "pleno.tui.start"),
    ("board", "pleno.tui.board"), ("board", "pleno.tui.board_lines"),
}  # fmt: skip
"""Which commands open which screens."""
LINE_MODE = {"plain", "plain_correction", "plain_rows"}
"""`pleno --polos` speaks for the gateway and the views of the screens, line by line."""


def reached_from(*skins: str) -> set[str]:
    """Functions of the service that these skins call, directly or through another one."""
    service = modules("service")
    called = set().union(*(names_in(tree) for skin in skins for tree in modules(skin).values()))
    bodies: dict[str, set[str]] = {}
    for function in (function for tree in service.values() for function in functions(tree)):
        # Functions of one name (`prepare` of a copy, of a set) count together.
        bodies.setdefault(function.name, set()).update(*(names_in(part) for part in function.body))
    reached = called & set(bodies)
    while more := set().union(*(bodies[name] for name in reached)) & set(bodies) - reached:
        reached |= more
    return reached | names_in(service["session"])


def public() -> set[tuple[str, str]]:
    """Module and name of every public function of the service."""
    return {
        (module, function.name)
        for module, tree in modules("service").items()
        for function in functions(tree)
        if not function.name.startswith("_")
    }


def test_every_public_function_of_the_service_is_used() -> None:
    reached = reached_from("cli", "tui", "tui/screens")
    assert {name for name in public() if name[1] not in reached} == set()


def test_every_act_is_reachable_from_the_command_line() -> None:
    reached = reached_from("cli")
    left = {name for name in public() if name[1] not in reached and name[0] not in SCREENS_ONLY}
    assert left == {
        ("pins", "require_member_pin"), ("photos", "photos_of"),
        ("verify", "of_session"), ("views", "printed_pages"), ("wholeness", "judging"),
    }, (
        "only undo after a seal, the photos of one TPS, "
        "a verification within an open workspace, one behind the desk, and the pages of Rekap"
    )  # fmt: skip


def test_the_command_line_imports_only_the_service_and_the_domain() -> None:
    for name, tree in modules("cli").items():
        for node in ast.walk(tree):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            # `pleno`, `pleno latihan` and `pleno papan` hand the terminal over to the screens, and only that.
            if module.startswith("pleno.") and (name, module) not in SCREENS:
                rooms = ("cli", "service", "domain", *["tui"] * (name in LINE_MODE))
                assert module.split(".")[1] in rooms, f"{name}: {module}"
