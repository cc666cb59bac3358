"""pytest plugin: what a test run needs before its first test.

A private embedded cluster, compiled translations, statics under plain names, whole flushes.

The controller starts the cluster before settings load and names it in the environment, so the
workers of pytest-xdist share it and two runs never meet.
"""

import atexit
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from mingtian.run.messages import compile_all
from mingtian.run.postgres import Cluster

VARIABLE = "DATABASE_URL"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    compile_all()
    if os.environ.get("MINGTIAN_TEST_CLUSTER"):
        return
    folder = Path(tempfile.mkdtemp(prefix="mingtian-test-"))
    cluster = Cluster(folder / "pg")
    cluster.start()
    atexit.register(cluster.remove)
    os.environ["MINGTIAN_TEST_CLUSTER"] = str(folder)
    cluster.ensure_database("mingtian_keys")
    # To tamper with what triggers keep, as somebody with the server's own powers could.
    cluster.as_superuser("GRANT SET ON PARAMETER session_replication_role TO mingtian")
    os.environ[VARIABLE] = cluster.url("postgres")
    os.environ["KEYS_DATABASE_URL"] = cluster.url("mingtian_keys")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    # Pages under test name their files plainly, so no test needs collectstatic first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # The cast signs in without a second factor; what needs one says so.
    settings.SECOND_FACTOR = "offered"
    # A password of the cast need not withstand anybody; the real hash takes 0.3 s each.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    flush_whole_databases()


def flush_whole_databases() -> None:
    """Empty all tables between tests that commit; Django's list lacks those of SQL files."""
    # Django's own modules can be loaded only once the settings are.
    from django.db.backends.postgresql.operations import DatabaseOperations

    def sql_flush(self: DatabaseOperations, *_tables: object, **_options: object) -> list[str]:
        every = set(self.connection.introspection.table_names()) - {"django_migrations"}
        names = ", ".join(self.quote_name(name) for name in sorted(every))
        return [f"TRUNCATE {names} RESTART IDENTITY CASCADE"]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[assignment, method-assign]


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """Begin each test in Chinese; a page asked for in English would leave its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
