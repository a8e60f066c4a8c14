"""Every measurement, one after the other: `make bench`."""

from __future__ import annotations

from bench import append, compare, diagnosis, recap_export, recap_import, screens, verify, version
from bench.result import report

for module in (version, append, compare, diagnosis, recap_import, recap_export, verify, screens):
    report(module.measure())
