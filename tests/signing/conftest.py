"""The signed set is made once for all tests of this folder."""

from signing.fixtures import ceremony, others

__all__ = ["ceremony", "others"]
