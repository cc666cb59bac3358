"""The day on which people live begins at 16:00 UTC of the day before."""

from datetime import UTC, date, datetime

import pytest

from mingtian.core.clock import day_of, from_milliseconds, milliseconds


@pytest.mark.parametrize(("hour", "minute", "day"), [(15, 59, 18), (16, 0, 19)])
def test_the_day_is_that_of_shanghai(hour: int, minute: int, day: int) -> None:
    assert day_of(datetime(2023, 9, 18, hour, minute, tzinfo=UTC)) == date(2023, 9, day)


def test_milliseconds_lead_back_to_the_instant() -> None:
    instant = datetime(2023, 9, 18, 12, 0, 0, 250_000, tzinfo=UTC)

    assert from_milliseconds(milliseconds(instant)) == instant
