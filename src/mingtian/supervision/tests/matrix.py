"""Who looks at an evening's help, calls, asks, answers and visits."""

from datetime import timedelta

from mingtian.supervision.models import ContactTask, FollowUp, Passing, Ticket, Visit
from mingtian.testing.evening import STARTS
from mingtian.testing.matrix import (
    AT_OR_ABOVE_COUNTY_EDUCATION,
    AT_OR_ABOVE_SCHOOL,
    AT_SCHOOL,
    AUDITORS,
    CITY_COMMITTEE,
    EVERYBODY,
    Key,
    Row,
    Who,
    World,
)

W = Who
OVER = STARTS + timedelta(minutes=75)
READING_ABOVE_SCHOOL = AT_OR_ABOVE_COUNTY_EDUCATION - AUDITORS
READING_AT_SCHOOL = AT_OR_ABOVE_SCHOOL - AUDITORS
CALLERS = {W.COUNTY}
"""Who calls a school: the office directly above it. Offices further up look on."""

ASKING = AT_SCHOOL | {W.COUNTY}
"""At the unit, or directly above it: who is told by telephone notes it."""
PLANNERS = {W.COUNTY}


def at(unit: str, **more: str) -> Key:
    """Return the key of the evening at a unit of the small world."""

    def key(world: World) -> dict[str, object]:
        return {"lecture": world.evening.lecture.pk, "unit": world.unit(unit).public_id, **more}

    return key


def of(unit: str, **more: str) -> Key:
    """Return the key of a unit."""
    return lambda world: {"unit": world.unit(unit).public_id, **more}


def make_task(world: World, **more: object) -> ContactTask:
    values = {"owner": world.tree.county, "made_at": OVER, "due_at": OVER, "given_below": False}
    # Rows may be made twice in one world (tests/journeys/test_every_office_page.py).
    made, _ = ContactTask.objects.update_or_create(
        lecture=world.evening.lecture,
        about=world.tree.school,
        why="fall",
        defaults={**values, **more},
    )
    return made


def task(world: World) -> dict[str, object]:
    return {"task": make_task(world).public_id}


def task_given_below(world: World) -> dict[str, object]:
    return {"task": make_task(world, given_below=True).public_id}


def make_ticket(world: World, about: str, office: str, **more: object) -> dict[str, object]:
    values = {
        "lecture": world.evening.lecture, "about": world.unit(about), "office": world.unit(office),
        "cause": "access", "words": "进不去", "opened_at": OVER, **more,
    }  # fmt: skip
    return {"ticket": Ticket.objects.create(**values).public_id}


def ticket(world: World) -> dict[str, object]:
    return make_ticket(world, "school", "county")


def ticket_of_class(world: World) -> dict[str, object]:
    return make_ticket(world, "class_one", "school")


def ticket_given_below(world: World) -> dict[str, object]:
    return make_ticket(world, "school", "county", given_below=True)


def passed_up(world: World) -> dict[str, object]:
    key = make_ticket(world, "class_one", "county", passed_at=OVER)
    Passing.objects.create(
        ticket=Ticket.objects.get(public_id=key["ticket"]), office=world.tree.school,
        above=world.tree.county, words="学校解决不了", passed_at=OVER,
    )  # fmt: skip
    return key


def solved(world: World) -> dict[str, object]:
    return make_ticket(world, "school", "county", state="solved", solved_at=OVER)


def make_visit(world: World) -> Visit:
    return Visit.objects.create(
        school=world.tree.school, visitor=world.tree.county, role="office", kind="helping",
        visits_at=OVER, year=OVER.year, purpose="帮老人登录", planned_at=OVER,
    )  # fmt: skip


def visit(world: World) -> dict[str, object]:
    return {"visit": make_visit(world).public_id}


def follow_up(unit: str) -> Key:
    """Return the key of something that a unit does after a visit."""

    def key(world: World) -> dict[str, object]:
        made = FollowUp.objects.create(
            visit=make_visit(world), owner=world.unit(unit), words="换网线", due_on=OVER.date()
        )
        return {"follow_up": made.public_id}

    return key


