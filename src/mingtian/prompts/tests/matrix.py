"""Who stands at which link of an evening's chain: the own one, never one above or below."""

from collections.abc import Callable
from datetime import timedelta

from mingtian.prompts.actions import keep_rhythm
from mingtian.prompts.tests.conftest import HALF_PAST
from mingtian.readiness.models import Turn
from mingtian.testing.matrix import (
    AT_SCHOOL,
    CITY_COMMITTEE,
    DURING,
    EVERYBODY,
    Key,
    Row,
    Who,
    World,
)

W = Who


def at(unit: str, **more: str) -> Key:
    """Return the key of the evening at a unit of the small world, where prompts wait."""

    def key(world: World) -> dict[str, object]:
        keep_rhythm(now=HALF_PAST)
        lecture = world.evening.lecture.pk
        return {"lecture": lecture, "unit": world.unit(unit).public_id, **more}

    return key


def receiver(unit: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"to": world.unit(unit).public_id}


def on_duty(world: World) -> dict[str, object]:
    """Return the key of the school's evening, for which the class teacher is on duty."""
    Turn.objects.get_or_create(
        lecture=world.evening.lecture, unit=world.tree.school, place=Turn.FIRST,
        defaults={"user": world.people[W.TEACHER], "named_at": HALF_PAST},
    )  # fmt: skip
    return at("school")(world)


def on_duty_file(world: World) -> dict[str, object]:
    return {**on_duty(world), "form": "csv"}


WITH_DUTY = AT_SCHOOL | {W.TEACHER}
"""Whoever is on duty stands at the school for that evening; other class teachers do not."""

MORNING_AFTER = DURING + timedelta(days=1)

ROWS = {
    "prompts:own": Row(get=EVERYBODY),
    "prompts:page": [
        Row(get={W.TEACHER}, key=at("class_one")),
        Row(get=AT_SCHOOL, key=at("school")),
        Row(get=WITH_DUTY, key=on_duty),
        Row(get=AT_SCHOOL, key=on_duty, at=MORNING_AFTER),
        Row(get={W.COUNTY}, key=at("county")),
        Row(get={W.COUNTY_EDUCATION}, key=at("county_education")),
        Row(get=CITY_COMMITTEE, key=at("city")),
        Row(get=set(), key=at("village")),
    ],
    "prompts:export": [
        Row(get=AT_SCHOOL, key=at("school", form="csv")),
        Row(get=WITH_DUTY, key=on_duty_file),
        Row(get=CITY_COMMITTEE, key=at("city", form="xlsx")),
        Row(get=set(), key=at("class_one", form="csv")),
    ],
    "prompts:pass-on": [
        Row(post={W.TEACHER}, key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school")),
        Row(post=WITH_DUTY, key=on_duty),
        Row(post=AT_SCHOOL, key=on_duty, at=MORNING_AFTER),
        Row(post={W.COUNTY}, key=at("county")),
        Row(post={W.CITY}, key=at("city")),
    ],
    "prompts:prompt": [
        Row(post=set(), key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school"), sent=receiver("class_one")),
        Row(post=WITH_DUTY, key=on_duty, sent=receiver("class_one")),
        Row(post={W.COUNTY}, key=at("county"), sent=receiver("class_one")),
        Row(post={W.CITY_EDUCATION}, key=at("city_education")),
        Row(post={W.CITY}, key=at("city")),
    ],
    "prompts:robot": [
        Row(post={W.TEACHER}, key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school")),
        Row(post=WITH_DUTY, key=on_duty),
        Row(post=set(), key=at("county")),
    ],
}
