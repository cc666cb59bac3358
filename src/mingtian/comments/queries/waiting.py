"""How many pupils' texts wait with the class teachers of houses; their words stay there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from mingtian.comments.models import Comment
from mingtian.comments.rules import KINDS_READ_AT_CLASS, State
from mingtian.org.queries import list_ancestors
from mingtian.org.rules import UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingRow:
    """A class with the number of texts that wait for its teacher."""

    unit: str
    texts: int


def waiting_at_class(house_ids: Collection[int], day: date) -> list[WaitingRow]:
    """Return the classes of the houses whose pupils' texts wait, the most first."""
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
        .annotate(number=Count("public_id"))
        .order_by("-number", "unit")
    )
    return [WaitingRow(unit=class_title(unit, day), texts=number) for unit, number in counted]


def class_title(unit_id: int, day: date) -> str:
    """Return a class with its grade, a staff group or village by its name."""
    shown = (UnitKind.GRADE, UnitKind.CLASS, UnitKind.STAFF_GROUP, UnitKind.VILLAGE)
    return " ".join(row.title for row in list_ancestors(unit_id, day) if row.kind in shown)
