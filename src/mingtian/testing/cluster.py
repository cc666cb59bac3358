"""pytest plugin: what a test run needs before its first test.

A private embedded cluster in memory, compiled translations, statics under plain names, and every
table empty again after a test that commits.

The controller starts the cluster before settings load and names it in the environment, so the
workers of pytest-xdist share it and two runs never meet. One worker migrates its database, the
others begin with a copy.
"""

import atexit
import gc
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.utils import translation
from psycopg.sql import SQL, Identifier

from mingtian.run.messages import compile_all
from mingtian.run.postgres import DURABLE, Cluster
from mingtian.testing.leftovers import fresh_folder

VARIABLE = "DATABASE_URL"
MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""So many bytes must be free in memory before a cluster goes there."""


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    compile_all()
    if os.environ.get("MINGTIAN_TEST_CLUSTER"):
        return
    folder = fresh_folder(MEMORY, roomy_memory)
    cluster = Cluster(folder / "pg", DURABLE | {"max_wal_size": "512MB"})
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(cluster.remove)
    cluster.start()
    os.environ["MINGTIAN_TEST_CLUSTER"] = str(folder)
    cluster.ensure_database("mingtian_keys")
    # To tamper with what triggers keep, as somebody with the server's own powers could.
    cluster.as_superuser("GRANT SET ON PARAMETER session_replication_role TO mingtian")
    os.environ[VARIABLE] = cluster.url("postgres")
    os.environ["KEYS_DATABASE_URL"] = cluster.url("mingtian_keys")


def roomy_memory() -> Path | None:
    """Return a place in memory, if there is room.

    What ingest asks of PostgreSQL's durability holds in tests as well, and on a disk each commit
    waits for it. Where there is no such place, the folder for temporary files serves.
    """
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object],
) -> Generator[None, object, object]:
    """Have the workers' databases migrated once; nobody shares the one of a single process."""
    if fixturedef.argname != "django_db_setup" or "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    # Django's own modules can be loaded only once the settings are.
    from django.db import connection

    with made_once(connection.settings_dict["TEST"]["NAME"], like="migrated"):
        result = yield
        # A database in use cannot be copied.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
    return result


@contextmanager
def made_once(name: str, *, like: str) -> Iterator[None]:
    """Make the database from the one it is to be like, or keep a copy of it as that one.

    The first that comes makes its database within the context, and the next wait for it.
    """
    copy = SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        # Held until this session ends, however it does.
        server.execute("SELECT pg_advisory_lock(1)")
        known = server.execute("SELECT FROM pg_database WHERE datname = %s", [like]).fetchone()
        if known is not None:
            server.execute(copy.format(Identifier(name), Identifier(like)))
        yield
        if known is None:
            server.execute(copy.format(Identifier(like), Identifier(name)))


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    # Pages under test name their files plainly, so no test needs collectstatic first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # The cast signs in without a second factor; what needs one says so.
    settings.SECOND_FACTOR = "offered"
    # A password of the cast need not withstand anybody; the real hash takes 0.3 s each.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    empty_tables_after_commits()


def pytest_collection_finish() -> None:
    # Modules and thousands of tests stay to the end; the collector need not walk through them.
    gc.collect()
    gc.freeze()


def empty_tables_after_commits() -> None:
    """Have a test that commits leave every table empty; Django's list lacks those of SQL files."""
    # Django's own modules can be loaded only once the settings are.
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda _self: empty_tables()  # type: ignore[attr-defined]


KEPT = ["django_migrations", "django_content_type", "auth_permission"]
"""Written by migrations and by no test."""


def empty_tables() -> None:
    """Delete all rows as the superuser, past walls and triggers.

    A test fills a few of two hundred tables. Deleting takes milliseconds; truncating them, with
    all that refer to them, takes half a second.
    """
    # Django's own modules can be loaded only once the settings are.
    from django.db import connection

    place = connection.settings_dict
    with psycopg.connect(
        dbname=place["NAME"], host=place["HOST"], user="postgres",
        options="-c session_replication_role=replica",
    ) as server:  # fmt: skip
        filled = server.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> ALL (%s)"
            " AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0",
            [KEPT],
        )
        for (name,) in filled.fetchall():
            server.execute(SQL("DELETE FROM {}").format(Identifier(name)))


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """Begin each test in Chinese; a page asked for in English would leave its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
