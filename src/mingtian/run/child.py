"""Starts a process of the product with a log of its own, and ends exactly that one."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

STOP_SECONDS = 20


class Child:
    """A process that can be started, ended and started again."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], log: Path
    ) -> None:
        self._command = [*command]
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id; raises AssertionError while it is down."""
        assert self._process is not None, "it is down"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended by itself."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; returns at once."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C at the terminal is for the one who started us, who then stops this.
                start_new_session=True,
            )

    def stop(self) -> None:
        """Ask it to finish what it has under way, then wait for its end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL it, as a failing machine would."""
        self._end(signal.SIGKILL)

    def log_tail(self, characters: int = 3000) -> str:
        """Return the end of what it has written."""
        return self._log.read_text(errors="replace")[-characters:]

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
