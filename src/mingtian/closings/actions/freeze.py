"""Freeze a day: write its lines and chain its file to the day before (STA-1)."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from mingtian.attendance.queries.by_hand import list_beside_below
from mingtian.closings.days import DayRow
from mingtian.closings.models import Closing
from mingtian.closings.queries.days import (
    ClosingRow,
    closing_row,
    find_closing,
    list_houses_below,
)
from mingtian.closings.queries.files import digest_of, file_of, head_of
from mingtian.closings.rules import HOUSES, check_freezing
from mingtian.closings.statements import STATEMENTS, lock_day, rows
from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.org.queries import path_on
from mingtian.org.rules import Line

BESIDE_KINDS = {
    "helped": 102,
    "exempt": 103,
    "telephone": 110,
    "paper": 111,
    "in_class": 112,
    "other_screen": 113,
    "classes": 120,
    "heads": 121,
}
"""Kinds of frozen lines for what stands beside the figures; as attendance keeps erased ones."""


def freeze(*, day: DayRow, by: Actor, now: datetime) -> ClosingRow:
    """Freeze the day, or return its closing when that is done already.

    Raises RuleBroken while phones may still come, and while an earlier day is open. Two who press
    together make one closing. A city of 2,250 classes takes some hundred milliseconds.
    """
    with transaction.atomic():
        # Days of one campaign take turns: each names the one before.
        lock_day(-day.campaign_id)
        lock_day(day.lecture_id)
        if (made := find_closing(day.lecture_id)) is not None:
            return made
        before = list(Closing.objects.filter(campaign_id=day.campaign_id).order_by("number"))
        check_freezing(closes_at=day.closes_at, number=day.number, frozen=len(before), now=now)
        path = ".".join(map(str, path_on(day.scope_id, day.held_on)))
        houses = list_houses_below(day, path, HOUSES)
        silent = sum(each.confirmed_at is None for each in houses)
        _write_lines(day, path)
        previous = before[-1].digest if before else ""
        head = head_of(day, previous=previous, silent=silent, confirmed=len(houses) - silent)
        file = file_of(day.lecture_id, head)
        closing = Closing.objects.create(
            lecture_id=day.lecture_id,
            campaign_id=day.campaign_id,
            number=day.number,
            lines=file.count(b"\n") - head.count("\n") - 1,
            head=head,
            previous=previous,
            digest=digest_of(file),
            frozen_by_id=by.user_id,
            frozen_at=now,
        )
        audit.record(
            actor=by.username, action="closings.frozen", subject=f"campaign:{day.campaign}",
            now=now, lecture=day.lecture_id, digest=closing.digest, silent=silent,
        )  # fmt: skip
    return closing_row(closing)


def _write_lines(day: DayRow, path: str) -> None:
    beside = [
        row
        for row in list_beside_below(
            lecture_id=day.lecture_id, path=path, line=Line.LEADS.value, day=day.held_on,
            leaves=True,
        )
        if row.what in BESIDE_KINDS
    ]  # fmt: skip
    values = {
        "lecture": day.lecture_id,
        "units": [row.group for row in beside],
        "kinds": [BESIDE_KINDS[row.what] for row in beside],
        "numbers": [row.number for row in beside],
    }
    rows("freeze", values)


def count_at_end(*, now: datetime) -> int:
    """Keep the tallies of lectures that have just ended; return how many lines. Safe to repeat."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS["at_end"], {"now": now, "after": now - timedelta(hours=12)})
        return int(cursor.rowcount)
