"""Who may open the addresses of campaigns and learning codes (domain.md part 7).

A campaign is seen by every post at its scope, above or below it: it is the plan that schools
and villages carry out. The offices of its scope, and those above, change it. A
draft is seen where it is prepared and above.
"""

from datetime import timedelta

from mingtian.campaigns.models import Campaign, Lecture
from mingtian.testing.evening import STARTS
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import (
    AT_OR_ABOVE_CLASS_ONE,
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_SCHOOL,
    AT_OR_ABOVE_VILLAGE,
    AUDITORS,
    EVERYBODY,
    HOLDERS,
    OFFICES,
    Parts,
    Row,
    Rows,
    Who,
    World,
)

W = Who

KEEPERS_OF_CLASS_ONE = {
    W.CITY, W.CITY_EDUCATION, W.COUNTY, W.COUNTY_EDUCATION, W.PRINCIPAL, W.SCHOOL_OFFICE,
}  # fmt: skip
"""Who may close a leaked code: the school's head, and offices at or above the school."""

# A learning code lets people in; it is no figure, so an auditor has no use for it.
READERS_OF_CLASS_ONE = AT_OR_ABOVE_CLASS_ONE - AUDITORS


def of_city(world: World) -> dict[str, object]:
    return {"campaign": world.evening.campaign.public_id}


def of_county(world: World) -> dict[str, object]:
    """Plan a campaign of the county itself, not opened yet, with one lecture."""
    campaign = Campaign.objects.create(
        name="安平法治周", name_en="Anping law week", scope=world.tree.county,
        first_on=DAY + timedelta(days=20), last_on=DAY + timedelta(days=21), kinds=[1],
        needed_slots=40, state="draft",
    )  # fmt: skip
    starts = STARTS + timedelta(days=20)
    Lecture.objects.create(
        campaign=campaign, number=1, held_on=DAY + timedelta(days=20), title="宪法",
        title_en="The constitution", doors_at=starts - timedelta(minutes=10), starts_at=starts,
        ends_at=starts + timedelta(hours=1), closes_at=starts + timedelta(hours=16),
    )  # fmt: skip
    return {"campaign": campaign.public_id}


def lecture_of(campaign: Parts) -> Parts:
    return lambda world: campaign(world) | {"number": 1}


def changing(campaign: Parts, *, get: bool = False) -> list[Row]:
    """Return the rows of an address that changes: of the city's campaign, of the county's."""
    county = of_county if campaign is of_city else lecture_of(of_county)
    return [
        Row(get={W.CITY} if get else None, post={W.CITY}, key=campaign),
        Row(
            get={W.CITY, W.COUNTY} if get else None,
            post={W.CITY, W.COUNTY},
            key=county,
            at=NOW,
        ),
    ]


def code_of_class_one(_world: World) -> dict[str, object]:
    return {"code": "c1ass001"}


def code_of_village(_world: World) -> dict[str, object]:
    return {"code": "v111age1"}


def below(unit: str) -> Parts:
    return lambda world: {"unit": world.unit(unit).public_id}


ROWS: Rows = {
    # Lists show each reader what lies within the own reach.
    "campaigns:campaign-list": Row(get=EVERYBODY),
    "campaigns:campaign-detail": [
        Row(get=HOLDERS, key=of_city),
        # A draft is nobody's business below the county.
        Row(get=AT_OR_ABOVE_COUNTY, key=of_county, at=NOW),
    ],
    # A village's office has nothing below itself that a campaign could be founded for.
    "campaigns:campaign-new": Row(get=OFFICES - {W.VILLAGE}, post=OFFICES - {W.VILLAGE}),
    "campaigns:campaign-change": changing(of_city, get=True),
    "campaigns:mandate-set": changing(of_city),
    "campaigns:lectures-plan": changing(of_city),
    "campaigns:lecture-add": changing(of_city),
    "campaigns:lecture-remove": changing(lecture_of(of_city)),
    "campaigns:lecture-broadcast": changing(lecture_of(of_city)),
    "campaigns:campaign-open": changing(of_city),
    "campaigns:campaign-close": changing(of_city),
    "campaigns:codes-issue": changing(of_city),
    "campaigns:code-list": [
        Row(get=EVERYBODY),
        Row(get=READERS_OF_CLASS_ONE, asked=below("class_one")),
        Row(get=AT_OR_ABOVE_VILLAGE - AUDITORS, asked=below("village")),
    ],
    "campaigns:booklet": [
        Row(get=READERS_OF_CLASS_ONE, key=below("class_one")),
        Row(get=AT_OR_ABOVE_SCHOOL - AUDITORS, key=below("school")),
    ],
    "campaigns:code-detail": [
        Row(get=READERS_OF_CLASS_ONE, key=code_of_class_one),
        Row(get=AT_OR_ABOVE_VILLAGE - AUDITORS, key=code_of_village),
    ],
    "campaigns:code-svg": Row(get=READERS_OF_CLASS_ONE, key=code_of_class_one),
    "campaigns:code-png": Row(get=READERS_OF_CLASS_ONE, key=code_of_class_one),
    "campaigns:code-sheet": Row(get=READERS_OF_CLASS_ONE, key=code_of_class_one),
    "campaigns:code-close": [
        Row(post=KEEPERS_OF_CLASS_ONE, key=code_of_class_one),
        Row(post={W.CITY, W.COUNTY, W.TOWN, W.VILLAGE}, key=code_of_village),
    ],
    "campaigns:code-reissue": Row(post=KEEPERS_OF_CLASS_ONE, key=code_of_class_one),
}
