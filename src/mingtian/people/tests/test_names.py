"""Names open for the class teacher of the class alone, and every opening is recorded."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.people.actions import read_roster_names
from mingtian.people.actions.names import natural
from mingtian.testing.cast import make_cast
from mingtian.testing.make import DAY, NOW, make_person, make_pupils, make_tree

pytestmark = pytest.mark.django_db


def row_of(unit: Unit) -> UnitRow:
    return unit_rows([unit.pk], DAY)[unit.pk]


def test_the_class_teacher_reads_the_names_in_order_and_is_recorded() -> None:
    tree = make_tree()
    teacher = make_cast(tree).teacher
    make_person(tree.class_one, "10", "𬱖䶮〇𫖯")
    make_person(tree.class_one, "2", "周晨")
    make_pupils(tree.class_two, 2)

    rows = read_roster_names(user=teacher, unit=row_of(tree.class_one), now=NOW)

    assert [(row.number, row.name) for row in rows] == [("2", "周晨"), ("10", "𬱖䶮〇𫖯")]
    entry = AuditEntry.objects.get(action="people.names_read")
    assert (entry.actor, entry.subject) == ("teacher", f"unit:{tree.class_one.public_id}")
    assert entry.detail == {"persons": 2}


def test_everybody_else_gets_the_same_404_and_leaves_no_trace() -> None:
    tree = make_tree()
    cast = make_cast(tree)
    chief = User.objects.create_superuser("chief")
    make_pupils(tree.class_one)

    for user in (cast.office, cast.principal, cast.outsider, chief, AnonymousUser()):
        with pytest.raises(Http404):
            read_roster_names(user=user, unit=row_of(tree.class_one), now=NOW)
    with pytest.raises(Http404):
        read_roster_names(user=cast.teacher, unit=row_of(tree.class_two), now=NOW)

    assert not AuditEntry.objects.filter(action="people.names_read").exists()


def test_numbers_sort_as_people_count() -> None:
    numbers = ["10", "2", "B1", "A10", "A9", "1", ""]

    assert sorted(numbers, key=natural) == ["", "A9", "A10", "B1", "1", "2", "10"]
