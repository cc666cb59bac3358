"""How often something wrong was typed on a phone is kept for that day only."""

from datetime import datetime, timedelta

from mingtian.attendance.tasks import sweep
from mingtian.core.clock import SHANGHAI
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import HotPath

WRONG = [{"number": "99", "name": "林小满"}]


def tries_left(hot: HotPath, evening: Evening, phone: str) -> int:
    """Type something wrong."""
    answer = hot.post("/enter", evening.entry(people=WRONG, phone=phone))
    left = answer.json["tries_left"]
    assert isinstance(left, int)
    return left


def test_the_night_keeps_what_was_typed_today_and_drops_the_days_before(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    assert tries_left(hot, evening, phone) == 4
    tonight = datetime.fromtimestamp(hot.service.clock() / 1000, SHANGHAI)

    sweep(tonight)
    assert tries_left(hot, evening, phone) == 3

    sweep(tonight.replace(hour=3) + timedelta(days=1))
    assert tries_left(hot, evening, phone) == 4
