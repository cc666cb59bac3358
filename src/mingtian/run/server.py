"""The product's server processes."""

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from mingtian.run.child import Child

PATIENCE_SECONDS = 40
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


class Server(Child):
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
        command = [
            sys.executable, "-m", "uvicorn", app, "--host", host, "--port", str(port),
            "--loop", "uvloop", "--http", "mingtian.run.one_write:OneWriteProtocol",
            "--no-access-log", "--no-proxy-headers", "--no-server-header",
            "--log-level", "warning", "--backlog", "4096", "--timeout-keep-alive", "75",
            "--timeout-graceful-shutdown", "10", "--ws", "none", "--workers", str(workers),
        ]  # fmt: skip
        super().__init__(command, environment=environment, log=log)
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"

    def start(self) -> None:
        """Start it and wait until it answers. Raises ServerFailed."""
        if not port_is_free(self.port):
            # Whoever listens there would answer our question in the server's place.
            raise ServerFailed(f"Port {self.port} is in use; choose another one.")
        super().start()
        self._await_answer()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if not self.is_running:
                break
            try:
                with urllib.request.urlopen(f"{self.origin}/healthz", timeout=2):  # noqa: S310 - our own loopback address
                    return
            except urllib.error.HTTPError:
                return  # an application without a health page answers too
            except OSError:
                time.sleep(0.05)
        raise ServerFailed(f"The server did not come up on port {self.port}.\n{self.log_tail()}")
