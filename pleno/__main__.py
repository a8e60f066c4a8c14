"""`python -m pleno` is the command `pleno`."""

from pleno.cli.main import run

run()
