"""Who reads the year book: offices of county and town, what was given out by the city and auditors."""

from mingtian.core.actor import Actor
from mingtian.testing.matrix import DURING, Parts, Row, Rows, Who, World
from mingtian.yearbook import actions
from mingtian.yearbook.access import get_sight_to_give_out
from mingtian.yearbook.rules import Year

W = Who
YEAR = 2023
OF_COUNTY = frozenset({W.CITY, W.CITY_DIRECTOR, W.CITY_AUDITOR, W.COUNTY})
"""Who reads the county's book; the clerk, schools and whoever serves single children do not."""

OF_TOWN = OF_COUNTY | {W.TOWN}
READERS = OF_TOWN | {W.FAR_COUNTY}


def book_of(unit: str) -> Parts:
    return lambda world: {"unit": world.unit(unit).public_id, "year": YEAR}


def given_out(form: str) -> Parts:
    """Return the address of what a county gave out, after it did."""

    def key(world: World) -> dict[str, object]:
        user = world.people[W.COUNTY]
        sight = get_sight_to_give_out(user, world.tree.county.public_id, DURING)
        by = Actor(username=user.username, user_id=user.pk)
        actions.give_out(sight, Year(YEAR), now=DURING, by=by)
        return {**book_of("county")(world), "form": form}

    return key


ROWS: Rows = {
    "yearbook:own": Row(get=READERS),
    "yearbook:book": [
        Row(get=OF_COUNTY, key=book_of("county")),
        Row(get=OF_TOWN, key=book_of("town")),
        Row(get={W.CITY, W.CITY_DIRECTOR, W.CITY_AUDITOR}, key=book_of("city")),
        Row(get=(), key=book_of("school")),
    ],
    "yearbook:checks": [
        Row(get={W.COUNTY}, key=book_of("county")),
        Row(get={W.COUNTY, W.TOWN}, key=book_of("town")),
    ],
    "yearbook:printed": [
        Row(get={W.COUNTY}, post={W.COUNTY}, key=book_of("county")),
        Row(get=(), post=(), key=book_of("town")),
    ],
    "yearbook:give-out": [
        Row(post={W.COUNTY}, key=book_of("county")),
        Row(post=(), key=book_of("town")),
    ],
    "yearbook:paper": Row(get=OF_COUNTY, key=given_out("docx")),
    "yearbook:figures": Row(get=OF_COUNTY, key=given_out("csv")),
}
