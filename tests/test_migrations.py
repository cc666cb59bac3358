"""Migrations are complete, linear, named, and build an empty database."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from psycopg.sql import SQL, Identifier

from mingtian.testing.cluster import made_once
from tests import tree

OURS = sorted(path.parent.name for path in tree.PACKAGE.glob("*/migrations"))
NAME = re.compile(r"\A\d{4}_(?!auto)[a-z][a-z0-9_]+\Z")
LOADER = MigrationLoader(None)


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    """A model without its migration works here and fails where it is deployed."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("module", OURS)
def test_migrations_of_a_module_stand_in_one_line(module: str) -> None:
    """Two heads would run in an order that nobody chose."""
    assert len(LOADER.graph.leaf_nodes(module)) <= 1


@pytest.mark.parametrize("module", OURS)
def test_migrations_say_what_they_do(module: str) -> None:
    names = [name for owner, name in LOADER.disk_migrations if owner == module]
    assert [name for name in names if not NAME.match(name)] == []


def test_migrations_take_nothing_from_the_product() -> None:
    """They run years later, when that code says something else.

    ``import mingtian.…`` is what Django writes for a field or a constraint; it is left.
    """
    imports = [
        f"{tree.name_of(path)}: {line}"
        for path in tree.files("src/*/migrations/*.py")
        for line in tree.text_of(path).splitlines()
        if re.match(r"\s*from mingtian", line)
    ]
    assert imports == [], "Use apps.get_model, and SQL files of the module."


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a new database beside the test database."""
    name = f"zero_{os.getpid()}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield settings.DATABASE_URL.replace("/postgres?", f"/{name}?")
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.mark.slow
def test_an_empty_database_is_built_by_the_command_of_the_operator(empty_database: str) -> None:
    command = [sys.executable, str(tree.ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": empty_database})

    with psycopg.connect(empty_database) as own:
        done = own.execute("SELECT app, name FROM django_migrations").fetchall()
    assert set(done) >= {key for key in LOADER.disk_migrations if key[0] in OURS}


@pytest.fixture
def three_names() -> Iterator[list[str]]:
    """Names of databases that are gone after the test."""
    names = [f"{word}_{os.getpid()}" for word in ("first", "second", "whole")]
    yield names
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        for name in names:
            server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))


def test_the_database_of_one_worker_is_made_and_that_of_the_next_is_a_copy(
    three_names: list[str],
) -> None:
    """One that migrated by itself would be right as well, at twelve seconds of a processor."""
    first, second, whole = three_names

    def at(name: str) -> psycopg.Connection:
        return psycopg.connect(settings.DATABASE_URL.replace("/postgres?", f"/{name}?"))

    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        with made_once(first, like=whole):
            server.execute(SQL("CREATE DATABASE {}").format(Identifier(first)))
            with at(first) as made:
                made.execute("CREATE TABLE thing AS SELECT 7 AS number")
        with made_once(second, like=whole), at(second) as copied:
            assert copied.execute("SELECT number FROM thing").fetchall() == [(7,)]
