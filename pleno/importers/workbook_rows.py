"""Which row of a form a line of an office's sheet is: by row code, by wording, or by number and name of a choice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple

from pleno.domain.contest import Choice, Contest, Part, Row
from pleno.domain.errors import PlenoError
from pleno.importers.limits import BadCell, shown_outside

LONGEST_LABEL: Final = 400
"""Characters; a longer text names no row."""

_SUM_NOTE: Final = re.compile(r"\([^()]*\+[^()]*\)")
_NUMBERING: Final = re.compile(r"\A(?:(?:(?:[IVX]{1,4}|[A-Z]|[0-9]{1,2})[.)]\s*)+(?:[0-9]{1,2}\s+)?|[0-9]{1,2}\s+)")
_TOKEN: Final = re.compile(r"[^\W_]+")
_NUMBER_ALONE: Final = re.compile(r"\s*0*([1-9][0-9]{0,2})\s*[.)]?\s*")
_NUMBER_FIRST: Final = re.compile(r"\s*0*([1-9][0-9]{0,2})(?:[.)\s:-]+)(.+)", re.DOTALL)
_NUMBERING_ALONE: Final = re.compile(r"(?:[IVX]{1,4}|[A-Z]|[0-9]{1,3})(?:\.(?:[IVX]{1,4}|[A-Z]|[0-9]{1,3}))*[.)]?")
_PARTY_TOTAL: Final = re.compile(
    r"JUMLAH (?:PEROLEHAN )?SUARA SAH PARTAI(?: POLITIK)?(?: (?P<number>[0-9]{1,2}))? DAN (?:SUARA )?CALON"
)
"""Row B of a party, after `label_key`; the same under every party, so the party above it decides."""
_CODE: Final = re.compile(r"[A-Za-z_]{1,40}[A-Za-z0-9_.]{0,40}")
_PARTS: Final = {
    **dict.fromkeys(("L", "LK", "LAKI LAKI", "LAKI LAKI L"), Part.L),
    **dict.fromkeys(("P", "PR", "PEREMPUAN", "PEREMPUAN P"), Part.P),
    **dict.fromkeys(("J", "JML", "JUM", "JUMLAH", "L P", "JUMLAH L P", "JUMLAH J"), Part.J),
}


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """A text as words in capitals, without punctuation: "TPS\\n 001." -> "TPS 001"; "" when it is too long."""
    if len(text) > LONGEST_LABEL:
        return ""
    return " ".join(_TOKEN.findall(unicodedata.normalize("NFC", text).upper()))


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """What two wordings of one row have in common: no numbering, no "(A + B)", no "*)", no punctuation."""
    if len(text) > LONGEST_LABEL:
        return ""
    plain = " ".join(unicodedata.normalize("NFC", text).upper().split())
    return words(_NUMBERING.sub("", _SUM_NOTE.sub(" ", plain).strip(), count=1))


def name_key(text: str) -> str:
    """What two spellings of one pair's names have in common: letters only, "dan" and "-" alike."""
    return "".join(token for token in words(text).split() if token != "DAN")


class Line(NamedTuple):
    """One line of a sheet, left of its figures."""

    row: Row | None
    """The form row its figures belong to, if it is one."""
    choice: Choice | None = None
    """Whose votes it holds, where it is the row of a choice."""


