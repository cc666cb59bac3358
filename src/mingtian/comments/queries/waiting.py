"""How many pupils' texts wait with the class teachers of houses; their words stay there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from mingtian.comments.models import Comment
from mingtian.comments.rules import KINDS_READ_AT_CLASS, Concern, State
from mingtian.org.queries import list_ancestors
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
    return [
        WaitingRow(unit=class_title(unit, day), texts=number, urgent=urgent)
        for unit, number, urgent in counted
    ]


def class_title(unit_id: int, day: date) -> str:
    """Return a class with its grade, a staff group or village by its name."""
    shown = (UnitKind.GRADE, UnitKind.CLASS, UnitKind.STAFF_GROUP, UnitKind.VILLAGE)
    return " ".join(row.title for row in list_ancestors(unit_id, day) if row.kind in shown)
