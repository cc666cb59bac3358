"""CPU-seconds of processes and their children, from the kernel's own books."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Return user and system seconds of a process and all that descend from it.

    Children that have ended are counted too, once their parent has waited for them.
    """
    return sum(_own(pid) for pid in descendants(root)) / TICKS


def resident_kib(root: int) -> int:
    """Return the resident memory of a process, in KiB."""
    text = Path(f"/proc/{root}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0])


def descendants(root: int) -> list[int]:
    """Return the process and everything below it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def _own(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0
    # utime, stime, cutime, cstime
    return sum(map(int, fields[11:15]))
