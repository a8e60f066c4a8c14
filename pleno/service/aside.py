"""Work on a medium that may never answer, done by a process of its own.

A stick that was pulled out, or a network drive that hangs, leaves a call of the system that nothing ends: no thread,
no signal, and the program that made it can neither end nor let go of its database. So another process makes that
call, and is left behind when it does not answer.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from threading import Thread
from typing import Final, TypeVar

from pleno.domain.errors import PlenoError

Answer = TypeVar("Answer")

_CHILD: Final = "from pleno.service.aside import _answer; _answer()"
_NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
"""CREATE_NO_WINDOW."""


def call(act: Callable[..., Answer], *words: object, seconds: float) -> Answer:
    """What `act`, a function of a module, returns or raises.

    TimeoutError when it has not ended after so many seconds, PlenoError when its process ended without an answer.
    """
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, start_new_session=True, creationflags=_NO_WINDOW,
    )  # fmt: skip
    try:
        told, _nothing = child.communicate(pickle.dumps((act, words)), timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        Thread(target=child.wait, daemon=True).start()  # it dies once the medium answers, if ever
        raise TimeoutError(f"no answer within {seconds:.0f} s") from None
    if not told:
        raise PlenoError(
            "Media gagal dipakai", f"Proses yang memakainya berhenti (kode {child.returncode}).", "Pakai media lain."
        )
    good, answer = pickle.loads(told)
    if not good:
        raise answer
    result: Answer = answer
    return result


def _answer() -> None:
    """The other process: what stdin asks for, answered on stdout."""
    act, words = pickle.load(sys.stdin.buffer)
    try:
        told = True, act(*words)
    except Exception as error:  # the asking process raises it again
        told = False, error
    sys.stdout.buffer.write(pickle.dumps(told))
