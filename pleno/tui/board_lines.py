"""The board as lines of text: the row being read in big digits, then sums of the TPS that are sah."""

from __future__ import annotations

from rich.text import Text

from pleno.domain.figures import thousands
from pleno.service.board import MEETING_WORDS, Board, ReadNow
from pleno.tui.big_letters import big, doubled
from pleno.tui.text import fit, packed, safe_text, spread, visible, wrapped

_WIDE = 120
"""Columns from which digits are drawn twice as large."""


def board_lines(board: Board, width: int, height: int, stale: bool) -> list[Text]:
    """At most `height` lines of at most `width` cells; `stale`: the desk is not there."""
    lines = [_head(board, width), *_state(board, width, stale)]
    lines += _reading(board.now, width) if board.now else [safe_text(""), safe_text(" Menunggu TPS berikutnya.")]
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


def _reading(now: ReadNow, width: int) -> list[Text]:
    title = f" DESA {now.desa}   TPS {now.tps:03}   {now.code}   {now.label}"
    digits = big(now.plano)
    if width >= _WIDE:
        digits = doubled(digits)
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
    across = width // 2 - 1 if len(board.sums) > 8 and width >= 100 else width
    cells = [spread(f" {visible(name)}", f"{thousands(sum_)} ", across) for name, sum_ in board.sums]
    if across == width:
        return [head, *(safe_text(cell) for cell in cells)]
    half = -(-len(cells) // 2)
    return [
        head,
        *(safe_text(f"{cells[n]}  {cells[n + half] if n + half < len(cells) else ''}"[:width]) for n in range(half)),
    ]


def _foot(board: Board, width: int) -> list[Text]:
    return [safe_text(spread(f" TERBUKA   {board.open_cells} selisih", f"{board.seal} ", width), "reverse")]
