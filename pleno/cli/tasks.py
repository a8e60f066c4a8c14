"""The tasks of the practice kecamatan as text and JSON (`pleno latihan --tugas`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pleno.cli.output import document, say

if TYPE_CHECKING:
    from pleno.domain.tasks import Verdict
    from pleno.service.session import Session


def show_tasks(session: Session, folder: Path, answers: bool, as_json: bool) -> None:
    """Every task, done or not yet and why; its answer once it is done, or where `answers` are asked for.

    PlenoError where the workspace is no practice kecamatan of `pleno latihan`.
    """
    from pleno.service.tasks import verdicts

    found = verdicts(session)
    if as_json:
        tasks = [_json(number, one, answers) for number, one in enumerate(found, 1)]
        document("latihan", {"folder": str(folder), "tugas": tasks})
        return
    _print(found, answers)


def _print(found: Sequence[Verdict], answers: bool) -> None:
    say(f"TUGAS LATIHAN: {sum(one.done for one in found)} dari {len(found)} selesai")
    for number, one in enumerate(found, 1):
        say("", f"[{'v' if one.done else ' '}] {number:2} {one.task.title}", f"       {one.task.text}")
        if one.why_not:
            say(f"       Belum: {one.why_not}.")
        if one.done or answers:
            say(f"       Jawaban: {one.task.answer}")
    if not answers:
        say("", "Jawaban tugas yang belum selesai: pleno latihan DIR --tugas --jawaban")


def _json(number: int, one: Verdict, answers: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "nomor": number, "judul": one.task.title, "isi": one.task.text, "tps": one.task.tps or None,
        "selesai": one.done, "sebab": one.why_not or None,
    }  # fmt: skip
    return {**told, "jawaban": one.task.answer} if one.done or answers else told
