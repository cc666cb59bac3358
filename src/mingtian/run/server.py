"""Starts the product's server processes and ends exactly those."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

PATIENCE_SECONDS = 40
STOP_SECONDS = 20
EVERYTHING = "mingtian.asgi:application"


class ServerFailed(RuntimeError):
    """A server did not come up; the text holds the end of its log."""


def free_port() -> int:
    """Return a port of the loopback address that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def port_is_free(port: int) -> bool:
    """Say whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Server:
    """One uvicorn server on the loopback address, or on all with ``host``.

    ``workers`` beyond one stand under a watcher that replaces one that died.
    """

    def __init__(
        self,
        *,
        port: int,
        environment: Mapping[str, str],
        log: Path,
        host: str = "127.0.0.1",
        app: str = EVERYTHING,
        workers: int = 1,
    ) -> None:
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self._environment = {**os.environ, **environment}
        self._log = log
        self._host = host
        self._app = app
        self._workers = workers
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id; raises AssertionError while it is down."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers. Raises ServerFailed."""
        if not port_is_free(self.port):
            # Whoever listens there would answer our question in the server's place.
            raise ServerFailed(f"Port {self.port} is in use; choose another one.")
        command = [
            sys.executable, "-m", "uvicorn", self._app,
            "--host", self._host, "--port", str(self.port),
            "--loop", "uvloop", "--http", "mingtian.run.one_write:OneWriteProtocol",
            "--no-access-log", "--no-proxy-headers", "--no-server-header",
            "--log-level", "warning", "--backlog", "4096", "--timeout-keep-alive", "75",
            "--timeout-graceful-shutdown", "10", "--ws", "none", "--workers", str(self._workers),
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
        self._await_answer()

    def stop(self) -> None:
        """Ask it to finish what it has, then wait."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL it, as a failing machine would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process = self._process
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._process = None

    def _await_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.origin}/healthz", timeout=2):  # noqa: S310 - our own loopback address
                    return
            except urllib.error.HTTPError:
                return  # an application without a health page answers too
            except OSError:
                time.sleep(0.05)
        tail = self._log.read_text(errors="replace")[-3000:]
        raise ServerFailed(f"The server did not come up on port {self.port}.\n{tail}")
