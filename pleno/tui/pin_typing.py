"""A PIN while it is typed: kept for one comparison, shown as stars only."""

from __future__ import annotations

from pleno.domain.pin import DIGITS


class PinTyping:
    """The field `[......]` of a dialog."""

    def __init__(self) -> None:
        self._digits = ""

    @property
    def shown(self) -> str:
        """ "[***...]"."""
        return f"[{'*' * len(self._digits):.<{DIGITS}}]"

    @property
    def whole(self) -> bool:
        """Whether every digit was typed."""
        return len(self._digits) == DIGITS

    @property
    def empty(self) -> bool:
        """Whether no digit was typed."""
        return not self._digits

    def take(self, key: str, digit: str) -> bool:
        """Take a digit or Backspace; whether it was one. More digits than a PIN has are left out."""
        if digit:
            self._digits = (self._digits + digit)[:DIGITS]
        elif key == "backspace":
            self._digits = self._digits[:-1]
        else:
            return False
        return True

    def taken(self) -> str:
        """What was typed; the field is empty afterwards."""
        digits, self._digits = self._digits, ""
        return digits
