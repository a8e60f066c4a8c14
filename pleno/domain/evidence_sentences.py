"""Entries about photos and settings as sentences (sentences.py holds the others)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pleno.domain.entry import Entry, Kind
from pleno.domain.naming import place_of
from pleno.domain.setting import LABELS, told_changes

if TYPE_CHECKING:
    from pleno.domain.sentences import Names

    Told = Callable[[Entry, Names], str]


def evidence_sentences(who: Told, forms: Told) -> Mapping[Kind, Told]:
    """Kind -> what makes its sentence; `forms` makes that of a setting.changed about forms and limits."""

    def photo(entry: Entry, names: Names) -> str:
        data = entry.data
        if entry.refers is not None:
            return (
                f'foto "{data["nama"]}" dilepas dari {place_of(entry, names)}: {entry.note}; oleh {who(entry, names)}.'
            )
        contest = names.contests.get(entry.contest or "")
        form = f" ({contest.profile.name})" if contest and len(names.contests) > 1 else ""
        page = f" halaman {data['halaman']}" if "halaman" in data else ""
        return (
            f'foto "{data["nama"]}"{page} dikaitkan dengan {place_of(entry, names)}{form}, {data["ukuran"]} bita, '
            f"sidik {(entry.src_sha256 or '')[:16]}; oleh {who(entry, names)}."
        )

    def setting(entry: Entry, names: Names) -> str:
        changes = told_changes(entry)
        if not changes:
            return forms(entry, names)
        cells = "; ".join(
            f"{LABELS.get(name, name)} {after}" + (f", semula {before}" if before is not None else "")
            for name, before, after in changes
        )
        basis = " menurut pleno.toml" if entry.data.get("usul") else ""
        pin = " dengan PIN" if entry.data.get("pin") else ""
        why = f": {entry.note}" if entry.note else ""
        return f"setelan{basis}: {cells}; dicatat {who(entry, names)}{pin}{why}."

    return {Kind.PHOTO_LINKED: photo, Kind.SETTING_CHANGED: setting}
