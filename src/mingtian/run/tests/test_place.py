"""A folder's databases, on a server of its own."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from mingtian.run.place import DATABASES, Place


@pytest.mark.parametrize("fresh", [False, True])
def test_an_emptied_place_has_every_database_again(tmp_path: Path, *, fresh: bool) -> None:
    place = Place(tmp_path / "place")
    place.folder.mkdir()
    try:
        place.cluster.start()
        for database in DATABASES:
            place.cluster.ensure_database(database)
            with psycopg.connect(place.cluster.url(database)) as connection:
                connection.execute("CREATE TABLE left_over ()")

        place.empty(fresh=fresh)

        for database in DATABASES:
            with psycopg.connect(place.cluster.url(database)) as connection:
                assert connection.execute("SELECT to_regclass('left_over')").fetchone() == (None,)
    finally:
        place.cluster.remove()


def test_a_shell_beside_it_reads_its_environment_and_nobody_else_does(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place._leave({"DATABASE_URL": "postgresql://mingtian@/mingtian?host=/a b&c='d'"})

    file = tmp_path / "environment"
    told = subprocess.run(
        ["bash", "-c", f'source "{file}"; printf %s "$DATABASE_URL"'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout == "postgresql://mingtian@/mingtian?host=/a b&c='d'"
    assert file.stat().st_mode & 0o777 == 0o600
