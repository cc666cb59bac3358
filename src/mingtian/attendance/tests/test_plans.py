"""What one batch costs must not grow with what is stored."""

from collections.abc import Mapping

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mingtian.attendance.actions.forget import _whole
from mingtian.attendance.ingest.store import QUERIES
from mingtian.attendance.queries.kept import kept_about
from mingtian.testing.plans import tables_read_whole, vacuum


@pytest.mark.parametrize("name", ["arrive", "arrivals", "settled_live", "merge"])
def test_no_batch_of_beats_reads_a_table_from_end_to_end(db: None, name: str) -> None:
    assert tables_read_whole(QUERIES[name]) == []


@pytest.mark.parametrize("name", ["arrive", "arrivals", "settled_live", "merge"])
def test_nor_does_one_whose_plan_was_made_after_the_last_campaign_was_deleted(
    transactional_db: None, name: str
) -> None:
    vacuum()
    with transaction.atomic():
        assert tables_read_whole(QUERIES[name]) == []


def test_what_is_kept_about_a_home_is_found_by_keys(db: None) -> None:
    """A city has some hundred thousand phones; a family that asks is read by its own.

    Lectures are a few rows for each campaign: how PostgreSQL reads those is its own affair. So is
    a join with arrivals while there are none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_arrival (lecture, seat, household, unit, first_slot)"
            " SELECT lecture, seat, seat, 1, 0"
            " FROM generate_series(1, 8) AS lecture, generate_series(1, 500) AS seat"
        )
        cursor.execute("ANALYZE attendance_arrival")
    with CaptureQueriesContext(connection) as asked:
        kept_about([1, 2])

    assert len(asked) >= 5
    read_whole = {table for query in asked for table in tables_read_whole(query["sql"])}
    assert read_whole <= {"campaigns_lecture"}


@pytest.mark.parametrize("name", ["campaign_seats", "seats"])
def test_the_phones_that_go_are_not_looked_through_for_each_that_stays(db: None, name: str) -> None:
    """The term of a city ends for 366,000 phones at once."""
    values: Mapping[str, int | list[int]] = {"campaign": 1, "homes": [1], "persons": [1]}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {_whole(name)}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Anti Join" in plan
    assert "SubPlan" not in plan
