"""The program as Typer runs it, with every text that Typer would say in English said in Indonesian.

Typer prints help and complaints itself; the two classes here take both over.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from pleno.cli import errors, help_page, output
from pleno.cli.main import INTERRUPTED
from pleno.domain.errors import PlenoError

ROOT: Final = "beranda"
"""What `pleno` without a command is called in JSON."""

_SHARED: Final = ("folder", "kontes", "as_json")
"""Options that count for a command also when they stand before its name."""
_REFUSED_TEXT: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that no name, note or code may hold."""


class Command(TyperCommand):
    """One command; it returns its exit code, None for 0."""

    # Typer's own context class has no public name, hence Any in these signatures.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True  # too many are told in `invoke`
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise errors.misused(error, ctx.command_path, help_page.names(self)) from error

    def invoke(self, ctx: Any) -> Any:
        if ctx.args:
            raise errors.too_many(ctx.args, ctx.command_path)
        if ctx.parent is not None:
            for name in _SHARED:
                ctx.params[name] = ctx.params.get(name) or ctx.parent.params.get(name)
        for value in ctx.params.values():
            _require_readable(value)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_page.of_command(self, ctx.command_path))


class Program(TyperGroup):
    """`pleno` itself: finds the command, runs it, and turns every end into an exit code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise errors.misused(error, ctx.command_path, help_page.names(self)) from error

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        if args[0] not in self.commands:
            raise errors.unknown_command(args[0], get_close_matches(args[0], self.commands))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_page.of_program(self))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run with these arguments (those of the process where None) and exit with the code of TERMS.md."""
        asked = Asked.of(sys.argv[1:] if args is None else args, self.commands)
        try:
            code = super().main(args, "pleno", complete_var, False, windows_expand_args, **extra)
        except PlenoError as error:
            code = errors.refused(error, asked.command, asked.as_json)
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        except SystemExit:  # Typer's way to stop when nobody reads its help any more (`| head`)
            code = 0
        except Exception as error:  # whatever it is: a report, never a traceback
            code = errors.crashed(error, asked.folder, asked.command, asked.as_json)
        sys.exit(code or 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be told from the bare arguments, also when they cannot be parsed."""

    command: str
    as_json: bool
    folder: Path

    @classmethod
    def of(cls, args: Sequence[str], commands: Iterable[str]) -> Asked:
        known = set(commands)
        folder = next((after for here, after in pairwise(args) if here == "--folder"), None)
        folder = folder or next((arg.partition("=")[2] for arg in args if arg.startswith("--folder=")), None)
        return cls(
            command=next((arg for arg in args if arg in known), ROOT),
            as_json="--json" in args,
            folder=Path(folder or "."),
        )


def _require_readable(value: object) -> None:
    """Refuse text with control, direction or invisible characters before it reaches the journal."""
    if isinstance(value, list | tuple):
        for one in value:
            _require_readable(one)
    elif isinstance(value, str) and any(unicodedata.category(char) in _REFUSED_TEXT for char in value):
        raise PlenoError(
            "Tulisan ditolak",
            f'"{output.visible(value)}" memuat karakter yang tidak terlihat.',
            "Ketik ulang tanpa karakter itu.",
        )
