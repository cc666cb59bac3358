"""What looks odd about a day, to be asked of the school: counts by class, nobody's name."""

from mingtian.closings.days import DayRow
from mingtian.closings.rules import (
    AFTERWARDS_SHARE,
    AFTERWARDS_SLOTS,
    ALIKE_HOMES,
    ALIKE_SLOTS,
    PUPILS_ON_ONE_PHONE,
    SNAPSHOT_GRACE,
    Oddity,
)
from mingtian.closings.statements import rows


def find_oddities(day: DayRow, path: str) -> dict[tuple[int, Oddity], int]:
    """Return by class and oddity how many phones, pupils or person-minutes. Three statements."""
    below: dict[str, object] = {"lecture": day.lecture_id, "path": path, "day": day.held_on}
    asked: dict[Oddity, dict[str, object]] = {
        Oddity.MANY_ON_ONE_PHONE: {"least": PUPILS_ON_ONE_PHONE},
        Oddity.ALIKE_MAPS: {
            "least": ALIKE_HOMES,
            "fewest": ALIKE_SLOTS.start,
            "most": ALIKE_SLOTS.stop - 1,
        },
        Oddity.MINUTES_AFTERWARDS: {
            "least": AFTERWARDS_SLOTS,
            "share": AFTERWARDS_SHARE,
            "grace": SNAPSHOT_GRACE,
        },
    }
    return {
        (unit_id, oddity): int(number)
        for oddity, values in asked.items()
        for unit_id, number in rows(oddity.value, below | values)
    }
