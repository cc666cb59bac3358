"""Every table that knows persons, homes or phones is shown to the home and emptied by erasing.

A new table with such a column fails here until it stands in ``ROWS``, so that nobody forgets to
show it (``kept_about``), to let it go (``forget``) and to name it in the notice.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from mingtian.attendance.models import Appeal, ByHand
from mingtian.certificates.models import Certificate, Rule
from mingtian.comments.models import Comment, Like
from mingtian.family.keepers import readers
from mingtian.family.tests.conftest import FULL_HOUR, Family, Phone
from mingtian.family.tests.test_page_erase import erase
from mingtian.people.models import Departed, Person, Standing
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.screenshots.models import Picture
from mingtian.testing.make import DAY, NOW
from mingtian.wechat.models import PhoneSeat

NAMES = ("person", "person_id", "persons", "household", "household_id", "seat", "phone", "account")

OF_CHILDREN = ("vault_", "children_", "care_", "pairs_", "aid_", "gifts_")

COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = ANY (%(names)s)
      AND (column_name <> 'persons' OR data_type = 'ARRAY')  -- elsewhere a count of persons
      AND NOT EXISTS (  -- a person of staff, by account
          SELECT FROM pg_constraint AS c
          JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
          WHERE c.contype = 'f' AND c.confrelid = 'auth_user'::regclass
            AND c.conrelid = table_name::regclass AND a.attname = column_name)
    UNION
    SELECT c.conrelid::regclass::text, a.attname
    FROM pg_constraint AS c
    JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE c.contype = 'f'
      AND c.confrelid IN ('people_person'::regclass, 'people_household'::regclass)
"""

STAYS = {"people_departed"}
"""A mark of nobody, until the last seat of its time has run out (decision 0010)."""


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def like(family: Family) -> None:
    Like.objects.create(lecture=family.evening.lecture.pk, person=family.children[0].pk, at=NOW)


def comment(family: Family) -> None:
    child = family.children[0]
    Comment.objects.create(
        lecture=family.evening.lecture.pk, person=child.pk, number=1, key=1, public_id="c0mment00001",
        unit=child.unit_id, house=family.evening.tree.school.pk, kind=child.kind, kin="", phrase=1,
        concerns="", state="approved", at=NOW,
    )  # fmt: skip


def picture(family: Family) -> None:
    Picture.objects.create(
        lecture=family.evening.lecture, household=family.household,
        unit=family.evening.tree.class_one, content_sealed=b"x", fingerprint=b"x", sent_at=NOW,
        delete_at=NOW + timedelta(days=2),
    )  # fmt: skip


def certificate(family: Family) -> None:
    child = family.children[0]
    rule = Rule.objects.create(
        campaign=family.evening.campaign, kind=child.kind, evenings=1, slots=0, completed=0,
        replay_counts=True, by_hand_counts=True, set_at=NOW,
    )  # fmt: skip
    Certificate.objects.create(
        serial="0123456789abcdef", subject=uuid4(), campaign=family.evening.campaign,
        person=child.pk, unit_id=child.unit_id, kind=child.kind, rule=rule, unlocked_at=NOW,
    )  # fmt: skip


def note(family: Family) -> None:
    child = family.children[0]
    ByHand.objects.create(
        lecture=family.evening.lecture, person=child, unit_id=child.unit_id, kind=child.kind,
        how="paper", recorded_at=NOW,
    )  # fmt: skip


def question(phone: Phone, family: Family) -> None:
    phone.post(f"/my/ask/1/{family.persons['mother'].public_id}", text="We watched next door.")
    assert Appeal.objects.exists()


def standing(family: Family) -> None:
    child = family.children[0]
    Standing.objects.create(
        person=child, unit_id=child.unit_id, state="unwilling", starts_on=DAY, decided_at=NOW
    )


def wechat(family: Family) -> None:
    PhoneSeat.objects.create(
        account=b"a", household=family.household, seat=family.seat.pk, remembered_at=NOW
    )