class FormRows:
    """Recognises the lines of one contest's form.

    Stateful: L, P and JML lines follow the label above them, candidates and row B the party above them.
    """

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._choices = contest.ballot_rows
        self._rows_by_name: dict[tuple[int, str], list[str]] = {}
        for row, choice in self._choices.items():
            self._rows_by_name.setdefault((choice.partai, name_key(choice.name)), []).append(row)
        self._totals = {partai.choice.number: partai.total for partai in contest.partai}
        self._labels = _labels(contest)
        self._group: Mapping[Part | None, Row] | None = None
        self._partai = 0
        """The party whose block is being read; a page may break within it."""

    def start_block(self) -> None:
        """A new header: no label stands above yet."""
        self._group = None

    def by_code(self, text: str) -> Row | None:
        """The row that a cell names by code or canonical name."""
        stripped = text.strip()
        if not _CODE.fullmatch(stripped):
            return None
        with suppress(PlenoError):
            return self._contest.find(stripped)
        return None

    def coded(self, row: Row, texts: Sequence[tuple[str, str]]) -> Line:
        """A line whose code names `row`; `texts` are (place, text) of its label cells.

        BadCell when its wording names another row, or another choice.
        """
        choice = self._choices.get(row.name)
        if choice is not None:
            self._check_choice(choice, texts)
            return Line(row, choice)
        for place, text in texts:
            if row.name in self._totals.values() and _PARTY_TOTAL.fullmatch(label_key(text)):
                return Line(row)
            group = self._labels.get(label_key(text))
            if group is not None and row not in group.values():
                raise BadCell(place, f'label "{shown_outside(text, 60)}" bukan baris {row.code} ({row.label}).')
        return Line(row)

    def labelled(self, texts: Sequence[tuple[str, str]]) -> Line:
        """A line found by its wording. BadCell when a choice stands under another number."""
        for _, text in texts:
            if (name := self._choice_row(_bare_name(text), texts)) is not None:
                choice = self._choices[name]
                self._check_choice(choice, texts)
                self._group = None
                self._partai = choice.partai or choice.number
                return Line(self._contest.by_name[name], choice)
            if (total := _PARTY_TOTAL.fullmatch(label_key(text))) is not None and self._totals:
                return self._party_total(texts, total["number"])
        part: Part | None = None
        for _, text in texts:
            found = _PARTS.get(words(text))
            if found is not None:
                part = found
            elif (group := self._labels.get(label_key(text))) is not None:
                self._group = group
            elif label_key(text) and not _NUMBER_ALONE.fullmatch(text) and not _is_numbering(text):
                self._group = None
                return Line(None)
        if not texts or self._group is None:
            return Line(None)
        return Line(self._group.get(part))

    def _choice_row(self, name: str, texts: Sequence[tuple[str, str]]) -> str | None:
        """The row of a name: a contestant's, or that of a candidate of the party above.

        Of two candidates of one name the number beside it decides.
        """
        found = self._rows_by_name.get((self._partai, name)) if self._totals and self._partai else None
        found = found or self._rows_by_name.get((0, name), [])
        numbers = {int(alone[1]) for _, text in texts if (alone := _NUMBER_ALONE.fullmatch(text))}
        numbers |= {int(first[1]) for _, text in texts if (first := _NUMBER_FIRST.fullmatch(text))}
        return next((row for row in found if self._choices[row].number in numbers), found[0] if found else None)

    def _party_total(self, texts: Sequence[tuple[str, str]], number: str | None) -> Line:
        """Row B of the party above, whose block it ends. BadCell without one, or where it names another."""
        partai, self._partai = self._partai, 0
        self._group = None
        place, text = texts[-1]
        if number is not None and partai and int(number) != partai:
            raise BadCell(place, f'"{shown_outside(text, 60)}" berada di blok partai nomor {partai}.')
        if (total := self._totals.get(int(number) if number else partai)) is None:
            raise BadCell(place, f'"{shown_outside(text, 60)}" tanpa baris partai di atasnya.')
        return Line(self._contest.by_name[total])

    def unknown(self, texts: Sequence[tuple[str, str]]) -> str:
        """Why a line with figures could not be placed, one sentence end."""
        label = " ".join(text for _, text in texts)
        found = _NUMBER_ALONE.fullmatch(label) or _NUMBER_FIRST.fullmatch(label)
        number = int(found[1]) if found else None
        within = self._partai if self._totals else 0
        choice = next((one for one in self._choices.values() if (one.partai, one.number) == (within, number)), None)
        said = f'label "{shown_outside(label, 60)}" bukan baris formulir' if label else "baris berangka tanpa label"
        return f'{said}; {called(choice)} adalah "{choice.name}".' if choice and label else f"{said}."

    def _check_choice(self, choice: Choice, texts: Sequence[tuple[str, str]]) -> None:
        """BadCell unless every name and number of the line is that choice's."""
        for place, text in texts:
            if (alone := _NUMBER_ALONE.fullmatch(text)) is not None:
                if int(alone[1]) != choice.number:
                    raise BadCell(place, _other_choice(choice, f"nomor {text.strip()}"))
                continue
            if _is_numbering(text) or not name_key(text):
                continue
            first = _NUMBER_FIRST.fullmatch(text)
            same_name = name_key(choice.name) in (name_key(text), _bare_name(text))
            if not same_name or (first and name_key(text) != name_key(choice.name) and int(first[1]) != choice.number):
                raise BadCell(place, _other_choice(choice, text))


def _labels(contest: Contest) -> Mapping[str, Mapping[Part | None, Row]]:
    """Wording -> the rows of that label by part. A wording of two different labels finds neither."""
    groups: dict[str, dict[Part | None, Row]] = {}
    for section in contest.sections:
        if section.code != contest.profile.choice_section:
            for row in section.rows:
                groups.setdefault(_stem(row), {})[row.part] = row
    found: dict[str, dict[Part | None, Row]] = {}
    doubtful: set[str] = set()
    for group in groups.values():
        for row in group.values():
            for wording in (row.label, *row.alias):
                key = label_key(wording)
                if found.setdefault(key, group) is not group:
                    doubtful.add(key)
    return {key: group for key, group in found.items() if key and key not in doubtful}


def _stem(row: Row) -> str:
    """What the three rows of one label share: "pengguna_dpt" of pengguna_dpt_l."""
    return row.name.removesuffix(f"_{row.part.value}") if row.part else row.name


def _bare_name(text: str) -> str:
    found = _NUMBER_FIRST.fullmatch(text)
    return name_key(found[2] if found else text)


def _is_numbering(text: str) -> bool:
    """ "A.", "IV.", "B.1": what stands in a NO. column."""
    return len(text) <= 12 and _NUMBERING_ALONE.fullmatch(text.strip()) is not None


def _other_choice(choice: Choice, said: str) -> str:
    return f'tertulis "{shown_outside(said, 60)}", padahal {called(choice)} adalah "{choice.name}".'


def called(choice: Choice) -> str:
    """ "pilihan nomor 2", "calon nomor 2 partai nomor 5"."""
    within = f" partai nomor {choice.partai}" if choice.partai else ""
    return f"{'calon' if within else 'pilihan'} nomor {choice.number}{within}"
