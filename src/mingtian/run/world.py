"""A small city for the drill, laid through the product's own actions: tree, rosters, campaign."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtian.campaigns.actions import (
    CampaignSpec,
    LectureSpec,
    add_lecture,
    create_campaign,
    issue_codes,
    open_campaign,
    set_mandate,
)
from mingtian.campaigns.queries import list_codes_of
from mingtian.campaigns.rules import Mandate
from mingtian.core.clock import SHANGHAI, milliseconds
from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.queries import list_counting_units, unit_rows
from mingtian.org.rules import Line, UnitKind
from mingtian.people.actions import Options, Roster, import_roster
from mingtian.run.phones import Invitation

ACTOR = "system:drill"
PUPILS_OF_CLASS = 25
CLASSES_OF_SCHOOL = 10
SECOND_PHONE, TWINS = 0.10, 0.05
"""Shares of homes with a second phone, and of homes with two children in one class."""
KIN = ("mother", "father", "paternal_grandmother", "maternal_grandfather")
SURNAMES, GIVEN = "林周江沈何许宋唐冯于", "安和明远思晨可心小满知夏"


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What the drill needs to know of its city. Times in milliseconds."""

    city: int
    city_public_id: str
    lecture: int
    starts_at: int
    slot_ms: float
    invitations: list[Invitation]


def lay_world(
    *, phones: int, seed: int, starts_at: datetime, length: timedelta, now: datetime
) -> World:
    """Found the city with as many classes as so many phones need; open its campaign."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    day = starts_at.astimezone(SHANGHAI).date()
    classes = max(2, -(-phones // PUPILS_OF_CLASS))
    city = create_tree(
        specs=list(units(classes)), opened_on=day - timedelta(days=60), actor=ACTOR, now=now
    )["city"]
    row = unit_rows([city], day)[city]
    roster = Roster(content=roster_file(classes).encode(), under=row, options=Options())
    import_roster(roster=roster, actor=ACTOR, now=now)
    lecture = open_evening(city, day, starts_at=starts_at, length=length, now=now)
    return World(
        city=city,
        city_public_id=row.public_id,
        lecture=lecture,
        starts_at=milliseconds(starts_at),
        slot_ms=length.total_seconds() * 1000 / 60,
        invitations=list(invitations(city, day, phones, dice)),
    )


def units(classes: int) -> Iterator[UnitSpec]:
    """Yield a city, one county, its schools with a grade each, and the classes."""
    yield UnitSpec(key="city", kind=UnitKind.CITY, name="演练市", root_of=(Line.LEADS,))
    yield UnitSpec(key="county", kind=UnitKind.COUNTY, name="演练县", leads="city")
    for number in range(classes):
        school = f"school {number // CLASSES_OF_SCHOOL}"
        if number % CLASSES_OF_SCHOOL == 0:
            name = f"演练第{number // CLASSES_OF_SCHOOL + 1}小学"
            yield UnitSpec(key=school, kind=UnitKind.SCHOOL, name=name, leads="county")
            yield UnitSpec(key=f"{school} grade", kind=UnitKind.GRADE, name="三年级", leads=school)
        name = f"{number % CLASSES_OF_SCHOOL + 1}班"
        yield UnitSpec(
            key=f"class {number}", kind=UnitKind.CLASS, name=name, leads=f"{school} grade"
        )


def roster_file(classes: int) -> str:
    """Return the rosters of all classes as the CSV file that a school would send."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["学校", "年级", "班级", "学号", "姓名"])
    for number in range(classes):
        school = f"演练第{number // CLASSES_OF_SCHOOL + 1}小学"
        for pupil in range(PUPILS_OF_CLASS):
            row = [school, "三年级", f"{number % CLASSES_OF_SCHOOL + 1}班", pupil + 1]
            writer.writerow([*row, pupil_name(pupil)])
    return text.getvalue()


def pupil_name(pupil: int) -> str:
    """Return the invented name of the pupil with this place in any class."""
    return SURNAMES[pupil % len(SURNAMES)] + GIVEN[pupil % len(GIVEN)] + GIVEN[-1 - pupil // 10]


def open_evening(
    city: int, day: date, *, starts_at: datetime, length: timedelta, now: datetime
) -> int:
    """Open a campaign of one evening with its mandate and codes; return the lecture's key."""
    campaign = create_campaign(
        spec=CampaignSpec(name="演练", scope_id=city, first_on=day, last_on=day),
        actor=ACTOR,
        now=now,
    )
    mandate = Mandate(issuer="演练市关工委", number=1, year=day.year, issued_on=day)
    set_mandate(campaign_id=campaign.pk, mandate=mandate, actor=ACTOR, now=now)
    start = starts_at.astimezone(SHANGHAI).time()
    spec = LectureSpec(day=day, start=start, length=length, title="演练")
    lecture = add_lecture(campaign_id=campaign.pk, lecture=spec, actor=ACTOR, now=now)
    open_campaign(campaign_id=campaign.pk, actor=ACTOR, now=now)
    issue_codes(campaign_id=campaign.pk, actor=ACTOR, now=now)
    return lecture.pk


def invitations(city: int, day: date, phones: int, dice: random.Random) -> Iterator[Invitation]:
    """Yield one invitation for each phone: families in their classes, some homes with two phones."""
    given = 0
    for unit in list_counting_units(city, day):
        code = list_codes_of(unit.id, day)[0].code
        pupils = iter(range(PUPILS_OF_CLASS))
        for pupil in pupils:
            people = [(str(pupil + 1), pupil_name(pupil))]
            if dice.random() < TWINS and (twin := next(pupils, None)) is not None:
                people.append((str(twin + 1), pupil_name(twin)))
            kin = tuple(dice.sample(KIN, dice.choice((0, 0, 1, 1, 2))))
            family = Invitation(code=code, unit=unit.id, people=tuple(people), kin=kin)
            for _ in range(2 if dice.random() < SECOND_PHONE else 1):
                if given == phones:
                    return
                given += 1
                yield family
