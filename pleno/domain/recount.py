"""What a penghitungan ulang replaced."""

from __future__ import annotations

from pleno.domain.compare import TpsFile
from pleno.domain.entry import Entry, Kind
from pleno.domain.figures import PLANO, shown


def paper_before(file: TpsFile, entry: Entry) -> str:
    """What the plano says where this recount says otherwise, as a sentence to go behind that of the entry.

    The recount stands (DOMAIN.md 4.3), and who reads of it asks what it replaced. Empty for any other entry, and where
    the ballots said what the paper says.
    """
    if entry.kind is not Kind.RECOUNT_RECORDED:
        return ""
    told = [(file.contest.by_name[one.row].code, file.figure(PLANO, one.row), one.after) for one in entry.changes]
    otherwise = [f"{code} {shown(figure)}" for code, figure, after in told if figure is not None and figure != after]
    return f" Di C.HASIL (plano) tertulis: {'; '.join(otherwise)}." if otherwise else ""
