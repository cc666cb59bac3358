"""How many pupils' texts wait with the class teachers of houses; their words stay there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from mingtian.comments.models import Comment
from mingtian.comments.rules import KINDS_READ_AT_CLASS, Concern, State
from mingtian.org.queries import joined_name, unit_rows
from mingtian.org.rules import UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingRow:
    """A class with the number of texts that wait for its teacher, and how many are urgent."""

    unit: str
    texts: int
    urgent: int


def waiting_at_class(house_ids: Collection[int], day: date) -> list[WaitingRow]:
    """Return the classes of the houses whose pupils' texts wait, those with urgent ones first."""
    if not house_ids:
        return []
    counted = (
        Comment.objects.filter(
            house__in=house_ids,
            kind__in=KINDS_READ_AT_CLASS,
            state=State.WAITING.value,
            phrase=None,
        )
        .values_list("unit")
        .annotate(
            number=Count("public_id"),
            urgent=Count("public_id", filter=Q(concerns__contains=Concern.HARM.value)),
        )
        .order_by("-urgent", "-number", "unit")
    )
    rows = list(counted)
    titles = class_titles({unit for unit, _, _ in rows}, day)
    return [
        WaitingRow(unit=titles[unit], texts=number, urgent=urgent) for unit, number, urgent in rows
    ]


def class_titles(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Return classes with their grades, staff groups and villages by their names.

    A unit that is not there on the day has the empty title. Two statements for all.
    """
    units = unit_rows(unit_ids, day)
    above = unit_rows({row.superior_id for row in units.values() if row.superior_id}, day)
    titles = dict.fromkeys(unit_ids, "")
    for number, unit in units.items():
        superior = above.get(unit.superior_id or 0)
        grade = superior.title if superior and superior.kind is UnitKind.GRADE else ""
        titles[number] = joined_name(grade, unit.title)
    return titles
