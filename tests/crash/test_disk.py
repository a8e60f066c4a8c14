"""The model of a disk that loses power."""

from __future__ import annotations

import random

from crash.disk import Disk, Image, Operation


def done(before: Image, *operations: tuple[str, str] | tuple[str, str, bytes]) -> Disk:
    disk = Disk(before)
    for verb, path, *data in operations:
        disk.apply(Operation(verb, path, 0, data[0] if data else b""))
    return disk


def may_leave(disk: Disk) -> set[tuple[tuple[str, bytes], ...]]:
    rng = random.Random(5)
    images = [disk.least(), disk.most(), *(disk.some(rng) for _ in range(300))]
    return {tuple(sorted(image.items())) for image in images}


def test_what_was_synced_with_its_folder_is_in_every_image() -> None:
    disk = done({}, ("C", "a"), ("W", "a", b"isi"), ("S", "a"), ("S", "."))
    assert may_leave(disk) == {(("a", b"isi"),)}


def test_a_write_without_fsync_may_be_missing() -> None:
    disk = done({"a": b"lama"}, ("W", "a", b"baru"))
    assert may_leave(disk) == {(("a", b"lama"),), (("a", b"baru"),)}


def test_a_long_write_may_be_torn_at_sectors() -> None:
    disk = done({"a": b"-" * 1024}, ("W", "a", b"+" * 1024))
    halves = (b"-" * 512, b"+" * 512)
    assert may_leave(disk) == {(("a", first + second),) for first in halves for second in halves}


def test_a_rename_without_fsync_of_the_folder_may_be_missing() -> None:
    disk = done({"a": b"lama"}, ("C", "b"), ("W", "b", b"baru"), ("S", "b"), ("R", "b", b"a"))
    assert may_leave(disk) == {(("a", b"lama"), ("b", b"baru")), (("a", b"baru"),)}


def test_a_file_that_was_removed_may_come_back() -> None:
    disk = done({"a": b"lama"}, ("U", "a"))
    assert may_leave(disk) == {(), (("a", b"lama"),)}


def test_an_fsync_of_a_file_makes_its_creation_durable_but_not_the_folder_above() -> None:
    assert may_leave(done({}, ("C", "a"), ("S", "a"))) == {(("a", b""),)}
    assert may_leave(done({}, ("D", "f"), ("C", "f/a"), ("S", "f/a"))) == {(), (("f/a", b""),)}


def test_a_folder_moves_with_what_is_in_it() -> None:
    disk = done({"f/a": b"isi"}, ("R", "f", b"g"), ("S", "."))
    assert may_leave(disk) == {(("g/a", b"isi"),)}
