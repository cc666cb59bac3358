"""Removes the clusters that killed test runs left in memory, and never those of living ones.

A run puts into its folder who it is: a process and when that began, because numbers of processes
come again. A run that is gone needs no server, so one that still runs is stopped first.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mingtian.run.postgres import Cluster

PREFIX = "mingtian-test-"
MADE = PREFIX + "?" * 8
"""What tempfile makes of it; folders that somebody has named by hand are nobody's leftovers."""

CONTROLLER = "controller"
CLUSTER = "pg"


def fresh_folder(memory: Path, roomy: Callable[[], Path | None]) -> Path:
    """Return a new folder for this run's cluster, where ``roomy`` finds room once leftovers are gone."""
    remove_leftovers(memory)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=roomy()))
    (folder / CONTROLLER).write_text(stamp_of(os.getpid()))
    return folder


def remove_leftovers(memory: Path) -> list[Path]:
    """Remove the folders of dead runs and return them; what cannot be told stays."""
    dead = [folder for folder in sorted(memory.glob(MADE)) if is_left_over(folder)]
    for folder in dead:
        Cluster(folder / CLUSTER).remove()
        shutil.rmtree(folder, ignore_errors=True)
    return dead


def is_left_over(folder: Path) -> bool:
    """Say whether the run of a folder is dead.

    Without word of the run, which it writes at once, its server must have been there and be gone.
    """
    if stamp := _text(folder / CONTROLLER):
        return stamp_of(int(stamp.split()[0])) != stamp
    server = _text(folder / CLUSTER / "postmaster.pid").split()
    return bool(server) and not _lives(int(server[0]))


def stamp_of(pid: int) -> str:
    """Return the process's number and the tick at which it began; the number alone if it is gone."""
    # What stands in brackets is the program's name, which may hold blanks and brackets.
    told = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return f"{pid} {told[19]}" if told else str(pid)


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
