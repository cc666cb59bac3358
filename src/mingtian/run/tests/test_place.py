"""A folder's databases, on a server of its own."""

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
