"""What stands left of the figures of each row, and which rows belong together (DOMAIN.md 2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pleno.domain.contest import Contest, Part, Partai, Row
from pleno.exporters.layout import texts


class Label(NamedTuple):
    """The label cells of one row."""

    number: str
    text: str
    block: str
    """Rows that stand together have the same."""
    again: str
    """What a page that begins with this row repeats; empty where the row itself is a heading."""
    style: str = "label"


def labels_of(contest: Contest) -> Mapping[str, Label]:
    """Canonical row name -> its label, in the order of the form."""
    found = {row.name: _label(row, section.title) for section in contest.sections for row in section.rows}
    for partai in contest.partai:
        found |= dict(_of_partai(partai))
    return found


def _label(row: Row, title: str) -> Label:
    if row.part is None:
        return Label(row.code, row.label, row.name, title)
    code = row.code.rpartition(".")[0]
    return Label(code, row.label, code, title) if row.part is Part.L else Label("", "", code, title)


def _of_partai(partai: Partai) -> Iterator[tuple[str, Label]]:
    heading = f"{partai.choice.number}. {partai.choice.name}"
    yield partai.votes, Label("A.1", heading, heading, "", "party")
    for row, choice in zip(partai.calon_rows, partai.calon, strict=True):
        yield row, Label(f"A.2.{choice.number}", f"{choice.number}. {choice.name}", heading, heading)
    yield partai.total, Label("B.", texts()["label"]["jumlah_partai"], heading, heading, "total")
