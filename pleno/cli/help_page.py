"""Help pages in Indonesian, made from the commands themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import Any, Final

_WIDTH: Final = 96
_HELP_LINE: Final = ("--help", "Tampilkan bantuan ini.")


def of_program(program: Any) -> str:
    """All commands by the phase of the pleno they belong to, and the options before a command."""
    return "\n".join(
        (
            "Pakai: pleno [PILIHAN] PERINTAH ...",
            "",
            *_paragraph(program.help),
            *command_list(program),
            "",
            "Pilihan:",
            *_two_columns([*map(_option, program.params), _HELP_LINE]),
            "",
            "Bantuan satu perintah: pleno PERINTAH --help",
            "",
        )
    )


def command_list(program: Any) -> list[str]:
    """The commands with one line each, under the heading of their phase."""
    width = max(map(len, program.commands))
    lines: list[str] = []
    heading = None
    for name, command in program.commands.items():
        if command.rich_help_panel != heading:
            heading = command.rich_help_panel
            lines += ["", f"{heading}:"]
        lines.append(f"  {name:<{width}}  {cleandoc(command.help).partition(chr(10))[0]}")
    return lines


def of_command(command: Any, path: str) -> str:
    """How one command is typed, what it does, and each argument and option."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    lines = [" ".join(("Pakai:", path, *map(_in_usage, arguments), "[PILIHAN]")), ""]
    for paragraph in cleandoc(command.help).split("\n\n"):
        lines += [*_paragraph(paragraph), ""]
    if arguments:
        lines += ["Isian:", *_two_columns((param.metavar, param.help) for param in arguments), ""]
    lines += ["Pilihan:", *_two_columns([*map(_option, options), _HELP_LINE]), ""]
    return "\n".join(lines)


def names(command: Any) -> Mapping[str, str]:
    """The printed name of each parameter by its internal name."""
    return {
        param.name: param.metavar if param.param_type_name == "argument" else param.opts[0] for param in command.params
    }


def _in_usage(param: Any) -> str:
    shown = param.metavar if param.nargs == 1 else f"{param.metavar} ..."
    return shown if param.required else f"[{shown}]"


def _option(param: Any) -> tuple[str, str]:
    name = ", ".join(param.opts)
    notes = [note for note, holds in (("wajib", param.required), ("boleh diulang", param.multiple)) if holds]
    told = f"{param.help} ({', '.join(notes)})" if notes else param.help
    return (name if param.is_flag else f"{name} {param.metavar}", told)


def _two_columns(pairs: Iterable[tuple[str, str]]) -> list[str]:
    listed = list(pairs)
    width = max(len(left) for left, _right in listed)
    lines: list[str] = []
    for left, right in listed:
        wrapped = textwrap.wrap(right, _WIDTH - width - 4)
        lines.append(f"  {left:<{width}}  {wrapped[0]}")
        lines += [" " * (width + 4) + more for more in wrapped[1:]]
    return lines


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), _WIDTH)
