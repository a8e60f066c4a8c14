"""What this laptop tells of itself: its disks, its battery, its terminal. Linux and Windows, each in its way."""

from __future__ import annotations

import os
import re
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final


class Medium(StrEnum):
    """What a folder lies on."""

    FIXED = "disk tetap"
    REMOVABLE = "media lepas"
    NETWORK = "jaringan"
    UNKNOWN = "tidak diketahui"


_NETWORK_SYSTEMS: Final = ("nfs", "cifs", "smb", "sshfs", "davfs", "webdav")
"""9p is not among them: WSL and virtual machines lend a guest the disk of the same laptop by it."""
_STICKS: Final = ("/media", "/run/media", "/mnt", "/Volumes")
"""Where systems let sticks appear."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_WINDOWS_DRIVES: Final = {2: Medium.REMOVABLE, 3: Medium.FIXED, 4: Medium.NETWORK}
_REMOVABLE: Final = {"0": Medium.FIXED, "1": Medium.REMOVABLE}
_UNKNOWN_CHARGE: Final = 255


def medium(folder: Path) -> Medium:
    """What `folder` lies on, as far as the system says; the disk that the system runs from is a fixed one."""
    folder = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        return _WINDOWS_DRIVES.get(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor), Medium.UNKNOWN)
    if any(name in _mount(folder)[1] for name in _NETWORK_SYSTEMS):
        return Medium.NETWORK
    try:
        number = folder.stat().st_dev
        if number == Path("/").stat().st_dev:
            return Medium.FIXED
        device = Path(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}").resolve()
        told = next((place / "removable" for place in (device, device.parent) if (place / "removable").is_file()), None)
        return Medium.UNKNOWN if told is None else _REMOVABLE[told.read_text().strip()]
    except (OSError, KeyError):
        return Medium.UNKNOWN


def refused(folder: Path) -> tuple[str, str]:
    """Why the database of a real pleno may not be written in `folder`, and what to do; empty where it may.

    A medium that can be pulled out, or a network, may take back what was shown as saved (TRUST.md, T04).
    """
    found = medium(folder)
    if found not in (Medium.REMOVABLE, Medium.NETWORK):
        return "", ""
    return (
        f"Basis data di {found}: medianya dapat terlepas dan membawa entri yang sudah tersimpan.",
        "Tutup pleno, pindahkan seluruh folder ruang kerja ke disk laptop sendiri, lalu buka dari sana.",
    )


def disk_of(folder: Path) -> str:
    """Where the disk that holds `folder` begins: "/", "/media/budi/STIK", "E:\\".

    By its name alone, so that a medium that no longer answers is not asked.
    """
    path = Path(os.path.abspath(folder))  # noqa: PTH100  # Path.resolve would ask the medium
    return path.anchor if sys.platform == "win32" else _mount(path)[0]


def place_of_sticks(folder: Path) -> bool:
    """Whether systems let sticks appear there; on Windows a letter that is not there says so itself."""
    return sys.platform != "win32" and any(folder.is_relative_to(one) for one in _STICKS)


def _mount(folder: Path) -> tuple[str, str]:
    """Place and kind of the mount nearest above the folder, of two at one place the later one; "/" where none says."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return "/", ""
    found = ("/", "")
    for line in lines:
        place, kind = line.split(" ")[1:3]
        place = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), place)
        if folder.is_relative_to(place) and len(place) >= len(found[0]):
            found = place, kind
    return found


def free_bytes(folder: Path) -> int | None:
    """Room that is left where `folder` lies; None where nobody says."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def charge() -> tuple[int, bool] | None:
    """Charge of the battery in percent, and whether the mains are on; None without a battery."""
    if sys.platform == "win32":
        return _windows_charge()
    for supply in sorted(Path("/sys/class/power_supply").glob("BAT*")):
        try:
            percent = int((supply / "capacity").read_text())
            return percent, (supply / "status").read_text().strip() != "Discharging"
        except (OSError, ValueError):
            continue
    return None


def _windows_charge() -> tuple[int, bool] | None:
    import ctypes

    # SYSTEM_POWER_STATUS: on mains, flags, percent, and two numbers of seconds.
    status = (ctypes.c_byte * 12)()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):  # type: ignore[attr-defined,unused-ignore]  # Windows alone has windll
        return None
    raw = bytes(status)
    return None if raw[2] == _UNKNOWN_CHARGE else (raw[2], raw[0] == 1)


def open_to_others(path: Path) -> bool:
    """Whether others on this machine may write `path`; Windows' rights are not asked."""
    if sys.platform == "win32":
        return False
    try:
        return bool(path.stat().st_mode & 0o022)
    except OSError:
        return False
