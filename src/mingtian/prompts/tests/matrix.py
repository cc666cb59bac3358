"""Who stands at which link of an evening's chain: the own one, never one above or below."""

from collections.abc import Callable

from mingtian.prompts.actions import keep_rhythm
from mingtian.prompts.tests.conftest import HALF_PAST
from mingtian.testing.matrix import AT_SCHOOL, CITY_COMMITTEE, EVERYBODY, Key, Row, Who, World

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


ROWS = {
    "prompts:own": Row(get=EVERYBODY),
    "prompts:page": [
        Row(get={W.TEACHER}, key=at("class_one")),
        Row(get=AT_SCHOOL, key=at("school")),
        Row(get={W.COUNTY}, key=at("county")),
        Row(get={W.COUNTY_EDUCATION}, key=at("county_education")),
        Row(get=CITY_COMMITTEE, key=at("city")),
        Row(get=set(), key=at("village")),
    ],
    "prompts:export": [
        Row(get=AT_SCHOOL, key=at("school", form="csv")),
        Row(get=CITY_COMMITTEE, key=at("city", form="xlsx")),
        Row(get=set(), key=at("class_one", form="csv")),
    ],
    "prompts:pass-on": [
        Row(post={W.TEACHER}, key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school")),
        Row(post={W.COUNTY}, key=at("county")),
        Row(post={W.CITY}, key=at("city")),
    ],
    "prompts:prompt": [
        Row(post=set(), key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school"), sent=receiver("class_one")),
        Row(post={W.COUNTY}, key=at("county"), sent=receiver("class_one")),
        Row(post={W.CITY_EDUCATION}, key=at("city_education")),
        Row(post={W.CITY}, key=at("city")),
    ],
    "prompts:robot": [
        Row(post={W.TEACHER}, key=at("class_one")),
        Row(post=AT_SCHOOL, key=at("school")),
        Row(post=set(), key=at("county")),
    ],
}
