"""A small city for the drill, laid through the product's own actions: tree, rosters, campaign."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

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
from mingtian.core.clock import SHANGHAI, day_of, milliseconds
from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Line, UnitKind
from mingtian.people.actions import Options, Roster, import_roster
from mingtian.run.phones import Invitation, Phone

ACTOR = "system:drill"
PUPILS_OF_CLASS = 25
CLASSES_OF_SCHOOL = 10
WITH_PHONES = 19
"""Pupils of a class whose homes come by phone: the first so many."""
SIBLING = 19
"""The place of the pupil of each class whose home comes with the phone of another school."""
SECOND_PHONE, TWINS, COUSINS, HELPED = 0.10, 0.05, 0.05, 0.10
"""Shares of homes with a second phone, with two children in one class, that share a phone with
another home, and that are signed in with help."""
KIN = ("mother", "father", "paternal_grandmother", "maternal_grandfather")
SURNAMES, GIVEN = "林周江沈何许宋唐冯于", "安和明远思晨可心小满知夏"


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What the drill needs to know of its city. Times in milliseconds.

    ``classes`` are the keys of all classes. Homes that share a phone have one name of it.
    """

    city: int
    city_public_id: str
    day: date
    lecture: int
    starts_at: int
    slot_ms: float
    classes: list[int]
    phones: list[Phone]


def lay_world(
    *, phones: int, seed: int, starts_at: datetime, length: timedelta, now: datetime
) -> World:
    """Found the city with as many classes as so many phones need; open its campaign."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    day = day_of(starts_at)
    classes = max(2, -(-phones // WITH_PHONES))
    keys = create_tree(
        specs=list(units(classes)), opened_on=day - timedelta(days=60), actor=ACTOR, now=now
    )
    row = unit_rows([keys["city"]], day)[keys["city"]]
    roster = Roster(content=roster_file(classes).encode(), under=row, options=Options())
    import_roster(roster=roster, actor=ACTOR, now=now)
    lecture = open_evening(row.id, day, starts_at=starts_at, length=length, now=now)
    founded = [keys[f"class {number}"] for number in range(classes)]
    codes = [list_codes_of(unit, day)[0].code for unit in founded]
    return World(
        city=row.id,
        city_public_id=row.public_id,
        day=day,
        lecture=lecture,
        starts_at=milliseconds(starts_at),
        slot_ms=length.total_seconds() * 1000 / 60,
        classes=founded,
        phones=list(islice(phones_of(list(zip(codes, founded, strict=True)), dice), phones)),
    )


def schools_of(classes: int) -> int:
    """Return over how many schools the classes lie: two at least, for homes with children in both."""
    return max(2, -(-classes // CLASSES_OF_SCHOOL))


def units(classes: int) -> Iterator[UnitSpec]:
    """Yield a city, one county, its schools with a grade each, and the classes in turn."""
    yield UnitSpec(key="city", kind=UnitKind.CITY, name="演练市", root_of=(Line.LEADS,))
    yield UnitSpec(key="county", kind=UnitKind.COUNTY, name="演练县", leads="city")
    schools = schools_of(classes)
    for school in range(schools):
        name = f"演练第{school + 1}小学"
        yield UnitSpec(key=f"school {school}", kind=UnitKind.SCHOOL, name=name, leads="county")
        yield UnitSpec(
            key=f"grade {school}", kind=UnitKind.GRADE, name="三年级", leads=f"school {school}"
        )
    for number in range(classes):
        yield UnitSpec(
            key=f"class {number}",
            kind=UnitKind.CLASS,
            name=f"{number // schools + 1}班",
            leads=f"grade {number % schools}",
        )


def roster_file(classes: int) -> str:
    """Return the rosters of all classes as the CSV file that a school would send."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["学校", "年级", "班级", "学号", "姓名"])
    schools = schools_of(classes)
    for number in range(classes):
        school = f"演练第{number % schools + 1}小学"
        for pupil in range(PUPILS_OF_CLASS):
            row = [school, "三年级", f"{number // schools + 1}班", pupil + 1]
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


def phones_of(classes: list[tuple[str, int]], dice: random.Random) -> Iterator[Phone]:
    """Yield the phones of all homes, class by class; a home may have two, a phone two homes.

    The first home of each class but the last has a child in the next class as well, which is
    at another school.
    """
    for place, (code, unit) in enumerate(classes):
        beside = None
        if place + 1 < len(classes):
            next_code, next_unit = classes[place + 1]
            beside = Invitation(code=next_code, unit=next_unit, people=(pupil_of(SIBLING),))
        shared = ""
        for home in homes(code, unit, beside, dice):
            first = Phone(home, name=shared) if shared else Phone(home)
            # Grandparents who mind cousins: the next home comes on the same phone.
            shared = first.name if not shared and dice.random() < COUSINS else ""
            yield first
            if dice.random() < SECOND_PHONE:
                yield Phone(home)


def homes(
    code: str, unit: int, beside: Invitation | None, dice: random.Random
) -> Iterator[Invitation]:
    """Yield the homes of one class that come by phone, the first with the child beside."""
    pupils = iter(range(WITH_PHONES))
    for pupil in pupils:
        people = [pupil_of(pupil)]
        if dice.random() < TWINS and (twin := next(pupils, None)) is not None:
            people.append(pupil_of(twin))
        kin = tuple(dice.sample(KIN, dice.choice((0, 0, 1, 1, 2))))
        yield Invitation(
            code=code,
            unit=unit,
            people=tuple(people),
            kin=kin,
            assisted=dice.random() < HELPED,
            beside=beside if pupil == 0 else None,
        )


def pupil_of(place: int) -> tuple[str, str]:
    """Return number and name of the pupil with this place in any class."""
    return str(place + 1), pupil_name(place)
