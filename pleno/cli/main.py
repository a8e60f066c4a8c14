"""The entry point of the program `pleno`."""

from __future__ import annotations

import sys

import pleno

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""


def run() -> None:
    """What the installed program does; exits with a code of TERMS.md."""
    if sys.argv[1:] == ["--version"]:  # answered before anything heavy is imported
        print(f"pleno {pleno.__version__}")
        return
    try:
        from pleno.cli.commands import app
        from pleno.cli.output import prepare

        prepare()
        app()
    except KeyboardInterrupt:  # while loading; later ones are met in program.py
        sys.exit(INTERRUPTED)
