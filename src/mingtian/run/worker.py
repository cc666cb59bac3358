"""The process that does jobs."""

import sys
from collections.abc import Mapping
from pathlib import Path

from mingtian.run.child import Child

GRACE_SECONDS = 15


class Worker(Child):
    """One procrastinate worker; several may run beside each other.

    It needs no readiness: what fell due while it was down is found by its first tick.
    """

    def __init__(self, *, environment: Mapping[str, str], log: Path) -> None:
        command = [
            sys.executable, "-m", "django", "procrastinate", "worker",
            "--delete-jobs", "successful", "--shutdown-graceful-timeout", str(GRACE_SECONDS),
        ]  # fmt: skip
        super().__init__(command, environment=environment, log=log)
