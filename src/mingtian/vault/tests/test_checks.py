"""A role that row-level security does not bind is refused before the start."""

import os
from pathlib import Path

from django.db import connection

from mingtian.run.postgres import Cluster
from mingtian.vault.checks import role_is_bound


def test_an_ordinary_owner_passes(db: None) -> None:
    assert role_is_bound(databases=["default"]) == []


def test_a_role_that_walks_through_the_wall_is_refused(db: None) -> None:
    cluster = Cluster(Path(os.environ["MINGTIAN_TEST_CLUSTER"]) / "pg")
    cluster.as_superuser(
        "DO $$ BEGIN CREATE ROLE unbound BYPASSRLS; EXCEPTION WHEN duplicate_object THEN END $$"
    )
    cluster.as_superuser("GRANT unbound TO mingtian")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE unbound")
    assert [each.id for each in role_is_bound(databases=["default"])] == ["vault.E001"]


def test_nothing_is_asked_of_a_database_that_is_not_checked() -> None:
    assert role_is_bound(databases=[]) == []
