"""Who may open the addresses of units."""

from mingtian.testing.matrix import (
    AT_OR_ABOVE_CITY_EDUCATION,
    AT_OR_ABOVE_CLASS_ONE,
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_VILLAGE,
    EVERYBODY,
    Parts,
    Row,
    Rows,
)


def below(unit: str) -> Parts:
    """Return what asks for the units below this one."""
    return lambda world: {"unit": world.unit(unit).public_id}


ROWS: Rows = {
    # The list shows each reader the units of the own posts; a unit by its id obeys the reach.
    "org:unit-list": [
        Row(get=EVERYBODY),
        Row(get=EVERYBODY, asked=lambda _world: {"q": "小学"}),
        Row(get=AT_OR_ABOVE_COUNTY, asked=below("county")),
        Row(get=AT_OR_ABOVE_CITY_EDUCATION, asked=below("city_education")),
        Row(get=AT_OR_ABOVE_VILLAGE, asked=below("village")),
        Row(get=AT_OR_ABOVE_CLASS_ONE, asked=below("class_one")),
    ],
}
