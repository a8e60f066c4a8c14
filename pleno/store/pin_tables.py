"""The tables of the PINs; what a PIN is compared with lies apart, outside the journal and every export."""

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from pleno.store.columns import STRICT, at_least, filled, sha256, text_column


class PinRow(SQLModel, table=True):
    """One officer's PIN as the journal knows it."""

    __tablename__ = "pin"
    __table_args__ = (
        filled("person"), sha256("digest"), at_least(1, "seq", "failed"), at_least(0, "failures"), STRICT,
    )  # fmt: skip
    person: str = text_column(key=True)
    digest: str = text_column()
    seq: int
    failures: int
    failed: int | None


class PinSecretRow(SQLModel, table=True):
    """What the PIN of one officer is compared with."""

    __tablename__ = "pin_secret"
    __table_args__ = (
        filled("person"),
        CheckConstraint("length(salt) = 32 AND salt NOT GLOB '*[^0-9a-f]*'"),
        sha256("hash"),
        STRICT,
    )
    person: str = text_column(key=True)
    salt: str = text_column()
    hash: str = text_column()
