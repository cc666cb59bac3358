"""Five-old of Yingchun are vetted, paired with children, and visit them (F31, AID-2)."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from scenarios.qinggang.people import Staff
from scenarios.qinggang.times import Times

from mingtian.care.rules import Area
from mingtian.children.access import get_child_for
from mingtian.children.actions.registering import Registered
from mingtian.core.clock import day_of
from mingtian.pairs import actions
from mingtian.pairs.actions import PairSpec, Told
from mingtian.pairs.rules import Happened, Kind, Way
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

GOALS = {
    Area.MORALS: "遇事先说一声，答应的事做到",
    Area.STUDY: "每晚读半小时书",
    Area.HABITS: "九点前睡觉",
    Area.FEELINGS: "每周和爸爸妈妈视频一次",
}
NOTES = ("一起写完了作业，讲了一个老故事。", "帮着收拾了书桌，孩子说这周睡得好。", "陪孩子和母亲通了视频。",
         "带去了两本书，约好下次一起读。")  # fmt: skip
BETWEEN = timedelta(minutes=70)
"""From one visit of a helper to the next, with the way between."""


def vet(staff: Staff, times: Times) -> None:
    """Have the town's office look at every helper's check."""
    with enter(staff["yingchun"], now=times.begun, purpose=Purpose.SUPERVISING) as door:
        for helper in staff.helpers:
            actions.note_vetting(
                door, helper.username, kind=Kind.FIVE_OLD, checked_on=day_of(times.begun)
            )


def pair(staff: Staff, children: Sequence[Registered], times: Times) -> dict[User, list[str]]:
    """Pair each child with a helper in turn; return each helper's pairs."""
    of_helper: dict[User, list[str]] = {helper: [] for helper in staff.helpers}
    with enter(staff["case-worker"], now=times.begun, purpose=Purpose.CASE_WORK) as door:
        for number, child in enumerate(children):
            helper = staff.helpers[number % len(staff.helpers)]
            goals = GOALS if number < len(staff.helpers) else {}
            spec = PairSpec(helper_id=helper.pk, goals=goals)
            row = actions.start_pair(door, get_child_for(door, child.public_id), spec)
            of_helper[helper].append(row.public_id)
    return of_helper


def visit(of_helper: dict[User, list[str]], times: Times, rng: Random) -> int:
    """Let helpers visit two children a day; the last helper is silent, so that the list shows it."""
    told = 0
    silent = list(of_helper)[-1] if len(of_helper) > 1 else None
    for helper, pairs in of_helper.items():
        for day, start in enumerate(range(0, len(pairs), 2), start=2):
            evening = times.days_after(day, 19)
            if helper is silent or evening >= times.now:
                continue
            with enter(helper, now=evening, purpose=Purpose.HELPING) as door:
                for place, one in enumerate(pairs[start : start + 2]):
                    began = evening - timedelta(hours=3) + place * BETWEEN
                    happened = Happened(
                        began_at=began, minutes=35 + rng.randrange(20), way=Way.HOME, made=True
                    )
                    visit_told = Told(
                        own=UUID(int=rng.getrandbits(128), version=4), happened=happened,
                        areas=(Area.STUDY, Area.FEELINGS), note=NOTES[(told + day) % len(NOTES)],
                    )  # fmt: skip
                    told += actions.tell_visit(door, one, visit_told)
    return told
