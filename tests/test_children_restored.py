"""Changed logs are found, and a restored backup brings no erased child back (PIPL 47)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from mingtian.ledger.models import Entry
from mingtian.run.postgres import Cluster, programs
from mingtian.testing.matrix import DURING, make_world
from mingtian.vault import actions, keystore
from mingtian.vault.access import keep
from mingtian.vault.models import Child, Reading
from tests import tree
from tests.canaries import make_known

RESTORED = "restored_children"


def verify() -> tuple[str, int]:
    """Run the command as an operator does; return what it says and how many findings stopped it."""
    told = StringIO()
    try:
        call_command("audit", "verify", stdout=told)
    except CommandError as found:
        return told.getvalue(), int(str(found).split()[0])
    return told.getvalue(), 0


def test_one_changed_entry_and_one_changed_reading_are_named(db: None) -> None:
    known = make_known(make_world())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert "CHANGED" not in verify()[0], verify()[0]
    with keep("choose"):
        reading = Reading.objects.filter(child=known.pk).order_by("pk")[1].pk
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None

    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("GRANT UPDATE ON vault_reading TO mingtian_keeper")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE ledger_entry SET source = source || 'x' WHERE id = %s", [entry.pk])
        with keep("tamper"):
            Reading.objects.filter(pk=reading).update(purpose="rights")
        cursor.execute("SET LOCAL session_replication_role = origin")

    told, findings = verify()
    assert f"reading {reading}: changed since it was written." in told
    assert len([line for line in told.splitlines() if entry.public_id in line]) == 1
    # The reading, the entry, and the payment that no longer finds the entry posted from it.
    assert findings == 3, told


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    found = Cluster(Path(os.environ["MINGTIAN_TEST_CLUSTER"]) / "pg")
    yield found
    found.as_superuser(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")


def run(program: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [program, *arguments], check=False, capture_output=True, text=True, timeout=300,
        cwd=tree.ROOT, env=os.environ | environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_child_erased_since_the_backup_is_gone_again_after_the_restore(
    cluster: Cluster, tmp_path: Path
) -> None:
    """With the programs of PostgreSQL, another database, and the command that operators run."""
    known = make_known(make_world())
    with keep("stay"):
        other = make_other(known.pk)
    dump, name = str(tmp_path / "older.dump"), str(connection.settings_dict["NAME"])
    server = ("-h", str(cluster.socket), "-U", "postgres")
    run(str(programs() / "pg_dump"), *server, "-Fc", "-f", dump, name)
    actions.erase(known.pk, basis="guardian", now=DURING, actor="system:test")

    run(str(programs() / "createdb"), *server, "-O", "mingtian", RESTORED)
    run(str(programs() / "pg_restore"), *server, "-d", RESTORED, dump)
    with psycopg.connect(cluster.url(RESTORED, "postgres")) as restored:
        assert left_of(restored, known.pk) == (1, False, 0)
    said = run(
        sys.executable, "manage.py", "replay_tombstones", DATABASE_URL=cluster.url(RESTORED),
        DJANGO_SETTINGS_MODULE="mingtian.settings",
    )  # fmt: skip

    assert said.strip().splitlines()[-1] == "1 children erased again."
    with psycopg.connect(cluster.url(RESTORED, "postgres")) as restored:
        assert left_of(restored, known.pk) == (0, True, 1)
        assert restored.execute(
            "SELECT erased_at FROM vault_child WHERE id = %s", [other]
        ).fetchone() == (None,)  # fmt: skip
    assert keystore.fetch([known.number]) == {}


def make_other(child: int) -> int:
    """Return a second child, of the same village, of whom nobody has asked anything."""
    unit = Child.objects.get(pk=child).unit_id
    return Child.objects.create(unit_id=unit, admitted_at=DURING).pk


def left_of(restored: psycopg.Connection, child: int) -> tuple[int, bool, int]:
    """Return how many names of the child there are, whether it is erased, and its tombstones."""
    row = restored.execute(
        "SELECT (SELECT count(*) FROM children_identity WHERE child_id = child.id),"
        " child.erased_at IS NOT NULL,"
        " (SELECT count(*) FROM vault_tombstone grave WHERE grave.child = child.public_id)"
        " FROM vault_child child WHERE child.id = %s",
        [child],
    ).fetchone()
    assert row is not None
    return int(row[0]), bool(row[1]), int(row[2])
