"""What the QR code of a printed page carries, and how it is read back (TRUST.md section 6).

The text is `PLENO1:` and base45 of the payload, then of the signature where there is one. A signature is 64
bytes (r and s) over `pleno-qr-v1`, a zero byte and the payload; a KONSEP page has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

TAG: Final = "PLENO1:"
SIGNED_OVER: Final = b"pleno-qr-v1\0"
"""What goes before the payload when it is signed."""
SIGNATURE: Final = 64
LONGEST: Final = 4_296
"""Characters of the largest code there is."""

PageSign = Callable[[bytes], bytes]
"""Gives the SIGNATURE bytes over what it is given."""

_VERSION: Final = 1
_MASK: Final = 2
_MOST_BITS: Final = 63
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


class QrPage(NamedTuple):
    """One printed page as its code tells it."""

    kecamatan: str
    """KPU code, 6 digits."""
    contest: str
    export: int
    """Number of the set; 0 for a working sheet outside a set."""
    sheet: str
    """Which sheet of the set: "KECAMATAN", the code of a desa, "PEMBETULAN" ..."""
    page: int
    of: int
    sidik: bytes
    """SHA-256 of the data file that holds the figures: 32 bytes."""
    totals: Sequence[int | None]
    """The last column of the page from top to bottom; None where it is empty."""


def payload(page: QrPage) -> bytes:
    """The bytes of a page; what a signature is made over, after SIGNED_OVER."""
    numbers = [page.export, page.page, page.of, len(page.totals), *(0 if n is None else n + 1 for n in page.totals)]
    texts = (page.kecamatan, page.contest, page.sheet)
    return b"".join(
        [bytes([_VERSION]), *map(_short, texts), page.sidik, *(bytes(_varint(number)) for number in numbers)]
    )


def signed_bytes(page: QrPage) -> bytes:
    """What the signature of a page is made over."""
    return SIGNED_OVER + payload(page)


def qr_text(page: QrPage, signature: bytes = b"") -> str:
    """What the code says; `signature` is empty or SIGNATURE bytes."""
    return TAG + base45(payload(page) + signature)


def read_qr(text: str) -> tuple[QrPage, bytes]:
    """The page and its signature (empty if none). ValueError when it is not a text that `qr_text` writes."""
    if not text.startswith(TAG) or len(text) > LONGEST:
        raise ValueError("bukan kode pleno")
    data = Reader(from_base45(text.removeprefix(TAG)))
    if data.take(1) != bytes([_VERSION]):
        raise ValueError("versi kode lain")
    kecamatan, contest, sheet = (data.short() for _ in range(3))
    sidik = data.take(32)
    export, page, of, count = (data.varint() for _ in range(4))
    totals = [number - 1 if (number := data.varint()) else None for _ in range(count)]
    signature = data.rest()
    if len(signature) not in (0, SIGNATURE):
        raise ValueError("panjang tanda tangan lain")
    found = QrPage(kecamatan, contest, export, sheet, page, of, sidik, totals)
    if qr_text(found, signature) != text:
        raise ValueError("bukan bentuk yang ditulis pleno")
    return found, signature


class Reader:
    """Bytes taken from the front; ValueError when there are none left."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if len(self._data) < count:
            raise ValueError("kode terpotong")
        taken, self._data = self._data[:count], self._data[count:]
        return taken

    def short(self) -> str:
        """A text with its length before it."""
        return self.take(self.take(1)[0]).decode()

    def varint(self) -> int:
        """A number, seven bits a byte, the low ones first."""
        number = shift = 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number
            if shift > _MOST_BITS:
                raise ValueError("bilangan terlalu besar")

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data))


def _short(text: str) -> bytes:
    data = text.encode()
    return bytes([len(data)]) + data


def _varint(number: int) -> Iterator[int]:
    while number > 127:
        yield number & 127 | 128
        number >>= 7
    yield number


def base45(data: bytes) -> str:
    """RFC 9285, the alphabet that a QR code holds most tightly."""
    out = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, low = divmod(number, 45)
            out.append(_ALPHABET[low])
    return "".join(out)


def from_base45(text: str) -> bytes:
    """The bytes again. ValueError when the text is none."""
    out = b""
    for place in range(0, len(text), 3):
        group = text[place : place + 3]
        number = sum(_ALPHABET.index(letter) * 45**power for power, letter in enumerate(group))
        length = len(group) - 1
        if not length or number >= 256**length:
            raise ValueError("bukan base45")
        out += number.to_bytes(length)
    return out


def qr_dots(text: str) -> tuple[int, list[int]]:
    """The code as grey values, row by row with its quiet zone, and how many a row has."""
    import segno

    # Looking for the best of eight masks takes four fifths of the time; readers take any.
    code = segno.make(text, error="m", mode="alphanumeric", micro=False, boost_error=False, mask=_MASK)
    rows = [[0 if dark else 255 for dark in row] for row in code.matrix_iter(border=4)]
    return len(rows), [dot for row in rows for dot in row]
