"""What boards keep in memory for a short while."""

from datetime import UTC, datetime, timedelta

from mingtian.boards.kept import MOST_KEPT, Kept

NOW = datetime(2026, 9, 18, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Reader:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


def test_a_value_is_given_again_until_it_is_too_old() -> None:
    kept, read = Kept[int, int](10 * SECOND), Reader()

    values = [kept.value(1, NOW + seconds * SECOND, read) for seconds in (0, 9, 10)]

    assert values == [1, 1, 2]


def test_a_clock_set_back_does_not_keep_a_value_for_long() -> None:
    kept, read = Kept[int, int](10 * SECOND), Reader()
    kept.value(1, NOW, read)

    assert kept.value(1, NOW - timedelta(hours=1), read) == 2


def test_one_key_or_all_are_forgotten() -> None:
    kept, read = Kept[int, int](10 * SECOND), Reader()
    for key in (1, 2):
        kept.value(key, NOW, read)

    kept.forget(1)
    assert [kept.value(key, NOW, read) for key in (1, 2)] == [3, 2]
    kept.forget()
    assert [kept.value(key, NOW, read) for key in (1, 2)] == [4, 5]


def test_memory_holds_a_bounded_number() -> None:
    kept, read = Kept[int, int](10 * SECOND), Reader()

    for key in range(MOST_KEPT + 1):
        kept.value(key, NOW, read)
    kept.value(0, NOW, read)

    assert read.asked == MOST_KEPT + 2
