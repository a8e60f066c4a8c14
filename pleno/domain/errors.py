"""Why something cannot go on, in words a person at the table can act on."""


class PlenoError(Exception):
    """An act that was refused; nothing was changed.

    All three texts are Indonesian and shown as they are (UX.md section 6).
    """

    title: str
    """What happened, a few words ("Berkas ditolak")."""
    message: str
    """Which figures or which place, and how far apart."""
    advice: str
    """What to do next; empty when there is nothing to do."""

    def __init__(self, title: str, message: str, advice: str = "") -> None:
        super().__init__(title, message, advice)
        self.title = title
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}: {self.message}", self.advice) if part)


class Damaged(PlenoError):
    """What was written earlier is no longer whole: a journal, a database, a bundle."""


class NewerVersion(PlenoError):
    """Written by a later version of pleno; it cannot be judged here, and is not damage."""
