"""``mingtian audit verify``: recount everything that is chained or frozen.

A module with something to recount has a file ``verifying.py``: ``SUBJECT`` names it, ``verify()``
yields a sentence for each thing that is not as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

PATIENCE_SECONDS = 5


class Command(BaseCommand):
    help = "Recounts what is frozen or chained and names whatever was changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: object, **options: object) -> None:
        _must_be_there(settings.DATABASE_URL)
        wrong = 0
        for module, subject in _verifiers():
            with _one_picture():
                found = list(import_module(module).verify())
            self.stdout.write(f"{subject}: {'as they were' if not found else 'CHANGED'}")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
            wrong += len(found)
        if wrong:
            raise CommandError(f"{wrong} findings. Keep a copy of the database and ask why.")


def _must_be_there(database: str) -> None:
    """Say at once what to do where no database answers; the pool would try for half a minute."""
    try:
        psycopg.connect(database, connect_timeout=PATIENCE_SECONDS).close()
    except psycopg.OperationalError as failed:
        raise CommandError(
            "No database answers. Name yours in DATABASE_URL and KEYS_DATABASE_URL"
            " (docs/operations/settings.md); for a running demo: source var/demo/environment."
        ) from failed


@contextmanager
def _one_picture() -> Iterator[None]:
    """Recount on the database as it stands at one instant: what is written meanwhile is no finding."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _verifiers() -> Iterator[tuple[str, str]]:
    for application in apps.get_app_configs():
        name = f"{application.name}.verifying"
        if application.name.startswith("mingtian.") and find_spec(name) is not None:
            yield name, import_module(name).SUBJECT
