"""Who may open the addresses of certificates (domain.md part 7)."""

from mingtian.testing.matrix import (
    AT_OR_ABOVE_CITY_EDUCATION,
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_SCHOOL,
    AT_OR_ABOVE_VILLAGE,
    EVERYBODY,
    HOLDERS,
    Parts,
    Row,
    Rows,
    Who,
    World,
)


def campaign(world: World) -> dict[str, object]:
    return {"campaign": world.evening.campaign.public_id}


def pupils(_world: World) -> dict[str, object]:
    return {"kind": 1}


def at(unit: str) -> Parts:
    return lambda world: campaign(world) | {"unit": world.unit(unit).public_id}


ROWS: Rows = {
    # What a certificate asks is told to every post of the campaign: it is what rates mean.
    "certificates:rules": Row(get=HOLDERS, post={Who.CITY}, key=campaign, sent=pupils),
    "certificates:take-back": Row(post={Who.CITY}, key=campaign),
    "certificates:rates-own": Row(get=EVERYBODY),
    "certificates:rates": [
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county")),
        Row(get=AT_OR_ABOVE_CITY_EDUCATION, key=at("city_education")),
        Row(get=AT_OR_ABOVE_SCHOOL, key=at("school")),
        Row(get=AT_OR_ABOVE_VILLAGE, key=at("village")),
        # Units are compared, never classes.
        Row(get=(), key=at("class_one")),
    ],
    # Paper with names: for the class teacher alone.
    "certificates:booklet": [
        Row(get={Who.TEACHER}, key=at("class_one")),
        Row(get=(), key=at("school")),
    ],
}
