"""pleno.toml proposes settings, an entry makes them count; those of the ketua take the ketua's PIN."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.apply import apply
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.pin import PinNeeded
from pleno.domain.sentences import sentence
from pleno.domain.setting import LABELS, Setting
from pleno.domain.state import MemoryState
from pleno.service import meeting, pins, settings
from pleno.service.session import Session
from pleno.service.setting_rules import RULES, said
from pleno.service.verify import Outcome, verify

WHY = "keputusan rapat pagi ini"


def propose(folder: Path, old: str, new: str) -> None:
    toml = folder / "pleno.toml"
    text = toml.read_text("utf-8")
    assert old in text
    toml.write_text(text.replace(old, new), "utf-8")


def act(folder: Path) -> None:
    """Something that is written, by which an opening is."""
    with Session.open(folder) as session:
        meeting.note_presence(session, f"tamu{session.store.head().seq}", "Budi", "1", "", True, None)


def value(session: Session, name: str) -> tuple[str, str]:
    (line,) = [one for one in settings.settings(session) if one.name == name]
    return line.value, line.origin


def test_every_setting_has_words_and_is_in_force_from_the_beginning(session: Session) -> None:
    assert [rule.name for rule in RULES] == sorted(LABELS, key=[rule.name for rule in RULES].index)
    known = {one.name: one for one in session.state.all(Setting)}
    assert {name: one.value for name, one in known.items()} == {rule.name: said(rule, session.config) for rule in RULES}


def test_an_entry_changes_a_setting_for_this_and_later_sessions(folder: Path) -> None:
    with Session.open(folder) as session:
        changed = settings.change(session, "ekspor.kertas", " a4 ", None)
        assert session.config.kertas == "A4"
        assert sentence(changed, session.names()) == "Setelan: kertas A4, semula F4; dicatat Operator (operator)."
    with Session.open(folder) as session:
        assert (session.config.kertas, session.proposed.kertas) == ("A4", "F4")
        assert value(session, "ekspor.kertas") == ("A4", f"entri {changed.seq}; pleno.toml menulis F4")
    act(folder)
    with Session.open(folder) as session:
        assert len(session.store.entries_of(Kind.SETTING_CHANGED)) == 1
    assert verify(folder).outcome is Outcome.EKOR


def test_what_pleno_toml_says_anew_counts_with_an_entry(folder: Path) -> None:
    with Session.open(folder) as session:
        settings.change(session, "ekspor.kertas", "A4", None)
    propose(folder, 'kertas = "F4"', 'kertas = "A3"')
    with Session.open(folder) as session:
        assert session.config.kertas == "A3"
        assert value(session, "ekspor.kertas")[1].endswith("dicatat pada tindakan berikut")
    for _ in range(2):
        act(folder)
    with Session.open(folder) as session:
        _first, second = session.store.entries_of(Kind.SETTING_CHANGED)
        assert (second.data["setelan"], second.data["usul"]) == ({"ekspor.kertas": ["A4", "A3"]}, True)
        assert sentence(second, session.names()).startswith("Setelan menurut pleno.toml: kertas A3, semula A4;")
        assert session.config.kertas == "A3"


def test_settings_of_the_ketua_take_the_ketua_the_pin_and_a_reason(table: Table) -> None:
    session = table.session
    for by, told in (("op1", "Bukan wewenangnya"), ("ppk2", "Bukan wewenangnya")):
        with pytest.raises(PlenoError, match=told):
            settings.change(session, "meja.pin_sahkan", "ya", by, WHY)
    with pytest.raises(PlenoError, match="alasan tertulis"):
        settings.change(session, "meja.pin_sahkan", "ya", None)
    settings.change(session, "meja.pin_sahkan", "ya", None, WHY)
    pins.set_pin(session, "ppk1", "482913")
    with pytest.raises(PinNeeded):
        settings.change(session, "meja.pin_sahkan", "tidak", None, WHY)
    proof = pins.verify_pin(session, "ppk1", "482913")
    changed = settings.change(session, "meja.pin_sahkan", "tidak", "ppk1", WHY, proof)
    assert sentence(changed, session.names()).endswith(f"dicatat Ketua PPK (ketua PPK) dengan PIN: {WHY}.")


def test_a_ketua_with_a_pin_is_not_gone_round_by_pleno_toml(folder: Path) -> None:
    propose(folder, "pin_sahkan = false", "pin_sahkan = true")
    with Session.open(folder) as session:
        meeting.open_meeting(session, "ppk1")
        pins.set_pin(session, "ppk1", "482913")
        assert session.config.pin_sahkan
    propose(folder, "pin_sahkan = true", "pin_sahkan = false")
    act(folder)
    with Session.open(folder) as session:
        assert session.config.pin_sahkan
        assert value(session, "meja.pin_sahkan")[1].endswith("; pleno.toml menulis tidak")
        assert not session.proposed.pin_sahkan


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("meja.pin_sahkan", "mungkin"), ("segel.anggota", "5"), ("segel.ketua", "-1"), ("ekspor.kertas", "A5"),
        ("ekspor.kolom_per_halaman", "61"), ("tampilan.tema", "biru"), ("foto.pola", "*"), ("mode", "latihan"),
        ("ekspor.kertas", "F4"), ("foto.pola", "../{kode_tps}"), ("segel.anggota", "٢"),
    ],
)  # fmt: skip
def test_a_wrong_value_changes_nothing(table: Table, name: str, typed: str) -> None:
    head = table.session.store.head()
    with pytest.raises(PlenoError):
        settings.change(table.session, name, typed, None, WHY)
    assert table.session.store.head() == head


def test_what_touches_figures_waits_while_the_meeting_is_suspended(table: Table) -> None:
    meeting.suspend(table.session, "ppk1")
    with pytest.raises(PlenoError, match="diskors"):
        settings.change(table.session, "meja.tanpa_lihat", "ya", None, WHY)
    settings.change(table.session, "ekspor.kolom_per_halaman", "5", None)
    assert table.session.config.kolom_per_halaman == 5


def test_a_replay_gives_the_same_settings(table: Table) -> None:
    settings.change(table.session, "foto.pola", "{desa} {nomor}*", None)
    state = MemoryState()
    for entry in table.session.store.entries():
        apply(state, entry)
    assert list(state.all(Setting)) == list(table.session.state.all(Setting))
