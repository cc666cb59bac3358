"""The list of cases of a county's office among 300,000: with policies, and with an explicit condition."""

import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.ground import Ground

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COUNTY = 105
ROUNDS = 60
CASES = 10_000
"""So many cases stand in each county."""


def cases(ground: Ground) -> dict[str, float]:
    """Read a page of the list and its counts as the office of one of thirty counties, in turn two ways.

    ``mingtian_case`` with the policies, as the page does it; and the same two statements as
    ``mingtian_keeper`` with the condition written out (``unit_id = ANY`` of the county's units). The
    door's own work is outside of both. Medians of sixty in turn.
    """
    from django.contrib.auth.models import User

    from mingtian.core.clock import now
    from mingtian.org.models import Post

    ground.cluster.as_superuser(Path(__file__).with_suffix(".sql").read_text(), "mingtian")
    office = User.objects.create_user("bench-cases")
    Post.objects.create(user=office, unit_id=COUNTY, role="office", starts_on="2020-01-01")
    found = [_in_turn(office, now()) for _ in range(ROUNDS + 5)][5:]
    walls, plain, door = (median(each[place] for each in found) for place in range(3))
    return {
        "cases_rls_adds": round(walls / plain - 1, 3),
        "cases_page_ms": round(1000 * walls, 2),
        "cases_page_plain_ms": round(1000 * plain, 2),
        "cases_door_ms": round(1000 * door, 2),
    }


def _in_turn(office: "User", now: datetime) -> tuple[float, float, float]:
    from mingtian.care.queries.cases import CONDITIONS, Show
    from mingtian.care.statements import STATEMENTS, run
    from mingtian.core.clock import day_of
    from mingtian.vault.access import enter, keep
    from mingtian.vault.rules import Purpose
    from mingtian.web.paging import ROWS

    values = {"day": day_of(now), "limit": ROWS, "offset": 0}
    listed, counted = STATEMENTS["list_cases"], STATEMENTS["count_cases"]

    def with_policies() -> int:
        run(listed.format(where=CONDITIONS[Show.OPEN]), values)
        (counts,) = run(counted, values)
        return int(counts[0] + counts[5])

    begun = time.perf_counter()
    with enter(office, now=now, purpose=Purpose.SUPERVISING):
        door = time.perf_counter() - begun
        units = run("SELECT vault_ids('supervised')", {})[0][0]
        walls, seen = _timed(with_policies)
    written_out = {**values, "units": units}

    def plainly() -> int:
        where = f"own.unit_id = ANY (%(units)s::bigint[]) AND {CONDITIONS[Show.OPEN]}"
        run(listed.format(where=where), written_out)
        ours = f"{counted} WHERE own.unit_id = ANY (%(units)s::bigint[])"
        (counts,) = run(ours, written_out)
        return int(counts[0] + counts[5])

    with keep("measure without policies"):
        plain, there = _timed(plainly)
    if (seen, there) != (CASES, CASES):
        raise RuntimeError(f"Not the same cases: {seen} and {there} of {CASES}.")
    return walls, plain, door


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def main() -> None:
    """Run this alone; ``bin/bench`` runs it with everything else."""
    with tempfile.TemporaryDirectory(prefix="mingtian-bench-") as folder:
        ground = Ground(Path(folder))
        try:
            ground.lay()
            print(cases(ground))
        finally:
            ground.remove()


if __name__ == "__main__":
    main()
