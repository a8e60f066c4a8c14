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


def test_every_public_function_of_the_service_is_used() -> None:
    service = modules("service")
    called = set().union(*map(names_in, modules("cli").values()))
    bodies = {
        function.name: set().union(*(names_in(part) for part in function.body))
        for tree in service.values()
        for function in functions(tree)
    }
    reached = called & set(bodies)
    while more := set().union(*(bodies[name] for name in reached)) & set(bodies) - reached:
        reached |= more
    session = names_in(service["session"])
    unreached = {
        f"{module}.{function.name}"
        for module, tree in service.items()
        for function in functions(tree)
        if not function.name.startswith("_") and function.name not in reached | session
    }
    assert unreached == set()


def test_the_command_line_imports_only_the_service_and_the_domain() -> None:
    for name, tree in modules("cli").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pleno."):
                layer = (node.module or "").split(".")[1]
                assert layer in ("cli", "service", "domain"), f"{name}: {node.module}"