def pilot_family(family: Family) -> None:
    pilot = Pilot.objects.create(
        campaign=family.evening.campaign, unit=family.evening.tree.village, reason="邻里相熟",
        consent_on=DAY, chosen_at=NOW,
    )  # fmt: skip
    PilotFamily.objects.create(
        pilot=pilot, number=1, household=family.household, reason="祖孙同住", consent_on=DAY,
        chosen_at=NOW,
    )  # fmt: skip


def arrival(family: Family) -> None:
    lecture, unit, home = family.evening.lecture.pk, family.seat.unit_id, family.household.pk
    run("INSERT INTO attendance_arrival (seat, household, lecture, unit, first_slot) "
        "VALUES (%s, %s, %s, %s, 0)", family.seat.pk, home, lecture, unit)  # fmt: skip
    run("INSERT INTO attendance_home (household, lecture, unit) VALUES (%s, %s, %s)",
        home, lecture, unit)  # fmt: skip


def mistyped(family: Family) -> None:
    run("INSERT INTO attendance_try (phone, code, day, tries) VALUES (%s, 1, %s, 1)",
        bytes(family.seat.phone), DAY)  # fmt: skip


MADE_BY_FAMILY = {"people_person", "people_consent", "attendance_seat", "people_departed"}
ROWS: dict[str, Callable[[Family], None] | None] = {
    **dict.fromkeys(MADE_BY_FAMILY),
    "attendance_appeal": None,
    "attendance_record": lambda family: family.attended(family.children[0], FULL_HOUR),
    "attendance_arrival": arrival,
    "attendance_home": None,
    "attendance_try": mistyped,
    "attendance_by_hand": note,
    "people_standing": standing,
    "comments_like": like,
    "comments_comment": comment,
    "screenshots_picture": picture,
    "certificates_certificate": certificate,
    "wechat_phone_seat": wechat,
    "readiness_pilot_family": pilot_family,
}
"""Every such table, and how the home of these tests gets a row in it."""


def columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, {"names": list(NAMES)})
        found: dict[str, list[str]] = {}
        for table, column in cursor.fetchall():
            # Children in difficulty are no part of a home; tests/test_children_forgotten.py looks there.
            if not table.startswith(OF_CHILDREN):
                found.setdefault(table, []).append(column)
    return found


def tables_that_know(family: Family, person_ids: list[int]) -> set[str]:
    """Return the tables with a row about the home, its persons, its seat or its phone."""
    keys: dict[str, list[Any]] = {
        "person": person_ids, "person_id": person_ids, "persons": person_ids,
        "household": [family.household.pk], "household_id": [family.household.pk],
        "seat": [family.seat.pk], "phone": [bytes(family.seat.phone)], "account": [b"a"],
    }  # fmt: skip
    known = set()
    with connection.cursor() as cursor:
        for table, names in columns().items():
            for name in names:
                test = "&&" if name == "persons" else "= ANY"
                value = "%s::bigint[]" if name == "persons" else "(%s)"
                cursor.execute(f"SELECT FROM {table} WHERE {name} {test} {value}", [keys[name]])
                if cursor.rowcount:
                    known.add(table)
    return known


@pytest.mark.django_db
def test_every_table_that_knows_somebody_stands_in_these_tests() -> None:
    assert set(columns()) == set(ROWS)


def test_all_of_it_is_shown_to_the_home_and_gone_after_erasing(
    opened: Phone, family: Family
) -> None:
    people = list(Person.objects.filter(household=family.household).values_list("pk", flat=True))
    for make in ROWS.values():
        if make is not None:
            make(family)
    question(opened, family)
    assert tables_that_know(family, people) == set(ROWS) - STAYS

    shown = {one.what for read in readers().values() for one in read(people)}
    assert shown == {
        "person", "consent", "standing", "phone", "evening", "noted_by_hand", "question", "like",
        "comment", "screenshot", "certificate", "wechat_phone",
        "pilot_family",
    }  # fmt: skip

    assert erase(opened).status_code == 302

    assert tables_that_know(family, people) == STAYS
    assert Departed.objects.filter(person__in=people).count() == len(people)
