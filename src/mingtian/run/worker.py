"""Starts the process that does jobs, and ends exactly that one."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

STOP_SECONDS = 20
GRACE_SECONDS = 15


class Worker:
    """One procrastinate worker; several may run beside each other.

    It needs no readiness: what fell due while it was down is found by its first tick.
    """

    def __init__(self, *, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        command = [
            sys.executable, "-m", "django", "procrastinate", "worker",
            "--delete-jobs", "successful", "--shutdown-graceful-timeout", str(GRACE_SECONDS),
        ]  # fmt: skip
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C at the terminal is for the one who started us, who then stops this.
                start_new_session=True,
            )

    def stop(self) -> None:
        """Let it finish the job under way, then wait for its end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL it, as a failing machine would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
