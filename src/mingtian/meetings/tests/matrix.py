"""Who reads meetings and keeps them, who answers for follow-ups, who reads the log of talks."""

from datetime import timedelta

from mingtian.meetings.actions import TalkSpec, Task, record, record_talk, resolve
from mingtian.meetings.models import FollowUp, Meeting, Talk
from mingtian.meetings.rules import Kind, Way
from mingtian.meetings.tests.conftest import BY, key, spec
from mingtian.org.queries import unit_rows
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import (
    AT_OR_ABOVE_CLASS_ONE,
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_SCHOOL,
    AUDITORS,
    EVERYBODY,
    Key,
    Row,
    Who,
    World,
)

W = Who

READ_COUNTY = AT_OR_ABOVE_COUNTY - AUDITORS
READ_SCHOOL = AT_OR_ABOVE_SCHOOL - AUDITORS
READ_CLASS = AT_OR_ABOVE_CLASS_ONE - AUDITORS
KEEP_SCHOOL = {W.PRINCIPAL, W.SCHOOL_OFFICE}
TALKS_OF_SCHOOL = {W.PRINCIPAL, W.SCHOOL_OFFICE, W.COUNTY, W.COUNTY_EDUCATION}
TALKS_OF_COUNTY = {W.COUNTY, W.CITY, W.CITY_DIRECTOR, W.CITY_CLERK}
SEES_TO_IT = {W.COUNTY, W.PRINCIPAL, W.SCHOOL_OFFICE, W.DUTY_TEACHER}


def at(unit: str, **more: object) -> Key:
    def found(world: World) -> dict[str, object]:
        return {"unit": world.unit(unit).public_id, **more}

    return found


def make_meeting(world: World, unit: str, **changes: object) -> Meeting:
    row = unit_rows([world.unit(unit).pk], DAY)[world.unit(unit).pk]
    return record(unit=row, spec=spec(**changes), once=key(), by=BY, now=NOW)


def meeting_at(unit: str, **changes: object) -> Key:
    def made(world: World) -> dict[str, object]:
        return {"meeting": make_meeting(world, unit, **changes).public_id}

    return made


def written(world: World) -> dict[str, object]:
    return {
        "meeting": make_meeting(world, "school", minutes="大家都同意。").public_id,
        "form": "docx",
    }


def resolved(world: World) -> dict[str, object]:
    meeting = make_meeting(world, "school")
    resolve(meeting_id=meeting.pk, text="确定专人", task=None, once=key(), by=BY, now=NOW)
    return {"meeting": meeting.public_id, "number": 1}


def task_for_school(world: World) -> dict[str, object]:
    """Make a follow-up that the county resolved and the school sees to."""
    meeting = make_meeting(world, "county")
    owner = f"unit:{world.tree.school.public_id}"
    task = Task(what="上报名单", owner=owner, due_on=DAY + timedelta(days=1))
    resolve(meeting_id=meeting.pk, text="确定专人", task=task, once=key(), by=BY, now=NOW)
    return {"follow_up": FollowUp.objects.get(resolution__meeting=meeting).public_id}


def make_talk(world: World, unit: str) -> Talk:

    made = TalkSpec(
        post="主任", with_whom="司法局", with_role="局长", held_at=NOW, way=Way.VISIT, agreed="支持"
    )
    unit_id = world.unit(unit).pk
    return record_talk(unit_id=unit_id, spec=made, task=None, once=key(), by=BY, now=NOW)


def talk_at(unit: str) -> Key:
    def made(world: World) -> dict[str, object]:
        return {"talk": make_talk(world, unit).public_id}

    return made


def parents(unit: str) -> Key:
    return meeting_at(unit, kind=Kind.PARENTS)


ROWS = {
    "meetings:own": Row(get=EVERYBODY),
    "meetings:list": [
        Row(get=READ_COUNTY, key=at("county")),
        Row(get=READ_SCHOOL, key=at("school")),
        Row(get=READ_CLASS, key=at("class_one")),
    ],
    "meetings:list-file": Row(get=READ_SCHOOL, key=at("school", form="csv")),
    "meetings:new": [
        Row(get={W.COUNTY}, post={W.COUNTY}, key=at("county")),
        Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=at("school")),
        Row(get={W.TEACHER}, post={W.TEACHER}, key=at("class_one")),
        Row(get=set(), post=set(), key=at("grade")),
    ],
    "meetings:meeting": [
        Row(get=READ_COUNTY, key=meeting_at("county")),
        Row(get=READ_SCHOOL, key=meeting_at("school")),
        Row(get=READ_CLASS, key=parents("class_one")),
    ],
    "meetings:change": [
        Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=meeting_at("school")),
        Row(get={W.TEACHER}, post={W.TEACHER}, key=parents("class_one")),
    ],
    "meetings:call-off": Row(post=KEEP_SCHOOL, key=meeting_at("school")),
    "meetings:resolve": [
        Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=meeting_at("school")),
        Row(get=set(), post=set(), key=parents("class_one")),
    ],
    "meetings:follow": Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=resolved),
    "meetings:minutes": Row(get=READ_SCHOOL, key=written),
    "meetings:follow-ups": Row(get=EVERYBODY),
    "meetings:follow-ups-file": Row(get=EVERYBODY, key=lambda _world: {"form": "csv"}),
    "meetings:follow-up": Row(get=SEES_TO_IT, key=task_for_school),
    "meetings:settle": Row(post=SEES_TO_IT, key=task_for_school),
    "meetings:talks": [
        Row(get=TALKS_OF_COUNTY, key=at("county")),
        Row(get=TALKS_OF_SCHOOL, key=at("school")),
        Row(get=set(), key=at("class_one")),
    ],
    "meetings:talks-file": Row(get=TALKS_OF_SCHOOL, key=at("school", form="csv")),
    "meetings:talk-new": Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=at("school")),
    "meetings:talk": [
        Row(get=TALKS_OF_COUNTY, key=talk_at("county")),
        Row(get=TALKS_OF_SCHOOL, key=talk_at("school")),
    ],
    "meetings:talk-follow": Row(get=KEEP_SCHOOL, post=KEEP_SCHOOL, key=talk_at("school")),
}
