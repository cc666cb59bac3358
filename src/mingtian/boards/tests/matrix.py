"""Who may open the addresses of boards and of the class (domain.md part 7).

A board shows figures to every post whose reach holds the unit. What names pupils, or could, is
for the class teacher of that very class.
"""

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.testing.matrix import (
    AT_OR_ABOVE_CITY_EDUCATION,
    AT_OR_ABOVE_CLASS_ONE,
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_SCHOOL,
    AT_OR_ABOVE_VILLAGE,
    DURING,
    EVERYBODY,
    Parts,
    Row,
    Rows,
    Who,
    World,
)

OWN_TEACHER = {Who.TEACHER}


def at(unit: str, **more: object) -> Parts:
    return lambda world: {
        "lecture": world.evening.lecture.pk, "unit": world.unit(unit).public_id, **more
    }  # fmt: skip


class_one = at("class_one")


def pupil(world: World) -> dict[str, object]:
    return class_one(world) | {"person": world.evening.pupils[0].public_id}


def pupil_through_class_two(world: World) -> dict[str, object]:
    """Name a pupil of Class 1 below Class 2: the teacher there must not reach across."""
    return at("class_two")(world) | {"person": world.evening.pupils[0].public_id}


def _asked(world: World) -> str:
    appeal = open_appeal(
        person_id=world.evening.pupils[0].pk, lecture_id=world.evening.lecture.pk,
        text="我们看了，手机没电了。", now=DURING, actor="household:test",
    )  # fmt: skip
    return str(appeal.public_id)


def appeal(world: World) -> dict[str, object]:
    return class_one(world) | {"appeal": _asked(world)}


def appeal_through_class_two(world: World) -> dict[str, object]:
    return at("class_two")(world) | {"appeal": _asked(world)}


def figures(**more: object) -> list[Row]:
    """Return the rows of a page of figures, at units of both lines."""
    return [
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county", **more)),
        Row(get=AT_OR_ABOVE_CITY_EDUCATION, key=at("city_education", **more)),
        Row(get=AT_OR_ABOVE_CLASS_ONE, key=at("class_one", **more)),
    ]


def changing_a_pupil() -> list[Row]:
    return [Row(post=OWN_TEACHER, key=pupil), Row(post=(), key=pupil_through_class_two)]


ROWS: Rows = {
    "boards:own": Row(get=EVERYBODY),
    "boards:board": [
        *figures(),
        Row(get=AT_OR_ABOVE_SCHOOL, key=at("school")),
        Row(get=AT_OR_ABOVE_VILLAGE, key=at("village")),
    ],
    "boards:wall": figures(),
    "boards:evenings": figures(),
    "boards:evenings-file": [
        *figures(form="csv"),
        Row(get=(), key=at("class_one", form="pdf")),
    ],
    "boards:export": [
        *figures(form="csv"),
        Row(get=AT_OR_ABOVE_CLASS_ONE, key=at("class_one", form="xlsx")),
        Row(get=(), key=at("class_one", form="pdf")),
    ],
    "boards:frame": figures(),
    "boards:stream": figures(),
    # Communities stand below territorial units only.
    "boards:pilots": [
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county")),
        Row(get=(), key=at("city_education")),
        Row(get=(), key=at("school")),
        Row(get=(), key=at("village")),
    ],
    "boards:pilots-file": [
        Row(get=AT_OR_ABOVE_COUNTY, key=at("county", form="csv")),
        Row(get=(), key=at("county", form="pdf")),
        Row(get=(), key=at("class_one", form="xlsx")),
    ],
    "boards:states": [Row(get=OWN_TEACHER, key=class_one), Row(get=(), key=at("school"))],
    "boards:pupil": [
        Row(get=OWN_TEACHER, key=pupil),
        Row(get=(), key=pupil_through_class_two),
    ],
    "boards:pupil-note": changing_a_pupil(),
    "boards:pupil-note-undo": changing_a_pupil(),
    "boards:pupil-exempt": changing_a_pupil(),
    "boards:pupil-unwilling": changing_a_pupil(),
    "boards:pupil-expected": changing_a_pupil(),
    "boards:gathering": Row(get=OWN_TEACHER, key=class_one),
    "boards:gathering-open": Row(post=OWN_TEACHER, key=class_one),
    "boards:gathering-count": Row(post=OWN_TEACHER, key=class_one),
    "boards:gathering-tick": Row(post=OWN_TEACHER, key=class_one),
    "boards:gathering-drop": Row(post=OWN_TEACHER, key=class_one),
    "boards:appeal-list": Row(get=OWN_TEACHER, key=class_one),
    "boards:appeal-answer": [
        Row(post=OWN_TEACHER, key=appeal),
        Row(post=(), key=appeal_through_class_two),
    ],
}
