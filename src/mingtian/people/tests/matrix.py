"""Who may open the addresses of rosters (domain.md part 7: principals keep rosters)."""

from mingtian.org.queries import unit_rows
from mingtian.people.actions import Options, open_batch
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import (
    AT_OR_ABOVE_CLASS_ONE,
    CLASS_TEACHERS,
    EVERYBODY,
    LOOKING_ON,
    OFFICES,
    PRINCIPALS,
    Row,
    Rows,
    Who,
    World,
)

IMPORTERS = OFFICES | PRINCIPALS | CLASS_TEACHERS
"""Directors, clerks, auditors and duty teachers change no roster."""


def uploaded_by_the_principal(world: World) -> dict[str, object]:
    """Store an upload; it belongs to whoever sent it, and nobody above may read it."""
    batch = open_batch(
        uploader=world.people[Who.PRINCIPAL],
        under=unit_rows([world.tree.school.pk], DAY)[world.tree.school.pk],
        file_name="roster.csv",
        content="年级,班级,学号,姓名\n三年级,一班,11,林小满\n三年级,一班,,周晨".encode(),
        options=Options(),
        now=NOW,
    )
    return {"batch": batch.public_id}


def under_class_one(world: World) -> dict[str, object]:
    return {"under": world.tree.class_one.public_id}


ROWS: Rows = {
    # Whoever may bring in none is told so; the form and its units are for the others.
    "people:roster": [
        Row(get=EVERYBODY, post=IMPORTERS),
        Row(
            get=AT_OR_ABOVE_CLASS_ONE - LOOKING_ON,
            post=AT_OR_ABOVE_CLASS_ONE - LOOKING_ON,
            asked=under_class_one,
        ),
        Row(get=EVERYBODY, post=AT_OR_ABOVE_CLASS_ONE - LOOKING_ON, sent=under_class_one),
    ],
    # An empty workbook.
    "people:roster-template": Row(get=EVERYBODY),
    "people:roster-preview": Row(get={Who.PRINCIPAL}, key=uploaded_by_the_principal, at=NOW),
    "people:roster-rejected": Row(get={Who.PRINCIPAL}, key=uploaded_by_the_principal, at=NOW),
    "people:roster-commit": Row(post={Who.PRINCIPAL}, key=uploaded_by_the_principal, at=NOW),
    "people:roster-drop": Row(post={Who.PRINCIPAL}, key=uploaded_by_the_principal, at=NOW),
}
