"""What a region calls things: distrik for kecamatan, KIP for KPU, DPRA for DPRD Provinsi (DOMAIN.md section 1.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from pleno.domain.contest import Profile


@dataclass(frozen=True, eq=False)
class RegionalWords:
    """The words of one region for the nationwide ones that pleno is written in; one object a region, so it hashes."""

    instead: Mapping[str, str] = field(default_factory=dict)
    """Nationwide word or phrase to what stands for it here; a longer one goes before a shorter one within it.

    One that stands for itself keeps a shorter one within it as it is: "D.HASIL KECAMATAN".
    """

    def said(self, text: str) -> str:
        """A text of the program in the words of this region, in lower case, capitals or as names, as it is written.

        Only for what pleno itself says: names and notes of people stay as they were typed.
        """
        return self._pattern.sub(lambda found: self._forms[found[0]], text) if self.instead else text

    def profile(self, profile: Profile) -> Profile:
        """A form with its contest, form models and headings in the words of this region; rows are the same."""
        return replace(
            profile,
            name=self.said(profile.name),
            models={purpose: self.said(model) for purpose, model in profile.models.items()},
            sections=tuple(replace(section, title=self.said(section.title)) for section in profile.sections),
        )

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Every way a phrase may be written; an abbreviation has one."""
        forms: dict[str, str] = {}
        for phrase, here in self.instead.items():
            for case in (str.upper, str.lower) if phrase == phrase.title() else ():
                forms[case(phrase)] = case(here)
            forms[phrase] = here
        return forms

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._forms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


NATIONWIDE: Final = RegionalWords()
"""Where nothing has a name of its own."""
