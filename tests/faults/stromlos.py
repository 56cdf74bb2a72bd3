"""A disk whose power can be cut: what had reached the device at one instant, and nothing of what was only in memory.

An ext4 file system in a file on btrfs; ``cp --reflink`` of that file is one atomic picture of the device, without the
page cache of the mounted system. Mounting the picture replays the journal as after a real power cut. What it cannot
show is a drive that lies about its own cache. Needs the right to mount, so a machine without it skips these tests.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

VERKTYG = ("losetup", "mkfs.ext4", "mkfs.btrfs", "mount", "umount")


def kor(*kommando: str | Path) -> None:
    """Run a program of the system."""
    svar = subprocess.run([str(del_) for del_ in kommando], capture_output=True, text=True, check=False)
    if svar.returncode:
        raise OSError(f"{kommando[0]}: {svar.stderr.strip()}")


class Disk:
    """A disk that is mounted at ``plats`` and can lose its power."""

    def __init__(self, mapp: Path) -> None:
        self.plats = mapp / "disk"
        self._bild, self._kopia, self._efter = mapp / "vard" / "disk.img", mapp / "vard" / "kopia.img", mapp / "efter"

    def tom(self) -> None:
        """Remove what is on the disk."""
        for fil in self.plats.glob("liggare*"):
            fil.unlink()

    @contextmanager
    def efter_stromavbrott(self) -> Iterator[Path]:
        """Cut the power now and yield what is on the disk when it comes back; the writers notice nothing."""
        kor("cp", "--reflink=always", self._bild, self._kopia)
        try:
            with monterad(self._kopia, self._efter):
                yield self._efter
        finally:
            self._kopia.unlink()


@contextmanager
def monterad(bild: Path | str, plats: Path, *val: str) -> Iterator[None]:
    """Mount an image while the block runs."""
    plats.mkdir(exist_ok=True)
    kor("mount", *(val or ("-o", "loop")), bild, plats)
    try:
        yield
    finally:
        kor("umount", "-l", plats)


@contextmanager
def disk_utan_reservkraft(storlek: str = "192M") -> Iterator[Disk]:
    """Yield a disk whose power can be cut, or skip the test with what is missing."""
    saknas = [namn for namn in VERKTYG if shutil.which(namn) is None]
    if saknas:
        pytest.skip(f"strömavbrott kan inte prövas här: {', '.join(saknas)} saknas (btrfs-progs, e2fsprogs)")
    mapp = Path(tempfile.mkdtemp(prefix="liggare-strom-"))
    mapp.chmod(0o755)  # a server is run as another user
    with ExitStack() as oppna:
        oppna.callback(shutil.rmtree, mapp, ignore_errors=True)
        vard, disk = mapp / "vard.img", Disk(mapp)
        try:
            kor("truncate", "-s", "3G", vard)
            kor("mkfs.btrfs", "-q", "-f", vard)
            oppna.enter_context(monterad(vard, mapp / "vard"))
            kor("truncate", "-s", storlek, disk._bild)
            kor("mkfs.ext4", "-q", disk._bild)
            oppna.enter_context(monterad(disk._bild, disk.plats))
        except OSError as fel:
            pytest.skip(f"strömavbrott kan inte prövas här: {fel}")
        yield disk


@contextmanager
def liten_disk(storlek: str) -> Iterator[Path]:
    """Yield a disk in memory with room for only so much, or skip the test where nothing may be mounted."""
    mapp = Path(tempfile.mkdtemp(prefix="liggare-liten-"))
    with ExitStack() as oppna:
        oppna.callback(shutil.rmtree, mapp, ignore_errors=True)
        try:
            oppna.enter_context(monterad("tmpfs", mapp / "disk", "-t", "tmpfs", "-o", f"size={storlek}"))
        except OSError as fel:
            pytest.skip(f"full disk kan inte prövas här: {fel}")
        yield mapp / "disk"
