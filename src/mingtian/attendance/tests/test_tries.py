"""Wrong entries are counted by the day of the people who typed them, and then forgotten."""

from datetime import timedelta

from mingtian.attendance.actions.tries import drop_old_tries
from mingtian.attendance.ingest.reasons import Reason
from mingtian.core.clock import milliseconds
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import NOW

SIX_IN_THE_MORNING = NOW + timedelta(hours=11)
"""In Shanghai; in UTC it is still the day before."""


def test_a_day_of_wrong_entries_is_forgotten_when_it_is_over_in_shanghai(
    hot: HotPath, evening: Evening
) -> None:
    wrong = evening.entry(phone=new_phone(), people=[{"number": "1", "name": "林知夏"}])
    hot.clock.now = milliseconds(SIX_IN_THE_MORNING)
    for _ in range(5):
        refused = hot.post("/enter", wrong).json["code"]
    assert refused == Reason.ASK_CLASS_TEACHER

    assert drop_old_tries(now=SIX_IN_THE_MORNING + timedelta(hours=17)) == 0
    assert drop_old_tries(now=SIX_IN_THE_MORNING + timedelta(hours=18)) == 1
    assert hot.post("/enter", wrong).json["tries_left"] == 4
