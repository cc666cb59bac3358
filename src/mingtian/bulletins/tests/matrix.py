"""Who may read a bulletin, write and issue it, see units side by side, and switch that."""

from datetime import timedelta

from mingtian.bulletins.actions import switch
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.tests.conftest import BY
from mingtian.core.figures import Basis, Figure, Period
from mingtian.testing.evening import STARTS
from mingtian.testing.matrix import EVERYBODY, Key, Row, Who, World

W = Who
AFTER = STARTS + timedelta(hours=2)
CITY_OFFICE = {W.CITY, W.CITY_DIRECTOR, W.CITY_CLERK}
OF_COUNTY = {*CITY_OFFICE, W.COUNTY}
COMPARING = {*CITY_OFFICE, W.CITY_AUDITOR}


def at(unit: str, **more: object) -> Key:
    """Return the key of the evening at a unit of the small world."""

    def key(world: World) -> dict[str, object]:
        lecture, found = world.evening.lecture.pk, world.unit(unit)
        return {"lecture": lecture, "unit": found.public_id, **more}

    return key


def drafted(unit: str, **more: object) -> Key:
    """Return the key of a bulletin that is a draft."""

    def key(world: World) -> dict[str, object]:
        make(world, unit)
        return at(unit, kind="bulletin", **more)(world)

    return key


def issued(unit: str, **more: object) -> Key:
    """Return the key of a bulletin that has gone out."""

    def key(world: World) -> dict[str, object]:
        made = make(world, unit)
        Bulletin.objects.filter(pk=made.pk, issued_at=None).update(
            issued_at=AFTER, reference="岚山关工委〔2023〕1号", title="通报",
            body=[{"heading": False, "text": "到课。"}],
        )  # fmt: skip
        return at(unit, kind="bulletin", **more)(world)

    return key


def make(world: World, unit: str) -> Bulletin:
    day = world.evening.lecture.held_on
    period = Period(first=day, last=day)
    names = {"arrived": Basis.PERSONS, "pupils": Basis.PERSONS, "completed": Basis.PERSONS}
    figures = {
        key: Figure(value=0, basis=basis, counts=key, unit_id="x", period=period)
        for key, basis in (names | {"households": Basis.HOUSEHOLDS}).items()
    }
    from mingtian.bulletins.facts import Facts, to_plain

    # Rows may be made twice in one world (tests/journeys/test_every_office_page.py); what was issued stays.
    made, _ = Bulletin.objects.get_or_create(
        lecture=world.evening.lecture, unit=world.unit(unit), kind="bulletin", edition=1,
        defaults={
            "texts": {"overall": "到课{到课}。"}, "facts": to_plain(Facts(figures=figures)),
            "drafted_at": AFTER,
        },
    )  # fmt: skip
    return made


def compared(unit: str, **more: object) -> Key:
    """Return the key of a list where comparison is on."""

    def key(world: World) -> dict[str, object]:
        switch(
            campaign=world.evening.campaign.public_id, on=True, ground="mandate", words="通知要求",
            by=BY, now=AFTER,
        )  # fmt: skip
        return at(unit, **more)(world)

    return key


def unit(name: str, **more: object) -> Key:
    """Return the key of an archive."""

    def key(world: World) -> dict[str, object]:
        return {"unit": world.unit(name).public_id, **more}

    return key


ROWS = {
    "bulletins:own": Row(get=EVERYBODY, at=AFTER),
    "bulletins:archive": [
        Row(get=COMPARING, key=unit("city"), at=AFTER),
        Row(get={W.COUNTY}, key=unit("county"), at=AFTER),
        Row(get={W.TOWN}, key=unit("town"), at=AFTER),
        Row(get={W.CITY_EDUCATION}, key=unit("city_education"), at=AFTER),
        Row(get={W.COUNTY_EDUCATION}, key=unit("county_education"), at=AFTER),
    ],
    "bulletins:export": Row(get=CITY_OFFICE, key=unit("city", form="csv"), at=AFTER),
    "bulletins:paper": [
        Row(get=CITY_OFFICE, key=at("city", kind="bulletin"), at=AFTER),
        Row(get=OF_COUNTY, key=at("county", kind="note"), at=AFTER),
    ],
    "bulletins:begin": [
        Row(post={W.CITY}, key=at("city", kind="bulletin"), at=AFTER),
        Row(post={W.COUNTY}, key=at("county", kind="note"), at=AFTER),
    ],
    "bulletins:drop": Row(post={W.COUNTY}, key=drafted("county"), at=AFTER),
    "bulletins:figures": Row(post={W.COUNTY}, key=drafted("county"), at=AFTER),
    "bulletins:edit": Row(post={W.COUNTY}, key=drafted("county", section="overall"), at=AFTER),
    "bulletins:issue": Row(post={W.CITY, W.CITY_DIRECTOR}, key=drafted("city"), at=AFTER),
    "bulletins:groups": Row(post={W.CITY, W.CITY_DIRECTOR}, key=issued("city"), at=AFTER),
    "bulletins:edition": [
        Row(get=OF_COUNTY, key=issued("county", edition=1), at=AFTER),
        Row(get={W.COUNTY}, key=drafted("county", edition=1), at=AFTER),
    ],
    "bulletins:file": Row(get=OF_COUNTY, key=issued("county", edition=1, form="docx"), at=AFTER),
    "bulletins:units": [
        Row(get={W.CITY_EDUCATION, W.COUNTY_EDUCATION}, key=compared("county_education"), at=AFTER),
        Row(get=COMPARING, key=compared("city"), at=AFTER),
        Row(get={*COMPARING, W.COUNTY}, key=compared("county"), at=AFTER),
        Row(get={*COMPARING, W.COUNTY, W.TOWN}, key=compared("town"), at=AFTER),
        # Told why classes are not compared; whoever has no post for figures finds nothing.
        Row(
            get={*COMPARING, W.COUNTY, W.PRINCIPAL, W.SCHOOL_OFFICE}, key=compared("school"),
            at=AFTER,
        ),
    ],
    "bulletins:units-export": Row(get=COMPARING, key=compared("city", form="csv"), at=AFTER),
    "bulletins:switch": Row(
        get={W.CITY, W.CITY_DIRECTOR}, post={W.CITY, W.CITY_DIRECTOR}, key=at("city"), at=AFTER
    ),
}  # fmt: skip
