"""Who may look at what gets ready, and who keeps it."""

from mingtian.core.ids import public_id
from mingtian.org.models import Unit
from mingtian.readiness.models import (
    Activity,
    AudienceLine,
    Duty,
    Pilot,
    PilotFamily,
    Swap,
    Turn,
)
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import (
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_COUNTY_EDUCATION,
    AT_OR_ABOVE_SCHOOL,
    AT_OR_ABOVE_TOWN,
    AT_OR_ABOVE_VILLAGE,
    AUDITORS,
    EVERYBODY,
    Key,
    Row,
    Rows,
    Who,
    World,
)

W = Who
SEE_SCHOOL = AT_OR_ABOVE_SCHOOL - AUDITORS
SEE_COUNTY = AT_OR_ABOVE_COUNTY - AUDITORS
SEE_TOWN = AT_OR_ABOVE_TOWN - AUDITORS
SEE_VILLAGE = AT_OR_ABOVE_VILLAGE - AUDITORS
HEADS = {W.PRINCIPAL, W.SCHOOL_OFFICE}
MEET_FAMILIES = {W.VILLAGE, W.TOWN}


def at(unit: str, **more: str) -> Key:
    """Return the key of the campaign at a unit of the small world."""

    def key(world: World) -> dict[str, object]:
        return {
            "campaign": world.evening.campaign.public_id,
            "unit": world.unit(unit).public_id,
            **more,
        }

    return key


def line(world: World) -> dict[str, object]:
    made = AudienceLine.objects.create(
        campaign=world.evening.campaign, unit=world.tree.county, kind=1, leg="school",
        channel="in_class", owner="办公室", written_at=NOW,
    )  # fmt: skip
    return at("county", line=made.public_id)(world)


def duty(world: World) -> dict[str, object]:
    made = Duty.objects.create(
        campaign=world.evening.campaign, unit=world.tree.five_old, task="help", block="东街",
        volunteers=2, written_at=NOW,
    )  # fmt: skip
    return at("town", duty=made.public_id)(world)


def activity(world: World) -> dict[str, object]:
    made = Activity.objects.create(
        campaign=world.evening.campaign, unit=world.tree.county, lever="five_old", done_on=DAY,
        what="入户", served=3, written_at=NOW,
    )  # fmt: skip
    return at("county", activity=made.public_id)(world)


def pilot_of(world: World) -> Pilot:
    return Pilot.objects.create(
        campaign=world.evening.campaign, unit=world.tree.village, reason="邻里相熟",
        consent_on=DAY, chosen_at=NOW,
    )  # fmt: skip


def pilot(world: World) -> dict[str, object]:
    return at("county", pilot=pilot_of(world).public_id)(world)


def family(world: World) -> dict[str, object]:
    made = PilotFamily.objects.create(
        pilot=pilot_of(world), number=1, reason="祖孙同住", consent_on=DAY, chosen_at=NOW
    )
    return at("village", family=made.public_id)(world)


def turn_of(world: World, who: Who, unit: Unit) -> Turn:
    return Turn.objects.create(
        lecture=world.evening.lecture, unit=unit, place=Turn.FIRST, user=world.people[who],
        named_at=NOW,
    )  # fmt: skip


def turn(world: World) -> dict[str, object]:
    return {"turn": turn_of(world, W.DUTY_TEACHER, world.tree.school).public_id}


def swap(world: World) -> dict[str, object]:
    made = Swap.objects.create(
        turn=turn_of(world, W.DUTY_TEACHER, world.tree.school),
        asked_by=world.people[W.DUTY_TEACHER], asked_of=world.people[W.TEACHER], asked_at=NOW,
    )  # fmt: skip
    return {"swap": made.public_id}


ROWS: Rows = {
    "readiness:own": Row(get=EVERYBODY),
    "readiness:mine": Row(get=EVERYBODY),
    "readiness:swap-ask": Row(get={W.DUTY_TEACHER}, post={W.DUTY_TEACHER}, key=turn),
    "readiness:swap-answer": Row(post={W.DUTY_TEACHER, W.TEACHER}, key=swap),
    "readiness:unit": [
        Row(get=AT_OR_ABOVE_SCHOOL, key=at("school")),
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county")),
        Row(get=AT_OR_ABOVE_COUNTY_EDUCATION, key=at("county_education")),
        Row(get=AT_OR_ABOVE_VILLAGE, key=at("village")),
        Row(get=(), key=at("class_one")),
        Row(
            get=(),
            key=lambda world: {"campaign": public_id(), "unit": world.tree.county.public_id},
        ),
    ],
    "readiness:fill": [
        Row(post=HEADS, key=at("school")),
        Row(post=(), key=at("county")),
    ],
    "readiness:plan": [
        Row(get=SEE_SCHOOL, key=at("school")),
        Row(get=SEE_COUNTY, key=at("county")),
    ],
    "readiness:plan-line": [
        Row(post=HEADS, key=at("school")),
        Row(post={W.COUNTY}, key=at("county")),
    ],
    "readiness:plan-line-remove": Row(post={W.COUNTY}, key=line),
    "readiness:sheet": [
        Row(get=SEE_SCHOOL, post={W.PRINCIPAL}, key=at("school")),
        Row(get={W.TEACHER}, post=(), key=at("class_one")),
        Row(get=(), post=(), key=at("county")),
    ],
    "readiness:duty": [
        Row(get=SEE_SCHOOL, post=HEADS, key=at("school")),
        Row(get=(), post=(), key=at("county")),
    ],
    "readiness:volunteers": [
        Row(get=SEE_TOWN, post={W.TOWN}, key=at("town")),
        Row(get=SEE_VILLAGE, post={W.VILLAGE}, key=at("village")),
        Row(get=(), post=(), key=at("school")),
    ],
    "readiness:volunteers-remove": Row(post={W.TOWN}, key=duty),
    "readiness:log": [
        Row(get=SEE_COUNTY, post={W.COUNTY}, key=at("county")),
        Row(get=SEE_SCHOOL, post=HEADS, key=at("school")),
    ],
    "readiness:log-remove": Row(post={W.COUNTY}, key=activity),
    "readiness:pilots": [
        Row(get=SEE_COUNTY, post={W.COUNTY}, key=at("county")),
        Row(get=SEE_VILLAGE, post=(), key=at("village")),
    ],
    "readiness:pilot-end": Row(post={W.COUNTY}, key=pilot),
    "readiness:pilot-finding": Row(post={W.COUNTY}, key=pilot),
    "readiness:families": [
        Row(get=MEET_FAMILIES, post=MEET_FAMILIES, key=at("village")),
        Row(get=(), post=(), key=at("town")),
    ],
    "readiness:family-drop": Row(post=MEET_FAMILIES, key=family),
    "readiness:export": [
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county", what="overview", form="csv")),
        Row(get=SEE_COUNTY, key=at("county", what="plan", form="csv")),
        Row(get=SEE_SCHOOL, key=at("school", what="duty", form="csv")),
        Row(get=SEE_TOWN, key=at("town", what="volunteers", form="csv")),
        Row(get=SEE_COUNTY, key=at("county", what="log", form="csv")),
        Row(get=SEE_COUNTY, key=at("county", what="pilots", form="csv")),
        Row(get=MEET_FAMILIES, key=at("village", what="families", form="csv")),
        Row(get=(), key=at("county", what="everything", form="csv")),
    ],
}
