"""The board as lines of text: the row being read in big digits, then sums of the TPS that are sah."""

from __future__ import annotations

from rich.text import Text

from pleno.domain.figures import thousands
from pleno.service.board import MEETING_WORDS, Board, ReadNow
from pleno.tui.big_letters import big, enlarged
from pleno.tui.text import fit, packed, safe_text, spread, visible, wrapped

_DIGIT_ROOM = (60, 20)
"""Columns and lines for each size of the digits: 80x24 draws them once, a full-HD terminal three times as large."""
_SUM_ROOM = 100
"""Columns between the name and its sum at most; over a wider gap the eye loses the line."""


def board_lines(board: Board, width: int, height: int, stale: bool) -> list[Text]:
    """At most `height` lines of at most `width` cells; `stale`: the desk is not there."""
    lines = [_head(board, width), *_state(board, width, stale)]
    waiting = [safe_text(""), safe_text(" Menunggu TPS berikutnya.")]
    lines += _reading(board.now, width, height) if board.now else waiting
    foot = _foot(board, width)
    room = height - len(lines) - len(foot) - 1
    lines += [safe_text(""), *_sums(board, width)[: max(room - 1, 0)]]
    lines += [safe_text("")] * (height - len(lines) - len(foot))
    return [*lines[: height - len(foot)], *foot]


def _head(board: Board, width: int) -> Text:
    left = f" KEC. {board.kecamatan}   {board.contest}   {board.at}"
    return safe_text(spread(visible(left), f"{board.sah} dari {board.tps} TPS sah ", width), "bold reverse")


def _state(board: Board, width: int, stale: bool) -> list[Text]:
    words = [
        "LATIHAN: angka ini bukan hasil pemilihan" * board.practice,
        MEETING_WORDS.get(board.meeting, ""),
        "meja tidak tersambung; angka terakhir" * stale,
    ]
    return [safe_text(f" {line}", "bold") for line in packed([word for word in words if word], width - 2)]


def _reading(now: ReadNow, width: int, height: int) -> list[Text]:
    title = f" DESA {now.desa}   TPS {now.tps:03}   {now.code}   {now.label}"
    columns, high = _DIGIT_ROOM
    digits = enlarged(big(now.plano), max(min(width // columns, height // high), 1))
    beside = [f"{name:<9} {figure}" for name, figure in now.others]
    if now.gap is not None:
        beside += [f"! SELISIH {now.gap:+}", now.settled]
    shape = [f"  {line}" for line in digits]
    across = max(map(len, shape)) + 6
    body = [
        f"{shape[place] if place < len(shape) else '':<{across}}{beside[place] if place < len(beside) else ''}"
        for place in range(max(len(shape), len(beside)))
    ]
    lines = [safe_text(line, "bold") for line in wrapped(title.strip(), width - 2)[:2]]
    return [*(Text(" ") + line for line in lines), safe_text(" PLANO"), *(safe_text(fit(line, width)) for line in body)]


def _sums(board: Board, width: int) -> list[Text]:
    """Each contestant with the sum over the TPS that are sah; long lists in two columns where they fit."""
    head = safe_text(f" JUMLAH {board.sah} TPS YANG SAH", "bold")
    is_long = len(board.sums) > 8 and width >= 100
    across = min(width // 2 - 1 if is_long else width, _SUM_ROOM)
    cells = [spread(f" {visible(name)}", f"{thousands(sum_)} ", across) for name, sum_ in board.sums]
    if not is_long:
        return [head, *(safe_text(cell) for cell in cells)]
    half = -(-len(cells) // 2)
    return [
        head,
        *(safe_text(f"{cells[n]}  {cells[n + half] if n + half < len(cells) else ''}"[:width]) for n in range(half)),
    ]


def _foot(board: Board, width: int) -> list[Text]:
    still = f"{board.open_cells} selisih   {board.recounts} hitung ulang   {board.objections} kejadian/keberatan"
    return [safe_text(spread(f" TERBUKA   {still}", f"{board.seal} ", width), "reverse")]
