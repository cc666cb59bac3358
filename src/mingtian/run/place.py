"""A folder in which an installation of size S lives: cluster, keys, database address."""

import base64
import os
import secrets
import shlex
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mingtian.run.postgres import Cluster

SECRETS = (
    "MINGTIAN_SECRET_KEY",
    "MINGTIAN_SEAL_KEYS",
    "MINGTIAN_INDEX_KEY",
    "MINGTIAN_SEAT_KEYS",
    "MINGTIAN_BADGE_KEYS",
    "MINGTIAN_CARE_KEYS",
)
DATABASES = ("mingtian", "mingtian_keys")
"""The product's, and the store of the children's keys."""


@dataclass
class Place:
    """Starts the cluster of one folder and sets the environment that goes with it.

    The keys are made once and kept beside the data in a file that only its owner reads: good
    for a laptop, a demo and a drill. A city keeps its keys elsewhere (docs/operations/run.md).
    """

    folder: Path

    def __post_init__(self) -> None:
        self.cluster = Cluster(self.folder / "pg")
        self.log = self.folder / "server.log"

    def open(self, *, origin: str) -> dict[str, str]:
        """Start the cluster and return the environment, which this process gets too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.cluster.start()
        for database in DATABASES:
            self.cluster.ensure_database(database)
        environment = {
            **self._keys(),
            "DATABASE_URL": self.cluster.url(),
            "KEYS_DATABASE_URL": self.cluster.url("mingtian_keys"),
            "MINGTIAN_ORIGIN": origin,
            "DJANGO_SETTINGS_MODULE": "mingtian.settings",
            # The demo's printed password is enough; a city's own installation asks for more.
            "MINGTIAN_SECOND_FACTOR": "offered",
        }
        os.environ.update(environment)
        self._leave(environment)
        return environment

    def empty(self, *, fresh: bool = False) -> None:
        """Make the databases anew and empty, and when ``fresh`` the server they live in too."""
        if fresh:
            self.cluster.remove()
            self.cluster.start()
        for database in DATABASES:
            self.cluster.renew_database(database)

    def migrate(self) -> None:
        """Set Django up in this process and bring the tables up to date."""
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)

    def _leave(self, environment: dict[str, str]) -> None:
        """Write the environment for commands of a shell beside us, to be read by its owner alone."""
        path = self.folder / "environment"
        path.touch(mode=0o600)
        path.write_text(
            "".join(f"export {name}={shlex.quote(value)}\n" for name, value in environment.items())
        )

    def _keys(self) -> dict[str, str]:
        path = self.folder / "keys.json"
        path.touch(mode=0o600)
        kept = msgspec.json.decode(path.read_bytes() or b"{}", type=dict[str, str])
        if missing := [name for name in SECRETS if name not in kept]:
            # A folder from before a key was needed gets that key; the others stay.
            kept |= {name: new_key() for name in missing}
            path.write_bytes(msgspec.json.encode(kept))
        return kept


def new_key() -> str:
    """Return a fresh key under the id 1, in the form that core.env reads."""
    return f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
