"""What one batch costs must not grow with what is stored."""

import pytest

from mingtian.attendance.ingest.store import QUERIES
from mingtian.testing.plans import tables_read_whole


@pytest.mark.parametrize("name", ["arrive", "arrivals", "settled_live", "merge"])
def test_no_batch_of_beats_reads_a_table_from_end_to_end(db: None, name: str) -> None:
    assert tables_read_whole(QUERIES[name]) == []
