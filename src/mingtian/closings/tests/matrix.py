"""Who may look at a day, confirm it, correct it, freeze it."""

from datetime import timedelta

from mingtian.closings.actions import ask, freeze
from mingtian.closings.models import Question
from mingtian.closings.queries import find_day
from mingtian.closings.tests.conftest import BY
from mingtian.testing.evening import STARTS
from mingtian.testing.matrix import EVERYBODY, Key, Row, Who, World

W = Who
CITY_POSTS = {W.CITY, W.CITY_DIRECTOR, W.CITY_CLERK, W.CITY_AUDITOR}
ABOVE_SCHOOL = {*CITY_POSTS, W.COUNTY, W.COUNTY_EDUCATION, W.CITY_EDUCATION}
AT_SCHOOL = {W.PRINCIPAL, W.SCHOOL_OFFICE, W.DUTY_TEACHER}
AT_OR_ABOVE_CLASS = {*ABOVE_SCHOOL, *AT_SCHOOL, W.TEACHER}

AFTER = STARTS + timedelta(hours=2)
CLOSED = STARTS + timedelta(hours=17)


def at(unit: str, **more: str) -> Key:
    """Return the key of the evening at a unit of the small world."""

    def key(world: World) -> dict[str, object]:
        return {
            "lecture": world.evening.lecture.pk,
            "unit": world.unit(unit).public_id,
            **more,
        }

    return key


def question(world: World) -> dict[str, object]:
    made = Question.objects.create(
        lecture=world.evening.lecture, unit=world.tree.class_one, oddity="alike_maps", number=5,
        asked_at=AFTER,
    )  # fmt: skip
    return at("school", question=made.public_id)(world)


def frozen(world: World) -> dict[str, object]:
    day = find_day(world.evening.lecture.pk)
    assert day is not None
    ask(day=day, path=str(world.tree.city.pk), now=CLOSED)
    freeze(day=day, by=BY, now=CLOSED)
    return at("city")(world)


ROWS = {
    "closings:own": Row(get=EVERYBODY),
    "closings:day": Row(get={*ABOVE_SCHOOL, *AT_SCHOOL}, key=at("school"), at=AFTER),
    "closings:export": Row(get={*ABOVE_SCHOOL, *AT_SCHOOL}, key=at("school", form="csv"), at=AFTER),
    "closings:confirm": Row(post=AT_SCHOOL, key=at("school"), at=AFTER),
    "closings:answer": Row(post=AT_SCHOOL, key=question, at=AFTER),
    "closings:correct": Row(get=AT_SCHOOL, post=AT_SCHOOL, key=at("class_one"), at=AFTER),
    "closings:summary": Row(get={W.TEACHER}, post={W.TEACHER}, key=at("class_one"), at=AFTER),
    "closings:freeze": Row(post={W.CITY, W.CITY_DIRECTOR}, key=at("city"), at=CLOSED),
    "closings:file": Row(get=CITY_POSTS, key=frozen, at=CLOSED),
}
