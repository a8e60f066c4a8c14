"""Every measurement, one after the other: `make bench`; or those named: `python -m bench screens append`."""

from __future__ import annotations

import sys

from bench import (
    append,
    compare,
    diagnosis,
    first_frames,
    recap_export,
    recap_import,
    recap_set,
    screens,
    template_fill,
    verify,
    version,
)
from bench.result import report

_MODULES = (
    version,
    append,
    compare,
    diagnosis,
    recap_import,
    recap_export,
    template_fill,
    recap_set,
    verify,
    screens,
    first_frames,
)

for module in _MODULES:
    if not sys.argv[1:] or module.__name__.rpartition(".")[2] in sys.argv[1:]:
        report(module.measure())