ROWS = {
    "supervision:own": Row(get=EVERYBODY),
    "supervision:help": [
        Row(get=AT_OR_ABOVE_SCHOOL, key=at("school"), at=OVER),
        Row(get={*AT_OR_ABOVE_SCHOOL, W.TEACHER}, key=at("class_one"), at=OVER),
        Row(get=AT_OR_ABOVE_COUNTY_EDUCATION, key=at("county_education"), at=OVER),
        Row(get=CITY_COMMITTEE | AUDITORS, key=at("city"), at=OVER),
    ],
    "supervision:export": [
        Row(get=AT_OR_ABOVE_SCHOOL, key=at("school", what="below", form="csv"), at=OVER),
        Row(get=READING_AT_SCHOOL, key=at("school", what="tickets", form="xlsx"), at=OVER),
        Row(
            get=(CITY_COMMITTEE | {W.COUNTY}), key=at("county", what="calls", form="csv"), at=OVER
        ),
    ],
    "supervision:task": [
        Row(get=READING_ABOVE_SCHOOL, key=task, at=OVER),
        Row(get=READING_AT_SCHOOL, key=task_given_below, at=OVER),
    ],
    "supervision:take": Row(post=CALLERS, key=task, at=OVER),
    "supervision:give": Row(post=CALLERS, key=task, at=OVER),
    "supervision:done": [
        Row(post=CALLERS, key=task, at=OVER),
        Row(post={*CALLERS, *AT_SCHOOL}, key=task_given_below, at=OVER),
    ],
    "supervision:ask": [
        Row(get=ASKING, post=ASKING, key=of("school"), at=OVER),
        Row(get={W.TEACHER}, post={W.TEACHER}, key=of("class_one"), at=OVER),
        Row(get={W.VILLAGE, W.TOWN}, post={W.VILLAGE, W.TOWN}, key=of("village"), at=OVER),
        Row(get=CITY_COMMITTEE, post=CITY_COMMITTEE, key=of("city"), at=OVER),
    ],
    "supervision:ticket": [
        Row(get=READING_AT_SCHOOL, key=ticket, at=OVER),
        Row(get={*READING_AT_SCHOOL, W.TEACHER}, key=ticket_of_class, at=OVER),
        Row(get={*READING_AT_SCHOOL, W.TEACHER}, key=passed_up, at=OVER),
    ],
    "supervision:answer": [
        Row(post={W.COUNTY}, key=ticket, at=OVER),
        Row(post=AT_SCHOOL, key=ticket_of_class, at=OVER),
        Row(post={W.COUNTY, *AT_SCHOOL}, key=ticket_given_below, at=OVER),
        # Who passed it up is let in and told who holds it now.
        Row(post={W.COUNTY, *AT_SCHOOL}, key=passed_up, at=OVER),
    ],
    "supervision:give-ticket": Row(post={W.COUNTY}, key=ticket, at=OVER),
    "supervision:pass-up": [
        Row(post={W.COUNTY}, key=ticket, at=OVER),
        Row(post=AT_SCHOOL, key=ticket_of_class, at=OVER),
        Row(post={W.COUNTY, *AT_SCHOOL}, key=passed_up, at=OVER),
    ],
    "supervision:solve": [
        Row(post={W.COUNTY, *AT_SCHOOL}, key=ticket, at=OVER),
        Row(post={W.TEACHER, *AT_SCHOOL}, key=ticket_of_class, at=OVER),
        Row(post={W.TEACHER, W.COUNTY, *AT_SCHOOL}, key=passed_up, at=OVER),
    ],
    "supervision:close": Row(post={W.COUNTY, *AT_SCHOOL}, key=solved, at=OVER),
    "supervision:visits": [
        Row(get=READING_AT_SCHOOL, key=of("school"), at=OVER),
        Row(get=READING_ABOVE_SCHOOL, key=of("county_education"), at=OVER),
    ],
    "supervision:visits-export": Row(get=READING_AT_SCHOOL, key=of("school", form="csv"), at=OVER),
    "supervision:plan": [
        Row(get=PLANNERS, post=PLANNERS, key=of("county"), at=OVER),
        Row(
            get={W.COUNTY_EDUCATION}, post={W.COUNTY_EDUCATION}, key=of("county_education"), at=OVER
        ),
        Row(
            get={W.CITY, W.CITY_DIRECTOR}, post={W.CITY, W.CITY_DIRECTOR}, key=of("city"), at=OVER
        ),
    ],
    "supervision:visit": Row(get=READING_AT_SCHOOL, key=visit, at=OVER),
    "supervision:findings": Row(post=PLANNERS, key=visit, at=OVER),
    "supervision:call-off": Row(post=PLANNERS, key=visit, at=OVER),
    "supervision:follow-up": Row(post=PLANNERS, key=visit, at=OVER),
    "supervision:follow-up-done": [
        Row(post=AT_SCHOOL, key=follow_up("school"), at=OVER),
        Row(post={W.COUNTY}, key=follow_up("county"), at=OVER),
    ],
}  # fmt: skip
