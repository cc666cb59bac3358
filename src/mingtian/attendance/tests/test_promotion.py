"""A standby takes over: phones learn of it at once, and nothing is entrusted to it before."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.store import Store
from mingtian.run.postgres import DURABLE, Cluster

DIRTY = "CREATE TABLE big AS SELECT repeat(md5(g::text), 8) FROM generate_series(1, 60000) AS g"
"""Pages to write, so that the checkpoint after the promotion takes its minutes."""
CAUGHT_UP = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"


@pytest.fixture
def standby(tmp_path: Path) -> Iterator[Cluster]:
    """A standby that has replayed everything and whose primary has just crashed."""
    primary, standby = Cluster(tmp_path / "primary", DURABLE), Cluster(tmp_path / "standby")
    try:
        primary.start()
        standby._prepare_folders()
        standby.folder.chmod(0o700)
        standby._run("pg_basebackup", "-h", primary.socket, "-U", "postgres",
                     "-D", standby.folder, "-R", "-X", "stream", "-c", "fast")  # fmt: skip
        standby.start()
        with psycopg.connect(primary.url("postgres", "postgres"), autocommit=True) as writer:
            writer.execute(DIRTY)
            row = writer.execute("SELECT pg_current_wal_lsn()::text").fetchone()
        with psycopg.connect(standby.url("postgres"), autocommit=True) as reader:
            while reader.execute(CAUGHT_UP, row).fetchone() != (True,):
                pass
        primary.stop("immediate")
        yield standby
    finally:
        primary.remove()
        standby.remove()


@pytest.mark.slow
async def test_the_epoch_changes_with_the_promotion_itself(standby: Cluster) -> None:
    store = Store(standby.url("postgres"))
    with pytest.raises(Refused) as refused:
        await store.execute("lectures", {})
    assert refused.value.reason is Reason.NOT_DURABLE
    with psycopg.connect(standby.url("postgres", "postgres"), autocommit=True) as other:
        other.execute("SELECT pg_promote()")

    await store.open()
    await store.close()

    assert store.epoch.endswith(":2")
