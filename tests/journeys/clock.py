"""The clock of the journeys' server, to be set: what may be seen hangs on the hour."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from mingtian.core.clock import SHANGHAI, day_of, now

SHIFTED = '''
"""Shifts the product's clock by the seconds that stand in a file; for journeys only."""

import os
from datetime import timedelta
from pathlib import Path

from mingtian.core import clock

_file, _now, _milliseconds = Path(os.environ["JOURNEY_CLOCK"]), clock.now, clock.now_in_milliseconds


def _ahead():
    return float(_file.read_text())


clock.now = lambda: _now() + timedelta(seconds=_ahead())
clock.now_in_milliseconds = lambda: _milliseconds() + round(_ahead() * 1000)
'''


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The server's clock, to be set to an hour in Shanghai; days count from the evening's."""

    file: Path

    def put(self, hour: int, minute: int, days: int = 0) -> datetime:
        day = day_of(now()) + timedelta(days=days)
        return self.put_at(datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC))

    def put_at(self, wanted: datetime) -> datetime:
        beside = self.file.with_suffix(".new")
        beside.write_text(str((wanted - now()).total_seconds()))
        beside.replace(self.file)
        return wanted

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a server that goes by this clock."""
        # The clock before the product, wherever the product is run from.
        folders = [str(self.file.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(folders), "JOURNEY_CLOCK": str(self.file)}


def make_clock(folder: Path) -> Clock:
    """Return a clock that stands beside a server to be started; it shows seven in the evening."""
    (folder / "sitecustomize.py").write_text(SHIFTED)
    clock = Clock(file=folder / "clock")
    clock.put(19, 0)
    return clock
